"""The officers' pages of a plan: which services wait, the three promises, what became of them."""

from io import BytesIO

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ambon_kinerja.lifecycle.steps import StepRefused
from ambon_kinerja.widgets import version_seen
from feedback.results.published.spans import shown_of_services
from feedback.services.periods import read_quarter
from feedback.services.queries import managed_paths

from .. import proof_files
from ..actions import Conflict, Refused, publish_plan, realise, remind, save_item, start_plan
from ..figures import told_in
from ..forms.fields import show_errors
from ..forms.plans import ItemForm, RealisationForm
from ..models import FollowUpPlan
from ..queries import (
    is_late,
    last_finished_quarter,
    managed_services_of,
    managed_units_of,
    plan_before,
    plans_of_quarter,
    visible_items,
    visible_plans,
)
from ..rules import may_remind, may_write_for, written_paths

PER_PAGE = 25
LABELS = {
    "programme": "Program atau kegiatan",
    "due": "Waktu",
    "due_year": "Tahun",
    "post": "Penanggung jawab",
    "description": "Yang sudah dilakukan",
    "obstacles": "Tantangan atau hambatan",
    "realised_on": "Dilaksanakan pada",
    "shows_file": "Bukti boleh dilihat warga",
}


def managers_only(user):
    """Whoever manages no services finds no such page."""
    if not managed_paths(user):
        raise Http404


def quarter_asked(text):
    """The finished quarter of an address; the last one for anything else."""
    last = last_finished_quarter()
    try:
        quarter = read_quarter(text or "")
    except ValueError:
        return last
    return quarter if quarter.end <= last.end else last


@require_safe
def followup_list(request):
    """The services of a quarter with their plans; whoever may writes them, the survey office reminds."""
    managers_only(request.user)
    quarter = quarter_asked(request.GET.get("triwulan"))
    services = managed_services_of(request.user).order_by("unit__path", "name", "pk")
    page = Paginator(services, PER_PAGE).get_page(request.GET.get("halaman"))
    plans = plans_of_quarter([service.pk for service in page], quarter)
    shown = shown_of_services(quarter, list(page))
    paths = tuple(written_paths(request.user))
    for service in page:
        service.plan = plans.get(service.pk)
        service.shown = shown[service.pk]
        service.may_plan = bool(service.shown.figure["elements"])
        service.is_mine = service.unit.path.startswith(paths)
    of_units = visible_plans(request.user).filter(service=None, year=quarter.year, quarter=quarter.number)
    context = {
        "quarter": quarter,
        "quarters": quarters_back(last_finished_quarter(), 8),
        "page": page,
        "unit_plans": of_units[:PER_PAGE],
        "units": [
            unit
            for unit in managed_units_of(request.user).filter(services__isnull=False).distinct()[:PER_PAGE]
            if unit.path.startswith(paths)
        ],
        "reminds": may_remind(request.user),
    }
    return render(request, "feedback/followup/list.html", context)


def quarters_back(quarter, number):
    found = []
    for _ in range(number):
        found.append(quarter)
        quarter = quarter.preceding()
    return found


def subject_sent(request):
    """The service or unit of a POST that `user` manages, as {"service": …} or {"unit": …}; else 404."""
    for name, found in (("service", managed_services_of), ("unit", managed_units_of)):
        key = request.POST.get(name, "")
        if key.isascii() and key.isdecimal() and len(key) < 15:
            return {name: get_object_or_404(found(request.user), pk=key)}
    raise Http404


@require_POST
def followup_start(request):
    managers_only(request.user)
    subject, quarter = subject_sent(request), quarter_asked(request.POST.get("quarter"))
    try:
        plan = start_plan(quarter=quarter, by=request.user, **subject)
    except StepRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('feedback:followup-list')}?triwulan={quarter.code}")
    return redirect("feedback:followup-detail", pk=plan.pk)


@require_POST
def followup_remind(request):
    if not may_remind(request.user):
        raise Http404
    subject, quarter = subject_sent(request), quarter_asked(request.POST.get("quarter"))
    try:
        told = remind(quarter=quarter, by=request.user, **subject)
    except StepRefused as refusal:
        messages.error(request, str(refusal))
    else:
        words = (
            f"{told} pengelola layanan diingatkan."
            if told
            else "Pengelola sudah diingatkan, atau unit ini belum punya."
        )
        messages.success(request, words)
    return redirect(f"{reverse('feedback:followup-list')}?triwulan={quarter.code}")


