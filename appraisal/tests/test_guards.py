"""Take one guard away and the access table notices; a new guard whose absence nobody would notice fails the build.

The row-level security is off here: it would hide most of what a scope lets through.
"""

import pytest
from django.test import TestCase

from .guards import guards, without
from .matrix import TABLE, Matrix, without_row_security

pytestmark = pytest.mark.django_db

# A second guard refuses the same requests: both are taken away together.
BACKED_UP = {}
# Not a door of any page in the table: {guard: why}.
NO_DOOR = {}


class Guards(Matrix):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        without_row_security()

    def first_wrong_cell(self, guard):
        own = f"{guard.partition('.')[0]}:"
        room = guard.split(".")[1]
        near_first = sorted(
            TABLE.items(), key=lambda item: (not item[0].startswith(own), room[:4] not in item[0])
        )
        with without(guard, *BACKED_UP.get(guard, ()), somebody=self.cast["outsider"]):
            for name, row in near_first:
                if row.get("public"):
                    continue
                for cell in self.cells(name, row, methods=("GET", "POST")):
                    if cell[2] not in cell[3]:
                        return name, *cell
        return None


def removing(guard):
    def check(self):
        assert self.first_wrong_cell(guard), (
            f"{guard} was taken away and no cell of agencies/access/access.yml changed. Add an address, a person or"
            " a record that shows it; or say in appraisal/tests/test_guards.py which other guard refuses the same"
            " (BACKED_UP), or that no page asks it (NO_DOOR)."
        )

    return check


GUARDS = guards()
for _name in GUARDS:
    if _name not in NO_DOOR:
        setattr(Guards, f"test_removing_{_name.replace('.', '_')}", removing(_name))


class TheList(TestCase):
    def test_what_is_said_of_guards_is_said_of_guards_that_exist(self):
        said = {*NO_DOOR, *BACKED_UP, *(name for others in BACKED_UP.values() for name in others)}

        assert said - set(GUARDS) == set()

    def test_a_guard_that_is_taken_away_comes_back(self):
        guard = GUARDS["agencies.access.scope.has_role"]
        code = guard.__code__
        with without("agencies.access.scope.has_role", somebody=None):
            assert guard(None) is True

        assert guard.__code__ is code
