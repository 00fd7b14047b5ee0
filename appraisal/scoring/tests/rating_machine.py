"""A machine that starts, saves, decides, reads, opens again and disturbs evaluations at random.

Also as the wrong person, in the wrong state and past the application; it checks after each step what must hold.
"""

import json
from contextlib import suppress
from datetime import date

import time_machine
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from agencies.access.actions.proposals import approve_proposal
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.lifecycle.models import StateChange
from ambon_kinerja.lifecycle.steps import StepRefused
from appraisal.monitoring.actions import (
    add_evidence_link,
    give_feedback,
    record_realisation,
    remove_evidence,
    withdraw_feedback,
)
from appraisal.monitoring.models import Evidence, Feedback
from appraisal.monitoring.tests.agreed_plan import CLOSES, NOW, build_plan, moment
from appraisal.organisation.models import OrganisationAchievement
from appraisal.organisation.tests.achievements import achieved
from appraisal.rulebook.models import Rule
from appraisal.scoring import actions
from appraisal.scoring.models import Citation, Escalation, Evaluation, ResultRating
from appraisal.scoring.receipt import sha256_of
from appraisal.scoring.receipt.checking import faults_of
from appraisal.scoring.reopening import propose_reopening
from appraisal.scoring.states import STEPS

from .backed import backing_for

PEOPLE = ("appraiser", "appraiser", "self", "superior", "peer", "stranger", "personnel_office")
LEGAL = {(step.name, source, step.target) for step in STEPS for source in step.sources}
DECIDED = ("final", "acknowledged", "superseded")
KEPT = (
    "work_rating",
    "behaviour_rating",
    "predikat",
    "receipt",
    "receipt_sha256",
    "finalised_at",
    "appraiser_id",
)
people, ratings = st.sampled_from(PEOPLE), st.sampled_from(("above", "meets", "below"))
numbers = st.integers(0, 5)


