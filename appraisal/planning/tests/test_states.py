import pytest

from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, WrongState, history_of, take
from appraisal.planning import actions
from appraisal.planning.models import Skp
from appraisal.planning.states import STEPS
from appraisal.planning.tests.plans import a_plan, a_submitted_plan, an_agreed_plan

pytestmark = pytest.mark.django_db

TAKEN_BY = {"submit": "self", "withdraw": "self", "return": "appraiser", "agree": "appraiser"}
# Steps of an adjustment alone (test_adjusting.py); no plan can take them.
OF_AN_ADJUSTMENT = {
    ("merge", "submitted"): "merged",
    ("drop", "draft"): "dropped",
    ("drop", "returned"): "dropped",
}
EVERYBODY = [
    "mayor",
    "superior",
    "appraiser",
    "self",
    "peer",
    "stranger",
    "former",
    "acting",
    "personnel_office",
    "unit_admin",
    "other_admin",
    "inspector",
    "system_admin",
    "outsider",
]
CALLS = {
    "submit": actions.submit_skp,
    "withdraw": actions.withdraw_skp,
    "return": lambda skp, by: actions.return_skp(skp, by=by, reason="Perbaiki target."),
    "agree": actions.agree_skp,
}
# What each step makes of each state; what is not listed is refused.
LIFE = {
    ("submit", "draft"): "submitted",
    ("submit", "returned"): "submitted",
    ("withdraw", "submitted"): "draft",
    ("return", "submitted"): "returned",
    ("agree", "submitted"): "agreed",
}


def plan_in(state, cast):
    if state == "agreed":
        return an_agreed_plan(cast["self"], cast["appraiser"])
    if state == "draft":
        return a_plan(cast["self"])
    skp = a_submitted_plan(cast["self"])
    return CALLS["return"](skp, by=cast["appraiser"]) if state == "returned" else skp


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "agreed"])
@pytest.mark.parametrize("step", TAKEN_BY)
def test_each_step_starts_only_from_its_states(cast, step, state):
    skp = plan_in(state, cast)
    before = history_of(skp).count()

    if (step, state) in LIFE:
        assert CALLS[step](skp, by=cast[TAKEN_BY[step]]).state == LIFE[step, state]
        assert history_of(skp).count() == before + 1
    else:
        with pytest.raises(WrongState):
            CALLS[step](skp, by=cast[TAKEN_BY[step]])
        assert (Skp.objects.get(pk=skp.pk).state, history_of(skp).count()) == (state, before)


@pytest.mark.parametrize(
    ("step", "state"), [("submit", "draft"), *((name, "submitted") for name in CALLS if name != "submit")]
)
def test_each_step_is_refused_to_everybody_else(cast, step, state):
    skp = plan_in(state, cast)

    for person in EVERYBODY:
        if person != TAKEN_BY[step]:
            with pytest.raises(NotAllowed):
                CALLS[step](skp, by=cast[person])
    with pytest.raises(NotAllowed):
        CALLS[step](skp, by="timetable")
    assert Skp.objects.get(pk=skp.pk).state == state


def test_the_table_names_exactly_these_steps():
    assert {(step.name, source): step.target for step in STEPS for source in step.sources} == (
        LIFE | OF_AN_ADJUSTMENT
    )


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_plan_is_not_returned_without_words(cast, reason):
    skp = a_submitted_plan(cast["self"])

    with pytest.raises(StepRefused, match="Tulis alasannya"):
        actions.return_skp(skp, by=cast["appraiser"], reason=reason)


def test_nobody_agrees_his_own_plan_even_past_the_actions(cast):
    skp = a_submitted_plan(cast["self"])
    agree = next(step for step in STEPS if step.name == "agree")

    with pytest.raises(NotAllowed):
        take(agree, skp, by=cast["self"], changes={"appraiser": cast["self"].employee})
