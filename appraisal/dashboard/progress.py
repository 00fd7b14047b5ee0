"""How far each unit is: how many owe a plan, and what became of it. Counted past the second wall, never read."""

from dataclasses import dataclass, fields

from django.db import connection
from django.db.models import F

from agencies.access.scope import path_in
from agencies.people.models import ServiceState
from agencies.structure.models import Unit
from appraisal.planning.queries import assignments_with_a_plan

STATES = "appraisal_duty_states(%s, %s)"  # of a year and a period: appraisal/migrations/0012
COUNTS = f"""
    SELECT staff.path, count(*),
        count(*) FILTER (WHERE duty.state IS NULL),
        count(*) FILTER (WHERE duty.state IN ('draft', 'returned')),
        count(*) FILTER (WHERE duty.state = 'submitted'),
        count(*) FILTER (WHERE duty.state = 'agreed'),
        count(*) FILTER (WHERE duty.has_progress),
        count(*) FILTER (WHERE duty.has_feedback),
        count(*) FILTER (WHERE duty.is_evaluated)
    FROM ({{staff}}) staff LEFT JOIN {STATES} duty ON duty.employee_id = staff.person
    GROUP BY staff.path
"""  # noqa: S608


@dataclass
class Counts:
    """Of the people who owe a plan: how many there are, and how many are how far."""

    owing: int = 0
    none: int = 0
    draft: int = 0
    submitted: int = 0
    agreed: int = 0
    progress: int = 0
    feedback: int = 0
    evaluated: int = 0

    def add(self, other):
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))

    def share(self, name):
        """In whole percent of those who owe a plan."""
        return round(100 * getattr(self, name) / self.owing) if self.owing else 0


LABELS = {
    "owing": "Wajib SKP",
    "none": "Belum ada SKP",
    "draft": "SKP disusun",
    "submitted": "SKP diajukan",
    "agreed": "SKP disepakati",
    "progress": "Kemajuan dicatat",
    "feedback": "Diberi umpan balik",
    "evaluated": "Dinilai",
}


@dataclass
class Row:
    unit: Unit
    counts: Counts
    has_below: bool = False
    is_own: bool = False  # those directly in the unit, not below it

    @property
    def name(self):
        return f"Langsung di {self.unit.name}" if self.is_own else self.unit.name

    @property
    def cells(self):
        return [(label, getattr(self.counts, name)) for name, label in LABELS.items()]


def owing_on(day, paths=None):
    """(person, path of his unit) of all who owe a plan on `day`: nobody on leave, retired, or an elected official."""
    free = ServiceState.objects.on(day).filter(kind__in=ServiceState.WITHOUT_DUTY)
    staff = assignments_with_a_plan(day).exclude(employee__in=free.values("employee"))
    if paths is not None:
        staff = staff.filter(path_in(paths, "post__unit__"))
    return staff.order_by().values(person=F("employee"), path=F("post__unit__path"))


def counts_by_path(paths, year, period, day):
    """{path of a unit: Counts of those directly in it}, in one query."""
    staff, parameters = owing_on(day, paths).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(COUNTS.replace("{staff}", staff), [*parameters, year, period.pk if period else None])
        return {path: Counts(*numbers) for path, *numbers in cursor.fetchall()}


def rows_of(tops, year, period, day):
    """(Rows, Counts of all): of one unit its parts, of several each of them. Three queries however many there are."""
    found = counts_by_path([unit.path for unit in tops], year, period, day)
    total = added(found.values())
    below = Unit.objects.filter(path_in([unit.path for unit in tops])).order_by("path")
    units = list(below)
    shown = tops if len(tops) > 1 else [unit for unit in units if unit.parent_id == tops[0].pk]
    rows = []
    if len(tops) == 1 and tops[0].path in found:
        rows.append(Row(tops[0], found[tops[0].path], is_own=True))
    for unit in shown:
        counts = added(counts for path, counts in found.items() if path.startswith(unit.path))
        has_below = any(other.parent_id == unit.pk for other in units)
        if counts.owing or len(tops) > 1:
            rows.append(Row(unit, counts, has_below))
    return rows, total


def added(many):
    total = Counts()
    for counts in many:
        total.add(counts)
    return total


def sorted_rows(rows, by):
    """By "name" or a count; "-" before it turns the order round."""
    name = by.lstrip("-")
    if name not in LABELS:
        name, by = "name", "name"
    key = (lambda row: row.name.casefold()) if name == "name" else (lambda row: getattr(row.counts, name))
    return sorted(rows, key=key, reverse=by.startswith("-"))
