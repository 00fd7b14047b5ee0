"""The periodic feedback a leader owes: to each person he leads, in each period (page 69 no. 6; the rulebook counts)."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from agencies.people.reporting_line import subordinate_keys_on
from appraisal.cycle.models import Period
from appraisal.cycle.queries import period_now
from appraisal.planning.models import Skp
from appraisal.rulebook.queries import rules_on

from .models import Feedback

TIMES, DAYS = "periodic_feedback_times", "periodic_feedback_days_before_end"
ONCE, DAYS_BEFORE_END = 1, 14  # where the rulebook does not say otherwise


@dataclass(frozen=True)
class Duty:
    """What holds for a period: how often for each person, and until which day."""

    period: Period
    times: int
    due_on: object

    def is_late(self, today=None):
        return (today or timezone.localdate()) > self.due_on


def duty_for(period):
    found = {rule.key: int(rule.value) for rule in rules_on(period.ends_on).filter(key__in=(TIMES, DAYS))}
    days = found.get(DAYS, DAYS_BEFORE_END)
    return Duty(period, times=found.get(TIMES, ONCE), due_on=period.ends_on - timedelta(days=days))


def duty_now(now=None):
    period = period_now(now)
    return duty_for(period) if period else None


def given_periodically(period, skp):
    """How much periodic feedback of a leader there is for a plan, as a subquery; another leader's counts too."""
    rows = Feedback.objects.filter(
        skp=skp, period=period, kind=Feedback.Kind.PERIODIC, giver=Feedback.Giver.LEADER
    )
    return Coalesce(Subquery(rows.order_by().values("skp").annotate(n=Count("pk")).values("n")), 0)


def plans_led(person, day=None):
    """The agreed plans of those whom `person` appraises on the day, whose term holds that day, by name."""
    day = day or timezone.localdate()
    team = subordinate_keys_on(person, day)
    plans = Skp.objects.on(day).filter(employee__in=team, state=Skp.State.AGREED)
    return plans.select_related("employee__user", "unit").order_by("employee__name", "pk")


def plans_with_duty(person, duty, day=None):
    """`plans_led` with `given`: how often in this period; owed is what is below `duty.times`."""
    return plans_led(person, day).annotate(given=given_periodically(duty.period, OuterRef("pk")))


def plans_owed(person, duty, day=None):
    return plans_with_duty(person, duty, day).filter(given__lt=duty.times)


def feedback_owed_by(person, now=None):
    """The plans for which `person` owes periodic feedback in the period that runs, as a queryset; for worklists."""
    duty = duty_now(now)
    return plans_owed(person, duty) if duty else Skp.objects.none()
