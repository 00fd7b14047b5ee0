"""Who answers for personal data, and who a person is. Decided on a higher floor, hence by name."""

from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string

from ambon_kinerja.audit.actions import target_of

from .catalogue import person_models


def may_oversee(user):
    """Sees the retention table and the people affected by a breach."""
    return import_string(settings.PERSONAL_DATA_OFFICERS)(user)


def may_change_retention(user):
    return import_string(settings.RETENTION_EDITORS)(user)


def rows_of(user):
    """The rows that are this person: {model label: primary key}, the account first. A query per person model."""
    rows = {settings.AUTH_USER_MODEL: user.pk}
    for label, path in settings.PERSONAL_DATA_PERSONS.items():
        key = apps.get_model(label).objects.filter(**{path: user}).values_list("pk", flat=True).first()
        if key is not None:
            rows[label] = key
    return rows


def names_of(user):
    """The texts by which others name this person: ["agencies.User:3", "agencies.Employee:12"]."""
    return [f"{label}:{key}" for label, key in rows_of(user).items()]


def is_about_himself(viewer, about):
    """Is `about`, a row of a person model, the viewer? No query. Raises KeyError for a row that is no person."""
    path = person_models()[about._meta.label]
    return target_of(about) == target_of(viewer) if not path else getattr(about, f"{path}_id") == viewer.pk
