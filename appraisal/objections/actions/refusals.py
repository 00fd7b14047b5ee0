"""How an act of this room says no: the classes of monitoring, and what every text has to be."""

from django.utils import timezone

from appraisal.monitoring.actions import Conflict, Refused

LONGEST_TEXT = 8000

__all__ = ["LONGEST_TEXT", "Conflict", "Refused", "now_and_today", "refuse_bad_texts", "user_of"]


def refuse_bad_texts(**texts):
    """Each text has to say something; raises Refused with a sentence for each field."""
    errors = {}
    for field, (text, empty) in texts.items():
        if empty and not text.strip():
            errors[field] = empty
        elif len(text) > LONGEST_TEXT:
            errors[field] = f"Tulis paling banyak {LONGEST_TEXT} huruf."
    if errors:
        raise Refused(errors)


def now_and_today():
    now = timezone.now()
    return now, timezone.localdate(now)


def user_of(person):
    """The account to tell, or None."""
    return person.user if person is not None else None
