"""What programs, copied codes and a failing database send: nothing typed is lost, nothing counts twice."""

import re
from urllib.parse import urlencode

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from feedback.citizens.models import SurveyAnswer, SurveyContact, SurveyResponse
from feedback.citizens.sending import new_sending_key
from feedback.services.models import SurveyCode

from .scene import ALL_FOURS, build_service, code_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    return build_service()


def address(service):
    return reverse("feedback:survey", args=[service.slug])


def filled(service, **changes):
    return ALL_FOURS | {"sending_key": new_sending_key(service)} | changes


def kept_in(page):
    """What a page after an accident gives back, as a form that is ready to be sent again."""
    return dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)<', page))


# --- codes


def test_after_many_guessed_codes_even_a_right_one_waits_and_what_was_typed_stays(client, service, settings):
    settings.SURVEY_WRONG_CODES = 3
    for number in range(3):
        assert client.post(address(service), filled(service, kode=f"AAAAA-{number:05}")).status_code == 422
    code = code_for(service)

    response = client.post(address(service), filled(service, kode=code, comment="Antre lama"))

    page = response.content.decode()
    assert response.status_code == 429
    assert "Antre lama" in page
    assert page.count("checked") == 9
    assert SurveyResponse.objects.count() == 0
    assert SurveyCode.objects.get().used_on is None
    assert (
        client.post(address(service), filled(service)).status_code == 302
    )  # a voice without a code is heard


def test_a_code_that_is_passed_on_is_spent_by_the_first_and_says_no_more_than_a_wrong_one(service):
    code = code_for(service)
    first, second, guess = Client(), Client(REMOTE_ADDR="198.51.100.7"), Client(REMOTE_ADDR="198.51.100.8")

    assert first.post(address(service), filled(service, kode=code)).status_code == 302
    shared = second.post(address(service), filled(service, kode=code))
    guessed = guess.post(address(service), filled(service, kode="ABCDE-FGHJK"))

    assert (shared.status_code, guessed.status_code) == (422, 422)
    said = [re.findall(r'<a href="#id_kode">([^<]+)<', each.content.decode()) for each in (shared, guessed)]
    assert said[0] == said[1] != []
    assert SurveyResponse.objects.count() == 1


def test_a_form_sent_again_with_other_answers_changes_nothing(client, service):
    data = filled(service)

    first = client.post(address(service), data)
    again = client.post(address(service), data | dict.fromkeys(ALL_FOURS, 1) | {"comment": "lain"})

    assert again["Location"].partition("?")[0] == first["Location"]
    assert set(SurveyAnswer.objects.values_list("value", flat=True)) == {4}
    assert SurveyResponse.objects.get().comment == ""


# --- values


@pytest.mark.parametrize("value", ["3 ", " 3", "3\x00", "03", "+3", "３", "3\n", "1e0", "null"])
def test_only_the_four_values_as_the_page_sends_them_are_answers(client, service, value):
    response = client.post(address(service), filled(service, waktu=value))

    assert response.status_code == 422
    assert response.content.decode().count("checked") == 8
    assert SurveyResponse.objects.count() == 0


def test_a_question_that_is_left_out_is_named_and_a_stranger_field_is_not_kept(client, service):
    data = filled(service, tetangga="5", id="1", state="counted", marks="x")
    del data["waktu"]

    response = client.post(address(service), data)

    assert response.status_code == 422
    assert "Pilih satu jawaban untuk Waktu penyelesaian." in response.content.decode()
    assert client.post(address(service), data | {"waktu": "3"}).status_code == 302
    assert SurveyAnswer.objects.count() == 9


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('{"waktu": [3, 4], "prosedur": {"a": 1}}', "application/json"),
        ("[1, 2, 3]", "application/json"),
        ("waktu[0]=3&waktu[1]=4", "application/x-www-form-urlencoded"),
        ("\x00\x01", "text/plain"),
        ("--x\r\nbroken", "multipart/form-data; boundary=x"),
        ("--x\r\nbroken", "multipart/form-data"),
    ],
)
def test_a_body_of_another_kind_is_no_answer(service, body, kind):
    client = Client(raise_request_exception=False)

    assert client.post(address(service), body, content_type=kind).status_code in (400, 422)
    assert SurveyResponse.objects.count() == 0


def test_more_fields_than_any_form_has_are_refused(service, settings):
    body = urlencode([("waktu", 3)] * (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
    client = Client(raise_request_exception=False)

    response = client.post(address(service), body, content_type="application/x-www-form-urlencoded")

    assert response.status_code == 413
    assert SurveyResponse.objects.count() == 0


@pytest.mark.parametrize("words", ["\U0001f642 baik", "a\x00b", "\u202eterbalik", "\u0661\u0662"])
def test_signs_of_all_kinds_in_a_comment_are_kept_without_harm(client, service, words):
    assert client.post(address(service), filled(service, comment=words)).status_code == 302

    kept = SurveyResponse.objects.get().comment
    assert "\x00" not in kept
    assert kept.strip("\x00")


# --- a database that dies while the answer is on its way


STATEMENTS = 21  # of an answer with all it can have


def dying(number):
    """The connection is lost at this statement, counted from 1, and stays lost."""

    def execute_or_die(execute, sql, params, many, context):
        execute_or_die.seen += 1
        if execute_or_die.seen >= number:
            raise OperationalError("server closed the connection unexpectedly")
        return execute(sql, params, many, context)

    execute_or_die.seen = 0
    return execute_or_die


@pytest.mark.django_db(transaction=True)
def test_no_statement_of_an_answer_is_left_out_below():
    service, counted = build_service(), dying(1000)
    data = filled(service, comment="Antre lama", contact="0911-000000", consent="on", kode=code_for(service))
    Client().get(address(service))  # the questionnaire is read once

    with connection.execute_wrapper(counted):
        assert Client().post(address(service), data).status_code == 302

    assert counted.seen == STATEMENTS


@pytest.mark.slow
@pytest.mark.parametrize("number", range(1, STATEMENTS + 1))
@pytest.mark.django_db(transaction=True)
def test_a_database_that_dies_on_the_way_loses_no_word_and_counts_once(number):
    service = build_service()
    client = Client(raise_request_exception=False)
    data = filled(service, comment="Antre lama", contact="0911-000000", consent="on", kode=code_for(service))
    client.get(address(service))

    with connection.execute_wrapper(dying(number)):
        response = client.post(address(service), data)

    assert response.status_code == 503
    typed = kept_in(response.content.decode())
    assert typed == {name: str(value) for name, value in data.items()}
    assert (SurveyResponse.objects.count(), SurveyCode.objects.get().used_on) == (0, None)
    assert client.post(address(service), typed).status_code == 302
    assert client.post(address(service), typed).status_code == 302
    assert SurveyResponse.objects.get().with_code
    assert (SurveyAnswer.objects.count(), SurveyContact.objects.count()) == (9, 1)


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_was_kept_but_never_acknowledged_is_not_counted_again(monkeypatch):
    """The commit arrived, the word of it did not: the citizen sends once more."""
    service = build_service()
    client = Client(raise_request_exception=False)
    data = filled(service, comment="Antre lama")

    def lost(*args, **kwargs):
        raise OperationalError("server closed the connection unexpectedly")

    with monkeypatch.context() as lost_word:
        lost_word.setattr("feedback.citizens.views.survey.thanks_address", lost)
        response = client.post(address(service), data)

    assert response.status_code == 503
    assert SurveyResponse.objects.count() == 1
    assert client.post(address(service), kept_in(response.content.decode())).status_code == 302
    assert SurveyResponse.objects.count() == 1
