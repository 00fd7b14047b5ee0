from datetime import date
from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.access.actions import grant_role
from agencies.access.roles import Role
from agencies.intake import actions
from agencies.intake.actions import (
    apply_import,
    apply_import_job,
    discard_import,
    receive_upload,
    start_applying,
)
from agencies.intake.models import ImportBatch
from agencies.people.actions import assign, open_account
from agencies.people.models import Assignment, Employee
from agencies.people.tests.organisation import START, make_post, make_unit
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.jobs.models import Job
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, WrongState

from .workbook_files import nip_number, workbook_of

pytestmark = pytest.mark.django_db
NIP = "198609262015051001"


@pytest.fixture
def city():
    root = make_unit()
    health, school = make_unit(root, "agency"), make_unit(root, "agency")
    type(health).objects.filter(pk=health.pk).update(code="DINKES")
    type(school).objects.filter(pk=school.pk).update(code="DISDIK")
    mayor = make_post(root)
    head = make_post(health, mayor, code="KADIS")
    posts = {
        "BIDAN": make_post(health, head, code="BIDAN", name="Bidan"),
        "PERAWAT": make_post(health, head, code="PERAWAT", name="Perawat"),
        "GURU": make_post(school, mayor, code="GURU", name="Guru"),
    }
    return SimpleNamespace(root=root, health=health, school=school, posts=posts)


def office(unit):
    user = open_account(email=f"kantor{unit.pk}@contoh.test", name="Kantor", by="test")
    grant_role(user, role=Role.PERSONNEL_OFFICE, unit=unit, start=START, by="test", reason="SK")
    return user


def receive(*rows, by="test"):
    return receive_upload(workbook_of(*rows), file_name="pegawai.xlsx", by=by)


def apply_now(*rows, by="test"):
    return apply_import(receive(*rows, by=by), by=by, confirmed=True)


def reasons(batch):
    return [(fault["column"], fault["reason"]) for fault in batch.faults]


def kinds(batch):
    return {key: batch.counts[key] for key in ("new", "changed", "unchanged", "faults")}


def terms(nip=NIP):
    held = Assignment.objects.known().filter(employee__nip=nip).order_by("term")
    return [(each.post.code, each.term.lower, each.last_day) for each in held]


# --- what is shown before anything changes --------------------------------------------------------


def test_reading_changes_nothing(city):
    batch = receive({})

    assert kinds(batch) == {"new": 1, "changed": 0, "unchanged": 0, "faults": 0}
    assert not Employee.objects.exists()
    assert batch.changes["new"][0]["name"] == "Petrus Contoh"


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ({"unit": "X"}, "Kode Unit", "Jabatan BIDAN ada di unit DINKES, bukan X."),
        ({"post": "X"}, "Kode Jabatan", "Kode jabatan “X” tidak ada."),
        ({"unit": "DISDIK"}, "Kode Unit", "Jabatan BIDAN ada di unit DINKES, bukan DISDIK."),
        ({"start": "31-12-2025"}, "Mulai", "Unit DINKES belum atau tidak lagi ada pada 31 Desember 2025."),
    ],
)
def test_codes_and_days_that_do_not_fit_the_city_are_faults(city, row, column, words):
    assert reasons(receive(row)) == [(column, words)]


def test_the_office_of_an_agency_imports_for_its_units_only(city):
    user = office(city.health)
    receive_ok = receive({}, by=user)
    receive_no = receive({"unit": "DISDIK", "post": "GURU"}, by=user)

    assert reasons(receive_ok) == []
    assert reasons(receive_no) == [("Kode Unit", "Unit ini di luar wewenang Anda.")]


def test_the_office_of_an_agency_takes_nobody_from_another(city):
    apply_now({"unit": "DISDIK", "post": "GURU"})

    batch = receive({"start": "01-03-2026"}, by=office(city.health))

    assert reasons(batch) == [("NIP", "Pegawai ini bertugas di unit di luar wewenang Anda.")]


# --- what is applied ----------------------------------------------------------------------------


def test_a_new_employee_gets_facts_and_post(city):
    apply_now({"end": "31-12-2026"})

    employee = Employee.objects.get(nip=NIP)
    assert (employee.name, employee.kind, employee.rank, employee.email) == (
        "Petrus Contoh", "pns", "Penata Muda, III/a", "petrus@contoh.test",
    )  # fmt: skip
    assert terms() == [("BIDAN", date(2026, 1, 2), date(2026, 12, 31))]


