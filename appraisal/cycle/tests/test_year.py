"""Opening a year: its periods and deadlines, by the rulebook, the working days and the holidays."""

from datetime import date, datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from agencies.access.tests.cast import build_cast
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.jobs.models import Job
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from ambon_kinerja.workdays.models import Holiday
from appraisal.cycle.actions import change_window, change_year_window, close_year, open_year, plan_period
from appraisal.cycle.calendar import days_of, name_of, planned_windows
from appraisal.cycle.models import PerformanceYear, Period, YearWindow
from appraisal.cycle.queries import at_work, deadlines_of, in_focus, newest_finished, running
from appraisal.rulebook.reference_data import fill

pytestmark = pytest.mark.django_db
OPEN = reverse("appraisal:year-open")
COUNTS = {
    "documentation_working_days": "5",
    "feedback_working_days": "5",
    "evaluation_working_days": "10",
}
RULES = {name: int(days) for name, days in COUNTS.items()} | {
    "plan_agreed_by": {"month": 1, "day": 31},
    "annual_evaluation": {"opens_month": 12, "opens_day": 1, "closes_month": 1, "closes_day": 31},
}


@pytest.fixture
def rules(db):
    fill()


@pytest.fixture
def office(rules, client):
    cast = build_cast()
    client.force_login(cast["personnel_office"])
    return client


def wit(*parts):
    return timezone.make_aware(datetime(*parts))


def last_days(year=2027):
    return {each.title: each.last_day for each in deadlines_of(year)}


@pytest.mark.parametrize(
    ("cadence", "number", "name", "first", "last"),
    [
        ("monthly", 2, "Februari 2028", date(2028, 2, 1), date(2028, 2, 29)),
        ("monthly", 5, "Mei 2028", date(2028, 5, 1), date(2028, 5, 31)),
        ("monthly", 12, "Desember 2028", date(2028, 12, 1), date(2028, 12, 31)),
        ("quarterly", 2, "Triwulan II 2028", date(2028, 4, 1), date(2028, 6, 30)),
    ],
)
def test_a_period_is_a_month_or_a_quarter(cadence, number, name, first, last):
    assert (name_of(2028, number, cadence), *days_of(2028, number, cadence)) == (name, first, last)


@pytest.mark.parametrize(("cadence", "periods", "windows"), [("monthly", 12, 38), ("quarterly", 4, 14)])
def test_a_year_has_all_its_periods_and_three_windows_for_each_beside_two_of_its_own(
    rules, cadence, periods, windows
):
    open_year(2027, cadence=cadence, by="test")

    assert (Period.objects.periodic().count(), len(deadlines_of(2027))) == (periods, windows)
    assert {period.cadence for period in Period.objects.periodic()} == {cadence}
    year = Period.objects.annual().get()
    assert (str(year), year.starts_on, year.ends_on) == ("Tahun 2027", date(2027, 1, 1), date(2027, 12, 31))
    assert (year.opens_at, year.closes_at) == (wit(2027, 12, 1), wit(2028, 2, 1))


def test_deadlines_count_working_days_and_a_holiday_puts_them_off(rules):
    def january():
        plan = planned_windows(2027, "monthly", RULES, holidays)
        return {each.kind: (each.first_day, each.last_day) for each in plan if each.number == 1}

    holidays = ()
    before = january()
    holidays = (date(2027, 2, 1), date(2027, 2, 3))
    after = january()

    assert before["documentation"] == (date(2027, 1, 1), date(2027, 2, 5))
    assert before["evaluation"] == (date(2027, 2, 1), date(2027, 2, 12))
    assert after["documentation"] == (date(2027, 1, 1), date(2027, 2, 9))
    assert after["evaluation"] == (date(2027, 2, 2), date(2027, 2, 16))


def test_the_plan_is_due_at_the_end_of_january_and_the_annual_evaluation_a_year_later(rules):
    open_year(2027, cadence="quarterly", by="test")

    days = last_days()

    assert days["Perencanaan SKP"] == date(2027, 1, 31)
    assert days["Evaluasi tahunan"] == date(2028, 1, 31)


