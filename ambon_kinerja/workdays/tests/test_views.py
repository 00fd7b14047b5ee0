from datetime import date

import pytest
from django.utils import timezone

from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.tests.people import make_user
from ambon_kinerja.workdays.models import Holiday

pytestmark = pytest.mark.django_db
GOOD = {"day": "2026-12-25", "name": "Natal", "scope": "national", "is_day_off": "on", "source": "SKB 2025"}


@pytest.fixture(autouse=True)
def editors(settings):
    settings.HOLIDAY_EDITORS = "ambon_kinerja.tests.people.is_boss"


@pytest.fixture
def holiday():
    return Holiday.objects.create(day=date(2026, 9, 7), name="HUT Kota Ambon", scope="city", is_day_off=False)


@pytest.fixture
def keeper(client):
    user = make_user("Pengawas")
    client.force_login(user)
    return user


def test_a_reader_sees_the_calendar_but_no_way_to_change_it(client, holiday):
    client.force_login(make_user("Orang Satu"))
    edit, remove = f"/hari-libur/{holiday.pk}/ubah/", f"/hari-libur/{holiday.pk}/hapus/"

    page = client.get("/hari-libur/?tahun=2026").content.decode()

    assert ("HUT Kota Ambon" in page, "/ubah/" in page, "/tambah/" in page) == (True, False, False)
    answers = [
        client.get(edit),
        client.post(edit, GOOD),
        client.post(remove),
        client.post("/hari-libur/tambah/", GOOD),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert list(Holiday.objects.values_list("name", flat=True)) == ["HUT Kota Ambon"]


def test_who_is_not_signed_in_is_sent_to_sign_in(client, holiday):
    assert client.get("/hari-libur/").status_code == 302
    assert client.post(f"/hari-libur/{holiday.pk}/hapus/").status_code == 302
    assert Holiday.objects.count() == 1


def test_a_keeper_adds_a_day_and_it_is_remembered_who(client, keeper):
    answer = client.post("/hari-libur/tambah/", GOOD)

    holiday = Holiday.objects.get()
    event = AuditEvent.objects.get()
    assert answer.url == "/hari-libur/?tahun=2026"
    assert (holiday.day, holiday.name) == (date(2026, 12, 25), "Natal")
    assert (holiday.is_day_off, holiday.is_provisional) == (True, False)
    assert (event.action, event.actor) == ("holiday.add", f"user:{keeper.pk}")


def test_a_change_is_remembered_with_the_day_as_it_was(client, keeper, holiday):
    client.post(f"/hari-libur/{holiday.pk}/ubah/", GOOD)

    event = AuditEvent.objects.get()
    assert Holiday.objects.get().name == "Natal"
    assert (event.action, '"before": {"day": "2026-09-07"' in event.payload) == ("holiday.change", True)


def test_a_removed_day_leaves_its_trace(client, keeper, holiday):
    assert client.get(f"/hari-libur/{holiday.pk}/hapus/").status_code == 405

    client.post(f"/hari-libur/{holiday.pk}/hapus/")

    event = AuditEvent.objects.get()
    assert Holiday.objects.count() == 0
    assert (event.action, event.target, "HUT Kota Ambon" in event.payload) == (
        "holiday.remove",
        f"ambon_kinerja.Holiday:{holiday.pk}",
        True,
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"day": ""}, "Isi tanggal."),
        ({"day": "31-31-2026"}, "Tulis tanggal seperti 25-12-2026."),
        ({"day": "0001-01-01"}, "Isi tanggal antara 1 Januari 2020 dan 31 Desember 2099."),
        ({"name": ""}, "Isi nama hari."),
        ({"name": "a" * 121}, "Nama paling banyak 120 huruf."),
        ({"scope": ""}, "Pilih berlaku untuk siapa."),
        ({"scope": "dunia"}, "Pilih berlaku untuk siapa."),
        ({"source": "a" * 201}, "Dasar keputusan paling banyak 200 huruf."),
        (
            {"day": "2026-09-07", "name": "HUT Kota Ambon"},
            "Hari dengan nama ini sudah ada pada tanggal yang sama.",
        ),
    ],
)
def test_bad_input_is_explained_at_the_field_and_kept(client, keeper, holiday, change, words):
    answer = client.post("/hari-libur/tambah/", GOOD | {"source": "Dasar X"} | change)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(words) == 2
    assert "source" in change or 'value="Dasar X"' in page
    assert Holiday.objects.count() == 1


def test_an_empty_form_is_explained_too(client, keeper):
    answer = client.post("/hari-libur/tambah/")

    assert (answer.status_code, "Isi nama hari." in answer.content.decode()) == (422, True)


def test_a_day_may_be_typed_the_indonesian_way(client, keeper):
    client.post("/hari-libur/tambah/", GOOD | {"day": "25-12-2026"})

    assert Holiday.objects.get().day == date(2026, 12, 25)


def test_a_day_that_stays_as_it_is_can_be_saved_again(client, keeper):
    client.post("/hari-libur/tambah/", GOOD)

    assert client.post(f"/hari-libur/{Holiday.objects.get().pk}/ubah/", GOOD).status_code == 302


@pytest.mark.parametrize("year", ["", "abc", "1900", "9" * 5000, "²"])
def test_a_year_without_calendar_shows_this_year(client, keeper, year):
    page = client.get("/hari-libur/", {"tahun": year}).content.decode()

    assert f"<h1>Hari libur {timezone.localdate().year}</h1>" in page


def test_the_list_costs_the_same_for_one_day_and_for_thirty(
    client, keeper, holiday, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get("/hari-libur/?tahun=2026")
    with CaptureQueriesContext(connection) as one:
        client.get("/hari-libur/?tahun=2026")
    for day in range(1, 31):
        Holiday.objects.create(day=date(2026, 1, day), name="Hari", scope="city")

    with django_assert_num_queries(len(one)):
        client.get("/hari-libur/?tahun=2026")

    assert len(one) <= 12
