"""Whatever happens to an evaluation, and whoever tries: what must hold, holds after every step.

`bin/test` tries it shortly; `bin/test -m properties`, part of every complete run, makes 500 examples of 30 steps. Below
it, each guard is taken away once and the check that should notice does.
"""

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from ambon_kinerja.audit.queries import examine_trail

from .rating_machine import Rating

pytestmark = pytest.mark.django_db


def run(examples, steps):
    run_state_machine_as_test(
        Rating,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a failing example is readable as it is
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_whatever_happens_to_an_evaluation_what_must_hold_holds():
    run(examples=4, steps=15)


@pytest.mark.properties
@pytest.mark.parametrize("part", range(4))  # so that two cores share the work
def test_however_often_and_long_it_is_tried_what_must_hold_holds(part):
    run(examples=max(125, settings().max_examples // 4), steps=30)  # 10,000 with --hypothesis-profile long


@pytest.fixture
def machine():
    made = Rating()
    made.begin()
    yield made
    made.teardown()


def test_with_all_guards_the_same_steps_break_nothing(machine):
    machine.bring_to_an_end(rating="above")
    machine.past_the_application(number=0)
    machine.disturb(number=2)
    machine.open_again()
    machine.bring_to_an_end(rating="below")

    assert len(machine.kept) == 2
    assert examine_trail(heads=[])[0] is None
    machine.check()


@pytest.mark.parametrize("person", ["self", "peer", "superior"])
def test_without_the_rule_who_may_rate_it_is_noticed(machine, monkeypatch, person):
    for module in ("actions", "rules"):
        monkeypatch.setattr(f"appraisal.scoring.{module}.why_not_score", lambda *args, **more: "")
    without_triggers("appraisal_evaluation")  # one of them refuses who rates himself

    with pytest.raises(AssertionError):
        machine.start(person=person)
    with pytest.raises(AssertionError):
        machine.nobody_rates_himself_or_somebody_he_does_not_lead()


def without_triggers(table):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("RESET ROLE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


@pytest.mark.parametrize("table", ["appraisal_evaluation", "appraisal_resultrating", "appraisal_citation"])
def test_without_the_triggers_a_final_evaluation_moves_and_it_is_noticed(machine, table):
    machine.bring_to_an_end(rating="above")
    machine.check()
    without_triggers(table)

    machine.past_the_application(number=0)

    with pytest.raises(AssertionError):
        machine.what_is_final_never_moves()


def test_without_the_constraint_two_evaluations_live_and_it_is_noticed(machine):
    machine.bring_to_an_end(rating="meets")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("RESET ROLE")
        cursor.execute("DROP INDEX one_living_evaluation_per_plan_and_period")
        cursor.execute("ALTER TABLE appraisal_evaluation DROP CONSTRAINT revisions_are_counted")

    machine.past_the_application(number=0)

    with pytest.raises(AssertionError):
        machine.there_is_one_living_evaluation()


def test_without_the_gate_ratings_stand_on_nothing_and_it_is_noticed(machine, monkeypatch):
    monkeypatch.setattr("appraisal.scoring.actions.missing_backing", lambda **facts: {})
    machine.start(person="appraiser")
    machine.save(
        person="appraiser",
        rating="above",
        work="above",
        behaviour="meets",
        cites=False,
        says=False,
        stale=False,
    )
    machine.decide(person="appraiser")

    with pytest.raises(AssertionError):
        machine.every_final_rating_stands_on_something_and_warned()


def test_without_the_escalation_a_surprise_reaches_nobody_and_it_is_noticed(machine, monkeypatch):
    monkeypatch.setattr("appraisal.scoring.actions.escalate", lambda *args, **facts: None)
    machine.bring_to_an_end(rating="below")

    with pytest.raises(AssertionError):
        machine.every_final_rating_stands_on_something_and_warned()


def test_without_the_audit_an_act_leaves_no_trace_and_it_is_noticed(machine, monkeypatch):
    monkeypatch.setattr("appraisal.scoring.turns.taking_over.record_event", lambda *args, **facts: None)
    machine.start(person="appraiser")

    with pytest.raises(AssertionError):
        machine.every_act_stands_in_the_trail_and_every_step_was_legal()


def test_without_the_right_receipt_it_is_noticed(machine, monkeypatch):
    monkeypatch.setattr("appraisal.scoring.actions.sha256_of", lambda text: "0" * 64)
    machine.bring_to_an_end(rating="meets")

    with pytest.raises(AssertionError):
        machine.every_receipt_can_be_recomputed()
