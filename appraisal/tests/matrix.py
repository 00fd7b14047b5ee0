"""The access table (agencies/access/access.yml) as requests: every address × method × person, and what is wrong."""

import re
from pathlib import Path
from unittest import mock
from uuid import uuid4

import yaml
from django.conf import settings
from django.db import connection
from django.test import Client, RequestFactory, TestCase
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from agencies.access.tests.cast import add_acting_appraisers, add_subordinate, build_cast
from ambon_kinerja.row_security import SERVICE, Wall
from ambon_kinerja.tests.remembered import remembered

from .records import build_records
from .shortened import SHORT, Door, shortened, taken_back

ROOT = Path(__file__).resolve().parents[2]
# The reader written in C, where there is one: the other takes seconds for the table.
READER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TABLE = yaml.load((ROOT / "agencies/access/access.yml").read_text(encoding="utf-8"), READER) or {}  # noqa: S506
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
REFUSED = (404, 405)
SIGN_IN = "/masuk/"
FIRST = ("self", "personnel_office", "anonymous")
# HEAD goes where GET goes, so it is asked by one who is let in nearly everywhere and by one who is refused.
HEADS = ("self", "outsider")
# A method that no address offers is refused before anybody is looked at; one person shows it of each of them. Who has
# not signed in is turned away before the method is looked at; one of them shows that.
NOWHERE = ("PUT", "PATCH", "DELETE", "OPTIONS")
# Who holds a relation in another way stands where these stand in the table, unless a row names him.
STANDS_WHERE = {"plt": "appraiser", "plt_before": "acting", "plt_after": "acting", "deposed": "acting"}
DOOR = Door()


def addresses(resolver=None, namespace=""):
    """{name: the names of its arguments} of all URL patterns, with their namespace."""
    found = {}
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            found |= addresses(entry, inner)
        elif isinstance(entry, URLPattern):
            found[f"{namespace}{entry.name}"] = sorted(entry.pattern.converters)
    return found


def examples_of_addresses(resolver=None, namespace=""):
    """(name, an address of it) of all URL patterns; numbers are 1, words are what no pattern has as a fixed part."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from examples_of_addresses(
                entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            )
        else:
            sent = {key: example_of(converter) for key, converter in entry.pattern.converters.items()}
            yield f"{namespace}{entry.name}", reverse(f"{namespace}{entry.name}", kwargs=sent)


def example_of(converter):
    return next(text for text in ("1", "sebuah-kata", str(uuid4())) if re.fullmatch(converter.regex, text))


def row_to_add(name, arguments):
    """What somebody who has just added an address copies into the table."""
    args = (
        f"  args: {{{', '.join(f'{each}: <name of a record>' for each in arguments)}}}\n" if arguments else ""
    )
    return f"{name}:\n{args}  GET: {{<person>: 200}}    # who gets what; leave out a method nobody may use\n"


class Matrix(TestCase):
    """`cast` and `records` of one city; `wrong_cells` of a row of the table."""

    draws_pages = False
    # Nothing is written between two requests; a test that writes there asks the database each time.
    keeps_answers = True

    @classmethod
    def setUpTestData(cls):
        cls.cast, cls.records, cls.keys = cls.scene()
        cls.persons = {**cls.cast, "anonymous": None}

    @classmethod
    def scene(cls):
        return build_scene()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What setUpTestData set would be copied for every test; no request is handed any of it.
        for name in ("cast", "records", "keys", "persons"):
            setattr(cls, name, getattr(cls, name))
        cls.enterClassContext(shortened())
        SHORT.keeps_answers = cls.keeps_answers

    def cells(self, name, row, *, methods=METHODS, persons=None):
        """(method, person, status, statuses that would be right) of everybody's request; each is taken back."""
        address, data = self.address_of(name, row), self.data_of(name, row)
        for method in methods:
            rendered, statuses = False, set()
            is_listed = ("GET" if method == "HEAD" else method) in row or row.get("public")
            for person in (
                sorted(self.persons, key=lambda name: name not in FIRST) if persons is None else persons
            ):
                if person not in FIRST and statuses == {405}:
                    break  # the address has no such method: that is decided before anybody is looked at
                if not asks(person, method, is_listed):
                    continue
                wanted = expected(row, method, person, self.persons[person])
                draw = self.draws_pages and method == "GET" and 200 in wanted and not rendered
                answer = self.answer(person, method, address, data, draw=draw)
                rendered = rendered or draw
                if not is_listed and self.persons[person]:
                    statuses.add(answer.status_code)
                yield method, person, said(answer), wanted

    def wrong_cells(self, name, row, **limits):
        return [cell for cell in self.cells(name, row, **limits) if cell[2] not in cell[3]]

    def answer(self, person, method, address, data, *, draw=False):
        asking = RequestFactory()
        if self.persons[person]:
            asking.cookies[settings.SESSION_COOKIE_NAME] = self.keys[person]
        SHORT.asked_the_second_wall, SHORT.draws = False, draw
        sent = {"data": data or {"sent": "1"}} if method == "POST" else {}
        with taken_back():
            return DOOR.answer(getattr(asking, method.lower())(address, **sent))

    def wrong_listed_cells(self, name, row, **limits):
        """Of the methods the row names; what no row names is asked by the whole table."""
        methods = ("GET", "POST") if row.get("public") else [name for name in ("GET", "POST") if name in row]
        return self.wrong_cells(name, row, methods=methods, **limits)

    def wrong_cells_with_either_wall(self, name, row):
        """Whom both walls together turn away, the scopes alone have to turn away as well.

        Only where the request asked the second wall: elsewhere the scopes were alone already.
        """
        wrong, address, data = [], self.address_of(name, row), self.data_of(name, row)
        for method, person, status, wanted in self.cells(name, row):
            if status not in wanted:
                wrong.append((method, person, status, wanted))
            elif method in ("GET", "POST") and status in REFUSED and SHORT.asked_the_second_wall:
                with mock.patch.object(Wall, "who", return_value=SERVICE):
                    alone = said(self.answer(person, method, address, data))
                if alone not in wanted:
                    wrong.append((method, person, f"{alone} by the scopes alone", wanted))
        return wrong

    def address_of(self, name, row):
        missing = set(row.get("args", {}).values()) - set(self.records)
        assert not missing, (
            f"{name}: build_records in appraisal/tests/records.py has to return {sorted(missing)}:"
            ' the key of a record whose owner is cast["self"].'
        )
        return reverse(name, kwargs={key: self.records[value] for key, value in row.get("args", {}).items()})

    def data_of(self, name, row):
        return {key: self.records.get(value, value) for key, value in row.get("data", {}).items()}


