"""The lines of the start page: their order, their lateness, and how other rooms add theirs."""

from datetime import date

import pytest
import time_machine

from agencies.people.actions import open_account
from agencies.people.assigning import enter_state
from ambon_kinerja.notices.models import Notice
from appraisal.cycle.actions import open_year
from appraisal.cycle.work import WorkItem, in_order, told_late
from appraisal.rulebook.reference_data import fill

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 5)


def more_lines(user, today):
    return [
        WorkItem("Lain", "/lain/", "1 menunggu", due=date(2026, 10, 4)),
        WorkItem("Tanpa hari", "/tanpa/", "1 menunggu"),
    ]


@pytest.fixture
def midwife(city):
    city.employee(city.head_post)
    return open_account(email="bidan@contoh.test", name="Bidan", by="test", employee=city.employee())


def lines(client, user):
    client.force_login(user)
    return client.get("/").context["desk"].tasks


def test_what_is_due_first_stands_first_and_what_asks_nothing_last():
    late, soon, open_end = (
        WorkItem(x, "/", "x", due=day) for x, day in (("a", date(2026, 1, 1)), ("b", TODAY), ("c", None))
    )
    told = WorkItem("d", "/", "x", done=True, due=date(2020, 1, 1))

    assert [item.label for item in in_order([told, open_end, soon, late])] == ["a", "b", "c", "d"]


def test_lateness_is_said_in_words_and_never_of_what_asks_nothing():
    late = WorkItem("a", "/", "x", due=date(2026, 10, 2))

    assert told_late(late, TODAY, str).detail == "Terlambat 3 hari. Tenggatnya 2026-10-02."
    for item in (
        WorkItem("b", "/", "x", due=TODAY),
        WorkItem("c", "/", "x", done=True, due=date(2026, 1, 1)),
    ):
        assert told_late(item, TODAY, str) is item


def test_another_room_adds_its_lines_by_name_in_the_settings(client, city, midwife, settings):
    settings.WORK_LISTS = [*settings.WORK_LISTS, f"{__name__}.more_lines"]

    found = lines(client, midwife)

    assert [item.label for item in found] == ["Lain", "Buat SKP 2026", "Tanpa hari"]
    assert found[0].detail == "Terlambat 1 hari. Tenggatnya Minggu, 4 Oktober 2026."


def test_a_plan_nobody_wrote_is_late_since_the_end_of_january(client, city, midwife):
    fill()
    open_year(2026, cadence="quarterly", by="test")

    (item,) = lines(client, midwife)

    assert (item.label, item.detail) == (
        "Buat SKP 2026",
        "Terlambat 247 hari. Tenggatnya Sabtu, 31 Januari 2026.",
    )


def test_the_documentation_has_its_own_deadline(client, city, midwife):
    fill()
    open_year(2026, cadence="quarterly", by="test")
    city.plan(midwife.employee, None)

    (item,) = lines(client, midwife)

    assert item.label == "Isi realisasi Triwulan III 2026"
    assert item.detail == "Paling lambat Rabu, 7 Oktober 2026, 2 hari lagi."


def test_who_is_on_unpaid_leave_is_asked_for_no_plan(client, city, midwife):
    enter_state(midwife.employee, kind="cltn", start=date(2026, 9, 1), by="test")

    assert lines(client, midwife) == []


def test_every_waiting_plan_is_named_and_leads_to_its_page(client, city):
    head = city.employee(city.head_post)
    city.plan(head, 100)
    user = open_account(email="kepala@contoh.test", name="Kepala", by="test", employee=head)
    plans = [city.plan(city.employee(), state="submitted") for _ in range(3)]

    (item,) = lines(client, user)

    assert item.status == "3 menunggu"
    assert {address for _, address in item.parts} == {f"/skp/{plan.pk}/" for plan in plans}
    assert item.url == item.parts[0][1]
    assert all(name in client.get("/").content.decode() for name, _ in item.parts)


def test_the_page_changes_nothing(client, city, midwife):
    with time_machine.travel("2026-10-06T09:00:00+09:00"):
        lines(client, midwife)

    assert not Notice.objects.exists()
