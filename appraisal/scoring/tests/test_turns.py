"""Whose turn it is to rate, and in which role (PermenPANRB 6/2022, pages 89–92 and 115): tables around every limit."""

from datetime import date

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from agencies.access.actions.proposals import approve_proposal
from agencies.people.actions import assign
from agencies.people.assigning import except_appraiser, move
from agencies.structure.actions import add_post
from ambon_kinerja.lifecycle.steps import NotAllowed
from ambon_kinerja.workdays.models import Holiday
from appraisal.cycle.actions import plan_period
from appraisal.cycle.models import Cadence, Period
from appraisal.monitoring.tests.agreed_plan import agreed_plan, moment
from appraisal.scoring.actions import finalise, save_draft, start_evaluation
from appraisal.scoring.models import Evaluation
from appraisal.scoring.reopening import propose_reopening
from appraisal.scoring.rules import may_score
from appraisal.scoring.turns.raters import superiors_last_day, turn_in

from .test_actions import complete

# The window of the fixture closes with 10 October 2026; the 14th working day after it is 29 October.
AFTER = "2026-10-12T09:00:00+09:00"


def rated_by(cast, name, skp, period):
    draft = complete(start_evaluation(skp, period=period, by=cast[name]), cast[name])
    return finalise(draft, version=draft.version, by=cast[name])


@pytest.mark.parametrize(
    ("time", "who"),
    [
        ("2026-09-14T23:59:59+09:00", None),
        ("2026-09-15T00:00:00+09:00", "appraiser"),
        ("2026-10-10T23:59:59+09:00", "appraiser"),
        ("2026-10-11T00:00:00+09:00", "superior"),
        ("2026-10-29T23:59:59+09:00", "superior"),
        ("2026-10-30T00:00:00+09:00", None),
    ],
)
def test_the_appraiser_rates_in_the_window_and_his_superior_for_fourteen_working_days_after(
    plan, now, time, who
):
    cast, skp, period = plan

    now.move_to(moment(time))

    may = [
        name
        for name in ("self", "appraiser", "superior", "mayor")
        if may_score(cast[name], skp, period=period)
    ]
    assert may == ([who] if who else [])


@pytest.mark.parametrize(
    ("time", "allowed"), [("2026-10-30T23:59:59+09:00", True), ("2026-10-31T00:00:00+09:00", False)]
)
def test_an_added_holiday_gives_the_superior_another_day(plan, now, time, allowed):
    cast, skp, period = plan
    Holiday.objects.create(day=date(2026, 10, 20), name="Libur", scope="city")

    now.move_to(moment(time))

    assert may_score(cast["superior"], skp, period=period) is allowed


@pytest.fixture
def year(plan):
    """The annual period of the plan's year, open from 1 December until the end of January."""
    return Period.objects.create(
        year=2026,
        cadence=Cadence.ANNUAL,
        number=0,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        opens_at=moment("2026-12-01T00:00:00+09:00"),
        closes_at=moment("2027-02-01T00:00:00+09:00"),
    )


@pytest.mark.parametrize(
    ("time", "who"),
    [
        ("2026-11-30T23:59:59+09:00", None),
        ("2026-12-01T00:00:00+09:00", "appraiser"),
        ("2026-12-31T23:59:59+09:00", "appraiser"),
        ("2027-01-01T00:00:00+09:00", "appraiser"),
        ("2027-01-31T23:59:59+09:00", "appraiser"),
        ("2027-02-01T00:00:00+09:00", "superior"),
        ("2027-02-18T23:59:59+09:00", "superior"),
        ("2027-02-19T00:00:00+09:00", None),
    ],
)
def test_the_year_is_rated_over_the_turn_of_the_year(plan, year, now, time, who):
    cast, skp, _ = plan

    now.move_to(moment(time))

    may = [name for name in ("appraiser", "superior") if may_score(cast[name], skp, period=year)]
    assert may == ([who] if who else [])


def test_what_the_superior_rates_is_final_and_says_so(client, plan, now):
    cast, skp, period = plan
    now.move_to(moment(AFTER))

    final = rated_by(cast, "superior", skp, period)

    assert (final.rated_by_role, final.closed_to_objection) == (Evaluation.RatedBy.SUPERIOR, True)
    client.force_login(cast["self"])
    page = client.get(reverse("appraisal:evaluation-detail", args=[final.pk]))
    assertContains(page, "Hasil ini final")
    assertNotContains(page, "Anda berhak mengajukan keberatan")
    form = client.get(reverse("appraisal:evaluation-form", args=[final.pk]))
    assertContains(form, "Atasan Pejabat Penilai Kinerja")


def test_what_the_appraiser_rates_stays_open_to_objection(plan):
    cast, skp, period = plan

    final = rated_by(cast, "appraiser", skp, period)

    assert (final.rated_by_role, final.closed_to_objection) == (Evaluation.RatedBy.APPRAISER, False)


