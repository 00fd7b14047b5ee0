"""The first filling of the calendar."""

from .known_holidays import KNOWN_HOLIDAYS
from .models import Holiday


def fill():
    """Add the known holidays of every year whose calendar is still empty; returns how many.

    By year and not by row: what the personnel office renamed, moved or removed does not come back.
    """
    filled = set(Holiday.objects.values_list("day__year", flat=True).distinct())
    missing = [known for known in KNOWN_HOLIDAYS if known.day.year not in filled]
    Holiday.objects.bulk_create(
        Holiday(
            day=known.day,
            name=known.name,
            scope=known.scope,
            is_day_off=known.day_off,
            is_provisional=known.provisional,
            source=known.source,
        )
        for known in missing
    )
    return len(missing)
