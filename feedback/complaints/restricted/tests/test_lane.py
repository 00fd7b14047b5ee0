"""Who handles a complaint about an officer, and for whom it does not exist."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.access.actions import grant_role
from agencies.access.roles import Role
from agencies.access.tests.cast import LONG_AGO, add_person, add_subordinate, build_cast
from agencies.people.actions import assign
from ambon_kinerja.notices.models import Notice
from feedback.complaints.restricted.models import RestrictedCase
from feedback.complaints.restricted.queries import handlers_of, visible_cases

from .scene import LANE, a_case, carry, recognised

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    cast = build_cast()
    add_subordinate(cast)
    return cast


def seen_by(cast):
    return {name for name, user in cast.items() if visible_cases(user).exists()}


def give(cast, name, role, unit="city"):
    grant_role(
        cast[name], role=role, unit=cast["self"].cast_units[unit], start=LONG_AGO, by="test", reason="uji"
    )


def test_only_the_inspector_and_the_manager_above_the_unit_find_the_case(cast):
    carry(cast, "received")

    assert seen_by(cast) == set(LANE)


def test_before_the_officer_is_known_only_the_city_looks(cast):
    a_case(cast)

    assert seen_by(cast) == {"inspector"}


@pytest.mark.parametrize("name", ["self", "peer", "subordinate", "appraiser", "superior", "mayor"])
@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.COMPLAINT_MANAGER])
def test_no_role_of_the_lane_opens_it_to_the_named_his_line_or_his_colleagues(cast, name, role):
    carry(cast, "received")
    give(cast, name, role)

    assert name not in seen_by(cast)


def test_the_manager_of_complaints_of_the_officers_own_unit_does_not_handle_it(cast):
    give(cast, "outsider", Role.COMPLAINT_MANAGER, "clinic")
    carry(cast, "received")

    assert "outsider" not in seen_by(cast)


def test_who_is_also_admin_over_the_officers_unit_does_not_handle_it(cast):
    carry(cast, "received")
    give(cast, "complaint_manager", Role.UNIT_ADMIN, "health")

    assert seen_by(cast) == {"inspector"}


def test_whose_own_name_the_citizen_wrote_does_not_see_it_before_it_is_clear_who_is_meant(cast):
    inspector = cast["inspector"]
    inspector.name = "Rina Tuasela"
    inspector.save()
    a_case(cast, named="Ibu RINA di loket")

    assert seen_by(cast) == set()


def test_who_works_in_the_branch_of_the_unit_does_not_see_it_before_it_is_clear_who_is_meant(cast):
    for name in ("superior", "appraiser", "peer", "unit_admin"):
        give(cast, name, Role.INSPECTOR)
    give(cast, "stranger", Role.INSPECTOR)
    a_case(cast)

    assert seen_by(cast) == {"inspector", "stranger"}


def test_the_ties_are_those_of_the_day(cast):
    case = carry(cast, "received")
    new = add_person("baru", 40)
    cast["baru"] = new
    give(cast, "baru", Role.INSPECTOR)
    assert "baru" in seen_by(cast)

    assign(new.employee, post=cast["self"].cast_posts["peer"], start=timezone.localdate(), by="test")

    assert "baru" not in seen_by(cast)
    assert new not in handlers_of(case)


def test_a_role_that_ended_finds_nothing(cast):
    carry(cast, "received")
    grant = cast["inspector"].role_grants.get()
    type(grant).objects.filter(pk=grant.pk).update(term=(LONG_AGO, timezone.localdate()))

    assert seen_by(cast) == {"complaint_manager"}


def test_only_those_who_may_handle_it_are_told_and_the_notice_names_nobody(cast):
    carry(cast, "received")

    told = Notice.objects.filter(path__contains="laporan-perilaku")
    assert {notice.recipient for notice in told} == {cast[name] for name in LANE}
    assert not any("Self" in f"{notice.subject}{notice.body}" for notice in told)


def test_recognising_the_officer_takes_the_case_from_who_is_too_close(cast):
    case = a_case(cast)
    give(cast, "stranger", Role.INSPECTOR)
    recognised(cast, case, "acting")  # who stands below "stranger"

    assert seen_by(cast) == {"inspector"}


def test_the_scope_asks_no_more_for_many_cases_than_for_one(cast):
    carry(cast, "received")
    list(visible_cases(cast["complaint_manager"]))
    with CaptureQueriesContext(connection) as one:
        list(visible_cases(cast["complaint_manager"]))
    for number in range(5):
        carry(cast, "received", key=f"k{number}")
    with CaptureQueriesContext(connection) as many:
        assert len(visible_cases(cast["complaint_manager"])) == 6

    assert len(one) == len(many)
    assert RestrictedCase.objects.count() == 6
