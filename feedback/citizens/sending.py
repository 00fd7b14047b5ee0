"""The key each survey form carries: it is signed, so that only our own form can send, and it counts once."""

import secrets
from datetime import timedelta

from django.core import signing

SALT = "feedback.survey"
OPEN_FOR = timedelta(hours=24)


class StaleForm(ValueError):
    """The form's key is not ours, belongs to another service, or is older than a day."""


def new_sending_key(service):
    return signing.dumps([service.pk, secrets.token_urlsafe(16)], salt=SALT)


def read_sending_key(text, service):
    """The single-use part of a key that was given out for `service`; raises StaleForm."""
    try:
        service_id, key = signing.loads(text, salt=SALT, max_age=OPEN_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        raise StaleForm("Formulir ini sudah terlalu lama terbuka. Kirim sekali lagi.") from None
    if service_id != service.pk:
        raise StaleForm("Formulir ini milik layanan lain. Kirim sekali lagi.")
    return key
