import random
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from agencies.people import reporting_line
from agencies.people.assigning import enter_state, except_appraiser
from agencies.people.line_sql import FUNCTIONS
from agencies.people.models import Assignment, Employee
from agencies.people.reporting_line import (
    appraiser_on,
    appraisers_on,
    definitive_assignment_on,
    holder_on,
    indirect_subordinates_on,
    is_appraiser_on,
    leads_somebody_on,
    line_on,
    stretches,
    subordinate_pairs_on,
    subordinates_on,
    superior_of_appraiser_on,
)
from agencies.structure.models import Post

from .organisation import (
    START,
    hold,
    make_employee,
    make_post,
    make_unit,
    random_organisation,
    vacate,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


@pytest.fixture
def office():
    """Mayor over head over section chief over clerk, each post held by one person."""
    unit = make_unit()
    posts = {"mayor": make_post(unit)}
    for name, above in [("head", "mayor"), ("chief", "head"), ("clerk", "chief")]:
        posts[name] = make_post(unit, posts[above])
    people = {name: make_employee(name) for name in posts}
    for name, post in posts.items():
        hold(people[name], post)
    return posts, people


# --- the rules, one by one ----------------------------------------------------------------------


def test_the_holder_of_the_superior_post_appraises(office):
    _posts, people = office

    assert appraiser_on(people["clerk"], DAY) == people["chief"]
    assert superior_of_appraiser_on(people["clerk"], DAY) == people["head"]
    assert appraiser_on(people["mayor"], DAY) is None
    assert superior_of_appraiser_on(people["mayor"], DAY) is None
    assert list(subordinates_on(people["chief"], DAY)) == [people["clerk"]]


def test_only_the_appraiser_is_the_appraiser(office):
    _posts, people = office

    found = {name: is_appraiser_on(person, people["clerk"], DAY) for name, person in people.items()}
    assert found == {"mayor": False, "head": False, "chief": True, "clerk": False}
    assert not is_appraiser_on(None, people["mayor"], DAY)


def test_a_vacant_post_passes_the_line_up_step_by_step(office):
    _posts, people = office

    vacate(people["chief"])
    assert appraiser_on(people["clerk"], DAY) == people["head"]
    vacate(people["head"])
    assert appraiser_on(people["clerk"], DAY) == people["mayor"]
    assert list(subordinates_on(people["mayor"], DAY)) == [people["clerk"]]
    vacate(people["mayor"])
    assert appraiser_on(people["clerk"], DAY) is None


@pytest.mark.parametrize("kind", ["plt", "plh"])
def test_who_acts_for_a_post_comes_before_its_holder_and_only_for_the_term(office, kind):
    posts, people = office
    deputy = make_employee()
    hold(deputy, posts["chief"], kind, DAY, DAY + timedelta(10))

    days = [DAY - timedelta(1), DAY, DAY + timedelta(9), DAY + timedelta(10)]
    assert [appraiser_on(people["clerk"], day) for day in days] == [
        people["chief"],
        deputy,
        deputy,
        people["chief"],
    ]
    assert holder_on(posts["chief"], DAY) == deputy
    assert not leads_somebody_on(people["chief"], DAY)


def test_plt_comes_before_plh(office):
    posts, people = office
    daily, acting = make_employee(), make_employee()
    hold(daily, posts["chief"], "plh")
    hold(acting, posts["chief"], "plt")

    assert appraiser_on(people["clerk"], DAY) == acting


def test_a_teacher_who_is_head_of_the_school_appraises_those_below_and_not_himself(office):
    """PermenPANRB 6/2022 page 89 no. 7: a functional official who leads a unit."""
    posts, people = office
    school = make_post(posts["clerk"].unit, posts["head"], name="Kepala Sekolah", leads_unit=True)
    teacher = make_post(posts["clerk"].unit, school, name="Guru", kind=Post.Kind.EXPERT)
    principal, colleague = make_employee("principal"), make_employee("colleague")
    hold(principal, teacher)
    hold(colleague, teacher)
    hold(principal, school, "additional")

    assert appraiser_on(colleague, DAY) == principal
    assert appraiser_on(principal, DAY) == people["head"]
    assert list(subordinates_on(principal, DAY)) == [colleague]


def test_an_additional_task_does_not_displace_the_holder(office):
    posts, people = office
    hold(make_employee(), posts["chief"], "additional")

    assert appraiser_on(people["clerk"], DAY) == people["chief"]


def test_a_plt_is_appraised_where_he_acts_and_afterwards_at_home(office):
    """PermenPANRB 6/2022 page 89 no. 5 and 6."""
    posts, people = office
    elsewhere = make_post(posts["head"].unit, posts["mayor"])
    hold(people["clerk"], elsewhere, "plt", DAY, DAY + timedelta(30))

    assert appraiser_on(people["clerk"], DAY) == people["mayor"]
    assert people["clerk"] not in subordinates_on(people["chief"], DAY)
    assert appraiser_on(people["clerk"], DAY + timedelta(30)) == people["chief"]


def test_a_plh_is_still_appraised_at_home(office):
    posts, people = office
    elsewhere = make_post(posts["head"].unit, posts["mayor"])
    hold(people["clerk"], elsewhere, "plh")

    assert appraiser_on(people["clerk"], DAY) == people["chief"]


def test_who_acts_for_his_own_superior_is_appraised_further_up(office):
    posts, people = office
    hold(people["clerk"], posts["chief"], "plh", DAY, DAY + timedelta(3))

    assert appraiser_on(people["clerk"], DAY) == people["head"]
    assert list(subordinates_on(people["head"], DAY)) == [people["chief"], people["clerk"]]
    assert not leads_somebody_on(people["clerk"], DAY)


def test_who_acts_further_up_is_still_appraised_by_the_one_between(office):
    posts, people = office
    hold(people["clerk"], posts["head"], "plh")

    assert appraiser_on(people["clerk"], DAY) == people["chief"]
    assert list(subordinates_on(people["mayor"], DAY)) == [people["head"]]


def test_who_holds_no_post_has_no_appraiser(office):
    stranger = make_employee()

    assert appraiser_on(stranger, DAY) is None
    assert definitive_assignment_on(stranger, DAY) is None
    assert list(subordinates_on(stranger, DAY)) == []


def test_a_move_changes_the_line_on_its_day(office):
    posts, people = office
    vacate(people["clerk"])
    hold(people["clerk"], posts["clerk"], end=DAY)
    hold(people["clerk"], make_post(posts["head"].unit, posts["head"]), start=DAY)

    assert appraiser_on(people["clerk"], DAY - timedelta(1)) == people["chief"]
    assert appraiser_on(people["clerk"], DAY) == people["head"]


def test_the_line_tells_each_post_on_the_way(office):
    posts, people = office
    hold(people["clerk"], posts["chief"], "plh")
    vacate(people["head"])

    start, steps = line_on(people["clerk"], DAY)

    assert start.post == posts["clerk"]
    assert [(step.post, step.answered_by and step.answered_by.employee, step.is_own) for step in steps] == [
        (posts["chief"], people["clerk"], True),
        (posts["head"], None, False),
        (posts["mayor"], people["mayor"], False),
    ]


# --- whatever the organisation ------------------------------------------------------------------


def told_slowly(employee, day):
    """The appraiser, found the way the regulation tells it: step by step, one question at a time."""
    order = {"plt": 0, "plh": 1, "definitive": 2, "additional": 3}
    own = list(Assignment.objects.on(day).filter(employee=employee, kind__in=["plt", "definitive"]))
    if not own:
        return None
    post, passed = min(own, key=lambda held: (order[held.kind], held.pk)).post.superior, set()
    while post is not None and post.pk not in passed:
        passed.add(post.pk)
        held = sorted(
            Assignment.objects.on(day).filter(post=post), key=lambda held: (order[held.kind], held.pk)
        )
        if len(held) > 1 and held[0].kind == held[1].kind:
            return None
        if held and held[0].employee_id != employee.pk:
            return held[0].employee
        post = post.superior
    return None


def shown_appraiser(steps):
    last = steps[-1] if steps else None
    return last.answerer if last and not last.is_own else None


@pytest.mark.parametrize("seed", range(5))
def test_in_any_organisation_the_line_down_is_the_inverse_of_the_line_up(seed, monkeypatch):
    rng = random.Random(seed)
    employees, _posts = random_organisation(rng)

    for day in (START + timedelta(rng.randrange(0, 110)) for _ in range(4)):
        told = {employee: line_on(employee, day)[1] for employee in employees}
        upwards = {employee: appraiser_on(employee, day) for employee in employees}
        assert upwards == {employee: told_slowly(employee, day) for employee in employees}
        assert upwards == {employee: shown_appraiser(steps) for employee, steps in told.items()}
        for person in employees:
            below = list(subordinates_on(person, day))
            assert below == sorted(
                (each for each in employees if upwards[each] == person), key=lambda each: (each.name, each.pk)
            )
            assert person not in below
            twice = set(indirect_subordinates_on(person, day))
            assert twice == {each for each in employees if upwards.get(upwards[each]) == person}
        pairs = {(found.pk, employee.pk) for employee, found in upwards.items() if found}
        leaders = {leader for leader, _ in pairs if leader % 2}
        of_some = sorted(pair for pair in pairs if pair[0] in leaders)
        for many in (1, 1000):  # found upwards or downwards, they are the same
            monkeypatch.setattr(reporting_line, "MANY", many)
            assert sorted(subordinate_pairs_on(leaders, day)) == of_some
        known = {employee.pk: found for employee, found in upwards.items() if found}
        assert appraisers_on([employee.pk for employee in employees], day) == known


@pytest.mark.parametrize("seed", range(5))
def test_a_circle_of_posts_hangs_nobody_up(seed):
    rng = random.Random(1000 + seed)
    employees, posts = random_organisation(rng, posts=6, people=4)
    below = rng.choice(posts[1:])
    posts[0].versions.rewrite(span=DateRange(START, None), changes={"superior": below})
    Post.objects.filter(pk=posts[0].pk).update(superior=below)

    for employee in employees:
        assert appraiser_on(employee, DAY) == told_slowly(employee, DAY) != employee
        assert employee not in subordinates_on(employee, DAY)


# --- what the database refuses ------------------------------------------------------------------


def refused(name, **facts):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        hold(**facts)


def test_nobody_holds_two_definitive_posts_on_one_day(office):
    posts, people = office

    refused("one_definitive_post_at_a_time", employee=people["clerk"], post=posts["chief"], start=DAY)
    hold(people["clerk"], posts["head"], "plt", DAY)


def test_nobody_holds_the_same_post_twice_on_one_day(office):
    posts, people = office

    refused(
        "same_post_held_once_at_a_time", employee=people["clerk"], post=posts["clerk"], kind="plt", start=DAY
    )


def test_terms_that_touch_do_not_overlap():
    post, employee = make_post(make_unit()), make_employee()
    hold(employee, post, end=DAY)

    hold(employee, post, start=DAY)


@pytest.mark.parametrize(("start", "end"), [(None, DAY), (DAY, DAY)])
def test_every_assignment_has_a_beginning_and_a_day(start, end):
    refused(
        "assignment_has_a_beginning",
        employee=make_employee(),
        post=make_post(make_unit()),
        start=start,
        end=end,
    )


# --- cost ---------------------------------------------------------------------------------------


def queries_of(question):
    with CaptureQueriesContext(connection) as captured:
        question()
    return len(captured)


def test_the_cost_does_not_grow_with_people_or_vacancies(office):
    posts, people = office
    one = [
        queries_of(lambda: appraiser_on(people["clerk"], DAY)),
        queries_of(lambda: list(subordinates_on(people["chief"], DAY))),
        queries_of(lambda: appraisers_on([people["clerk"].pk], DAY)),
    ]
    for _ in range(3):
        hold(make_employee(), make_post(posts["clerk"].unit, posts["chief"]))
    vacate(people["head"])
    everybody = list(Employee.objects.values_list("pk", flat=True))

    many = [
        queries_of(lambda: appraiser_on(people["chief"], DAY)),
        queries_of(lambda: list(subordinates_on(people["chief"], DAY))),
        queries_of(lambda: appraisers_on(everybody, DAY)),
    ]
    assert one == many == [2, 1, 2]


@pytest.mark.parametrize("seed", range(2))
def test_the_days_that_touch_one_line_are_enough_for_its_stretches(seed):
    employees, tree = random_organisation(random.Random(seed))
    enter_state(employees[0], kind="study", start=START + timedelta(20), end=START + timedelta(40), by="test")
    except_appraiser(
        kind="delegated",
        post=tree[0],
        appraiser=employees[1],
        start=START + timedelta(30),
        end=START + timedelta(50),
        by="test",
    )
    last = START + timedelta(99)

    for employee in employees:
        found = {
            stretch.first_day + timedelta(n): stretch.appraiser
            for stretch in stretches(employee, START, last)
            for n in range(stretch.days)
        }
        assert found == {
            START + timedelta(n): appraiser_on(employee, START + timedelta(n)) for n in range(100)
        }


def test_the_functions_of_the_database_say_what_the_code_says():
    """A changed line without a migration would be answered as before."""
    with connection.cursor() as cursor:
        for name, statement in FUNCTIONS.items():
            cursor.execute("SELECT prosrc FROM pg_proc WHERE oid = %s::regprocedure", [name])
            assert statement.split("$body$")[1] == cursor.fetchone()[0]
