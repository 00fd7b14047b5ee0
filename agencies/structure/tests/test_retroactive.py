"""Who is told when the past is recorded anew."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from agencies.chart.tests.city import LONG_AGO, build_city
from agencies.people.assigning import (
    assign,
    correct_assignment,
    end_assignment,
    end_exception,
    end_state,
    enter_state,
    except_appraiser,
    move,
    withdraw_assignment,
)
from agencies.people.models import Assignment
from agencies.people.tests.organisation import make_employee
from agencies.structure.actions import change_post, change_unit, end_post
from agencies.structure.refusals import NotPossible
from agencies.structure.reorganising import move_unit
from agencies.structure.retroactive import tell_of_change

pytestmark = pytest.mark.django_db
THEN, LATER = date(2025, 3, 1), date(2025, 6, 1)
told = []


def hook(*, first_day, until, by, reason):
    told.append((first_day, until, by, reason))


@pytest.fixture
def city(db, settings):
    city = build_city()
    settings.RETROACTIVE_CHANGE = f"{__name__}.hook"
    told.clear()
    return city


def held(city, person):
    return Assignment.objects.known().get(employee=city.people[person])


def test_a_change_of_a_unit_or_post_in_the_past_is_told(city):
    change_unit(city.units["sea"], on=THEN, name="Bidang Samudra", reason="Ralat", by="test")
    change_post(city.posts["sea-staff"], on=THEN, until=LATER, name="Pengelola", decree="188/1", by="test")
    end_post(city.posts["sea-staff"], last_day=LATER, reason="Berakhir", by="test")
    move_unit(city.units["market"], parent=city.units["fish"], on=THEN, reason="Pindah", by="test")

    assert told == [
        (THEN, None, "test", "Ralat"),
        (THEN, LATER, "test", "188/1"),
        (LATER + timedelta(days=1), None, "test", "Berakhir"),
        (THEN, None, "test", "Pindah"),
    ]


def test_what_begins_today_or_later_is_not_told(city):
    today = timezone.localdate()
    change_unit(city.units["sea"], on=today, name="Bidang Samudra", by="test")
    end_assignment(held(city, "lala"), last_day=today, by="test")

    assert told == []


def test_without_a_name_in_the_settings_nobody_is_told(city, settings):
    settings.RETROACTIVE_CHANGE = ""
    change_unit(city.units["sea"], on=THEN, name="Bidang Samudra", by="test")

    assert told == []


def test_assignments_in_the_past_are_told_with_the_days_they_change(city):
    new = assign(make_employee(), post=city.posts["sea-staff"], start=THEN, end=LATER, by="test", reason="a")
    end_assignment(held(city, "lala"), last_day=LATER, by="test", reason="b")
    new = correct_assignment(new, by="test", reason="c", start=date(2025, 2, 1))
    new = correct_assignment(new, by="test", reason="d", kind="additional")
    new = correct_assignment(new, by="test", reason="only the number", decree="821/2")
    withdraw_assignment(new, by="test", reason="e")

    assert told == [
        (THEN, LATER, "test", "a"),
        (LATER + timedelta(days=1), None, "test", "b"),
        (date(2025, 2, 1), THEN, "test", "c"),
        (date(2025, 2, 1), LATER, "test", "d"),
        (date(2025, 2, 1), LATER, "test", "e"),
    ]


def test_a_move_a_state_and_an_exception_in_the_past_are_told(city):
    move(city.people["lala"], post=city.posts["catch-staff"], start=THEN, by="test", reason="a")
    state = enter_state(city.people["lina"], kind="cltn", start=THEN, by="test", reason="b")
    end_state(state, last_day=LATER, by="test", reason="c")
    rule = except_appraiser(
        kind="delegated",
        employee=city.people["pipi"],
        appraiser=city.people["dodi"],
        start=THEN,
        by="test",
        reason="d",
    )
    end_exception(rule, last_day=THEN - timedelta(days=1), by="test", reason="e")

    assert told == [
        (THEN, None, "test", "a"),
        (THEN, None, "test", "a"),
        (THEN, None, "test", "b"),
        (LATER + timedelta(days=1), None, "test", "c"),
        (THEN, None, "test", "d"),
        (THEN, None, "test", "e"),
    ]


def refuse(**change):
    raise NotPossible("Kasus itu tidak dapat dibuka.")


def test_when_the_hook_refuses_the_change_is_undone(city, settings):
    settings.RETROACTIVE_CHANGE = f"{__name__}.refuse"

    with pytest.raises(NotPossible):
        change_unit(city.units["sea"], on=THEN, name="Bidang Samudra", by="test")

    assert city.units["sea"].versions.on(THEN).get().name == "Bidang Laut"


@pytest.mark.django_db(transaction=True)
def test_the_hook_is_never_called_outside_a_transaction(settings):
    settings.RETROACTIVE_CHANGE = f"{__name__}.hook"

    with pytest.raises(RuntimeError):
        tell_of_change(LONG_AGO, None, by="test", reason="")
