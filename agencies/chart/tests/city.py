"""A small city for the tests of the chart: two agencies, a division in each, their people and two readers."""

from datetime import date

import pytest

from agencies.access.actions import grant_role
from agencies.access.roles import Role
from agencies.people.actions import open_account
from agencies.people.assigning import assign
from agencies.people.tests.organisation import make_employee
from agencies.structure.actions import add_post, add_unit
from ambon_kinerja.tests.remembered import remembered

LONG_AGO = date(2020, 1, 1)
TODAY = date(2026, 7, 1)  # set by the fixture `today` in tests that depend on it

# (key, parent, kind, name)
UNITS = (
    ("city", None, "city", "Kota Ambon"),
    ("fish", "city", "agency", "Dinas Perikanan"),
    ("catch", "fish", "unit", "Bidang Tangkap"),
    ("sea", "fish", "unit", "Bidang Laut"),
    ("trade", "city", "agency", "Dinas Perdagangan"),
    ("market", "trade", "unit", "Bidang Pasar"),
)
# (key, unit, kind, name, leads, superior)
POSTS = (
    ("mayor", "city", "kepala_daerah", "Wali Kota", True, None),
    ("fish-head", "fish", "jpt", "Kepala Dinas Perikanan", True, "mayor"),
    ("catch-head", "catch", "administrator", "Kepala Bidang Tangkap", True, "fish-head"),
    ("catch-staff", "catch", "pelaksana", "Pengelola Tangkap", False, "catch-head"),
    ("sea-head", "sea", "administrator", "Kepala Bidang Laut", True, "fish-head"),
    ("sea-staff", "sea", "pelaksana", "Pengelola Laut", False, "sea-head"),
    ("trade-head", "trade", "jpt", "Kepala Dinas Perdagangan", True, "mayor"),
    ("market-head", "market", "administrator", "Kepala Bidang Pasar", True, "trade-head"),
    ("market-staff", "market", "pelaksana", "Pengelola Pasar", False, "market-head"),
)
# (key, name, post); more than one may hold an executive post
PEOPLE = (
    ("mayor", "Wali Bayu", "mayor"),
    ("fina", "Fina Kepala", "fish-head"),
    ("tono", "Tono Kabid", "catch-head"),
    ("tara", "Tara Staf", "catch-staff"),
    ("tiwi", "Tiwi Staf", "catch-staff"),
    ("lina", "Lina Kabid", "sea-head"),
    ("lala", "Lala Staf", "sea-staff"),
    ("dodi", "Dodi Kepala", "trade-head"),
    ("pina", "Pina Kabid", "market-head"),
    ("pipi", "Pipi Staf", "market-staff"),
)


class City:
    """`units`, `posts` and `people` by key; `office`: a user of the personnel office, `clerk`: an employee's."""

    def __init__(self):
        self.units, self.posts, self.people = {}, {}, {}
        for key, parent, kind, name in UNITS:
            self.units[key] = add_unit(
                parent=self.units.get(parent), kind=kind, code=key, name=name, valid_from=LONG_AGO, by="test"
            )
        for key, unit, kind, name, leads, superior in POSTS:
            self.posts[key] = add_post(
                unit=self.units[unit],
                code=key,
                name=name,
                kind=kind,
                leads_unit=leads,
                superior=self.posts.get(superior),
                by="test",
            )
        for key, name, post in PEOPLE:
            self.people[key] = make_employee(name)
            assign(self.people[key], post=self.posts[post], start=LONG_AGO, by="test")
        self.office = open_account(email="kantor@contoh.test", name="Kantor Kepegawaian", by="test")
        grant_role(
            self.office,
            role=Role.PERSONNEL_OFFICE,
            unit=self.units["city"],
            start=LONG_AGO,
            by="test",
            reason="SK",
        )
        self.clerk = open_account(
            email="lala@contoh.test", name="Lala", employee=self.people["lala"], by="test"
        )


@remembered
def build_city():
    return City()


@pytest.fixture
def city(db):
    return build_city()
