"""What waits for whom, each question a queryset; `numbers` counts any number of them in one query."""

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from agencies.access.scope import path_in
from agencies.careers.report import orphans_of
from agencies.people.models import Assignment, Employee, User
from agencies.people.reporting_line import subordinates_on
from agencies.structure.models import Unit
from ambon_kinerja.jobs.models import Job
from appraisal.cycle.models import Period
from appraisal.monitoring.models import Realisation
from appraisal.planning.duty import AFTER_POSTING, AGREED_BY, states_without_plan
from appraisal.planning.models import Indicator, Skp
from appraisal.planning.queries import assignments_with_a_plan, employees_with_agreed_plan
from appraisal.reports.models import AgencyReport
from appraisal.rulebook.models import Rule
from appraisal.scoring.models import Evaluation
from appraisal.scoring.queries import employees_decided

KEPT = 300


def numbers(user, questions):
    """{name: how many rows} for {name: queryset}, and {name: value} for a ready Subquery, in one query."""
    if not questions:
        return {}
    answers = {
        name: question if isinstance(question, Subquery) else counted(question)
        for name, question in questions.items()
    }
    return User.objects.filter(pk=user.pk).values(**answers).get()


def counted(queryset):
    everything = queryset.order_by().annotate(everything=Value(1)).values("everything")
    return Coalesce(Subquery(everything.annotate(number=Count("pk", distinct=True)).values("number")), 0)


def first_of(queryset):
    return Subquery(queryset.values("pk")[:1])


def periods_around(now):
    """(open or current quarter or None, newest finished quarter or None), in one query."""
    today = timezone.localdate(now)
    periods = list(Period.objects.filter(starts_on__lte=today).order_by("-year", "-number")[:6])
    opened = [period for period in periods if period.is_open(now)]
    running = [period for period in periods if period.starts_on <= today <= period.ends_on]
    finished = [period for period in periods if period.is_over(now) and period.ends_on < today]
    return next(iter(opened + running), None), next(iter(finished), None)


def plan_of(person, year):
    """The newest plan of a year: after a move in mid-year there are two."""
    return Skp.objects.plans().filter(employee=person, year=year).order_by("-starts_on").first()


def about_the_duty_to_plan(person, plan, day):
    """What decides whether and until when `person` plans, as parts of the one query of `numbers`."""
    held = Assignment.objects.on(day).filter(employee=person, kind=Assignment.Kind.DEFINITIVE)
    asked = {
        "without_duty": Subquery(states_without_plan(day).filter(employee=person).values("kind")[:1]),
        "posted_on": Subquery(held.values("term__startswith")[:1]),
        "agreed_by": rule_value(AGREED_BY, day),
        "after_posting": rule_value(AFTER_POSTING, day),
        "adjustment": first_of(
            Skp.objects.filter(adjusts=plan, adjusts__isnull=False, state__in=("draft", "returned"))
        ),
    }
    if plan is not None:
        moved = held.filter(term__startswith__gt=plan.starts_on)
        asked["moved_to"] = first_of(moved.exclude(post__name=plan.post_name, post__unit=plan.unit_id))
    return asked


def rule_value(key, day):
    return Subquery(
        Rule.objects.filter(key=key, valid_from__lte=day).order_by("-valid_from").values("value")[:1]
    )


def plan_at_the_end_of(person, period):
    return Skp.objects.on(period.ends_on).filter(employee=person)


def indicators_without_data(person, period):
    """The indicators of the person's agreed plan with nothing realised in `period`, unless it is decided already."""
    said = Q(value__isnull=False) | ~Q(text="")
    values = Realisation.objects.filter(said, period=period, indicator=OuterRef("pk"))
    decided = Evaluation.objects.decided().filter(period=period, skp=OuterRef("result__skp"))
    mine = Indicator.objects.filter(
        withdrawn_on=None,
        result__withdrawn_on=None,
        result__skp__in=Skp.objects.on(period.ends_on).filter(employee=person, state=Skp.State.AGREED),
    )
    return mine.filter(~Exists(values), ~Exists(decided))


def results_to_read(person):
    return Evaluation.objects.filter(skp__employee=person, state=Evaluation.State.FINAL).order_by(
        "-finalised_at"
    )


def evaluations_to_revise(person, day):
    """The revisions under way of those whom `person` appraises on `day`, the most urgent first."""
    team = subordinates_on(person, day)
    drafts = Evaluation.objects.filter(state=Evaluation.State.DRAFT, open_until__gte=day)
    return drafts.filter(skp__employee__in=team.values("pk")).order_by("open_until", "pk")


def plans_to_evaluate(person, period, day):
    """The agreed plans of those whom `person` appraises on `day`."""
    team = subordinates_on(person, day)
    return Skp.objects.on(period.ends_on).filter(employee__in=team.values("pk"), state=Skp.State.AGREED)


def evaluated(plans, period):
    """Those of `plans` whose evaluation for `period` is final."""
    final = Evaluation.objects.decided().filter(period=period, skp=OuterRef("pk"))
    return plans.filter(Exists(final))


def staff_in(paths, day):
    """Who has to have a plan below `paths` on `day`."""
    held = assignments_with_a_plan(day).filter(path_in(paths, "post__unit__"))
    return Employee.objects.filter(pk__in=held.values("employee"))


def with_agreed_plan(staff, year):
    return staff.filter(pk__in=employees_with_agreed_plan(year))


def decided(staff, period):
    """Those of `staff` whose evaluation for `period` is final: counted, never read."""
    return staff.filter(pk__in=employees_decided(period))


def agencies_lacking_report(paths, period):
    """The agencies below `paths` with people at the end of `period` but without an issued report on it."""
    held = Assignment.objects.on(period.ends_on).filter(post__unit__path__startswith=OuterRef("path"))
    issued = AgencyReport.objects.filter(period=period, agency=OuterRef("pk"), document__isnull=False)
    return Unit.objects.agencies().filter(path_in(paths)).filter(Exists(held), ~Exists(issued))


def issued_reports(paths, period):
    return AgencyReport.objects.filter(path_in(paths, "agency__"), period=period, document__isnull=False)


def failed_jobs(since):
    return Job.objects.filter(Q(state=Job.State.FAILED) & Q(finished_at__gte=since))


def count_without_appraiser(units, day):
    """How many in `units` and below have no right appraiser on `day`, at most KEPT seconds ago: as the report counts.

    Kept because following 5,000 reporting lines takes a while. At most ten queries when it is not kept.
    """
    keys = "-".join(sorted(str(unit.pk) for unit in units))
    return cache.get_or_set(f"orphans:{day}:{keys}", lambda: len(orphans_of(units, day)), KEPT)
