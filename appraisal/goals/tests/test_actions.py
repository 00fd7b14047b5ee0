"""Drafting, signing and reopening an agreement."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from agencies.access.tests.cast import build_cast
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, WrongState
from appraisal.goals import actions
from appraisal.goals.models import Goal, GoalIndicator, PerformanceAgreement, PriorityProgramme
from appraisal.goals.reference_data import WORKING_TITLES, fill

YEAR = timezone.localdate().year
INDICATOR = {"statement": "Ibu hamil yang dilayani", "target": "100 persen"}


@pytest.fixture
def cast(db):
    return build_cast()


def a_draft(cast, unit="clinic", by="test", **goal):
    agreement = actions.start_agreement(cast["self"].cast_units[unit], year=YEAR, by=by)
    text = {"statement": f"Sasaran {unit}", "indicators": [INDICATOR]} | goal
    return agreement, actions.save_goal(agreement, by=by, **text)


def signed(cast):
    agreement, goal = a_draft(cast)
    actions.offer_agreement(agreement, by=cast["appraiser"])
    return actions.sign_agreement(agreement, by=cast["superior"]), goal


def test_head_unit_admin_and_personnel_office_draft_and_nobody_else(cast):
    clinic = cast["self"].cast_units["clinic"]
    for name in ("appraiser", "unit_admin", "personnel_office"):
        assert actions.start_agreement(clinic, year=YEAR, by=cast[name]).state == "draft"
    for name in ("self", "stranger", "other_admin", "inspector"):
        with pytest.raises(NotAllowed):
            actions.start_agreement(clinic, year=YEAR, by=cast[name])


def test_a_goal_keeps_its_indicators_in_order_and_a_second_press_doubles_nothing(cast):
    agreement, _ = a_draft(cast)
    text = {"statement": "Obat tersedia", "indicators": [INDICATOR, INDICATOR | {"target": "8 jenis"}]}

    first = actions.save_goal(agreement, by="test", **text)
    again = actions.save_goal(agreement, by="test", **text)

    assert first == again
    assert [one.target for one in first.indicators.all()] == ["100 persen", "8 jenis"]


def test_of_two_windows_the_second_is_told_and_the_first_stays(cast):
    agreement, goal = a_draft(cast)
    actions.save_goal(agreement, by="test", goal=goal, version=1, statement="Jendela satu")

    with pytest.raises(actions.Conflict) as told:
        actions.save_goal(agreement, by="test", goal=goal, version=1, statement="Jendela dua")

    assert told.value.stored.statement == "Jendela satu"


def test_another_goal_that_changed_is_no_conflict(cast):
    agreement, goal = a_draft(cast)
    actions.save_goal(agreement, by="test", statement="Sasaran lain")

    assert actions.save_goal(agreement, by="test", goal=goal, version=1, statement="Baru").statement == "Baru"


def test_a_goal_hangs_under_a_goal_of_a_unit_above_and_under_no_other(cast):
    _, above = a_draft(cast, "health")
    _, elsewhere = a_draft(cast, "schools")

    _, goal = a_draft(cast, supports=above)
    assert goal.supports == above
    with pytest.raises(StepRefused):
        actions.save_goal(goal.agreement, by="test", statement="Salah", supports=elsewhere)


def test_the_database_refuses_a_circle_of_goals_and_only_a_circle(cast):
    _, city = a_draft(cast, "city")
    _, health = a_draft(cast, "health", supports=city)
    _, clinic = a_draft(cast, "clinic", supports=health)

    with pytest.raises(IntegrityError, match="circle"), transaction.atomic():
        Goal.objects.filter(pk=city.pk).update(supports=clinic)
    with pytest.raises(IntegrityError), transaction.atomic():
        Goal.objects.filter(pk=city.pk).update(supports=city)
    Goal.objects.filter(pk=clinic.pk).update(supports=city)
    assert Goal.objects.get(pk=clinic.pk).supports == city


def test_with_the_trigger_off_the_circle_would_stand(cast):
    _, city = a_draft(cast, "city")
    _, health = a_draft(cast, "health", supports=city)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("RESET ROLE")
        cursor.execute("ALTER TABLE appraisal_goal DISABLE TRIGGER USER")

    assert Goal.objects.filter(pk=city.pk).update(supports=health) == 1


def test_the_head_signs_then_the_leader_above_and_both_names_come_from_the_line(cast):
    agreement, _ = a_draft(cast)
    with pytest.raises(NotAllowed):
        actions.offer_agreement(agreement, by=cast["unit_admin"])
    offered = actions.offer_agreement(agreement, by=cast["appraiser"])
    for name in ("appraiser", "personnel_office", "stranger"):
        with pytest.raises(NotAllowed):
            actions.sign_agreement(offered, by=cast[name])

    done = actions.sign_agreement(offered, by=cast["superior"])

    assert (done.first_party, done.second_party) == (cast["appraiser"].employee, cast["superior"].employee)
    assert (done.first_post, done.second_post) == ("Jabatan appraiser", "Jabatan superior")
    assert done.signed_on == timezone.localdate()
    assert done.versions.get().content["goals"][0]["indicators"][0]["target"] == "100 persen"


def test_the_head_takes_back_what_is_not_signed_yet_and_the_leader_sends_it_back_with_a_reason(cast):
    agreement, _ = a_draft(cast)
    offered = actions.offer_agreement(agreement, by=cast["appraiser"])
    with pytest.raises(NotAllowed):
        actions.withdraw_agreement(offered, by=cast["superior"])
    drafted = actions.withdraw_agreement(offered, by=cast["appraiser"])
    offered = actions.offer_agreement(drafted, by=cast["appraiser"])
    with pytest.raises(StepRefused):
        actions.send_back_agreement(offered, by=cast["superior"], reason="")

    sent_back = actions.send_back_agreement(offered, by=cast["superior"], reason="Target terlalu rendah")

    assert sent_back.state == "draft"
    assert cast["appraiser"].notices.filter(body__contains="Target terlalu rendah").exists()


def test_without_a_measured_goal_nothing_is_signed(cast):
    agreement = actions.start_agreement(cast["self"].cast_units["clinic"], year=YEAR, by="test")
    with pytest.raises(actions.AgreementIncomplete):
        actions.offer_agreement(agreement, by=cast["appraiser"])
    actions.save_goal(agreement, by="test", statement="Tanpa indikator")

    with pytest.raises(actions.AgreementIncomplete) as incomplete:
        actions.offer_agreement(agreement, by=cast["appraiser"])

    assert incomplete.value.gaps == ["Sasaran 1: isi sedikitnya satu indikator dengan target."]
    assert PerformanceAgreement.objects.get().state == "draft"


def test_what_changed_since_it_was_read_is_not_signed(cast):
    agreement, goal = a_draft(cast)
    read = PerformanceAgreement.objects.get()
    actions.save_goal(agreement, by=cast["unit_admin"], goal=goal, version=1, statement="Lain")

    with pytest.raises(actions.Conflict):
        actions.offer_agreement(read, by=cast["appraiser"], version=read.version)


def test_a_signed_agreement_is_changed_only_as_a_new_version_with_a_reason(cast):
    agreement, goal = signed(cast)
    with pytest.raises(WrongState):
        actions.save_goal(agreement, by=cast["appraiser"], statement="Selundupan")
    with pytest.raises(StepRefused):
        actions.reopen_agreement(agreement, by=cast["appraiser"], reason=" ")

    reopened = actions.reopen_agreement(agreement, by=cast["appraiser"], reason="Anggaran berubah")
    actions.save_goal(
        reopened, by=cast["appraiser"], goal=goal, version=1, statement="Baru", indicators=[INDICATOR]
    )
    actions.offer_agreement(reopened, by=cast["appraiser"])
    again = actions.sign_agreement(reopened, by=cast["superior"])

    first, second = again.versions.all()
    assert (first.content["goals"][0]["statement"], second.content["goals"][0]["statement"]) == (
        "Sasaran clinic",
        "Baru",
    )
    assert (second.number, second.reason) == (2, "Anggaran berubah")
    assert AuditEvent.objects.filter(action="performanceagreement.reopen").count() == 1


def test_the_database_keeps_what_was_signed(cast):
    agreement, goal = signed(cast)
    for change in (
        lambda: Goal.objects.filter(pk=goal.pk).update(statement="x"),
        lambda: goal.indicators.all().delete(),
        lambda: GoalIndicator.objects.create(goal=goal, position=9, statement="x", target="1"),
        lambda: agreement.budget_lines.create(position=1, name="x", amount=1),
        lambda: agreement.versions.update(content={}),
    ):
        with pytest.raises(Exception, match=r"new version|[Cc]annot"), transaction.atomic():
            change()


def test_the_personnel_office_records_what_was_signed_on_paper_also_at_the_top(cast):
    agreement, _ = a_draft(cast, "city")
    with pytest.raises(StepRefused):
        actions.record_agreement(
            agreement, by=cast["personnel_office"], signed_on=timezone.localdate() + timedelta(1)
        )

    recorded = actions.record_agreement(
        agreement, by=cast["personnel_office"], signed_on=timezone.localdate()
    )

    assert (recorded.first_party, recorded.second_party) == (cast["mayor"].employee, None)


def test_budget_is_kept_in_rupiah_and_conflicts_are_told(cast):
    agreement, _ = a_draft(cast)
    line = actions.save_budget_line(agreement, by="test", name="Kesehatan ibu", amount=Decimal(1000))
    actions.save_budget_line(
        agreement, by="test", line=line, version=1, name="Kesehatan ibu", amount=Decimal(2000)
    )

    with pytest.raises(actions.Conflict):
        actions.save_budget_line(agreement, by="test", line=line, version=1, name="x", amount=Decimal(1))


def test_a_goal_that_others_support_stays(cast):
    _, above = a_draft(cast, "health")
    a_draft(cast, supports=above)

    with pytest.raises(StepRefused):
        actions.remove_goal(above, by="test")


def test_seventeen_programmes_are_seeded_as_unconfirmed_and_never_written_over(cast):
    fill()
    first = PriorityProgramme.objects.first()
    actions.change_programme(first, by=cast["personnel_office"], name="Nama resmi", is_confirmed=True)
    fill()

    assert PriorityProgramme.objects.count() == len(WORKING_TITLES) == 17
    assert PriorityProgramme.objects.filter(is_confirmed=True).get().name == "Nama resmi"
    with pytest.raises(NotAllowed):
        actions.change_programme(first, by=cast["unit_admin"], name="x", is_confirmed=False)
