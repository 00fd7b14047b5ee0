"""Whatever the people around one result do, in whatever order and on whatever day: the law's invariants hold.

A machine hands over, objects, explains, reads, decides, withdraws, reports and lets days pass at random, also by the
wrong person and in the wrong state, and checks after every step. The normal run is short; `--hypothesis-profile long`
goes on.
"""

from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from ambon_kinerja.audit.chain import event_hash
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.lifecycle.models import StateChange
from ambon_kinerja.lifecycle.steps import StepRefused
from appraisal.monitoring.tests.agreed_plan import moment
from appraisal.objections import actions
from appraisal.objections.escalating import run
from appraisal.objections.models import BlindReading, Deadline, EvaluationDocument, Objection
from appraisal.objections.states import documents, evaluations, objections, readings, reports
from appraisal.scoring.models import Evaluation

from . import scenes

pytestmark = pytest.mark.django_db
PEOPLE = ("self", "appraiser", "superior", "mayor", "stranger", "peer", "personnel_office")
people = st.sampled_from(PEOPLE)
ratings = st.sampled_from(["above", "meets", "below"])
LEGAL = {
    (step.name, source, step.target)
    for table in (documents, reports, objections, readings, evaluations)
    for step in table.STEPS
    for source in step.sources
} | {("acknowledge", "final", "acknowledged")}
DECIDED = ("upheld", "changed")
RESULT = ("predikat", "work_rating", "behaviour_rating", "receipt_sha256", "finalised_at", "note")


