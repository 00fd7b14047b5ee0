from datetime import date

import pytest
from django.db import IntegrityError

from agencies.access.actions import end_role, grant_role
from agencies.access.roles import Role
from agencies.access.scope import has_role
from agencies.people.actions import open_account
from agencies.structure.actions import add_unit
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.lifecycle.steps import StepRefused

pytestmark = pytest.mark.django_db
START = date(2026, 1, 1)


@pytest.fixture
def city():
    return add_unit(parent=None, kind="city", code="KOTA", name="Kota", valid_from=START, by="test")


@pytest.fixture
def user():
    return open_account(email="a@contoh.test", name="A", by="test")


def grant(user, city, **changes):
    return grant_role(
        user,
        **{"role": Role.INSPECTOR, "unit": city, "start": START, "by": "seed", "reason": "SK 1"} | changes,
    )


def test_a_role_counts_from_its_first_day_to_the_day_before_its_end(user, city):
    grant(user, city, end=date(2026, 7, 1))

    days = [date(2025, 12, 31), START, date(2026, 6, 30), date(2026, 7, 1)]
    assert [has_role(user, Role.INSPECTOR, day=day) for day in days] == [False, True, True, False]
    assert not has_role(user, Role.PERSONNEL_OFFICE, day=START)


def test_nobody_gives_himself_a_role(user, city):
    with pytest.raises(IntegrityError, match="a_person_gives_a_role_with_a_second_one"):
        grant(user, city, by=user)


def test_ending_a_role_takes_effect_the_same_day(user, city):
    given = grant(user, city)

    end_role(given, by="test", reason="Pindah tugas", on=date(2026, 3, 1))

    assert has_role(user, Role.INSPECTOR, day=date(2026, 2, 28))
    assert not has_role(user, Role.INSPECTOR, day=date(2026, 3, 1))


def test_a_role_can_be_ended_before_it_begins(user, city):
    given = grant(user, city)

    end_role(given, by="test", reason="Batal", on=date(2025, 12, 1))

    assert not has_role(user, Role.INSPECTOR, day=START)


@pytest.mark.parametrize(("others", "may_end"), [(1, False), (2, True)])
def test_two_at_least_keep_access_of_the_city_or_nobody_could_give_a_right_again(user, city, others, may_end):
    keeper = grant(user, city, role=Role.SYSTEM_ADMIN)
    for number in range(others):
        other = open_account(email=f"{number}@contoh.test", name="B", by="test")
        grant(other, city, role=Role.PERSONNEL_OFFICE)

    if may_end:
        assert end_role(keeper, by=user, reason="Pindah", on=START).term.upper == START
    else:
        with pytest.raises(StepRefused, match="sedikitnya dua orang"):
            end_role(keeper, by=user, reason="Pindah", on=START)
        assert has_role(user, Role.SYSTEM_ADMIN, day=START)


def test_giving_and_ending_are_in_the_trail(user, city):
    end_role(grant(user, city), by=user, reason="Pindah tugas", on=date(2026, 3, 1))

    trail = AuditEvent.objects.order_by("position").values_list("action", "actor")
    assert list(trail)[-3:] == [
        ("role.grant", "seed"),
        ("account.end_sessions", "seed"),
        ("role.end", f"user:{user.pk}"),
    ]
