"""Who decides about answers that were set aside, and what everybody may know of them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.access.tests.cast import build_cast
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, history_of
from feedback.citizens.actions import record_response
from feedback.citizens.actions.setting_aside import HasChanged, decide
from feedback.citizens.models import Mark, SetAside, SurveyResponse
from feedback.citizens.queries import set_aside_counts
from feedback.citizens.reference_data import fill
from feedback.services.actions import add_service

from .scene import ALL_FOURS

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    cast = build_cast()
    fill()
    service = add_service(
        unit=cast["self"].cast_units["clinic"], name="Imunisasi", slug="imunisasi", by="test"
    )
    for number in range(3):
        record_response(service, answers=ALL_FOURS, sending_key=f"fast {number}", marks=[Mark.TOO_FAST])
    record_response(service, answers=ALL_FOURS, sending_key="usual")
    return cast, service, SetAside.objects.get()


def counts(service):
    today = timezone.localdate()
    return set_aside_counts(service=service, start=today, end=today)


def test_everybody_may_count_what_was_set_aside_and_why(scene):
    _, service, _ = scene

    told = counts(service)

    assert (told.waiting, told.excluded, told.released) == (3, 0, 0)
    assert told.by_reason == {"Diisi terlalu cepat": 3}
    yesterday = timezone.localdate() - timedelta(days=1)
    assert set_aside_counts(unit=service.unit, start=yesterday, end=yesterday).waiting == 0


def test_the_survey_office_lets_answers_count_again_or_not_and_may_think_again(scene):
    cast, service, group = scene
    office = cast["survey_office"]

    decide(group, step="exclude", by=office, reason="Dikirim program", seen=3)
    assert (counts(service).excluded, counts(service).by_reason) == (3, {"Diisi terlalu cepat": 3})
    decide(group, step="reconsider", by=office, reason="Keliru", seen=3)
    decide(group, step="release", by=office, reason="Petugas membantu mengisi", seen=3)

    assert SurveyResponse.objects.filter(state="counted").count() == 4
    assert counts(service).by_reason == {}
    assert [change.reason for change in history_of(group)] == [
        "Dikirim program",
        "Keliru",
        "Petugas membantu mengisi",
    ]


@pytest.mark.parametrize("person", ["service_manager", "superior", "personnel_office", "inspector"])
def test_nobody_else_decides_least_of_all_the_unit(scene, person):
    cast, _, group = scene

    with pytest.raises(NotAllowed):
        decide(group, step="exclude", by=cast[person], reason="Tidak suka", seen=3)


def test_a_decision_needs_a_reason_and_the_number_that_was_seen(scene):
    cast, service, group = scene
    office = cast["survey_office"]

    with pytest.raises(StepRefused):
        decide(group, step="exclude", by=office, reason=" ", seen=3)
    record_response(service, answers=ALL_FOURS, sending_key="fast 4", marks=[Mark.TOO_FAST])
    with pytest.raises(HasChanged, match="dari 3 menjadi 4"):
        decide(group, step="exclude", by=office, reason="Dikirim program", seen=3)

    assert counts(service).waiting == 4


def test_answers_of_the_same_kind_that_come_later_wait_in_a_group_of_their_own(scene):
    cast, service, group = scene
    decide(group, step="release", by=cast["survey_office"], reason="Benar", seen=3)

    late = record_response(service, answers=ALL_FOURS, sending_key="late", marks=[Mark.TOO_FAST])

    assert late.set_aside != group
    with pytest.raises(StepRefused, match="masih menunggu"):
        decide(group, step="reconsider", by=cast["survey_office"], reason="Ragu", seen=3)


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_comes_during_a_decision_waits_in_a_group_of_its_own(scene):
    cast, service, group = scene

    def send():
        try:
            return record_response(service, answers=ALL_FOURS, sending_key="late", marks=[Mark.TOO_FAST])
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            decide(group, step="release", by=cast["survey_office"], reason="Benar", seen=3)
            sending = pool.submit(send)
            with pytest.raises(TimeoutError):
                sending.result(timeout=0.3)  # it waits for the decision
        late = sending.result(timeout=10)

    assert late.set_aside_id != group.pk
    assert counts(service).waiting == 1


def test_nothing_that_was_set_aside_is_ever_deleted(scene):
    _, _, group = scene

    with pytest.raises(InternalError, match="Cannot delete"), transaction.atomic():
        SetAside.objects.filter(pk=group.pk)._raw_delete("default")


def test_the_page_shows_how_alike_the_answers_are_and_none_of_them(scene, client):
    cast, service, group = scene
    client.force_login(cast["survey_office"])
    address = reverse("feedback:survey-set-aside", args=[service.slug, group.pk])

    page = client.get(address).content.decode()
    reference = SurveyResponse.objects.filter(set_aside=group).first().reference

    assert "Terbanyak dengan susunan yang sama</dt><dd>3" in page
    assert reference not in page
    decided = client.post(address, {"step": "exclude", "reason": "Dikirim program", "seen": "3"})
    assert decided.status_code == 302
    assert client.post(address, {"step": "exclude", "reason": "Lagi", "seen": "3"}).status_code == 422


def test_a_number_that_changed_meanwhile_is_shown_with_what_was_typed(scene, client):
    cast, service, group = scene
    client.force_login(cast["survey_office"])
    address = reverse("feedback:survey-set-aside", args=[service.slug, group.pk])

    answer = client.post(address, {"step": "exclude", "reason": "Dikirim program", "seen": "2"})

    assert answer.status_code == 409
    assert "Dikirim program" in answer.content.decode()
    assert 'name="seen" value="3"' in answer.content.decode()


@pytest.mark.parametrize(
    "data", [{}, {"step": "x"}, {"step": "exclude", "reason": "a\x00b", "seen": "٣"}, {"seen": "-1"}]
)
def test_what_no_form_sends_is_refused(scene, client, data):
    cast, service, group = scene
    client.force_login(cast["survey_office"])

    answer = client.post(reverse("feedback:survey-set-aside", args=[service.slug, group.pk]), data)

    assert answer.status_code == 422


def test_the_unit_sees_how_many_and_why_without_the_day(scene, client):
    cast, service, _ = scene
    client.force_login(cast["service_manager"])

    page = client.get(reverse("feedback:survey-inbox-service", args=[service.slug])).content.decode()

    assert "Diisi terlalu cepat" in page
    assert "Kelompok" not in page
    assert f"{timezone.localdate().day} " not in re_dates(page)


def re_dates(page):
    """What stands in the main part of the page, without its head and foot."""
    return page.split("<main")[1].split("</main>")[0].split("<h2>")[1]


def test_lists_ask_the_same_number_of_questions_for_one_and_for_many(scene, client):
    cast, service, _ = scene
    client.force_login(cast["survey_office"])
    pages = [
        reverse("feedback:survey-inbox"),
        reverse("feedback:survey-inbox-service", args=[service.slug]),
        reverse("feedback:questionnaire-kinds"),
        reverse("feedback:survey-contacts", args=[service.slug]),
    ]

    def asked():
        numbers = []
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            numbers.append(len(queries))
        return numbers

    record_response(service, answers=ALL_FOURS, sending_key="first", contact="0911", comment="Lama")
    asked()
    before = asked()
    for number in range(3):
        other = add_service(unit=service.unit, name=f"Lain {number}", slug=f"lain-{number}", by="test")
        record_response(other, answers=ALL_FOURS, sending_key=f"o {number}", marks=[Mark.BURST])
        record_response(
            service,
            answers=ALL_FOURS,
            sending_key=f"s {number}",
            marks=[Mark.BURST],
            contact="0911",
            comment="Lama",
        )

    assert asked() == before
