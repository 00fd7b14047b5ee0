"""The year as a whole, study leave, the choice after a move, and the team side by side."""

import json
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from appraisal.cycle.actions import plan_period
from appraisal.cycle.models import Cadence, Period
from appraisal.cycle.queries import periods_to_rate, periods_to_show
from appraisal.monitoring.actions import add_evidence_link, give_feedback
from appraisal.monitoring.models import Feedback, Realisation
from appraisal.monitoring.queries import record_of
from appraisal.monitoring.rules import why_closed
from appraisal.monitoring.tests.agreed_plan import agreed_plan, moment, today
from appraisal.organisation.models import OrganisationAchievement
from appraisal.planning.models import StudyPlan
from appraisal.scoring.actions import finalise, start_evaluation
from appraisal.scoring.matrix import Predikat, Rating
from appraisal.scoring.models import Evaluation
from appraisal.scoring.queries import assessment_of, own_progress
from appraisal.scoring.receipt.checking import faults_of
from appraisal.scoring.sheets.beside import periods_beside
from appraisal.scoring.sheets.form_c import form_of
from appraisal.scoring.study_leave import predikat_for_grade

from .test_actions import complete
from .test_turns import rated_by

IN_DECEMBER = "2026-12-14T10:00:00+09:00"


@pytest.fixture
def year(plan):
    return Period.objects.create(
        year=2026,
        cadence=Cadence.ANNUAL,
        number=0,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        opens_at=moment("2026-12-01T00:00:00+09:00"),
        closes_at=moment("2027-02-01T00:00:00+09:00"),
    )


def a_quarter(number, opens, closes):
    return plan_period(
        year=2026,
        number=number,
        opens_at=moment(f"{opens}T00:00:00+09:00"),
        closes_at=moment(f"{closes}T00:00:00+09:00"),
        by="test",
    )


def realise(skp, period, value):
    indicator = skp.results.first().indicators.first()
    return Realisation.objects.create(
        indicator=indicator, period=period, value=value, recorded_by=skp.employee.user
    )


# --- the year --------------------------------------------------------------------------------------


def test_lists_of_months_and_quarters_leave_the_year_out_and_lists_to_rate_have_it_first_in_its_year(
    plan, year, now
):
    fourth = a_quarter(4, "2027-01-01", "2027-01-15")

    assert periods_to_show() == [fourth, plan[2]]
    assert periods_to_rate() == [year, fourth, plan[2]]


def test_of_the_year_everything_is_gathered_and_the_last_realisation_counts(plan, year):
    cast, skp, third = plan
    second = a_quarter(2, "2026-07-01", "2026-07-15")
    realise(skp, third, 30)
    realise(skp, second, 20)
    for period, words in ((second, "Juni"), (third, "September")):
        Feedback.objects.create(
            skp=skp,
            period=period,
            result=skp.results.first(),
            giver="leader",
            kind="periodic",
            tone="positive",
            text=words,
            given_by=cast["appraiser"],
            given_on=period.ends_on,
        )

    [row, *_] = record_of(skp, year).results

    assert (row.measures[0].value, str(row.measures[0].realisation.taken_from)) == (30, "Triwulan III 2026")
    assert {each.text for each in row.feedback} == {"Juni", "September"}
    assert [each.text for each in record_of(skp, third).results[0].feedback] == ["September"]


def test_what_a_quarter_recorded_stands_once_beside_the_rating_of_the_year(client, plan, year, now):
    cast, skp, third = plan
    result = skp.results.first()
    add_evidence_link(
        result, period=third, title="Rekap Agustus", dated=today(), link="https://contoh.test/1", by=cast["self"]
    )  # fmt: skip
    give_feedback(
        skp, period=third, giver="leader", tone="mixed", text="Catatan Agustus.", given_on=today(),
        result=result, by=cast["appraiser"],
    )  # fmt: skip
    now.move_to(moment(IN_DECEMBER))
    annual = start_evaluation(skp, period=year, by=cast["appraiser"])

    [row, *_] = assessment_of(annual).results
    client.force_login(cast["appraiser"])
    page = client.get(reverse("appraisal:evaluation-edit", args=[annual.pk])).text

    assert ([each.title for each in row.evidence], len(row.feedback)) == (["Rekap Agustus"], 1)
    assert (page.count("Rekap Agustus"), page.count("Catatan Agustus.")) == (1, 1)