@require_safe
def followup_detail(request, pk):
    plan = get_object_or_404(visible_plans(request.user), pk=pk)
    items = list(plan.items.select_related("post"))
    for item in items:
        item.late = is_late(item)
    earlier = plan_before(plan)
    now = told_in(plan.period, service=plan.service, unit=None if plan.service_id else plan.unit)
    context = {
        "plan": plan,
        "items": items,
        "missing": [item for item in items if not item.is_planned_out],
        "earlier": earlier,
        "earlier_items": list(earlier.items.all()) if earlier else [],
        "may_write": may_write_for(request.user, plan.unit),
        "reminds": may_remind(request.user),
        "changed": now.index if now.index is not None and now.index != plan.index else None,
    }
    return render(request, "feedback/followup/detail.html", context)


@require_POST
def followup_publish(request, pk):
    plan = writable_plan(request.user, pk)
    try:
        publish_plan(plan, by=request.user)
    except StepRefused as refusal:
        plan.refresh_from_db()
        if not plan.is_published:  # a second click finds what the first one did
            messages.error(request, str(refusal))
    else:
        messages.success(request, "Rencana terbit. Warga dapat membacanya di “Anda berkata – kami lakukan”.")
    return redirect("feedback:followup-detail", pk=plan.pk)


def writable_plan(user, key):
    plan = get_object_or_404(visible_plans(user), pk=key)
    if not may_write_for(user, plan.unit):
        raise Http404
    return plan


def writable_item(user, key):
    item = get_object_or_404(visible_items(user), pk=key)
    if not may_write_for(user, item.plan.unit):
        raise Http404
    return item


@require_http_methods(["GET", "HEAD", "POST"])
def followup_item(request, pk):
    """What is promised for one element."""
    item = writable_item(request.user, pk)
    form, page = ItemForm(request.POST or None, item=item), {"status": 200, "version": item.version}
    if request.method == "POST":
        page["version"] = version_seen(request.POST)
        if attempt(
            form, page, lambda: save_item(item, version=page["version"], by=request.user, **form.cleaned_data)
        ):
            messages.success(request, f"Rencana untuk “{item.label}” disimpan.")
            return redirect("feedback:followup-detail", pk=item.plan_id)
    context = {"item": item, "plan": item.plan, "form": form, "heading": f"Rencana: {item.label}"}
    return render(request, "feedback/followup/item.html", context | page, status=page["status"])


@require_http_methods(["GET", "HEAD", "POST"])
def followup_realise(request, pk):
    """What became of one promise."""
    item = writable_item(request.user, pk)
    if item.plan.state == FollowUpPlan.State.DRAFT or (
        item.state == item.State.DONE and request.method != "POST"
    ):
        return redirect("feedback:followup-detail", pk=item.plan_id)
    form = RealisationForm(request.POST or None, request.FILES or None, item=item)
    page = {"status": 200, "version": item.version}
    if request.method == "POST":
        page["version"] = version_seen(request.POST)
        if attempt(
            form, page, lambda: realise(item, version=page["version"], by=request.user, **form.cleaned_data)
        ):
            messages.success(request, f"Pelaksanaan “{item.label}” dicatat.")
            return redirect("feedback:followup-detail", pk=item.plan_id)
    context = {
        "item": item,
        "plan": item.plan,
        "form": form,
        "heading": f"Pelaksanaan: {item.label}",
        "has_file": True,
    }
    return render(request, "feedback/followup/item.html", context | page, status=page["status"])


def attempt(form, page, act, labels=LABELS):
    """Do `act` with a form that is whole; else say in form and page what stands in the way. What was typed stays."""
    page["status"] = 422
    if not form.is_valid():
        return False
    try:
        act()
    except Conflict as conflict:
        page |= {
            "status": 409,
            "differences": conflict.differences(labels),
            "version": conflict.stored.version,
        }
    except Refused as refusal:
        show_errors(form, refusal.errors)
    except StepRefused as refusal:
        page |= {"status": 409, "refused": str(refusal)}
    else:
        return True
    return False


@require_safe
def followup_proof(request, pk):
    """The proof as an attachment that no browser runs."""
    return file_of(get_object_or_404(visible_items(request.user).exclude(file_path=""), pk=pk))


def file_of(item):
    content = proof_files.read_kept(item)
    if content is None:
        raise Http404
    response = FileResponse(
        BytesIO(content), as_attachment=True, filename=item.file_name, content_type=item.content_type
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
