"""Closing a period and reading how it stood; the people left to the appraiser's superior."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access.scope import employee_of
from ambon_kinerja.lifecycle.steps import StepRefused
from appraisal.cycle.models import Period
from appraisal.cycle.rules import can_plan_periods

from ..closing import close_period
from ..distribution import CODES, LABELS
from ..missed import missed_by, waiting_for
from ..models import DistributionSnapshot, MissedEvaluation, PeriodClosing
from ..rules import may_close_period, may_read_closing
from ..timetable import closes_itself_on

ROWS_A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def period_closing(request, period):
    if not may_read_closing(request.user):
        raise Http404
    period = get_object_or_404(Period, pk=period)
    if request.method == "POST":
        if not may_close_period(request.user):
            raise Http404
        try:
            close_period(period, by=request.user)
        except StepRefused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, f"{period} sedang ditutup. Halaman ini menunjukkan hasilnya.")
        return redirect("appraisal:period-closing", period=period.pk)
    closing = PeriodClosing.objects.select_related("job", "started_by").filter(period=period).first()
    snapshots = DistributionSnapshot.objects.filter(closing=closing).select_related("unit")
    if request.GET.get("keadaan") == "berbeda":
        snapshots = snapshots.exclude(warnings=[])
    page = Paginator(snapshots, ROWS_A_PAGE).get_page(request.GET.get("halaman"))
    for row in page:
        row.cells = [(LABELS[code], row.counts[code]) for code in CODES]
    context = {
        "period": period,
        "closing": closing,
        "page": page,
        "predikat": list(LABELS.values()),
        "departing": request.GET.get("keadaan") == "berbeda",
        "missed": missed_by_unit(closing),
        "may_close": may_close_period(request.user) and (closing is None or closing.finished_at is None),
        "may_change": can_plan_periods(request.user),
        "closes_itself_on": closes_itself_on(period) if closing is None else None,
    }
    return render(request, "appraisal/calibration/closing.html", context)


def missed_by_unit(closing):
    """[(unit, people)] with the most first, twenty at most: where the superiors have to step in."""
    if closing is None:
        return []
    rows = MissedEvaluation.objects.filter(closing=closing).values_list("unit__name")
    return list(rows.annotate(people=Count("pk")).order_by("-people", "unit__name")[:20])


@require_safe
def missed_list(request):
    """Those this person has to evaluate as superior, and those he missed as appraiser."""
    person = employee_of(request.user)
    if person is None:
        raise Http404
    rows = waiting_for(person).select_related("employee", "unit", "appraiser", "closing__period")
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("halaman"))
    own = missed_by(person).select_related("employee", "closing__period")[:ROWS_A_PAGE]
    return render(request, "appraisal/calibration/missed.html", {"page": page, "own": own})
