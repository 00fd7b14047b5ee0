import pytest

from appraisal.monitoring.tests.agreed_plan import NOW, at, build_plan


@pytest.fixture
def now():
    with at(NOW):
        yield


@pytest.fixture
def city(db, now):
    """(cast, units by short name, the open third quarter)."""
    cast, _, period = build_plan()
    return cast, cast["self"].cast_units, period
