"""One row of any list: what the page shows and what the file holds."""

from dataclasses import dataclass, field

from django.utils import timezone

from agencies.access.directory import with_work_on, work_of
from agencies.people.models import Employee
from appraisal.rulebook.outcome_rules import PREDIKATS

PREDIKAT_WORDS = dict(PREDIKATS) | {"butuh_perbaikan": "Butuh Perbaikan"}
FIXED_BEFORE = ("Nama", "NIP", "Status", "Jabatan", "Unit")
FIXED_AFTER = ("Keadaan", "Alasan", "Yang kurang", "Dasar")


@dataclass
class Row:
    """`cells`: texts in the order of the list's columns; `basis`: the evaluations it rests on, for the file."""

    employee: Employee
    post: str
    unit: str
    cells: list
    status: str = ""
    kind: str = ""
    why: str = ""
    missing: str = ""
    basis: str = ""
    links: list = field(default_factory=list)  # [(words, address)]

    def texts(self):
        person = self.employee
        return [
            person.name,
            person.nip or "",
            person.get_kind_display(),
            self.post,
            self.unit,
            *self.cells,
            self.status,
            self.why,
            self.missing,
            self.basis,
        ]


@dataclass(frozen=True)
class Asked:
    """What the filter asks for; a list reads of it what it knows."""

    year: int
    month: object = None  # the first day of a month
    unit: object = None
    state: str = ""
    text: str = ""
    box: int = 0


def headings_of(columns):
    return [*FIXED_BEFORE, *columns, *FIXED_AFTER]


def work_by_person(people, day=None):
    """{employee pk: the definitive (or else first) Assignment of the day or None}. Two queries for any number."""
    day = day or timezone.localdate()
    keys = [each.pk for each in people]
    found = with_work_on(Employee.objects.filter(pk__in=keys), day)
    return {each.pk: next(iter(work_of(each)), None) for each in found}


def place_of(held):
    """(post, unit) in words."""
    return (held.post.name, held.post.unit.name) if held else ("Tanpa jabatan", "")


def basis_words(evaluation):
    return (
        f"{evaluation.period}, penilaian {evaluation.pk} revisi {evaluation.revision},"
        f" sidik {evaluation.receipt_sha256[:12]}"
    )
