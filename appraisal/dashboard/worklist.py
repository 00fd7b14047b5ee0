"""The start page of one person: the lines of all rooms in the order of their days, and how far his unit is."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from ambon_kinerja.charts import in_words
from ambon_kinerja.workdays.words import day_words
from appraisal.cycle.work import in_order, told_late

from . import queries
from .lines import OFFICES


@dataclass(frozen=True)
class Progress:
    """How far a whole unit is: `done` of `all`."""

    label: str
    done: int
    all: int
    period: str

    @property
    def words(self):
        return f"{in_words(self.done)} dari {in_words(self.all)}"


@dataclass(frozen=True)
class Desk:
    """Everything the start page shows to one person."""

    tasks: list
    progress: list
    unit_names: str
    has_person: bool
    has_role: bool


def desk_of(user, now=None):
    """The desk of `user` at `now`: one function of each room that is named in settings.WORK_LISTS."""
    facts = queries.facts_of(user, now)
    today = timezone.localdate(facts.now)
    items = [item for name in settings.WORK_LISTS for item in import_string(name)(user, today)]
    return Desk(
        tasks=[told_late(item, today, day_words) for item in in_order(items)],
        progress=progress_of(facts),
        unit_names=", ".join(grant.unit.name for grant in facts.grants if grant.role in OFFICES),
        has_person=facts.person is not None,
        has_role=bool(facts.grants),
    )


def progress_of(facts):
    """Of the units a person keeps as an office; counted with the lines of this room."""
    found, period = facts.found, facts.period
    if "staff" not in found:
        return []
    return [
        Progress("SKP disepakati", found["agreed"], found["staff"], str(period.year)),
        Progress("Penilaian ditetapkan", found["final"], found["staff"], str(period)),
    ]
