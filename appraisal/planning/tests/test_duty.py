"""Who owes a plan, for which post, and until when; and who steps in when the appraiser stays silent."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.people.assigning import enter_state, move
from agencies.people.models import ServiceState
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from appraisal.planning import actions, duty
from appraisal.planning.models import Skp
from appraisal.planning.queries import assignments_with_a_plan, visible_skps
from appraisal.planning.rules import steps_in
from appraisal.planning.tests.browsing import address
from appraisal.planning.tests.plans import YEAR, a_plan, a_submitted_plan, an_agreed_plan
from appraisal.rulebook.models import Rule

pytestmark = pytest.mark.django_db
MINE = "/kinerja-saya/"


def noon(day):
    return time_machine.travel(f"{day}T12:00:00+09:00", tick=False)


@pytest.mark.parametrize("kind", ["cltn", "mpp", "suspended"])
def test_who_is_on_leave_suspended_or_about_to_retire_owes_no_plan_and_reads_why(cast, browse, kind):
    me, today = cast["self"].employee, timezone.localdate()
    enter_state(me, kind=kind, start=today - timedelta(3), by="test")

    with pytest.raises(StepRefused) as refusal:
        actions.draft_skp(me, year=YEAR, by=cast["self"])
    page = browse("self").get(MINE).content.decode()

    assert str(refusal.value) == duty.WITHOUT_PLAN[kind]
    assert duty.WITHOUT_PLAN[kind] in page
    assert "Buat SKP" not in page
    assert not assignments_with_a_plan(today).filter(employee=me).exists()


def test_study_leave_and_a_state_that_is_over_leave_the_duty(cast):
    me, today = cast["self"].employee, timezone.localdate()
    enter_state(me, kind="cltn", start=today - timedelta(9), end=today - timedelta(5), by="test")
    enter_state(me, kind="study", start=today - timedelta(4), by="test")

    assert duty.why_no_plan(me, today) == ""
    assert assignments_with_a_plan(today).filter(employee=me).exists()


def test_every_state_without_duty_has_its_words():
    assert set(duty.WITHOUT_PLAN) == set(ServiceState.WITHOUT_DUTY)


@pytest.mark.parametrize(
    ("person", "audience"), [("superior", "leader"), ("appraiser", "leader"), ("self", "staff")]
)
def test_the_format_follows_the_post(cast, person, audience):
    skp = actions.draft_skp(cast[person].employee, year=YEAR, by=cast[person])

    assert (skp.audience, skp.approach) == (audience, "quantitative")


# --- until when -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts_on", "due"),
    [
        (date(2026, 1, 1), date(2026, 1, 31)),
        (date(2026, 1, 2), date(2026, 2, 2)),
        (date(2026, 6, 15), date(2026, 7, 15)),
        (date(2026, 10, 31), date(2026, 11, 30)),
    ],
)
def test_a_plan_is_due_at_the_end_of_january_or_a_month_after_a_new_posting(cast, starts_on, due):
    assert duty.due_on(Skp(year=2026, starts_on=starts_on)) == due


def test_another_rule_of_the_rulebook_moves_the_day(cast):
    day = timezone.localdate().replace(month=1, day=1)
    Rule.objects.create(
        key=duty.AGREED_BY, valid_from=day, value={"month": 2, "day": 15}, text="x", source="x"
    )

    assert duty.due_on(Skp(year=day.year, starts_on=day)) == day.replace(month=2, day=15)


def test_the_day_stands_on_the_plan_and_in_the_list_of_tasks(cast, browse):
    skp = a_plan(cast["self"])

    plan = browse("self").get(address("skp-detail", skp)).content.decode()
    desk = browse("self").get("/").content.decode()

    assert f"31 Januari {YEAR}" in plan
    assert f"31 Januari {YEAR}" in desk


# --- the appraiser's own appraiser ----------------------------------------------------------------


def left(cast, *, submitted, today):
    """Whether the superior may decide `today` about a plan handed in on `submitted`, asked for one and for many."""
    with noon(submitted):
        skp = a_submitted_plan(cast["self"])
    with noon(today):
        one = steps_in(cast["superior"], Skp.objects.get(pk=skp.pk))
        many = visible_skps(cast["superior"]).filter(pk=skp.pk).exists()
    assert one == many
    return one


@pytest.mark.parametrize(
    ("submitted", "today", "may"),
    [
        ("2026-01-05", "2026-01-31", False),  # the day itself is the appraiser's
        ("2026-01-05", "2026-02-01", True),
        ("2026-01-28", "2026-02-04", False),  # not yet a week without an answer
        ("2026-01-28", "2026-02-05", True),
        ("2026-03-10", "2026-03-17", False),
        ("2026-03-10", "2026-03-18", True),
    ],
)
def test_after_the_day_and_a_week_of_silence_his_superior_may_decide(cast, submitted, today, may):
    assert left(cast, submitted=submitted, today=today) is may


@pytest.mark.parametrize("person", ["self", "peer", "stranger", "mayor", "former", "personnel_office"])
def test_nobody_else_steps_in(cast, person):
    with noon("2026-01-05"):
        skp = a_submitted_plan(cast["self"])
    with noon("2026-03-01"), pytest.raises(NotAllowed):
        actions.agree_skp(skp, by=cast[person])


def test_the_superior_agrees_in_the_browser_and_a_second_press_is_answered_calmly(cast, browse):
    with noon("2026-01-05"):
        skp = a_submitted_plan(cast["self"])
    with noon("2026-03-01"):
        client, agree = browse("superior"), address("skp-agree", skp)
        answers = [client.post(agree, {"version": skp.version}).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Skp.objects.get().appraiser == cast["superior"].employee


# --- a second post in the year --------------------------------------------------------------------


def move_to(cast, post, day):
    move(cast["self"].employee, post=cast["self"].cast_posts[post], start=day, by="test")
    cast["self"].refresh_from_db()  # a move ends the sessions that were open


def test_after_a_move_the_old_plan_ends_the_day_before_and_the_new_one_begins(cast):
    move_to(cast, "former", date(2026, 6, 15))
    with noon("2026-01-10"):
        old = an_agreed_plan(cast["self"], cast["appraiser"])
    with noon("2026-06-20"):
        new = actions.draft_skp(cast["self"].employee, year=2026, by=cast["self"])
        again = actions.draft_skp(cast["self"].employee, year=2026, by=cast["self"])

    old.refresh_from_db()
    assert new == again != old
    assert (old.ends_on, new.starts_on, new.ends_on) == (
        date(2026, 6, 14),
        date(2026, 6, 15),
        date(2026, 12, 31),
    )
    assert [Skp.objects.on(day).get() for day in (date(2026, 6, 14), date(2026, 6, 15))] == [old, new]
    assert duty.due_on(new) == date(2026, 7, 15)


def test_my_page_offers_the_plan_for_the_new_post(cast, browse):
    move_to(cast, "former", date(2026, 6, 15))
    with noon("2026-01-10"):
        an_agreed_plan(cast["self"], cast["appraiser"])
    with noon("2026-06-20"):
        client = browse("self")
        offered = client.get(MINE).content.decode()
        desk = client.get("/").content.decode()
        client.post("/skp/buat/", {"tahun": "2026"})
        after = client.get(MINE).content.decode()

    assert "untuk jabatan baru" in offered
    assert "Buat SKP 2026 untuk jabatan baru" in desk
    assert "jabatan baru" not in after


def test_the_database_keeps_two_plans_of_one_person_apart(cast):
    skp = a_plan(cast["self"])

    with pytest.raises(IntegrityError, match="one_plan_per_employee_and_day"), transaction.atomic():
        Skp.objects.create(
            employee=skp.employee,
            year=YEAR,
            starts_on=date(YEAR, 6, 1),
            ends_on=date(YEAR, 12, 31),
            unit=skp.unit,
            post_name="Lain",
        )
