"""Who is my appraiser, asking for a correction, and answering what was asked."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access.lookups import person_finder
from agencies.access.scope import own_person
from agencies.people.models import ServiceState
from agencies.people.orphans import why_free
from agencies.people.reporting_line import (
    appraiser_on,
    exception_of,
    line_on,
    superior_of_appraiser_on,
)
from ambon_kinerja.lifecycle.steps import StepRefused, history_of
from ambon_kinerja.workdays.calendar import working_days_between
from ambon_kinerja.workdays.queries import holidays_between

from ..actions import answer_request, ask_about_line, forward_request, withdraw_request
from ..forms.line import AnswerForm, LineRequestForm
from ..models import LineRequest
from ..queries import leaders, requests_to_answer, year_of
from ..rules import may_decline, may_forward, may_keep_people, may_mend, may_read_report
from .answering import Page, answer
from .facts import PAGES

ROWS_A_PAGE = 25


@require_safe
def my_line(request):
    person, today = own_person(request.user), timezone.localdate()
    start, line = line_on(person, today)
    service = ServiceState.objects.on(today).filter(employee=person).first()
    requests = LineRequest.objects.filter(employee=person).select_related("wanted_appraiser")
    context = {
        "person": person,
        "today": today,
        "start": start,
        "line": line,
        "exception": exception_of(person, today),
        "appraiser": appraiser_on(person, today),
        "superior": superior_of_appraiser_on(person, today),
        "free": why_free(person, service),
        "year": year_of(person, today.year),
        "requests": requests.order_by("-asked_at")[:10],
        "waits": requests.filter(state__in=LineRequest.WAITING).exists(),
    }
    return render(request, "agencies/careers/my_line.html", context)


@PAGES
def request_add(request):
    person = own_person(request.user)
    address = reverse("agencies:my-line")

    def store(values):
        facts = {name: values[name] for name in ("wrong", "wanted", "since", "evidence")}
        ask_about_line(person, by=request.user, **facts)
        return address

    appraiser = appraiser_on(person, timezone.localdate())
    page = Page(
        title="Penilai saya keliru",
        submit="Kirim permintaan",
        back=address,
        back_words="Penilai saya",
        intro="Admin unit atau BKPSDM memeriksa permintaan ini. Anda diberi tahu jawabannya.",
        facts=[("Penilai di sistem hari ini", appraiser.name if appraiser else "tidak ada")],
    )
    finder = person_finder(leaders().exclude(pk=person.pk), with_nip=False)
    form = LineRequestForm(request.POST or None, find_leader=finder)
    done = "Permintaan dikirim. Anda diberi tahu bila sudah dijawab."
    return answer(request, form, page, store=store, done=done)


@require_POST
def request_withdraw(request, pk):
    line_request = get_object_or_404(LineRequest, pk=pk, asked_by=request.user)
    try:
        withdraw_request(line_request, by=request.user)
    except StepRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Permintaan ditarik kembali.")
    return redirect("agencies:my-line")


@require_safe
def request_list(request):
    if not may_read_report(request.user):
        raise Http404
    shows_all = request.GET.get("tampil") == "semua"
    requests = requests_to_answer(request.user)
    waiting = requests.filter(state__in=LineRequest.WAITING)
    chosen = requests.order_by("-asked_at", "-pk") if shows_all else waiting
    page = Paginator(chosen, ROWS_A_PAGE).get_page(request.GET.get("halaman"))
    with_ages(page)
    context = {
        "page": page,
        "shows_all": shows_all,
        "waiting": waiting.count(),
        "keeps": may_keep_people(request.user),
    }
    return render(request, "agencies/careers/request_list.html", context)


def with_ages(requests):
    """Each with `age`: for how many working days it has been waiting. One query."""
    today = timezone.localdate()
    days = [timezone.localdate(each.asked_at) for each in requests]
    holidays = holidays_between(min(days, default=today), today)
    for each, day in zip(requests, days, strict=True):
        each.age = working_days_between(day, today, holidays=holidays)


@require_safe
def request_detail(request, pk):
    if not may_read_report(request.user):
        raise Http404
    line_request = get_object_or_404(requests_to_answer(request.user), pk=pk)
    return show_request(request, line_request, AnswerForm())


def show_request(request, line_request, form, status=200):
    user, employee, today = request.user, line_request.employee, timezone.localdate()
    start, line = line_on(employee, today)
    with_ages([line_request])
    waits = line_request.is_waiting
    context = {
        "asked": line_request,
        "form": form,
        "start": start,
        "line": line,
        "exception": exception_of(employee, today),
        "history": history_of(line_request),
        "may_mend": waits and may_mend(user, line_request),
        "may_decline": waits and may_decline(user, line_request),
        "may_forward": line_request.state == LineRequest.State.OPEN
        and not may_mend(user, line_request)
        and may_forward(user, line_request),
        "keeps": may_keep_people(user),
    }
    return render(request, "agencies/careers/request_detail.html", context, status=status)


@require_http_methods(["POST"])
def request_answer(request, pk):
    """Mended, declined or forwarded, by the button that was pressed."""
    if not may_read_report(request.user):
        raise Http404
    line_request = get_object_or_404(requests_to_answer(request.user), pk=pk)
    form = AnswerForm(request.POST)
    act = request.POST.get("jawaban", "")
    try:
        if act == "teruskan":
            forward_request(line_request, by=request.user)
        elif form.is_valid():
            reason = form.cleaned_data["reason"]
            answer_request(line_request, by=request.user, reason=reason, mended=act == "diperbaiki")
        else:
            return show_request(request, line_request, form, status=422)
    except StepRefused as refusal:
        form.add_error(None, str(refusal))
        line_request.refresh_from_db()
        return show_request(request, line_request, form, status=409)
    messages.success(request, "Permintaan diteruskan." if act == "teruskan" else "Jawaban dikirim.")
    return redirect("agencies:line-request-detail", pk=pk)
