"""What is asked beside the nine elements, or in place of one: told by itself, never in the index under its own name."""

import csv
import json
from io import StringIO

import pytest
import time_machine
from django.urls import reverse

from agencies.access.tests.cast import build_cast
from feedback.citizens.elements import Element
from feedback.citizens.models import Question, Questionnaire
from feedback.citizens.reference_data import fill
from feedback.citizens.tests.scene import local_question
from feedback.results.actions import lock_quarter
from feedback.results.models import RespondentTally
from feedback.results.published.counters import counter_lines
from feedback.results.published.open_data import LOCAL_COLUMNS, names
from feedback.results.published.pages import shown_for
from feedback.results.rollup import compact_all, rebuild
from feedback.services.actions import add_service
from feedback.services.models import Counter, CounterDuty
from feedback.services.periods import Quarter

from .counted import spread_of
from .scene import answer, mixed, second_service

pytestmark = pytest.mark.django_db
QUARTER = Quarter(2026, 3)
TEN = (*Element.values, "parkir")
REPLACED = tuple("keadilan" if key == "biaya" else key for key in Element.values)


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel("2026-11-20T10:00:00+09:00", tick=False):
        yield


@pytest.fixture
def cast(db):
    fill()
    questionnaire = Questionnaire.objects.get()
    for position, question in enumerate(
        (local_question("Parkir", "parkir"), local_question("Keadilan", "keadilan", replaces="biaya")), 10
    ):
        Question.objects.create(questionnaire=questionnaire, position=position, **question)
    return build_cast()


@pytest.fixture
def service(cast):
    return add_service(unit=cast["self"].cast_units["clinic"], name="Gizi", slug="gizi", by="test")


@pytest.fixture
def lock(cast):
    return lambda: lock_quarter(QUARTER, by=cast["survey_office"])


def varied(count, key):
    """Rows in which the local element is answered 1 to 4 in turn: a mean of 2,5."""
    return [row | {key: 1 + number % 4} for number, row in enumerate(mixed(count))]


def text_of(client, name, *args):
    return client.get(reverse(f"feedback:{name}", args=args)).content.decode("utf-8-sig")


def test_a_further_element_has_a_mean_and_an_interval_of_its_own_and_no_part_in_the_index(service, lock):
    other = second_service(service)
    answer(service, varied(40, "parkir"), elements=TEN)
    answer(other, mixed(40))
    lock()

    figure, same = shown_for(QUARTER, service=service).figure, shown_for(QUARTER, service=other).figure

    (line,) = figure["local"]
    assert (line["label"], line["count"], str(line["index"])) == ("Parkir", 40, "62.50")
    assert line["low"] < line["index"] < line["high"]
    assert (figure["index"], figure["low"], figure["high"]) == (same["index"], same["low"], same["high"])
    assert [each["label"] for each in figure["elements"]] == [each["label"] for each in same["elements"]]
    assert shown_for(QUARTER, unit=service.unit).figure["local"] == [line]


def test_what_replaces_an_element_counts_in_its_place_and_is_told_by_its_name(service, lock):
    answer(service, varied(40, "keadilan"), elements=REPLACED)
    lock()

    figure = shown_for(QUARTER, service=service).figure

    (line,) = figure["local"]
    place = next(each for each in figure["elements"] if each["key"] == "biaya")
    assert (line["replaces"], place["label"]) == ("Biaya/tarif", "Keadilan (pengganti Biaya/tarif)")
    assert line["index"] == place["index"]
    assert "without_cost" not in figure


@pytest.mark.parametrize("count", [29, 30])
def test_a_local_element_is_told_from_thirty_answers_on(service, lock, count):
    """The questionnaire changed while the quarter ran: the nine were asked of all, the tenth of some."""
    answer(service, mixed(20))
    answer(service, varied(count, "parkir"), elements=TEN)
    lock()

    assert [line["count"] for line in shown_for(QUARTER, service=service).figure["local"]] == (
        [30] if count == 30 else []
    )


def test_the_interval_of_the_index_is_of_the_nine_alone(service):
    answer(service, varied(4, "parkir"), elements=TEN)
    before = spread_of(service=service, start=QUARTER.start, end=QUARTER.end)
    compact_all()

    (spread,) = spread_of(service=service, start=QUARTER.start, end=QUARTER.end)
    assert before == [spread]
    assert (spread.elements, spread.total) == (9, sum(27 + 9 * (number % 3 == 0) for number in range(4)))
    assert set(RespondentTally.objects.values_list("elements", flat=True)) == {9}
    assert rebuild() == (0, 0)


def test_a_counter_is_told_of_the_nine_alone(service, cast, lock):
    other = second_service(service)
    for each, key in ((service, "parkir"), (other, "")):
        counter = Counter.objects.create(service=each, name="Loket 1")
        CounterDuty.objects.create(
            counter=counter, employee=cast["self"].employee, term=(QUARTER.start, None)
        )
        rows = varied(40, key) if key else mixed(40)
        answer(each, rows, elements=TEN if key else tuple(Element.values), counter=counter, days=3)
    lock()

    told, same = (
        [(line.low, line.high) for line in counter_lines(each, QUARTER)] for each in (service, other)
    )
    assert told == same != [(None, None)]


def test_pages_report_and_files_tell_it(client, cast, service, lock):
    answer(service, varied(40, "parkir"), elements=TEN)
    lock()
    client.force_login(cast["service_manager"])

    for text in (
        text_of(client, "service-index-quarter", "gizi", QUARTER.code),
        text_of(client, "unit-index-quarter", service.unit_id, QUARTER.code),
        text_of(client, "survey-report", service.unit_id, QUARTER.code),
    ):
        assert "Unsur setempat" in text
        assert "62,50" in text

    rows = rows_of(client, "unsur-setempat.csv")
    assert {row["nama"] for row in rows} > {"Gizi"}
    (told,) = {(row["nama_unsur"], row["responden"], row["indeks_unsur"]) for row in rows}
    assert told == ("Parkir", "40", "62.50")
    assert json.loads(text_of(client, "open-file", "survei.json"))["unsur-setempat"] == rows
    words = [row["kolom"] for row in rows_of(client, "kamus.csv") if row["berkas"] == "unsur-setempat"]
    assert words == names(LOCAL_COLUMNS) == [*rows[0]]


def rows_of(client, name):
    return list(csv.DictReader(StringIO(text_of(client, "open-file", name)), delimiter=";"))


def test_nothing_stands_on_the_pages_where_nothing_local_was_asked(client, service, lock):
    answer(service, mixed(40))
    lock()

    assert "Unsur setempat" not in text_of(client, "service-index-quarter", "gizi", QUARTER.code)
