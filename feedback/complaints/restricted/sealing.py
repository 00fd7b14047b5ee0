"""What is sealed in the restricted lane: texts unreadable in the database, and marks that find a person unnamed.

A mark is a keyed hash: two equal ones mean the same person, and without the key of this installation nobody can work
out whose it is. ADR 25 says why the key is derived from SECRET_KEY.
"""

import hmac
import re
import unicodedata
from hashlib import sha256

from django.conf import settings
from django.db import models

from agencies.accounts.sealing import box, key_of, seal, unseal

PURPOSE = "feedback.complaints.restricted"
MARKS = f"{PURPOSE} marks"
MARK_LENGTH = 32
SHORTEST_NAME = 3  # letters; shorter words of a name tell nobody from another
TITLES = frozenset(
    ("bapak", "ibu", "pak", "bang", "kak", "dokter", "bidan", "suster", "petugas", "kepala", "loket")
)


class SealedTextField(models.TextField):
    """A text that is encrypted in its column and plain in the program; the empty text stays empty."""

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return seal(value, purpose=PURPOSE) if value else value

    def from_db_value(self, value, expression, connection):
        return unseal(value, purpose=PURPOSE) if value else value


def unsealed(value):
    """The text of a sealed column as it came from the database; nothing stays the empty text."""
    return unseal(value, purpose=PURPOSE) if value else ""


def seal_bytes(content):
    return box(PURPOSE).encrypt(content)


def unseal_bytes(content):
    return box(PURPOSE).decrypt(bytes(content))


def secrets_in_use():
    """The newest key first; a mark made with an older one is still found."""
    return [key_of(secret, MARKS) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def mark_with(key, text):
    return hmac.digest(key, text.encode(), sha256).hex()[:MARK_LENGTH]


def mark_of(employee_key):
    """The mark of an employee, as it is stored."""
    return mark_with(secrets_in_use()[0], f"employee:{employee_key}")


def marks_of(employee_keys):
    """All marks under which these employees may stand in the database."""
    return [mark_with(key, f"employee:{each}") for key in secrets_in_use() for each in employee_keys]


def name_words(text):
    """The words of a name that tell people apart, in small letters without accents."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return {word for word in re.findall(r"[a-z]+", plain) if len(word) >= SHORTEST_NAME} - TITLES


def name_marks(text):
    """The marks of the words of a name, as they are stored."""
    key = secrets_in_use()[0]
    return sorted(mark_with(key, f"word:{word}") for word in name_words(text))


def name_marks_known(text):
    """All marks under which the words of a name may stand in the database."""
    return [mark_with(key, f"word:{word}") for key in secrets_in_use() for word in name_words(text)]