def test_what_is_recorded_for_the_year_itself_outranks_its_parts(plan, year):
    _, skp, third = plan
    realise(skp, third, 30)
    realise(skp, year, 100)

    measure = record_of(skp, year).results[0].measures[0]

    assert (measure.value, measure.realisation.taken_from) == (100, None)


def test_for_editing_the_year_shows_only_what_is_its_own(plan, year):
    _, skp, third = plan
    realise(skp, third, 30)

    assert record_of(skp, year, for_itself=True).results[0].measures[0].realisation is None


def test_the_final_realisation_is_typed_for_the_year_itself(client, plan, year, now):
    cast, skp, third = plan
    realise(skp, third, 30)
    now.move_to(moment(IN_DECEMBER))
    client.force_login(cast["self"])
    address = reverse("appraisal:realisation-edit", args=[skp.pk, year.pk])
    form = client.get(address).context["form"]
    data = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    data[f"value-{skp.results.first().indicators.first().pk}"] = "45"

    assert client.post(address, data).status_code == 302

    assert record_of(skp, year).results[0].measures[0].value == 45
    assert Realisation.objects.get(period=third).value == 30


def test_the_year_is_a_review_of_its_own_with_the_periods_beside_it_and_no_mean(client, plan, year, now):
    cast, skp, third = plan
    draft = complete(
        start_evaluation(skp, period=third, by=cast["appraiser"]),
        cast["appraiser"],
        rating="above",
        work_rating="above",
        behaviour_rating="above",
    )
    finalise(draft, version=draft.version, by=cast["appraiser"])
    now.move_to(moment(IN_DECEMBER))
    annual = start_evaluation(skp, period=year, by=cast["appraiser"])

    assert (annual.work_rating, annual.suggested_rating) == ("", "")
    client.force_login(cast["appraiser"])
    page = client.get(reverse("appraisal:evaluation-edit", args=[annual.pk]))
    assertContains(page, "Untuk dibaca, bukan untuk dirata-rata")
    assertContains(page, "Triwulan III 2026")
    assert [row.period for row in periods_beside(annual)] == [third]
    final = rated_by(cast, "appraiser", skp, year)
    assert final.predikat == Predikat.BAIK


def test_once_the_year_is_decided_its_parts_stay_as_they_were(plan, year, now):
    cast, skp, _ = plan
    fourth = a_quarter(4, "2026-12-20", "2027-01-15")
    now.move_to(moment("2026-12-21T10:00:00+09:00"))
    assert why_closed(skp, fourth) == ""

    rated_by(cast, "appraiser", skp, year)

    assert why_closed(skp, fourth) == "Penilaian Tahun 2026 sudah ditetapkan, maka isinya tidak dapat diubah."


def test_there_is_one_evaluation_of_a_year_for_each_plan(plan, year, now):
    cast, skp, _ = plan
    now.move_to(moment(IN_DECEMBER))
    first = start_evaluation(skp, period=year, by=cast["appraiser"])

    assert start_evaluation(skp, period=year, by=cast["appraiser"]) == first
    with pytest.raises(IntegrityError), transaction.atomic():
        Evaluation.objects.create(skp=skp, period=year, appraiser=cast["appraiser"].employee)


@pytest.mark.parametrize(
    ("time", "shown"), [("2026-11-30T23:59:59+09:00", False), ("2026-12-01T00:00:00+09:00", True)]
)
def test_the_year_appears_among_ones_own_evaluations_once_it_may_be_rated(plan, year, now, time, shown):
    _, skp, _ = plan

    now.move_to(moment(time))

    assert (year in [row.period for row in own_progress([skp])]) is shown


# --- the form --------------------------------------------------------------------------------------


def test_an_achievement_set_anew_later_does_not_move_a_finished_form(plan):
    cast, skp, period = plan
    common = {
        "unit": cast["self"].cast_units["clinic"],
        "year": 2026,
        "period": period,
        "reason": "Menurut data",
        "set_by": cast["superior"].employee,
        "set_on": timezone.localdate(),
    }
    OrganisationAchievement.objects.create(number=1, level="baik", **common)
    final = rated_by(cast, "appraiser", skp, period)
    later = timezone.now() + timedelta(days=1)
    OrganisationAchievement.objects.create(number=2, level="kurang", recorded_at=later, **common)

    assert form_of(final)["achievement"].level == "baik"


