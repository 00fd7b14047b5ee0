"""Anak Lampiran 6 (pages 232–240): a midwife on study leave is planned, recorded, rated and printed by the pages."""

from datetime import date

import pytest
from django.utils import timezone

from agencies.people.assigning import enter_state
from appraisal.demo.examples import study_leave
from appraisal.demo.examples.evaluations import evaluations
from appraisal.monitoring.models import Evidence
from appraisal.monitoring.tests.agreed_plan import moment
from appraisal.planning.models import Skp, StudyPlan
from appraisal.planning.tests.plans import YEAR
from appraisal.scoring.matrix import Predikat
from appraisal.scoring.study_leave import predikat_for_grade

from .printed_examples import told
from .reading_pages import narrative_of, tree_of
from .test_entering_evaluations import check_form, rate, told_and_recorded
from .typing_examples import add_result, agree, begin_plan, expected_of, page, people_of, sent

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PLAN = study_leave().plans["midwife"]
EXAMPLE = evaluations()["student_midwife"]
ACADEMIC = 3  # the place of the result about the grade
BEGINS = date(YEAR, 8, 1)
# The annex names no place of study; the one that page 62 names, with what the table asks of a first degree there.
STUDY = {
    "institution": "Universitas Airlangga",
    "programme": "Kebidanan",
    "level": "s1",
    "university_accreditation": "A",
    "programme_accreditation": "A",
    "starts_on": BEGINS.isoformat(),
    "ends_on": f"{YEAR + 2}-07-31",
}


@pytest.fixture
def now():
    import time_machine

    with time_machine.travel(moment(f"{YEAR}-03-02T10:00:00+09:00"), tick=False) as traveller:
        yield traveller


def enter(client):
    """The plan of the year with what is expected of the study in it: no document of its own (page 64 no. 12)."""
    people = people_of(client, PLAN)
    user = people.users[PLAN.post]
    enter_state(user.employee, kind="study", start=BEGINS, end=date(YEAR + 2, 7, 31), by="test")
    skp = begin_plan(people, PLAN.post, is_qualitative=True)
    owner = people.as_holder_of(PLAN.post)
    for result in PLAN.results:
        add_result(owner, skp, result)
    seen = owner.get(page("study-edit", skp.pk)).context["form"]["seen"].value()
    sent(owner, page("study-edit", skp.pk), STUDY | {"seen": seen})
    agree(people, skp, PLAN.post, PLAN.appraiser_post, expected_of(PLAN))
    return people, Skp.objects.get()


def test_the_example_is_planned_with_its_study_rated_and_printed_with_every_field(client, now):
    people, skp = enter(client)
    owner = people.as_holder_of(PLAN.post)
    assert (skp.state, skp.form_code, StudyPlan.objects.get().skp) == (Skp.State.AGREED, PLAN.form, skp)
    assert narrative_of(tree_of(owner.get(page("skp-print", skp.pk)))) == told(PLAN)
    year = told_and_recorded(people, EXAMPLE, skp, now)
    results = list(skp.results.all())
    owner = people.as_holder_of(PLAN.post)
    transcript = {
        "result": results[ACADEMIC].pk,
        "title": "Transkrip nilai semester 1",
        "dated": timezone.localdate().isoformat(),
        "link": "https://transkrip.contoh.test/semester-1",
    }
    sent(owner, page("evidence-add", skp.pk, year.pk), transcript)

    # Below 3,5 by the transcript: the one result that is rated below stands on it, and on a word why it came without
    # an earlier warning.
    stands_on = {
        f"cite-{results[ACADEMIC].pk}": [f"e{Evidence.objects.get().pk}"],
        f"surprise-{results[ACADEMIC].pk}": "Transkrip semester pertama baru keluar bulan ini.",
    }
    evaluation = rate(people.as_holder_of(PLAN.appraiser_post), skp, year, EXAMPLE, stands_on)

    assert (evaluation.suggested_rating, evaluation.work_rating) == ("meets", "meets")
    assert evaluation.predikat == EXAMPLE.predikat
    guided = predikat_for_grade(level="S-1", accreditation="A", grade="3.39", programme="A")
    assert guided == Predikat(EXAMPLE.predikat)  # of page 63: the year and the grade point to the same
    owner = people.as_holder_of(PLAN.post)
    for address in ("evaluation-form", "evaluation-form-print"):
        check_form(tree_of(owner.get(page(address, evaluation.pk))), EXAMPLE, evaluation, people)