def test_the_same_file_twice_changes_nothing(city):
    apply_now({"end": "31-12-2026"})
    before = list(Employee.objects.values()), list(Assignment.objects.values())

    second = apply_now({"end": "31-12-2026"})

    assert kinds(second) == {"new": 0, "changed": 0, "unchanged": 1, "faults": 0}
    assert (list(Employee.objects.values()), list(Assignment.objects.values())) == before


def test_changed_facts_are_written_and_told(city):
    apply_now({})

    batch = apply_now({"name": "Petrus Contoh, S.Kep.", "rank": "III/b"})

    assert batch.changes["changed"][0]["words"] == [
        "Nama: Petrus Contoh → Petrus Contoh, S.Kep.",
        "Pangkat/Golongan: Penata Muda, III/a → Penata Muda Tk. I, III/b",
    ]
    assert Employee.objects.get().rank == "Penata Muda Tk. I, III/b"
    assert Assignment.objects.count() == 1


def test_empty_cells_leave_what_is_recorded(city):
    apply_now({})

    batch = apply_now({"rank": None, "email": None})

    assert kinds(batch)["unchanged"] == 1
    assert Employee.objects.get().email == "petrus@contoh.test"


def test_a_move_ends_the_old_post_the_day_before(city):
    apply_now({})

    apply_now({"post": "PERAWAT", "start": "01-07-2026"})

    assert terms() == [
        ("BIDAN", date(2026, 1, 2), date(2026, 6, 30)),
        ("PERAWAT", date(2026, 7, 1), None),
    ]


def test_an_end_closes_the_post(city):
    apply_now({})

    apply_now({"end": "30-06-2026"})

    assert terms() == [("BIDAN", date(2026, 1, 2), date(2026, 6, 30))]


def test_a_plt_who_becomes_the_holder_stops_acting(city):
    apply_now({})
    employee = Employee.objects.get()
    assign(employee, post=city.posts["PERAWAT"], kind="plt", start=date(2026, 3, 1), by="test")

    apply_now({"post": "PERAWAT", "start": "01-07-2026"})

    assert terms() == [
        ("BIDAN", date(2026, 1, 2), date(2026, 6, 30)),
        ("PERAWAT", date(2026, 3, 1), date(2026, 6, 30)),
        ("PERAWAT", date(2026, 7, 1), None),
    ]


def test_a_plt_elsewhere_goes_on(city):
    apply_now({})
    assign(Employee.objects.get(), post=city.posts["GURU"], kind="plt", start=date(2026, 3, 1), by="test")

    apply_now({"post": "PERAWAT", "start": "01-07-2026"})

    assert ("GURU", date(2026, 3, 1), None) in terms()


@pytest.mark.parametrize(
    ("first", "row", "column", "words"),
    [
        ({}, {"start": "05-02-2026"}, "Mulai", "Jabatan ini sudah dipegang sejak 2 Januari 2026. Mulai harus sama."),
        ({}, {"post": "PERAWAT", "start": "02-01-2026"}, "Mulai", "Tumpang tindih dengan jabatan Bidan"),
        ({}, {"post": "PERAWAT", "start": "01-01-2026"}, "Mulai", "Tumpang tindih dengan jabatan Bidan"),
        ({"end": "31-12-2026"}, {"post": "PERAWAT", "start": "31-12-2026"}, "Mulai",
         "2 Januari 2026 sampai 31 Desember 2026"),
    ],
)  # fmt: skip
def test_overlapping_posts_are_faults(city, first, row, column, words):
    apply_now(first)

    [(found, reason)] = reasons(receive(row))

    assert (found, words in reason) == (column, True)


def test_a_post_may_follow_the_day_after_the_last(city):
    apply_now({"end": "30-06-2026"})

    assert kinds(apply_now({"post": "PERAWAT", "start": "01-07-2026"}))["changed"] == 1


# --- all or nothing ---------------------------------------------------------------------------------


def test_one_fault_holds_back_every_row(city):
    batch = receive({}, {"nip": "123"})

    with pytest.raises(StepRefused, match="masih berisi kesalahan"):
        apply_import(batch, by="test")

    assert not Employee.objects.exists()
    assert ImportBatch.objects.get().state == "read"


def test_what_changed_since_reading_stops_everything(city):
    batch = receive({}, {"nip": nip_number(1), "name": "Maria Contoh"})
    apply_now({"nip": nip_number(1), "post": "PERAWAT", "name": "Maria Contoh"})

    with pytest.raises(StepRefused, match="Baris 3: Tumpang tindih"):
        apply_import(batch, by="test")

    assert not Employee.objects.filter(nip=NIP).exists()


