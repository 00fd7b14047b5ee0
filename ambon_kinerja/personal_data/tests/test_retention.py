"""Nothing goes without a young dry run that named it and a second command."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from agencies.intake.models import ImportBatch
from agencies.people.models import SignInAttempt
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.notices.models import Notice
from ambon_kinerja.personal_data.models import DataCopy, RetentionReport, RetentionRule, Viewing
from ambon_kinerja.personal_data.reference_data import fill
from ambon_kinerja.personal_data.retention import (
    RetentionRefused,
    apply_rule,
    change_rule,
    make_report,
    months_before,
)
from ambon_kinerja.tests.people import make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LONG_AGO, LATELY = NOW - timedelta(days=900), NOW - timedelta(days=5)


@pytest.fixture(autouse=True)
def rules(db):
    fill()


@pytest.fixture
def owner():
    """Viewings are deleted by the owner of the tables alone."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def attempts():
    for at in (LONG_AGO, LATELY):
        SignInAttempt.objects.create(who="x", address="192.0.2.1", at=at)
    return SignInAttempt


def read_notices():
    for at in (LONG_AGO, LATELY, None):
        Notice.objects.create(recipient=make_user(f"Orang {at}"), subject="Uji", read_at=at)
    return Notice


def viewings():
    for at in (LONG_AGO, LATELY):
        Viewing.objects.create(
            viewer=make_user(f"Orang {at}"), about="agencies.Employee:1", kind="skp", day=at.date(), at=at
        )
    return Viewing


def copies():
    user = make_user()
    for at, path in ((LONG_AGO, ""), (LONG_AGO, "masih.zip"), (LATELY, "")):
        DataCopy.objects.create(
            owner=user, made_at=at, expires_at=at + timedelta(days=1), file_path=path, size=1
        )
    return DataCopy


def discarded():
    for at, state in ((LONG_AGO, "discarded"), (LATELY, "discarded"), (LONG_AGO, "read")):
        batch = ImportBatch.objects.create(file_name="a.xlsx", sha256="0", state=state)
        ImportBatch.objects.filter(pk=batch.pk).update(uploaded_at=at)
    return ImportBatch


CLASSES = {
    "sign_in_attempts": attempts,
    "read_notices": read_notices,
    "viewings": viewings,
    "data_copies": copies,
    "discarded_imports": discarded,
}


def found_in(report, record_class):
    return next(found for found in report.findings if found["record_class"] == record_class)


@pytest.mark.parametrize("record_class", CLASSES)
def test_the_dry_run_deletes_nothing_and_the_second_command_only_what_is_due(record_class, owner):
    model = CLASSES[record_class]()
    before = model.objects.count()
    report = make_report(by="test")

    assert (found_in(report, record_class)["due"], model.objects.count()) == (1, before)
    assert apply_rule(report, record_class=record_class, by="test") == 1
    assert model.objects.count() == before - 1
    assert AuditEvent.objects.filter(action="retention.apply").count() == 1


def test_the_application_itself_cannot_delete_viewings():
    viewings()
    report = make_report(by="test")

    with pytest.raises(RetentionRefused, match="pemilik tabel"):
        apply_rule(report, record_class="viewings", by="test")
    assert Viewing.objects.count() == 2


def test_an_applied_import_keeps_its_numbers_and_loses_its_rows():
    batch = ImportBatch.objects.create(
        file_name="a.xlsx", sha256="0", state="applied", rows=[[1, "nip"]], counts={"rows": 1}
    )
    ImportBatch.objects.filter(pk=batch.pk).update(applied_at=LONG_AGO)

    assert apply_rule(make_report(by="test"), record_class="applied_imports", by="test") == 1

    batch.refresh_from_db()
    assert (batch.rows, batch.counts) == ([], {"rows": 1})
    assert found_in(make_report(by="test"), "applied_imports")["due"] == 0


def test_an_old_report_is_not_carried_out(settings):
    attempts()
    report = make_report(by="test")
    RetentionReport.objects.filter(pk=report.pk).update(
        at=NOW - timedelta(hours=settings.RETENTION_REPORT_HOURS + 1)
    )
    report.refresh_from_db()

    with pytest.raises(RetentionRefused, match="lebih tua dari 72 jam"):
        apply_rule(report, record_class="sign_in_attempts", by="test")
    assert SignInAttempt.objects.count() == 2


def test_what_became_due_after_the_report_stays():
    report = make_report(by="test")
    at = datetime.fromisoformat(found_in(report, "sign_in_attempts")["cutoff"])
    SignInAttempt.objects.create(who="x", address="192.0.2.1", at=at + timedelta(seconds=1))

    assert apply_rule(report, record_class="sign_in_attempts", by="test") == 0


