"""What has come to a person beyond his own team: of silent appraisers below him, and of the unit he was moved from."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from agencies.people.reporting_line import indirect_subordinate_keys_on, subordinate_keys_on
from ambon_kinerja.row_security import as_service
from appraisal.planning.models import Skp

from ..models import Evaluation
from .raters import superiors_last_day, who_moved_within

LONGEST_TURN = timedelta(
    days=200
)  # of the superior; only to leave out old periods without asking the rulebook


def of_silent_appraisers(person, period, day):
    """The agreed plans below the appraisers whom `person` appraises, not rated although the window is over."""
    below = indirect_subordinate_keys_on(person, day)
    decided = Evaluation.objects.decided().filter(period=period, skp=OuterRef("pk"))
    plans = Skp.objects.on(period.ends_on).filter(employee__in=below, state=Skp.State.AGREED)
    return plans.filter(~Exists(decided))


def of_the_old_unit(person, period, day):
    """The agreed plans of those whom `person` led until he was moved within the window, not rated yet: a list."""
    eve = period.first_day - timedelta(days=1)
    led = subordinate_keys_on(person, eve)
    decided = Evaluation.objects.decided().filter(period=period, skp=OuterRef("pk"))
    with as_service():  # he leads them no longer; the rule below is asked of each
        plans = list(
            Skp.objects.on(period.ends_on)
            .filter(~Exists(decided), employee__in=led, state=Skp.State.AGREED)
            .select_related("employee", "unit")
            .order_by("employee__name", "pk")
        )
    return [plan for plan in plans if who_moved_within(plan.employee, period, day) == person]


def periods_left_to_superiors(periods, now=None):
    """[(period, last day)] of those whose window is over and whose superiors' days still run, by the last day."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    over = [each for each in periods if each.is_over(now) and each.last_day >= today - LONGEST_TURN]
    found = [(each, superiors_last_day(each)) for each in over]
    return sorted(((each, last) for each, last in found if today <= last), key=lambda row: row[1])


@dataclass(frozen=True)
class Share:
    """One list of the page: the plans of a period that came to this person, why, and until when."""

    period: object
    until: object
    is_of_the_superior: bool
    plans: object

    @property
    def key(self):
        return f"{self.period.pk}{'' if self.is_of_the_superior else '-lama'}"

    @property
    def count(self):
        return self.plans.count() if self.is_of_the_superior else len(self.plans)

    def in_order(self):
        """The plans by name, as a queryset or a list."""
        if not self.is_of_the_superior:
            return self.plans
        return self.plans.select_related("employee", "unit").order_by("employee__name", "pk")

    @property
    def words(self):
        return str(self.period) if self.is_of_the_superior else f"{self.period}, unit lama"


def shares_of(person, periods, now=None):
    """The Shares of `person`, the most urgent first; those of the old unit only where something waits."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    found = [
        Share(period, last, True, of_silent_appraisers(person, period, today))
        for period, last in periods_left_to_superiors(periods, now)
    ]
    for period in periods:
        if period.is_open(now) and (plans := of_the_old_unit(person, period, today)):
            found.append(Share(period, period.last_day, False, plans))
    return sorted(found, key=lambda share: share.until)
