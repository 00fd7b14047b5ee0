"""Handing one's right to a colleague for a bounded term."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from agencies.access.actions import end_role, grant_role
from agencies.access.actions.delegations import (
    accept_delegation,
    decline_delegation,
    offer_delegation,
    take_back_delegation,
)
from agencies.access.models import Delegation, RoleGrant
from agencies.access.queries import colleagues_of
from agencies.access.roles import Role
from agencies.access.rules import may_delegate
from agencies.access.scope import has_role
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, WrongState

from .cast import LONG_AGO
from .offices import in_days

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(cast):
    """The appraiser of the clinic is its unit admin too."""
    units = cast["self"].cast_units
    return grant_role(
        cast["appraiser"], role=Role.UNIT_ADMIN, unit=units["clinic"], start=LONG_AGO, by="test", reason="uji"
    )


def offer(cast, own, *, to="peer", by="appraiser", first=0, last=6):
    return offer_delegation(
        own, recipient=cast[to], first_day=in_days(first), last_day=in_days(last), reason="Cuti", by=cast[by]
    )


def holds(cast, person, day=None):
    return has_role(cast[person], Role.UNIT_ADMIN, day=day)


def test_colleagues_are_those_of_the_same_unit_with_an_active_account(cast):
    assert set(colleagues_of(cast["appraiser"])) == {cast["self"], cast["peer"]}
    assert not colleagues_of(cast["outsider"]).exists()


def test_an_offer_gives_nothing_until_it_is_accepted_and_ends_by_itself(cast, own):
    delegation = offer(cast, own)
    assert not holds(cast, "peer")

    accept_delegation(delegation, by=cast["peer"])

    assert [holds(cast, "peer", in_days(day)) for day in (-1, 0, 6, 7)] == [False, True, True, False]
    assert holds(cast, "appraiser")


@pytest.mark.parametrize(("first", "last"), [(0, 30), (-1, 5), (3, 2)])
def test_too_many_days_days_past_and_reversed_days_are_refused(cast, own, first, last):
    with pytest.raises(StepRefused):
        offer(cast, own, first=first, last=last)


def test_thirty_days_are_allowed_and_not_beyond_ones_own_right(cast, own):
    offer(cast, own, last=29)
    end_role(own, by="test", reason="x", on=in_days(10))

    with pytest.raises(StepRefused, match="masa berlaku peran Anda sendiri"):
        offer(cast, own, to="self", last=10)


@pytest.mark.parametrize("stranger", ["stranger", "outsider", "appraiser"])
def test_only_a_colleague_of_the_same_unit_receives_it(cast, own, stranger):
    with pytest.raises(StepRefused, match="rekan dari unit kerja Anda"):
        offer(cast, own, to=stranger)


def test_nobody_delegates_the_right_of_another_nor_the_system_admins(cast, own):
    with pytest.raises(NotAllowed):
        offer(cast, own, to="self", by="peer")
    assert not may_delegate(cast["system_admin"], cast["system_admin"].role_grants.get())


def test_a_delegated_right_is_not_delegated_again(cast, own):
    given = accept_delegation(offer(cast, own), by=cast["peer"]).given

    with pytest.raises(NotAllowed):
        offer(cast, given, to="self", by="peer")
    with pytest.raises(DatabaseError, match="part of an own one"), transaction.atomic():
        RoleGrant.objects.create(
            user=cast["self"], role=given.role, unit=given.unit, term=given.term, reason="x",
            given_by=cast["peer"], delegated_from=given,
        )  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        {"role": "inspector"},
        {"unit": "city"},
        {"given_by": "outsider"},
        {"term": ("2019-01-01", "2019-02-01")},
    ],
)
def test_the_database_knows_no_delegated_right_that_is_more_than_its_own(cast, own, changes):
    facts = {
        "role": own.role,
        "unit": "clinic",
        "given_by": "appraiser",
        "term": (in_days(0), in_days(3)),
    } | changes
    facts |= {"unit": cast["self"].cast_units[facts["unit"]], "given_by": cast[facts["given_by"]]}

    with pytest.raises(DatabaseError, match="part of an own one"), transaction.atomic():
        RoleGrant.objects.create(user=cast["peer"], reason="x", delegated_from=own, **facts)


def test_it_ends_when_the_delegators_own_right_ends(cast, own):
    accept_delegation(offer(cast, own), by=cast["peer"])

    end_role(own, by="test", reason="Pindah tugas")

    assert not holds(cast, "peer")
    assert not holds(cast, "appraiser")


def test_it_counts_only_while_the_right_behind_it_does_though_its_own_term_runs(cast, own):
    accept_delegation(offer(cast, own), by=cast["peer"])

    RoleGrant.objects.filter(pk=own.pk).update(term=(LONG_AGO, timezone.localdate()))

    assert not holds(cast, "peer")


def test_an_offer_from_a_right_that_ended_cannot_be_accepted(cast, own):
    delegation = offer(cast, own)
    end_role(own, by="test", reason="Pindah tugas")

    with pytest.raises(StepRefused):
        accept_delegation(delegation, by=cast["peer"])
    assert not RoleGrant.objects.filter(user=cast["peer"]).exists()


def test_it_is_declined_or_taken_back_by_the_right_person_only(cast, own):
    declined = decline_delegation(offer(cast, own), by=cast["peer"])
    with pytest.raises(WrongState):
        accept_delegation(declined, by=cast["peer"])
    accepted = accept_delegation(offer(cast, own), by=cast["peer"])
    with pytest.raises(NotAllowed):
        take_back_delegation(accepted, by=cast["peer"])

    take_back_delegation(accepted, by=cast["appraiser"])

    assert not holds(cast, "peer")
    assert RoleGrant.objects.filter(user=cast["peer"]).count() == 1


def test_one_open_offer_a_person_and_none_to_oneself(cast, own):
    offer(cast, own)
    with pytest.raises(StepRefused, match="masih menunggu jawaban"):
        offer(cast, own)
    with pytest.raises(IntegrityError, match="nobody_delegates_to_himself"), transaction.atomic():
        Delegation.objects.create(
            grant=own,
            delegator=cast["peer"],
            recipient=cast["peer"],
            term=(in_days(0), in_days(1)),
            reason="x",
        )


def test_an_offer_of_a_later_day_that_is_accepted_late_begins_on_the_day_it_is(cast, own, time_machine):
    delegation = offer(cast, own, first=0, last=6)
    time_machine.move_to(timezone.now() + timedelta(days=3))

    given = accept_delegation(delegation, by=cast["peer"]).given

    assert given.term.lower == in_days(0)


def test_both_see_it_on_their_account_pages_and_may_act(client, cast, own):
    client.force_login(cast["appraiser"])
    form = {"kepada": cast["peer"].pk, "mulai": in_days(0), "sampai": in_days(6), "alasan": "Cuti"}
    assert client.post(f"/akses/peran/{own.pk}/limpahkan/", form)["Location"] == "/akun/"
    assert "dilimpahkan kepada Orang Peer" in client.get("/akun/").text
    delegation = Delegation.objects.get()

    client.force_login(cast["peer"])
    assert "dilimpahkan oleh Orang Appraiser" in client.get("/akun/").text
    client.post(f"/akses/pelimpahan/{delegation.pk}/terima/")
    assert "Admin unit" in client.get("/akun/").text

    client.force_login(cast["personnel_office"])
    assert "Dilimpahkan oleh Orang Appraiser" in client.get("/akses/").text
    assert "dilimpahkan oleh Orang Appraiser" in client.get(f"/akses/akun/{cast['peer'].pk}/").text


def test_too_long_a_term_is_told_in_the_form_with_what_was_typed(client, cast, own):
    client.force_login(cast["appraiser"])

    page = client.post(
        f"/akses/peran/{own.pk}/limpahkan/",
        {"kepada": cast["peer"].pk, "mulai": in_days(0), "sampai": in_days(60), "alasan": "Cuti panjang"},
    )

    assert page.status_code == 422
    assert "Pelimpahan paling lama 30 hari." in page.text
    assert "Cuti panjang" in page.text
