import pytest

from appraisal.monitoring.tests.agreed_plan import NOW, at

from .scenes import build_drafts


@pytest.fixture
def now():
    with at(NOW):
        yield


@pytest.fixture
def scene(db, now):
    """(cast, the open third quarter, the drafts of "self" and "peer")."""
    return build_drafts()


@pytest.fixture
def open_as(client, scene):
    def browser(person):
        client.force_login(scene[0][person])
        return client

    return browser
