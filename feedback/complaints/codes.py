"""The tracking code: 140 bits in seven groups of four, shown once and kept as a digest only. Pure but for the key.

It follows from the form's own sending key and the server's secret, so that a form sent twice shows the same code
although nobody keeps it.
"""

from base64 import b32encode
from hashlib import sha256
from hmac import compare_digest

from django.utils.crypto import salted_hmac

LETTERS, GROUP = 28, 4
LOOK_ALIKES = str.maketrans("018", "OIB")  # none of the three occurs in a code
BETWEEN = str.maketrans("", "", " -–—_.\t\r\n")


def code_for(key):
    """The code of what is sent with `key`, in readable groups; only who holds the form can have it shown again."""
    secret = salted_hmac("feedback.complaints.code", key, algorithm="sha256").digest()
    return in_groups(b32encode(secret).decode()[:LETTERS])


def in_groups(letters):
    return "-".join(letters[place : place + GROUP] for place in range(0, len(letters), GROUP))


def normal(text):
    """The letters of a typed code: capitals, without what stands between groups; look-alikes count as meant."""
    return text[:200].translate(BETWEEN).upper().translate(LOOK_ALIKES)


def digest_of(text):
    """What is kept of a code, and what is looked for. Any text has one; it costs the same for right and wrong ones."""
    return sha256(normal(text).encode("utf-8", "replace")).hexdigest()


def key_digest(key):
    """What is kept of a sending key: from it neither the key nor the code can be had."""
    return sha256(f"complaint:{key}".encode("utf-8", "replace")).hexdigest()


def matches(record, text):
    """Is `text` the code of `record`, which was found by its digest? In constant time."""
    return compare_digest(record.code_digest, digest_of(text))
