"""What waits for whom, each question a queryset; `numbers` counts any number of them in one query."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from agencies.access.scope import employee_of, grants_on, path_in
from agencies.careers.report import orphans_of
from agencies.people.models import Assignment, Employee, User
from agencies.people.reporting_line import indirect_subordinate_keys_on, subordinate_keys_on
from agencies.structure.models import Unit
from ambon_kinerja.jobs.models import Job
from appraisal.cycle.calendar import PLANNING, months_after
from appraisal.cycle.models import Period, YearWindow, last_day_of
from appraisal.cycle.queries import at_work, newest_finished, periods_to_rate
from appraisal.monitoring.models import Realisation
from appraisal.planning.duty import AFTER_POSTING
from appraisal.planning.models import Indicator, Skp
from appraisal.planning.queries import employees_with_agreed_plan, plans_awaiting
from appraisal.reports.models import AgencyReport
from appraisal.rulebook.models import Rule
from appraisal.rulebook.queries import value_on
from appraisal.scoring.models import Evaluation
from appraisal.scoring.queries import employees_decided

from .progress import owing_on

KEPT = 300


def numbers(user, questions):
    """{name: how many rows} for {name: queryset}, and {name: value} for a ready expression, in one query."""
    if not questions:
        return {}
    answers = {
        name: counted(question) if isinstance(question, QuerySet) else question
        for name, question in questions.items()
    }
    return User.objects.filter(pk=user.pk).values(**answers).get()


def counted(queryset):
    everything = queryset.order_by().annotate(everything=Value(1)).values("everything")
    return Coalesce(Subquery(everything.annotate(number=Count("pk", distinct=True)).values("number")), 0)


def first_of(queryset):
    return first_of_field(queryset, "pk")


def first_of_field(queryset, name):
    return Subquery(queryset.values(name)[:1])


@dataclass(frozen=True)
class Facts:
    """What every part of one start page asks: who, with which rights, in which periods."""

    person: Employee | None
    grants: list
    period: Period | None  # people are busy with
    finished: Period | None  # newest
    now: datetime
    periods: list  # of this year and the last, the whole years among them
    found: dict = field(default_factory=dict)  # the counts, once they have been asked


def facts_of(user, now=None):
    """The Facts of `user`, asked once for one start page: whoever has not fetched them asks again for `now`."""
    kept = getattr(user, "_desk_facts", None)
    if kept is not None and now is None:
        return kept
    now = now or timezone.now()
    periods = periods_to_rate(now)
    user.grants_today = list(grants_on(user))
    user._desk_facts = Facts(
        employee_of(user),
        user.grants_today,
        at_work(periods, now),
        newest_finished(periods, now),
        now,
        periods,
    )
    return user._desk_facts


def windows_of(year):
    """[{kind, period, closes}] of the windows of a year beside the evaluations, as a ready Subquery."""
    windows = YearWindow.objects.filter(performance_year__year=year)
    return ArraySubquery(windows.values(told=JSONObject(kind="kind", period="period", closes="closes_at")))


def waiting_by_name(user, most):
    """[{plan, name}] of the first `most` plans that wait for `user`, the oldest first, as a ready Subquery."""
    waiting = plans_awaiting(user)
    return ArraySubquery(waiting.values(told=JSONObject(plan="pk", name="employee__name"))[:most])


def due_days_of(facts, found):
    """{(kind, key of the period or None): last day}; the plan of one who took up his post lately is due later."""
    due = {
        (window["kind"], window["period"]): last_day_of(datetime.fromisoformat(window["closes"]))
        for window in found["windows"]
    }
    year, rule = timezone.localdate(facts.now).year, found["agreed_by"]
    if rule and (PLANNING, None) not in due:  # the year was not opened: the rulebook alone says until when
        due[PLANNING, None] = date(year, rule["month"], rule["day"])
    planned, posted = due.get((PLANNING, None)), found["posted_on"]
    if planned and posted and posted.year == year:
        months = value_on(AFTER_POSTING, timezone.localdate(facts.now))["months"]
        due[PLANNING, None] = max(planned, months_after(posted, months))
    return due


def rule_value(key, day):
    """The value of a rule in force on `day`, as a ready Subquery."""
    rules = Rule.objects.filter(key=key, valid_from__lte=day).order_by("-valid_from")
    return Subquery(rules.values("value")[:1])


def posted_on(person, day):
    """The day on which the person took up his post, as a ready Subquery."""
    held = Assignment.objects.on(day).filter(employee=person, kind=Assignment.Kind.DEFINITIVE)
    return Subquery(held.values("term__startswith")[:1])


def plan_of(person, year):
    """The newest plan of a year: after a move in mid-year there are two."""
    return Skp.objects.plans().filter(employee=person, year=year).order_by("-starts_on").first()


def adjustment_of(plan):
    """The open adjustment its owner has to go on with, as a ready Subquery."""
    return first_of(Skp.objects.filter(adjusts=plan, adjusts__isnull=False, state__in=("draft", "returned")))


def moved_from(plan, person, day):
    """That the person holds another post on `day` than the one the plan was made for, as a ready Subquery."""
    held = Assignment.objects.on(day).filter(
        employee=person, kind=Assignment.Kind.DEFINITIVE, term__startswith__gt=plan.starts_on
    )
    return first_of(held.exclude(post__name=plan.post_name, post__unit=plan.unit_id))


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
    """The revisions under way that are `person`'s to make: of his team, or of what he rated for a silent appraiser."""
    team = subordinate_keys_on(person, day)
    drafts = Evaluation.objects.filter(state=Evaluation.State.DRAFT, open_until__gte=day)
    of_the_team = Q(skp__employee__in=team) & ~Q(rated_by_role=Evaluation.RatedBy.SUPERIOR)
    below = indirect_subordinate_keys_on(person, day)
    for_silent = Q(skp__employee__in=below, rated_by_role=Evaluation.RatedBy.SUPERIOR)
    return drafts.filter(of_the_team | for_silent).order_by("open_until", "pk")


def plans_to_evaluate(person, period, day):
    """The agreed plans of those whom `person` appraises on `day`."""
    team = subordinate_keys_on(person, day)
    return Skp.objects.on(period.ends_on).filter(employee__in=team, state=Skp.State.AGREED)


def evaluated(plans, period):
    """Those of `plans` whose evaluation for `period` is final."""
    final = Evaluation.objects.decided().filter(period=period, skp=OuterRef("pk"))
    return plans.filter(Exists(final))


def staff_in(paths, day):
    """Who has to have a plan below `paths` on `day`."""
    return Employee.objects.filter(pk__in=owing_on(day, paths).values("person"))


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
