"""What the survey asks is read in one statement, and what is kept of it between two citizens is never old."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from feedback.citizens.actions.questionnaires import (
    choose_kind,
    propose_questionnaire,
    revise_questionnaire,
)
from feedback.citizens.asking import asked_on
from feedback.citizens.elements import Kind
from feedback.citizens.forms import SurveyForm
from feedback.citizens.models import Question, Questionnaire
from feedback.citizens.queries import questionnaire_on
from feedback.citizens.sending import read_sending_key
from feedback.services.models import Service

from .scene import build_service, official_questions

pytestmark = pytest.mark.django_db
KEY = re.compile(r'name="sending_key" value="([^"]+)"')


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def propose(days, kind=Kind.GENERAL, questions=None):
    return propose_questionnaire(
        kind=kind,
        name=f"Kuesioner {days}",
        legal_basis="PermenPANRB 14/2017",
        valid_from=today(days),
        questions=questions or official_questions(),
        by="test",
    )


def page_of(service, client=None, **brought):
    answer = (client or Client()).get(reverse("feedback:survey", args=[service.slug]), brought)
    assert answer.status_code == 200
    return answer.content.decode()


def in_force_slowly(service, kind, day):
    """The newest one of the service's kind, or else of the general one."""
    begun = sorted(
        (each.valid_from, each.pk, each) for each in Questionnaire.objects.filter(valid_from__lte=day)
    )
    of_kind = {version.kind: version for *_, version in begun}
    return of_kind.get(kind) or of_kind[Kind.GENERAL]


@pytest.mark.parametrize("kind", [None, Kind.GENERAL, *[each for each in Kind if each != Kind.GENERAL][:1]])
def test_the_statement_and_the_query_name_the_questionnaire_in_force(kind):
    service = build_service()
    propose(2)
    propose(5)
    if kind:
        choose_kind(service, kind=kind, by="test")
        if kind != Kind.GENERAL:
            propose(3, kind)

    for days in range(7):
        asked, known = asked_on(today(days), service.slug), questionnaire_on(today(days), service)
        assert asked.questionnaire == known == in_force_slowly(service, kind, today(days))
        assert list(asked.questionnaire.questions.all()) == list(known.questions.all())
        assert (asked.service, asked.service.unit.name) == (service, service.unit.name)
    assert asked_on(today(-40_000), service.slug) is None
    assert asked_on(today(), "tidak-ada") is None


def test_a_question_that_is_changed_before_its_day_is_asked_as_it_was_changed():
    service = build_service()
    coming = propose(1)
    before = asked_on(today(1), service.slug)
    words = [each | {"text": "Seberapa mudah syaratnya?"} if not place else each
             for place, each in enumerate(official_questions())]  # fmt: skip
    revise_questionnaire(
        coming, name=coming.name, legal_basis="PermenPANRB 14/2017", valid_from=today(1), questions=words,
        by="test",
    )  # fmt: skip

    after = asked_on(today(1), service.slug)
    assert before.digest != after.digest
    assert "Seberapa mudah syaratnya?" in [each.text for each in after.questionnaire.questions.all()]
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert "Seberapa mudah syaratnya?" in page_of(service)


def test_each_citizen_gets_a_key_of_his_own_in_a_page_that_is_drawn_once(django_assert_num_queries):
    service = build_service()
    first = page_of(service)
    with django_assert_num_queries(1):
        second = page_of(service)

    keys = [KEY.search(page)[1] for page in (first, second)]
    assert keys[0] != keys[1]
    assert KEY.sub("", first) == KEY.sub("", second)
    assert len({read_sending_key(key, service)[0] for key in keys}) == 2


def test_a_page_that_is_kept_is_that_which_is_drawn_for_one(settings):
    service = build_service()
    page_of(service, kode="AB CD", loket="7")
    kept = page_of(service, kode="AB CD", loket="7")
    settings.DEBUG = True
    drawn = page_of(service, kode="AB CD", loket="7")

    assert KEY.sub("", kept) == KEY.sub("", drawn)
    assert 'value="AB CD"' in kept


@pytest.mark.parametrize(
    ("change", "words"),
    [({"name": "Gizi"}, "Gizi"), ({"slug": "gizi"}, "/survei/gizi/")],
)
def test_what_changes_about_a_service_stands_on_the_page_at_once(change, words):
    service = build_service()
    assert words not in page_of(service)

    Service.objects.filter(pk=service.pk).update(**change)
    service.refresh_from_db()

    assert words in page_of(service)


def test_another_unit_and_another_question_stand_on_the_page_at_once():
    service = build_service()
    page_of(service)
    Question.objects.filter(element="waktu").update(text="Bagaimana cepatnya?")
    type(service.unit).objects.filter(pk=service.unit_id).update(name="Dinas Baru")

    assert "Bagaimana cepatnya?" in page_of(service)
    assert "Dinas Baru" in page_of(service)


def test_a_service_that_closes_is_closed_for_whoever_comes_next():
    service = build_service()
    page_of(service)
    Service.objects.filter(pk=service.pk).update(is_open=False)

    assert Client().get(reverse("feedback:survey", args=[service.slug])).status_code == 410


def test_one_citizens_code_is_on_nobody_elses_page():
    service = build_service()

    assert 'value="RAHASIA"' in page_of(service, kode="RAHASIA")
    assert "RAHASIA" not in page_of(service)


def test_who_is_signed_in_gets_a_page_of_his_own_that_nobody_else_sees():
    service = build_service()
    client = Client()
    client.force_login(get_user_model().objects.create(email="a@demo.test"))

    page = page_of(service, client)

    assert "session.js" not in page_of(service)
    assert KEY.search(page)


def test_drawing_a_page_changes_nothing_of_the_fields_that_all_forms_share(settings):
    settings.DEBUG = True  # nothing is kept
    service = build_service()

    def shared():
        form = SurveyForm(questions=questionnaire_on(today(), service).questions.all())
        return form.fields, repr([(vars(each), vars(each.widget)) for each in form.fields.values()])

    (fields, before), (again, _) = shared(), shared()
    page_of(service)
    wrong = Client().post(
        reverse("feedback:survey", args=[service.slug]), {"comment": "x" * 3000, "sex": "?"}
    )

    assert wrong.status_code == 422
    assert shared()[1] == before
    assert fields["comment"] is again["comment"]
    assert fields["waktu"] is again["waktu"]
