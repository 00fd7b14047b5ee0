import pytest

from appraisal.planning.models import Skp
from appraisal.planning.queries import plans_awaiting, values_with_expectations, visible_skps
from appraisal.planning.tests.plans import a_plan, a_submitted_plan, an_agreed_plan

pytestmark = pytest.mark.django_db

ALWAYS = {"self", "appraiser", "personnel_office", "unit_admin"}


def readers(cast, skp):
    return {person for person, user in cast.items() if visible_skps(user).filter(pk=skp.pk).exists()}


def test_a_draft_is_read_by_its_owner_his_appraiser_and_the_offices_of_his_unit(cast):
    assert readers(cast, a_plan(cast["self"])) == ALWAYS


def test_an_agreed_plan_is_also_read_by_the_inspector_and_the_appraisers_superior(cast):
    skp = an_agreed_plan(cast["self"], cast["appraiser"])

    assert readers(cast, skp) == ALWAYS | {"inspector", "superior"}


def test_whoever_agreed_a_plan_and_left_reads_it_no_longer_nor_does_his_superior(cast):
    skp = an_agreed_plan(cast["self"], cast["appraiser"])
    Skp.objects.update(appraiser=cast["former"].employee)

    assert readers(cast, skp) == ALWAYS | {"inspector", "superior"}


def test_plans_wait_for_todays_appraiser_only_while_they_are_submitted(cast):
    a_plan(cast["peer"])
    waiting = a_submitted_plan(cast["self"])

    found = {person for person, user in cast.items() if list(plans_awaiting(user)) == [waiting]}
    others = {person for person, user in cast.items() if plans_awaiting(user).exists()} - {"appraiser"}

    assert (found, others) == ({"appraiser"}, set())


def test_the_seven_values_come_in_order_with_what_is_expected_in_this_plan_only(cast):
    mine, other = a_plan(cast["self"]), a_plan(cast["peer"])
    other.expectations.create(value=values_with_expectations(other)[0], text="Milik orang lain")
    mine.expectations.create(value=values_with_expectations(mine)[2], text="Mengajar")

    assert [(value.position, value.expectation) for value in values_with_expectations(mine)] == [
        (number, "Mengajar" if number == 3 else None) for number in range(1, 8)
    ]