def test_the_superior_goes_on_with_the_draft_of_a_silent_appraiser_through_the_pages(client, plan, now):
    cast, skp, period = plan
    draft = start_evaluation(skp, period=period, by=cast["appraiser"])
    save_draft(draft, version=1, by=cast["appraiser"], note="Perlu pelatihan")
    now.move_to(moment("2026-10-10T12:00:00+09:00"))
    client.force_login(cast["superior"])
    assert client.post(reverse("appraisal:evaluation-start", args=[skp.pk, period.pk])).status_code == 404

    now.move_to(moment(AFTER))
    client.force_login(cast["superior"])
    assertContains(client.get(reverse("appraisal:team-taken-over")), skp.employee.name)
    started = client.post(reverse("appraisal:evaluation-start", args=[skp.pk, period.pk]))

    assertRedirects(started, reverse("appraisal:evaluation-edit", args=[draft.pk]))
    draft.refresh_from_db()
    assert (draft.appraiser, draft.rated_by_role) == (cast["superior"].employee, "superior")
    assert draft.note == "Perlu pelatihan"
    with pytest.raises(NotAllowed, match="sudah ditutup"):
        save_draft(draft, version=draft.version, by=cast["appraiser"])


def test_what_the_superior_rated_and_is_opened_again_he_revises_himself(plan, now):
    cast, skp, period = plan
    now.move_to(moment(AFTER))
    final = rated_by(cast, "superior", skp, period)
    proposal = propose_reopening(final, error="Rating keliru", reason="Salah baca.", by=cast["appraiser"])
    approve_proposal(proposal, by=cast["superior"])
    revision = Evaluation.objects.get(replaces=final)

    with pytest.raises(NotAllowed, match="ditetapkan atasan pejabat penilai"):
        save_draft(revision, version=revision.version, by=cast["appraiser"], note="Saya ubah.")
    saved = save_draft(revision, version=revision.version, by=cast["superior"], note="Saya perbaiki.")

    assert (saved.appraiser, saved.rated_by_role) == (cast["superior"].employee, "superior")


def test_there_is_nothing_to_take_over_after_a_rating(client, plan, now):
    cast, skp, period = plan
    rated_by(cast, "appraiser", skp, period)
    now.move_to(moment(AFTER))
    client.force_login(cast["superior"])

    assertNotContains(client.get(reverse("appraisal:team-taken-over")), skp.employee.name)


def test_an_appraiser_permanently_unable_is_passed_over_and_the_result_stays_open_to_objection(plan, now):
    cast, skp, period = plan
    except_appraiser(
        kind="unable", post=cast["self"].cast_posts["appraiser"], start=date(2026, 9, 20), by="test"
    )

    now.move_to(moment("2026-09-22T10:00:00+09:00"))

    assert may_score(cast["superior"], skp, period=period)
    assert not may_score(cast["appraiser"], skp, period=period)
    assert turn_in(skp, period).role == Evaluation.RatedBy.APPRAISER


def test_the_head_of_the_region_rates_a_high_official_for_good(plan):
    cast, _, period = plan
    own = agreed_plan(cast["superior"], by=cast["mayor"])

    turn = turn_in(own, period)

    assert (turn.person, turn.role) == (cast["mayor"].employee, Evaluation.RatedBy.REGIONAL_HEAD)
    assert cast["mayor"].employee.nip is None


# Purnama (pages 91–92): the quarter is rated from 20 September to 14 October.
@pytest.fixture
def quarter(plan):
    period = plan[2]
    Period.objects.filter(pk=period.pk).update(
        opens_at=moment("2026-09-20T00:00:00+09:00"), closes_at=moment("2026-10-15T00:00:00+09:00")
    )
    period.refresh_from_db()
    return period


def move_the_appraiser(cast, day, now):
    """He takes up a post elsewhere; another follows him. Told a minute after the posts were filled."""
    now.shift(60)
    posts, units = cast["self"].cast_posts, cast["self"].cast_units
    elsewhere = add_post(
        unit=units["schools"],
        code="x-new",
        name="Jabatan baru",
        kind="jf_keahlian",
        superior=posts["stranger"],
        by="test",
    )
    move(cast["appraiser"].employee, post=elsewhere, start=day, by="test")
    move(cast["former"].employee, post=posts["appraiser"], start=day, by="test")


@pytest.mark.parametrize(
    ("moved_on", "old", "new"),
    [
        (date(2026, 8, 25), False, True),  # before the window: he does not rate the old unit
        (date(2026, 9, 19), False, True),
        (date(2026, 9, 20), True, False),
        (date(2026, 9, 25), True, False),  # within the window: he does
        (date(2026, 10, 14), True, False),
    ],
)
def test_a_moved_appraiser_rates_only_when_the_move_falls_into_the_window(
    plan, quarter, now, moved_on, old, new
):
    cast, skp, _ = plan
    move_the_appraiser(cast, moved_on, now)

    now.move_to(moment("2026-10-14T12:00:00+09:00"))

    assert may_score(cast["appraiser"], skp, period=quarter) is old
    assert may_score(cast["former"], skp, period=quarter) is new


