"""Small and random organisations for the tests of the reporting line."""

from datetime import date, timedelta
from itertools import count

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from agencies.people.models import Assignment, Employee
from agencies.structure.models import Post, PostVersion, Unit, UnitVersion

START = date(2026, 1, 1)
LONG_AGO = date(2000, 1, 1)  # units and posts exist since then
serials = count(1)


def make_unit(parent=None, kind=None, name=None):
    code = f"U{next(serials)}"
    kind = kind or (Unit.Kind.UNIT if parent else Unit.Kind.CITY)
    unit = Unit.objects.create(parent=parent, kind=kind, code=code, name=name or code, valid_from=START)
    unit.path = f"{parent.path if parent else ''}{unit.pk}/"
    unit.save()
    UnitVersion.objects.create(unit=unit, name=unit.name, parent=parent, term=DateRange(LONG_AGO, None))
    return unit


def make_post(unit, superior=None, **facts):
    code = f"P{next(serials)}"
    kind = Post.Kind.EXECUTIVE if superior else Post.Kind.ELECTED
    post = Post.objects.create(
        **{"unit": unit, "code": code, "name": code, "kind": kind, "superior": superior} | facts
    )
    PostVersion.objects.create(
        post=post,
        unit=unit,
        name=post.name,
        leads_unit=post.leads_unit,
        is_elected=superior is None,
        superior=superior,
        term=DateRange(LONG_AGO, None),
    )
    return post


def make_employee(name="", **facts):
    serial = next(serials)
    nip = f"19900101201501{1 + serial // 1000 % 2}{serial % 1000:03}"
    return Employee.objects.create(**{"name": name or f"Orang {serial}", "nip": nip, "kind": "pns"} | facts)


def vacate(employee):
    """Nobody ever recorded what `employee` held."""
    employee.assignments.all().close()


def hold(employee, post, kind="definitive", start=START, end=None):
    return Assignment.objects.create(employee=employee, post=post, kind=kind, term=DateRange(start, end))


def random_organisation(rng, *, posts=12, people=10):
    """A random tree of posts and a random history of holding them in 100 days: (employees, posts)."""
    city = make_unit()
    tree = [make_post(city, kind=Post.Kind.EXECUTIVE)]  # may be held by several, like all others
    for _ in range(posts - 1):
        tree.append(
            make_post(city, rng.choice(tree[-4:]))
        )  # deep rather than broad: vacancies follow each other
    employees = [make_employee() for _ in range(people)]
    for employee in employees:
        random_career(rng, employee, tree)
    return employees, tree


def random_career(rng, employee, tree):
    day = rng.randrange(0, 40)
    while day < 100 and rng.random() < 0.9:  # one definitive post after the other, sometimes with a gap
        end = day + rng.randrange(1, 80)
        last = rng.random() < 0.4
        hold(
            employee,
            rng.choice(tree),
            "definitive",
            START + timedelta(day),
            None if last else START + timedelta(end),
        )
        if last:
            break
        day = end + rng.choice([0, 0, 5])
    for kind in ("plt", "plh", "additional"):
        if rng.random() < 0.25:
            begin = START + timedelta(rng.randrange(0, 90))
            term = DateRange(begin, begin + timedelta(rng.randrange(1, 60)))
            post = rng.choice(tree)
            taken = Assignment.objects.filter(
                Q(employee=employee) | Q(kind="plt"), post=post, term__overlap=term
            )
            if not taken.exists():
                Assignment.objects.create(employee=employee, post=post, kind=kind, term=term)
