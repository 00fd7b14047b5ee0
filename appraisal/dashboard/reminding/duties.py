"""Who owes what by when: read for everybody at once, in a number of questions that does not grow with the city."""

from dataclasses import dataclass, replace
from datetime import date

from django.db import connection

from agencies.people.line_sql import AMBIGUOUS
from agencies.people.models import Assignment
from agencies.people.reporting_line import appraiser_keys_on
from appraisal.cycle.calendar import ANNUAL, DOCUMENTATION, EVALUATION, FEEDBACK, PLANNING, months_after
from appraisal.cycle.queries import deadlines_of

from ..progress import STATES, owing_on

ASKED = f"""
    SELECT staff.person, staff.path, duty.skp_id, coalesce(duty.state, ''), duty.in_force,
        duty.has_progress, duty.has_feedback, duty.is_evaluated
    FROM ({{staff}}) staff LEFT JOIN {STATES} duty ON duty.employee_id = staff.person
"""  # noqa: S608


@dataclass(frozen=True)
class Standing:
    """How far one employee is: keys only."""

    employee: int
    path: str
    plan: int | None
    state: str
    in_force: bool  # at the end of the period: who came later owes nothing of it
    has_progress: bool
    has_feedback: bool
    is_evaluated: bool


@dataclass(frozen=True)
class Owed:
    """One thing that one employee's year lacks. `owner` has to do it: the employee himself, or his appraiser."""

    duty: str
    what: str  # key of WORDS
    employee: int
    path: str
    owner: int | None
    appraiser: int | None
    superior: int | None
    due: date
    period: object = None
    plan: int | None = None


def standings(year, period, day):
    staff, parameters = owing_on(day).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(ASKED.replace("{staff}", staff), [*parameters, year, period.pk if period else None])
        return [Standing(*row) for row in cursor.fetchall()]


def owed_in(year, day, *, months, is_due, only=None):
    """Everything owed in a year on `day`: a list of Owed.

    `months` is the time for a plan after taking up a post; `is_due(deadline)` says whose windows are looked at, and
    `only` limits them to one (kind, key of the period).
    """
    found, line = [], Line(day)
    for each in deadlines_of(year):
        kind, period = each.kind, each.period
        if kind not in WHAT_IS_OWED or (only and (kind, period.pk if period else None) != only):
            continue
        if each.first_day > day or not (only or is_due(each)):
            continue
        rows = [(owed, WHAT_IS_OWED[kind](owed)) for owed in standings(year, period, day)]
        line.learn([row.employee for row, what in rows if what])
        begun = beginnings(day) if kind == PLANNING else {}
        for row, what in rows:
            if not what:
                continue
            due = each.last_day
            if kind == PLANNING and row.employee in begun:
                due = max(due, months_after(begun[row.employee], months))
            appraiser = line.above(row.employee)
            found.append(
                Owed(
                    duty=kind,
                    what=what,
                    employee=row.employee,
                    path=row.path,
                    owner=row.employee if what in OF_THE_EMPLOYEE else appraiser,
                    appraiser=appraiser,
                    superior=line.above(appraiser),
                    due=due,
                    period=period,
                    plan=row.plan,
                )
            )
    return [as_escalated(owed) for owed in found]


def as_escalated(owed):
    """What the appraiser himself owes goes to his own superior first: there is no appraiser in between."""
    return owed if owed.what in OF_THE_EMPLOYEE else replace(owed, appraiser=owed.superior)


WRITE, AGREE, RECORD, SPEAK, ASSESS = "write", "agree", "record", "speak", "assess"
OF_THE_EMPLOYEE = (WRITE, RECORD)
WHAT_IS_OWED = {
    PLANNING: lambda row: {"": WRITE, "draft": WRITE, "returned": WRITE, "submitted": AGREE}.get(row.state),
    DOCUMENTATION: lambda row: RECORD if owes_period(row) and not row.has_progress else None,
    FEEDBACK: lambda row: SPEAK if owes_period(row) and not row.has_feedback else None,
    EVALUATION: lambda row: ASSESS if owes_period(row) else None,
    ANNUAL: lambda row: ASSESS if owes_period(row) else None,
}


def owes_period(row):
    """An agreed plan in force, and no evaluation yet: once it is final nothing of that period is asked any more."""
    return row.state == "agreed" and row.in_force and not row.is_evaluated


class Line:
    """Who stands above whom on a day, asked for many at once: one question for each step up."""

    def __init__(self, day):
        self.day, self.known = day, {}

    def learn(self, employees):
        for _ in range(2):
            missing = {key for key in employees if key and key != AMBIGUOUS and key not in self.known}
            if not missing:
                return
            found = appraiser_keys_on(missing, self.day)
            self.known |= {key: found.get(key) for key in missing}
            employees = [self.known[key] for key in missing]

    def above(self, employee):
        key = self.known.get(employee)
        return None if key == AMBIGUOUS else key


def beginnings(day):
    """{employee: day on which he took up his definitive post}, for those of this and the last year."""
    held = Assignment.objects.on(day).filter(
        kind=Assignment.Kind.DEFINITIVE, term__startswith__gte=date(day.year - 1, 1, 1)
    )
    return {person: term.lower for person, term in held.values_list("employee", "term")}
