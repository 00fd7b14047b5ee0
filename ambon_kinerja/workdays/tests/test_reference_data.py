import pytest

from ambon_kinerja.workdays.known_holidays import KNOWN_HOLIDAYS
from ambon_kinerja.workdays.models import Holiday
from ambon_kinerja.workdays.reference_data import fill

pytestmark = pytest.mark.django_db


def test_an_empty_calendar_is_filled_and_marked_provisional():
    assert fill() == len(KNOWN_HOLIDAYS)

    christmas = Holiday.objects.get(name="Kelahiran Yesus Kristus", day__year=2026)
    assert (christmas.is_day_off, christmas.is_provisional, christmas.scope) == (True, True, "national")
    assert Holiday.objects.get(name="Hari Ulang Tahun Kota Ambon", day__year=2026).is_day_off is False


def test_filling_again_brings_back_nothing_that_was_edited_or_removed():
    fill()
    Holiday.objects.filter(name="Kelahiran Yesus Kristus").update(name="Natal", is_day_off=False)
    Holiday.objects.filter(name="Hari Pattimura").delete()
    before = list(Holiday.objects.values())

    assert fill() == 0

    assert list(Holiday.objects.values()) == before
