"""The year, its periods and windows: everybody reads them, the personnel office opens, moves and closes them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ambon_kinerja.lifecycle.steps import StepRefused
from appraisal.rulebook.queries import values_on

from .actions import change_window, change_year_window, close_year, open_year, plan_period, why_not_open
from .calendar import ANNUAL, EVALUATION, HOW_MANY, name_of
from .forms import ChangeForm, CloseForm, PeriodForm, WindowChangeForm, YearForm
from .models import PerformanceYear, Period, YearWindow
from .picture import picture_of
from .queries import TITLES, deadlines_of, year_plan
from .rules import can_plan_periods

FORM_METHODS = ["GET", "HEAD", "POST"]
WINDOW = ("opens_at", "closes_at")
PAGE = 24


@require_safe
def period_list(request):
    now = timezone.now()
    page = Paginator(Period.objects.order_by("-year", "-number"), PAGE).get_page(request.GET.get("halaman"))
    periods = list(page.object_list)
    for period in periods:
        period.phase = phase_of(period, now)
    context = {
        "periods": periods,
        "page": page,
        "years": PerformanceYear.objects.all(),
        "may_plan": can_plan_periods(request.user),
    }
    return render(request, "appraisal/cycle/list.html", context)


@require_http_methods(FORM_METHODS)
def year_open(request):
    """The form; then every period and deadline as it would be; then the second click that opens the year."""
    planner_only(request)
    posted = request.POST if request.method == "POST" else None
    form = YearForm(posted, initial=None if posted else suggested_year())
    context = {"form": form}
    if posted is not None and "ubah" not in posted and form.is_valid():
        year, cadence = form.cleaned_data["year"], form.cleaned_data["cadence"]
        counted = form.cleaned_data["counted"]
        if "buka" in posted:
            if PerformanceYear.objects.filter(year=year, opened_by=request.user).exists():
                return redirect("appraisal:year-detail", year)  # the second of two clicks
            stored = stored_or_told(
                form, lambda: open_year(year, cadence=cadence, counted=counted, by=request.user)
            )
            if stored:
                messages.success(request, f"Tahun kinerja {year} dibuka.")
                return redirect("appraisal:year-detail", year)
        elif refusal := why_not_open(year, cadence):
            form.add_error(None, refusal)
        else:
            plan = year_plan(year, cadence, counted)
            context |= {
                "year": year,
                "periods": HOW_MANY[cadence],
                "deadlines": [preview_line(each, year, cadence) for each in plan],
                "kept": Period.objects.filter(year=year),
                "sent": [(name, posted[name]) for name in form.fields],
            }
            return render(request, "appraisal/cycle/preview.html", context)
    status = 422 if form.errors else 200
    return render(request, "appraisal/cycle/open.html", context, status=status)


def suggested_year():
    """The next year that is not open, with the counts of the rulebook."""
    today = timezone.localdate()
    taken = set(PerformanceYear.objects.values_list("year", flat=True))
    year = next(year for year in range(today.year, today.year + 100) if year not in taken)
    return {"year": year, "cadence": "quarterly"} | values_on(YearForm.COUNTS, today)


def preview_line(each, year, cadence):
    period = name_of(year, each.number, cadence) if each.number else ""
    return {
        "title": f"{TITLES[each.kind]} {period}".strip(),
        "first_day": each.first_day,
        "last_day": each.last_day,
        "locks": each.kind in (EVALUATION, ANNUAL),
    }


@require_safe
def year_detail(request, year):
    performance_year = get_object_or_404(PerformanceYear, year=year)
    now = timezone.now()
    deadlines = deadlines_of(year)
    may_plan = can_plan_periods(request.user) and not performance_year.is_closed
    context = {
        "year": performance_year,
        "rows": [(each, phase_of(each.window, now), address_of(each)) for each in deadlines],
        "picture": picture_of(year, deadlines, timezone.localdate()),
        "may_plan": may_plan,
        "may_close": may_plan and all(each.window.is_over(now) for each in deadlines),
    }
    return render(request, "appraisal/cycle/year.html", context)


def address_of(each):
    """Where this window is changed."""
    name = "appraisal:period-change" if each.locks else "appraisal:window-change"
    return reverse(name, args=[each.window.pk])


@require_http_methods(FORM_METHODS)
def year_close(request, year):
    planner_only(request)
    performance_year = get_object_or_404(PerformanceYear, year=year)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if stored_or_told(form, lambda: close_year(performance_year, by=request.user, reason=reason)):
            messages.success(request, f"Tahun kinerja {year} ditutup.")
            return redirect("appraisal:year-detail", year)
    context = {"form": form, "year": performance_year}
    return render(request, "appraisal/cycle/close.html", context, status=422 if form.errors else 200)


@require_http_methods(FORM_METHODS)
def window_change(request, pk):
    planner_only(request)
    windows = YearWindow.objects.select_related("performance_year", "period")
    window = get_object_or_404(windows, pk=pk)
    form = WindowChangeForm(request.POST if request.method == "POST" else None, initial=days_of(window))
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("reason", *WINDOW)}
        if stored_or_told(form, lambda: change_year_window(window, by=request.user, **values)):
            messages.success(request, f"{window} diubah. Yang belum selesai diberi tahu.")
            return redirect("appraisal:year-detail", window.performance_year.year)
    context = {"form": form, "window": window, "period": window}
    return render(request, "appraisal/cycle/window.html", context, status=422 if form.errors else 200)


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
        return ("Sedang dinilai" if isinstance(period, Period) else "Sedang berjalan"), "info"
    return ("Selesai", "ok") if period.is_over(now) else ("Belum dibuka", "")
