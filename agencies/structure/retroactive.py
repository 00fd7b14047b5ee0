"""Telling whoever has to know that the past was recorded anew."""

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.module_loading import import_string


def tell_of_change(first_day, until, *, by, reason):
    """Call the hook named in settings.RETROACTIVE_CHANGE when `first_day` has passed (WIT); else do nothing.

    The days from `first_day` up to, not including, `until` (None: up to now) are recorded anew. The hook is called as
    hook(first_day=, until=, by=, reason=) in the transaction of the change: it may write to the database, and has to
    leave everything else (mails, tasks) to `on_commit`, since a preview takes the whole change back.
    """
    if not settings.RETROACTIVE_CHANGE or first_day >= timezone.localdate():
        return
    if not connection.in_atomic_block:
        raise RuntimeError("a change and what follows from it must commit together")
    import_string(settings.RETROACTIVE_CHANGE)(first_day=first_day, until=until, by=by, reason=reason)
