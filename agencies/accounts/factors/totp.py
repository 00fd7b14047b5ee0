"""Codes of an authenticator app (RFC 6238): six digits, half a minute each."""

import io
import secrets
import time

import pyotp
import segno
from django.utils.crypto import constant_time_compare

ISSUER = "Ambon Kinerja"
INK = "#14212b"
STEPS_AROUND = 1  # a clock may be half a minute off


def new_secret():
    return pyotp.random_base32()


def step_of(secret, code, *, at=None):
    """The half minute (seconds since 1970 // 30) whose code this is, at most one off from now; None if of none."""
    now = int(time.time() if at is None else at) // 30
    totp = pyotp.TOTP(secret)
    fitting = [
        step
        for step in range(now - STEPS_AROUND, now + STEPS_AROUND + 1)
        if constant_time_compare(totp.generate_otp(step), code)
    ]
    return fitting[-1] if fitting else None


def picture(secret, *, name):
    """The secret as a QR code for the app to read: SVG bytes."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)
    out = io.BytesIO()
    segno.make(uri, error="m", micro=False).save(
        out, kind="svg", scale=4, border=4, dark=INK, light="#ffffff"
    )
    return out.getvalue()


def in_groups(secret):
    """For typing by hand."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # without what looks alike


def new_recovery_codes(count=10):
    """Like "k7xp2-m4qhd": 49 bits each, far more than the throttle lets anybody try."""
    return [
        "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(2)) for _ in range(count)
    ]
