import pytest

from .agreed_plan import at, build_plan


@pytest.fixture
def now():
    with at() as traveller:
        yield traveller


@pytest.fixture
def plan(now, db):
    """(cast, skp, period) on a day when the period is open."""
    return build_plan()
