import pytest

from .cast import build_cast


@pytest.fixture
def cast(db):
    return build_cast()


@pytest.fixture
def browse(client, cast):
    def as_person(person):
        client.force_login(cast[person])
        return client

    return as_person
