"""Hiring, assigning to posts, opening accounts."""

from datetime import timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from ambon_kinerja.audit.actions import record_event

from .models import Assignment, Employee, User
from .nip import read_nip


class NotPossible(ValueError):
    """The change contradicts what is recorded; `str()` is the reason in plain Indonesian."""


@transaction.atomic
def hire(*, name, nip, kind, by, rank="", email=""):
    """A new employee. `nip` may be spaced, None for officials without one; raises `InvalidNip`."""
    digits = read_nip(nip).text if nip else None
    employee = Employee.objects.create(name=name.strip(), nip=digits, kind=kind, rank=rank, email=email)
    record_event("employee.hire", employee, by=by, details={"kind": kind})
    return employee


@transaction.atomic
def assign(employee, *, post, start, by, end=None, kind=Assignment.Kind.DEFINITIVE, decree=""):
    """Give `employee` the post from `start` up to, not including, `end` (None: until further notice)."""
    if end is not None and end <= start:
        raise NotPossible("Tanggal selesai harus sesudah tanggal mulai.")
    assignment = Assignment.objects.create(
        employee=employee, post=post, kind=kind, term=DateRange(start, end), decree=decree
    )
    record_event(
        "assignment.begin",
        assignment,
        by=by,
        reason=decree,
        details={"employee": employee.pk, "post": post.pk, "kind": kind, "start": start, "end": end},
    )
    return assignment


@transaction.atomic
def end_assignment(assignment, *, last_day, by, reason=""):
    """Let the assignment end with `last_day`; the day after, the post is free."""
    locked = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if last_day < locked.term.lower:
        raise NotPossible("Hari terakhir tidak boleh sebelum tanggal mulai.")
    locked.term = DateRange(locked.term.lower, last_day + timedelta(days=1))
    locked.save(update_fields=["term"])
    record_event("assignment.end", locked, by=by, reason=reason, details={"last_day": last_day})
    return locked


@transaction.atomic
def open_account(*, email, name, by, password=None, employee=None):
    """An account to sign in with; without `password` nobody can, until one is set."""
    user = User.objects.create_user(email=email, name=name, password=password)
    if employee is not None:
        employee.user = user
        employee.save(update_fields=["user"])
    record_event("account.open", user, by=by, details={"employee": employee.pk if employee else None})
    return user


@transaction.atomic
def change_password(user, *, password, by):
    """A new password; every session signed in with the old one ends with its next request."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record_event("account.change_password", user, by=by)
    return user
