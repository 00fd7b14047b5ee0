from datetime import date

import pytest

from appraisal.monitoring.tests.agreed_plan import at, build_plan
from feedback.citizens.reference_data import fill
from feedback.services.actions import add_service

from .scene import Scene


@pytest.fixture
def scene(db):
    """The agreed plan of "self", an open quarter, and a service of his unit that citizens answered."""
    with at():
        cast, skp, period = build_plan()
        fill()
        service = add_service(unit=skp.unit, name="Pelayanan ibu", slug="pelayanan-ibu", by="test")
        scene = Scene(cast, skp, period, service)
        scene.answered(24)
        scene.answered(12, day=date(2026, 7, 13))  # a running quarter is shown in steps of ten
        yield scene
