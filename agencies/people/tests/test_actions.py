from datetime import date

import pytest
from django.db import IntegrityError

from agencies.people.actions import NotPossible, assign, end_assignment, hire, open_account
from agencies.people.models import Employee, User
from agencies.people.nip import InvalidNip
from agencies.people.reporting_line import definitive_assignment_on
from agencies.structure.actions import add_post, add_unit
from ambon_kinerja.audit.models import AuditEvent

pytestmark = pytest.mark.django_db

NIP = "19860926 201505 1 001"


@pytest.fixture
def posts():
    city = add_unit(
        parent=None, kind="city", code="KOTA", name="Kota", valid_from=date(2026, 1, 1), by="test"
    )
    mayor = add_post(unit=city, code="WK", name="Wali Kota", kind="kepala_daerah", by="test")
    secretary = add_post(unit=city, code="SD", name="Sekda", kind="jpt", superior=mayor, by="test")
    return mayor, secretary


@pytest.fixture
def employee():
    return hire(name="Petrus Contoh", nip=NIP, kind="pns", by="test")


def test_hiring_keeps_the_bare_digits(employee):
    assert Employee.objects.get().nip == "198609262015051001"


def test_hiring_refuses_a_wrong_nip():
    with pytest.raises(InvalidNip):
        hire(name="Petrus Contoh", nip="123", kind="pns", by="test")


def test_only_an_official_may_lack_a_nip():
    assert hire(name="Wali Kota", nip=None, kind="pejabat", by="test").nip is None
    with pytest.raises(IntegrityError, match="every_employee_but_officials_has_a_nip"):
        hire(name="Petrus Contoh", nip="", kind="pns", by="test")


def test_an_assignment_ends_before_its_end_day(employee, posts):
    assignment = assign(employee, post=posts[1], start=date(2026, 1, 1), end=date(2026, 4, 1), by="test")

    assert definitive_assignment_on(employee, date(2026, 3, 31)) == assignment
    assert definitive_assignment_on(employee, date(2026, 4, 1)) is None


@pytest.mark.parametrize("end", [date(2026, 1, 1), date(2025, 12, 31)])
def test_an_assignment_does_not_end_before_it_begins(employee, posts, end):
    with pytest.raises(NotPossible, match="sesudah"):
        assign(employee, post=posts[1], start=date(2026, 1, 1), end=end, by="test")


def test_ending_an_assignment_includes_the_last_day(employee, posts):
    assignment = assign(employee, post=posts[1], start=date(2026, 1, 1), by="test")

    ended = end_assignment(assignment, last_day=date(2026, 6, 30), by="test")

    assert definitive_assignment_on(employee, date(2026, 6, 30)) == ended
    assert definitive_assignment_on(employee, date(2026, 7, 1)) is None
    with pytest.raises(NotPossible, match="sebelum tanggal mulai"):
        end_assignment(ended, last_day=date(2025, 12, 31), by="test")
    with pytest.raises(NotPossible, match="sudah diubah"):
        end_assignment(assignment, last_day=date(2026, 5, 31), by="test")


def test_an_account_without_a_password_lets_nobody_in(employee):
    user = open_account(email="Petrus@Contoh.Test", name="Petrus", employee=employee, by="test")

    assert not user.has_usable_password()
    assert Employee.objects.get().user == user
    assert user.email == "petrus@contoh.test"


def test_an_address_in_other_letters_is_the_same_address():
    open_account(email="a@contoh.test", name="A", by="test")

    with pytest.raises(IntegrityError, match="one_account_per_address_in_any_case"):
        User.objects.create(email="A@contoh.test", name="B")


def test_each_act_is_in_the_trail_without_name_or_nip(employee, posts):
    assign(
        employee,
        post=posts[1],
        start=date(2026, 1, 1),
        by=open_account(email="a@b.test", name="A", by="seed"),
    )

    events = list(AuditEvent.objects.order_by("-position")[:2])
    assert [event.action for event in events] == ["assignment.begin", "account.open"]
    assert not AuditEvent.objects.filter(payload__contains="Petrus").exists()
    assert not AuditEvent.objects.filter(payload__contains="198609262015051001").exists()
