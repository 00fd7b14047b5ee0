import pytest

from agencies.access.tests.cast import build_cast
from appraisal.rulebook.reference_data import fill


@pytest.fixture
def cast(db):
    fill()
    return build_cast()


@pytest.fixture
def browse(client, cast):
    def as_person(person):
        client.force_login(cast[person])
        return client

    return as_person
