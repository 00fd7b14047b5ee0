"""The cast is who the access table says it is."""

from datetime import date

import pytest

from agencies.people.reporting_line import appraiser_on, superior_of_appraiser_on

from .cast import build_cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def test_the_line_above_self_is_appraiser_then_superior():
    cast = build_cast()
    me = cast["self"].employee

    assert appraiser_on(me, TODAY) == cast["appraiser"].employee
    assert superior_of_appraiser_on(me, TODAY) == cast["superior"].employee


def test_former_was_the_appraiser_last_year():
    cast = build_cast()

    assert appraiser_on(cast["self"].employee, date(2025, 6, 1)) == cast["former"].employee
