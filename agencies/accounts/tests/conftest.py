import pytest

from .door import make_user


@pytest.fixture
def user(db):
    return make_user()


@pytest.fixture
def strict(settings):
    """The door as in production: second factors required, no session without a device."""
    settings.SECOND_FACTOR_REQUIRED = True
    settings.SESSION_NEEDS_DEVICE = True
