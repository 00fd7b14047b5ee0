"""More offices beside the cast, and proposals as the tests need them."""

from datetime import timedelta

from django.utils import timezone

from agencies.access.actions import grant_role
from agencies.access.actions.grants import propose_role
from agencies.access.roles import Role
from agencies.people.actions import open_account

from .cast import LONG_AGO


def office(cast, name, *, role=Role.PERSONNEL_OFFICE, unit="city"):
    """One more holder of a role, made by the operator."""
    user = open_account(email=f"{name}@contoh.test", name=f"Orang {name}", by="test")
    grant_role(user, role=role, unit=cast["self"].cast_units[unit], start=LONG_AGO, by="test", reason="uji")
    return user


def a_proposal(cast, *, by="personnel_office", to="outsider", role=Role.INSPECTOR, unit="city", **changes):
    facts = {"start": timezone.localdate(), "end": None, "reason": "Surat tugas 12"} | changes
    return propose_role(cast[to], role=role, unit=cast["self"].cast_units[unit], by=cast[by], **facts)


def in_days(number):
    return timezone.localdate() + timedelta(days=number)
