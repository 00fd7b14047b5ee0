"""Taking in answers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from ambon_kinerja.tests.remembered import noting
from feedback.citizens.actions import NotOpen, WrongAnswers, record_response
from feedback.citizens.models import Mark, SetAside, SurveyAnswer, SurveyResponse

from .scene import ALL_FOURS, build_service


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [0, 5, "4", None, True, 2.0])
def test_an_answer_that_is_not_one_to_four_is_refused(wrong):
    service = build_service()

    with pytest.raises(WrongAnswers) as refused:
        record_response(service, answers=ALL_FOURS | {"waktu": wrong}, sending_key="a")

    assert refused.value.faults == {"waktu": "Pilih satu jawaban untuk Waktu penyelesaian."}
    assert SurveyResponse.objects.count() == 0


@pytest.mark.django_db
def test_eight_answers_are_refused():
    service = build_service()
    answers = {element: value for element, value in ALL_FOURS.items() if element != "sarana"}

    with pytest.raises(WrongAnswers) as refused:
        record_response(service, answers=answers, sending_key="a")

    assert list(refused.value.faults) == ["sarana"]


@pytest.mark.django_db
def test_an_element_nobody_asked_is_refused():
    with pytest.raises(WrongAnswers):
        record_response(build_service(), answers=ALL_FOURS | {"parkir": 4}, sending_key="a")


@pytest.mark.django_db
def test_a_closed_service_takes_nothing():
    service = build_service()
    service.is_open = False

    with pytest.raises(NotOpen):
        record_response(service, answers=ALL_FOURS, sending_key="a")


@pytest.mark.django_db
def test_the_same_key_counts_once():
    service = build_service()

    first = record_response(service, answers=ALL_FOURS, sending_key="a")
    second = record_response(service, answers=dict.fromkeys(ALL_FOURS, 1), sending_key="a")

    assert second == first
    assert SurveyAnswer.objects.filter(value=4).count() == SurveyAnswer.objects.count() == 9


@pytest.mark.django_db
def test_an_answer_sent_twice_leaves_no_group_without_answers():
    service = build_service()
    first = record_response(service, answers=ALL_FOURS, sending_key="a")

    second = record_response(service, answers=ALL_FOURS, sending_key="a", marks=[Mark.TOO_FAST])

    assert second == first
    assert not SetAside.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_key_at_the_same_moment_counts_once():
    service = build_service()

    def send(_):
        try:
            return record_response(service, answers=ALL_FOURS, sending_key="a").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        sent = set(pool.map(send, range(16)))

    assert len(sent) == 1
    assert SurveyAnswer.objects.count() == 9


@pytest.mark.django_db
def test_the_database_itself_refuses_a_five():
    response = record_response(build_service(), answers=ALL_FOURS, sending_key="a")

    with pytest.raises(IntegrityError, match="answer_is_one_to_four"), transaction.atomic():
        SurveyAnswer.objects.create(response=response, element="parkir", value=5)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        lambda given: given.answers.update(value=1),
        lambda given: given.answers.first().delete(),
        lambda given: given.delete(),
        lambda given: SurveyResponse.objects.update(answered_on=date(2020, 1, 1)),
        lambda given: SurveyResponse.objects.update(with_code=True),
    ],
)
def test_what_was_answered_never_changes_and_never_goes(change):
    given = record_response(build_service(), answers=ALL_FOURS, sending_key="a")

    with pytest.raises(InternalError), transaction.atomic():
        change(given)


@pytest.mark.django_db
def test_a_scene_that_is_remembered_knows_what_a_kept_statement_writes():
    service, inserted, changed = build_service(), set(), set()

    with connection.execute_wrapper(noting(inserted, changed)):
        record_response(service, answers=ALL_FOURS, sending_key="a")

    assert {"feedback_surveyresponse", "feedback_surveyanswer"} <= inserted
    assert not changed
