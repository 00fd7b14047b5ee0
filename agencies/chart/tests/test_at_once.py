"""Twenty at once, each with his own connection: exactly one effect."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import OperationalError, connection

from agencies.chart import actions
from agencies.chart.carrying_out import EffectsChanged, carry_out
from agencies.chart.effects import look_ahead
from agencies.structure.actions import add_post
from agencies.structure.models import PostVersion, Reorganisation, Unit, UnitVersion
from agencies.structure.refusals import NotPossible
from agencies.structure.reorganising import STAY

from .city import City

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ON = date(2026, 7, 1)
MANY = 20


def at_once(act):
    """How many of MANY calls act(number) at the same time succeeded."""
    start = Barrier(MANY)

    def run(number):
        start.wait()
        try:
            act(number)
        except (
            NotPossible,
            EffectsChanged,
            OperationalError,
        ):  # OperationalError: waited too long for his turn
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(MANY) as pool:
        return sum(pool.map(run, range(MANY)))


def merger(city):
    def act():
        heads = {city.posts["catch-head"].pk: STAY}
        return actions.merge_units(
            [city.units["catch"]], into=city.units["sea"], on=ON, heads=heads, by=city.office, reason="Uji"
        )

    return act, look_ahead(act, ON).fingerprint


def carry(city, act, seen, key):
    return carry_out(
        act, kind="unit.merge", words="Gabung", on=ON, seen=seen, sending_key=key, by=city.office
    )


def test_twenty_clicks_on_the_same_preview_merge_once():
    city = City()
    act, seen = merger(city)

    at_once(lambda number: carry(city, act, seen, "one-key"))

    assert Reorganisation.objects.count() == 1
    assert UnitVersion.objects.known().filter(unit__code="catch").count() == 1
    assert Unit.objects.get(code="catch").successor == city.units["sea"]


def test_twenty_people_who_saw_the_same_preview_merge_once():
    city = City()
    act, seen = merger(city)

    done = at_once(lambda number: carry(city, act, seen, f"key-{number}"))

    assert done == 1
    assert Reorganisation.objects.count() == 1


def test_twenty_leading_posts_of_one_unit_leave_one():
    city = City()
    unit = actions.add_unit(
        parent=city.units["fish"], code="B", name="Bidang", kind="unit", on=date(2026, 1, 1), by="test"
    )

    done = at_once(
        lambda number: add_post(
            unit=unit,
            code=f"kepala-{number}",
            name="Kepala",
            kind="administrator",
            leads_unit=True,
            superior=city.posts["fish-head"],
            by="test",
        )
    )

    assert done == 1
    assert PostVersion.objects.known().filter(unit=unit, leads_unit=True).count() == 1
