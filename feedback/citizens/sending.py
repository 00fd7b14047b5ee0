"""The key each survey form carries: it is signed, so that only our own form can send, and it counts once."""

import secrets
from base64 import b32encode
from datetime import timedelta
from hashlib import sha256
from hmac import compare_digest
from time import time

from django.core import signing

SALT = "feedback.survey"
OPEN_FOR = timedelta(hours=24)


class StaleForm(ValueError):
    """The form's key is not ours, belongs to another service, or is older than a day; `begun` when it was ours."""

    def __init__(self, words, begun=None):
        super().__init__(words)
        self.begun = begun


def new_sending_key(service, begun=None):
    """`begun`: the second at which the citizen began, when this key takes the place of one that ran out."""
    now = int(time())
    return signing.dumps([service.pk, secrets.token_urlsafe(16), begun or now, now], salt=SALT)


def read_sending_key(text, service):
    """(single-use part, seconds since the form was opened) of a key given out for `service`; raises StaleForm."""
    try:
        service_id, key, begun, given = signing.loads(text, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise StaleForm("Formulir ini tidak lengkap terkirim. Kirim sekali lagi.") from None
    if service_id != service.pk:
        raise StaleForm("Formulir ini milik layanan lain. Kirim sekali lagi.")
    if time() - given > OPEN_FOR.total_seconds():
        raise StaleForm("Formulir ini sudah terlalu lama terbuka. Kirim sekali lagi.", begun)
    return key, int(time()) - begun


def erase_code(response):
    """What its sender alone is shown: it follows from the sending key, which no page of an officer knows."""
    digest = sha256(f"erase:{response.sending_key}".encode()).digest()
    return b32encode(digest).decode()[:10]


def is_erase_code(response, text):
    return compare_digest(erase_code(response).encode(), text.strip().upper().encode("utf-8", "replace"))
