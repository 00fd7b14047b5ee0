from datetime import date

import pytest

from agencies.structure.actions import add_unit, end_unit
from agencies.structure.models import Unit
from agencies.structure.queries import agencies_of, agency_of, units_in_force_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    def add(code, parent, kind):
        return add_unit(
            parent=parent, kind=kind, code=code, name=code, valid_from=date(2026, 1, 1), by="test"
        )

    city = add("KOTA", None, Unit.Kind.CITY)
    agency = add("DINKES", city, Unit.Kind.AGENCY)
    clinic = add("PKM", agency, Unit.Kind.UNIT)
    ward = add("PKM-RANAP", clinic, Unit.Kind.UNIT)
    return city, agency, clinic, ward


def test_the_agency_of_a_unit_is_the_one_above_it(tree):
    city, agency, clinic, ward = tree

    assert [agency_of(unit) for unit in tree] == [None, agency, agency, agency]
    assert agencies_of(tree) == {city.pk: None, agency.pk: agency, clinic.pk: agency, ward.pk: agency}


def test_the_agency_costs_one_query_however_deep(tree, django_assert_num_queries):
    with django_assert_num_queries(1):
        agency_of(tree[3])
    with django_assert_num_queries(0):
        agency_of(tree[1])


def test_the_agencies_of_many_units_cost_one_query(tree, django_assert_num_queries):
    with django_assert_num_queries(1):
        agencies_of(tree[1:2])
    with django_assert_num_queries(1):
        agencies_of(tree)


def test_a_closed_unit_is_in_force_until_its_last_day(tree):
    ward = tree[3]

    end_unit(ward, last_day=date(2026, 6, 30), by="test")

    assert ward in units_in_force_on(date(2026, 6, 30))
    assert ward not in units_in_force_on(date(2026, 7, 1))
    assert ward not in units_in_force_on(date(2025, 12, 31))
