"""Notices of the lane: they say that something is there, never what or about whom."""

from django.urls import reverse

from ambon_kinerja.notices.actions import tell

from .queries import handlers_of, officer_of

LETTERS = "feedback:conduct-letter-list"


def page_of(case):
    return reverse("feedback:conduct-case", args=[case.pk])


def tell_lane(case, subject, body="", *, but=None):
    """Everybody who may handle the case today, without who has just acted."""
    for user in handlers_of(case):
        if but is None or user.pk != getattr(but, "pk", None):
            tell(user, subject=subject, body=body, path=page_of(case))


def tell_person(employee, subject, body):
    """Somebody outside the lane to whom something was put: where to read it, and nothing of it."""
    user = getattr(employee, "user", None)
    return tell(user, subject=subject, body=body, path=reverse(LETTERS))


def tell_officer(case, subject, body):
    """The named officer, once he was asked for his reply and never before."""
    officer = officer_of(case)
    if officer is not None and case.reply_asked_at is not None:
        tell_person(officer, subject, body)
