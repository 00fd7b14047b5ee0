"""The tree of results: linked later, without circles and without stray branches."""

import pytest
from django.db import IntegrityError, transaction

from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from appraisal.planning import actions
from appraisal.planning.models import WorkResult
from appraisal.planning.queries import unlinked_results
from appraisal.planning.tests.browsing import address, said
from appraisal.planning.tests.plans import YEAR, a_plan, a_submitted_plan, an_agreed_plan

pytestmark = pytest.mark.django_db


def hang(result, under):
    WorkResult.objects.filter(pk=result.pk).update(parent=under)


@pytest.fixture
def chain(cast):
    """A result of the superior, of the appraiser below it, and of "self" below that one."""
    top = an_agreed_plan(cast["superior"], cast["mayor"]).results.get()
    middle = a_submitted_plan(cast["appraiser"], parent=top).results.get()
    return top, middle, a_plan(cast["self"], parent=middle).results.get()


def test_the_database_refuses_a_circle_however_long(chain):
    top, middle, low = chain

    for result, under in ((top, low), (top, middle), (middle, low)):
        with pytest.raises(IntegrityError, match="circle"), transaction.atomic():
            hang(result, under)


def test_the_database_refuses_a_branch_of_another_year_or_of_the_same_person(cast, chain):
    low = chain[2]
    old = a_plan(cast["appraiser"], year=YEAR, results=0)
    other_year = a_plan(cast["superior"], year=YEAR - 1).results.get()
    own = WorkResult.objects.create(skp=low.skp, kind="main", position=9, statement="Milik sendiri")

    for under in (other_year, own):
        with pytest.raises(IntegrityError, match="same year"), transaction.atomic():
            hang(low, under)
    assert old.year == YEAR


def test_the_database_refuses_a_branch_under_an_adjustment(cast, chain):
    top, middle, _ = chain
    adjustment = actions.begin_adjustment(top.skp, by=cast["superior"], reason="Uji")

    with pytest.raises(IntegrityError, match="same year"), transaction.atomic():
        hang(middle, adjustment.results.get())


def test_an_adjustment_cannot_close_a_circle_through_the_result_it_continues(cast, chain):
    top, _, low = chain
    adjustment = actions.begin_adjustment(top.skp, by=cast["superior"], reason="Uji")

    with pytest.raises(IntegrityError, match="circle"), transaction.atomic():
        hang(adjustment.results.get(), low)


# --- linked later ---------------------------------------------------------------------------------


def test_orphans_are_results_that_serve_neither_a_goal_nor_a_result_that_holds(cast, chain):
    top, _, low = chain
    assert list(unlinked_results(top.skp)) == [top]
    assert not unlinked_results(low.skp).exists()

    WorkResult.objects.filter(pk=low.parent_id).update(withdrawn_on=f"{YEAR}-06-01")

    assert list(unlinked_results(low.skp)) == [low]


def test_results_that_wait_are_linked_in_one_form_once_the_leader_has_a_plan(cast, browse):
    skp = a_plan(cast["self"], results=2)
    client = browse("self")
    before = client.get(address("skp-link", skp)).content.decode()
    theirs = a_submitted_plan(cast["appraiser"]).results.get()
    page = client.get(address("skp-link", skp)).content.decode()
    first, second = skp.results.all()

    answer = client.post(
        address("skp-link", skp), {f"hasil-{first.pk}": theirs.pk, f"hasil-{second.pk}": ""}, follow=True
    )

    assert "Pimpinan belum mengajukan SKP" in before
    assert page.count("<select") == 2
    assert said(answer) == ["1 hasil kerja dihubungkan dengan hasil kerja pimpinan."]
    assert [result.parent for result in skp.results.all()] == [theirs, None]


def test_an_agreed_plan_is_linked_by_either_of_the_two_without_changing_a_link(cast, browse):
    skp = an_agreed_plan(cast["self"], cast["appraiser"], results=2)
    first, second = skp.results.all()
    leader = an_agreed_plan(cast["appraiser"], cast["superior"], results=2)
    one, two = leader.results.all()

    browse("self").post(address("skp-link", skp), {f"hasil-{first.pk}": one.pk})
    linked = actions.link_results(skp, by=cast["appraiser"], links={first.pk: two, second.pk: two})

    assert linked == 1
    assert [result.parent for result in skp.results.all()] == [one, two]


@pytest.mark.parametrize("person", ["superior", "peer", "stranger", "former", "personnel_office", "outsider"])
def test_nobody_else_links(cast, person):
    skp = a_plan(cast["self"])

    with pytest.raises(NotAllowed):
        actions.link_results(skp, by=cast[person], links={})


def test_a_result_is_linked_only_to_what_is_offered(cast, browse):
    skp = a_plan(cast["self"])
    peers = a_submitted_plan(cast["peer"]).results.get()
    mine = skp.results.get()

    with pytest.raises(StepRefused, match="pimpinan"):
        actions.link_results(skp, by=cast["self"], links={mine.pk: peers})
    answer = browse("self").post(address("skp-link", skp), {f"hasil-{mine.pk}": peers.pk})
    assert answer.status_code == 422