def test_before_the_day_of_his_move_the_appraiser_rates_as_ever(plan, quarter, now):
    cast, skp, _ = plan
    move_the_appraiser(cast, date(2026, 9, 25), now)

    now.move_to(moment("2026-09-24T12:00:00+09:00"))

    assert turn_in(skp, quarter).why == ""
    assert may_score(cast["appraiser"], skp, period=quarter)


def test_a_moved_appraiser_finds_and_rates_his_old_team_through_the_pages(client, plan, quarter, now):
    cast, skp, _ = plan
    move_the_appraiser(cast, date(2026, 9, 25), now)
    now.move_to(moment("2026-09-28T09:00:00+09:00"))
    cast["appraiser"].refresh_from_db()  # a move ends all sessions
    client.force_login(cast["appraiser"])

    assertContains(client.get(reverse("appraisal:team-taken-over")), skp.employee.name)
    client.post(reverse("appraisal:evaluation-start", args=[skp.pk, quarter.pk]))
    draft = Evaluation.objects.get(skp=skp)
    assert client.get(reverse("appraisal:evaluation-edit", args=[draft.pk])).status_code == 200
    complete(draft, cast["appraiser"])
    draft.refresh_from_db()
    done = client.post(reverse("appraisal:evaluation-finalise", args=[draft.pk]), {"version": draft.version})

    assertRedirects(done, reverse("appraisal:team-taken-over"))
    draft.refresh_from_db()
    assert (draft.state, draft.appraiser) == (Evaluation.State.FINAL, cast["appraiser"].employee)
    # Who has left reads the result no longer.
    assert client.get(reverse("appraisal:evaluation-detail", args=[draft.pk])).status_code == 404


def test_a_moved_employee_is_rated_by_his_new_appraiser(plan, quarter, now):
    cast, skp, _ = plan
    posts = cast["self"].cast_posts
    now.shift(60)
    move(cast["self"].employee, post=posts["former"], start=date(2026, 9, 25), by="test")

    now.move_to(moment("2026-09-28T09:00:00+09:00"))

    assert may_score(cast["acting"], skp, period=quarter)  # who acts for the head of the new unit
    assert not may_score(cast["appraiser"], skp, period=quarter)


def test_a_plt_of_the_unit_is_rated_where_he_acts(plan, now):
    """Page 89 no. 5: who acts elsewhere is rated by the head there."""
    cast, skp, period = plan
    assign(
        cast["self"].employee,
        post=cast["self"].cast_posts["acting"],
        start=date(2026, 9, 20),
        end=date(2026, 12, 31),
        kind="plt",
        by="test",
    )

    now.move_to(moment("2026-09-22T12:00:00+09:00"))

    assert not may_score(cast["appraiser"], skp, period=period)
    assert turn_in(skp, period).person is not None


@pytest.mark.parametrize("role", ["", "peer", "Pejabat"])
def test_the_database_knows_three_roles(plan, role):
    cast, skp, period = plan

    with pytest.raises(IntegrityError, match="an_evaluation_says_in_which_role"), transaction.atomic():
        Evaluation.objects.create(
            skp=skp, period=period, appraiser=cast["appraiser"].employee, rated_by_role=role
        )


def test_the_role_of_a_final_result_never_changes(plan):
    cast, skp, period = plan
    final = rated_by(cast, "appraiser", skp, period)

    with (
        pytest.raises(InternalError, match="Cannot update"),
        transaction.atomic(),
    ):
        Evaluation.objects.filter(pk=final.pk).update(rated_by_role="superior")


def test_the_days_of_the_superior_come_from_the_rulebook(plan):
    assert superiors_last_day(plan[2]) == date(2026, 10, 29)


def test_a_second_period_may_be_left_to_superiors_beside_the_year(plan, year, now):
    """The fourth quarter and the year end close to each other: each list has its own limit."""
    fourth = plan_period(
        year=2026,
        number=4,
        opens_at=moment("2027-01-01T00:00:00+09:00"),
        closes_at=moment("2027-01-15T00:00:00+09:00"),
        by="test",
    )

    now.move_to(moment("2027-02-02T09:00:00+09:00"))

    assert (superiors_last_day(fourth), superiors_last_day(year)) == (date(2027, 2, 3), date(2027, 2, 18))


def test_who_has_left_opens_the_draft_he_had_begun_no_more(client, plan, quarter, now):
    cast, skp, _ = plan
    draft = start_evaluation(skp, period=quarter, by=cast["appraiser"])
    Period.objects.filter(pk=quarter.pk).update(opens_at=moment("2026-09-23T00:00:00+09:00"))
    move_the_appraiser(cast, date(2026, 9, 22), now)
    now.move_to(moment("2026-09-28T09:00:00+09:00"))
    cast["appraiser"].refresh_from_db()
    client.force_login(cast["appraiser"])

    for name in ("evaluation-edit", "evaluation-check"):
        assert client.get(reverse(f"appraisal:{name}", args=[draft.pk])).status_code == 404