def test_the_last_period_is_appraised_in_the_next_year_after_its_holidays(rules):
    Holiday.objects.create(day=date(2028, 1, 3), name="Tahun Baru", scope="national")

    open_year(2027, cadence="monthly", by="test")

    december = Period.objects.get(number=12)
    assert (december.first_day, december.last_day) == (date(2028, 1, 4), date(2028, 1, 17))
    assert december.closes_at == wit(2028, 1, 18)


def test_periods_planned_before_keep_their_windows(rules):
    period = plan_period(year=2027, number=3, opens_at=wit(2027, 9, 1), closes_at=wit(2027, 9, 30), by="test")

    open_year(2027, cadence="quarterly", by="test")

    period.refresh_from_db()
    assert (Period.objects.periodic().count(), period.closes_at) == (4, wit(2027, 9, 30))


def test_a_year_has_one_cadence(rules):
    plan_period(year=2027, number=3, opens_at=wit(2027, 9, 1), closes_at=wit(2027, 9, 30), by="test")

    with pytest.raises(StepRefused, match="triwulanan"):
        open_year(2027, cadence="monthly", by="test")
    with pytest.raises(StepRefused, match="triwulanan"):
        plan_period(
            year=2027,
            number=11,
            cadence="monthly",
            opens_at=wit(2027, 11, 1),
            closes_at=wit(2027, 12, 1),
            by="test",
        )
    with pytest.raises(IntegrityError, match="a_year_has_one_cadence"), transaction.atomic():
        Period.objects.create(
            year=2027,
            number=11,
            cadence="monthly",
            starts_on=date(2027, 11, 1),
            ends_on=date(2027, 11, 30),
            opens_at=wit(2027, 11, 1),
            closes_at=wit(2027, 12, 1),
        )


def test_a_year_is_opened_once_and_by_the_personnel_office_alone(rules):
    cast = build_cast()
    for person in ("self", "appraiser", "unit_admin", "inspector", "system_admin", "outsider"):
        with pytest.raises(NotAllowed):
            open_year(2027, cadence="monthly", by=cast[person])
    open_year(2027, cadence="monthly", by=cast["personnel_office"])

    with pytest.raises(StepRefused, match="sudah dibuka"):
        open_year(2027, cadence="monthly", by=cast["personnel_office"])
    assert "38" in AuditEvent.objects.get(action="year.open").payload


def test_the_office_sees_every_deadline_before_the_second_click_opens_the_year(office):
    asked = {"year": "2027", "cadence": "monthly", **COUNTS}

    seen = office.post(OPEN, asked)
    nothing = PerformanceYear.objects.count()
    opened = office.post(OPEN, asked | {"buka": "1"})
    again = office.post(OPEN, asked | {"buka": "1"})

    page = seen.content.decode()
    assert (seen.status_code, nothing) == (200, 0)
    assert "12 periode, 38 tenggat." in page
    assert "Penilaian Mei 2027" in page
    assert opened["Location"] == again["Location"] == "/tahun-kinerja/2027/"
    assert PerformanceYear.objects.count() == 1


def test_other_counts_of_days_than_the_rulebooks_move_the_deadlines(office):
    office.post(
        OPEN, {"year": "2027", "cadence": "monthly", **COUNTS, "documentation_working_days": "3", "buka": "1"}
    )

    assert last_days()["Dokumentasi kinerja Januari 2027"] == date(2027, 2, 3)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"year": "1999"}, "Isi tahun antara 2022 dan 2099."),
        ({"cadence": ""}, "Pilih bulanan atau triwulanan."),
        ({"cadence": "weekly"}, "Pilih bulanan atau triwulanan."),
        ({"evaluation_working_days": "0"}, "Isi jumlah hari kerja antara 1 dan 90."),
        ({"evaluation_working_days": "sepuluh"}, "Isi jumlah hari kerja antara 1 dan 90."),
    ],
)
def test_wrong_input_is_explained_and_what_was_typed_stays(office, changes, words):
    answer = office.post(OPEN, {"year": "2027", "cadence": "monthly", **COUNTS} | changes | {"buka": "1"})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert PerformanceYear.objects.count() == 0


