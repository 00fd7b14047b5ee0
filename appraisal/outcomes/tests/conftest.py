import pytest
import time_machine

from .scene import NOW, build_scene


@pytest.fixture
def scene(db):
    """A midwife (Mahir, III/a) of a clinic on a day of February 2026, when 2025 has been appraised."""
    with time_machine.travel(NOW, tick=True):
        yield build_scene()


@pytest.fixture
def browse(client, scene):
    def as_person(person):
        client.force_login(scene.cast[person])
        return client

    return as_person
