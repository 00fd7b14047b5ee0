"""Reports a person may read, and what one agency did in a quarter, in a fixed number of queries."""

from django.db.models import FilteredRelation, Q
from django.utils import timezone

from agencies.access.scope import grants_on, path_in
from agencies.people.models import Assignment
from agencies.structure.models import Unit
from ambon_kinerja.documents.models import IssuedDocument
from appraisal.cycle.models import Period
from appraisal.planning.models import Indicator, Skp, WorkResult
from appraisal.planning.queries import assignments_with_a_plan
from appraisal.scoring.models import Evaluation
from feedback.results.published.spans import quarters_locked_since

from .models import AgencyReport
from .rules import READERS

SIGNS_FIRST = ("plt", "plh", "definitive", "additional")


def visible_reports(user):
    """The reports `user` may read: on the agencies that lie wholly in a unit of one of his roles."""
    paths = [grant.unit.path for grant in grants_on(user, None, *READERS)]
    found = AgencyReport.objects.filter(path_in(paths, "agency__"))
    return found.select_related("agency", "period", "job", "document")


def agencies_below(units):
    """The agencies in `units` and below, by name."""
    return Unit.objects.agencies().filter(path_in([unit.path for unit in units])).order_by("name")


def finished_periods(now=None):
    """The quarters that have ended and can no longer be appraised, newest first."""
    now = now or timezone.now()
    ended = Period.objects.periodic().filter(closes_at__lte=now, ends_on__lt=timezone.localdate(now))
    return ended.order_by("-year", "-number")


def assignments_in(agency, day):
    """Who had to have a plan in `agency` on `day`, as assignments."""
    return assignments_with_a_plan(day).filter(post__unit__path__startswith=agency.path)


def people_with_units(agency, day):
    """{employee key: path of his unit}"""
    return dict(assignments_in(agency, day).values_list("employee", "post__unit__path"))


def plan_states(agency, period):
    """{employee key: state of his plan}"""
    people = assignments_in(agency, period.ends_on).values("employee")
    return dict(Skp.objects.on(period.ends_on).filter(employee__in=people).values_list("employee", "state"))


def evaluation_outcomes(agency, period):
    """{employee key: (state, predikat)}"""
    people = assignments_in(agency, period.ends_on).values("employee")
    rows = Evaluation.objects.living().filter(period=period, skp__employee__in=people)
    return {
        person: (state, predikat)
        for person, state, predikat in rows.values_list("skp__employee", "state", "predikat")
    }


def main_indicators(agency, period):
    """(employee key, direction, low, high, realised or None) of each indicator of a main result of an agreed plan."""
    people = assignments_in(agency, period.ends_on).values("employee")
    return (
        Indicator.objects.filter(
            result__kind=WorkResult.Kind.MAIN,
            result__withdrawn_on=None,
            withdrawn_on=None,
            target_low__isnull=False,
            result__skp__in=Skp.objects.on(period.ends_on).filter(
                state=Skp.State.AGREED, employee__in=people
            ),
        )
        .annotate(reached=FilteredRelation("realisations", condition=Q(realisations__period=period)))
        .order_by("pk")
        .values_list("result__skp__employee", "direction", "target_low", "target_high", "reached__value")
    )


def report_before(agency, period):
    """The issued report on the quarter just before, or None."""
    before = AgencyReport.objects.filter(
        agency=agency, period__ends_on__lt=period.starts_on, document__isnull=False
    )
    report = before.exclude(document__state=IssuedDocument.State.REVOKED).select_related("period")
    found = report.order_by("-period__ends_on").first()
    return found if found and (period.starts_on - found.period.ends_on).days == 1 else None


def reports_with_estimates(since):
    """Reports that were drawn before the survey of their quarter was locked, which happened at `since` or later.

    One that somebody has asked for anew is not among them: if drawing it failed, it would fail every hour.
    """
    quarters = Q(pk__in=[])
    for quarter in quarters_locked_since(since):
        quarters |= Q(period__starts_on=quarter.start, period__ends_on=quarter.end)
    drawn = AgencyReport.objects.filter(
        quarters, document__isnull=False, figures__services__contains=[{"is_final": False}]
    )
    return [
        report
        for report in drawn.select_related("agency", "period", "document")
        if report.figures.get("job") == report.job_id
    ]


def who_signs(agency, day):
    """The assignment of whoever answers for the agency on `day`, acting first, or None."""
    heads = (
        Assignment.objects.on(day)
        .filter(post__unit=agency, post__leads_unit=True)
        .select_related("employee", "post")
    )
    return min(heads, key=lambda head: (SIGNS_FIRST.index(head.kind), head.pk), default=None)
