"""What a person writes into the guarded tables, whatever the act forgot to ask (docs/adr/0016)."""

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from agencies.access.tests.cast import add_subordinate
from appraisal.monitoring.models import Evidence, Feedback
from appraisal.planning.models import Skp
from appraisal.planning.terms import whole_year
from appraisal.scoring.models import Evaluation

from .test_row_security import WithCity, ask


class WhoWrites(WithCity):
    def refused(self, name, act):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            ask(self.cast[name], act)

    def test_only_the_appraiser_begins_an_evaluation(self):
        period = self.records["period_open"]
        other = Skp.objects.create(
            employee=self.cast["peer"].employee,
            **whole_year(self.plan.year),
            unit=self.plan.unit,
            post_name="Bidan",
            state="agreed",
            appraiser=self.cast["appraiser"].employee,
            agreed_at=timezone.now(),
        )

        def begin(name):
            Evaluation.objects.create(skp=other, period_id=period, appraiser=self.cast[name].employee)

        for name in ("self", "superior", "former", "stranger"):
            self.refused(name, lambda name=name: begin(name))
        with pytest.raises(IntegrityError, match="nobody rates himself"), transaction.atomic():
            ask(self.cast["peer"], lambda: begin("peer"))
        ask(self.cast["appraiser"], lambda: begin("appraiser"))

    def test_nobody_else_changes_an_evaluation_even_one_he_reads(self):
        changed = {
            name: ask(
                user,
                lambda: Evaluation.objects.filter(pk=self.records["evaluation_draft"]).update(note="x"),
            )
            for name, user in self.cast.items()
        }

        assert [name for name, count in changed.items() if count] == ["appraiser"]

    def test_the_employee_only_acknowledges(self):
        final = Evaluation.objects.filter(pk=self.records["evaluation_final"])
        now = timezone.now()

        self.refused("self", lambda: final.update(saved_at=now))
        assert ask(self.cast["self"], lambda: final.update(state="acknowledged", acknowledged_at=now)) == 1

    def test_nobody_agrees_to_his_own_plan_or_makes_one_for_another(self):
        submitted = Skp.objects.filter(pk=self.records["skp_submitted"])
        agreed = {"state": "agreed", "appraiser": self.cast["peer"].employee, "agreed_at": timezone.now()}

        self.refused("self", lambda: submitted.update(**agreed))
        self.refused(
            "self",
            lambda: Skp.objects.create(
                employee=self.cast["peer"].employee,
                unit=self.plan.unit,
                post_name="Bidan",
                **whole_year(2031),
            ),
        )
        assert ask(self.cast["appraiser"], lambda: submitted.update(**agreed)) == 1

    def test_evidence_and_feedback_are_added_by_those_who_may(self):
        evidence = Evidence.objects.get(pk=self.records["evidence"])

        def add(name, record, **changes):
            copy = type(record).objects.get(pk=record.pk)
            copy.pk = None
            for field, value in changes.items():
                setattr(copy, field, value)
            with transaction.atomic():
                ask(self.cast[name], copy.save)
                transaction.set_rollback(True)

        digits = iter("0123456789abcdef")
        may_add, may_say = [], []
        for name in self.cast:
            for allowed, record in ((may_add, evidence), (may_say, self.feedback)):
                try:
                    add(name, record, **({"sha256": next(digits, "f") * 64} if record is evidence else {}))
                except ProgrammingError:
                    continue
                allowed.append(name)

        assert (may_add, may_say) == (["appraiser", "self"], ["appraiser"])

    def test_colleagues_add_their_own_words_and_the_employee_answers(self):
        add_subordinate(self.cast)

        def add(name, *, as_=None, skp=self.plan):
            with transaction.atomic():
                ask(
                    self.cast[name],
                    lambda: Feedback.objects.create(
                        skp=skp,
                        period_id=self.records["period_open"],
                        value=self.feedback.value,
                        giver="peer",
                        tone="mixed",
                        text=name,
                        given_on=timezone.localdate(),
                        given_by=self.cast[as_ or name],
                    ),
                )

        for name in ("peer", "subordinate"):
            add(name)
            assert ask(
                self.cast[name], lambda: [row.text for row in Feedback.objects.filter(skp=self.plan)]
            ).count(name)
            self.refused(name, lambda name=name: add(name, as_="appraiser"))
        for name in ("superior", "stranger", "former", "personnel_office", "self"):
            self.refused(name, lambda name=name: add(name))
        answered = {"answer": "Terima kasih", "answered_at": timezone.now()}
        said = Feedback.objects.filter(pk=self.feedback.pk)
        changed = {name: ask(self.cast[name], lambda: said.update(**answered)) for name in ("peer", "self")}
        assert changed == {"peer": 0, "self": 1}

    def test_evidence_is_taken_out_by_the_two_it_concerns(self):
        evidence = Evidence.objects.filter(pk=self.records["evidence"])

        def taken_by(name):
            with transaction.atomic():
                count = ask(self.cast[name], lambda: evidence._raw_delete("default"))
                transaction.set_rollback(True)
            return count

        assert [name for name in self.cast if taken_by(name)] == ["appraiser", "self"]
