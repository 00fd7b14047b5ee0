"""One-time codes: how they are made, known again, and spent (docs/adr/0023).

Each code has two forms: one of 128 bits for the QR code, and ten letters and digits (50 bits) for who types. Kept is a
keyed digest of each. Both come from the key of the form that asked for them, which is kept nowhere: the same form
shows the same codes again, and whoever has the database and the server's key still cannot make them.
"""

import base64
import re
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q
from django.utils.crypto import salted_hmac

from .models import CodeSheet, Counter, SurveyCode

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 signs, none that looks like another: five bits each
TYPED_SIGNS = 10
LONGEST = 64
WRONG = (
    "Kode ini salah, sudah dipakai, atau sudah lewat masa berlakunya. Periksa lagi, atau kirim tanpa kode."
)


class WrongCode(ValueError):
    """No code that can be spent here and today; one message for every reason, so that nothing is learnt by trying."""

    def __init__(self):
        super().__init__(WRONG)


@dataclass(frozen=True)
class Redeemed:
    """What a spent code says: the day of the visit, and the counter where it was given (or None)."""

    service_day: date
    counter: Counter | None


@dataclass(frozen=True)
class Code:
    """A code in clear; it lives for one response."""

    token: str
    typed: str

    @property
    def in_groups(self):
        return f"{self.typed[:5]}-{self.typed[5:]}"


def redeem(text, *, service, day):
    """Spend a code of `service` on `day`, in either form, in the caller's transaction; it is spent once, whatever
    happens at the same moment.

    What becomes of the answer is the caller's affair: the code keeps the day it was spent and nothing else.
    Raises WrongCode.
    """
    tokens, typed = digests_of(text)
    # After waiting for another who spends the same code, the lock looks at `used_on` again.
    code = (
        SurveyCode.objects.select_for_update(of=("self",))
        .select_related("sheet__counter")
        .filter(
            Q(digest__in=tokens) | Q(typed_digest__in=typed),
            used_on=None,
            sheet__service=service,
            sheet__unit=service.unit_id,
            sheet__first_day__lte=day,
            sheet__expires_on__gte=day,
            sheet__withdrawn_on=None,
        )
        .first()
    )
    if code is None:
        raise WrongCode
    code.used_on = day
    code.save(update_fields=["used_on"])
    return Redeemed(service_day=min(day, code.sheet.last_day), counter=code.sheet.counter)


def is_from_officer(text, *, service):
    """Was this code handed out by the officer at a counter, who is judged by the answer? False for a wrong code too."""
    tokens, typed = digests_of(text)
    given = SurveyCode.objects.filter(Q(digest__in=tokens) | Q(typed_digest__in=typed))
    return given.filter(sheet__service=service, sheet__kind=CodeSheet.Kind.COUNTER).exists()


def digests_of(text):
    """What `text` would be kept as: as the form of the QR code, and as typed; once for each key of the server."""
    clean = str(text or "")[:LONGEST].encode("utf-8", "replace").decode()
    typed = re.sub(r"[\W_]", "", clean).upper()
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    tokens = [digest_of("token", clean.strip(), secret) for secret in secrets]
    return tokens, [digest_of("typed", typed, secret) for secret in secrets]


def digest_of(form, text, secret=None):
    return salted_hmac(f"feedback.code.{form}", text, secret=secret, algorithm="sha256").hexdigest()


def code_from(key, number=0):
    """The code number `number` of the form with the key `key`; the same every time."""
    bits = salted_hmac("feedback.code.making", f"{key}:{number}", algorithm="sha256").digest()
    token = base64.urlsafe_b64encode(bits[:16]).decode().rstrip("=")
    return Code(token=token, typed=signs_of(bits[16 : 16 + TYPED_SIGNS]))


def signs_of(bits):
    """One sign for each byte: 32 divides 256, so every sign is as likely as any other."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in bits)


def kept(code, sheet):
    """The unsaved row of `code`."""
    return SurveyCode(
        digest=digest_of("token", code.token), typed_digest=digest_of("typed", code.typed), sheet=sheet
    )
