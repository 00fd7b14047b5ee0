"""Every address × method × person, as agencies/access/access.yml says. A new address without a row fails here."""

from pathlib import Path

import pytest
import yaml
from django.db import transaction
from django.test import TestCase
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from agencies.access.tests.cast import build_cast

from .records import build_records

TABLE = (
    yaml.safe_load(
        (Path(__file__).resolve().parents[2] / "agencies/access/access.yml").read_text(encoding="utf-8")
    )
    or {}
)
METHODS = ("GET", "POST")
ELSEWHERE = ("staticfiles",)
REFUSED = (404, 405)


def addresses(resolver=None, namespace=""):
    """The names of all URL patterns, with their namespace."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from addresses(entry, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}"


def test_every_address_stands_in_the_access_table():
    assert sorted(set(addresses())) == sorted(TABLE)


def test_every_row_says_what_may_be_asked():
    assert [
        name for name, row in TABLE.items() if not row.get("public") and not {"GET", "POST"} & set(row)
    ] == []


class AccessTable(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = build_cast()
        cls.records = build_records(cls.cast)

    def expected(self, row, method, person):
        """The statuses that are right for this person."""
        if row.get("public"):
            return (200,) if method == "GET" else (200, 302, 422, 429, *REFUSED)
        if method not in row:
            return REFUSED
        if person in row[method]:
            return (row[method][person],)
        if "all" in row[method]:
            return (row[method]["all"],)
        if "staff" in row[method] and getattr(self.cast[person], "employee", None):
            return (row[method]["staff"],)
        return (404,)

    def fault_for_anonymous(self, row, method, address, data):
        if row.get("public"):
            return None
        response = self.answer("anonymous", method, address, data)
        wanted = row.get("anonymous", {}).get(method)
        if wanted:
            is_right = response.status_code == wanted
        else:
            is_right = response.status_code == 302 and response["Location"].startswith("/masuk/")
        return None if is_right else (method, "anonymous", response.status_code, wanted or "sign-in")

    def answer(self, person, method, address, data):
        """The status for this person; whatever the request changed is taken back."""
        client = self.client_class()
        if person != "anonymous":
            client.force_login(self.cast[person])
        with transaction.atomic():
            response = client.get(address) if method == "GET" else client.post(address, data or {"sent": "1"})
            transaction.set_rollback(True)
        return response


def check_address(name, row):
    def check(self):
        arguments = {key: self.records[value] for key, value in row.get("args", {}).items()}
        address = reverse(name, kwargs=arguments)
        data = {key: self.records.get(value, value) for key, value in row.get("data", {}).items()}
        wrong = []
        for method in METHODS:
            for person in self.cast:
                response = self.answer(person, method, address, data)
                if response.status_code not in self.expected(row, method, person):
                    wrong.append((method, person, response.status_code, self.expected(row, method, person)))
            if fault := self.fault_for_anonymous(row, method, address, data):
                wrong.append(fault)
        assert not wrong, f"{name} {address}: {wrong}"

    check.__name__ = f"test_{name.replace(':', '_').replace('-', '_')}"
    return check


for _name, _row in TABLE.items():
    _test = check_address(_name, _row)
    setattr(AccessTable, _test.__name__, _test)

pytestmark = pytest.mark.django_db
