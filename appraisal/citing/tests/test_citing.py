"""The appraiser takes a voice into the record; it is frozen, answered by the employee, and changes no rating."""

import hashlib
import json
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from ambon_kinerja.lifecycle.steps import NotAllowed
from ambon_kinerja.notices.models import Notice
from appraisal.citing.evidence import of_person, of_services
from appraisal.citing.models import VoiceCitation
from appraisal.monitoring.actions import Refused, answer_feedback, withdraw_feedback
from appraisal.monitoring.models import Feedback
from appraisal.scoring.actions import finalise, save_draft, start_evaluation
from appraisal.scoring.tests.backed import backing_for
from appraisal.scoring.tests.test_actions import WORDS
from feedback.services.periods import Quarter
from feedback.voice.words import Outcome, PersonEvidence, ServiceEvidence, ServiceLine


def address(scene, piece=None):
    args = [scene.skp.pk, scene.period.pk]
    return (
        reverse("appraisal:voice-cite", args=[*args, piece])
        if piece
        else reverse("appraisal:voice-list", args=args)
    )


def typed(**more):
    return {"about": "", "tone": "mixed", "reason": "Ia mengatur antrean"} | more


def test_days_stand_in_words_and_lowest_elements_apart():
    """Names of elements hold commas themselves."""
    [outcome] = of_person(PersonEvidence(outcomes=(Outcome("Antrean dilewati.", date(2026, 5, 4), ""),)))
    assert "diputus 4 Mei 2026" in outcome.title
    assert "diputus 4 Mei 2026" in outcome.text

    lowest = (("Sistem, mekanisme, dan prosedur", Decimal("89.00")), ("Biaya/tarif", Decimal("79.75")))
    line = ServiceLine(
        key=1,
        slug="ktp",
        name="KTP",
        unit="Dinas",
        quarter=Quarter(2026, 2),
        respondents=200,
        headline="",
        explanation="",
        index=Decimal("92.11"),
        low=Decimal("91.07"),
        high=Decimal("93.15"),
        lowest=lowest,
    )
    [service] = of_services(ServiceEvidence(services=(line,)))
    assert "sistem, mekanisme, dan prosedur (89); biaya/tarif (79,75)." in service.text


def test_a_citation_is_a_dated_copy_with_sample_and_interval_and_the_employee_is_told(scene):
    citation = scene.cite()

    said = citation.feedback
    assert "dari 25 responden, selang 95%" in said.text
    assert "Alasan dikutip: Ia mengatur antrean" in said.text
    assert (said.giver, said.given_by, str(said.given_on)) == (
        "served",
        scene.cast["appraiser"],
        "2026-09-21",
    )
    assert citation.sha256 == hashlib.sha256(citation.frozen.encode()).hexdigest()
    assert Notice.objects.filter(recipient=scene.cast["self"], path=f"/umpan-balik/{said.pk}/").exists()
    assert scene.cite() == citation  # sent twice


def test_what_changes_later_moves_no_citation(scene):
    citation = scene.cite()
    before, text = citation.frozen, citation.feedback.text

    scene.answered(60, day=date(2026, 8, 3), waktu=4, sarana=4)

    assert scene.pieces()["service"].frozen != before
    citation.refresh_from_db()
    assert (citation.frozen, citation.feedback.text) == (before, text)
    assert json.loads(before)["respondents"] == 25


def test_nobody_changes_a_frozen_copy_not_even_past_the_application(scene):
    citation = scene.cite()

    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        VoiceCitation.objects.filter(pk=citation.pk).update(reason="Lain")
    kept = ("skp", "period", "value", "kind", "giver", "tone", "given_on", "given_by")
    other = Feedback.objects.create(**{name: getattr(citation.feedback, name) for name in kept}, text="Lain")
    with pytest.raises(IntegrityError, match="citation_has_the_hash"), transaction.atomic():
        VoiceCitation.objects.create(
            feedback=other, source="service", reason="x", frozen="{}", sha256=citation.sha256
        )


@pytest.mark.parametrize("who", ["self", "peer", "former", "superior", "stranger", "personnel_office"])
def test_only_the_appraiser_of_the_day_cites(scene, who):
    with pytest.raises(NotAllowed):
        scene.cite(by=who)


