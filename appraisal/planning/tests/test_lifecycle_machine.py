"""Whatever two people do with a plan and its adjustments: it stays legal, what was agreed stays, and all say who.

A machine writes, submits, returns, agrees, adjusts, drops and links at random, also by the wrong person and in the
wrong state, and checks after every step. The normal run is short; `--hypothesis-profile long` goes on.
"""

from contextlib import suppress

import pytest
from django.db import IntegrityError, InternalError, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from agencies.access.tests.cast import build_cast
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.lifecycle.models import StateChange
from ambon_kinerja.lifecycle.steps import StepRefused
from appraisal.planning import actions
from appraisal.planning.content import content_of_plan
from appraisal.planning.models import Skp, SkpVersion, WorkResult
from appraisal.planning.queries import results_to_support, unlinked_results
from appraisal.planning.states import STEPS
from appraisal.planning.tests.plans import YEAR, an_indicator
from appraisal.rulebook.reference_data import fill

pytestmark = pytest.mark.django_db
PEOPLE = ("superior", "appraiser", "self", "peer")
LEGAL = {(step.name, source, step.target) for step in STEPS for source in step.sources}
VERSION = {"content", "sha256", "reason", "appraiser_id", "agreed_at", "number", "skp_id"}
people = st.sampled_from(PEOPLE)
numbers = st.integers(0, 9)


class Planning(RuleBasedStateMachine):
    @initialize()
    def found_a_city(self):
        fill()
        self.cast = build_cast()
        self.kept = {}

    def attempt(self, act, *args, **facts):
        """What is refused is refused in words and leaves nothing; nothing else may go wrong."""
        with suppress(StepRefused, actions.Conflict), transaction.atomic():
            return act(*args, **facts)

    def one(self, number):
        plans = list(Skp.objects.order_by("pk"))
        return plans[number % len(plans)] if plans else None

    def do(self, act, number, person, **facts):
        if plan := self.one(number):
            self.attempt(act, plan, by=self.cast[person], **facts)

    @rule(person=people)
    def draft(self, person):
        user = self.cast[person]
        self.attempt(actions.draft_skp, user.employee, year=YEAR, by=user)

    @rule(number=numbers, place=numbers, person=people, main=st.booleans(), linked=st.booleans())
    def write(self, number, place, person, main, linked):
        if (plan := self.one(number)) is None:
            return
        results = list(plan.results.filter(withdrawn_on=None))
        offered = list(results_to_support(plan)) if linked else []
        self.do(
            actions.save_result,
            number,
            person,
            version=plan.version,
            result=results[place] if place < len(results) else None,
            kind="main" if main else "additional",
            statement=f"Hasil {place}",
            parent=offered[place % len(offered)] if offered else None,
            indicators=[an_indicator(perspective="budget" if plan.is_for_leader else "")],
        )

    @rule(number=numbers, place=numbers, person=people)
    def remove(self, number, place, person):
        if plan := self.one(number):
            results = list(plan.results.all())
            if place < len(results):
                self.attempt(actions.remove_result, results[place], by=self.cast[person])

    @rule(number=numbers, person=people)
    def submit(self, number, person):
        self.do(actions.submit_skp, number, person)

    @rule(number=numbers, person=people)
    def withdraw(self, number, person):
        self.do(actions.withdraw_skp, number, person)

    @rule(number=numbers, person=people)
    def give_back(self, number, person):
        self.do(actions.return_skp, number, person, reason="Perbaiki.")

    @rule(number=numbers)
    def bring_to_agreement(self, number):
        """By the right people, so that the machine comes to adjustments at all."""
        if plan := self.one(number):
            owner = next(name for name in PEOPLE if self.cast[name].employee == plan.employee)
            above = {"superior": "mayor", "appraiser": "superior"}.get(owner, "appraiser")
            self.attempt(actions.submit_skp, plan, by=self.cast[owner])
            self.attempt(actions.agree_skp, plan, by=self.cast[above])

    @rule(number=numbers, person=people)
    def agree(self, number, person):
        self.do(actions.agree_skp, number, person)

    @rule(number=numbers, person=people)
    def adjust(self, number, person):
        self.do(actions.begin_adjustment, number, person, reason="Keadaan berubah.")

    @rule(number=numbers, person=people)
    def drop(self, number, person):
        self.do(actions.drop_adjustment, number, person)

    @rule(number=numbers, person=people, place=numbers)
    def link(self, number, person, place):
        if plan := self.one(number):
            offered = list(results_to_support(plan))
            links = {result.pk: offered[place % len(offered)] for result in unlinked_results(plan) if offered}
            self.attempt(actions.link_results, plan, by=self.cast[person], links=links)

    @rule(number=numbers, place=numbers)
    def force_a_link_past_the_actions(self, number, place):
        rows = list(WorkResult.objects.order_by("pk"))
        if rows:
            child, parent = rows[number % len(rows)], rows[place % len(rows)]
            with suppress(IntegrityError), transaction.atomic():
                WorkResult.objects.filter(pk=child.pk).update(parent=parent)

    @invariant()
    def every_change_of_state_was_a_legal_step_by_somebody(self):
        for change in StateChange.objects.filter(record__startswith="appraisal.Skp:"):
            assert (change.step, change.before, change.after) in LEGAL
            assert change.by_label

    @invariant()
    def every_event_says_who(self):
        assert not AuditEvent.objects.filter(action__startswith="skp.", actor="").exists()

    @invariant()
    def what_was_agreed_never_changes(self):
        now = {row["id"]: row for row in SkpVersion.objects.values("id", *VERSION)}
        assert self.kept.items() <= now.items()
        self.kept = now
        for version in SkpVersion.objects.all()[:1]:
            for act in (lambda: SkpVersion.objects.update(reason="x"), SkpVersion.objects.all().delete):
                with pytest.raises(InternalError), transaction.atomic():
                    act()
            assert version.content["results"]

    @invariant()
    def an_agreed_plan_says_what_its_last_version_says(self):
        for plan in Skp.objects.filter(state="agreed"):
            last = plan.versions.order_by("-number").first()
            assert without_links(last.content) == without_links(content_of_plan(plan))
            assert last.appraiser_id == plan.appraiser_id != plan.employee_id

    @invariant()
    def the_tree_has_no_circle_and_orphans_are_listed(self):
        parents = dict(WorkResult.objects.values_list("pk", "parent"))
        for start in parents:
            seen, above = set(), parents[start]
            while above is not None:
                assert above not in seen
                assert above != start
                seen.add(above)
                above = parents[above]
        for plan in Skp.objects.all():
            alone = {
                result.pk
                for result in plan.results.filter(withdrawn_on=None).select_related("parent")
                if result.goal_id is None and (result.parent is None or result.parent.withdrawn_on)
            }
            assert alone == set(unlinked_results(plan).values_list("pk", flat=True))


def without_links(content):
    """A result may be linked after it was agreed: that is the one thing that changes."""
    return content | {"results": [row | {"parent": None} for row in content["results"]]}


def test_whatever_two_people_do_with_a_plan():
    class Rewound(Planning):
        """Every example begins with an empty database."""

        def __init__(self):
            super().__init__()
            self.before = transaction.atomic()
            self.before.__enter__()

        def teardown(self):
            transaction.set_rollback(True)
            self.before.__exit__(None, None, None)

    run_state_machine_as_test(
        Rewound,
        settings=settings(
            max_examples=settings().max_examples // 25,  # 4 as a rule; more with --hypothesis-profile long
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
