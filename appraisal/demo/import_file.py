"""An import file of the seeded city in our own template, with faults planted in places that are told.

Every fault is one that the import must name by row and column, and nothing else: each stands in a row of its own.
"""

import random
from datetime import date, timedelta

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from agencies.intake.reading.columns import COLUMNS
from agencies.intake.reading.sheet import SHEET
from agencies.people.models import Assignment, Employee
from agencies.structure.models import Post

FAULTS_OF_DONE_WHEN = 40
LETTERS = {column.key: get_column_letter(index) for index, column in enumerate(COLUMNS, 1)}
LABELS = {column.key: column.label for column in COLUMNS}
PROMOTED_EVERY = 50  # known people: a file without any change would prove little


def write_import_file(path, *, rows=5000, faults=FAULTS_OF_DONE_WHEN, seed=1):
    """Write the workbook; [{"kind", "row", "column", "cell"}, …] of what was planted. Same seed, same file.

    Raises ValueError when the rows do not suffice for the faults.
    """
    people = known_people()[:rows]
    people += new_people(rows - len(people))
    planted = plant(people, faults, random.Random(seed))  # noqa: S311  places of faults, no secret
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = SHEET
    sheet.append([column.label for column in COLUMNS])
    for person in people:
        sheet.append([person[column.key] for column in COLUMNS])
    for fault in planted:
        if fault["kind"] == "merged":
            sheet.merge_cells(f"B{fault['row']}:C{fault['row']}")
        if fault["kind"] == "hidden_row":
            sheet.row_dimensions[fault["row"]].hidden = True
    workbook.save(path)
    return planted


def known_people():
    """Everyone with a NIP who holds a definitive post today, as the file would say it; every fiftieth promoted."""
    held = (
        Assignment.objects.on(timezone.localdate())
        .filter(kind=Assignment.Kind.DEFINITIVE, employee__nip__isnull=False)
        .select_related("employee", "post__unit")
        .order_by("pk")
    )
    people = [row_of(each.employee, each.post, each.term.lower) for each in held]
    for person in people[::PROMOTED_EVERY]:
        if person["rank"] == "Penata Muda, III/a":
            person["rank"] = "III/b"
    return people


def row_of(employee, post, start):
    return {
        "nip": employee.nip,
        "name": employee.name,
        "kind": employee.get_kind_display(),
        "rank": employee.rank or None,
        "unit": post.unit.code,
        "post": post.code,
        "start": start,
        "end": None,
        "email": employee.email or None,
    }


def new_people(count):
    """People the city does not know yet, each born on a day of his own, spread over the posts that several may hold."""
    posts = list(Post.objects.exclude(kind__in=Post.SINGLE).filter(leads_unit=False).select_related("unit"))
    return [
        row_of(new_person(number), posts[number % len(posts)], date(2025, 3, 3)) for number in range(count)
    ]


def new_person(number):
    born = date(1996, 1, 1) + timedelta(days=number % 1800)
    nip = f"{born:%Y%m%d}202403{1 + number % 2}{900 + number // 1800:03}"
    return Employee(nip=nip, name=f"Pegawai Contoh {number + 1}", kind="pns", rank="Penata Muda, III/a")


def plant(people, count, rng):
    """Spoil `count` rows, no two side by side, with every kind of fault in turn; [{kind, row, column, cell}, …]."""
    places = range(1, len(people), 2)
    if count > len(places):
        raise ValueError(f"{len(people)} rows do not hold {count} faults")
    planted = []
    for turn, place in enumerate(sorted(rng.sample(places, count))):
        kind, (key, spoil) = list(KINDS.items())[turn % len(KINDS)]
        spoil(people, place)
        row = place + 2  # the first line holds the headings
        cell = f"{LETTERS[key]}{row}" if key else ""
        planted.append({"kind": kind, "row": row, "column": LABELS.get(key, ""), "cell": cell})
    return planted


def put(key, value):
    """A fault that writes `value`, or what `value` makes of the old one, into one cell."""

    def spoil(people, place):
        person = people[place]
        person[key] = value(person[key]) if callable(value) else value

    return key, spoil


def nip_of_an_earlier_row(people, place):
    people[place]["nip"] = people[place - 1]["nip"]


def unit_of_another_post(people, place):
    people[place]["unit"] = next(other["unit"] for other in people if other["unit"] != people[place]["unit"])


def against_the_nip(people, place):
    is_pppk = people[place]["kind"].startswith("PPPK")
    people[place]["kind"] = "PNS" if is_pppk else "PPPK"


def end_before_start(people, place):
    people[place]["end"] = people[place]["start"] - timedelta(days=1)


KINDS = {
    "nip_too_short": put("nip", lambda nip: nip[:17]),
    "nip_as_number": put("nip", int),
    "nip_in_scientific_notation": put("nip", lambda nip: f"{nip[0]},{nip[1:6]}E+17"),
    "nip_of_an_impossible_month": put("nip", lambda nip: f"{nip[:4]}13{nip[6:]}"),
    "nip_twice": ("nip", nip_of_an_earlier_row),
    "name_missing": put("name", None),
    "name_with_invisible_sign": put("name", lambda name: f"{name}\u200b"),
    "name_as_formula": put("name", "=A1"),
    "kind_unknown": put("kind", "Honorer"),
    "kind_against_the_nip": ("kind", against_the_nip),
    "rank_unknown": put("rank", "V/a"),
    "unit_of_another_post": ("unit", unit_of_another_post),
    "post_unknown": put("post", "TIDAK-ADA"),
    "start_on_no_day": put("start", "31-02-2025"),
    "start_with_month_in_front": put("start", "12/31/2024"),
    "start_as_number": put("start", 45658),
    "start_before_the_unit": put("start", date(1990, 1, 1)),
    "end_before_start": ("end", end_before_start),
    "email_no_address": put("email", "bukan-surel"),
    "merged": ("name", lambda people, place: None),
    "hidden_row": ("", lambda people, place: None),
}
