import pytest

from agencies.access.tests.cast import build_cast
from ambon_kinerja.tests.remembered import remembered
from appraisal.rulebook.reference_data import fill


@remembered
def cast_with_rules():
    fill()
    return build_cast()


@pytest.fixture
def cast(db):
    return cast_with_rules()


@pytest.fixture
def browse(client, cast):
    def as_person(person):
        client.force_login(cast[person])
        return client

    return as_person
