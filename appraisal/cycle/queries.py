"""Which period it is."""

from django.utils import timezone

from .models import Period


def period_now(now=None):
    """The quarter in which the day (in WIT) of `now` lies, or None when nobody has planned it."""
    day = timezone.localdate(now) if now else timezone.localdate()
    return Period.objects.filter(starts_on__lte=day, ends_on__gte=day).first()


def open_period(now=None):
    """The period that may be appraised right now, the latest if windows overlap, or None."""
    moment = now or timezone.now()
    return Period.objects.filter(opens_at__lte=moment, closes_at__gt=moment).order_by("year", "number").last()


def planned_quarters(year):
    """The numbers of the quarters of `year` that exist."""
    return list(Period.objects.filter(year=year).values_list("number", flat=True))


def days_of_current_period(now=None):
    """(first day, last day) of the quarter in which today lies, or None. Named in settings.CURRENT_PERIOD_DAYS."""
    period = period_now(now)
    return (period.starts_on, period.ends_on) if period else None
