"""What an appraisal may ask: by whole quarters, as everybody is told; of a person only what may be told of one."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from feedback.citizens.models import CommentBatch, ReleasedComment, SurveyResponse
from feedback.followup.tests.scene import NOW, SPRING, answered, build_service_of_clinic
from feedback.results.actions import lock_quarter, refresh_running
from feedback.services.actions import add_service
from feedback.services.models import Counter, CounterDuty
from feedback.voice.queries import about_person, quarters_in, service_evidence
from feedback.voice.themes import praise_in, themes_of

pytestmark = pytest.mark.django_db
START, END = SPRING.start, SPRING.end


@pytest.fixture
def scene(db):
    with time_machine.travel(NOW, tick=False):
        yield build_service_of_clinic()


def test_a_locked_quarter_is_told_with_its_sample_and_interval(scene):
    cast, service = scene
    answered(service, 36)
    lock_quarter(SPRING, by=cast["survey_office"])

    (line,) = service_evidence(service.unit, START, END).services

    assert (line.respondents, line.is_final, line.quarter) == (36, True, SPRING)
    assert line.low < line.index < line.high
    assert next(label for label, _ in line.lowest) == "Waktu penyelesaian"


@pytest.mark.parametrize("count", [0, 4, 9])
def test_nothing_is_told_of_too_few(scene, count):
    _cast, service = scene
    answered(service, count)
    refresh_running()

    (line,) = service_evidence(service.unit, START, END).services

    assert (line.index, line.low, line.grade, line.lowest) == (None, None, "", ())
    assert not line.may_be_cited


def test_only_whole_quarters_are_told_so_that_no_window_can_be_subtracted(scene):
    assert [str(each) for each in quarters_in(date(2026, 1, 1), date(2026, 12, 31))] == [
        "Triwulan I 2026",
        "Triwulan II 2026",
        "Triwulan III 2026",
    ]
    assert quarters_in(date(2026, 4, 2), date(2026, 6, 30)) == []
    assert quarters_in(date(2026, 4, 1), date(2026, 6, 29)) == []


def test_many_services_are_told_in_as_many_queries_as_one(scene):
    _cast, service = scene
    answered(service, 12)
    with CaptureQueriesContext(connection) as few:
        service_evidence(service.unit, START, END)
    for number in range(5):
        answered(add_service(unit=service.unit, name=f"L{number}", slug=f"l-{number}", by="test"), 12)

    with CaptureQueriesContext(connection) as many:
        assert len(service_evidence(service.unit, START, END).services) == 6

    assert len(many) == len(few)


def test_themes_and_praise_come_from_released_comments_of_enough_people(scene):
    _, service = scene
    answered(service, 6)
    texts = ["Antrean lama sekali"] * 4 + ["Petugas ramah dan cepat", "Antre terlalu lama"]
    batch = CommentBatch.objects.create(
        service=service, released_on=date(2026, 7, 2), first_day=START, last_day=END
    )
    for place, (response, text) in enumerate(zip(SurveyResponse.objects.all(), texts, strict=True)):
        ReleasedComment.objects.create(batch=batch, response=response, place=place, text=text)

    (line,) = service_evidence(service.unit, START, END).comments

    assert line.themes == (("Waktu", 6),)
    assert line.praise == ("Petugas ramah dan cepat",)
    assert service_evidence(service.unit, START, date(2026, 6, 29)).comments == ()


def test_a_theme_of_four_is_not_told_and_blame_is_no_praise():
    assert themes_of(["toilet kotor"] * 4) == []
    assert praise_in(["tidak ramah", "ramah"]) == ["ramah"]


def test_of_an_officer_an_interval_is_told_from_ten_answers_on_three_days(scene):
    cast, service = scene
    me = cast["self"].employee
    counter = Counter.objects.create(service=service, name="Loket 1")
    CounterDuty.objects.create(counter=counter, employee=me, term=DateRange(START, None))
    answered(service, 12, day=date(2026, 4, 6), counter=counter)
    answered(service, 12, day=date(2026, 4, 7), counter=counter)
    answered(service, 30, day=date(2026, 4, 9))
    before = len(SurveyResponse.objects.all())
    answered(service, 12, day=date(2026, 4, 8), counter=counter)
    assert about_person(me, START, END).counters == ()  # not locked yet
    lock_quarter(SPRING, by=cast["survey_office"])

    (line,) = about_person(me, START, END).counters

    assert before == 54
    assert (line.counter, line.quarter) == ("Loket 1", SPRING)
    assert 25 <= line.low < line.high <= 100
    assert about_person(cast["peer"].employee, START, END).is_empty
