"""Holding the entries of a file against what is recorded: what is new, what changes, what cannot be."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache

from agencies.people.models import Assignment, Employee
from agencies.structure.models import Post
from ambon_kinerja.workdays.words import date_words

from ..reading.columns import TEMPLATE
from .places import Impossible, PlacesByCode, PlacesByName, batches, plain

NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"
FACTS = ("name", "kind", "rank", "email")


@dataclass
class Change:
    """What one entry does. `facts` are the employee's fields to set; `ends` (assignment, day after its last) pairs."""

    entry: object
    employee: Employee | None
    post: Post
    facts: dict = field(default_factory=dict)
    begins: bool = False
    ends: list = field(default_factory=list)
    words: list = field(default_factory=list)

    @property
    def kind(self):
        if self.employee is None:
            return NEW
        return CHANGED if self.facts or self.begins or self.ends else UNCHANGED

    @property
    def term_end(self):
        """The day after the last, or None."""
        return self.entry.end + timedelta(days=1) if self.entry.end else None


class Records:
    """What is recorded about the people and posts of a file, fetched at once: five queries for each 5,000 entries."""

    def __init__(self, entries, *, by_name=False, lock=False):
        self.by_name = by_name
        employees = Employee.objects.select_for_update(of=("self",)) if lock else Employee.objects
        self.employees = {
            employee.nip: employee
            for keys in batches({entry.nip for entry in entries})
            for employee in employees.filter(nip__in=keys, is_withdrawn=False).order_by("pk")
        }
        self.places = PlacesByName() if by_name else PlacesByCode(entries)
        self.assignments = {}
        for keys in batches({employee.pk for employee in self.employees.values()}):
            for held in Assignment.objects.known().filter(employee__in=keys).select_related("post__unit"):
                self.assignments.setdefault(held.employee_id, []).append(held)


def compare(entries, rows, *, paths, layout=TEMPLATE, lock=False):
    """(changes, faults). `paths` are those of the units the importing person answers for; None means all.

    With `lock` the employees' rows stay locked until the end of the transaction.
    """
    records = Records(entries, by_name=layout.by_name, lock=lock)
    places = {row.number: row for row in rows}
    changes, faults = [], []
    for entry in entries:
        try:
            changes.append(change_for(entry, records, paths))
        except Impossible as wrong:
            faults.append(places[entry.number].fault(layout.by_key[wrong.key], str(wrong)))
    return changes, faults


def change_for(entry, records, paths):
    post = post_for(entry, records, paths)
    employee = records.employees.get(entry.nip)
    change = Change(entry, employee, post)
    if employee is None:
        change.begins = True
        change.words.append(f"Pegawai baru: {post}, mulai {in_words(entry.start)}")
        return change
    compare_facts(change, by_name=records.by_name)
    compare_work(change, records.assignments.get(employee.pk, []), paths)
    return change


def post_for(entry, records, paths):
    post = records.places.post_of(entry)
    if not is_within(post.unit, paths):
        raise Impossible("unit", "Unit ini di luar wewenang Anda.")
    if entry.start < post.unit.valid_from or (post.unit.valid_until and entry.start > post.unit.valid_until):
        raise Impossible(
            "start", f"Unit {post.unit.code} belum atau tidak lagi ada pada {in_words(entry.start)}."
        )
    return post


def is_within(unit, paths):
    return paths is None or any(unit.path.startswith(path) for path in paths)


def compare_facts(change, *, by_name):
    """SIASN (`by_name`) writes names in capitals: that alone is no change. In our template, mended letters are."""
    for key in FACTS:
        recorded, wanted = getattr(change.employee, key), getattr(change.entry, key)
        if (
            wanted is None
            or wanted == recorded
            or (by_name and key == "name" and plain(wanted) == plain(recorded))
        ):
            continue
        change.facts[key] = wanted
        label = TEMPLATE.by_key[key].label
        change.words.append(f"{label}: {shown(key, recorded)} → {shown(key, wanted)}")


def compare_work(change, assignments, paths):
    """Sets what begins and ends. A move ends the open definitive post the day before; nothing else is cut."""
    entry, start, until = change.entry, change.entry.start, change.term_end
    overlapping = [held for held in assignments if overlaps(held, start, until) and counts(held, change.post)]
    same = next((held for held in overlapping if is_same(held, change)), None)
    if any(not is_within(held.post.unit, paths) for held in overlapping):
        raise Impossible("nip", "Pegawai ini bertugas di unit di luar wewenang Anda.")
    if same is not None:
        return compare_end(change, same, [held for held in overlapping if held is not same])
    for held in overlapping:
        if held.post_id == change.post.pk and held.kind == Assignment.Kind.DEFINITIVE:
            raise Impossible(
                "start", f"Jabatan ini sudah dipegang sejak {in_words(held.term.lower)}. Mulai harus sama."
            )
        if held.term.lower >= start or held.term.upper is not None:
            raise Impossible(
                "start", f"Tumpang tindih dengan jabatan {held.post.name} ({term_in_words(held)})."
            )
        change.ends.append((held, start))
        change.words.append(f"{held.post.name} berakhir {in_words(start - timedelta(days=1))}")
    change.begins = True
    change.words.append(f"{change.post} mulai {in_words(entry.start)}")
    return None


def counts(held, post):
    """A second definitive post, or the same post in another kind, cannot be held at the same time."""
    return held.kind == Assignment.Kind.DEFINITIVE or held.post_id == post.pk


def is_same(held, change):
    return (
        held.kind == Assignment.Kind.DEFINITIVE
        and held.post_id == change.post.pk
        and held.term.lower == change.entry.start
    )


def overlaps(held, start, until):
    return (held.term.upper is None or held.term.upper > start) and (until is None or held.term.lower < until)


def compare_end(change, same, others):
    if change.entry.end is None or change.term_end == same.term.upper:
        return
    if others:
        raise Impossible(
            "end", f"Tumpang tindih dengan jabatan {others[0].post.name} ({term_in_words(others[0])})."
        )
    change.ends.append((same, change.term_end))
    change.words.append(f"{same.post.name} berakhir {in_words(change.entry.end)}")


def shown(key, value):
    if key == "kind":
        return Employee.Kind(value).label
    return value or "kosong"


in_words = lru_cache(maxsize=2048)(date_words)


def term_in_words(held):
    last = held.last_day
    return f"{in_words(held.term.lower)} sampai {in_words(last) if last else 'sekarang'}"
