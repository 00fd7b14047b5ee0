"""Versions of the questionnaire: from a future day on, and never changed once answered."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from agencies.access.tests.cast import build_cast
from feedback.citizens.actions import record_response
from feedback.citizens.actions.questionnaires import (
    QuestionnaireRefused,
    choose_kind,
    propose_questionnaire,
    revise_questionnaire,
    withdraw_questionnaire,
)
from feedback.citizens.elements import Element, Kind
from feedback.citizens.models import Question, Questionnaire
from feedback.citizens.queries import elements_of, questionnaire_on
from feedback.citizens.reference_data import fill
from feedback.services.actions import add_service

from .scene import ALL_FOURS, build_service, local_question, official_questions

pytestmark = pytest.mark.django_db


def day(days=1):
    return timezone.localdate() + timedelta(days=days)


def propose(questions=None, *, kind=Kind.GENERAL, days=1):
    return propose_questionnaire(
        kind=kind,
        name="Kuesioner 2027",
        legal_basis="PermenPANRB 14/2017",
        valid_from=day(days),
        questions=questions or official_questions(),
        by="test",
    )


def test_a_version_holds_from_its_day_on():
    fill()
    version = propose()

    assert questionnaire_on(day(0)) != version
    assert questionnaire_on(day(1)) == version


@pytest.mark.parametrize("days", [0, -1])
def test_no_version_begins_today_or_in_the_past(days):
    with pytest.raises(QuestionnaireRefused, match="paling cepat besok"):
        propose(days=days)


def test_a_version_that_was_answered_never_changes_not_even_in_the_database():
    given = record_response(build_service(), answers=ALL_FOURS, sending_key="a")
    asked = given.questionnaire

    for change in (
        lambda: asked.questions.update(text="Lain"),
        lambda: asked.questions.first().delete(),
        lambda: Question.objects.create(
            questionnaire=asked, position=10, **local_question("Parkir", "parkir")
        ),
        lambda: Questionnaire.objects.filter(pk=asked.pk).update(valid_from=day(9)),
        lambda: asked.delete(),
    ):
        with pytest.raises(Exception, match=r"answered|protected"), transaction.atomic():
            change()


def test_a_version_without_answers_may_be_changed_in_the_database():
    """The control of the guard: it looks at answers, not at versions."""
    fill()

    assert Question.objects.update(hint="Lebih jelas") == 9


def test_a_version_to_come_is_revised_or_taken_back_a_running_one_is_not():
    fill()
    version = propose()
    running = questionnaire_on(day(0))
    text = {"name": "Baru", "legal_basis": "PermenPANRB 14/2017", "valid_from": day(3)}

    revise_questionnaire(
        version,
        **text,
        questions=[*official_questions(), local_question("Parkir", "parkir")],
        by="test",
    )
    assert list(elements_of(questionnaire_on(day(3))))[-1] == "parkir"
    withdraw_questionnaire(version, by="test")
    assert questionnaire_on(day(3)) == running
    with pytest.raises(QuestionnaireRefused, match="sudah berlaku"):
        withdraw_questionnaire(running, by="test")


def test_a_service_of_a_kind_of_its_own_asks_its_own_elements_in_annex_order():
    service = build_service()
    asked = [each for each in official_questions() if each["element"] != "biaya"]
    propose([*asked, local_question("Keadilan", "keadilan", replaces="biaya")], kind=Kind.FREE)
    choose_kind(service, kind=Kind.FREE, by="test")

    free = questionnaire_on(day(1), service)

    assert list(elements_of(free)) == ["keadilan" if key == "biaya" else key for key in Element.values]
    assert questionnaire_on(day(1)) != free
    assert questionnaire_on(day(0), service).kind == Kind.GENERAL


def test_answers_to_a_local_element_are_kept_and_others_refused():
    service = build_service()
    asked = [*official_questions(), local_question("Parkir", "parkir")]
    propose(asked)

    given = record_response(service, answers=ALL_FOURS | {"parkir": 2}, sending_key="a", answered_on=day(1))

    assert given.answers.get(element="parkir").value == 2


@pytest.mark.parametrize(
    ("label", "replaces", "fault"),
    [
        ("Keadilan", "", "sudah ditanyakan sebagai pengganti biaya/tarif"),
        ("Rasa keadilan", "biaya", "terlalu mirip dengan “Keadilan”"),
    ],
)
def test_a_local_element_keeps_its_name_and_its_place_in_every_questionnaire(label, replaces, fault):
    """Its answers are counted by its key, whichever questionnaire asked."""
    fill()
    asked = [each for each in official_questions() if each["element"] != "biaya"]
    first = propose([*asked, local_question("Keadilan", "keadilan", replaces="biaya")], kind=Kind.FREE)
    again = [
        *(asked if replaces else official_questions()),
        local_question(label, "keadilan", replaces=replaces),
    ]
    kind = Kind.FREE_ONLINE if replaces else Kind.GENERAL

    with pytest.raises(QuestionnaireRefused, match=fault):
        propose(again, kind=kind)
    # Its own version may still be written anew, as long as nobody was asked it.
    text = {"name": "Baru", "legal_basis": "PermenPANRB 14/2017", "valid_from": first.valid_from}
    same = [*asked, local_question("Rasa keadilan", "keadilan", replaces="biaya")]
    revise_questionnaire(first, **text, questions=same, by="test")
    assert "keadilan" in elements_of(first)


def form_data(**changes):
    data = {"kind": "umum", "name": "Baru", "legal_basis": "PermenPANRB 14/2017", "valid_from": f"{day(2)}"}
    for number, each in enumerate(official_questions(), 1):
        data |= {f"{each['element']}-is_asked": "on", f"{each['element']}-position": str(number)}
        data |= {f"{each['element']}-{name}": each[name] for name in each if name != "element"}
    return data | changes


def test_the_office_proposes_a_version_with_a_tenth_question(client):
    fill()
    client.force_login(build_cast()["survey_office"])
    tenth = {f"setempat-1-{name}": text for name, text in local_question("Keterbukaan", "").items() if text}

    response = client.post(
        reverse("feedback:questionnaire-propose"), form_data(**tenth, **{"setempat-1-position": "10"})
    )

    assert response.status_code == 302
    assert "keterbukaan" in elements_of(questionnaire_on(day(2)))
    assert "Keterbukaan" in client.get(response["Location"]).content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"biaya-is_asked": ""},
        {"valid_from": "2020-01-01"},
        {"valid_from": "٣"},
        {"biaya-position": "-1"},
        {"biaya-text": ""},
        {"biaya-text": "x" * 5000},
        {"kind": "lain"},
        {"name": "a\x00b"},
        {"setempat-1-text": "Tanpa nama"},
        {"setempat-1-replaces": "waktu", "setempat-1-local_label": "!!"},
    ],
)
def test_a_version_that_cannot_be_comes_back_as_typed(client, changes):
    fill()
    client.force_login(build_cast()["survey_office"])

    response = client.post(reverse("feedback:questionnaire-propose"), form_data(**changes))

    assert response.status_code == 422
    assert "Ada masalah" in response.content.decode()
    assert Questionnaire.objects.count() == 1


def test_a_running_version_has_no_page_to_change_it(client):
    fill()
    client.force_login(build_cast()["survey_office"])
    running = Questionnaire.objects.get()

    assert client.get(reverse("feedback:questionnaire-revise", args=[running.pk])).status_code == 404
    client.post(reverse("feedback:questionnaire-withdraw", args=[running.pk]))
    assert Questionnaire.objects.count() == 1


def test_the_office_chooses_the_kind_of_a_service(client):
    cast = build_cast()
    fill()
    service = add_service(
        unit=cast["self"].cast_units["clinic"], name="Imunisasi", slug="imunisasi", by="test"
    )
    client.force_login(cast["survey_office"])
    address = reverse("feedback:questionnaire-choose", args=[service.slug])

    for kind in ("gratis", "daring", "lain"):
        client.post(address, {"kind": kind})

    assert service.survey_kind.kind == Kind.ONLINE
    assert "Imunisasi" in client.get(reverse("feedback:questionnaire-kinds")).content.decode()