def test_going_back_from_the_preview_keeps_what_was_typed(office):
    answer = office.post(OPEN, {"year": "2031", "cadence": "monthly", **COUNTS, "ubah": "1"})

    assert 'value="2031"' in answer.content.decode()


def test_everybody_reads_the_year_with_its_picture_and_nobody_else_is_offered_changes(client, rules):
    cast = build_cast()
    open_year(2027, cadence="monthly", by="test")
    client.force_login(cast["self"])

    page = client.get(reverse("appraisal:year-detail", args=[2027])).content.decode()

    assert '<title id="gambar-tahun">Masa dan tenggat tahun kinerja 2027.' in page
    assert "Dokumentasi kinerja: 12 masa" in page
    assert "Umpan balik berkala Maret 2027" in page
    assert "Ubah<span" not in page


def test_a_year_asks_the_same_number_of_questions_with_four_periods_and_with_twelve(
    office, django_assert_num_queries, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    open_year(2027, cadence="quarterly", by="test")
    open_year(2028, cadence="monthly", by="test")
    asked = []
    for year in (2027, 2028):
        with CaptureQueriesContext(connection) as questions:
            office.get(reverse("appraisal:year-detail", args=[year]))
        asked.append(len(questions))

    assert asked[0] == asked[1]


def test_a_window_is_extended_with_a_reason_and_a_job_tells_those_concerned(office):
    open_year(2027, cadence="quarterly", by="test")
    window = YearWindow.objects.get(kind="planning")
    address = reverse("appraisal:window-change", args=[window.pk])
    move = {"what": "move", "first_day": "2027-01-01", "last_day": "2027-02-12", "reason": "Banjir"}

    refused = office.post(address, move | {"reason": ""})
    answer = office.post(address, move)

    window.refresh_from_db()
    assert (refused.status_code, answer["Location"]) == (422, "/tahun-kinerja/2027/")
    assert window.last_day == date(2027, 2, 12)
    assert "Banjir" in AuditEvent.objects.get(action="year.change_window").payload
    job = Job.objects.get(kind="window_change")
    assert job.arguments["words"] == "Perencanaan SKP 2027 diubah: tenggatnya Jumat, 12 Februari 2027"


def test_a_year_is_closed_only_after_its_last_deadline_and_then_nothing_moves(rules):
    year = open_year(2027, cadence="quarterly", by="test")
    with time_machine.travel("2028-01-31T23:00:00+09:00"), pytest.raises(StepRefused, match="belum lewat"):
        close_year(year, by="test", reason="Selesai")

    with time_machine.travel("2028-02-01T00:00:01+09:00"):
        close_year(year, by="test", reason="Selesai")
        with pytest.raises(StepRefused, match="sudah ditutup"):
            close_year(year, by="test", reason="Selesai")
        with pytest.raises(StepRefused, match="sudah ditutup"):
            change_window(Period.objects.first(), by="test", reason="x", closes_at=wit(2028, 3, 1))
        with pytest.raises(StepRefused, match="sudah ditutup"):
            change_year_window(year.windows.first(), by="test", reason="x", closes_at=wit(2028, 3, 1))


def test_which_period_it_is_is_answered_from_the_periods_at_hand(rules):
    open_year(2027, cadence="monthly", by="test")
    periods = list(Period.objects.all())
    in_may = wit(2027, 5, 3, 9)  # April may be appraised until 14 May
    in_late_may = wit(2027, 5, 20, 9)

    assert str(running(periods, in_may)) == "Mei 2027"
    assert [str(ask(periods, in_may)) for ask in (at_work, in_focus)] == ["April 2027"] * 2
    assert [str(ask(periods, in_late_may)) for ask in (at_work, in_focus)] == ["Mei 2027"] * 2
    assert str(newest_finished(periods, in_late_may)) == "April 2027"
    assert at_work(periods, wit(2029, 1, 1)) is None
    assert str(in_focus(periods, wit(2029, 1, 1))) == "Desember 2027"
    assert in_focus([], in_may) is None
