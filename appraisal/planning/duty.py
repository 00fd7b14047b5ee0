"""Who owes a plan, in which format, from which day on, and until when it has to be agreed."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

from agencies.people.models import Assignment, Employee, ServiceState
from agencies.people.reporting_line import definitive_assignment_on
from agencies.structure.models import Post
from appraisal.cycle.calendar import months_after
from appraisal.rulebook.queries import rules_on

from .models import Skp

AGREED_BY, AFTER_POSTING, SILENT_DAYS = (
    "plan_agreed_by",
    "plan_agreed_after_posting",
    "appraiser_silent_days",
)
OFFICIAL = "Pejabat negara tidak menyusun SKP."
# PermenPANRB 6/2022 pages 65-66 no. 8; who has left is no employee any more.
WITHOUT_PLAN = {
    ServiceState.Kind.UNPAID_LEAVE: "Anda sedang cuti di luar tanggungan negara, jadi tidak menyusun SKP.",
    ServiceState.Kind.PRE_RETIREMENT: "Anda sedang menjalani masa persiapan pensiun, jadi tidak menyusun SKP.",
    ServiceState.Kind.SUSPENDED: "Anda sedang diberhentikan sementara, jadi tidak menyusun SKP.",
    ServiceState.Kind.STATE_OFFICIAL: "Anda sedang menjadi pejabat negara, jadi tidak menyusun SKP.",
    ServiceState.Kind.RETIRED: "Anda sudah pensiun, jadi tidak menyusun SKP.",
    ServiceState.Kind.LEFT: "Anda tidak lagi bekerja di Pemerintah Kota Ambon, jadi tidak menyusun SKP.",
}


def states_without_plan(day):
    """The states of service on `day` in which nobody owes a plan."""
    return ServiceState.objects.on(day).filter(kind__in=WITHOUT_PLAN)


def why_no_plan(employee, day):
    """Why `employee` owes no plan on `day`, in Indonesian; "" when he does."""
    if employee.kind == Employee.Kind.OFFICIAL:
        return OFFICIAL
    state = states_without_plan(day).filter(employee=employee).first()
    return WITHOUT_PLAN[state.kind] if state else ""


def audience_for(post):
    """The format follows the post: high officials and heads of a unit of their own write A.1.1 or A.1.2."""
    leads = post.kind == Post.Kind.HIGH or post.leads_unit
    return Skp.Audience.LEADER if leads else Skp.Audience.STAFF


@dataclass(frozen=True)
class Posting:
    """A post held definitively, and the first day of holding it without a break."""

    post: Post
    since: date

    def first_day_in(self, year):
        return max(self.since, date(year, 1, 1))


def posting_on(employee, day):
    held = definitive_assignment_on(employee, day)
    if held is None:
        return None
    terms = Assignment.objects.known().filter(
        employee=employee, post=held.post_id, kind=Assignment.Kind.DEFINITIVE
    )
    begun = {term.upper: term.lower for term in terms.values_list("term", flat=True)}
    since = held.term.lower
    while since in begun:
        since = begun[since]
    return Posting(held.post, since)


def is_of_another_post(plan, posting):
    """Did the employee come to `posting` after `plan` began, and from another post?"""
    moved = posting.first_day_in(plan.year) > plan.starts_on
    return moved and (plan.unit_id, plan.post_name) != (posting.post.unit_id, posting.post.name)


@dataclass(frozen=True)
class Deadlines:
    """The rulebook's days about agreeing plans as they are in force on one day; None: not filled in yet."""

    agreed_by: dict | None
    after_posting: dict | None
    silent: dict | None

    def due_on(self, plan):
        """The last day on which `plan` has to be agreed, or None."""
        if plan.starts_on == date(plan.year, 1, 1):
            return self.agreed_by and date(plan.year, self.agreed_by["month"], self.agreed_by["day"])
        return self.after_posting and months_after(plan.starts_on, self.after_posting["months"])


def deadlines_on(day):
    """One query."""
    keys = (AGREED_BY, AFTER_POSTING, SILENT_DAYS)
    found = dict(rules_on(day).filter(key__in=keys).values_list("key", "value"))
    return Deadlines(*(found.get(key) for key in keys))


def due_on(plan):
    return deadlines_on(min(plan.starts_on, timezone.localdate())).due_on(plan)


def is_silent(plan, today=None):
    """Is a submitted plan past its day, and was it left without an answer for as long as the rulebook says?"""
    today = today or timezone.localdate()
    if plan.state != Skp.State.SUBMITTED or plan.is_adjustment or plan.submitted_at is None:
        return False
    deadlines = deadlines_on(today)
    due = deadlines.due_on(plan)
    if due is None or deadlines.silent is None:
        return False
    waited_until = timezone.localdate(plan.submitted_at) + timedelta(deadlines.silent["days"])
    return today > max(due, waited_until)


RULE = (
    "(SELECT value FROM appraisal_rule WHERE key = '{key}' AND valid_from <= asked.today"
    " ORDER BY valid_from DESC LIMIT 1)"
)
LEFT_WITHOUT_ANSWER = f"""
    SELECT plan.id FROM appraisal_skp plan, (SELECT %s::date, %s::text) asked (today, zone), LATERAL (
        SELECT {RULE.format(key=AGREED_BY)}, {RULE.format(key=AFTER_POSTING)}, {RULE.format(key=SILENT_DAYS)}
    ) rule (agreed_by, after_posting, silent)
    WHERE plan.adjusts_id IS NULL AND plan.state IN ('submitted', 'returned')
        AND asked.today > (plan.submitted_at AT TIME ZONE asked.zone)::date + (silent ->> 'days')::int
        AND asked.today > CASE WHEN plan.starts_on = make_date(plan.year, 1, 1)
            THEN make_date(plan.year, (agreed_by ->> 'month')::int, (agreed_by ->> 'day')::int)
            ELSE (plan.starts_on + make_interval(months => (after_posting ->> 'months')::int))::date END
"""  # noqa: S608  put together from constants


def left_without_answer(today):
    """`is_silent` for many plans at once, as a condition. One that came back stays: who stepped in follows it."""
    return Q(pk__in=RawSQL(LEFT_WITHOUT_ANSWER, [today, settings.TIME_ZONE]))  # noqa: S611
