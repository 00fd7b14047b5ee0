"""Doing once what was sent twice: a key in the form, kept in the transaction of the act."""

import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from .models import SentForm

KEPT = timedelta(days=14)


def new_key():
    return secrets.token_urlsafe(16)


@transaction.atomic
def once(key, *, by, act):
    """Do `act`, which returns an address, and remember where it led; a second time only return that address.

    A second click that comes while the first is at work waits for it. When `act` raises nothing is remembered.
    """
    known = SentForm.objects.filter(user=by, key=key)
    try:
        with transaction.atomic():
            sent = SentForm.objects.create(user=by, key=key)
    except IntegrityError:
        return known.get().led_to
    sent.led_to = act()
    sent.save(update_fields=["led_to"])
    return sent.led_to


def forget_old_keys(now=None):
    SentForm.objects.filter(sent_at__lt=(now or timezone.now()) - KEPT).delete()
