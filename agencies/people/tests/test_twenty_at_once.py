"""Twenty people appoint at the same moment: the database lets one appointment stand where the law allows one."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.conf import settings
from django.db import OperationalError, connection

from agencies.people.assigning import assign
from agencies.people.models import Assignment
from agencies.structure.refusals import NotPossible

from .organisation import START, make_employee, make_post, make_unit

THREADS = 20
SINGLE = "a_single_post_has_one_holder_or_plt"

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def all_at_once(appointments):
    """The employees whose appointment was acknowledged, of (employee, post) each tried by a thread of its own."""
    barrier = Barrier(len(appointments))

    def appoint(pair):
        employee, post = pair
        try:
            barrier.wait(timeout=120)
            assign(employee, post=post, start=START, by="test")
        except (NotPossible, OperationalError):  # refused in words, or chosen to end a deadlock
            return None
        else:
            return employee
        finally:
            connection.close()

    with ThreadPoolExecutor(len(appointments)) as pool:
        return [employee for employee in pool.map(appoint, appointments) if employee]


def holders(**condition):
    return list(Assignment.objects.on(START).filter(**condition).values_list("employee", flat=True))


@pytest.fixture
def post():
    city = make_unit()
    return make_post(city, make_post(city), kind="jpt")


def test_one_of_twenty_gets_the_single_post(post):
    acknowledged = all_at_once([(make_employee(), post) for _ in range(THREADS)])

    assert len(acknowledged) == 1
    assert holders(post=post) == [acknowledged[0].pk]


def test_of_twenty_posts_one_employee_gets_one(post):
    person = make_employee()
    posts = [make_post(post.unit, post) for _ in range(THREADS)]

    acknowledged = all_at_once([(person, each) for each in posts])

    assert acknowledged == [person]
    assert holders(employee=person) == [person.pk]


def as_owner(*statements):
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        for statement in statements:
            cursor.execute(statement)
        found = cursor.fetchall() if cursor.description else None
        cursor.execute(f"SET ROLE {settings.APPLICATION_ROLE}")
    return found


def test_without_the_constraint_several_get_it(post, monkeypatch):
    """The control: looking first, as the action does, is not enough when twenty look at the same moment."""
    barrier = Barrier(THREADS)
    looked = "agencies.people.assigning.refuse_taken"
    from agencies.people import assigning

    look = assigning.refuse_taken

    def look_and_wait(*facts, **options):
        look(*facts, **options)
        barrier.wait(timeout=120)

    ((rule,),) = as_owner(f"SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = '{SINGLE}'")
    as_owner(f"ALTER TABLE agencies_assignment DROP CONSTRAINT {SINGLE}")
    monkeypatch.setattr(looked, look_and_wait)
    try:
        acknowledged = all_at_once([(make_employee(), post) for _ in range(THREADS)])
    finally:
        as_owner(
            "TRUNCATE agencies_assignment CASCADE",
            f"ALTER TABLE agencies_assignment ADD CONSTRAINT {SINGLE} {rule}",
        )

    assert len(acknowledged) > 1
