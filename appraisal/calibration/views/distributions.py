"""The distribution of predikat: the units a reader may see, and one of them beside the guide."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.access.scope import employee_of
from ambon_kinerja.lifecycle.steps import StepRefused
from appraisal.cycle.models import Period
from appraisal.cycle.queries import in_focus, periods_to_rate

from ..actions import explain_distribution
from ..distributing import counted_rows, distribution_of
from ..forms import ReasonForm
from ..models import DistributionReason
from ..queries import readable_sessions, readable_units
from ..rules import may_call, may_close_period, may_explain, may_read_closing

ROWS_A_PAGE = 25


@require_safe
def distribution_list(request):
    periods = [period for period in periods_to_rate() if period.starts_on <= timezone.localdate()]
    asked = request.GET.get("periode", "")
    period = next((each for each in periods if str(each.pk) == asked), None) or in_focus(periods)
    text = request.GET.get("cari", "").strip()[:80]
    units = readable_units(request.user).order_by("path")
    if text:
        units = units.filter(name__icontains=text)
    page = Paginator(units, ROWS_A_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "page": page,
        "rows": counted_rows(list(page.object_list), period) if period else [],
        "period": period,
        "periods": periods,
        "text": text,
        "sessions": readable_sessions(request.user).filter(period=period)[:10] if period else [],
        "reads_closing": may_read_closing(request.user),
        "is_over": period is not None and period.is_over(),
    }
    return render(request, "appraisal/calibration/list.html", context)


def found(request, unit, period):
    return (
        get_object_or_404(readable_units(request.user), pk=unit),
        get_object_or_404(Period, pk=period),
    )


@require_safe
def distribution_detail(request, unit, period):
    return show(request, *found(request, unit, period), None)


@require_POST
def distribution_explain(request, unit, period):
    unit, period = found(request, unit, period)
    if not may_explain(request.user, unit):
        raise Http404
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return show(request, unit, period, form, status=422)
    try:
        explain_distribution(unit, period=period, by=request.user, **form.cleaned_data)
    except StepRefused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, "Alasan disimpan bersama angka hari ini.")
    return redirect("appraisal:distribution-detail", unit=unit.pk, period=period.pk)


def show(request, unit, period, form, *, status=200):
    explains = may_explain(request.user, unit)
    distribution = distribution_of(unit, period, employee_of(request.user))
    reasons = DistributionReason.objects.filter(unit=unit, period=period).select_related("written_by")
    sessions = readable_sessions(request.user).filter(unit=unit, period=period)
    context = {
        "unit": unit,
        "period": period,
        "distribution": distribution,
        "reasons": reasons,
        "form": form or (ReasonForm() if explains and distribution.warnings else None),
        "sessions": sessions,
        "may_call": may_call(request.user, unit) and not sessions.filter(state="open").exists(),
        "is_over": period.is_over(),
        "may_close": may_close_period(request.user),
    }
    return render(request, "appraisal/calibration/distribution.html", context, status=status)
