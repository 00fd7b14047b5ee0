"""The key each form of this room carries: signed, so that only our own form can send, and good for one letter."""

import secrets
from dataclasses import dataclass
from time import time

from django.core import signing

SALT = "feedback.complaints"
OPEN_FOR = 24 * 60 * 60
FASTEST_SECONDS = 5  # nobody reads the form and writes a complaint faster; a program does


class StaleForm(ValueError):
    """The key is not ours, or older than a day; `str()` says so in Indonesian."""


@dataclass(frozen=True)
class SendingKey:
    key: str
    seconds: int

    @property
    def is_too_fast(self):
        return self.seconds < FASTEST_SECONDS


def new_sending_key():
    return signing.dumps([secrets.token_urlsafe(16), int(time())], salt=SALT)


def read_sending_key(text):
    try:
        key, begun = signing.loads(text, salt=SALT)
        seconds = int(time()) - begun
    except (signing.BadSignature, ValueError, TypeError):
        raise StaleForm(
            "Formulir ini tidak terkirim lengkap. Periksa isinya, lalu kirim sekali lagi."
        ) from None
    if seconds > OPEN_FOR:
        raise StaleForm("Formulir ini sudah terlalu lama terbuka. Periksa isinya, lalu kirim sekali lagi.")
    return SendingKey(key, seconds)
