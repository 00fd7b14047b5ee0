"""Changes that contradict what is recorded, told in plain Indonesian."""

from contextlib import contextmanager

from django.db import IntegrityError, transaction

ABOUT = {
    "a_post_has_one_plt_at_a_time": "post",
    "a_single_post_has_one_holder_or_plt": "post",
    "same_post_held_once_at_a_time": "post",
    "no_exception_lets_one_appraise_oneself": "appraiser",
}


class NotPossible(ValueError):
    """The change contradicts what is recorded; `str()` is the reason in plain Indonesian.

    `about` names what of the question is at fault ("employee", "post", "start", "end", "kind"), "row" when what was
    to be changed has been changed by somebody else meanwhile, or "" for the whole.
    """

    def __init__(self, words, about=""):
        super().__init__(words)
        self.about = about


@contextmanager
def in_plain_words(refusals):
    """Inside, a broken constraint named in `refusals` becomes NotPossible in its words; what was written is undone."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as broken:
        for name, words in refusals.items():
            if name in str(broken):
                raise NotPossible(words, ABOUT.get(name, "")) from broken
        raise
