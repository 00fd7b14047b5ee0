"""The citizen's code of this lane: it looks like any other (complaints/codes.py) and is drawn with a key of its own, so
that one form never has the same code in both lanes."""

import hmac
from hashlib import sha256

from django.conf import settings

from agencies.accounts.sealing import key_of
from feedback.services.codes import signs_of

from ..codes import LENGTH


def code_for(sending_key):
    key = key_of(settings.SECRET_KEY, "feedback.complaints.restricted codes")
    return signs_of(hmac.digest(key, sending_key.encode("utf-8", "replace"), sha256)[:LENGTH])
