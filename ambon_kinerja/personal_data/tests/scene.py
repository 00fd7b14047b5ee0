"""The cast of the access tests with one record of each kind, since this room is about all of them."""

import pytest

from agencies.access.tests.cast import build_cast
from ambon_kinerja.tests.remembered import remembered
from appraisal.tests.records import build_records


@remembered
def build_everything():
    """The cast, and {name: key} of their records."""
    cast = build_cast()
    return cast, build_records(cast)


@pytest.fixture
def everything(db):
    return build_everything()


@pytest.fixture
def cast(db, request):
    has_records = "records" in request.fixturenames
    return request.getfixturevalue("everything")[0] if has_records else build_cast()


@pytest.fixture
def records(everything):
    return everything[1]
