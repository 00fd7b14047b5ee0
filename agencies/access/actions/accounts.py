"""Accounts as the offices keep them: opened for an employee, invited."""

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from agencies.people.actions import open_account


@transaction.atomic
def open_for_employee(employee, *, email, by):
    """An account for `employee`, who is invited to it by e-mail."""
    user = open_account(email=email, name=employee.name, employee=employee, by=by)
    invite(user, by=by)
    return user


def invite(user, *, by):
    """Send the way to a first password."""
    import_string(settings.INVITATION)(user, by=by)
