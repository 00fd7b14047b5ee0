"""What the annexes print, in the words of the models where there are such; else in words of their own.

`audience`, `approach`, `kind`, `perspective`, `aspect`, `control` and `reporting` hold the keys of the models.
Every page is one of the regulation; `table` is the label of the table, e.g. "TABEL 4".
"""

from dataclasses import dataclass, field
from decimal import Decimal

from .targets import ExampleTarget


@dataclass(frozen=True)
class ExampleIndicator:
    statement: str
    target: ExampleTarget | None = None
    perspective: str = ""
    aspect: str = ""


@dataclass(frozen=True)
class ExampleResult:
    """One result of a plan, with the result and the indicator of the superior it is to move, where printed."""

    page: int
    kind: str
    statement: str
    assigned_by: str = ""
    superior_result: str = ""
    superior_indicator: str = ""
    indicators: tuple[ExampleIndicator, ...] = ()


@dataclass(frozen=True)
class ExampleAnnex:
    """Form A.1.8."""

    table: str
    title: str
    page: int
    resources: tuple[str, ...]
    accountability: tuple[str, ...]
    consequences: tuple[str, ...]


@dataclass(frozen=True)
class ExamplePlan:
    """Forms A.1.1, A.1.2, A.1.6 and A.1.7. `guides` and `expectations` are lines by the name of the value.

    `additional_note` stands where the form has no additional result yet.
    """

    table: str
    title: str
    form: str
    first_page: int
    last_page: int
    audience: str
    approach: str
    post: str
    unit: str
    appraiser_post: str
    appraiser_unit: str
    results: tuple[ExampleResult, ...]
    guides: dict[str, tuple[str, ...]]
    expectations: dict[str, tuple[str, ...]]
    annex: ExampleAnnex | None = None
    additional_note: str = ""

    @property
    def indicators(self):
        return tuple(indicator for result in self.results for indicator in result.indicators)


@dataclass(frozen=True)
class ExampleKinds:
    """The sixth step: which results of an employee are main ones, before they have indicators."""

    table: str
    title: str
    page: int
    post: str
    unit: str
    appraiser_post: str
    appraiser_unit: str
    results: tuple[ExampleResult, ...]
    additional_note: str = ""


@dataclass(frozen=True)
class ExampleManual:
    """Form A.1.3; definition and formula are the lines of the form."""

    table: str
    title: str
    first_page: int
    last_page: int
    owner: str
    result: str
    indicator: str
    purpose: str
    definition: tuple[str, ...]
    formula: tuple[str, ...]
    unit: str
    control: str
    source: str
    reporting: str


@dataclass(frozen=True)
class ExampleBlock:
    """Form A.1.4. `budget` is printed as a row of zeros."""

    table: str
    title: str
    first_page: int
    last_page: int
    initiative: str
    intervened: str
    owner: str
    parties: str
    deadline: str
    beneficiaries: str
    purpose: str
    budget: str
    routine_activities: tuple[str, ...]
    transformative_activities: tuple[str, ...]
    routine_milestones: tuple[str, ...]
    transformative_milestones: tuple[str, ...]


@dataclass(frozen=True)
class ExampleRole:
    """One row of a matrix: a cell of lines under each column, empty where the person has no role."""

    page: int
    post: str
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ExampleMatrix:
    """Form A.1.5."""

    table: str
    title: str
    heading: str
    first_page: int
    last_page: int
    leader: str
    columns: tuple[str, ...]
    roles: tuple[ExampleRole, ...]


@dataclass(frozen=True)
class ExampleGoalIndicator:
    """An indicator of a goal; where the regulation leaves one out, dots stand in its place."""

    statement: str
    target: str
    baseline: str = ""
    method: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class ExampleGoal:
    page: int
    statement: str
    indicators: tuple[ExampleGoalIndicator, ...]
    note: str = ""


@dataclass(frozen=True)
class ExampleBudget:
    name: str
    printed: str
    amount: Decimal


@dataclass(frozen=True)
class ExampleAgreement:
    """A performance agreement, or the strategic plan (`kind` "strategy") its goals come from."""

    table: str
    kind: str
    title: str
    first_page: int
    last_page: int
    unit: str
    first_year: int
    last_year: int
    goals: tuple[ExampleGoal, ...]
    budget: tuple[ExampleBudget, ...] = ()
    baseline_year: int | None = None


@dataclass(frozen=True)
class ExampleRegulation:
    """A line of the framework of regulations a ministry plans to finish."""

    page: int
    name: str
    responsible: str
    units: tuple[str, ...]
    target: str


@dataclass(frozen=True)
class ExampleRegulations:
    table: str
    title: str
    page: int
    regulations: tuple[ExampleRegulation, ...]


@dataclass(frozen=True)
class ExampleBox:
    """A box of a diagram or of a flow chart; arrows and places are not kept."""

    text: str = ""
    by: str = ""
    level: str = ""
    days: str = ""
    measures: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExampleChart:
    label: str
    title: str
    page: int
    boxes: tuple[ExampleBox, ...] = ()
    part: str = ""


@dataclass(frozen=True)
class ExampleStage:
    """One of the eight steps of planning, with the prose that stands before its tables."""

    number: int
    page: int
    title: str
    text: tuple[str, ...] = ()


@dataclass(frozen=True)
class Examples:
    """All of one annex. Plans are found by the name of the person's file, e.g. `plans["midwife"]`."""

    title: str
    page: int
    introduction: tuple[str, ...]
    stages: tuple[ExampleStage, ...]
    charts: tuple[ExampleChart, ...]
    agreements: tuple[ExampleAgreement, ...]
    plans: dict[str, ExamplePlan]
    manuals: tuple[ExampleManual, ...]
    blocks: tuple[ExampleBlock, ...]
    matrices: tuple[ExampleMatrix, ...]
    kinds: tuple[ExampleKinds, ...]
    regulations: ExampleRegulations | None = field(default=None)
