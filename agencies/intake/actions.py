"""Reading a file, showing what it would do, and doing it: all of it or nothing."""

from datetime import date, timedelta
from functools import partial
from hashlib import file_digest

from django.core.files import File
from django.db import connection, models, transaction
from django.utils import timezone

from agencies.people.models import Assignment
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.jobs.actions import queue_job
from ambon_kinerja.lifecycle.steps import StepRefused, steps_open_to, take

from .comparing.comparison import CHANGED, FACTS, NEW, in_words
from .comparing.examination import GONE, SUSPICIOUS, examine
from .comparing.occupied import still_taken
from .models import ImportBatch
from .queries import MOST_FAULTS_KEPT, job_subject
from .reading.files import check_file, read_file
from .reading.layouts import LAYOUTS, UnreadableFile
from .reading.rows import Fault, Row
from .reading.safety import UnsafeFile
from .rules import IMPORT_LOCK, paths_of
from .states import APPLY, DISCARD, READ
from .undoing import undo_import
from .writing import Begin, End, hire_all, write_assignments, write_facts

ROWS_READ_AT_ONCE = 2000  # about four seconds on a busy machine; more are read by a job
ROWS_APPLIED_AT_ONCE = 500
LOOK_AGAIN = "Unggah lagi berkasnya, lalu periksa sekali lagi."


def nobody_listens(percent, text=""):
    pass


def receive_upload(file, *, file_name, by, covers_all=False):
    """An ImportBatch for the uploaded file: read, or waiting for the job that reads it when it is long.

    `covers_all`: the file holds every employee the person answers for. Raises UnsafeFile and UnreadableFile; then
    nothing is kept.
    """
    contents = check_file(file, file_name)
    batch = unread_batch(file, file_name=file_name, by=by, covers_all=covers_all)
    if contents.rows > ROWS_READ_AT_ONCE:
        return keep_for_job(batch, file, by=by)
    read_into(batch, file, by=by)
    return keep_batch(batch, by=by)


def read_batch(file, *, file_name, by, covers_all=False):
    """The batch of a file, read but not stored. Raises UnsafeFile and UnreadableFile."""
    batch = unread_batch(file, file_name=file_name, by=by, covers_all=covers_all)
    read_into(batch, file, by=by)
    return batch


def unread_batch(file, *, file_name, by, covers_all):
    digest = file_digest(file, "sha256").hexdigest()
    file.seek(0)
    person = by if isinstance(by, models.Model) else None
    return ImportBatch(file_name=file_name[-200:], sha256=digest, uploaded_by=person, covers_all=covers_all)


