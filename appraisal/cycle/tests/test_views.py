from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.access.tests.cast import build_cast
from appraisal.cycle.actions import plan_period
from appraisal.cycle.models import Period

pytestmark = pytest.mark.django_db

LIST = reverse("appraisal:period-list")
ADD = reverse("appraisal:period-add")
RIGHT = {"year": "2026", "number": "3", "first_day": "2026-09-20", "last_day": "15-10-2026"}
MOVE = {"what": "move", "first_day": "2026-09-20", "last_day": "2026-10-31", "reason": "Listrik padam"}


@pytest.fixture
def cast(db):
    return build_cast()


@pytest.fixture
def office(client, cast):
    client.force_login(cast["personnel_office"])
    return client


def wit(*parts):
    return timezone.make_aware(datetime(*parts))


def a_period(number=3):
    opens = wit(2026, 3 * number, 20)
    return plan_period(
        year=2026, number=number, opens_at=opens, closes_at=opens + timedelta(days=10), by="test"
    )


def change(period):
    return reverse("appraisal:period-change", args=[period.pk])


def test_everybody_reads_the_periods_and_only_the_personnel_office_finds_the_rest(client, cast):
    period, found = a_period(), {}
    for person, user in cast.items():
        client.force_login(user)
        found[person] = [client.get(path).status_code for path in (LIST, ADD, change(period))]
        found[person] += [client.post(path, {}).status_code for path in (ADD, change(period))]

    assert found == {person: [200, 404, 404, 404, 404] for person in cast} | {
        "personnel_office": [200, 200, 200, 422, 422]
    }


def test_the_list_offers_changes_only_to_the_personnel_office(client, cast, office):
    a_period()
    offered = "Ubah<span" in office.get(LIST).content.decode()
    client.force_login(cast["self"])

    assert (offered, "Ubah<span" in client.get(LIST).content.decode()) == (True, False)


def test_a_quarter_is_open_from_the_first_hour_of_one_day_to_the_last_of_the_other(office):
    answer = office.post(ADD, RIGHT)

    period = Period.objects.get()
    assert answer["Location"] == LIST
    assert (period.opens_at, period.closes_at) == (wit(2026, 9, 20), wit(2026, 10, 16))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"year": ""}, "Isi tahun antara 2022 dan 2099."),
        ({"year": "1e9"}, "Isi tahun antara 2022 dan 2099."),
        ({"year": "2100"}, "Isi tahun antara 2022 dan 2099."),
        ({"number": ""}, "Pilih triwulan."),
        ({"number": "5"}, "Pilih triwulan."),
        ({"first_day": ""}, "Isi hari pertama penilaian."),
        ({"first_day": "31-02-2026"}, "Tulis tanggal seperti 31-12-2026."),
        ({"last_day": "besok"}, "Tulis tanggal seperti 31-12-2026."),
        ({"last_day": "0001-01-01"}, "Isi tanggal antara tahun 2022 dan 2099."),
        ({"last_day": "9999-12-31"}, "Isi tanggal antara tahun 2022 dan 2099."),
        ({"last_day": "2026-09-19"}, "Hari terakhir tidak boleh sebelum hari pertama."),
        ({"first_day": "2026-06-30"}, "Penilaian tidak bisa dibuka sebelum triwulan dimulai."),
    ],
)
def test_wrong_input_is_explained_and_stores_nothing(office, changes, reason):
    answer = office.post(ADD, RIGHT | changes)

    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert not Period.objects.exists()


def test_a_quarter_that_exists_is_explained(office):
    a_period()

    answer = office.post(ADD, RIGHT)

    assert (answer.status_code, "Periode ini sudah ada." in answer.content.decode()) == (422, True)


def test_the_window_is_extended_with_a_reason(office):
    period = a_period()

    office.post(change(period), MOVE)

    assert Period.objects.get().closes_at == wit(2026, 11, 1)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"reason": " "}, "Tulis alasannya."),
        ({"what": ""}, "Pilih apa yang Anda ubah."),
        ({"last_day": ""}, "Isi hari terakhir penilaian."),
    ],
)
def test_a_change_without_words_or_days_is_explained(office, changes, reason):
    period = a_period()

    answer = office.post(change(period), MOVE | changes)

    assert (answer.status_code, reason in answer.content.decode()) == (422, True)
    assert Period.objects.get().closes_at == period.closes_at


def test_the_window_is_closed_at_once_whatever_stands_in_the_days(office):
    opens = timezone.now() - timedelta(hours=1)
    year, number = timezone.localdate(opens).year, (timezone.localdate(opens).month + 2) // 3
    period = plan_period(
        year=year, number=number, opens_at=opens, closes_at=opens + timedelta(days=9), by="test"
    )

    office.post(change(period), {"what": "close", "first_day": "", "last_day": "x", "reason": "Selesai"})

    assert Period.objects.get().is_over()


def test_a_window_that_has_not_opened_cannot_be_closed(office):
    later = timezone.now() + timedelta(days=400)
    period = plan_period(
        year=later.year,
        number=4,
        opens_at=wit(later.year, 12, 1),
        closes_at=wit(later.year, 12, 31),
        by="test",
    )

    answer = office.post(change(period), MOVE | {"what": "close"})

    assert (answer.status_code, "sesudah dibuka" in answer.content.decode()) == (422, True)


def test_three_periods_cost_as_many_queries_as_one(office):
    def queries():
        office.get(LIST)
        with CaptureQueriesContext(connection) as captured:
            office.get(LIST)
        return len(captured)

    a_period(1)
    one = queries()
    a_period(2)
    a_period(3)

    assert queries() == one <= 12
