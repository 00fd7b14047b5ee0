"""The tracking code: 26 letters without look-alikes (130 bits), shown once and kept as a digest only.

It follows from the form's own sending key and the server's secret, so that a form sent twice shows the same code
although nobody keeps it. A code of the restricted lane looks the same and is digested the same way.
"""

import hmac
from hashlib import sha256

from django.utils.crypto import salted_hmac

from feedback.services.codes import ALPHABET, signs_of

LENGTH = 26  # 130 bits
GROUP = 4
NOBODY = "0" * 64  # compared with when nothing was found, so that a wrong code costs what a right one does


def code_for(key):
    """The code of what is sent with `key`, in readable groups; only who holds the form can have it shown again."""
    drawn = salted_hmac("feedback.complaints.code", key, algorithm="sha256").digest()
    return in_groups(signs_of(drawn[:LENGTH]))


def in_groups(letters):
    return "-".join(letters[place : place + GROUP] for place in range(0, len(letters), GROUP))


def digest_of(text):
    """What is kept of a code, and what is looked for; any text has one, and only the letters of a code count."""
    letters = "".join(sign for sign in text[:200].upper() if sign in ALPHABET)
    return sha256(letters.encode()).hexdigest()


def key_digest(key):
    """What is kept of a sending key: from it neither the key nor the code can be had."""
    return sha256(f"complaint:{key}".encode("utf-8", "replace")).hexdigest()


def matches(record, text):
    """Is `text` the code of `record`, which was found by its digest? In constant time, also when nothing was found."""
    return hmac.compare_digest(record.code_digest if record else NOBODY, digest_of(text))
