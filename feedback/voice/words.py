"""The answers of this room: plain facts with their sample and interval, as they may be told, and no others."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class ServiceLine:
    """One service in one quarter. `index`, `low`, `high` are None where too few answered; `grade` "" below 30."""

    key: int
    slug: str
    name: str
    unit: str
    quarter: object
    respondents: int
    headline: str
    explanation: str
    index: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    grade: str = ""
    is_final: bool = False
    lowest: tuple = ()  # (element, index)

    @property
    def may_be_cited(self):
        return self.index is not None and self.low is not None


@dataclass(frozen=True)
class CommentLine:
    """What the released comments of one service speak about."""

    key: int
    name: str
    comments: int
    themes: tuple
    praise: tuple


@dataclass(frozen=True)
class ComplaintLine:
    """The published complaint figures of the agency in a quarter; None is "too few to be told"."""

    quarter: str
    code: str
    agency: str
    received: int | None
    answered: int | None
    in_time_share: int | None
    satisfaction: object


@dataclass(frozen=True)
class ServiceEvidence:
    services: tuple = ()
    comments: tuple = ()
    complaints: tuple = ()

    @property
    def is_empty(self):
        return not (self.services or self.comments or self.complaints)


@dataclass(frozen=True)
class CounterLine:
    """One term of duty at a counter in a locked quarter: an interval pulled to the mean of the unit, and nothing else.

    At least ten citizens answered on at least three days of service; how many is not told.
    """

    key: int
    service: str
    counter: str
    quarter: object
    low: int
    high: int


@dataclass(frozen=True)
class Outcome:
    """A complaint about conduct that was substantiated after the officer could speak."""

    text: str
    decided_on: date
    reply: str


@dataclass(frozen=True)
class PersonEvidence:
    counters: tuple = ()
    colleagues: tuple = ()  # colleagues.queries.Released
    outcomes: tuple = ()

    @property
    def is_empty(self):
        return not (self.counters or self.colleagues or self.outcomes)
