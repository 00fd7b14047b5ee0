"""Hiring, and opening accounts. Posts are given and taken in `assigning`."""

from django.db import transaction
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event

from .assigning import NotPossible, assign, end_assignment
from .models import Employee, User
from .nip import read_nip
from .sessions import end_sessions

__all__ = [
    "NotPossible",
    "assign",
    "change_password",
    "end_assignment",
    "hire",
    "open_account",
    "set_account_active",
]


@transaction.atomic
def hire(*, name, nip, kind, by, rank="", email=""):
    """A new employee, or one whose record was withdrawn, taken up again.

    `nip` may be spaced, None for officials without one; raises `InvalidNip`.
    """
    digits = read_nip(nip).text if nip else None
    facts = {"name": name.strip(), "kind": kind, "rank": rank, "email": email, "is_withdrawn": False}
    withdrawn = Employee.objects.filter(nip=digits, is_withdrawn=True).first() if digits else None
    if withdrawn is None:
        employee = Employee.objects.create(nip=digits, **facts)
    else:
        employee, _ = Employee.objects.update_or_create(pk=withdrawn.pk, defaults=facts)
    record_event("employee.hire", employee, by=by, details={"kind": kind})
    return employee


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
def set_account_active(user, *, active, by, reason):
    """Close an account, or open it again; a closed one cannot sign in and its sessions end with the next request.

    Raises NotPossible for one's own account and when it is so already.
    """
    if hasattr(by, "pk") and by.pk == user.pk:
        raise NotPossible("Anda tidak dapat mengubah keadaan akun Anda sendiri.")
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.is_active == active:
        raise NotPossible("Akun ini sudah aktif." if active else "Akun ini sudah nonaktif.")
    locked.is_active = active
    locked.save(update_fields=["is_active"])
    record_event("account.activate" if active else "account.deactivate", locked, by=by, reason=reason)
    end_sessions(locked, by=by, reason=reason)
    return locked


@transaction.atomic
def change_password(user, *, password, by):
    """A new password; every session signed in with the old one ends with its next request."""
    user.set_password(password)
    user.password_changed_at = timezone.now()
    user.save(update_fields=["password", "password_changed_at"])
    record_event("account.change_password", user, by=by)
    end_sessions(user, by=by, reason="Kata sandi diganti.")
    return user
