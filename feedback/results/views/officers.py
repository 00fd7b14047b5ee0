"""Pages of those who manage services: locking a quarter, reports of units, and what is told of counters."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access.roles import Role
from agencies.access.scope import employee_of, units_of
from agencies.structure.models import Unit
from feedback.citizens.models import SetAside
from feedback.services.models import CounterDuty, Service
from feedback.services.periods import Quarter, quarter_of, read_quarter
from feedback.services.queries import managed_services

from ..actions import CannotLock, lock_quarter
from ..forms import LockForm
from ..models import QuarterLock, RespondentTally
from ..published.counters import counter_lines
from ..published.pages import locked_quarters, units_shown
from ..queries import changes_after
from ..report import survey_report
from ..rules import may_lock, may_read_counters, may_read_report, may_read_results


@require_safe
def result_list(request):
    """The quarters with answers, which of them are locked, and the reports of the units somebody manages."""
    if not may_read_results(request.user):
        raise Http404
    quarters = quarters_to_list()
    chosen = next((each.quarter for each in quarters if each.lock), None)
    units = units_of(request.user, Role.SERVICE_MANAGER).filter(services__isnull=False).distinct()
    context = {
        "quarters": quarters,
        "may_lock": may_lock(request.user),
        "chosen": chosen,
        "units": units_shown(units.order_by("name"), chosen) if chosen else [],
    }
    return render(request, "feedback/results/result_list.html", context)


class QuarterLine:
    def __init__(self, quarter, lock):
        self.quarter, self.lock = quarter, lock
        self.is_over = quarter.end < timezone.localdate()
        self.late, self.withdrawn = changes_after(lock) if lock else (0, 0)


def quarters_to_list():
    """The quarters that were answered or locked, newest first; at most eight."""
    locks = {
        Quarter(lock.year, lock.quarter): lock for lock in QuarterLock.objects.select_related("locked_by")
    }
    days = RespondentTally.objects.filter(grain="q", respondents__gt=0).values_list("first_day", flat=True)
    found = {quarter_of(day) for day in days.distinct()} | {*locks} | {quarter_of(timezone.localdate())}
    newest = sorted(found, key=lambda each: each.start, reverse=True)[:8]
    return [QuarterLine(quarter, locks.get(quarter)) for quarter in newest]


@require_http_methods(["GET", "HEAD", "POST"])
def quarter_lock(request, quarter):
    if not may_lock(request.user):
        raise Http404
    quarter = existing_quarter(quarter)
    form = LockForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                lock_quarter(quarter, by=request.user)
            except CannotLock as refused:
                form.add_error(None, str(refused))
                status = 409
            else:
                return redirect("feedback:result-list")
    waiting = SetAside.objects.filter(
        state=SetAside.State.WAITING, day__range=(quarter.start, quarter.end)
    ).count()
    context = {"quarter": quarter, "form": form, "waiting": waiting}
    return render(request, "feedback/results/quarter_lock.html", context, status=status)


def existing_quarter(code):
    try:
        return read_quarter(code)
    except ValueError:
        raise Http404 from None


@require_safe
def unit_report(request, pk, quarter):
    unit = get_object_or_404(Unit, pk=pk)
    if not may_read_report(request.user, unit):
        raise Http404
    report = survey_report(unit, existing_quarter(quarter))
    return render(request, "feedback/results/report.html", {"report": report, "unit": unit})


@require_safe
def counter_list(request):
    """A manager sees the counters of his services; an officer those where he stood, and only his own terms."""
    if not may_read_counters(request.user):
        raise Http404
    locked = locked_quarters()
    quarter = locked[-1] if locked else None
    if code := request.GET.get("triwulan"):
        quarter = existing_quarter(code)
    managed, person = managed_services(request.user), employee_of(request.user)
    own = CounterDuty.objects.filter(employee=person) if person else CounterDuty.objects.none()
    services = Service.objects.filter(pk__in=managed.values("pk")) | Service.objects.filter(
        pk__in=own.values("counter__service")
    )
    managed_keys = set(managed.values_list("pk", flat=True))
    shown = []
    services = services.filter(counters__isnull=False).select_related("unit").distinct().order_by("name")
    for service in services if quarter else ():
        lines = counter_lines(service, quarter)
        if service.pk not in managed_keys:
            lines = [line for line in lines if line.duty.employee_id == person.pk]
        if lines:
            shown.append((service, lines))
    context = {"quarter": quarter, "quarters": locked[::-1], "shown": shown}
    return render(request, "feedback/results/counter_list.html", context)
