"""Who keeps the calendar."""

from django.conf import settings
from django.utils.module_loading import import_string


def can_edit_holidays(user):
    """Decided on a higher floor, hence by name."""
    return import_string(settings.HOLIDAY_EDITORS)(user)
