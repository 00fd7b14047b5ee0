"""Which services somebody keeps, and what is counted about their codes."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from agencies.access.roles import Role
from agencies.access.scope import grants_on, path_in, person_of

from .models import CodeSheet, Counter, CounterDuty, Service

LOOKED_BACK = 28  # days of handing out that are compared with each other
NEVER_MUCH = 20  # codes a day that never stand out


def managed_paths(user):
    """The paths of the units whose services `user` manages today."""
    return [grant.unit.path for grant in grants_on(user, None, Role.SERVICE_MANAGER)]


def managed_services(user):
    """The services `user` keeps: those of the units he manages services in, and below. One query of his rights."""
    return Service.objects.filter(path_in(managed_paths(user), "unit__"))


def manages_city(user):
    """Does `user` keep the services of the whole city (the Bagian Organisasi)?"""
    return of_the_city(grants_on(user, None, Role.SERVICE_MANAGER))


def of_the_city(grants):
    """Is the keeping of the whole city's services among `grants`?"""
    return any(grant.role == Role.SERVICE_MANAGER and grant.unit.parent_id is None for grant in grants)


def sheets_with_use(sheets, *, today):
    """`sheets` with `used_until_yesterday`, in one query.

    Today's use stays hidden: who hands out a code and looks again a minute later must not learn who has answered.
    """
    counted = Count("codes", filter=Q(codes__used_on__lt=today))
    return list(
        CodeSheet.objects.filter(pk__in=[sheet.pk for sheet in sheets])
        .select_related("counter")
        .annotate(used_until_yesterday=F("used") + counted)
    )


# --- the officer at the counter -------------------------------------------------------------------


def duties_of(person, day):
    """Where `person` is on duty on `day`; named in settings.NAVIGATION_TRAITS."""
    return CounterDuty.objects.filter(
        employee=person, term__contains=day, counter__is_active=True, counter__service__is_open=True
    )


def counters_on_duty(user, day):
    """The counters at which `user` himself is on duty on `day` and whose service takes answers."""
    person = person_of(user)
    if person is None:
        return Counter.objects.none()
    return Counter.objects.filter(pk__in=duties_of(person, day).values("counter")).select_related(
        "service__unit"
    )


def with_given(counters, day):
    """`counters` with `given`: how many codes the officer there has handed out on `day`."""
    sheets = CodeSheet.objects.filter(
        kind=CodeSheet.Kind.COUNTER, counter=OuterRef("pk"), first_day=day
    ).values("given")
    return counters.annotate(given=Coalesce(Subquery(sheets[:1]), Value(0)))


@dataclass(frozen=True)
class HandedOut:
    """What the officers at one counter handed out: today, on a usual day, and on the day with the most."""

    counter: str
    today: int
    usual: float | None  # None while there is no second day
    most: int
    most_on: date

    @property
    def stands_out(self):
        """Three times a usual day, as with bursts of answers (citizens.guard); a handful never does."""
        return self.most > max(NEVER_MUCH, 3 * (self.usual or 0))


def handed_out(service, *, today):
    """[HandedOut] of the counters of `service` within the last weeks, by name; one query."""
    days = defaultdict(dict)
    given = CodeSheet.objects.filter(
        service=service, kind=CodeSheet.Kind.COUNTER, first_day__gt=today - timedelta(days=LOOKED_BACK)
    )
    for name, day, count in given.order_by("counter__name", "counter", "first_day").values_list(
        "counter__name", "first_day", "given"
    ):
        days[name][day] = count
    return [handed_out_at(name, counts, today) for name, counts in days.items()]


def handed_out_at(name, counts, today):
    most_on = max(counts, key=lambda day: (counts[day], day))
    others = [count for day, count in counts.items() if day != most_on]
    usual = median(others) if others else None
    return HandedOut(name, counts.get(today, 0), usual, counts[most_on], most_on)
