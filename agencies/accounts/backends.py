"""Signing in with NIP or e-mail address."""

from django.contrib.auth.backends import BaseBackend

from agencies.people.models import User
from agencies.people.queries import account_named


class NipOrEmailBackend(BaseBackend):
    def authenticate(self, request, username=None, password=None):
        """The active account of this NIP or address with this password, or None.

        An unknown name costs the same password check as a known one, so that time tells nothing.
        """
        if not username or password is None:
            return None
        user = account_named(username)
        if user is None:
            User().set_password(password)
            return None
        if user.check_password(password) and user.is_active:
            return user
        return None

    def get_user(self, user_id):
        return User.objects.select_related("employee").filter(pk=user_id, is_active=True).first()
