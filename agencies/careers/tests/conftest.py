import pytest

from .scene import build_city


@pytest.fixture
def city():
    return build_city()
