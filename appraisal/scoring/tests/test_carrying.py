"""After a move the last result of the old unit counts, when both want it (page 91 no. 13 a)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from agencies.people.assigning import move
from ambon_kinerja.lifecycle.steps import NotAllowed
from appraisal.monitoring.tests.agreed_plan import agreed_plan, moment
from appraisal.scoring.carrying import consent, withdraw
from appraisal.scoring.models import CarryOver, Evaluation

from .test_annual import a_quarter
from .test_turns import rated_by


@pytest.fixture
def moved(plan, now):
    """(cast, the new plan, the period of the move, the old result): "self" moves to the schools on 1 November."""
    cast, skp, third = plan
    old = rated_by(cast, "appraiser", skp, third)
    fourth = a_quarter(4, "2026-12-20", "2027-01-15")
    skp.ends_on = date(2026, 10, 31)
    type(skp).objects.filter(pk=skp.pk).update(ends_on=skp.ends_on)
    now.move_to(moment("2026-11-02T09:00:00+09:00"))
    move(cast["self"].employee, post=cast["self"].cast_posts["former"], start=date(2026, 11, 1), by="test")
    new = agreed_plan(cast["self"], by=cast["acting"])
    now.move_to(moment("2026-12-21T09:00:00+09:00"))
    cast["self"].refresh_from_db()  # a move ends all sessions
    return cast, new, fourth, old


def test_the_old_result_counts_once_both_agree(client, moved):
    cast, new, fourth, old = moved
    address = reverse("appraisal:carry-over", args=[new.pk, fourth.pk])
    client.force_login(cast["self"])
    assertContains(client.get(address), "Usulkan hasil ini dipakai")
    client.post(address, {"setuju": "ya"})
    assert not Evaluation.objects.filter(skp=new).exists()

    client.force_login(cast["acting"])
    assertContains(client.get(address), "Setujui hasil ini dipakai")
    client.post(address, {"setuju": "ya"})

    final = Evaluation.objects.get(skp=new)
    assert (final.state, final.predikat, final.receipt) == ("final", old.predikat, old.receipt)
    assert final.appraiser == cast["acting"].employee
    client.force_login(cast["self"])
    assertContains(
        client.get(reverse("appraisal:evaluation-detail", args=[final.pk])), "Hasil dari unit lama"
    )
    assert client.get(reverse("appraisal:evaluation-form", args=[final.pk])).status_code == 200


def test_one_alone_carries_nothing_over_and_may_take_it_back(moved):
    cast, new, fourth, _ = moved
    consent(new, period=fourth, by=cast["acting"])
    consent(new, period=fourth, by=cast["acting"])

    assert CarryOver.objects.get().evaluation is None
    withdraw(new, period=fourth, by=cast["self"])
    assert not CarryOver.objects.filter(withdrawn_at=None).exists()


def test_the_database_wants_the_consent_of_both(moved):
    cast, new, fourth, old = moved

    with (
        pytest.raises(IntegrityError, match="a_result_is_carried_over_by_consent_of_both"),
        transaction.atomic(),
    ):
        CarryOver.objects.create(
            skp=new,
            period=fourth,
            source=old,
            proposed_by=cast["self"],
            employee_agreed_at=timezone.now(),
            evaluation=old,
        )


def test_the_choice_is_only_for_the_period_of_the_move_and_the_two_it_is_about(moved, plan):
    cast, new, fourth, _ = moved

    for name in ("appraiser", "peer", "superior"):
        with pytest.raises(NotAllowed):
            consent(new, period=fourth, by=cast[name])
    with pytest.raises(NotAllowed, match="hanya untuk periode terjadinya perpindahan"):
        consent(new, period=plan[2], by=cast["self"])