@pytest.mark.parametrize("who", ["peer", "former", "stranger", "unit_admin", "service_manager"])
def test_whoever_is_not_of_the_pair_finds_no_page(client, scene, who):
    key = scene.pieces()["service"].key
    client.force_login(scene.cast[who])

    assert client.get(address(scene)).status_code == 404
    assert client.post(address(scene, key), typed()).status_code == 404


def test_the_employee_alone_answers_and_the_appraiser_reads_it(client, scene):
    citation = scene.cite()
    client.force_login(scene.cast["self"])
    assert client.post(address(scene, scene.pieces()["service"].key), typed()).status_code == 404
    own = client.get(reverse("appraisal:feedback-answer", args=[citation.feedback_id])).text
    assert citation.sha256 in own
    with pytest.raises(NotAllowed):
        answer_feedback(citation.feedback, text="Bukan saya", by=scene.cast["appraiser"])

    answer_feedback(citation.feedback, text="Loket hanya satu", by=scene.cast["self"])

    client.force_login(scene.cast["appraiser"])
    assert "Loket hanya satu" in client.get(address(scene)).text
    with pytest.raises(IntegrityError), transaction.atomic():
        VoiceCitation.objects.filter(pk=citation.pk).delete()


def test_a_citation_goes_when_its_giver_takes_it_back_in_time(scene):
    citation = scene.cite()

    withdraw_feedback(citation.feedback, by=scene.cast["appraiser"])

    assert not VoiceCitation.objects.exists()


def test_nothing_is_offered_while_too_few_answered(scene):
    assert set(scene.pieces()) == {"service"}

    with pytest.raises(Refused, match="tidak ada lagi"):
        scene.cite(piece="loket")
    with pytest.raises(Refused, match="Tulis mengapa"):
        scene.cite(reason=" ")


def test_the_rating_page_shows_the_voice_and_citing_moves_no_rating(client, scene):
    draft = start_evaluation(scene.skp, period=scene.period, by=scene.cast["appraiser"])
    client.force_login(scene.cast["appraiser"])
    page = reverse("appraisal:evaluation-edit", args=[draft.pk])
    assert "dari 25 responden" in client.get(page).text
    key = scene.pieces()["service"].key

    sent = typed(about=f"hasil-{scene.skp.results.first().pk}")
    assert client.post(address(scene, key), sent).status_code == 302

    draft.refresh_from_db()
    assert (draft.work_rating, draft.behaviour_rating, draft.version) == ("", "", 1)
    assert "Alasan dikutip" in client.get(page).text


def test_the_receipt_holds_the_hash_and_the_answer(scene):
    citation = scene.cite()
    answer_feedback(citation.feedback, text="Loket hanya satu", by=scene.cast["self"])
    draft = start_evaluation(scene.skp, period=scene.period, by=scene.cast["appraiser"])
    ratings = {result.pk: ("meets", "") for result in scene.skp.results.all()}
    saved = save_draft(
        draft,
        version=1,
        ratings=ratings,
        backing=backing_for(draft, ratings),
        by=scene.cast["appraiser"],
        **WORDS,
    )

    final = finalise(saved, version=saved.version, by=scene.cast["appraiser"])

    inputs = {row["id"]: row for row in json.loads(final.receipt)["inputs"]}
    assert inputs["voice.C1"]["sha256"] == citation.sha256
    assert inputs["voice.answer1"]["value"] == "Loket hanya satu"
    assert inputs["voice.reason1"]["value"] == "Ia mengatur antrean"


def test_the_second_wall_shows_a_citation_to_whoever_reads_its_feedback(client, scene):
    scene.cite()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.reader', 'person', false), set_config('app.me', '', false)")
        cursor.execute("SELECT count(*) FROM appraisal_voicecitation")
        hidden = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('app.reader', 'service', false)")
        cursor.execute("SELECT count(*) FROM appraisal_voicecitation")
        assert (hidden, cursor.fetchone()[0]) == (0, 1)


@pytest.mark.parametrize(
    "sent", [{}, {"about": "hasil-999"}, {"about": ["a"], "tone": "\x00", "reason": "x" * 9000}]
)
def test_what_no_form_sends_is_refused_at_its_field(client, scene, sent):
    client.force_login(scene.cast["appraiser"])

    answer = client.post(address(scene, scene.pieces()["service"].key), typed(**sent))

    assert answer.status_code == 422
