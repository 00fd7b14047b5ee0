from datetime import date, timedelta

import pytest

from agencies.people.actions import assign
from appraisal.monitoring.tests.agreed_plan import moment
from appraisal.scoring.actions import start_evaluation
from appraisal.scoring.rules import may_score

TERM = {"start": date(2026, 9, 20), "end": date(2026, 9, 25)}


@pytest.mark.parametrize(
    ("time", "allowed"),
    [
        ("2026-09-14T23:59:59+09:00", False),
        ("2026-09-15T00:00:00+09:00", True),
        ("2026-10-10T23:59:59+09:00", True),
        ("2026-10-11T00:00:00+09:00", False),
        ("2026-10-11T00:00:01+09:00", False),
    ],
)
def test_the_window_is_exact_to_the_second_in_wit(plan, now, time, allowed):
    cast, skp, period = plan

    now.move_to(moment(time))

    assert may_score(cast["appraiser"], skp, period=period) is allowed


@pytest.mark.parametrize(
    ("day", "holder", "plt"),
    [
        ("2026-09-19", True, False),
        ("2026-09-20", False, True),
        ("2026-09-24", False, True),
        ("2026-09-25", True, False),
    ],
)
def test_a_plt_scores_only_during_his_term_and_the_holder_only_outside_it(plan, now, day, holder, plt):
    cast, skp, period = plan
    assign(cast["former"].employee, post=cast["self"].cast_posts["appraiser"], kind="plt", by="test", **TERM)

    now.move_to(moment(f"{day}T12:00:00+09:00"))

    assert may_score(cast["appraiser"], skp, period=period) is holder
    assert may_score(cast["former"], skp, period=period) is plt


def test_who_takes_over_as_plt_goes_on_with_the_same_draft(plan, now):
    cast, skp, period = plan
    draft = start_evaluation(skp, period=period, by=cast["appraiser"])
    assign(cast["former"].employee, post=cast["self"].cast_posts["appraiser"], kind="plt", by="test", **TERM)
    now.move_to(moment("2026-09-22T12:00:00+09:00"))

    again = start_evaluation(skp, period=period, by=cast["former"])

    assert again == draft


def test_nobody_scores_himself_even_as_plt_of_his_own_superior(plan, now):
    cast, skp, period = plan
    assign(cast["self"].employee, post=cast["self"].cast_posts["appraiser"], kind="plt", by="test", **TERM)

    now.move_to(moment("2026-09-22T12:00:00+09:00"))

    assert not may_score(cast["self"], skp, period=period)


def test_a_plan_that_is_not_agreed_is_not_scored(plan):
    cast, skp, period = plan
    skp.state = "submitted"

    assert not may_score(cast["appraiser"], skp, period=period)


@pytest.mark.parametrize("moved", [{"ends_on": -1}, {"starts_on": 1}])
def test_a_period_whose_last_day_is_outside_of_the_plan_is_refused(plan, moved):
    cast, skp, period = plan
    for name, days in moved.items():
        setattr(skp, name, period.ends_on + timedelta(days))

    assert not may_score(cast["appraiser"], skp, period=period)
