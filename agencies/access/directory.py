"""The list of employees as a page shows it: searched, filtered, with what each does today."""

import unicodedata
from urllib.parse import urlencode

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from agencies.people.line_sql import ANSWERS
from agencies.people.models import Assignment, Employee, User
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


def found_accounts(accounts, text):
    """Those of the Users `accounts` whose name or address has all words of `text`, or whose NIP ends so, by name."""
    for word in joined(text).split()[:MOST_WORDS]:
        named = Q(name__icontains=word) | Q(email__icontains=word)
        if word.isdigit() and len(word) >= SHORTEST_TAIL:
            named |= Q(employee__nip__endswith=word)
        accounts = accounts.filter(named)
    return accounts.select_related("employee").order_by("name", "pk")


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


def kept_query(posted, name, *others):
    """The address of a list with the search that was sent: no more than the tail of a NIP, and only what was filled."""
    query = {"cari": shareable(posted.get("cari", ""))} | {other: posted.get(other, "") for other in others}
    kept = urlencode({field: value for field, value in query.items() if value})
    return f"{reverse(name)}?{kept}" if kept else reverse(name)


def contacts_of(texts):
    """{text: {key, name, nip, email, unit}} for texts such as "agencies.Employee:12" and "agencies.User:3".

    An account and its employee are one person and have one `key`. Three queries, for any number.
    """
    keys = {"Employee": set(), "User": set()}
    for text in texts:
        label, _, key = text.partition(":")
        keys[label.removeprefix("agencies.")].add(int(key))
    people = Employee.objects.filter(Q(pk__in=keys["Employee"]) | Q(user__in=keys["User"]))
    found = {}
    for person in with_work_on(people.select_related("user"), timezone.localdate()):
        work = work_of(person)
        contact = {
            "key": f"agencies.Employee:{person.pk}",
            "name": person.name,
            "nip": person.nip or "",
            "email": person.email or (person.user.email if person.user else ""),
            "unit": work[0].post.unit.name if work else "",
        }
        found[contact["key"]] = contact
        if person.user_id:
            found[f"agencies.User:{person.user_id}"] = contact
    for user in User.objects.filter(pk__in=keys["User"]):
        key = f"agencies.User:{user.pk}"
        found.setdefault(key, {"key": key, "name": user.name, "nip": "", "email": user.email, "unit": ""})
    return {text: found[text] for text in texts if text in found}
