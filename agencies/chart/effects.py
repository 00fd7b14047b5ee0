"""What a change of the organisation does: seen by doing it, and put into words."""

import hashlib
import json
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from agencies.people.line_sql import AMBIGUOUS
from agencies.people.models import Assignment, Employee
from agencies.people.reporting_line import appraiser_keys_on
from agencies.structure.models import PostVersion, UnitVersion
from agencies.structure.refusals import NotPossible

MOST_DETAILS = 60
NOBODY = "tanpa pejabat penilai"


@dataclass(frozen=True)
class Effect:
    """One sentence, with the single cases below it; `kind` is that of a notice ("" or "warn")."""

    words: str
    details: tuple = ()
    kind: str = ""

    @property
    def shown(self):
        return self.details[:MOST_DETAILS]

    @property
    def hidden(self):
        return len(self.details) - len(self.shown)


@dataclass(frozen=True)
class Effects:
    """All effects of a change on its first day; `fingerprint` is the same as long as they are."""

    effects: tuple
    fingerprint: str
    is_correction: bool


@dataclass
class Snapshot:
    """How everything is on a day, by codes, since a unit that is only looked at has no lasting key."""

    units: dict = field(default_factory=dict)  # code: (name, code of the parent)
    posts: dict = field(
        default_factory=dict
    )  # code: (name, code of the unit, leads, code of the superior, level)
    held: set = field(default_factory=set)  # (employee key, code of the post, kind)
    appraisers: dict = field(default_factory=dict)  # employee key: appraiser key


def snapshot(day, people=None):
    """Four queries for any number of units, posts and people; the appraisers are those of `people`, else of all."""
    units = UnitVersion.objects.on(day).values_list("unit__code", "name", "parent__code")
    posts = PostVersion.objects.on(day).values_list(
        "post__code", "name", "unit__code", "leads_unit", "superior__code", "post__level"
    )
    held = set(Assignment.objects.on(day).values_list("employee", "post__code", "kind"))
    return Snapshot(
        {code: tuple(facts) for code, *facts in units},
        {code: tuple(facts) for code, *facts in posts},
        held,
        appraiser_keys_on(people or {employee for employee, *_ in held}, day),
    )


def look_ahead(act, day):
    """The Effects that `act()` would have on `day`: it is done, looked at, and taken back. Raises what `act` raises."""
    with transaction.atomic():
        effects, _ = carried_out(act, day)
        transaction.set_rollback(True)
    return effects


def carried_out(act, day):
    """(Effects, what `act` returns). Raises NotPossible when nothing would change."""
    before = snapshot(day)
    result = act()
    # Who loses his only post is asked about all the same: his appraiser is gone, too.
    after = snapshot(day, people={employee for employee, *_ in before.held})
    effects = tuple(effect for tell in TELLERS for effect in tell(before, after))
    if not effects:
        raise NotPossible("Tidak ada yang berubah pada tanggal itu.")
    told = json.dumps([[each.words, each.details] for each in effects], ensure_ascii=False)
    fingerprint = hashlib.sha256(told.encode()).hexdigest()
    return Effects(effects, fingerprint, is_correction=day < timezone.localdate()), result


def tell_units(before, after):
    names = {code: facts[0] for code, facts in (before.units | after.units).items()}
    for code, (name, parent) in sorted(after.units.items()):
        if code not in before.units:
            yield Effect(f"Unit baru: {name}, di bawah {names.get(parent, 'tidak ada')}.")
            continue
        old_name, old_parent = before.units[code]
        if old_name != name:
            yield Effect(f"{old_name} bernama {name}.")
        if old_parent != parent:
            yield Effect(
                f"{name} pindah dari {names.get(old_parent, 'tidak ada')} ke {names.get(parent, 'tidak ada')}."
            )
    for code, (name, _) in sorted(before.units.items()):
        if code not in after.units:
            yield Effect(f"{name} berakhir.")


def tell_posts(before, after):
    names = {code: facts[0] for code, facts in (before.posts | after.posts).items()}
    units = {code: facts[0] for code, facts in (before.units | after.units).items()}
    moved, line = {}, []
    for code, (name, unit, leads, superior, level) in sorted(after.posts.items()):
        if code not in before.posts:
            led = f", melapor ke {names[superior]}" if superior else ""
            yield Effect(f"Jabatan baru: {name} di {units[unit]}{led}.")
            if leads:
                yield Effect(f"{name} memimpin {units[unit]}.")
            continue
        old_name, old_unit, old_leads, old_superior, old_level = before.posts[code]
        if old_name != name:
            yield Effect(f"Jabatan {old_name} bernama {name}.")
        if old_unit != unit:
            moved.setdefault((old_unit, unit), []).append(code)
        if leads and (not old_leads or old_unit != unit):
            yield Effect(f"{name} memimpin {units[unit]}.")
        if old_leads and not leads:
            yield Effect(f"{name} tidak lagi memimpin unit.")
        if old_superior != superior:
            line.append(
                f"{name}: dari {names.get(old_superior, 'tidak ada')} ke {names.get(superior, 'tidak ada')}"
            )
        if old_level != level:
            yield Effect(f"Jenjang {name} diubah.")
    for (old_unit, unit), codes in sorted(moved.items()):
        people = len({employee for employee, post, _ in after.held if post in codes})
        words = f"{len(codes)} jabatan dan {people} pegawai pindah dari {units[old_unit]} ke {units[unit]}."
        yield Effect(words, tuple(names[code] for code in codes))
    if line:
        yield Effect(f"{len(line)} jabatan mendapat jabatan atasan lain.", tuple(line))
    if ended := [facts[0] for code, facts in sorted(before.posts.items()) if code not in after.posts]:
        yield Effect(f"{len(ended)} jabatan berakhir.", tuple(ended))


def tell_people(before, after):
    gone = sorted(before.held - after.held)
    changed = {
        employee: (before.appraisers.get(employee), after.appraisers.get(employee))
        for employee in {employee for employee, *_ in before.held | after.held}
        if before.appraisers.get(employee) != after.appraisers.get(employee)
    }
    keys = (
        {employee for employee, *_ in gone}
        | set(changed)
        | {key for pair in changed.values() for key in pair}
    )
    people = Employee.objects.in_bulk(key for key in keys if key not in (None, AMBIGUOUS)) if keys else {}
    posts = before.posts
    if gone:
        details = [f"{people[employee].name}: {posts[post][0]}" for employee, post, _ in gone]
        yield Effect(f"Tugas {len(gone)} pegawai berakhir.", tuple(sorted(details)))
    told = {
        employee: f"{people[employee].name}: dari {named(people, old)} ke {named(people, new)}"
        for employee, (old, new) in changed.items()
    }
    lost = [employee for employee, (_, new) in changed.items() if new in (None, AMBIGUOUS)]
    kept = [employee for employee in changed if employee not in lost]
    if kept:
        words = f"Pejabat penilai {len(kept)} pegawai berubah."
        yield Effect(words, tuple(sorted(told[employee] for employee in kept)))
    if lost:
        words = f"{len(lost)} pegawai menjadi {NOBODY}."
        yield Effect(words, tuple(sorted(told[employee] for employee in lost)), "warn")


def named(people, key):
    if key is None:
        return NOBODY
    return "lebih dari satu penilai" if key == AMBIGUOUS else people[key].name


TELLERS = (tell_units, tell_posts, tell_people)
