"""What the public and the officers see of the results."""

import csv
import json
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.access.tests.cast import build_cast
from feedback.citizens.elements import Element
from feedback.citizens.models import SetAside, SurveyResponse
from feedback.citizens.reference_data import fill
from feedback.results.actions import lock_quarter
from feedback.results.report import profile_rows, survey_report
from feedback.services.actions import add_service
from feedback.services.models import Counter, CounterDuty, ServiceVolume
from feedback.services.periods import Quarter

from .scene import answer, mixed

pytestmark = pytest.mark.django_db
QUARTER = Quarter(2026, 3)


@pytest.fixture
def cast():
    fill()
    return build_cast()


@pytest.fixture
def service(cast):
    return add_service(unit=cast["self"].cast_units["clinic"], name="Gizi", slug="gizi", by="test")


@pytest.fixture
def lock(cast):
    return lambda: lock_quarter(QUARTER, by=cast["survey_office"])


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel("2026-11-20T10:00:00+09:00", tick=False):
        yield


def page(client, name, *args, **query):
    response = client.get(reverse(f"feedback:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("count", "shown", "hidden"),
    [
        (0, "Belum ada jawaban", "83,3"),
        (4, "Jawaban belum cukup", "83,3"),
        (9, "5–9 responden, belum cukup untuk indeks", "83,3"),
        (12, "Perkiraan, tanpa mutu", "(mutu"),
        (29, "Perkiraan, tanpa mutu", "(mutu"),
        (30, "Baik (mutu B)", "Perkiraan"),
    ],
)
def test_what_may_be_shown_depends_on_how_many_answered(client, service, lock, count, shown, hidden):
    answer(service, mixed(count))
    lock()

    text = page(client, "service-index-quarter", "gizi", "2026-3")

    assert shown in text
    assert hidden not in text.partition("Siapa yang dihitung")[0]


def test_a_chart_writes_an_index_as_the_tables_do(client, cast, service):
    """87.5 is "87,50": in the bars of the elements, in the trend, and where the report of the unit lists them."""
    rows = [dict.fromkeys(Element.values, 4 if number % 2 else 3) for number in range(60)]
    for quarter in (QUARTER.preceding(), QUARTER):
        answer(service, rows, day=quarter.start)
        lock_quarter(quarter, by=cast["survey_office"])

    shown = client.get(reverse("feedback:service-index-quarter", args=["gizi", "2026-3"])).context
    client.force_login(cast["survey_office"])
    report = page(client, "survey-report", service.unit.pk, "2026-3")

    drawn = [*shown["chart"].bars, *shown["trend"].lines[0].points]
    assert {each.text for each in drawn} == {"87,50"}
    assert ">87,50</td>" in report


def test_an_open_quarter_shows_no_exact_figure(client, service):
    answer(service, mixed(90))

    text = page(client, "service-index-quarter", "gizi", "2026-3")

    assert "Hasil belum ditetapkan" in text
    assert "83,3" not in text


def test_everybody_the_same_is_told_as_a_bound(client, service, lock):
    answer(service, [dict.fromkeys(mixed(1)[0], 4)] * 30)
    lock()

    text = page(client, "service-index-quarter", "gizi", "2026-3")

    assert "99,72" in text
    assert "atau lebih" in text
    assert "100,00" not in text


def set_aside(service, count, reason):
    group = SetAside.objects.create(service=service, day=QUARTER.start, reasons=[reason])
    kept = answer(service, mixed(count), mode="web")
    SurveyResponse.objects.filter(pk__in=[each.pk for each in kept]).update(
        state="quarantined", set_aside=group
    )


def test_few_answers_that_were_set_aside_are_counted_in_words(client, service):
    set_aside(service, 3, "cepat")
    text = page(client, "service-index-quarter", "gizi", "2026-3")
    assert "<dd>kurang dari 5</dd>" in text
    assert "<li>Diisi terlalu cepat: kurang dari 5</li>" in text

    set_aside(service, 7, "lonjakan")
    text = page(client, "service-index-quarter", "gizi", "2026-3")
    assert "<dd>10</dd>" in text
    assert "<li>Diisi terlalu cepat: kurang dari 5</li>" in text
    assert "<li>Jumlah jawaban melonjak pada satu hari: 7</li>" in text


@pytest.mark.parametrize("quarter", ["2027-1", "2026-5", "2026-0", "abc", "٢٠٢٦-1", "1999-1"])
def test_a_quarter_that_is_none_or_has_not_begun_is_not_found(client, service, quarter):
    for name, key in (("service-index-quarter", "gizi"), ("unit-index-quarter", service.unit_id)):
        assert client.get(reverse(f"feedback:{name}", args=[key, quarter])).status_code == 404


def test_pages_ask_the_database_as_often_for_one_service_as_for_many(client, service, lock):
    def asked():
        numbers = []
        for address in (
            reverse("feedback:service-list"),
            reverse("feedback:unit-index-quarter", args=[service.unit_id, "2026-3"]),
            reverse("feedback:service-index-quarter", args=["gizi", "2026-3"]),
            reverse("feedback:open-file", args=["survei.json"]),
        ):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(address)
            numbers.append(len(queries))
        return numbers

    answer(service, mixed(40))
    others = [
        add_service(unit=service.unit, name=f"Layanan {n}", slug=f"layanan-{n}", by="test") for n in range(5)
    ]
    lock_later = lock
    for other in others:
        type(other).objects.filter(pk=other.pk).update(is_open=False)
    first = asked()
    for other in others:
        type(other).objects.filter(pk=other.pk).update(is_open=True)
        answer(other, mixed(31))
    second = asked()
    lock_later()
    asked()

    assert second == first


def test_the_list_is_searched_and_paginated(client, service):
    for number in range(13):
        add_service(unit=service.unit, name=f"Izin {number:02}", slug=f"izin-{number}", by="test")

    assert "Gizi" in page(client, "service-list", cari="gizi")
    assert "Izin 01" not in page(client, "service-list", cari="gizi")
    assert "Tidak ada layanan yang cocok" in page(client, "service-list", cari="tidak ada")
    assert page(client, "service-list").count("Isi survei<") == 12
    assert page(client, "service-list", halaman="2").count("Isi survei<") == 2


@pytest.mark.parametrize("value", ["\x00", "٣", "1e400", "9" * 30, "[]", "' OR 1=1 --", "x" * 500])
def test_hostile_words_find_nothing_and_break_nothing(client, service, value):
    for name in ("cari", "perangkat", "halaman"):
        assert client.get(reverse("feedback:service-list"), {name: value}).status_code == 200


def test_the_city_shows_the_mean_of_units_beside_the_pooled_index(client, cast, service, lock):
    other = add_service(unit=cast["self"].cast_units["schools"], name="Rapor", slug="rapor", by="test")
    answer(service, mixed(90, waktu=1))
    answer(other, mixed(30))
    lock()

    text = page(client, "city-index")

    assert "78,47" in text  # pooled
    assert "80,09" in text  # the mean of 76.85 and 83.33
    assert "Rata-rata 2 unit" in text


def test_how_far_the_sample_is_stands_beside_the_index(client, service, lock):
    answer(service, mixed(30))
    ServiceVolume.objects.create(service=service, year=2026, quarter=3, users=100)
    lock()

    assert "30 dari 80 responden" in page(client, "service-index-quarter", "gizi", "2026-3")


def test_open_data_says_what_the_pages_say_and_no_more(client, service, lock):
    small = add_service(unit=service.unit, name="=cmd|'/c calc'!A1", slug="kecil", by="test")
    answer(service, mixed(60))
    answer(small, mixed(12))
    lock()

    text = client.get(reverse("feedback:open-file", args=["indeks.csv"])).content.decode("utf-8-sig")
    rows = {row["nama"]: row for row in csv.DictReader(StringIO(text), delimiter=";")}
    data = json.loads(client.get(reverse("feedback:open-file", args=["survei.json"])).content)

    assert (rows["Gizi"]["ikm"], rows["Gizi"]["responden"], rows["Gizi"]["mutu"]) == ("83.33", "60", "B")
    assert "'=cmd|'/c calc'!A1" in rows
    assert (rows["'=cmd|'/c calc'!A1"]["ikm"], rows["'=cmd|'/c calc'!A1"]["responden"]) == ("83", "10")
    assert len(data["unsur"]) == 9 * len({(row["nama"], row["tingkat"]) for row in data["unsur"]})
    assert small.name not in {row["nama"] for row in data["unsur"]}
    assert set(data["kamus"]["indeks"]) == set(data["indeks"][0])


def test_the_lock_page_asks_once_more_and_refuses_without_the_tick(client, cast, service):
    answer(service, mixed(12))
    client.force_login(cast["survey_office"])
    address = reverse("feedback:quarter-lock", args=["2026-3"])

    assert client.post(address).status_code == 422
    assert client.post(address, {"sure": "on"}).status_code == 302
    again = client.post(address, {"sure": "on"})
    assert again.status_code == 409
    assert "sudah dikunci" in again.content.decode()
    assert "12" in page(client, "result-list")


def test_an_officer_sees_his_own_counter_only_as_an_interval(client, cast, service, lock):
    """Twelve answers on three days; the colleague's counter, and fewer days, stay unseen."""
    mine, theirs = (Counter.objects.create(service=service, name=name) for name in ("Loket 1", "Loket 2"))
    for counter, who in ((mine, "self"), (theirs, "peer")):
        CounterDuty.objects.create(
            counter=counter, employee=cast[who].employee, term=(date(2026, 1, 1), None)
        )
    answer(service, mixed(12), counter=mine, days=3)
    answer(service, mixed(30, waktu=1), counter=theirs, days=2)
    lock()

    client.force_login(cast["self"])
    own = page(client, "counter-list")
    client.force_login(cast["service_manager"])
    both = page(client, "counter-list")

    assert "Loket 1" in own
    assert "Loket 2" not in own
    assert "Belum cukup jawaban" not in own
    assert both.count("Belum cukup jawaban") == 1
    client.force_login(cast["stranger"])
    assert client.get(reverse("feedback:counter-list")).status_code == 404


def test_the_report_of_a_unit_has_five_chapters_and_no_small_group(client, cast, service, lock):
    answer(service, mixed(40, waktu=2), sex="P")
    answer(service, mixed(12), sex="L")
    answer(service, mixed(3))
    lock()

    report = survey_report(service.unit, QUARTER)
    client.force_login(cast["service_manager"])
    text = page(client, "survey-report", service.unit_id, "2026-3")

    assert [chapter in text for chapter in ("Bab I ", "Bab II ", "Bab III ", "Bab IV ", "Bab V ")] == [
        True
    ] * 5
    assert report.results.profile[0].rows == (("Perempuan", 40), ("Lainnya (digabung)", 15))
    assert report.analysis.weakest[0]["key"] == "waktu"
    assert report.annex.sha256 in text.replace(" ", "")
    assert report.results.shown.figure["index"].replace(".", ",") in report.conclusion.sentences[0]


def test_a_group_below_ten_is_told_together_or_not_at_all():
    choices = [("a", "A"), ("b", "B"), ("c", "C")]

    assert profile_rows({"a": 40, "b": 9, "c": 1}, choices) == (("A", 40), ("Lainnya (digabung)", 10))
    assert profile_rows({"a": 40, "b": 12, "c": 1}, choices) == (("A", 40), ("Lainnya (digabung)", 15))
    assert profile_rows({"a": 9}, choices) == ()