def test_a_failure_half_way_leaves_nothing(city, monkeypatch):
    def break_down(percent, text=""):
        if percent > 50:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        apply_import(receive({}), by="test", report_progress=break_down)

    assert not Employee.objects.exists()


def test_an_import_is_applied_once(city):
    batch = apply_now({})

    with pytest.raises(WrongState):
        apply_import(batch, by="test")


def test_only_the_personnel_office_applies_and_discards(city):
    stranger = open_account(email="a@contoh.test", name="A", by="test")
    batch = receive({})

    for act in (apply_import, discard_import):
        with pytest.raises(NotAllowed):
            act(batch, by=stranger)
    assert not Employee.objects.exists()


def test_a_discarded_import_forgets_its_rows(city):
    batch = discard_import(receive({}), by="test")

    assert (batch.state, batch.rows, batch.faults, batch.changes) == ("discarded", [], [], {})
    with pytest.raises(WrongState):
        apply_import(batch, by="test")


def test_the_trail_tells_counts_and_file_but_nobody(city):
    batch = apply_now({})

    event = AuditEvent.objects.get(action="employees.import")
    assert batch.sha256 in event.payload
    assert '"new": 1' in event.payload
    assert not AuditEvent.objects.filter(payload__regex=f"{NIP}|Petrus").exists()


# --- long files ---------------------------------------------------------------------------------


def run(job):
    told = []
    assert apply_import_job(job, lambda percent, text="": told.append(percent)).startswith("/impor/")
    assert told == sorted(told) != []


def test_a_long_file_is_read_by_a_job_and_its_copy_thrown_away(
    city, settings, tmp_path, monkeypatch, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(actions, "ROWS_READ_AT_ONCE", 1)
    user = office(city.root)

    batch = receive({}, by=user)

    assert (batch.state, batch.rows) == ("waiting", [])
    assert "pegawai" not in batch.upload.name
    with django_capture_on_commit_callbacks(execute=True):
        run(Job.objects.get())
    batch.refresh_from_db()
    assert (batch.state, batch.counts["new"], batch.upload.name) == ("read", 1, "")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert default_storage.location == str(tmp_path)


def test_a_long_file_that_cannot_be_read_says_so_on_its_page(city, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(actions, "ROWS_READ_AT_ONCE", 1)
    batch = receive_upload(workbook_of({}, headings=["NIP"]), file_name="x.xlsx", by="test")

    run(Job.objects.get())

    batch.refresh_from_db()
    assert (batch.state, batch.counts["faults"]) == ("read", 1)
    assert "Baris pertama harus berisi judul kolom" in batch.faults[0]["reason"]


def test_a_discarded_long_file_is_thrown_away(
    city, settings, tmp_path, monkeypatch, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(actions, "ROWS_READ_AT_ONCE", 1)
    batch = receive({})

    with django_capture_on_commit_callbacks(execute=True):
        discard_import(batch, by="test")

    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_short_import_is_applied_at_once_and_a_long_one_by_a_job(city, monkeypatch):
    monkeypatch.setattr(actions, "ROWS_APPLIED_AT_ONCE", 1)
    user = office(city.root)

    assert start_applying(receive({}, by=user), by=user) is None
    long = receive({"nip": nip_number(1)}, {"nip": nip_number(2)}, by=user)
    job = start_applying(long, by=user, confirmed=True)

    assert start_applying(long, by=user, confirmed=True) == job
    assert Employee.objects.count() == 1
    run(job)
    assert Employee.objects.count() == 3


def test_reading_and_applying_cost_the_same_for_few_and_many(city):
    def cost(count, start):
        rows = [{"nip": nip_number(start + n)} for n in range(count)]
        with CaptureQueriesContext(connection) as captured:
            apply_now(*rows)
        return len(captured)

    assert cost(1, 0) == cost(40, 100)


def test_the_trail_is_locked_only_at_the_end(city):
    """Everybody who signs in or saves waits for the trail: a long import must not hold it while it writes."""
    batch = receive({})

    def nobody_waits(percent, text=""):
        assert not AuditEvent.objects.filter(action__in=("importbatch.apply", "employees.import")).exists()

    apply_import(batch, by="test", report_progress=nobody_waits)

    assert AuditEvent.objects.filter(action="employees.import").count() == 1
