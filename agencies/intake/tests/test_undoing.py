"""Taking back the last import."""

from datetime import date

import pytest

from agencies.intake import actions
from agencies.intake.actions import apply_import, apply_import_job, choose_endings, start_undoing
from agencies.intake.undoing import undo_import
from agencies.people.actions import assign, end_assignment, open_account
from agencies.people.models import Assignment, Employee
from agencies.people.tests.organisation import hold, make_employee
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, WrongState

from .test_actions import apply_now, city, receive, terms  # noqa: F401
from .workbook_files import nip_number

pytestmark = pytest.mark.django_db
MOVE = {"post": "PERAWAT", "start": "01-07-2026", "rank": "III/b"}


def recorded():
    """What counts; what was known in between stays as closed rows."""
    rows = Assignment.objects.known().order_by("employee", "term", "kind")
    return list(Employee.objects.counting().order_by("pk").values()), [
        (each.employee_id, each.post_id, each.kind, each.term) for each in rows
    ]


@pytest.fixture
def moved(city):  # noqa: F811
    """(what was recorded, the import that moved one, hired one and ended one)."""
    apply_now({})
    ani = hold(make_employee("Ani Lama"), city.posts["PERAWAT"], start=date(2026, 1, 2))
    before = recorded()
    batch = receive(MOVE, {"nip": nip_number(1), "name": "Maria Baru"})
    choose_endings(batch, offered=[ani.pk], chosen=[ani.pk], last_day=date(2026, 3, 31), by="test")
    return before, apply_import(batch, by="test", confirmed=True)


def test_undoing_restores_facts_closes_what_began_and_opens_what_ended(moved):
    before, batch = moved
    assert recorded() != before

    undone = undo_import(batch, by="test")

    assert recorded() == before
    assert (undone.state, undone.undo, undone.undone_at is None) == ("undone", {}, False)
    assert AuditEvent.objects.filter(action="employees.import_undone").count() == 1


def test_an_undone_import_is_neither_undone_nor_applied_again(moved):
    _, batch = moved
    undo_import(batch, by="test")

    for act in (undo_import, apply_import):
        with pytest.raises(WrongState):
            act(batch, by="test")


def test_only_the_last_import_is_undone(moved):
    _, batch = moved
    apply_now({"nip": nip_number(2), "name": "Johan Lain"})

    with pytest.raises(StepRefused, match="Hanya impor yang terakhir"):
        undo_import(batch, by="test")


def test_an_import_that_wrote_nothing_bars_nothing(moved):
    before, batch = moved
    empty = apply_now(MOVE)
    assert empty.counts["written"] == 0

    with pytest.raises(StepRefused, match="tidak mengubah data"):
        undo_import(empty, by="test")
    undo_import(batch, by="test")
    assert recorded() == before


def test_after_an_undo_the_import_before_it_stays(city):  # noqa: F811
    first = apply_now({})
    undo_import(apply_now(MOVE), by="test")

    with pytest.raises(StepRefused, match="Hanya impor yang terakhir"):
        undo_import(first, by="test")


def person():
    return Employee.objects.get(name="Maria Baru")


def held():
    return Assignment.objects.known().get(employee__name="Petrus Contoh", post__code="PERAWAT")


NEWER = {
    "a fact": (lambda c: Employee.objects.filter(name="Petrus Contoh").update(rank="x"), "Petrus Contoh"),
    "a new person": (lambda c: Employee.objects.filter(name="Maria Baru").update(email="a@b.test"), "Maria Baru"),
    "an account": (
        lambda c: open_account(email="m@contoh.test", name="M", by="test", employee=person()), "Maria Baru",
    ),
    "an end": (lambda c: end_assignment(held(), last_day=date(2026, 9, 30), by="test"), "Petrus Contoh"),
    "another post of a new person": (
        lambda c: assign(person(), post=c.posts["GURU"], kind="plt", start=date(2026, 8, 1), by="test"),
        "Maria Baru",
    ),
    "a post where the old one would open again": (
        lambda c: assign(
            Employee.objects.get(name="Ani Lama"), post=c.posts["GURU"], start=date(2026, 8, 1), by="test"
        ),
        "Ani Lama",
    ),
}  # fmt: skip


@pytest.mark.parametrize("newer", NEWER)
def test_what_something_newer_has_touched_stays_and_is_named(city, moved, newer):  # noqa: F811
    _, batch = moved
    change, name = NEWER[newer]
    change(city)
    after = recorded()

    with pytest.raises(StepRefused, match=f"tidak bisa dibatalkan lagi.*{name}"):
        undo_import(batch, by="test")

    assert recorded() == after
    batch.refresh_from_db()
    assert batch.state == "applied"


def test_a_temporary_post_taken_later_stays(city, moved):  # noqa: F811
    _, batch = moved
    petrus = Employee.objects.get(name="Petrus Contoh")
    assign(petrus, post=city.posts["GURU"], kind="plt", start=date(2026, 8, 1), by="test")

    undo_import(batch, by="test")

    assert terms() == [("BIDAN", date(2026, 1, 2), None), ("GURU", date(2026, 8, 1), None)]


def test_only_the_personnel_office_undoes(moved):
    _, batch = moved
    stranger = open_account(email="a@contoh.test", name="A", by="test")

    with pytest.raises(NotAllowed):
        undo_import(batch, by=stranger)


def test_a_long_one_is_undone_by_a_job(moved, monkeypatch):
    before, batch = moved
    monkeypatch.setattr(actions, "ROWS_APPLIED_AT_ONCE", 0)

    job = start_undoing(batch, by="test")
    told = []
    apply_import_job(job, lambda percent, text="": told.append(percent))

    assert told == sorted(told) != []
    assert recorded() == before


def test_who_was_hired_by_mistake_is_taken_up_again_by_the_next_import(city):  # noqa: F811
    hired = {"nip": nip_number(1), "name": "Maria Baru"}
    undo_import(apply_now(hired), by="test")
    maria = Employee.objects.get(name="Maria Baru")
    assert (maria.is_withdrawn, maria.assignments.known().count()) == (True, 0)

    apply_now(hired | {"name": "Maria Betul"})

    maria.refresh_from_db()
    assert (maria.name, maria.is_withdrawn, maria.assignments.known().count()) == ("Maria Betul", False, 1)
