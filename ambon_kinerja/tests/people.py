"""Accounts and handlers for the tests of the mechanics, which know no employees."""

from django.contrib.auth import get_user_model


def make_user(name="Orang Satu", email=None):
    email = email or f"{name.lower().replace(' ', '.')}@contoh.test"
    return get_user_model().objects.create_user(email=email, name=name)


def is_boss(user):
    """Stands in for the rule of the higher floor."""
    return user.name.startswith("Pengawas")