class Contest(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.before = transaction.atomic()  # every example begins with an empty database
        self.before.__enter__()

    @initialize()
    def decide_a_result(self):
        self.traveller = time_machine.travel(moment(scenes.NOW), tick=False)
        self.clock = self.traveller.start()
        self.cast, skp, period = scenes.build_plan()
        scenes.signed(self.cast, skp, period)
        self.first = self.results()
        self.kept, self.checked, self.last = {}, 0, None

    def teardown(self):
        if hasattr(self, "traveller"):
            self.traveller.stop()
        transaction.set_rollback(True)
        self.before.__exit__(None, None, None)

    def results(self):
        return {row["id"]: row for row in Evaluation.objects.values("id", *RESULT)}

    def attempt(self, act, *args, **facts):
        """What is refused is refused in words and leaves nothing; nothing else may go wrong."""
        with suppress(StepRefused), transaction.atomic():
            return act(*args, **facts)

    def newest(self, model):
        return model.objects.order_by("-pk").first()

    def on(self, model, act, person, **facts):
        if record := self.newest(model):
            self.attempt(act, record, by=self.cast[person], **facts)

    @rule(person=people)
    def hand_over(self, person):
        self.on(EvaluationDocument, actions.hand_over, person)

    @rule(person=people)
    def receive(self, person):
        self.on(EvaluationDocument, actions.receive, person)

    @rule(person=people)
    def sign_and_return(self, person):
        self.on(EvaluationDocument, actions.sign_and_return, person)

    @rule()
    def bring_to_the_employee(self):
        """By the right people, so that the machine comes to objections at all."""
        self.on(EvaluationDocument, actions.hand_over, "appraiser")
        self.on(EvaluationDocument, actions.receive, "self")

    @rule(person=people)
    def report(self, person):
        if document := self.newest(EvaluationDocument):
            self.attempt(actions.report_many, [document], by=self.cast[person])

    @rule(person=people)
    def object(self, person):
        self.on(EvaluationDocument, actions.start_objection, person)

    @rule(person=people, words=st.sampled_from(["", "Keliru.", "Lain."]), version=st.integers(1, 4))
    def write(self, person, words, version):
        self.on(Objection, actions.save_objection, person, reasons=words, version=version)

    @rule(person=people, version=st.integers(1, 4))
    def file(self, person, version):
        self.on(Objection, actions.file_objection, person, version=version)

    @rule()
    def bring_before_the_superior(self):
        self.bring_to_the_employee()
        self.on(EvaluationDocument, actions.start_objection, "self")
        if objection := Objection.objects.filter(state="draft").first():
            self.on(Objection, actions.save_objection, "self", reasons="Keliru.", version=objection.version)
            self.on(Objection, actions.file_objection, "self", version=objection.version + 1)

    @rule(person=people)
    def explain(self, person):
        self.on(Objection, actions.explain, person, text="Menurut rekap.")

    @rule(person=people)
    def arrange(self, person):
        self.on(
            Objection,
            actions.arrange_hearing,
            person,
            meets_at=timezone.now() + timedelta(hours=1),
            place="Sini",
        )

    @rule(person=people)
    def answer(self, person):
        self.on(Objection, actions.answer, person, text="Ya.")

    @rule(person=people, is_signed=st.booleans())
    def minutes(self, person, is_signed):
        self.on(Objection, actions.keep_minutes, person, version=1, text="Dibahas.", is_signed=is_signed)

    @rule(person=people, rating=ratings)
    def read(self, person, rating):
        reading = self.newest(BlindReading)
        if reading is None:
            return
        saved = self.attempt(
            actions.save_reading, reading, version=reading.version, ratings={1: rating, 2: rating},
            work_rating=rating, behaviour_rating=rating, reason="Bukti.", by=self.cast[person],
        )  # fmt: skip
        if saved is not None:
            self.attempt(actions.give_reading, saved, version=saved.version, by=self.cast[person])

    @rule(person=people)
    def step_back(self, person):
        self.on(BlindReading, actions.recuse, person, reason="Kenal.")

    @rule(person=people, changes=st.booleans(), work=ratings, behaviour=ratings)
    def decide(self, person, changes, work, behaviour):
        self.on(
            Objection, actions.decide_objection, person, changes=changes, reason="Sebab.", recommendation="Terus.",
            work_rating=work, behaviour_rating=behaviour,
        )  # fmt: skip

    @rule(changes=st.booleans())
    def bring_to_a_decision(self, changes):
        self.bring_before_the_superior()
        self.on(Objection, actions.explain, "appraiser", text="Menurut rekap.")
        self.read("stranger", "meets")
        decider = (
            Objection.objects.filter(state="filed").values_list("decider__user__email", flat=True).first()
        )
        if decider:
            self.decide(decider.partition("@")[0], changes, "meets", "meets")

    @rule(person=people)
    def withdraw(self, person):
        self.on(Objection, actions.withdraw_objection, person, reason="Sudah jelas.")

    @rule(days=st.sampled_from([1, 3, 8, 20]))
    def let_days_pass(self, days):
        self.clock.shift(timedelta(days=days))
        run()

    @rule()
    def force_it_past_the_actions(self):
        for sql in (
            "UPDATE appraisal_objection SET state = 'filed' WHERE state IN ('upheld', 'changed')",
            "UPDATE appraisal_evaluation SET predikat = 'baik', work_rating = 'meets' WHERE state <> 'draft'",
            "DELETE FROM appraisal_evaluationdocument",
        ):
            with suppress(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)

    # --- what always holds ----------------------------------------------------------------------------------

    @invariant()
    def a_decision_is_final_and_there_is_at_most_one(self):
        now = {
            row["pk"]: row
            for row in Objection.objects.filter(state__in=DECIDED).values(
                "pk", "state", "decision_reason", "decided_at", "decider", "dossier_sha256"
            )
        }
        for key, row in self.kept.items():
            assert now.get(key) == row
        self.kept = now
        assert len(now) <= 1
        assert Objection.objects.exclude(state__in=("withdrawn", "moot")).count() <= 1

    @invariant()
    def the_old_result_stays_as_it_was(self):
        now = self.results()
        for key, row in self.first.items():
            assert now[key] == row
        living = Evaluation.objects.living().count()
        assert living == 1
        assert len(now) == 1 + (Objection.objects.filter(state="changed").exists())
        self.first |= now

    @invariant()
    def nobody_decides_or_reads_his_own_case(self):
        for objection in Objection.objects.all():
            assert objection.decider_id not in (objection.employee_id, objection.appraiser_id)
            for reading in objection.readings.exclude(reader=None):
                parties = (objection.employee_id, objection.appraiser_id, objection.decider_id)
                assert reading.reader_id not in parties
        changed = Evaluation.objects.filter(revision__gt=1).first()
        if changed is not None:
            assert changed.appraiser_id != changed.skp.employee_id

    @invariant()
    def every_change_of_state_was_a_legal_step_by_somebody(self):
        verbs = set(AuditEvent.objects.values_list("action", "target"))
        for change in StateChange.objects.exclude(record__startswith="appraisal.Skp:"):
            assert (change.step, change.before, change.after) in LEGAL, change.step
            assert change.by_label
            verb = f"{change.record.partition(':')[0].rpartition('.')[2].lower()}.{change.step}"
            assert (verb, change.record) in verbs, verb

    @invariant()
    def the_chain_holds(self):
        for event in AuditEvent.objects.filter(position__gt=self.checked).order_by("position"):
            assert self.last is None or event.previous_hash == self.last
            assert event.hash == event_hash(
                previous=event.previous_hash, position=event.position, payload=event.payload
            )
            self.checked, self.last = event.position, event.hash

    @invariant()
    def a_filed_objection_has_a_clock_and_a_closed_one_has_none(self):
        running = Deadline.objects.filter(kind="decide", outcome="running").count()
        assert running == Objection.objects.filter(state="filed").count()


def run_machine(examples):
    run_state_machine_as_test(
        Contest,
        settings=settings(
            max_examples=examples,
            stateful_step_count=30,
            deadline=None,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a failing example is readable as it is
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_law_holds_whatever_they_do():
    run_machine(examples=3)


@pytest.mark.properties
@pytest.mark.parametrize("part", range(4))  # so that two cores share the work
def test_the_law_holds_however_often_and_long_it_is_tried(part):
    run_machine(examples=max(40, settings().max_examples // 4))  # 10,000 with --hypothesis-profile long


# --- each invariant is seen to break when what keeps it is taken away ------------------------------------------

OFF = {
    "a_decision_is_final_and_there_is_at_most_one": (
        "ALTER TABLE appraisal_objection DISABLE TRIGGER USER",
        "UPDATE appraisal_objection SET decision_reason = 'lain' WHERE state = 'upheld'",
    ),
    "the_old_result_stays_as_it_was": (
        "ALTER TABLE appraisal_evaluation DISABLE TRIGGER USER",
        "UPDATE appraisal_evaluation SET note = 'lain'",
    ),
    "nobody_decides_or_reads_his_own_case": (
        "ALTER TABLE appraisal_blindreading DISABLE TRIGGER USER",
        "UPDATE appraisal_blindreading SET reader_id = (SELECT employee_id FROM appraisal_objection LIMIT 1)",
    ),
    "every_change_of_state_was_a_legal_step_by_somebody": (
        "ALTER TABLE ambon_kinerja_auditevent DISABLE TRIGGER USER",
        "DELETE FROM ambon_kinerja_auditevent WHERE action = 'objection.uphold'",
    ),
    "the_chain_holds": (
        "ALTER TABLE ambon_kinerja_auditevent DISABLE TRIGGER USER",
        "UPDATE ambon_kinerja_auditevent SET payload = payload || ' ' WHERE action = 'objection.uphold'",
    ),
    "a_filed_objection_has_a_clock_and_a_closed_one_has_none": (
        "SELECT 1",
        "UPDATE appraisal_deadline SET outcome = 'running', ended_on = NULL WHERE kind = 'decide'",
    ),
}


@pytest.mark.parametrize("name", OFF)
def test_an_invariant_breaks_when_its_guard_is_taken_away(name):
    contest = Contest()
    try:
        contest.decide_a_result()
        contest.bring_to_a_decision(changes=False)
        for check in OFF:
            if check != "the_chain_holds":
                getattr(contest, check)()
        assert Objection.objects.get().state == "upheld"
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("RESET ROLE")
            for sql in OFF[name]:
                cursor.execute(sql)
        with pytest.raises(AssertionError):
            getattr(contest, name)()
    finally:
        contest.teardown()
