"""The only place of this room that writes employees and assignments, in lots: 60,000 people cost a few hundred
statements. Every writer returns what its undoing needs, as JSON; `undo_…` takes it back.

Whoever changes how an assignment ends or begins (e.g. by closing its row and adding another) changes it here.
"""

from dataclasses import dataclass
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from agencies.people.models import Assignment, Employee
from agencies.people.sessions import end_sessions_of

AT_ONCE = 1000


@dataclass(frozen=True)
class Begin:
    """A definitive assignment to be added; `until` is the day after its last, None while it is open."""

    employee: Employee
    post: object
    start: date
    until: date | None


@dataclass(frozen=True)
class End:
    """An assignment that shall end; `until` is the day after its last."""

    assignment: Assignment
    until: date


def write_assignments(ends, begins):
    """End, then begin: {"ended": [[key now, upper before, upper now], …], "begun": [[key, upper], …]}.

    An assignment that ends is closed and recorded anew with its end, so its key is another one afterwards.
    """
    shortened = recorded_anew([(end.assignment, end.until) for end in ends])
    end_sessions_of([end.assignment.employee_id for end in ends])
    ended = [
        [row.pk, iso(end.assignment.term.upper), iso(end.until)]
        for end, row in zip(ends, shortened, strict=True)
    ]
    added = Assignment.objects.bulk_create(
        [
            Assignment(employee=begin.employee, post=begin.post, term=DateRange(begin.start, begin.until))
            for begin in begins
        ],
        batch_size=AT_ONCE,
    )
    return {"ended": ended, "begun": [[each.pk, iso(each.term.upper)] for each in added]}


def undo_assignments(begun, ended):
    """Take back what `write_assignments` did: `begun` assignments, and (assignment, upper before) pairs."""
    for keys in lots([assignment.pk for assignment in begun]):
        Assignment.objects.filter(pk__in=keys).close()
    recorded_anew(ended)


def recorded_anew(pairs):
    """(assignment, day after its last or None) pairs: each row closed, and added once more with that end."""
    rows = []
    for lot in lots(pairs):
        at = Assignment.objects.filter(pk__in=[assignment.pk for assignment, _ in lot]).close()
        rows += [
            assignment.once_more(at=at, term=DateRange(assignment.term.lower, until))
            for assignment, until in lot
        ]
    return Assignment.objects.bulk_create(rows, batch_size=AT_ONCE)


def write_facts(changes, fields):
    """Set the facts of known employees: [[key, {field: [before, now]}], …]."""
    written = []
    for change in changes:
        written.append(
            [
                change.employee.pk,
                {key: [getattr(change.employee, key), now] for key, now in change.facts.items()},
            ]
        )
        for key, value in change.facts.items():
            setattr(change.employee, key, value)
    Employee.objects.bulk_update([change.employee for change in changes], fields, batch_size=500)
    return written


def undo_facts(employees, fields):
    """`employees` carry the old facts already."""
    Employee.objects.bulk_update(employees, fields, batch_size=500)


def hire_all(entries):
    """The new employees, stored, in the order of the entries; whose record was withdrawn is taken up again."""
    withdrawn = {
        employee.nip: employee
        for lot in lots([entry.nip for entry in entries])
        for employee in Employee.objects.filter(nip__in=lot, is_withdrawn=True)
    }
    people = [withdrawn.get(entry.nip) or Employee(nip=entry.nip) for entry in entries]
    for employee, entry in zip(people, entries, strict=True):
        employee.name, employee.kind, employee.is_withdrawn = entry.name, entry.kind, False
        employee.rank, employee.email = entry.rank or "", entry.email or ""
    facts = ["name", "kind", "rank", "email", "is_withdrawn"]
    Employee.objects.bulk_update(list(withdrawn.values()), facts, batch_size=500)
    Employee.objects.bulk_create([each for each in people if each.pk is None], batch_size=AT_ONCE)
    return people


def remove_hired(employees):
    """People an import added by mistake count no longer; what was known of them meanwhile stays findable."""
    for keys in lots([employee.pk for employee in employees]):
        Employee.objects.filter(pk__in=keys).update(is_withdrawn=True)


def lots(keys):
    return [keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE)]


def iso(day):
    return day.isoformat() if day else None
