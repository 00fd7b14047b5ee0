"""A matrix as a page shows it: columns, a line per person, cells. A fixed number of questions, however large it is."""

from dataclasses import dataclass, field
from hashlib import sha256

from django.utils import timezone

from agencies.access.directory import with_work_on, work_of
from agencies.people.models import Employee
from agencies.people.reporting_line import subordinates_on
from appraisal.planning.figures import target_in_words
from appraisal.planning.models import Indicator, WorkResult

from .models import MatrixRole, MatrixRow

SHORT = 42  # letters of a heading that stand before each cell on a small screen


@dataclass(frozen=True)
class Column:
    """What is supported: an indicator or a result of the leader, a role of the leader of the team, or lost words."""

    key: str
    heading: str
    target: str = ""
    result: WorkResult | None = None
    indicator: Indicator | None = None
    above: MatrixRole | None = None
    is_lost: bool = False

    @property
    def short(self):
        return self.heading if len(self.heading) <= SHORT else self.heading[: SHORT - 1].rstrip() + "…"

    def holds(self, role):
        if self.above is not None:
            return role.above_id == self.above.pk
        if self.indicator is not None and role.indicator_id == self.indicator.pk:
            return True
        if role.indicator_id is not None or role.above_id is not None:
            return False
        return role.heading == self.heading and (self.is_lost or role.result_id in (None, self.result.pk))


@dataclass
class Line:
    """One person of the matrix; `row` is None until something was stored."""

    employee: Employee
    post: str
    row: MatrixRow | None = None
    is_team: bool = True  # somebody the leader appraises today
    cells: list = field(default_factory=list)
    teams: list = field(default_factory=list)  # who leads the teams in which this person has a role

    @property
    def has_roles(self):
        return bool(self.teams) or any(cell.roles for cell in self.cells)


@dataclass
class Cell:
    column: Column
    roles: list


@dataclass
class Grid:
    columns: list
    lines: list

    @property
    def gaps(self):
        """The columns that nobody serves."""
        served = {cell.column.key for line in self.lines for cell in line.cells if cell.roles}
        return [column for column in self.columns if column.key not in served]

    @property
    def idle(self):
        """The people who serve nothing."""
        return [line for line in self.lines if not line.has_roles]


def leader_columns(plan_pk):
    """The indicators of a plan in its order; a result without one stands for itself. Two questions."""
    results = WorkResult.objects.filter(skp=plan_pk, withdrawn_on=None).prefetch_related("indicators")
    found = []
    for result in results:
        living = [one for one in result.indicators.all() if one.withdrawn_on is None]
        found += [
            Column(f"i{one.pk}", one.statement, target_words(one), result=result, indicator=one)
            for one in living
        ] or [Column(f"r{result.pk}", result.statement, result=result)]
    return found


def target_words(indicator):
    return target_in_words(indicator) if indicator.is_numeric else indicator.target_text


def team_columns(lead):
    """On the second level: what the leader of the team is to bring about."""
    return [Column(f"p{role.pk}", role.statement, above=role) for role in lead.roles.all()]


def with_lost(columns, rows):
    """The columns, and behind them one for each heading that the plan no longer has."""
    lost = {}
    for row in rows:
        for role in row.roles.all():
            if not any(column.holds(role) for column in columns):
                key = f"h{sha256(role.heading.encode()).hexdigest()[:10]}"
                lost[key] = Column(key, role.heading, is_lost=True)
    return [*columns, *lost.values()]


def stored_rows(matrix, lead=None):
    if matrix is None:
        return []
    rows = MatrixRow.objects.filter(matrix=matrix, lead=lead).select_related("employee", "consent_by")
    return list(rows.prefetch_related("roles__taken_as").order_by("employee__name", "pk"))


def grid_of(plan_pk, leader, matrix, *, lead=None):
    """The whole matrix of a leader, or of a leader of a team (`lead`) within it."""
    rows = stored_rows(matrix, lead)
    columns = team_columns(lead) if lead else with_lost(leader_columns(plan_pk), rows)
    today = timezone.localdate()
    team = list(with_work_on(subordinates_on(leader, today), today))
    by_person = {row.employee_id: row for row in rows}
    lines = []
    if lead is None:
        lines = [Line(person, post_words(person), by_person.pop(person.pk, None)) for person in team]
    team_keys = {person.pk for person in team}
    lines += [
        Line(row.employee, row.post_name, row, is_team=row.employee_id in team_keys)
        for row in by_person.values()
    ]
    teams = teams_of(matrix) if lead is None else {}
    for line in lines:
        line.teams = teams.get(line.employee.pk, [])
        roles = list(line.row.roles.all()) if line.row else []
        line.cells = [Cell(column, [role for role in roles if column.holds(role)]) for column in columns]
    return Grid(columns, sorted(lines, key=lambda line: (not line.is_team, line.employee.name)))


def teams_of(matrix):
    """{employee: [names of the leaders of his teams]} of those who have a role on the second level. One question."""
    members = MatrixRow.objects.filter(matrix=matrix, lead__isnull=False, roles__isnull=False)
    found = {}
    for employee, leader in members.values_list("employee", "lead__employee__name").distinct().order_by():
        found.setdefault(employee, []).append(leader)
    return found


def post_words(person):
    """The post of somebody found by `with_work_on`."""
    work = work_of(person)
    return work[0].post.name if work else ""