class Rating(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.clock = time_machine.travel(moment(NOW), tick=False)
        self.time = self.clock.start()
        self.before = transaction.atomic()
        self.before.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.before.__exit__(None, None, None)
        self.clock.stop()

    @initialize()
    def begin(self):
        self.cast, self.skp, self.period = build_plan(main=2, additional=1)
        self.results = list(self.skp.results.all())
        self.kept, self.acts = {}, AuditEvent.objects.filter(action__startswith="evaluation.").count()

    def attempt(self, person, act, *args, **facts):
        """What is refused is refused in words; what succeeds was done by whom it may be, and is written down."""
        try:
            with transaction.atomic():
                done = act(*args, by=self.cast[person], **facts)
        except (StepRefused, Evaluation.DoesNotExist):
            return None
        return done

    def evaluation(self, number=0):
        found = list(Evaluation.objects.order_by("-pk"))
        return found[number % len(found)] if found else None

    @rule(person=people)
    def start(self, person):
        before = set(Evaluation.objects.values_list("pk", "appraiser"))
        done = self.attempt(person, actions.start_evaluation, self.skp, period=self.period)
        if done and set(Evaluation.objects.values_list("pk", "appraiser")) != before:  # begun or taken over
            self.acts += 1
            self.done_by(person, self.whose_turn())

    @rule(
        person=people,
        rating=ratings,
        work=ratings,
        behaviour=ratings,
        cites=st.booleans(),
        says=st.booleans(),
        stale=st.booleans(),
    )
    def save(self, person, rating, work, behaviour, cites, says, stale):  # fmt: skip
        if (draft := self.evaluation()) is None:
            return
        given = {row.pk: (rating, "") for row in self.results}
        backing = {}
        if cites and draft.state == "draft":
            backing = backing_for(draft, given, reason="Baru terungkap." if says else "")
        before, turn = draft.version, self.whose_turn(draft)
        done = self.attempt(
            person,
            actions.save_draft,
            draft,
            version=max(1, before - stale),
            ratings=given,
            backing=backing,
            work_rating=work,
            work_reason="Menimbang keadaan.",
            behaviour_rating=behaviour,
            behaviour_reason="Terlihat setiap hari.",
        )
        if done and done.version > before:
            self.acts += 1
            self.done_by(person, turn)

    @rule(person=people)
    def decide(self, person):
        if (draft := self.evaluation()) is None:
            return
        escalations, turn = Escalation.objects.count(), self.whose_turn(draft)
        done = self.attempt(person, actions.finalise, draft, version=draft.version)
        if done:
            self.acts += 1 + (Escalation.objects.count() > escalations)
            self.done_by(person, turn)
            assert Evaluation.objects.get(pk=done.pk).appraiser == self.cast[person].employee
            self.keep(done)

    @rule(rating=ratings)
    def bring_to_an_end(self, rating):
        """By the right person with all that is needed, so that the machine sees many final evaluations."""
        person = self.whose_turn(self.evaluation())
        self.start(person=person)
        self.save(
            person=person,
            rating=rating,
            work=rating,
            behaviour="meets",
            cites=True,
            says=True,
            stale=False,
        )
        self.decide(person=person)

    @rule(person=people)
    def read(self, person):
        if (final := self.evaluation()) and self.attempt(person, actions.acknowledge, final):
            self.acts += 1
            assert person == "self"

    @rule()
    def open_again(self):
        final = self.evaluation()
        if final is None or final.state not in ("final", "acknowledged"):
            return
        with suppress(StepRefused), transaction.atomic():
            proposal = propose_reopening(
                final, error="Rating keliru", reason="Uji.", by=self.cast["appraiser"]
            )
            approve_proposal(proposal, by=self.cast["superior"])
        self.acts = AuditEvent.objects.filter(action__startswith="evaluation.").count()

    @rule(number=numbers)
    def disturb(self, number):
        """Late feedback, evidence, realisation, organisation and rules."""
        first = self.results[number % len(self.results)]
        day, facts = self.period.starts_on, {"period": self.period}
        self.attempt(
            "appraiser", give_feedback, self.skp, giver="leader", tone="needs_work", text="Kurang.",
            given_on=day, result=first, **facts,
        )  # fmt: skip
        self.attempt(
            "self",
            add_evidence_link,
            first,
            title="Susulan",
            dated=day,
            link=f"https://lain.test/{number}",
            **facts,
        )
        self.attempt("self", record_realisation, first.indicators.get(), value=number * 40, note="", **facts)
        for row in Evidence.objects.all()[:1]:
            self.attempt("self", remove_evidence, row)
        for row in Feedback.objects.all()[:1]:
            self.attempt("appraiser", withdraw_feedback, row)
        count = OrganisationAchievement.objects.count()
        achieved(
            self.skp.unit, "kurang", by=self.cast["superior"].employee, period=self.period, number=count + 1
        )
        Rule.objects.get_or_create(
            key="early_feedback_days",
            valid_from=date(2026, 1, 1 + number),
            defaults={"value": 1 + number, "text": "Uji", "source": "Uji"},
        )

    @rule(number=numbers)
    def past_the_application(self, number):
        """SQL by the application's own role."""
        target = self.evaluation(number)
        if target is None or target.state == "draft":
            return
        rows = ResultRating.objects.filter(evaluation=target)
        for change in (
            lambda: Evaluation.objects.filter(pk=target.pk).update(
                predikat="sangat_baik", work_rating="above"
            ),
            lambda: Evaluation.objects.filter(pk=target.pk).update(state="draft"),
            lambda: Evaluation.objects.filter(pk=target.pk).update(receipt="{}"),
            lambda: rows.update(reason="Diubah kemudian."),
            lambda: Citation.objects.filter(rating__in=rows).delete(),
            lambda: Evaluation.objects.create(
                skp=target.skp, period=target.period, appraiser=target.appraiser
            ),
        ):
            with suppress(DatabaseError), transaction.atomic():
                change()

    @rule(hours=st.sampled_from((1, 24, 24 * 20, -24 * 20)))
    def let_time_pass(self, hours):
        """Also past the end of the window and back, for the next save."""
        now = moment(CLOSES) if hours > 24 else moment(NOW)
        self.time.move_to(now)

    def whose_turn(self, evaluation=None):
        """The one person who may rate now: after the window the superior (page 90 no. 11), and the same who was wrong.

        Said here anew, not asked of the application: the machine is to notice when that errs.
        """
        if evaluation is not None and evaluation.open_until:
            return "superior" if evaluation.replaces.rated_by_role == "superior" else "appraiser"
        return "superior" if timezone.now() >= moment(CLOSES) else "appraiser"

    def done_by(self, person, allowed):
        assert person == allowed, f"{person} did what only the {allowed} may"

    def keep(self, final):
        self.kept[final.pk] = self.picture(final.pk)

    def picture(self, pk):
        final = Evaluation.objects.get(pk=pk)
        cited = Citation.objects.filter(rating__evaluation=pk).order_by("pk")
        rated = ResultRating.objects.filter(evaluation=pk).order_by("pk")
        return (
            [getattr(final, name) for name in KEPT],
            list(rated.values_list("result", "rating", "reason", "surprise_reason")),
            list(cited.values_list("evidence", "feedback")),
        )

    @invariant()
    def nobody_rates_himself_or_somebody_he_does_not_lead(self):
        # Keys and texts alone in what is asked after every step: whole records are a third of the long run.
        entitled = {self.cast[person].employee.pk for person in ("appraiser", "superior")}
        for appraiser, role, rated in Evaluation.objects.values_list(
            "appraiser", "rated_by_role", "skp__employee"
        ):
            assert appraiser != rated
            assert appraiser in entitled
            assert (role == "superior") == (appraiser == self.cast["superior"].employee.pk)

    @invariant()
    def what_is_final_never_moves(self):
        for pk, picture in getattr(self, "kept", {}).items():
            assert self.picture(pk) == picture
            assert Evaluation.objects.get(pk=pk).state in DECIDED

    @invariant()
    def there_is_one_living_evaluation(self):
        assert Evaluation.objects.living().count() <= 1

    @invariant()
    def every_final_rating_stands_on_something_and_warned(self):
        for row in ResultRating.objects.filter(evaluation__state__in=DECIDED).exclude(rating="meets"):
            assert row.citations.exists()
            if row.rating == "below":
                raised = Escalation.objects.filter(rating=row).exists()
                warned = Feedback.objects.filter(result=row.result).exclude(tone="positive").exists()
                assert raised or warned

    @invariant()
    def every_receipt_can_be_recomputed(self):
        finals = Evaluation.objects.filter(state__in=DECIDED)
        for receipt, said in finals.values_list("receipt", "receipt_sha256"):
            assert faults_of(json.loads(receipt), said) == []
            assert sha256_of(receipt) == said

    @invariant()
    def every_act_stands_in_the_trail_and_every_step_was_legal(self):
        assert AuditEvent.objects.filter(action__startswith="evaluation.").count() >= getattr(self, "acts", 0)
        taken = StateChange.objects.filter(record__startswith="appraisal.Evaluation:")
        assert set(taken.values_list("step", "before", "after")) <= LEGAL
        decided = Evaluation.objects.filter(state__in=DECIDED).count()
        assert taken.filter(step="finalise").count() == decided

    def check(self):
        for name in CHECKS:
            getattr(self, name)()


CHECKS = (
    "nobody_rates_himself_or_somebody_he_does_not_lead",
    "what_is_final_never_moves",
    "there_is_one_living_evaluation",
    "every_final_rating_stands_on_something_and_warned",
    "every_receipt_can_be_recomputed",
    "every_act_stands_in_the_trail_and_every_step_was_legal",
)
