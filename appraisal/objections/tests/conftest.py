import pytest
import time_machine

from appraisal.monitoring.tests.agreed_plan import moment

from . import scenes


@pytest.fixture(autouse=True)
def now():
    """Monday in the window of the third quarter; a test that needs another moment travels on."""
    with time_machine.travel(moment(scenes.NOW), tick=False) as traveller:
        yield traveller


@pytest.fixture
def plan(db, now):
    """(cast, skp, period) of a quarter in which "self" was not decided on yet."""
    return scenes.build_plan()
