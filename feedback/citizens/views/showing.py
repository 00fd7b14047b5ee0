"""How the pages of the survey are answered and drawn."""

from functools import wraps


def private(view):
    """Nothing of the address, which may hold a code, reaches another site; nothing typed stays in a shared cache."""

    @wraps(view)
    def answered(*args, **kwargs):
        response = view(*args, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        return response

    return answered


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
