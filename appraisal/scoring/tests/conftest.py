import pytest

from appraisal.monitoring.tests.agreed_plan import build_plan
from appraisal.monitoring.tests.conftest import now

__all__ = ["now"]


@pytest.fixture
def decided(now, db):
    """(cast, skp, period, evaluation), made final by the appraiser."""
    from .finals import a_final

    return a_final()


@pytest.fixture
def plan(request, now, db):
    """(cast, skp, period) on a day when the period is open; those of `final` where a test asks for it."""
    return request.getfixturevalue("decided")[:3] if "decided" in request.fixturenames else build_plan()


@pytest.fixture
def final(decided):
    return decided[3]
