"""The key of a form that asks for codes: long, signed by us for one service and one person, good for a working day.

Kept nowhere, so that the codes that follow from it (codes.code_from) can be shown again by this form alone.
"""

import secrets
from datetime import timedelta

from django.core import signing

SALT = "feedback.services.making"
OPEN_FOR = timedelta(hours=10)


class StaleForm(ValueError):
    """The form's key is not ours, belongs to another service or person, or is older than a working day."""


def new_making_key(service, user):
    return signing.dumps([service.pk, user.pk, secrets.token_urlsafe(16)], salt=SALT)


def read_making_key(text, service, user):
    try:
        service_key, user_key, _ = signing.loads(text, salt=SALT, max_age=OPEN_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        raise StaleForm("Halaman ini sudah terlalu lama terbuka. Tekan tombolnya sekali lagi.") from None
    if (service_key, user_key) != (service.pk, user.pk):
        raise StaleForm("Halaman ini milik layanan lain. Tekan tombolnya sekali lagi.")
    return text
