"""Hiring, assigning to posts, opening accounts."""

from datetime import timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event

from .models import Assignment, Employee, User
from .nip import read_nip
from .sessions import end_sessions


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
    if password is not None:
        user.password_changed_at = timezone.now()
        user.save(update_fields=["password_changed_at"])
    if employee is not None:
        employee.user = user
        employee.save(update_fields=["user"])
    record_event("account.open", user, by=by, details={"employee": employee.pk if employee else None})
    return user


@transaction.atomic
def change_password(user, *, password, by):
    """A new password; every session signed in with the old one ends with its next request."""
    user.set_password(password)
    user.password_changed_at = timezone.now()
    user.save(update_fields=["password", "password_changed_at"])
    record_event("account.change_password", user, by=by)
    end_sessions(user, by=by, reason="Kata sandi diganti.")
    return user


@transaction.atomic
def deactivate_account(user, *, by, reason):
    """Nobody signs in with the account from now on; who is signed in is out with his next request."""
    if isinstance(by, User) and by.pk == user.pk:
        raise NotPossible("Akun sendiri tidak bisa dinonaktifkan.")
    user.is_active = False
    user.save(update_fields=["is_active"])
    record_event("account.deactivate", user, by=by, reason=reason)
    end_sessions(user, by=by, reason=reason)
    return user


@transaction.atomic
def reactivate_account(user, *, by, reason):
    """The account may be used again, with the password it had; no old session comes back to life."""
    if isinstance(by, User) and by.pk == user.pk:
        raise NotPossible("Akun sendiri tidak bisa diaktifkan kembali.")
    user.is_active = True
    user.save(update_fields=["is_active"])
    record_event("account.reactivate", user, by=by, reason=reason)
    end_sessions(user, by=by, reason=reason)
    return user
