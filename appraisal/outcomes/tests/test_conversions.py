"""From decided evaluations to signed forms, and what happens when an evaluation is replaced."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from agencies.people.assigning import enter_state
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from ambon_kinerja.notices.models import Notice
from appraisal.outcomes import actions
from appraisal.outcomes.account import account_of, assessments_to_review
from appraisal.outcomes.lines import lines_for
from appraisal.outcomes.models import CreditAssessment, CreditConversion
from appraisal.planning.models import Skp
from appraisal.rulebook.models import Rule


def told(lines):
    return [(line.level, line.months, line.period_words, line.missing or str(line.credit)) for line in lines]


def test_the_annual_evaluation_counts_for_the_whole_year(scene):
    scene.result("baik")
    scene.result("sangat_baik", number=1)

    assert told(lines_for(scene.me, 2025)) == [("mahir", 12, "Tahunan 2025", "12.50")]


def test_a_level_that_ended_is_converted_by_its_periods_and_the_new_one_by_the_year(scene):
    scene.moved_up(date(2025, 6, 1), "penyelia")
    scene.result("baik")
    scene.result("sangat_baik", number=1)

    scene.period(2025, 2)

    assert told(lines_for(scene.me, 2025)) == [
        ("mahir", 3, "Triwulan I 2025", "4.69"),
        ("mahir", 2, "Triwulan II 2025", "Penilaian Triwulan II 2025 belum ditetapkan."),
        ("penyelia", 7, "Tahunan 2025", "14.58"),
    ]


def test_months_of_leave_bring_nothing(scene):
    enter_state(scene.me, kind="cltn", start=date(2025, 4, 1), end=date(2025, 7, 1), by="test")
    scene.result("baik")

    assert told(lines_for(scene.me, 2025)) == [("mahir", 9, "Tahunan 2025", "9.38")]


def test_without_an_annual_evaluation_a_running_level_waits(scene):
    scene.result("baik", number=1)

    assert told(lines_for(scene.me, 2025)) == [
        ("mahir", 12, "Tahunan 2025", "Evaluasi tahunan 2025 belum ditetapkan.")
    ]
    with pytest.raises(StepRefused, match="Belum ada bagian tahun 2025"):
        scene.converted()


def test_a_level_that_ended_lately_is_converted_by_its_periods(scene):
    enter_state(scene.me, kind="retired", start=date(2026, 2, 1), by="test")
    scene.result("baik", year=2026, number=1)

    assert told(lines_for(scene.me, 2026)) == [("mahir", 1, "Triwulan I 2026", "1.04")]


def test_a_year_decided_on_its_last_days_counts_whole(scene):
    scene.result("baik", year=2026)

    assert told(lines_for(scene.me, 2026)) == [("mahir", 12, "Tahunan 2026", "12.50")]


def test_an_annual_evaluation_of_the_next_post_is_not_that_of_the_level_before(scene):
    enter_state(scene.me, kind="study", start=date(2025, 4, 1), end=date(2026, 1, 1), by="test")
    annual = scene.result("sangat_baik")
    Skp.objects.filter(pk=annual.skp_id).update(starts_on=date(2025, 4, 1))
    scene.period(2025, 1)

    assert told(lines_for(scene.me, 2025)) == [
        ("mahir", 3, "Triwulan I 2025", "Penilaian Triwulan I 2025 belum ditetapkan.")
    ]


def test_years_before_the_rules_are_not_converted(scene):
    with pytest.raises(Rule.DoesNotExist):
        lines_for(scene.me, 2022)


def test_a_form_keeps_what_it_was_made_from_and_is_signed_by_the_appraiser(scene):
    evaluation = scene.result("sangat_baik")

    [made] = scene.converted(sign=False)

    assert (made.percent, made.coefficient, made.credit) == (150, Decimal("12.5"), Decimal("18.75"))
    assert (made.evaluation, made.evaluation_revision, made.receipt_sha256) == (evaluation, 1, "a" * 64)
    assert made.number == "AK/KONV/2026/000001"
    assert Notice.objects.filter(recipient=scene.appraiser, subject__contains="tanda tangan").exists()
    for person in ("self", "superior", "personnel_office", "stranger"):
        with pytest.raises(NotAllowed):
            actions.sign_form(made, by=scene.cast[person])
    assert actions.sign_form(made, by=scene.appraiser).is_signed
    acts = AuditEvent.objects.filter(action__startswith="creditconversion.")
    assert sorted(acts.values_list("action", flat=True)) == [
        "creditconversion.prepare",
        "creditconversion.sign",
    ]


def test_only_the_office_of_the_unit_prepares_and_never_for_oneself(scene):
    scene.result("baik")
    for person in ("self", "appraiser", "superior", "unit_admin", "inspector"):
        with pytest.raises(NotAllowed):
            actions.prepare_conversions(scene.me, year=2025, unit=scene.clinic, by=scene.cast[person])


def test_no_month_is_converted_twice(scene):
    scene.result("baik")
    [made] = scene.converted()

    with pytest.raises(StepRefused):
        scene.converted()
    made.pk, made.number = None, "lain"
    with pytest.raises(IntegrityError, match="no_month_is_converted_twice"), transaction.atomic():
        made.save(force_insert=True)


@pytest.mark.parametrize("field", ["credit", "predikat", "receipt_sha256", "content", "number"])
def test_a_signed_form_refuses_to_be_rewritten_in_the_database(scene, field):
    scene.result("baik")
    [made] = scene.converted()
    other = {"credit": 99, "predikat": "kurang", "receipt_sha256": "c" * 64, "content": {}, "number": "lain"}

    with pytest.raises(DatabaseError, match="signed_form_is_not_rewritten"), transaction.atomic():
        CreditConversion.objects.filter(pk=made.pk).update(**{field: other[field]})
    with pytest.raises(DatabaseError, match="numbered_form_is_not_deleted"), transaction.atomic():
        CreditConversion.objects.filter(pk=made.pk).delete()


def test_a_replaced_evaluation_marks_the_form_and_changes_nothing(scene):
    evaluation = scene.result("baik")
    [made] = scene.converted()
    pak = scene.assessed()

    scene.overtake(evaluation)

    stored = CreditConversion.objects.get(pk=made.pk)
    assert (stored.needs_review, stored.credit, stored.state) == (True, Decimal("12.50"), "signed")
    assert account_of(scene.me, "mahir").total == Decimal("12.50")
    assert list(assessments_to_review()) == [pak]
    with pytest.raises(StepRefused, match="Tinjau dahulu"):
        scene.assessed(date(2026, 1, 31))


def test_a_form_overtaken_is_replaced_by_a_new_one_and_the_old_one_stays(scene):
    evaluation = scene.result("baik")
    [made] = scene.converted()
    scene.overtake(evaluation)

    new = actions.replace_conversion(made, reason="Hasil dibuka kembali", by=scene.office)

    made.refresh_from_db()
    assert (made.state, made.credit) == ("replaced", Decimal("12.50"))
    assert (new.credit, new.evaluation_revision, new.receipt_sha256) == (Decimal("18.75"), 2, "b" * 64)
    assert (new.replaces, new.state) == (made, "prepared")


def test_a_form_whose_evaluation_stands_is_not_replaced(scene):
    scene.result("baik")
    [made] = scene.converted()

    with pytest.raises(StepRefused, match="belum digantikan"):
        actions.replace_conversion(made, reason="x", by=scene.office)


def test_while_the_new_evaluation_is_under_way_nothing_replaces_the_form(scene):
    evaluation = scene.result("baik")
    [made] = scene.converted()
    scene.reopen(evaluation)

    with pytest.raises(StepRefused, match="Evaluasi tahunan 2025 belum ditetapkan"):
        actions.replace_conversion(made, reason="x", by=scene.office)


def test_the_office_may_say_that_an_overtaken_form_stands(scene):
    evaluation = scene.result("baik")
    [made] = scene.converted()
    with pytest.raises(StepRefused, match="tidak perlu ditinjau"):
        actions.review_conversion(made, note="x", by=scene.office)
    scene.overtake(evaluation)
    for person in ("self", "appraiser", "superior"):
        with pytest.raises(NotAllowed):
            actions.review_conversion(made, note="Tetap", by=scene.cast[person])

    stood = actions.review_conversion(made, note="Predikatnya sama.", by=scene.office)

    assert (stood.is_overtaken, stood.needs_review, stood.is_signed) == (True, False, True)


def test_what_is_not_signed_can_be_withdrawn_and_made_again(scene):
    scene.result("baik")
    [made] = scene.converted(sign=False)

    actions.withdraw_form(made, reason="Salah periode", by=scene.office)
    [again] = scene.converted(sign=False)

    assert again.number == "AK/KONV/2026/000002"
    actions.sign_form(again, by=scene.appraiser)
    with pytest.raises(StepRefused):
        actions.withdraw_form(again, reason="x", by=scene.office)


# --- accumulation and PAK -------------------------------------------------------------------------


def balance(scene, level="mahir", amount="40"):
    return actions.record_balance(
        scene.me,
        unit=scene.clinic,
        by=scene.office,
        level=level,
        amount=Decimal(amount),
        as_of=date(2022, 12, 31),
        decree="821/1",
        decree_date=date(2023, 2, 1),
        note="",
    )


def test_an_assessment_adds_what_was_brought_and_what_was_signed(scene):
    balance(scene)
    scene.result("baik", year=2024)
    scene.converted(2024)
    first = scene.assessed(date(2024, 12, 31))
    scene.result("sangat_baik", year=2025)
    scene.converted(2025)

    second = scene.assessed(date(2025, 12, 31))

    assert (first.old_credit, first.new_credit, first.total) == (40, Decimal("12.50"), Decimal("52.50"))
    assert (second.old_credit, second.new_credit, second.total) == (
        Decimal("52.50"),
        Decimal("18.75"),
        Decimal("71.25"),
    )
    assert second.content["conclusion"] == (
        "Dapat dipertimbangkan untuk kenaikan pangkat menjadi III/b."
        " Belum dapat dipertimbangkan untuk kenaikan jenjang menjadi Penyelia."
    )
    assert [row["receipt_sha256"] for row in second.content["rows"]] == ["a" * 64] * 2


def test_a_surplus_is_not_carried_to_the_next_jenjang(scene):
    balance(scene, amount="130")
    scene.moved_up(date(2025, 1, 1), "penyelia")
    scene.result("baik")
    scene.converted()

    assert account_of(scene.me, "mahir").total == Decimal("130")
    assert account_of(scene.me, "penyelia").total == Decimal("25")


def test_what_is_not_signed_is_not_counted(scene):
    scene.result("baik")
    scene.converted(sign=False)

    with pytest.raises(StepRefused, match="Belum ada angka kredit yang ditandatangani"):
        scene.assessed()


def test_a_second_assessment_of_the_same_day_is_refused_until_the_first_wants_a_review(scene):
    evaluation = scene.result("baik")
    [made] = scene.converted()
    first = scene.assessed()
    with pytest.raises(StepRefused, match="sudah ada"):
        scene.assessed()
    scene.overtake(evaluation)
    actions.sign_form(actions.replace_conversion(made, reason="x", by=scene.office), by=scene.appraiser)

    second = scene.assessed()

    assert CreditAssessment.objects.get(pk=first.pk).state == "replaced"
    assert (first.total, second.total) == (Decimal("12.50"), Decimal("18.75"))


def test_one_balance_a_jenjang_and_a_wrong_one_is_taken_back(scene):
    first = balance(scene)
    with pytest.raises(StepRefused, match="sudah dicatat"):
        balance(scene)

    actions.take_back(first, unit=scene.clinic, reason="Salah jenjang", by=scene.office)

    assert account_of(scene.me, "mahir").total == 0
    balance(scene, amount="41")
