import pytest

from appraisal.planning.tests.conftest import cast_with_rules


@pytest.fixture
def cast(db):
    return cast_with_rules()


@pytest.fixture
def browse(client, cast):
    def as_person(person):
        client.force_login(cast[person])
        return client

    return as_person
