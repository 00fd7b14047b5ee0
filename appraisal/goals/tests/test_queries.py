"""Whose goals a leader plans from."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from agencies.access.tests.cast import build_cast
from agencies.people.actions import assign
from appraisal.goals.models import Goal, PerformanceAgreement
from appraisal.goals.queries import goals_for_leader, parties_on

YEAR = 2026


@pytest.fixture
def cast(db):
    return build_cast()


def an_agreement(cast, unit, *statements, year=YEAR):
    agreement = PerformanceAgreement.objects.create(unit=cast["self"].cast_units[unit], year=year)
    for position, statement in enumerate(statements, 1):
        Goal.objects.create(agreement=agreement, position=position, statement=statement)
    return agreement


def read(cast, person, day=date(YEAR, 3, 2)):
    return [goal.statement for goal in goals_for_leader(cast[person].employee, YEAR, day=day)]


def test_a_leader_plans_from_the_goals_of_the_unit_he_leads_in_their_order(cast):
    an_agreement(cast, "clinic", "Ibu hamil sehat", "Obat tersedia")
    an_agreement(cast, "clinic", "Tahun lalu", year=YEAR - 1)
    an_agreement(cast, "health", "Warga sehat")

    assert read(cast, "appraiser") == ["Ibu hamil sehat", "Obat tersedia"]
    assert read(cast, "superior") == ["Warga sehat"]


def test_who_leads_no_unit_has_no_goals(cast):
    an_agreement(cast, "clinic", "Ibu hamil sehat")

    assert read(cast, "self") == []


def test_on_an_earlier_day_the_goals_are_those_of_who_led_then(cast):
    an_agreement(cast, "clinic", "Ibu hamil sehat")

    assert read(cast, "former", day=date(2025, 12, 31)) == ["Ibu hamil sehat"]
    assert read(cast, "appraiser", day=date(2025, 12, 31)) == []


def test_who_acts_for_the_head_of_another_unit_plans_from_its_goals_too(cast):
    an_agreement(cast, "clinic", "Ibu hamil sehat")
    assign(
        cast["superior"].employee,
        post=cast["self"].cast_posts["appraiser"],
        start=date(YEAR, 2, 1),
        end=date(YEAR, 6, 1),
        kind="plt",
        by="test",
    )

    assert read(cast, "superior") == ["Ibu hamil sehat"]


def test_both_parties_follow_from_the_reporting_line(cast):
    today = timezone.localdate()

    head, post, above, above_post = parties_on(cast["self"].cast_units["clinic"], today)

    assert (head, above) == (cast["appraiser"].employee, cast["superior"].employee)
    assert (post, above_post) == ("Jabatan appraiser", "Jabatan superior")


def test_nobody_stands_above_the_head_of_the_city(cast):
    head, _, above, _ = parties_on(cast["self"].cast_units["city"], timezone.localdate() - timedelta(1))

    assert (head, above) == (cast["mayor"].employee, None)
