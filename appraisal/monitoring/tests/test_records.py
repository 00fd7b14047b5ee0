"""Forms B.1.1 to B.1.5 as pages and on paper, and what stands beside the evidence."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from appraisal.monitoring.actions import (
    Refused,
    add_evidence_file,
    cite_service,
    note_progress,
    record_realisation,
    save_step,
)
from appraisal.monitoring.models import Evidence
from appraisal.monitoring.twins import twins_of
from appraisal.planning.models import Indicator, Skp, WorkResult
from feedback.citizens.reference_data import fill as fill_questionnaire
from feedback.results.actions import lock_quarter
from feedback.results.tests.scene import answer, mixed
from feedback.services.actions import add_service
from feedback.services.periods import Quarter

from .agreed_plan import agreed_plan, build_plan, pdf, today
from .test_voices import say

TITLES = {
    "action-plan-print": "Rencana Aksi",
    "documentation-print": "Pendokumentasian Kinerja",
    "feedback-record-print": "Rekaman Informasi Umpan Balik Berkelanjutan",
}


@pytest.fixture
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def read(client, plan, name, person="self"):
    client.force_login(plan[0][person])
    args = [plan[1].pk] if name.startswith(("action-plan", "carry-out")) else [plan[1].pk, plan[2].pk]
    answer = client.get(reverse(f"appraisal:{name}", args=args))
    assert answer.status_code == 200, name
    return answer.text


def fill(plan):
    cast, skp, period = plan
    result = skp.results.first()
    save_step(result, text="Menyusun jadwal", due_on=date(2026, 10, 1), by=cast["self"])
    note_progress(result, day=today(), text="Kelas ibu berjalan", by=cast["self"])
    record_realisation(result.indicators.get(), period=period, value=97, note="", by=cast["self"])
    add_evidence_file(result, period=period, title="Rekap ANC", dated=today(), upload=pdf(), by=cast["self"])
    say(plan, text="Teliti dan tepat waktu", result=result)
    say(plan, by="peer", giver="peer", text="Suka membantu")


@pytest.mark.parametrize("name", TITLES)
def test_each_form_prints_its_title_its_people_and_its_signatures(client, plan, media, name):
    fill(plan)
    page = read(client, plan, name)

    for words in (TITLES[name], "Pegawai yang Dinilai", plan[0]["self"].name, "Pemerintah Kota Ambon"):
        assert words in page
    assert ("Pejabat Penilai Kinerja<" in page or "<br>Pejabat Penilai Kinerja" in page) == (
        name == "feedback-record-print"
    )


def test_the_documentation_shows_plan_realisation_and_evidence(client, plan, media):
    fill(plan)
    page = read(client, plan, "documentation-print")

    for words in ("Menyusun jadwal", "97 orang", "Rekap ANC", "Kelas ibu berjalan"):
        assert words in page


@pytest.mark.parametrize(
    ("audience", "approach", "code", "columns"),
    [
        ("staff", "qualitative", "B.1.3", ["Hasil kerja", "Ukuran keberhasilan dan target:"]),
        ("leader", "qualitative", "B.1.3", ["Hasil kerja"]),
        ("leader", "quantitative", "B.1.4", ["Perspektif"]),
        ("staff", "quantitative", "B.1.5", ["Rencana hasil kerja pimpinan yang diintervensi", "Aspek"]),
    ],
)
def test_the_record_is_written_in_the_form_of_the_plans_kind(
    client, plan, media, audience, approach, code, columns
):
    fill(plan)
    Skp.objects.filter(pk=plan[1].pk).update(audience=audience, approach=approach)

    for name in ("feedback-record", "feedback-record-print"):
        page = read(client, plan, name)
        for words in (
            code,
            "97 orang",
            "Teliti dan tepat waktu",
            "Suka membantu",
            plan[0]["peer"].name,
            *columns,
        ):
            assert words in page, (name, words)


def test_the_form_of_leaders_names_the_appraisers_institution(client, plan):
    Skp.objects.filter(pk=plan[1].pk).update(audience="leader")

    assert ">Instansi<" in read(client, plan, "feedback-record-print")


def test_a_target_in_words_is_answered_in_words(client, plan):
    cast, skp, period = plan
    indicator = skp.results.first().indicators.get()
    Indicator.objects.filter(pk=indicator.pk).update(
        target_low=None, target_high=None, target_text="Layanan tanpa keluhan"
    )
    client.force_login(cast["self"])
    address = reverse("appraisal:realisation-edit", args=[skp.pk, period.pk])
    data = {}
    for one in Indicator.objects.filter(result__skp=skp):
        data |= {f"value-{one.pk}": "", f"note-{one.pk}": "", f"version-{one.pk}": "0"}

    assert (
        client.post(address, data | {f"value-{indicator.pk}": "Satu keluhan, sudah dijawab"}).status_code
        == 302
    )
    stale = client.post(address, data | {f"value-{indicator.pk}": "Tanpa keluhan"})

    assert stale.status_code == 409
    assert "Satu keluhan, sudah dijawab" in stale.text
    assert "Tanpa keluhan" in stale.text
    assert "Satu keluhan, sudah dijawab" in read(client, plan, "documentation-print")
    indicator.refresh_from_db()
    with pytest.raises(Refused, match="kata-kata"):
        record_realisation(indicator, period=period, value=5, note="", by=cast["self"])


def test_words_stand_on_the_page_of_the_rating(client, plan):
    from appraisal.scoring.actions import start_evaluation

    cast, skp, period = plan
    indicator = skp.results.first().indicators.get()
    Indicator.objects.filter(pk=indicator.pk).update(
        target_low=None, target_high=None, target_text="Tepat waktu"
    )
    indicator.refresh_from_db()
    record_realisation(indicator, period=period, value="Selesai 3 September", note="", by=cast["self"])
    draft = start_evaluation(skp, period=period, by=cast["appraiser"])
    client.force_login(cast["appraiser"])

    assert "Selesai 3 September" in client.get(reverse("appraisal:evaluation-edit", args=[draft.pk])).text


def test_a_withdrawn_result_stays_marked_where_something_was_recorded_and_is_gone_elsewhere(
    client, plan, media
):
    first, second = plan[1].results.all()[:2]
    record_realisation(second.indicators.get(), period=plan[2], value=1, note="", by=plan[0]["self"])
    WorkResult.objects.filter(pk=first.pk).update(withdrawn_on=date(2026, 6, 30))
    WorkResult.objects.filter(pk=second.pk).update(withdrawn_on=date(2026, 8, 1))

    for name in ("documentation", "feedback-record", "realisation-edit"):
        page = read(client, plan, name)
        assert first.statement not in page
        assert "Tidak berlaku sejak 1 Agustus 2026" in page
    with pytest.raises(Refused):
        record_realisation(first.indicators.get(), period=plan[2], value=1, note="", by=plan[0]["self"])


def test_the_same_file_is_told_and_never_refused(client, plan, media):
    cast, skp, period = plan
    add = reverse("appraisal:evidence-add", args=[skp.pk, period.pk])
    first, second = skp.results.all()[:2]
    client.force_login(cast["self"])
    data = {"title": "Rekap", "dated": "2026-09-20"}
    client.post(add, data | {"result": first.pk, "upload": pdf()})

    answer = client.post(add, data | {"result": second.pk, "upload": pdf()}, follow=True)

    assert Evidence.objects.count() == 2
    assert "Berkas yang sama sudah dipakai" in answer.text
    assert first.statement in answer.text


def test_a_colleagues_twin_is_named_to_the_appraiser_alone(client, plan, media):
    cast, skp, period = plan
    others = agreed_plan(cast["peer"], by=cast["appraiser"])
    mine = evidence(skp, period, cast["self"])
    evidence(others, period, cast["peer"])

    (for_self,) = twins_of(cast["self"], [mine])[mine.pk]
    (for_appraiser,) = twins_of(cast["appraiser"], [mine])[mine.pk]

    assert (for_self.evidence, for_self.words) == (None, "bukti pegawai lain di unit ini")
    assert cast["peer"].employee.name in for_appraiser.words
    assert cast["peer"].employee.name in read(client, plan, "feedback-record", "appraiser")
    from appraisal.scoring.actions import start_evaluation

    draft = start_evaluation(skp, period=period, by=cast["appraiser"])
    client.force_login(cast["appraiser"])
    assert "Juga dipakai" in client.get(reverse("appraisal:evaluation-edit", args=[draft.pk])).text


def evidence(skp, period, by):
    return add_evidence_file(
        skp.results.first(), period=period, title="a", dated=today(), upload=pdf(), by=by
    )


def survey(plan, responses):
    fill_questionnaire()
    service = add_service(unit=plan[1].unit, name="Pemeriksaan ibu hamil", slug="anc", by="test")
    answer(service, mixed(responses), day=date(2026, 7, 1))
    return service


def locked(plan, now):
    """The first days of October: the quarter is over and its results are locked, its appraisal is still open."""
    now.move_to(datetime(2026, 10, 2, tzinfo=UTC))
    lock_quarter(Quarter(2026, 3), by=plan[0]["survey_office"])


def test_what_is_published_of_the_quarter_is_shown_and_cited(client, plan, now):
    _cast, skp, period = plan
    service = survey(plan, 36)
    locked(plan, now)
    cite = reverse("appraisal:service-cite", args=[skp.pk, period.pk])
    page = read(client, plan, "feedback-record")
    assert "Baik (mutu B): indeks 83,33" in page
    assert "36 responden. Selang 95%" in page

    for _ in range(2):
        client.post(cite, {"service": service.pk, "result": skp.results.first().pk})

    cited = Evidence.objects.get()
    assert cited.service == service
    assert cited.title == (
        "Survei Pemeriksaan ibu hamil: indeks 83,33 (mutu B) dari 36 responden, selang 95% 79,43–87,23"
    )
    assert cited.title in read(client, plan, "documentation")


def test_an_estimate_is_cited_as_one(plan, now):
    service = survey(plan, 12)
    locked(plan, now)

    cited = cite_service(plan[1].results.first(), period=plan[2], service=service, by=plan[0]["self"])

    assert "indeks 83 (perkiraan, tanpa mutu) dari 10 responden, selang 95% 7" in cited.title


def test_few_voices_stay_hidden(client, plan, now):
    service = survey(plan, 9)
    locked(plan, now)

    page = read(client, plan, "feedback-record")

    assert "5–9 responden, belum cukup untuk indeks" in page
    assert "Kutip sebagai bukti" not in page
    with pytest.raises(Refused):
        cite_service(plan[1].results.first(), period=plan[2], service=service, by=plan[0]["self"])


def test_before_the_lock_one_more_answer_changes_nothing_on_the_page(client, plan):
    service = survey(plan, 36)
    before = read(client, plan, "feedback-record")

    answer(service, mixed(1, waktu=1), day=today())

    assert "Hasil belum ditetapkan" in before
    assert "indeks 8" not in read(client, plan, "feedback-record")
    with pytest.raises(Refused, match="Perkiraan muncul"):
        cite_service(plan[1].results.first(), period=plan[2], service=service, by=plan[0]["self"])


def test_the_survey_of_another_unit_shows_nothing_here(plan):
    service = add_service(unit=plan[0]["self"].cast_units["schools"], name="Sekolah", slug="s", by="test")

    with pytest.raises(Refused, match="unit ini"):
        cite_service(plan[1].results.first(), period=plan[2], service=service, by=plan[0]["self"])


COUNTS = {}


@pytest.mark.parametrize("main", [3, 11])
@pytest.mark.parametrize("name", ["documentation", "feedback-record", "action-plan"])
def test_a_form_asks_as_often_for_four_results_as_for_twelve(client, db, now, name, main):
    plan = build_plan(main=main)
    for result in plan[1].results.all():
        save_step(result, text="Langkah", due_on=date(2026, 10, 1), by=plan[0]["self"])
        say(plan, result=result)
    client.force_login(plan[0]["self"])
    args = [plan[1].pk] if name == "action-plan" else [plan[1].pk, plan[2].pk]
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse(f"appraisal:{name}", args=args)).status_code == 200

    assert len(queries) == COUNTS.setdefault(name, len(queries))
