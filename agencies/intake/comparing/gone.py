"""Who holds a post in what the file covers, but is missing from the file."""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from agencies.access.scope import path_in
from agencies.people.models import Assignment
from agencies.structure.models import Unit

from .comparison import in_words


@dataclass(frozen=True)
class Gone:
    """A definitive assignment that counts today, of somebody who is missing from the file."""

    assignment: int
    name: str
    nip: str
    words: str

    def as_json(self):
        return {"assignment": self.assignment, "name": self.name, "nip": self.nip, "words": [self.words]}


def gone_from(rows, changes, *, paths, covers_all, today):
    """[Gone] in the order of units: one query for the people, one for the agencies.

    A file covers the agencies that occur in it, or with `covers_all` everything within `paths` (None: the city).
    Heads without NIP are never gone: no file can hold them. Rows at fault count as present.
    """
    covered = Q() if covers_all else within_agencies_of(changes)
    if covered is None:
        return []
    reach = Q() if paths is None else path_in(paths, "post__unit__")
    present = {re.sub(r"\D", "", row.texts["nip"]) for row in rows}
    held = (
        Assignment.objects.on(today)
        .filter(covered, kind=Assignment.Kind.DEFINITIVE, employee__nip__isnull=False)
        .filter(reach)
        .order_by("post__unit__path", "employee__name", "pk")
        .values_list("pk", "employee__nip", "employee__name", "post__name", "post__unit__name", "term")
    )
    return [
        Gone(key, name, nip, f"{post}, {unit}, sejak {in_words(term.lower)}{until(term)}")
        for key, nip, name, post, unit, term in held.iterator(chunk_size=5000)
        if nip not in present
    ]


def until(term):
    return f", sudah tercatat berakhir {in_words(term.upper - timedelta(days=1))}" if term.upper else ""


def within_agencies_of(changes):
    """A condition on assignments: in an agency that occurs in the file; None when nothing does."""
    units = {change.post.unit for change in changes}
    agencies = list(Unit.objects.agencies().values_list("path", flat=True)) if units else []
    found, alone = set(), set()
    for unit in units:
        own = [path for path in agencies if unit.path.startswith(path)]
        found.update([max(own, key=len)] if own else [])
        alone.update([] if own else [unit.pk])
    condition = path_in(sorted(found), "post__unit__")
    if alone:
        condition |= Q(post__unit__in=alone)
    return condition if found or alone else None
