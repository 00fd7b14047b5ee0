"""The only place of this room that writes employees and assignments, in lots: 60,000 people cost a few hundred
statements. Every writer returns what its undoing needs, as JSON; `undo_…` takes it back.

Whoever changes how an assignment ends or begins (e.g. by closing its row and adding another) changes it here.
"""

from dataclasses import dataclass
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from agencies.people.models import Assignment, Employee

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
    """End, then begin: {"ended": [[key, upper before, upper now], …], "begun": [[key, upper], …]}."""
    ended = [[end.assignment.pk, iso(end.assignment.term.upper), iso(end.until)] for end in ends]
    for end in ends:
        end.assignment.term = DateRange(end.assignment.term.lower, end.until)
    Assignment.objects.bulk_update([end.assignment for end in ends], ["term"], batch_size=500)
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
        Assignment.objects.filter(pk__in=keys).delete()
    for assignment, upper in ended:
        assignment.term = DateRange(assignment.term.lower, upper)
    Assignment.objects.bulk_update([assignment for assignment, _ in ended], ["term"], batch_size=500)


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
    """The new employees, stored, in the order of the entries."""
    return Employee.objects.bulk_create(
        [
            Employee(
                nip=entry.nip,
                name=entry.name,
                kind=entry.kind,
                rank=entry.rank or "",
                email=entry.email or "",
            )
            for entry in entries
        ],
        batch_size=AT_ONCE,
    )


def remove_hired(employees):
    """Forget people an import added by mistake. Raises ProtectedError when anything else has been recorded of one."""
    for keys in lots([employee.pk for employee in employees]):
        Employee.objects.filter(pk__in=keys).delete()


def lots(keys):
    return [keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE)]


def iso(day):
    return day.isoformat() if day else None
