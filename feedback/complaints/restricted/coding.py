"""The citizen's code: read aloud, unguessable, the same for the same form however often it is sent."""

import hmac
from hashlib import sha256

from django.conf import settings

from agencies.accounts.sealing import key_of

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 26  # 130 bits


def code_for(sending_key):
    key = key_of(settings.SECRET_KEY, "feedback.complaints.restricted codes")
    drawn = hmac.digest(key, sending_key.encode("utf-8", "replace"), sha256)
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in drawn[:LENGTH])


def digest_of(code):
    letters = "".join(sign for sign in code.upper() if sign in ALPHABET)
    return sha256(letters.encode()).hexdigest() if len(letters) == LENGTH else ""
