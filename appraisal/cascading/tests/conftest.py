import pytest

from agencies.access.tests.cast import add_subordinate, build_cast
from appraisal.planning.tests.plans import a_plan, a_submitted_plan
from appraisal.rulebook.reference_data import fill


@pytest.fixture
def cast(db):
    fill()
    cast = build_cast()
    add_subordinate(cast)
    return cast


@pytest.fixture
def plan(cast):
    """The submitted plan of "appraiser", who leads "self" and "peer": two results with one indicator each."""
    return a_submitted_plan(cast["appraiser"], results=2)


@pytest.fixture
def mine(cast):
    """The draft of "self"."""
    return a_plan(cast["self"])
