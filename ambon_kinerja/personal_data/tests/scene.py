"""The cast of the access tests with one record of each kind, since this room is about all of them."""

import pytest

from agencies.access.tests.cast import build_cast
from appraisal.tests.records import build_records


@pytest.fixture
def cast(db):
    return build_cast()


@pytest.fixture
def records(cast):
    return build_records(cast)
