"""Reading a workbook, showing what it would do, and doing it: all of it or nothing."""

from functools import partial
from hashlib import file_digest

from django.core.files import File
from django.db import connection, models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from agencies.people.models import Assignment, Employee
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.jobs.actions import queue_job
from ambon_kinerja.lifecycle.steps import StepRefused, steps_open_to, take

from .comparison import CHANGED, NEW, UNCHANGED, compare
from .models import ImportBatch
from .queries import job_subject
from .rows import read_rows
from .rules import paths_of
from .safety import UnsafeWorkbook, check_workbook
from .sheet import Fault, Row, UnreadableWorkbook, read_sheet
from .states import APPLY, DISCARD, READ

ROWS_READ_AT_ONCE = 2000  # about four seconds on a busy machine; more are read by a job
ROWS_APPLIED_AT_ONCE = 500
MOST_FAULTS_KEPT = 5000
MOST_CHANGES_SHOWN = 1000
IMPORT_LOCK = 6_2023  # any number, the same for every import


def receive_upload(file, *, file_name, by):
    """An ImportBatch for the uploaded workbook: read, or waiting for the job that reads it when it is long.

    Raises UnsafeWorkbook and UnreadableWorkbook; then nothing is kept.
    """
    if check_workbook(file).rows > ROWS_READ_AT_ONCE:
        return keep_for_job(unread_batch(file, file_name=file_name, by=by), file, by=by)
    return keep_batch(read_batch(file, file_name=file_name, by=by), by=by)


def read_batch(file, *, file_name, by):
    """The batch of a workbook, read but not stored. Raises UnsafeWorkbook and UnreadableWorkbook."""
    check_workbook(file)
    batch = unread_batch(file, file_name=file_name, by=by)
    fill(batch, *findings(*read_sheet(file), by=by))
    return batch


def unread_batch(file, *, file_name, by):
    digest = file_digest(file, "sha256").hexdigest()
    file.seek(0)
    person = by if isinstance(by, models.Model) else None
    return ImportBatch(file_name=file_name[-200:], sha256=digest, uploaded_by=person)


@transaction.atomic
def keep_batch(batch, *, by):
    batch.save()
    record_event("import.read", batch, by=by, details=batch.counts | {"sha256": batch.sha256})
    return batch


@transaction.atomic
def keep_for_job(batch, file, *, by):
    batch.state = ImportBatch.State.WAITING
    batch.upload.save("upload", File(file), save=False)
    batch.save()
    queue_job(
        "employee_import",
        subject=job_subject(batch),
        title=f"Membaca berkas impor {batch.file_name}",
        by=by,
        arguments={"batch": batch.pk, "act": "read"},
    )
    return batch


def findings(rows, faults, *, by):
    """(rows, changes, faults) of a sheet as read, in the order of its rows."""
    entries, wrong = read_rows(rows)
    changes, impossible = compare(entries, rows, paths=paths_of(by))
    return rows, changes, sorted([*faults, *wrong, *impossible], key=lambda fault: fault.row)


def fill(batch, rows, changes, faults):
    batch.rows = [row.as_json() for row in rows]
    batch.faults = [fault.as_json() for fault in faults[:MOST_FAULTS_KEPT]]
    batch.changes = changes_in_words(changes)
    batch.counts = counts_of(rows, changes, faults)


def counts_of(rows, changes, faults):
    kinds = [change.kind for change in changes]
    return {
        "rows": len(rows),
        "faults": len(faults),
        "rows_at_fault": len({fault.row for fault in faults}),
        **{kind: kinds.count(kind) for kind in (NEW, CHANGED, UNCHANGED)},
    }


def changes_in_words(changes):
    effective = (change for change in changes if change.kind != UNCHANGED)
    return [
        {"row": change.entry.number, "name": change.entry.name, "kind": change.kind, "words": change.words}
        for change, _ in zip(effective, range(MOST_CHANGES_SHOWN), strict=False)
    ]