def test_without_an_achievement_the_form_says_so(client, plan):
    cast, skp, period = plan
    final = rated_by(cast, "appraiser", skp, period)
    client.force_login(cast["self"])

    page = client.get(reverse("appraisal:evaluation-form-print", args=[final.pk]))

    assertContains(page, "Capaian kinerja organisasi belum ditetapkan")
    assertContains(page, "Format C.1.3 PermenPANRB Nomor 6 Tahun 2022")


# --- study leave -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("grade", "predikat"), [("3.61", "Sangat Baik"), ("3.60", "Baik")])
def test_a_grade_of_a_master_at_a_university_accredited_b(plan, grade, predikat):
    assert predikat_for_grade(level="S-2", accreditation="B", grade=grade).label == predikat


def study_of(skp):
    return StudyPlan.objects.create(
        skp=skp,
        institution="Universitas contoh",
        programme="Kebidanan",
        level="postgraduate",
        university_accreditation="B",
        programme_accreditation="B",
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 12, 31),
    )


def test_the_last_grade_guides_the_appraiser_and_decides_nothing(client, plan):
    cast, skp, period = plan
    study_of(skp)
    indicator = skp.results.first().indicators.first()
    type(indicator).objects.filter(pk=indicator.pk).update(unit="IPK")
    realise(skp, period, Decimal("3.61"))
    draft = start_evaluation(skp, period=period, by=cast["appraiser"])

    client.force_login(cast["appraiser"])
    assertContains(
        client.get(reverse("appraisal:evaluation-edit", args=[draft.pk])), "menuntun ke predikat Sangat Baik"
    )
    draft.refresh_from_db()
    assert draft.predikat == ""


@pytest.mark.parametrize(("work", "behaviour"), list(product(Rating.values, repeat=2)))
def test_who_did_not_finish_his_study_is_kurang_or_sangat_kurang_by_his_behaviour(plan, work, behaviour):
    cast, skp, period = plan
    draft = start_evaluation(skp, period=period, by=cast["appraiser"])
    draft = complete(
        draft,
        cast["appraiser"],
        work_rating=work,
        work_reason="Menurut data",
        behaviour_rating=behaviour,
        study_ended_early=True,
    )

    final = finalise(draft, version=draft.version, by=cast["appraiser"])

    assert final.predikat == (Predikat.SANGAT_KURANG if behaviour == "below" else Predikat.KURANG)
    assert faults_of(json.loads(final.receipt), final.receipt_sha256) == []
    with pytest.raises(IntegrityError, match="predikat_follows_the_matrix"), transaction.atomic():
        Evaluation.objects.create(
            skp=agreed_plan(cast["peer"], by=cast["appraiser"]),
            period=period,
            appraiser=cast["appraiser"].employee,
            work_rating=work,
            behaviour_rating=behaviour,
            study_ended_early=True,
            predikat=Predikat.BAIK,
        )


def test_the_box_of_a_study_stands_only_on_the_page_of_a_study(client, plan):
    cast, skp, period = plan
    draft = start_evaluation(skp, period=period, by=cast["appraiser"])
    client.force_login(cast["appraiser"])
    address = reverse("appraisal:evaluation-edit", args=[draft.pk])

    assertNotContains(client.get(address), "study_ended_early")
    study_of(skp)
    assertContains(client.get(address), "study_ended_early")


# --- the start page -------------------------------------------------------------------------------


def test_the_home_page_tells_of_the_year_and_of_what_came_to_the_superior(client, plan, year, now):
    cast, _, _ = plan
    now.move_to(moment("2026-10-12T09:00:00+09:00"))
    client.force_login(cast["superior"])
    assertContains(
        client.get(reverse("appraisal:home")),
        "Nilai pegawai yang belum dinilai bawahan Anda, Triwulan III 2026",
    )
    client.force_login(cast["appraiser"])
    assertNotContains(client.get(reverse("appraisal:home")), "Nilai tim Anda, Tahun 2026")

    now.move_to(moment(IN_DECEMBER))
    client.force_login(cast["appraiser"])

    assertContains(client.get(reverse("appraisal:home")), "Nilai tim Anda, Tahun 2026")