class WithActingAppraisers(Matrix):
    """The same city on a day on which somebody acts for the appraiser, who then appraises nobody."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        add_acting_appraisers(cls.cast, timezone.localdate())
        acting = {name: cls.cast[name] for name in ("plt_before", "plt", "plt_after")}
        cls.persons = acting | {"deposed": cls.cast["appraiser"]}
        cls.keys = {name: session_of(user) for name, user in cls.persons.items()}


def asks(person, method, is_listed):
    """Everybody asks; but not what is answered before anybody is looked at, nor HEAD, which goes where GET goes."""
    if method == "HEAD":
        return person in HEADS
    if is_listed or method not in NOWHERE:
        return True
    return person == "self" or (person == "anonymous" and method == NOWHERE[0])


@remembered
def build_scene():
    """The cast, the records around "self" and the session of each person."""
    cast = build_cast()
    add_subordinate(cast)
    return cast, build_records(cast), {name: session_of(user) for name, user in cast.items()}


def session_of(user):
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def said(response):
    """The status, or "sign-in" for the way there."""
    if response.status_code == 302 and response["Location"].startswith(SIGN_IN):
        return "sign-in"
    return response.status_code


def expected(row, method, person, user):
    """The answers that are right for this person."""
    asked = "GET" if method == "HEAD" else method
    if row.get("public"):
        return (200,) if method == "GET" else (200, 302, 422, 429, *REFUSED)
    if user is None:
        wanted = row.get("anonymous", {}).get(asked)
        # Who has not signed in learns nothing, or that the method does not exist.
        return (wanted,) if wanted and method != "HEAD" else ("sign-in", 405, *((wanted,) if wanted else ()))
    if asked not in row:
        return (*REFUSED, 200) if method == "OPTIONS" else REFUSED
    named = row[asked]
    for name in (person, STANDS_WHERE.get(person), "all"):
        if name in named:
            right = named[name]
            break
    else:
        right = named["staff"] if "staff" in named and getattr(user, "employee", None) else 404
    return (right, 405) if method == "HEAD" else (right,)


def one_test_per_address(case, wrong, rows=None):
    """A test method of `case` for each row of the table; `wrong(self, name, row)` finds what is wrong."""

    def test_of(name, row):
        def check(self):
            found = wrong(self, name, row)
            assert not found, f"{name} {self.address_of(name, row)}: {found}"

        return check

    for name, row in (TABLE if rows is None else rows).items():
        setattr(case, f"test_{name.replace(':', '_').replace('-', '_')}", test_of(name, row))


def without_row_security():
    """Policies off for the rest of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("RESET ROLE")
        for table in settings.ROW_SECURITY_TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        cursor.execute(f"SET ROLE {settings.APPLICATION_ROLE}")