def read_into(batch, file, *, by, report_progress=nobody_listens):
    """Read and compare; the figures of `report_progress` are shares of the time it takes."""
    expected = max(1, check_file(file, batch.file_name).rows)

    def tell(count):
        report_progress(5 + min(40, 40 * count // expected), f"{count} dari {expected} baris dibaca.")

    reading = read_file(file, batch.file_name, tell)
    report_progress(46, f"Memeriksa {len(reading.rows)} baris.")
    batch.layout, batch.ignored = reading.layout.key, list(reading.ignored)
    examination = examine(
        reading.rows,
        reading.faults,
        layout=reading.layout,
        paths=paths_of(by),
        covers_all=batch.covers_all,
        report_progress=report_progress,
    )
    report_progress(90, "Menyimpan hasil pemeriksaan.")
    fill(batch, examination)


def fill(batch, examination):
    batch.rows = [row.as_json(examination.layout) for row in examination.rows]
    batch.faults = [fault.as_json() for fault in examination.faults[:MOST_FAULTS_KEPT]]
    batch.changes = examination.in_words
    batch.counts = examination.counts


def fill_with_refusal(batch, refusal):
    batch.faults = [Fault(1, "", "", str(refusal)).as_json()]
    batch.counts = {"rows": 0, "faults": 1, "rows_at_fault": 1, "new": 0, "changed": 0, "unchanged": 0}


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
    queue(batch, "read", f"Membaca berkas impor {batch.file_name}", by=by)
    return batch


def queue(batch, act, title, *, by, **arguments):
    return queue_job(
        "employee_import",
        subject=job_subject(batch),
        title=title,
        by=by,
        arguments={"batch": batch.pk, "act": act} | arguments,
    )


@transaction.atomic
def choose_endings(batch, *, offered, chosen, last_day, by):
    """Of the `offered` assignments (keys) of missing people, let the `chosen` end with `last_day` when applied.

    Nothing ends before the import is applied. Raises StepRefused.
    """
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if not steps_open_to(by, batch, [APPLY]):
        take(APPLY, batch, by=by)  # raises, with the reason
    missing = {gone["assignment"] for gone in batch.changes.get(GONE, [])}
    held = Assignment.objects.known().filter(pk__in=missing & set(chosen)).select_related("employee")
    for assignment in held:
        if last_day < assignment.term.lower:
            raise StepRefused(
                f"{assignment.employee.name} baru mulai {in_words(assignment.term.lower)}, jadi tidak bisa berakhir "
                f"{in_words(last_day)}."
            )
    kept = {key: day for key, day in batch.endings.items() if int(key) not in set(offered)}
    batch.endings = kept | {str(assignment.pk): last_day.isoformat() for assignment in held}
    batch.save(update_fields=["endings"])
    record_event("import.choose_endings", batch, by=by, details={"chosen": len(batch.endings)})
    return batch


@transaction.atomic
def apply_import(batch, *, by, confirmed=False, report_progress=nobody_listens):
    """Do what `batch` says, all of it or nothing, and return it as stored.

    Everything is compared anew; nothing happens that was not shown. `confirmed`: somebody has looked at what is
    suspicious. Raises StepRefused when the file has faults, or no longer fits what is recorded.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if not steps_open_to(by, batch, [APPLY]):
        take(APPLY, batch, by=by)  # raises, with the reason
    if batch.counts["faults"]:
        raise StepRefused("Berkas ini masih berisi kesalahan. Perbaiki, lalu unggah lagi.")
    layout = LAYOUTS[batch.layout]
    rows = [Row.stored(number, texts, layout) for number, *texts in batch.rows]
    report_progress(5, "Membandingkan sekali lagi.")
    examination = examine(rows, [], layout=layout, paths=paths_of(by), covers_all=batch.covers_all, lock=True)
    refuse_surprises(batch, examination)
    if examination.suspicions and not confirmed:
        raise StepRefused(
            f"Ada {len(examination.suspicions)} hal yang mencurigakan. "
            "Periksa, lalu centang bahwa Anda sudah memeriksanya."
        )
    endings = endings_of(batch, examination)
    if taken := still_taken(examination.changes, endings):
        change, held = taken
        raise StepRefused(
            f"Baris {change.entry.number}: {change.post.name} masih dipegang {held.employee.name}, yang tidak ada di "
            "berkas ini. Akhiri jabatannya di bagian “hilang”, lalu terapkan lagi."
        )
    shown, counts = examination.in_words, examination.counts | {"ended": len(endings)}
    undo = write(examination, endings, report_progress)
    counts["written"] = sum(len(written) for written in undo.values())
    # Only now: from the first audit event to the commit every other writer of the trail waits.
    done = {"applied_at": timezone.now(), "counts": counts, "changes": shown, "undo": undo}
    batch = take(APPLY, batch, by=by, changes=done)
    record_event("employees.import", batch, by=by, details=counts | {"sha256": batch.sha256})
    return batch


def refuse_surprises(batch, examination):
    """Raises StepRefused when the file would now do, or show, anything that was not on the page."""
    if examination.faults:
        fault = examination.faults[0]
        raise StepRefused(
            f"Data berubah sejak berkas dibaca. Baris {fault.row}: {fault.reason} Unggah lagi berkasnya."
        )
    now = examination.in_words
    for kind in (NEW, CHANGED, SUSPICIOUS):
        shown = {(line["row"], *line["words"]) for line in batch.changes.get(kind, [])}
        for line in now[kind]:
            if (line["row"], *line["words"]) not in shown:
                raise StepRefused(
                    f"Data berubah sejak berkas dibaca. Baris {line['row']} ({line['name']}) kini: "
                    f"{'; '.join(line['words'])}. {LOOK_AGAIN}"
                )


def endings_of(batch, examination):
    """The End of each missing person that was chosen. Raises StepRefused when one is no longer missing."""
    if not batch.endings:
        return []
    gone = {each.assignment: each for each in examination.gone}
    held = (
        Assignment.objects.known()
        .select_for_update(of=("self",))
        .in_bulk([int(key) for key in batch.endings])
    )
    ends = []
    for key, last_day in batch.endings.items():
        until = date.fromisoformat(last_day) + timedelta(days=1)
        assignment = held.get(int(key))
        if assignment is None or int(key) not in gone or until <= assignment.term.lower:
            raise StepRefused(
                f"Data berubah sejak berkas dibaca: satu pegawai yang akan diakhiri tidak lagi hilang. {LOOK_AGAIN}"
            )
        ends.append(End(assignment, until))
    return ends


def write(examination, endings, report_progress):
    """Write all of it; what is needed to undo it, as JSON."""
    changed, hired = examination.of_kind(CHANGED), examination.of_kind(NEW)
    report_progress(15, f"Memperbarui {len(changed)} pegawai.")
    facts = write_facts([change for change in changed if change.facts], FACTS)
    report_progress(40, f"Menambah {len(hired)} pegawai.")
    for change, employee in zip(hired, hire_all([change.entry for change in hired]), strict=True):
        change.employee = employee
    begun = [change for change in [*changed, *hired] if change.begins]
    report_progress(65, f"Mencatat {len(begun)} jabatan.")
    ends = [End(held, until) for change in changed for held, until in change.ends] + endings
    begins = [Begin(change.employee, change.post, change.entry.start, change.term_end) for change in begun]
    written = write_assignments(ends, begins)
    report_progress(95, "Menyimpan.")
    people = [[change.employee.pk, {key: getattr(change.employee, key) for key in FACTS}] for change in hired]
    return {"hired": people, "facts": facts} | written


def start_applying(batch, *, by, confirmed=False):
    """Apply a short import now, and hand a long one to a job: the job, or None when it is done. Raises StepRefused."""
    if batch.counts["rows"] <= ROWS_APPLIED_AT_ONCE:
        apply_import(batch, by=by, confirmed=confirmed)
        return None
    with transaction.atomic():
        return queue(batch, "apply", f"Menerapkan impor {batch.file_name}", by=by, confirmed=confirmed)


def start_undoing(batch, *, by):
    """Undo a short import now, and hand a long one to a job: the job, or None when it is done. Raises StepRefused."""
    if batch.counts.get("written", 0) <= ROWS_APPLIED_AT_ONCE:
        undo_import(batch, by=by)
        return None
    with transaction.atomic():
        return queue(batch, "undo", f"Membatalkan penerapan impor {batch.file_name}", by=by)


def apply_import_job(job, report_progress):
    """Reads, applies or undoes the ImportBatch the job names, for whoever asked for it; returns its page's address."""
    batch, by = ImportBatch.objects.get(pk=job.arguments["batch"]), job.requested_by or "job"
    if job.arguments["act"] == "read":
        read_kept_upload(batch, by=by, report_progress=report_progress)
    elif job.arguments["act"] == "undo":
        undo_import(batch, by=by, report_progress=report_progress)
    else:
        confirmed = job.arguments.get("confirmed", False)
        apply_import(batch, by=by, confirmed=confirmed, report_progress=report_progress)
    return f"/impor/{batch.pk}/"


@transaction.atomic
def read_kept_upload(batch, *, by, report_progress):
    report_progress(5, "Membuka berkas.")
    try:
        with batch.upload.open("rb") as file:
            read_into(batch, file, by=by, report_progress=report_progress)
    except (UnsafeFile, UnreadableFile) as refusal:
        fill_with_refusal(batch, refusal)
    name, storage = batch.upload.name, batch.upload.storage
    kept = ("rows", "faults", "changes", "counts", "layout", "ignored")
    batch = take(READ, batch, by=by, changes={key: getattr(batch, key) for key in kept} | {"upload": ""})
    record_event("import.read", batch, by=by, details=batch.counts | {"sha256": batch.sha256})
    transaction.on_commit(partial(storage.delete, name))
    return batch


@transaction.atomic
def discard_import(batch, *, by):
    """Nothing of it will be applied; its rows are forgotten. Raises StepRefused."""
    name, storage = batch.upload.name, batch.upload.storage
    forgotten = {"rows": [], "faults": [], "changes": {}, "endings": {}, "upload": ""}
    batch = take(DISCARD, batch, by=by, changes=forgotten)
    if name:
        transaction.on_commit(partial(storage.delete, name))
    return batch
