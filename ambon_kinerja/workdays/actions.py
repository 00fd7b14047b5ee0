"""Keeping the calendar. Every change moves deadlines, so every change is in the audit trail with the day before it."""

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from ambon_kinerja.audit.actions import record_event

from .models import Holiday

FIELDS = ("day", "name", "scope", "is_day_off", "is_provisional", "source")


@transaction.atomic
def add_holiday(*, by, **values):
    """A new day of the calendar; `values` are the fields in FIELDS."""
    holiday = Holiday.objects.create(**values)
    record_event("holiday.add", holiday, by=by, details=values_of(holiday))
    tell_higher_floors(by)
    return holiday


@transaction.atomic
def change_holiday(holiday, *, by, **values):
    locked = Holiday.objects.select_for_update().get(pk=holiday.pk)
    before = values_of(locked)
    for name, value in values.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(values))
    record_event("holiday.change", locked, by=by, details={"before": before, "after": values_of(locked)})
    tell_higher_floors(by)
    return locked


@transaction.atomic
def remove_holiday(holiday, *, by):
    locked = Holiday.objects.select_for_update().get(pk=holiday.pk)
    record_event("holiday.remove", locked, by=by, details=values_of(locked))
    locked.delete()
    tell_higher_floors(by)


def tell_higher_floors(by):
    """Whoever keeps days counted by this calendar counts them anew, each named in settings.HOLIDAY_EFFECTS."""
    for name in settings.HOLIDAY_EFFECTS:
        import_string(name)(by=by)


def values_of(holiday):
    return {name: getattr(holiday, name) for name in FIELDS}
