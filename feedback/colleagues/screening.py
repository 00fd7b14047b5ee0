"""What a colleague wrote, before it is kept: one line of reading, without what points to a person."""

import re

from feedback.citizens.screening import screened


def without_identity(text, names=()):
    """Screened, without the line breaks and spaces by which a hand is known; "" when nothing is left."""
    return re.sub(r"\s+", " ", screened(text, names=names)).strip()
