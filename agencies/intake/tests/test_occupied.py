"""A post for one person is given to one person."""

from datetime import date

import pytest

from agencies.intake.actions import apply_import, choose_endings
from agencies.people.models import Assignment
from agencies.people.tests.organisation import hold, make_employee, make_post
from ambon_kinerja.lifecycle.steps import StepRefused

from .test_actions import apply_now, city, receive  # noqa: F401
from .workbook_files import nip_number

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(city):  # noqa: F811
    return make_post(
        city.posts["BIDAN"].unit, city.posts["BIDAN"].superior, kind="pengawas", name="Kepala Seksi"
    )


def reasons(batch):
    return [(fault["row"], fault["reason"]) for fault in batch.faults]


def test_two_rows_of_a_file_do_not_share_it(head):
    batch = receive({"post": head.code}, {"post": head.code, "nip": nip_number(1), "name": "Maria"})

    assert reasons(batch) == [(3, "Jabatan ini hanya untuk satu orang dan sudah diisi baris 2.")]


def test_who_stays_in_the_file_keeps_it(head):
    apply_now({"post": head.code})

    batch = receive({"post": head.code}, {"post": head.code, "nip": nip_number(1), "name": "Maria"})

    assert [row for row, _ in reasons(batch)] == [3]
    assert "masih dipegang" in reasons(batch)[0][1]


def test_who_moves_away_in_the_same_file_leaves_it(head):
    apply_now({"post": head.code})
    maria = {"post": head.code, "nip": nip_number(1), "name": "Maria", "start": "01-07-2026"}

    batch = receive({"post": "PERAWAT", "start": "01-07-2026"}, maria)

    assert batch.faults == []
    apply_import(batch, by="test", confirmed=True)
    assert [held.employee.name for held in Assignment.objects.on(date(2026, 7, 1)).filter(post=head)] == [
        "Maria"
    ]


def test_who_is_missing_from_the_file_is_ended_by_a_tick_first(head):
    old = hold(make_employee("Ani Lama"), head, start=date(2026, 1, 2))
    batch = receive({"post": head.code, "start": "01-07-2026"})

    with pytest.raises(StepRefused, match="masih dipegang Ani Lama"):
        apply_import(batch, by="test", confirmed=True)
    choose_endings(batch, offered=[old.pk], chosen=[old.pk], last_day=date(2026, 6, 30), by="test")
    apply_import(batch, by="test", confirmed=True)

    assert Assignment.objects.on(date(2026, 7, 1)).get(post=head).employee.name == "Petrus Contoh"
