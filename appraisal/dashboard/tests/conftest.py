import pytest
import time_machine

from appraisal.reports.tests.agency import build_city

WHILE_OPEN = "2026-10-05T09:00:00+09:00"


@pytest.fixture
def city(db):
    """A city on a day when the third quarter is being appraised, until the end of 10 October."""
    with time_machine.travel(WHILE_OPEN, tick=True):
        yield build_city()
