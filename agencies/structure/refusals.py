"""Changes that contradict what is recorded, told in plain Indonesian."""

from contextlib import contextmanager

from django.db import IntegrityError, transaction


class NotPossible(ValueError):
    """The change contradicts what is recorded; `str()` is the reason in plain Indonesian."""


@contextmanager
def in_plain_words(refusals):
    """Inside, a broken constraint named in `refusals` becomes NotPossible in its words; what was written is undone."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as broken:
        for name, words in refusals.items():
            if name in str(broken):
                raise NotPossible(words) from broken
        raise
