"""Deadlines in working days of this city."""

from .calendar import add_working_days
from .models import Holiday


def holidays_between(start, end):
    """The days off from `start` to `end`, both included."""
    return frozenset(
        Holiday.objects.filter(day__range=(start, end), is_day_off=True).values_list("day", flat=True)
    )


def working_day_after(day, count):
    """The `count`-th working day after `day`, by the holidays as they stand now."""
    far_enough = day.replace(year=day.year + 1 + count // 200)
    return add_working_days(day, count, holidays=holidays_between(day, far_enough))


def years_with_holidays(*, and_also):
    """The years of the calendar in order, with `and_also` among them even when it is empty."""
    known = Holiday.objects.order_by("day__year").values_list("day__year", flat=True).distinct()
    return sorted({*known, and_also})
