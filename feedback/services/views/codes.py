"""One-time codes: the sheets with their counts, a new sheet on paper, the next code at a counter.

A code is shown in the answer to the press of the button and nowhere else, so there is no redirect after it: whoever
reloads the page sends the same form again and sees the same codes.
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.structure.refusals import NotPossible

from ..actions.sheets import hand_out, make_sheet, withdraw_sheet
from ..forms import CounterChoice, SheetForm
from ..links import qr_svg, short_address, survey_address
from ..making import StaleForm, new_making_key, read_making_key
from ..models import CodeSheet
from ..queries import handed_out, sheets_with_use
from .finding import PAGES, kept_service, kept_sheet

ROWS_A_PAGE = 25


@require_safe
def sheet_list(request, slug):
    service, today = kept_service(request, slug), timezone.localdate()
    rows = Paginator(CodeSheet.objects.filter(service=service), ROWS_A_PAGE)
    page = rows.get_page(request.GET.get("halaman"))
    page.object_list = sheets_with_use(page.object_list, today=today)
    counters = handed_out(service, today=today)
    context = {"service": service, "page": page, "today": today, "counters": counters}
    return render(request, "feedback/services/sheet_list.html", context)


@PAGES
def sheet_make(request, slug):
    service = kept_service(request, slug)
    key = new_making_key(service, request.user)
    form = SheetForm(request.POST or None, service=service, key=key, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        facts = {name: wanted[name] for name in ("count", "first_day", "last_day", "counter")}
        try:
            known = read_making_key(wanted["key"], service, request.user)
            sheet, codes = make_sheet(service, key=known, by=request.user, **facts)
        except (StaleForm, NotPossible) as refusal:
            form.add_error(None, str(refusal))
            form.refresh(key)
        else:
            context = {
                "service": service,
                "sheet": sheet,
                "slips": [slip(service, code) for code in codes],
                "address": short_address(service),
            }
            return render(request, "feedback/services/sheet_print.html", context)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "feedback/services/sheet_make.html", {"service": service, "form": form}, status=status
    )


@PAGES
def code_hand_out(request, slug):
    service, today = kept_service(request, slug), timezone.localdate()
    key = new_making_key(service, request.user)
    asked = {"counter": request.GET.get("loket", "")}
    form = CounterChoice(request.POST or None, service=service, key=key, initial=asked)
    context, status = {"service": service, "form": form, "today": today}, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            counter = form.cleaned_data["counter"]
            try:
                known = read_making_key(form.cleaned_data["key"], service, request.user)
                sheet, code = hand_out(service, key=known, counter=counter, day=today, by=request.user)
            except (StaleForm, NotPossible) as refusal:
                form.add_error(None, str(refusal))
            else:
                context |= {"sheet": sheet, "slip": slip(service, code), "address": short_address(service)}
                status = 200
        form.refresh(key)
    return render(request, "feedback/services/hand_out.html", context, status=status)


@PAGES
def sheet_withdraw(request, slug, pk):
    sheet = kept_sheet(request, slug, pk)
    if request.method == "POST":
        withdraw_sheet(sheet, by=request.user)
        messages.success(request, "Lembar kode dibatalkan. Kode yang belum dipakai tidak berlaku lagi.")
        return redirect("feedback:code-sheet-list", slug=slug)
    return render(
        request, "feedback/services/sheet_withdraw.html", {"sheet": sheet, "service": sheet.service}
    )


def slip(service, code):
    return {"typed": code.in_groups, "qr": qr_svg(survey_address(service, code=code.token))}
