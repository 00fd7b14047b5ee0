"""Texts that only this installation can read: secrets in the database, a form on its way through the sign-in page."""

import base64
import json

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unreadable(Exception):
    """Not sealed by us for this purpose, changed on the way, sealed with a key that is gone, or too old."""


def seal(value, *, purpose):
    """`value` (anything JSON knows) as text, readable by `unseal` with the same `purpose` alone."""
    return box(purpose).encrypt(json.dumps(value).encode()).decode()


def unseal(text, *, purpose, seconds=None):
    """What was sealed, at most `seconds` ago when given; raises Unreadable."""
    try:
        return json.loads(box(purpose).decrypt(text.encode(), ttl=seconds))
    except (InvalidToken, ValueError):
        raise Unreadable


def box(purpose):
    """The newest key seals; the keys of SECRET_KEY_FALLBACKS still read."""
    return MultiFernet(
        [Fernet(key_of(secret, purpose)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def key_of(secret, purpose):
    """A key of its own for each purpose, by HKDF (RFC 5869)."""
    made = HKDF(SHA256(), length=32, salt=None, info=f"agencies.accounts.sealing {purpose}".encode())
    return base64.urlsafe_b64encode(made.derive(secret.encode()))
