"""Lists: who meets which rule and why, what is missing, and the files."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.jobs.models import Job
from ambon_kinerja.jobs.pages import page_of
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from appraisal.outcomes import actions, exporting
from appraisal.outcomes.lists import LISTS
from appraisal.outcomes.lists.files import read, remove_old
from appraisal.outcomes.lists.rows import Asked
from appraisal.outcomes.models import OutcomeFile
from appraisal.rulebook.models import Rule

ASKED = Asked(year=2025, month=date(2026, 1, 1))


def rows(scene, word, user=None, **more):
    each, user = LISTS[word], user or scene.office
    asked = Asked(**{"year": 2025, "month": date(2026, 1, 1), **more})
    with each.reading():
        return each.rows(each.found(user, asked), user, asked)


def statuses(scene, word, **more):
    return {row.employee.pk: row.status for row in rows(scene, word, **more) if row.status}


@pytest.mark.parametrize(
    ("before", "last", "kind", "why", "missing"),
    [
        ("baik", "baik", "ok", "Paling rendah Baik pada 2024 dan 2025.", ""),
        ("sangat_baik", "baik", "ok", "Paling rendah Baik pada 2024 dan 2025.", ""),
        ("butuh_perbaikan", "sangat_baik", "stop", "Di bawah Baik: 2024 Butuh Perbaikan.", ""),
        ("baik", "kurang", "stop", "Di bawah Baik: 2025 Kurang.", ""),
        (None, "baik", "warn", "Diminta paling rendah Baik setiap tahun.", "Predikat 2024 belum ditetapkan."),
        (
            None,
            None,
            "warn",
            "Diminta paling rendah Baik setiap tahun.",
            "Predikat 2024 dan 2025 belum ditetapkan.",
        ),
        (
            None,
            "sangat_kurang",
            "stop",
            "Di bawah Baik: 2025 Sangat Kurang.",
            "Predikat 2024 belum ditetapkan.",
        ),
    ],
)
def test_promotion_asks_for_baik_in_each_of_two_years(scene, before, last, kind, why, missing):
    person = scene.colleague()
    for predikat, year in ((before, 2024), (last, 2025)):
        if predikat:
            scene.result(predikat, year=year, employee=person)

    [row] = [row for row in rows(scene, "kenaikan-pangkat") if row.employee == person]

    assert (row.kind, row.why, row.missing) == (kind, why, missing)
    state = {"ok": "ya", "stop": "tidak", "warn": "belum"}[kind]
    for asked in ("ya", "tidak", "belum"):
        found = [each.employee for each in rows(scene, "kenaikan-pangkat", state=asked)]
        assert (person in found) == (asked == state)


def test_a_quarter_is_no_year_and_a_replaced_result_counts_no_longer(scene):
    person = scene.colleague()
    scene.result("baik", year=2024, employee=person)
    scene.result("baik", year=2025, number=4, employee=person)
    [row] = [row for row in rows(scene, "kenaikan-pangkat") if row.employee == person]
    assert row.kind == "warn"

    scene.overtake(scene.result("butuh_perbaikan", year=2025, employee=person), "baik")

    [row] = [row for row in rows(scene, "kenaikan-pangkat") if row.employee == person]
    assert (row.kind, "revisi 2" in row.basis) == ("ok", True)


def test_a_result_from_outside_counts_and_is_marked(scene):
    person = scene.colleague()
    scene.result("baik", employee=person)
    record_past(scene, person)

    [row] = [row for row in rows(scene, "kenaikan-pangkat") if row.employee == person]

    assert row.cells[:2] == ["Baik", "Baik (dari luar sistem)"]
    assert "e-Kinerja BKN" in row.basis


def record_past(scene, person, year=2024, predikat="baik"):
    return actions.record_past_result(
        person,
        unit=scene.clinic,
        by=scene.office,
        year=year,
        predikat=predikat,
        work_rating="",
        behaviour_rating="",
        source="e-Kinerja BKN",
        document="",
    )


def test_a_functional_official_is_told_what_credit_is_missing(scene):
    scene.result("baik", year=2024)
    scene.result("baik", year=2025)
    scene.converted()

    [row] = [row for row in rows(scene, "kenaikan-pangkat") if row.employee == scene.me]

    assert row.cells[2] == "12,50 dari 50,00"
    assert row.missing == "Angka kredit kurang 37,50."


def test_each_list_has_its_own_people_and_rule(scene):
    contract = scene.colleague(kind="pppk", rank="IX")
    scene.result("baik", employee=contract)
    star = scene.colleague()
    for year in (2024, 2025):
        scene.result("sangat_baik", year=year, employee=star)

    assert {row.employee for row in rows(scene, "perpanjangan-pppk", state="ya")} == {contract}
    assert {row.employee for row in rows(scene, "suksesi", state="ya")} == {star}
    assert {row.employee for row in rows(scene, "penghargaan", state="ya")} == {star}
    assert {row.employee for row in rows(scene, "kenaikan-gaji-berkala", state="ya")} == {star}


def test_another_value_of_the_rule_counts_from_its_day(scene):
    person = scene.colleague()
    scene.result("butuh_perbaikan", employee=person)
    Rule.objects.create(
        key="promotion_requirement",
        valid_from=date(2026, 2, 1),
        value={"years": 1, "least": "butuh_perbaikan"},
        text="Uji",
        source="PermenPANRB",
    )

    [row] = [row for row in rows(scene, "kenaikan-pangkat") if row.employee == person]

    assert row.kind == "ok"


# --- whom to help -----------------------------------------------------------------------------


def test_every_result_below_baik_asks_for_help_until_guidance_is_opened(scene):
    person = scene.colleague()
    scene.result("butuh_perbaikan", employee=person)
    scene.result("kurang", number=4, employee=scene.me)
    scene.result("baik", number=3, employee=scene.me)

    seen = rows(scene, "pembinaan", scene.appraiser)
    assert {(row.employee, row.cells[1]) for row in seen} == {
        (person, "Butuh Perbaikan"),
        (scene.me, "Kurang"),
    }
    assert all(
        ("Atur bimbingan", reverse("appraisal:guidance-open", args=[row.employee.pk])) in row.links
        for row in seen
    )
    guidance = scene.guided(person)

    [row] = [row for row in rows(scene, "pembinaan", scene.appraiser) if row.employee == person]
    assert row.status == "Sudah dibimbing: dijadwalkan"
    assert ("Buka bimbingan", reverse("appraisal:guidance-detail", args=[guidance.pk])) in row.links


@pytest.mark.parametrize(
    ("reader", "sees"),
    [("appraiser", 2), ("superior", 2), ("personnel_office", 2), ("peer", 0), ("stranger", 0), ("self", 0)],
)
def test_only_leaders_and_the_office_see_whom_to_help(scene, reader, sees):
    scene.result("butuh_perbaikan", employee=scene.colleague())
    scene.result("kurang", employee=scene.me)

    assert len(rows(scene, "pembinaan", scene.cast[reader])) == sees


# --- the allowance factor ------------------------------------------------------------------------


def test_the_factor_of_a_month_is_that_of_the_newest_period_that_has_ended(scene):
    scene.result("butuh_perbaikan", year=2025, number=4)
    scene.result("sangat_baik", year=2025, number=3)
    scene.result("sangat_kurang", year=2025)

    january, november = (
        next(row for row in rows(scene, "faktor-tunjangan", month=month) if row.employee == scene.me)
        for month in (date(2026, 1, 1), date(2025, 11, 1))
    )

    assert january.cells == ["Triwulan IV 2025", "Butuh Perbaikan", "70%"]
    assert november.cells == ["Triwulan III 2025", "Sangat Baik", "100%"]


def test_no_result_is_no_factor_and_never_zero(scene):
    scene.period(2025, 4)

    [row] = [row for row in rows(scene, "faktor-tunjangan") if row.employee == scene.me]

    assert (row.cells[2], row.kind, row.missing) == (
        "Belum ada",
        "warn",
        "Penilaian Triwulan IV 2025 belum ditetapkan.",
    )


# --- files --------------------------------------------------------------------------------------


def test_the_file_holds_every_row_as_text_and_names_its_basis(scene, browse):
    person = scene.colleague()
    person.name = "=1+1"
    person.save()
    for year in (2024, 2025):
        scene.result("baik", year=year, employee=person)
    address = reverse("appraisal:outcome-rows-file", args=["kenaikan-pangkat"])
    client = browse("personnel_office")

    text = client.get(f"{address}?keadaan=ya").content.decode("utf-8-sig")
    book = load_workbook(BytesIO(client.get(f"{address}?keadaan=ya&bentuk=xlsx").content))

    head, line = list(csv.reader(StringIO(text), delimiter=";"))
    assert (line[0], line[1][0], line[head.index("Keadaan")]) == ("'=1+1", "'", "Memenuhi syarat kinerja")
    assert "revisi 1, sidik aaaaaaaaaaaa" in line[head.index("Dasar")]
    cells = list(book.active.iter_rows())
    assert (cells[1][0].value, cells[1][0].data_type) == ("=1+1", "s")
    assert AuditEvent.objects.filter(action="outcomes.export").count() == 2


def test_a_long_list_becomes_a_job_and_its_file_is_its_owners_alone(
    scene, browse, monkeypatch, settings, tmp_path
):
    settings.DATA_DIR = tmp_path
    scene.result("baik")
    monkeypatch.setattr("appraisal.outcomes.views.listing.MOST_AT_ONCE", 2)
    client = browse("personnel_office")
    page = client.get(reverse("appraisal:outcome-rows", args=["kenaikan-pangkat"]))
    assert "Siapkan CSV" in page.text
    assert client.get(reverse("appraisal:outcome-rows-file", args=["kenaikan-pangkat"])).status_code == 404

    ask = reverse("appraisal:outcome-rows-request", args=["kenaikan-pangkat"])
    client.post(ask, {"bentuk": "csv", "tahun": "2025"})
    client.post(ask, {"bentuk": "csv", "tahun": "2025"})

    job = Job.objects.get(kind="outcome_list")
    assert page_of(job)[1] == reverse("appraisal:outcome-rows", args=["kenaikan-pangkat"])
    address = exporting.make_file(job, lambda *said: None)
    record = OutcomeFile.objects.get()
    assert client.get(address).content == read(record)
    assert browse("inspector").get(address).status_code == 404
    assert record.rows == len(rows(scene, "kenaikan-pangkat"))


def test_old_files_go_and_their_rows_stay(scene, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    job = exporting.request_file(LISTS["suksesi"], scene.office, Asked(year=2025), "xlsx")
    exporting.make_file(job, lambda *said: None)
    record = OutcomeFile.objects.get()

    assert remove_old() == 0
    assert remove_old(record.expires_at) == 1
    assert read(OutcomeFile.objects.get()) is None
    assert list((tmp_path / "outcome_files").iterdir()) == []


@pytest.mark.parametrize("word", sorted(LISTS))
def test_a_list_asks_as_many_questions_for_one_row_as_for_many(scene, browse, word):
    address = (
        reverse("appraisal:talent") if word == "talenta" else reverse("appraisal:outcome-rows", args=[word])
    )
    client = browse("personnel_office")
    asked = {"tahun": "2025", "keadaan": "semua"}

    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address, asked).status_code == 200
        return len(queries)

    scene.result("butuh_perbaikan", number=4)
    scene.result("butuh_perbaikan")
    client.get(address, asked)
    few = count()
    for _ in range(4):
        person = scene.colleague(level="mahir", post_kind="jf_keterampilan")
        scene.result("sangat_baik", employee=person)
        scene.result("kurang", number=4, employee=person)

    assert count() == few


@pytest.mark.parametrize(
    "query",
    [
        {"tahun": "x"},
        {"tahun": "9" * 30},
        {"bulan": "2026-13"},
        {"unit": "0"},
        {"kotak": "99"},
        {"keadaan": "'; --"},
        {"cari": "x" * 200},
        {"cari": "\u0663"},
        {"halaman": "-1"},
    ],
)
@pytest.mark.parametrize("word", ["kenaikan-pangkat", "faktor-tunjangan", "pembinaan"])
def test_nonsense_in_the_address_shows_the_list_as_it_is(scene, browse, word, query):
    answer = browse("personnel_office").get(reverse("appraisal:outcome-rows", args=[word]), query)

    assert answer.status_code == 200


def test_an_office_sees_its_own_units_alone(scene):
    from agencies.access.actions import grant_role
    from agencies.people.actions import open_account

    schools = open_account(email="s@contoh.test", name="S", by="test")
    grant_role(
        schools,
        role="personnel_office",
        unit=scene.units["schools"],
        start=date(2025, 1, 1),
        by="test",
        reason="u",
    )
    scene.result("baik")

    found = {row.employee for row in rows(scene, "kenaikan-gaji-berkala", schools)}

    assert scene.me not in found
    assert found == {scene.cast[name].employee for name in ("stranger", "former", "acting")}
    with pytest.raises(NotAllowed):
        actions.prepare_conversions(scene.me, year=2025, unit=scene.clinic, by=schools)


# --- rewards ------------------------------------------------------------------------------------


def test_a_reward_is_proposed_once_marked_when_overtaken_and_never_decided(scene):
    evaluation = scene.result("sangat_baik")
    proposed = actions.propose_reward(
        scene.me,
        evaluation=evaluation,
        kind="competence",
        reason="Teladan",
        unit=scene.clinic,
        by=scene.office,
    )
    with pytest.raises(StepRefused, match="sudah diusulkan"):
        actions.propose_reward(
            scene.me, evaluation=evaluation, kind="competence", reason="x", unit=scene.clinic, by=scene.office
        )
    assert (proposed.evaluation_revision, proposed.receipt_sha256) == (1, "a" * 64)

    scene.overtake(evaluation, "baik")

    proposed.refresh_from_db()
    assert (proposed.needs_review, proposed.predikat) == (True, "sangat_baik")
    actions.review_reward(proposed, note="Tetap diusulkan.", by=scene.office)
    actions.withdraw_reward(proposed, reason="Dibatalkan", by=scene.office)
    for person in ("self", "appraiser", "superior"):
        with pytest.raises(NotAllowed):
            actions.withdraw_reward(proposed, reason="x", by=scene.cast[person])
