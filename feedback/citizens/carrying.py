"""The survey in three steps without cookies: what was answered so far travels in the form, signed.

Signed so that a page cannot carry what its own fields would have refused.
"""

from django.core import signing

SALT = "feedback.survey.carried"
A_PAGE = 3


def pages_of(questions):
    """The questions three by three."""
    questions = list(questions)
    return [questions[start : start + A_PAGE] for start in range(0, len(questions), A_PAGE)]


def pack(sending_key, said):
    """`said`: {field: value} of the pages before, bound to the form they belong to."""
    return signing.dumps([sending_key, said], salt=SALT, compress=True)


def unpack(text, sending_key):
    """{field: value} packed for this form; {} for anything else."""
    try:
        key, said = signing.loads(text or "", salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return {}
    return said if key == sending_key and isinstance(said, dict) else {}
