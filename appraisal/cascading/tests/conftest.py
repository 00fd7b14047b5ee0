import pytest

from agencies.access.tests.cast import add_subordinate
from ambon_kinerja.tests.remembered import remembered
from appraisal.planning.tests.conftest import cast_with_rules
from appraisal.planning.tests.plans import a_plan, a_submitted_plan


@remembered
def build_cast():
    cast = cast_with_rules()
    add_subordinate(cast)
    return cast


@remembered
def build_plan():
    cast = build_cast()
    return cast, a_submitted_plan(cast["appraiser"], results=2)


@pytest.fixture
def whole(db):
    return build_plan()


@pytest.fixture
def cast(request, db):
    return request.getfixturevalue("whole")[0] if "plan" in request.fixturenames else build_cast()


@pytest.fixture
def plan(whole):
    """The submitted plan of "appraiser", who leads "self" and "peer": two results with one indicator each."""
    return whole[1]


@pytest.fixture
def mine(cast):
    """The draft of "self"."""
    return a_plan(cast["self"])
