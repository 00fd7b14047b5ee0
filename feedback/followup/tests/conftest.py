import pytest
import time_machine

from .scene import NOW, build_service_of_clinic


@pytest.fixture
def scene(db):
    """(cast, service) on a day in the third quarter."""
    with time_machine.travel(NOW, tick=False):
        yield build_service_of_clinic()