def test_a_report_is_carried_out_once_a_class_and_never_after_the_rule_changed():
    attempts()
    report = make_report(by="test")
    apply_rule(report, record_class="sign_in_attempts", by="test")
    with pytest.raises(RetentionRefused, match="sudah dijalankan"):
        apply_rule(report, record_class="sign_in_attempts", by="test")

    change_rule(RetentionRule.objects.get(record_class="read_notices"), by="test", why="uji", months=6)
    with pytest.raises(RetentionRefused, match="berubah sesudah laporan"):
        apply_rule(report, record_class="read_notices", by="test")


@pytest.mark.parametrize("record_class", ["appraisal_records", "audit_trail", "employee_records"])
def test_what_is_kept_for_ever_is_never_deleted(record_class):
    rule = RetentionRule.objects.get(record_class=record_class)

    assert (rule.action, rule.months, bool(rule.reason)) == ("keep", None, True)
    with pytest.raises(RetentionRefused, match="disimpan permanen"):
        apply_rule(make_report(by="test"), record_class=record_class, by="test")


def test_filling_again_leaves_what_the_office_changed():
    change_rule(RetentionRule.objects.get(record_class="read_notices"), by="test", why="uji", months=6)

    assert fill() == 0
    assert RetentionRule.objects.get(record_class="read_notices").months == 6


def test_the_two_commands_work_together():
    attempts()
    out = StringIO()
    call_command("retention_report", stdout=out)
    report = RetentionReport.objects.get()

    assert "sign_in_attempts: 1 akan dihapus, tertua" in out.getvalue()
    assert SignInAttempt.objects.count() == 2

    call_command("apply_retention", report=report.pk, rule=["sign_in_attempts"], stdout=out)

    assert "sign_in_attempts: 1 catatan selesai." in out.getvalue()
    assert SignInAttempt.objects.count() == 1
    with pytest.raises(CommandError, match="sudah dijalankan"):
        call_command("apply_retention", report=report.pk, rule=["sign_in_attempts"])
    with pytest.raises(CommandError, match="tidak ada"):
        call_command("apply_retention", report=report.pk + 1)


@pytest.mark.parametrize(
    ("moment", "months", "earlier"),
    [((2026, 3, 31), 1, (2026, 2, 28)), ((2026, 1, 15), 12, (2025, 1, 15)), ((2026, 1, 1), 1, (2025, 12, 1))],
)
def test_months_are_counted_by_the_calendar(moment, months, earlier):
    assert months_before(datetime(*moment, tzinfo=UTC), months) == datetime(*earlier, tzinfo=UTC)


def test_the_page_says_what_would_go_and_a_report_deletes_nothing(client, settings):
    settings.PERSONAL_DATA_OFFICERS = settings.RETENTION_EDITORS = "ambon_kinerja.tests.people.is_boss"
    attempts()
    client.force_login(make_user("Pengawas"))

    page = client.get("/data-pribadi/retensi/").content.decode()
    answer = client.post("/data-pribadi/retensi/laporan/", follow=True).content.decode()

    assert "1 catatan akan dihapus" in page
    assert "Tidak ada yang dihapus." in answer
    assert SignInAttempt.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"months": ""}, "Isi paling sedikit 12 bulan."),
        ({"months": "6"}, "Isi paling sedikit 12 bulan."),
        ({"months": "abc"}, "Tulis jumlah bulan dengan angka."),
        ({"basis": ""}, "Isi dasar hukum."),
        ({"why": ""}, "Tulis alasan perubahan."),
    ],
)
def test_a_bad_change_is_explained_and_nothing_typed_is_lost(client, settings, change, words):
    settings.RETENTION_EDITORS = "ambon_kinerja.tests.people.is_boss"
    client.force_login(make_user("Pengawas"))
    rule = RetentionRule.objects.get(record_class="viewings")
    good = {"months": "36", "basis": "JRA 2026", "is_confirmed": "on", "why": "Keputusan wali kota"}

    answer = client.post(f"/data-pribadi/retensi/{rule.pk}/ubah/", good | change)

    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert RetentionRule.objects.get(pk=rule.pk).months == 24


def test_a_good_change_is_stored_with_its_reason(client, settings):
    settings.RETENTION_EDITORS = settings.PERSONAL_DATA_OFFICERS = "ambon_kinerja.tests.people.is_boss"
    client.force_login(make_user("Pengawas"))
    rule = RetentionRule.objects.get(record_class="viewings")

    client.post(
        f"/data-pribadi/retensi/{rule.pk}/ubah/",
        {"months": "36", "basis": "JRA 2026", "is_confirmed": "on", "why": "Keputusan wali kota"},
    )

    rule.refresh_from_db()
    event = AuditEvent.objects.get(action="retention.change")
    assert (rule.months, rule.basis, rule.is_confirmed) == (36, "JRA 2026", True)
    assert ("Keputusan wali kota" in event.payload, '"months": 24' in event.payload) == (True, True)
