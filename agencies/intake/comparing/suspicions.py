"""What is possible but seldom right: told as a warning that a person confirms before the file is applied."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from django.conf import settings
from django.db.models.functions import Left

from agencies.people.models import Assignment, Employee
from agencies.people.nip import read_nip
from agencies.people.rank import GOLONGAN_PPPK, PANGKAT

from .comparison import NEW, UNCHANGED, in_words
from .places import batches, plain

SAME_NAME_FROM = 0.85  # of 1: the share of letters two names have in common
LEAST_MOVED = 3  # in a unit of four, one move is no mass move
LONGEST_SERVICE = 45
RANKS = {name: place for place, name in enumerate(PANGKAT)} | {
    name: place for place, name in enumerate(GOLONGAN_PPPK)
}


@dataclass(frozen=True)
class Suspicion:
    """`kind` is the short name shown before the words, e.g. "Pangkat turun"."""

    row: int
    name: str
    kind: str
    words: str

    def as_json(self):
        return {"row": self.row, "name": self.name, "label": self.kind, "words": [self.words]}


def suspicions_in(changes, *, today):
    """[Suspicion] in the order of rows. Rows that change nothing are never suspicious. Six queries at most."""
    effective = [change for change in changes if change.kind != UNCHANGED]
    found = [suspicion for change in effective for suspicion in alone(change, today)]
    found += twins(effective) + mass_moves(effective, today) + replaced_leaders(effective)
    return sorted(found, key=lambda suspicion: suspicion.row)


def about(change, kind, words):
    return Suspicion(change.entry.number, change.entry.name, kind, words)


def alone(change, today):
    """What one row shows by itself."""
    entry = change.entry
    if entry.born and entry.born != (born := read_nip(entry.nip).born):
        words = f"Lahir {in_words(entry.born)}, tetapi NIP-nya menunjuk {in_words(born)}."
        yield about(change, "Tanggal lahir", words)
    if entry.standing and "aktif" not in plain(entry.standing).split():
        yield about(change, "Kedudukan hukum", f"Kedudukan hukumnya “{entry.standing}”.")
    if "rank" in change.facts and falls(change.employee.rank, change.facts["rank"]):
        yield about(change, "Pangkat turun", f"Dari {change.employee.rank} menjadi {change.facts['rank']}.")
    if change.begins and entry.start > today:
        yield about(change, "Mulai di masa depan", f"Mulai {in_words(entry.start)}.")
    if change.begins and entry.start < years_before(today, LONGEST_SERVICE):
        words = f"Mulai {in_words(entry.start)}, lebih dari {LONGEST_SERVICE} tahun yang lalu."
        yield about(change, "Mulai sangat lama", words)


def falls(before, after):
    """Both in the same scale: "Penata, III/c" counts by what stands after the comma."""
    old, new = (rank.rsplit(", ", 1)[-1] for rank in (before, after))
    is_comparable = old in RANKS and new in RANKS and ("/" in old) == ("/" in new)
    return is_comparable and RANKS[new] < RANKS[old]


def years_before(day, years):
    return date(day.year - years, day.month, min(day.day, 28))


def twins(changes):
    """New people who are born on the same day as somebody else and have nearly the same name, but another NIP."""
    new = [change for change in changes if change.kind == NEW]
    by_birth = defaultdict(list)
    for keys in batches({change.entry.nip[:8] for change in new}):
        known = Employee.objects.counting().annotate(born=Left("nip", 8)).filter(born__in=keys)
        for nip, name in known.values_list("nip", "name"):
            by_birth[nip[:8]].append((nip, name, "yang sudah tercatat"))
    found = []
    for change in new:
        entry = change.entry
        for nip, name, where in by_birth[entry.nip[:8]]:
            if nip != entry.nip and is_nearly(entry.name, name):
                words = f"Nama dan tanggal lahirnya mirip {name} ({nip}) {where}. Apakah orang yang sama?"
                found.append(about(change, "Mungkin orang yang sama", words))
                break
        by_birth[entry.nip[:8]].append((entry.nip, entry.name, f"di baris {entry.number}"))
    return found


def is_nearly(one, other):
    """Titles after the first comma do not count."""
    matcher = SequenceMatcher(None, plain(one.split(",")[0]), plain(other.split(",")[0]), autojunk=False)
    return (
        matcher.real_quick_ratio() >= SAME_NAME_FROM
        and matcher.quick_ratio() >= SAME_NAME_FROM
        and matcher.ratio() >= SAME_NAME_FROM
    )


def mass_moves(changes, today):
    """Units that lose more than IMPORT_MASS_MOVE_PERCENT of their holders to other units in one file."""
    moves = defaultdict(list)
    for change in changes:
        for held, _end in change.ends:
            if change.begins and held.post.unit_id != change.post.unit_id:
                moves[held.post.unit].append(change)
    many = {unit: moved for unit, moved in moves.items() if len(moved) >= LEAST_MOVED}
    if not many:
        return []
    holders = Counter(
        Assignment.objects.on(today)
        .filter(kind=Assignment.Kind.DEFINITIVE, post__unit__in=many)
        .values_list("post__unit", flat=True)
    )
    found = []
    for unit, moved in many.items():
        percent = round(100 * len(moved) / max(holders[unit.pk], len(moved)))
        if percent > settings.IMPORT_MASS_MOVE_PERCENT:
            words = f"{len(moved)} dari {holders[unit.pk]} pegawai {unit.name} pindah sekaligus ({percent} persen)."
            found.append(Suspicion(moved[0].entry.number, unit.name, "Pindah sekaligus", words))
    return found


def replaced_leaders(changes):
    """Posts that lead a unit and get a holder while, or just after, somebody else holds them."""
    begun = [change for change in changes if change.begins and change.post.leads_unit]
    if not begun:
        return []
    holders = defaultdict(list)
    for keys in batches({change.post.pk for change in begun}):
        held = Assignment.objects.known().filter(post__in=keys, kind=Assignment.Kind.DEFINITIVE)
        for each in held.select_related("employee").order_by("term"):
            holders[each.post_id].append(each)
    found, in_file = [], {}
    for change in begun:
        others = [each for each in holders[change.post.pk] if replaces(change, each)]
        for each in others[-1:]:
            words = f"{change.post} dipegang {each.employee.name} sejak {in_words(each.term.lower)}."
            found.append(about(change, "Pemimpin unit diganti", words))
        if change.post.pk in in_file:
            words = f"{change.post} juga diberikan kepada pegawai di baris {in_file[change.post.pk]}."
            found.append(about(change, "Dua pemimpin unit", words))
        in_file.setdefault(change.post.pk, change.entry.number)
    return found


def replaces(change, held):
    """Would the holder of today still hold the post when the new one starts, or end only because of this file?"""
    is_same = change.employee is not None and held.employee_id == change.employee.pk
    return not is_same and (held.term.upper is None or held.term.upper > change.entry.start)
