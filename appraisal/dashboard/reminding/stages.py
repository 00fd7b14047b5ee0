"""At which stage a duty is on a day: how many working days before its deadline, or how far up after it. Pure."""

from dataclasses import dataclass

from ambon_kinerja.workdays.calendar import is_working_day, working_days_between

BEFORE, PERSON, APPRAISER, SUPERIOR = "before", "person", "appraiser", "superior"
UPWARDS = (PERSON, APPRAISER, SUPERIOR)


@dataclass(frozen=True)
class Stage:
    """`days` are the working days of the rule: 7 before, or 3 after."""

    name: str
    days: int


def stages_reached(due, today, *, before, after, holidays):
    """The stages of a duty due on `due` that count on `today`; none on a day off.

    Before: the nearest of `before` that has been reached, so that a day on which nothing was sent is made good on the
    next. After: each of `after` ({person, appraiser, superior}) whose days have passed.
    """
    if not is_working_day(today, holidays=holidays):
        return []
    if today <= due:
        left = working_days_between(today, due, holidays=holidays)
        reached = [days for days in before if left <= days]
        return [Stage(BEFORE, min(reached))] if reached else []
    passed = working_days_between(due, today, holidays=holidays)
    return [Stage(name, after[name]) for name in UPWARDS if passed >= after[name]]
