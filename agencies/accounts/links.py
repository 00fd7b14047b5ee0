"""The link by which a password is set: made and sent by the worker, good once."""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from agencies.people.models import User

from .models import AccountLink

GOOD_FOR = {
    AccountLink.Purpose.RESET: timedelta(hours=1),
    AccountLink.Purpose.INVITATION: timedelta(hours=72),
}
SUBJECTS = {
    AccountLink.Purpose.RESET: "Tautan untuk kata sandi baru",
    AccountLink.Purpose.INVITATION: "Akun Ambon Kinerja Anda sudah siap",
}
TEMPLATES = "plain text"


def send_link_job(job, report_progress):
    """Handler of the job "account_link". Without an active account with an address there is nothing to do.

    The link is stored in the transaction in which it is sent: a failing mail server leaves none, and it is tried again.
    """
    purpose = AccountLink.Purpose(job.arguments["purpose"])
    user = User.objects.filter(pk=job.arguments["user"], is_active=True).exclude(email="").first()
    if user is not None:
        message_of(user, purpose, token=new_link(user, purpose)).send()


def new_link(user, purpose):
    """The token of a new link of `user`; the links before it are void."""
    token, now = secrets.token_urlsafe(32), timezone.now()
    AccountLink.objects.filter(user=user, used_at=None).update(used_at=now)
    AccountLink.objects.create(
        user=user, purpose=purpose, token_hash=hash_of(token), made_at=now, expires_at=now + GOOD_FOR[purpose]
    )
    return token


def link_of(token, *, lock=False):
    """The link with this token if it is still good, or None."""
    links = AccountLink.objects.select_for_update(of=("self",)) if lock else AccountLink.objects
    return (
        links.filter(
            token_hash=hash_of(token), used_at=None, expires_at__gt=timezone.now(), user__is_active=True
        )
        .select_related("user")
        .first()
    )


def hash_of(token):
    return sha256(token.encode()).hexdigest()


def message_of(user, purpose, *, token):
    context = {
        "user": user,
        "is_invitation": purpose == AccountLink.Purpose.INVITATION,
        "link": settings.SITE_URL.rstrip("/") + reverse("agencies:password-link", args=[token]),
        "hours": int(GOOD_FOR[purpose].total_seconds() // 3600),
        "help_line": settings.HELP_LINE,
    }
    text = render_to_string("emails/account_link.txt", context, using=TEMPLATES)
    return EmailMessage(SUBJECTS[purpose], text, to=[user.email])
