"""Two persons for an admin right: who proposes, who decides, what the database refuses."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from agencies.access import rules
from agencies.access.actions import proposals as actions
from agencies.access.actions.grants import propose_role
from agencies.access.actions.proposals import (
    approve_proposal,
    expire_proposals,
    refuse_proposal,
    withdraw_proposal,
)
from agencies.access.models import Proposal, RoleGrant
from agencies.access.queries import deciders_of, proposals_awaiting
from agencies.access.roles import Role
from agencies.access.scope import has_role
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, WrongState
from ambon_kinerja.notices.models import Notice

from .cast import build_cast
from .offices import a_proposal, in_days, office

pytestmark = pytest.mark.django_db


# --- who proposes -------------------------------------------------------------------------------


@pytest.mark.parametrize("role", list(Role))
def test_an_admin_right_is_proposed_by_the_two_offices_and_a_unit_admin_by_the_personnel_office_alone(
    cast, role
):
    clinic = cast["self"].cast_units["clinic"]

    found = {person for person, user in cast.items() if rules.may_propose_role(user, role, clinic)}

    alone = {"personnel_office"}
    assert found == (alone if role == Role.UNIT_ADMIN else alone | {"system_admin"})


def test_a_stranger_cannot_propose(cast):
    with pytest.raises(NotAllowed):
        a_proposal(cast, by="unit_admin", role=Role.UNIT_ADMIN, unit="health")


def test_nobody_proposes_a_right_for_himself(cast):
    with pytest.raises(NotAllowed):
        a_proposal(cast, to="personnel_office")


def test_the_same_right_is_proposed_once_and_not_to_somebody_who_has_it(cast):
    a_proposal(cast)

    with pytest.raises(StepRefused, match="masih menunggu"):
        a_proposal(cast, by="system_admin")
    with pytest.raises(StepRefused, match="sudah memegang"):
        a_proposal(cast, to="inspector")


def test_a_proposal_gives_nothing_yet_and_tells_those_who_may_decide(cast):
    proposal = a_proposal(cast)

    assert not has_role(cast["outsider"], Role.INSPECTOR)
    assert set(deciders_of(proposal)) == {cast["system_admin"]}
    told = Notice.objects.filter(subject__contains="menunggu keputusan").values_list("recipient", flat=True)
    assert set(told) == {cast["system_admin"].pk}


# --- who decides --------------------------------------------------------------------------------


def test_somebody_else_of_the_two_offices_decides(cast):
    proposal = a_proposal(cast)

    found = {person for person, user in cast.items() if rules.may_decide(user, proposal)}
    waiting = {person for person, user in cast.items() if proposals_awaiting(user).exists()}

    assert found == waiting == {"system_admin"}


def test_who_gains_does_not_decide_though_he_holds_the_right_to(cast):
    cast["second"] = office(cast, "second", role=Role.SYSTEM_ADMIN)
    proposal = a_proposal(cast, to="second")

    assert not proposals_awaiting(cast["second"]).exists()
    with pytest.raises(NotAllowed):
        approve_proposal(proposal, by=cast["second"])


def test_the_right_to_decide_must_be_held_on_that_day(cast):
    proposal = a_proposal(cast)
    today = timezone.localdate()
    RoleGrant.objects.filter(user=cast["system_admin"]).update(term=("2020-01-01", today))

    with pytest.raises(NotAllowed):
        approve_proposal(proposal, by=cast["system_admin"])


def test_approving_gives_the_right_as_it_was_proposed(cast):
    proposal = a_proposal(cast, end=in_days(10))

    approve_proposal(proposal, by=cast["system_admin"])

    grant = RoleGrant.objects.get(user=cast["outsider"])
    assert (grant.given_by, grant.approved_by, grant.proposal) == (
        cast["personnel_office"], cast["system_admin"], proposal,
    )  # fmt: skip
    assert (grant.last_day, grant.reason) == (in_days(9), "Surat tugas 12")
    assert has_role(cast["outsider"], Role.INSPECTOR)
    trail = AuditEvent.objects.order_by("-position").values_list("action", flat=True)
    assert list(trail[:4]) == [
        "account.end_sessions", "role.grant", "proposal.approve", "proposal.propose",
    ]  # fmt: skip


def test_refusing_and_withdrawing_give_nothing(cast):
    refused = a_proposal(cast)
    refuse_proposal(refused, by=cast["system_admin"], reason="Belum ada surat tugas")
    withdrawn = a_proposal(cast)
    withdraw_proposal(withdrawn, by=cast["personnel_office"])

    assert not RoleGrant.objects.filter(user=cast["outsider"]).exists()
    with pytest.raises(WrongState):
        approve_proposal(refused, by=cast["system_admin"])
    with pytest.raises(StepRefused, match="alasannya"):
        refuse_proposal(a_proposal(cast), by=cast["system_admin"], reason=" ")


def test_a_proposal_runs_out_after_its_last_day(cast, time_machine, settings):
    proposal = a_proposal(cast)
    time_machine.move_to(timezone.now() + timezone.timedelta(days=settings.PROPOSAL_DAYS + 1))

    with pytest.raises(StepRefused, match="sudah lewat"):
        approve_proposal(Proposal.objects.get(pk=proposal.pk), by=cast["system_admin"])
    assert not proposals_awaiting(cast["system_admin"]).exists()
    assert (expire_proposals(), expire_proposals()) == (1, 0)
    proposal.refresh_from_db()
    assert proposal.state == "expired"


def test_a_delegated_right_neither_proposes_nor_decides(cast):
    second = office(cast, "second")
    own = second.role_grants.get()
    RoleGrant.objects.create(
        user=cast["outsider"], role=own.role, unit=own.unit, given_by=second, delegated_from=own,
        term=(timezone.localdate(), in_days(3)), reason="Cuti",
    )  # fmt: skip

    assert has_role(cast["outsider"], Role.PERSONNEL_OFFICE)
    assert not rules.keeps_access(cast["outsider"])
    assert not rules.may_decide(cast["outsider"], a_proposal(cast, to="peer"))


# --- what the database refuses ---------------------------------------------------------------------


def refused(match, sql, *params):
    with pytest.raises(DatabaseError, match=match), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def test_sql_cannot_let_a_proposer_or_the_one_who_gains_decide(cast):
    proposal = a_proposal(cast)
    decide = "UPDATE agencies_proposal SET state = 'approved', decided_at = now(), decided_by_id = %s WHERE id = %s"

    refused("nobody_decides_his_own_proposal", decide, cast["personnel_office"].pk, proposal.pk)
    refused("nobody_proposes_or_decides_for_himself", decide, cast["outsider"].pk, proposal.pk)


def test_sql_cannot_change_what_was_proposed_or_decided(cast):
    proposal = a_proposal(cast)
    change = "UPDATE agencies_proposal SET {} WHERE id = %s"

    refused("Cannot update", change.format("role = 'personnel_office'"), proposal.pk)
    refused("Cannot delete", "DELETE FROM agencies_proposal WHERE id = %s", proposal.pk)
    refuse_proposal(proposal, by=cast["system_admin"], reason="Tidak")
    refused("Cannot update", change.format("state = 'approved'"), proposal.pk)


def test_a_proposal_begins_undecided(cast):
    with pytest.raises(DatabaseError, match="Cannot insert"), transaction.atomic():
        Proposal.objects.create(
            kind="role_grant", state="approved", title="x", unit=cast["self"].cast_units["city"], role="inspector",
            term=("2026-01-01", None), beneficiary=cast["outsider"], proposed_by=cast["personnel_office"],
            decided_by=cast["system_admin"], decided_at=timezone.now(), expires_on=in_days(1), reason="x",
        )  # fmt: skip


@pytest.mark.parametrize(
    "persons",
    [
        {"given_by": "personnel_office"},
        {"given_by": "personnel_office", "approved_by": "system_admin"},
        {"approved_by": "system_admin"},
    ],
)
def test_the_database_knows_no_right_from_one_person_alone(cast, persons):
    with (
        pytest.raises(IntegrityError, match="a_person_gives_a_role_with_a_second_one"),
        transaction.atomic(),
    ):
        RoleGrant.objects.create(
            user=cast["outsider"], role="inspector", unit=cast["self"].cast_units["city"],
            term=("2026-01-01", None), reason="x", **{field: cast[name] for field, name in persons.items()},
        )  # fmt: skip


def test_a_right_cannot_lean_on_a_proposal_that_was_not_approved(cast):
    proposal = a_proposal(cast)

    with pytest.raises(DatabaseError, match="as it was proposed and approved"), transaction.atomic():
        RoleGrant.objects.create(
            user=cast["outsider"], role="inspector", unit=proposal.unit, term=proposal.term, reason="x",
            given_by=cast["personnel_office"], approved_by=cast["system_admin"], proposal=proposal,
        )  # fmt: skip


@pytest.mark.parametrize(
    "change", ["role = 'system_admin'", "term = '[2020-01-01,)'", "term = '[2000-01-01,2030-01-01)'"]
)
def test_sql_cannot_widen_a_right(cast, change):
    grant = RoleGrant.objects.get(user=cast["unit_admin"])
    RoleGrant.objects.filter(pk=grant.pk).update(term=("2020-01-01", "2029-01-01"))

    refused("only ends", f"UPDATE agencies_rolegrant SET {change} WHERE id = %s", grant.pk)


# --- two approvals at once --------------------------------------------------------------------------


def approve_at_once(proposal, users):
    barrier = Barrier(len(users))

    def approve(user):
        try:
            barrier.wait(timeout=60)
            approve_proposal(proposal, by=user)
            return "approved"
        except StepRefused as refusal:
            return type(refusal).__name__
        except DatabaseError:
            return "refused by the database"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(users)) as pool:
        return sorted(pool.map(approve, users))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_approvals_at_once_have_one_effect(db):
    cast = build_cast()
    second = office(cast, "second")
    proposal = a_proposal(cast)

    answers = approve_at_once(proposal, [cast["system_admin"], second])

    assert answers == ["WrongState", "approved"]
    assert RoleGrant.objects.filter(user=cast["outsider"]).count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_only_the_database_keeps_the_second_out(db, monkeypatch):
    """The control: it shows that the test above would notice a missing lock."""
    cast = build_cast()
    second = office(cast, "second")
    proposal = a_proposal(cast)

    def take_without_lock(step, record, *, by, reason="", changes=None):
        found = Proposal.objects.get(pk=record.pk)
        if found.state not in step.sources:
            raise WrongState("x")
        time.sleep(0.3)
        for name, value in (changes or {}).items():
            setattr(found, name, value)
        found.state = step.target
        found.save(update_fields=["state", *changes])
        return found

    monkeypatch.setattr(actions, "take", take_without_lock)

    assert approve_at_once(proposal, [cast["system_admin"], second]) == [
        "approved",
        "refused by the database",
    ]


def test_an_effect_that_fails_leaves_the_proposal_waiting(cast, settings):
    settings.PROPOSAL_EFFECTS = {"role_grant": f"{__name__}.impossible"}
    proposal = a_proposal(cast)

    with pytest.raises(StepRefused, match="tidak mungkin"):
        approve_proposal(proposal, by=cast["system_admin"])

    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == ("proposed", None)


def impossible(proposal, *, by):
    raise StepRefused("tidak mungkin")


def test_a_unit_admin_of_another_agency_is_out_of_reach_for_an_office_of_one(cast):
    local = office(cast, "local", unit="health")
    schools = cast["self"].cast_units["schools"]

    with pytest.raises(NotAllowed):
        propose_role(
            cast["outsider"], role=Role.UNIT_ADMIN, unit=schools, start=in_days(0), reason="x", by=local
        )