@transaction.atomic
def apply_import(batch, *, by, report_progress=None):
    """Do what `batch` says, all of it or nothing, and return it as stored.

    Everything is compared anew, so a second application of the same file changes nothing. Raises StepRefused
    when the file has faults, or no longer fits what is recorded.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if not steps_open_to(by, batch, [APPLY]):
        take(APPLY, batch, by=by)  # raises, with the reason
    if batch.counts["faults"]:
        raise StepRefused("Berkas ini masih berisi kesalahan. Perbaiki, lalu unggah lagi.")
    rows = [Row.stored(number, texts) for number, *texts in batch.rows]
    entries, wrong = read_rows(rows)
    changes, impossible = compare(entries, rows, paths=paths_of(by), lock=True)
    counts = counts_of(rows, changes, [])
    if wrong or impossible:
        fault = [*wrong, *impossible][0]
        raise StepRefused(
            f"Data berubah sejak berkas dibaca. Baris {fault.row}: {fault.reason} Unggah lagi berkasnya."
        )
    write(changes, report_progress or (lambda percent, text="": None))
    # Only now: from the first audit event to the commit every other writer of the trail waits.
    batch = take(APPLY, batch, by=by, changes={"applied_at": timezone.now(), "counts": counts})
    record_event("employees.import", batch, by=by, details=counts | {"sha256": batch.sha256})
    return batch


def write(changes, report_progress):
    """The rows of the database, in lots, so that 60,000 employees cost a few hundred statements."""
    changed = [change for change in changes if change.kind == CHANGED]
    hired = [change for change in changes if change.kind == NEW]
    report_progress(10, f"Memperbarui {len(changed)} pegawai.")
    for change in changed:
        for key, value in change.facts.items():
            setattr(change.employee, key, value)
    with_facts = [change.employee for change in changed if change.facts]
    Employee.objects.bulk_update(with_facts, ["name", "kind", "rank", "email"], batch_size=500)
    ends = {held.pk: end for change in changed for held, end in change.ends}
    closed = Assignment.objects.filter(pk__in=ends)
    at = closed.close()
    shortened = [
        held.once_more(at=at, term=DateRange(held.term.lower, ends[held.pk]))
        for change in changed
        for held, _ in change.ends
    ]
    Assignment.objects.bulk_create(shortened, batch_size=500)
    report_progress(35, f"Menambah {len(hired)} pegawai.")
    new = [
        Employee(
            nip=entry.nip, name=entry.name, kind=entry.kind, rank=entry.rank or "", email=entry.email or ""
        )
        for entry in (change.entry for change in hired)
    ]
    for change, employee in zip(hired, Employee.objects.bulk_create(new, batch_size=1000), strict=True):
        change.employee = employee
    begun = [change for change in [*changed, *hired] if change.begins]
    report_progress(65, f"Mencatat {len(begun)} jabatan.")
    Assignment.objects.bulk_create(
        [
            Assignment(
                employee=change.employee,
                post=change.post,
                term=DateRange(change.entry.start, change.term_end),
            )
            for change in begun
        ],
        batch_size=1000,
    )
    report_progress(95, "Menyimpan.")


def start_applying(batch, *, by):
    """Apply a short import now, and hand a long one to a job: the job, or None when it is done. Raises StepRefused."""
    if batch.counts["rows"] <= ROWS_APPLIED_AT_ONCE:
        apply_import(batch, by=by)
        return None
    with transaction.atomic():
        return queue_job(
            "employee_import",
            subject=job_subject(batch),
            title=f"Menerapkan impor {batch.file_name}",
            by=by,
            arguments={"batch": batch.pk, "act": "apply"},
        )


def apply_import_job(job, report_progress):
    """Reads or applies the ImportBatch the job names, for whoever asked for it; returns the address of its page."""
    batch, by = ImportBatch.objects.get(pk=job.arguments["batch"]), job.requested_by or "job"
    if job.arguments["act"] == "read":
        read_kept_upload(batch, by=by, report_progress=report_progress)
    else:
        apply_import(batch, by=by, report_progress=report_progress)
    return f"/impor/{batch.pk}/"


@transaction.atomic
def read_kept_upload(batch, *, by, report_progress):
    report_progress(5, "Membuka berkas.")
    try:
        with batch.upload.open("rb") as file:
            check_workbook(file)
            rows, faults = read_sheet(file)
        report_progress(50, f"Memeriksa {len(rows)} baris.")
        fill(batch, *findings(rows, faults, by=by))
    except (UnsafeWorkbook, UnreadableWorkbook) as refusal:
        fill(batch, [], [], [Fault(1, "", "", str(refusal))])
    name, storage = batch.upload.name, batch.upload.storage
    found = {name: getattr(batch, name) for name in ("rows", "faults", "changes", "counts")} | {"upload": ""}
    batch = take(READ, batch, by=by, changes=found)
    record_event("import.read", batch, by=by, details=batch.counts | {"sha256": batch.sha256})
    transaction.on_commit(partial(storage.delete, name))
    return batch


@transaction.atomic
def discard_import(batch, *, by):
    """Nothing of it will be applied; its rows are forgotten. Raises StepRefused."""
    name, storage = batch.upload.name, batch.upload.storage
    batch = take(DISCARD, batch, by=by, changes={"rows": [], "faults": [], "changes": [], "upload": ""})
    if name:
        transaction.on_commit(partial(storage.delete, name))
    return batch
