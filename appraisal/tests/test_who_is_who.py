"""Whatever happens to people and posts: each has one appraiser on a day, and yesterday's answer stays yesterday's.

A machine hires, moves, appoints, corrects and reorganises at random and checks after every step.
"""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from agencies.people.assigning import (
    assign,
    correct_assignment,
    end_assignment,
    enter_state,
    except_appraiser,
    move,
    withdraw_assignment,
)
from agencies.people.line_sql import AMBIGUOUS
from agencies.people.models import Assignment, Employee, ServiceState
from agencies.people.orphans import Fault, orphans_on, owe_appraisal_on
from agencies.people.reporting_line import appraiser_keys_on, stretches, subordinate_pairs_on
from agencies.people.tests.organisation import make_employee
from agencies.structure.actions import add_post, add_unit, change_post, change_unit, end_post
from agencies.structure.models import Post, Unit
from agencies.structure.refusals import NotPossible
from appraisal.scoring.models import Evaluation

from .finished import finished_evaluation

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
days = st.dates(FIRST, LAST)
kinds = st.sampled_from(["definitive", "plt", "plh", "additional"])
faults = (Fault.NONE, Fault.TWO)


class WhoIsWho(RuleBasedStateMachine):
    @initialize()
    def found_a_city(self):
        city = add_unit(parent=None, kind="city", code="K", name="Kota", valid_from=FIRST, by="test")
        unit = add_unit(parent=city, kind="agency", code="D", name="Dinas", valid_from=FIRST, by="test")
        self.units = [city, unit]
        self.posts = [add_post(unit=city, code="WK", name="Wali Kota", kind="kepala_daerah", by="test")]
        for number, kind in enumerate(("jpt", "pengawas", "jf_keahlian", "pelaksana")):
            self.open_post(unit, kind, self.posts[-1], number)
        self.people = [make_employee() for _ in self.posts]
        for employee, post in zip(self.people, self.posts, strict=True):
            assign(employee, post=post, start=FIRST, by="test")
        self.result = finished_evaluation(self.people[-1], appraiser=self.people[-2], unit=unit)
        self.as_decided = self.decided()
        self.remembered = []

    def open_post(self, unit, kind, superior, number):
        code = f"P{number}-{len(self.posts)}"
        self.posts.append(add_post(unit=unit, code=code, name=code, kind=kind, superior=superior, by="test"))

    def decided(self):
        return Evaluation.objects.filter(pk=self.result.pk).values().get()

    def attempt(self, act, *args, **facts):
        """What the rules refuse is refused in words; nothing else may go wrong."""
        with suppress(NotPossible):
            act(*args, by="test", **facts)

    def held(self, data):
        rows = list(Assignment.objects.known().order_by("pk"))
        return data.draw(st.sampled_from(rows)) if rows else None

    @rule(data=st.data(), start=days, length=st.one_of(st.none(), st.integers(1, 60)), kind=kinds)
    def give_a_post(self, data, start, length, kind):
        employee = data.draw(st.sampled_from(self.people))
        post = data.draw(st.sampled_from(self.posts))
        end = None if length is None else start + timedelta(length)
        self.attempt(assign, employee, post=post, start=start, end=end, kind=kind)

    @precondition(lambda self: len(self.people) < 9)
    @rule()
    def hire_somebody(self):
        self.people.append(make_employee())

    @precondition(lambda self: len(self.posts) < 9)
    @rule(data=st.data(), kind=st.sampled_from(["pengawas", "pelaksana"]))
    def open_a_post(self, data, kind):
        self.open_post(self.units[-1], kind, data.draw(st.sampled_from(self.posts)), 9)

    @rule(data=st.data(), start=days)
    def move_somebody(self, data, start):
        employee, post = data.draw(st.sampled_from(self.people)), data.draw(st.sampled_from(self.posts))
        self.attempt(move, employee, post=post, start=start)

    @rule(data=st.data(), last_day=days)
    def end_something(self, data, last_day):
        if row := self.held(data):
            self.attempt(end_assignment, row, last_day=last_day)

    @rule(data=st.data(), start=days, kind=kinds)
    def correct_something(self, data, start, kind):
        if row := self.held(data):
            post = data.draw(st.sampled_from(self.posts))
            self.attempt(correct_assignment, row, reason="salah", start=start, kind=kind, post=post)

    @rule(data=st.data())
    def withdraw_something(self, data):
        if row := self.held(data):
            self.attempt(withdraw_assignment, row, reason="tidak pernah")

    @rule(
        data=st.data(), start=days, length=st.integers(1, 40), kind=st.sampled_from(ServiceState.Kind.values)
    )
    def go_on_leave(self, data, start, length, kind):
        employee = data.draw(st.sampled_from(self.people))
        self.attempt(enter_state, employee, kind=kind, start=start, end=start + timedelta(length))

    @rule(data=st.data(), start=days, length=st.integers(1, 40), for_post=st.booleans())
    def delegate(self, data, start, length, for_post):
        whom = {"post": data.draw(st.sampled_from(self.posts))} if for_post else {}
        whom = whom or {"employee": data.draw(st.sampled_from(self.people))}
        appraiser, end = data.draw(st.sampled_from(self.people)), start + timedelta(length)
        self.attempt(except_appraiser, kind="delegated", appraiser=appraiser, start=start, end=end, **whom)

    @rule(data=st.data(), on=days)
    def put_a_post_elsewhere(self, data, on):
        post, superior = data.draw(st.sampled_from(self.posts[1:])), data.draw(st.sampled_from(self.posts))
        self.attempt(change_post, post, on=on, superior=superior)

    @rule(data=st.data(), last_day=days)
    def abolish_a_post(self, data, last_day):
        self.attempt(end_post, data.draw(st.sampled_from(self.posts[1:])), last_day=last_day)

    @precondition(lambda self: len(self.units) < 4)
    @rule(data=st.data(), on=days)
    def found_and_rename_a_unit(self, data, on):
        parent = data.draw(st.sampled_from(self.units))
        code = f"U{len(self.units)}"
        self.units.append(
            add_unit(parent=parent, kind="unit", code=code, name=code, valid_from=FIRST, by="test")
        )
        self.attempt(change_unit, self.units[-1], on=on, name="Nama baru")

    @rule(data=st.data(), on=days)
    def merge_units(self, data, on):
        """All posts of one unit go to another; the line above them follows the posts, not the units."""
        source, target = data.draw(st.sampled_from(self.units)), data.draw(st.sampled_from(self.units))
        for post in Post.objects.filter(unit=source).exclude(pk=self.posts[0].pk):
            self.attempt(change_post, post, on=on, unit=target)

    def some_day(self):
        """Another one after each step, all over the period."""
        return FIRST + timedelta(len(self.remembered) * 37 % 90)

    def answers(self, day, known_at=None):
        return appraiser_keys_on([person.pk for person in self.people], day, known_at)

    @invariant()
    def everybody_has_one_appraiser_or_a_named_fault(self):
        day = self.some_day()
        found = self.answers(day)
        named = {orphan.employee.pk: orphan for orphan in orphans_on(day)}
        for person in owe_appraisal_on(day):
            appraiser = found.get(person.pk)
            alone = appraiser in (None, AMBIGUOUS)
            assert appraiser != person.pk
            assert alone == (person.pk in named and named[person.pk].fault in faults)

    @invariant()
    def downwards_is_the_inverse_of_upwards(self):
        day = self.some_day()
        keys = [person.pk for person in self.people]
        upwards = {(above, below) for below, above in self.answers(day).items() if above != AMBIGUOUS}
        assert set(subordinate_pairs_on(keys, day)) == upwards

    @invariant()
    def the_days_of_the_period_add_up(self):
        if len(self.remembered) % 4:
            return
        parts = stretches(self.people[-1], FIRST, LAST)
        assert sum(part.days for part in parts) == (LAST - FIRST).days + 1
        assert [part.first_day for part in parts[1:]] == [part.last_day + timedelta(1) for part in parts[:-1]]
        for part in parts:
            key = self.answers(part.last_day).get(self.people[-1].pk)
            assert (part.appraiser and part.appraiser.pk) == (None if key == AMBIGUOUS else key)

    @invariant()
    def what_was_known_stays_known(self):
        for moment, day, answers in self.remembered[-1:] + self.remembered[:1]:
            assert self.answers(day, moment) == answers
        day = self.some_day()
        self.remembered.append((timezone.now(), day, self.answers(day)))

    @invariant()
    def no_finished_result_changes(self):
        assert self.decided() == self.as_decided


class InATransaction(WhoIsWho):
    """Each run of the machine leaves nothing behind."""

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)


@pytest.mark.slow
def test_who_is_who_on_any_day_and_at_any_moment():
    run_state_machine_as_test(
        InATransaction,
        settings=settings(
            max_examples=settings().max_examples // 10,  # 10 as a rule; more with --hypothesis-profile long
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_machine_notices_an_answer_that_was_rewritten():
    """The negative control: an edit in place, were it possible, would be seen."""
    machine = WhoIsWho()
    machine.found_a_city()
    machine.what_was_known_stays_known()
    moment, day, answers = machine.remembered[0]
    machine.remembered[0] = (moment, day, dict.fromkeys(answers, 0))

    with pytest.raises(AssertionError):
        machine.what_was_known_stays_known()
    assert Employee.objects.count() == Unit.objects.count() + 3
