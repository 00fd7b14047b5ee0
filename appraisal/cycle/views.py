"""The quarters and their windows: everybody reads them, the personnel office changes them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ambon_kinerja.lifecycle.steps import StepRefused

from .actions import change_window, plan_period
from .forms import ChangeForm, PeriodForm
from .models import Period
from .rules import can_plan_periods

FORM_METHODS = ["GET", "HEAD", "POST"]
WINDOW = ("opens_at", "closes_at")


@require_safe
def period_list(request):
    now = timezone.now()
    periods = list(Period.objects.order_by("-year", "-number"))
    for period in periods:
        period.phase = phase_of(period, now)
    context = {"periods": periods, "may_plan": can_plan_periods(request.user)}
    return render(request, "appraisal/cycle/list.html", context)


@require_http_methods(FORM_METHODS)
def period_add(request):
    planner_only(request)
    form = PeriodForm(
        request.POST if request.method == "POST" else None, initial={"year": timezone.localdate().year}
    )
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("year", "number", *WINDOW)}
        if stored := stored_or_told(form, lambda: plan_period(by=request.user, **values)):
            messages.success(request, f"{stored} ditambahkan.")
            return redirect("appraisal:period-list")
    status = 422 if form.errors else 200
    return render(request, "appraisal/cycle/add.html", {"form": form}, status=status)


@require_http_methods(FORM_METHODS)
def period_change(request, pk):
    planner_only(request)
    period = get_object_or_404(Period, pk=pk)
    form = ChangeForm(request.POST if request.method == "POST" else None, initial=days_of(period))
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("reason", *WINDOW)}
        if stored_or_told(form, lambda: change_window(period, by=request.user, **values)):
            messages.success(request, f"Masa penilaian {period} diubah.")
            return redirect("appraisal:period-list")
    status = 422 if form.errors else 200
    return render(request, "appraisal/cycle/change.html", {"form": form, "period": period}, status=status)


def planner_only(request):
    if not can_plan_periods(request.user):
        raise Http404


def stored_or_told(form, store):
    """The stored period, or None with the reason in the form."""
    try:
        return store()
    except StepRefused as refusal:
        form.add_error(None, str(refusal))
        return None


def days_of(period):
    return {"first_day": timezone.localdate(period.opens_at), "last_day": period.last_day}


def phase_of(period, now):
    """(words, kind of the status word)"""
    if period.is_open(now):
        return "Sedang dinilai", "info"
    return ("Selesai", "ok") if period.is_over(now) else ("Belum dibuka", "")
