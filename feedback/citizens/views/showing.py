"""How the pages of the survey are answered and drawn."""

import secrets
from functools import wraps
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse

PLACE = f"kunci-{secrets.token_hex(16)}"  # stands in a page that is kept for the key each copy gets
KEPT_SECONDS = 300


def private(view):
    """Nothing of the address, which may hold a code, reaches another site; nothing typed stays in a shared cache."""

    @wraps(view)
    def answered(*args, **kwargs):
        response = view(*args, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        return response

    return answered


def kept_page(drawn, *, key, depends_on):
    """The page that `drawn` (key) gives, drawn once for each `depends_on`: all words in it but those of the key."""
    if settings.DEBUG:  # whoever works at the templates wants to see them
        return drawn(key)
    name = f"survey-page-{sha256(repr(depends_on).encode()).hexdigest()}"
    page = cache.get(name)
    if page is None:
        page = drawn(PLACE).content
        cache.set(name, page, KEPT_SECONDS)
    return HttpResponse(page.replace(PLACE.encode(), key.encode()))


def questions_shown(form):
    """The questions of a page as plain dicts: a template for each of thirty-six answers would cost most of the page."""
    return [question_shown(form, question) for question in form.questions]


def question_shown(form, question):
    name = question.element
    chosen = str(form[name].value() or "")
    return {
        "name": name,
        "id": f"id_{name}",
        "text": question.text,
        "hint": question.hint,
        "hint_ambon": question.hint_ambon,
        "errors": form.errors.get(name, []),
        "options": [(value, words, str(value) == chosen) for value, words in question.options],
    }
