"""The heads of the paper forms: who the two were on a day."""

from django.utils import timezone

from agencies.people.reporting_line import definitive_assignment_on


def identity(person, day):
    """The five lines of the head of every form: name, NIP, rank, post and unit on `day`."""
    held = definitive_assignment_on(person, day)
    return {
        "person": person,
        "post": held.post.name if held else "",
        "unit": held.post.unit.name if held else "",
    }


def head_of(record, moment):
    """Both heads for a form signed at `moment` (None: today)."""
    day = timezone.localdate(moment) if moment else timezone.localdate()
    return {
        "employee": identity(record.employee, day),
        "appraiser": identity(record.appraiser, day),
        "signed_on": day if moment else None,
    }
