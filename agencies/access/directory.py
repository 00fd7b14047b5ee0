"""The list of employees as a page shows it: searched, filtered, with what each does today."""

import unicodedata

from django.db.models import Prefetch, Q

from agencies.people.line_sql import ANSWERS
from agencies.people.models import Assignment
from agencies.people.nip import LENGTH as NIP_LENGTH
from agencies.structure.queries import posts_below

MOST_WORDS = 6
SHORTEST_TAIL = 3
LONGEST_TAIL = 8  # more digits of a NIP never stand in an address


def searched(employees, *, text="", unit=None, day):
    """Those of `employees` whose name has all words of `text`, or whose NIP ends so, working in or below `unit`."""
    words = [word for word in joined(text).split() if plain(word)][:MOST_WORDS]
    if text.strip() and not words:
        return employees.none()
    for word in words:
        named = Q(plain_name__contains=plain(word))
        if word.isdigit() and len(word) >= SHORTEST_TAIL:
            named |= Q(nip__endswith=word)
        employees = employees.filter(named)
    if unit is not None:
        there = Assignment.objects.on(day).filter(post__in=posts_below([unit], day))
        employees = employees.filter(pk__in=there.values("employee"))
    return employees


def joined(text):
    """`text` with the groups of a whole NIP put together: "19860926 201505 1 001" is one word."""
    digits = "".join(text.split()).replace(".", "")
    return digits if digits.isdigit() and len(digits) == NIP_LENGTH else text


def plain(word):
    """`word` as names are searched: small letters and digits without accents, as the database's agencies_plain."""
    letters = unicodedata.normalize("NFKD", word.lower())
    return "".join(sign for sign in letters if sign.isascii() and sign.isalnum())


def with_work_on(employees, day):
    """`employees` with `work`: their assignments on `day`, the definitive one first. One query more, for any number."""
    present = Assignment.objects.on(day).select_related("post__unit").order_by("employee", "pk")
    return employees.prefetch_related(Prefetch("assignments", present, to_attr="present"))


def work_of(employee):
    """The assignments found by `with_work_on`, the definitive one first."""
    order = (Assignment.Kind.DEFINITIVE, *ANSWERS)
    return sorted(employee.present, key=lambda held: order.index(held.kind))


def shareable(text):
    """A search as it may stand in an address: of a number longer than eight digits only its tail is left."""
    digits = "".join(text.split()).replace(".", "")
    if digits.isdigit() and len(digits) > LONGEST_TAIL:
        return digits[-LONGEST_TAIL:]
    words = (word[-LONGEST_TAIL:] if word.isdigit() else word for word in text.split())
    return " ".join(words)
