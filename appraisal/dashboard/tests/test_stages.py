"""When a reminder is due, counted in working days."""

from datetime import date

import pytest

from appraisal.dashboard.reminding.stages import stages_reached

DUE = date(2027, 1, 29)  # a Friday
AFTER = {"person": 1, "appraiser": 3, "superior": 5}


def stages(day, *holidays):
    found = stages_reached(DUE, day, before=[7, 3, 1], after=AFTER, holidays=holidays)
    return [(stage.name, stage.days) for stage in found]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2027, 1, 19), []),
        (date(2027, 1, 20), [("before", 7)]),
        (date(2027, 1, 22), [("before", 7)]),
        (date(2027, 1, 23), []),  # a Saturday
        (date(2027, 1, 26), [("before", 3)]),
        (date(2027, 1, 28), [("before", 1)]),
        (date(2027, 1, 29), [("before", 1)]),
        (date(2027, 1, 30), []),
        (date(2027, 2, 1), [("person", 1)]),
        (date(2027, 2, 2), [("person", 1)]),
        (date(2027, 2, 3), [("person", 1), ("appraiser", 3)]),
        (date(2027, 2, 5), [("person", 1), ("appraiser", 3), ("superior", 5)]),
    ],
)
def test_the_nearest_stage_before_and_every_step_up_after(day, found):
    assert stages(day) == found


def test_an_added_holiday_brings_the_reminder_forward_and_puts_the_steps_up_off():
    assert stages(date(2027, 1, 19), date(2027, 1, 27)) == [("before", 7)]
    assert stages(date(2027, 2, 3), date(2027, 2, 2)) == [("person", 1)]
    assert stages(date(2027, 1, 27), date(2027, 1, 27)) == []
