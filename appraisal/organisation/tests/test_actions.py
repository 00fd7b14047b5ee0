"""Setting an achievement: by whom, when, in versions, and without touching what is final."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from agencies.access.actions import grant_role
from agencies.access.roles import Role
from agencies.people.actions import assign
from agencies.people.assigning import enter_state
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from ambon_kinerja.notices.models import Notice
from appraisal.monitoring.tests.agreed_plan import at
from appraisal.organisation.actions import Conflict, set_achievement
from appraisal.organisation.models import OrganisationAchievement
from appraisal.organisation.queries import achievement_for
from appraisal.organisation.spans import Span
from appraisal.planning.models import Skp
from appraisal.scoring.models import Evaluation

LETTER = {"decree": "800/12", "decree_date": date(2026, 9, 20)}


def put(unit, period, *, by, level="baik", reason="Target tercapai.", **more):
    return set_achievement(unit, period=period, level=level, reason=reason, by=by, **more)


def test_the_leader_above_sets_it_and_the_head_hears_of_it(city):
    cast, units, period = city

    found = put(units["clinic"], period, by=cast["superior"])

    assert (found.set_by, found.number, found.is_on_behalf) == (cast["superior"].employee, 1, False)
    assert achievement_for(units["clinic"], period) == found
    notice = Notice.objects.get(recipient=cast["appraiser"], subject__startswith="Capaian")
    assert "Baik" in notice.subject
    assert AuditEvent.objects.filter(action="organisation.set").count() == 1


@pytest.mark.parametrize(
    "person",
    ["appraiser", "self", "stranger", "mayor", "unit_admin", "personnel_office", "inspector", "outsider"],
)
def test_nobody_else_does_not_even_the_head_himself(city, person):
    cast, units, period = city

    with pytest.raises(NotAllowed):
        put(units["clinic"], period, by=cast[person], **LETTER)


def test_who_stands_above_on_that_day_counts(city):
    cast, units, period = city
    deputy = cast["peer"].employee
    post = cast["self"].cast_posts["superior"]
    assign(deputy, post=post, kind="plh", start=date(2026, 9, 21), end=date(2026, 9, 23), by="test")
    enter_state(
        cast["superior"].employee, kind="study", start=date(2026, 9, 21), end=date(2026, 9, 23), by="test"
    )

    assert put(units["clinic"], period, by=cast["peer"]).set_by == deputy
    with pytest.raises(NotAllowed):
        put(units["clinic"], period, by=cast["superior"], level="kurang", seen=1)


def test_a_vacant_unit_is_judged_by_who_answers_for_the_post_above(city):
    cast, units, period = city
    enter_state(cast["appraiser"].employee, kind="retired", start=date(2026, 9, 1), by="test")

    assert put(units["clinic"], period, by=cast["superior"]).level == "baik"


def test_the_personnel_office_writes_down_what_the_mayor_has_set_with_his_letter(city):
    cast, units, period = city
    office = cast["personnel_office"]

    with pytest.raises(StepRefused, match="nomor dan tanggal"):
        put(units["health"], period, by=office)
    with pytest.raises(StepRefused, match="tidak boleh"):
        put(units["health"], period, by=office, decree="1", decree_date=date(2026, 9, 22))
    found = put(units["health"], period, by=office, **LETTER)
    top = put(units["city"], period, by=office, **LETTER)

    assert (found.set_by, found.set_on, found.decree) == (cast["mayor"].employee, date(2026, 9, 20), "800/12")
    assert found.is_on_behalf
    assert top.set_by is None
    assert put(units["schools"], period, by=cast["mayor"]).is_on_behalf is False


def test_the_head_of_an_office_does_not_set_his_own_unit_through_his_role(city):
    cast, units, period = city
    grant_role(
        cast["superior"],
        role=Role.PERSONNEL_OFFICE,
        unit=units["city"],
        start=date(2026, 1, 1),
        by="test",
        reason="uji",
    )

    with pytest.raises(NotAllowed):
        put(units["health"], period, by=cast["superior"], **LETTER)


def test_a_change_is_a_version_and_the_earlier_ones_stay(city):
    cast, units, period = city
    first = put(units["clinic"], period, by=cast["superior"])

    second = put(units["clinic"], period, by=cast["superior"], level="kurang", reason="Data diralat.", seen=1)

    assert (second.number, OrganisationAchievement.objects.count()) == (2, 2)
    assert achievement_for(units["clinic"], period) == second
    for change in (lambda: OrganisationAchievement.objects.update(level="istimewa"), first.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_second_click_adds_nothing_and_an_old_page_is_a_conflict(city):
    cast, units, period = city
    first = put(units["clinic"], period, by=cast["superior"])

    assert put(units["clinic"], period, by=cast["superior"]) == first
    with pytest.raises(Conflict) as conflict:
        put(units["clinic"], period, by=cast["superior"], level="kurang")
    assert conflict.value.stored == first


def test_a_change_after_results_are_final_says_so_and_moves_none(city):
    cast, units, period = city
    put(units["clinic"], period, by=cast["superior"])
    plan = Skp.objects.get(employee=cast["self"].employee)
    result = Evaluation.objects.create(
        skp=plan,
        period=period,
        appraiser=cast["appraiser"].employee,
        state="final",
        suggested_rating="meets",
        work_rating="meets",
        behaviour_rating="meets",
        behaviour_reason="Konsisten.",
        predikat="baik",
        receipt="{}",
        receipt_sha256="0" * 64,
        finalised_at=period.opens_at,
    )
    Notice.objects.all().delete()

    later = put(units["clinic"], period, by=cast["superior"], level="sangat_kurang", seen=1)

    assert later.results_before == 1
    assert "tidak berubah" in Notice.objects.get(recipient=cast["appraiser"]).body
    unchanged = Evaluation.objects.get(pk=result.pk)
    assert (unchanged.predikat, unchanged.receipt, unchanged.version) == ("baik", "{}", result.version)


def test_it_is_not_set_before_the_evaluation_opens(city):
    cast, units, period = city
    with at("2026-09-14T23:59:59+09:00"), pytest.raises(StepRefused, match="mulai 15 September 2026"):
        put(units["clinic"], period, by=cast["superior"])
    with at("2026-09-15T00:00:00+09:00"):
        assert put(units["clinic"], period, by=cast["superior"])
    with at("2026-12-30T12:00:00+09:00"), pytest.raises(StepRefused):
        put(units["clinic"], Span(2026), by=cast["superior"])


@pytest.mark.parametrize(
    ("moment", "counts"),
    [("2027-01-31T23:59:59+09:00", "baik"), ("2027-02-01T00:00:00+09:00", "kurang")],
)
def test_one_second_after_january_last_years_counts(city, moment, counts):
    cast, units, _ = city
    with at("2026-01-20T10:00:00+09:00"):
        put(units["clinic"], Span(2025), by=cast["superior"], level="kurang")

    with at(moment):
        put(units["clinic"], Span(2026), by=cast["superior"], level="baik")

        assert achievement_for(units["clinic"], Span(2026)).level == counts


def test_a_letter_of_january_written_down_in_february_counts(city):
    cast, units, _ = city
    with at("2027-02-03T10:00:00+09:00"):
        put(
            units["health"],
            Span(2026),
            by=cast["personnel_office"],
            decree="800/1",
            decree_date=date(2027, 1, 28),
        )

        assert achievement_for(units["health"], Span(2026)).year == 2026


@pytest.mark.parametrize(
    ("level", "reason"), [("lumayan", "Ada."), ("", "Ada."), ("baik", "  "), ("baik", "x" * 4001)]
)
def test_what_is_missing_is_refused(city, level, reason):
    cast, units, period = city

    with pytest.raises(StepRefused):
        put(units["clinic"], period, by=cast["superior"], level=level, reason=reason)


def test_the_due_day_is_counted_in_working_days(city):
    _, _, period = city

    assert Span(period.year, period).due_on == date(2026, 10, 5)
    assert Span(2026).due_on == date(2027, 1, 31)
    assert Span(2026).first_day <= date(2026, 12, 31) + timedelta(days=1)
