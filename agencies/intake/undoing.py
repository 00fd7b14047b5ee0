"""Taking back the last import: facts as they were, what it began removed, what it ended open again."""

from collections import defaultdict
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from agencies.people.models import Assignment, Employee
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import StepRefused, steps_open_to, take

from .comparing.comparison import FACTS
from .comparing.places import batches
from .models import ImportBatch
from .queries import last_effective_batch
from .rules import IMPORT_LOCK
from .states import UNDO
from .writing import iso, remove_hired, undo_assignments, undo_facts


class Touched(StepRefused):
    """Something newer has touched what the import wrote."""

    def __init__(self, name, what):
        super().__init__(
            f"Penerapan tidak bisa dibatalkan lagi: {what} {name} sudah berubah sesudah impor ini."
        )


@transaction.atomic
def undo_import(batch, *, by, report_progress=lambda percent, text="": None):
    """Take back the import that wrote last, all of it or nothing, and return it as stored. Not undoable itself.

    Raises StepRefused when another import wrote later, or when something newer touched one of its rows.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if not steps_open_to(by, batch, [UNDO]):
        take(UNDO, batch, by=by)  # raises, with the reason
    last = last_effective_batch()
    if not batch.counts.get("written"):
        raise StepRefused("Impor ini tidak mengubah data, jadi tidak ada yang dibatalkan.")
    if last.pk != batch.pk:
        raise StepRefused(
            f"Hanya impor yang terakhir diterapkan bisa dibatalkan. Sesudah impor ini masih ada {last.file_name}."
        )
    report_progress(10, "Memeriksa apakah ada yang berubah sesudah impor.")
    take_back(Written(batch.undo), report_progress)
    report_progress(95, "Menyimpan.")
    counts = batch.counts
    batch = take(UNDO, batch, by=by, changes={"undone_at": timezone.now(), "undo": {}})
    record_event("employees.import_undone", batch, by=by, details=counts | {"sha256": batch.sha256})
    return batch


class Written:
    """The rows an import wrote, locked, as they are now beside what it wrote: one query for each 5,000 of them."""

    def __init__(self, undo):
        self.facts = [(key, facts) for key, facts in undo["facts"]]
        self.hired = dict(undo["hired"])
        self.ended = undo["ended"]
        self.begun = undo["begun"]
        self.employees = locked(Employee, [key for key, _ in self.facts] + list(self.hired))
        self.assignments = locked(Assignment, [key for key, *_ in self.ended + self.begun], "employee")


def locked(model, keys, *related):
    rows = model.objects.select_for_update(of=("self",)).select_related(*related)
    return {row.pk: row for lot in batches(set(keys)) for row in rows.filter(pk__in=lot).order_by("pk")}


def take_back(written, report_progress):
    restored = restored_employees(written)
    begun = [still_ending(written.assignments, key, now) for key, now in written.begun]
    reopened = reopened_assignments(written)
    hired = [unchanged_person(written, key) for key in written.hired]
    refuse_newer_assignments(hired, reopened, written)
    refuse_newer_records(Employee, written.hired, besides=(Assignment,))
    refuse_newer_records(Assignment, [assignment.pk for assignment in begun])
    report_progress(40, f"Membatalkan {len(begun)} jabatan.")
    undo_assignments(begun, reopened)
    report_progress(70, f"Mengembalikan {len(restored)} pegawai, menghapus {len(hired)}.")
    undo_facts(restored, FACTS)
    remove_hired(hired)


def present(rows, key):
    """The row, if it is still there and still counts."""
    if key not in rows:
        raise Touched(f"nomor {key}", "jabatan")
    return rows[key]


def still_ending(assignments, key, now):
    """The assignment, if it still counts and its term still ends as the import wrote it."""
    assignment = present(assignments, key)
    if not assignment.counts or iso(assignment.term.upper) != now:
        raise Touched(assignment.employee.name, "masa jabatan")
    return assignment


def restored_employees(written):
    restored = []
    for key, facts in written.facts:
        employee = present(written.employees, key)
        for field, (before, now) in facts.items():
            if getattr(employee, field) != now:
                raise Touched(employee.name, "data")
            setattr(employee, field, before)
        restored.append(employee)
    return restored


def unchanged_person(written, key):
    employee = present(written.employees, key)
    if employee.user_id is not None or any(getattr(employee, f) != v for f, v in written.hired[key].items()):
        raise Touched(employee.name, "data atau akun")
    return employee


def reopened_assignments(written):
    """[(assignment, upper before)] of what the import ended, if it still ends as the import said."""
    reopened = []
    for key, before, now in written.ended:
        assignment = still_ending(written.assignments, key, now)
        reopened.append((assignment, date.fromisoformat(before) if before else None))
    return reopened


def refuse_newer_assignments(hired, reopened, written):
    """Nobody may hold, by a newer entry, what the undone import leaves or opens again."""
    own = {key for key, *_ in written.begun + written.ended}
    people = {employee.pk for employee in hired}
    opened = defaultdict(list)
    for assignment, before in reopened:
        opened[assignment.employee_id].append((assignment, before))
    for keys in batches(people | set(opened)):
        others = (
            Assignment.objects.known()
            .filter(employee__in=keys)
            .exclude(pk__in=own)
            .select_related("employee")
        )
        for other in others:
            if other.employee_id in people or any(
                collides(other, *pair) for pair in opened[other.employee_id]
            ):
                raise Touched(other.employee.name, "jabatan")


def collides(other, assignment, before):
    """Would the re-opened assignment overlap `other` in a way the database refuses?"""
    is_rival = (
        other.kind == assignment.kind == Assignment.Kind.DEFINITIVE or other.post_id == assignment.post_id
    )
    begins_before = before is None or other.term.lower < before
    ends_after = other.term.upper is None or other.term.upper > assignment.term.upper
    return is_rival and begins_before and ends_after


def refuse_newer_records(model, keys, besides=()):
    """Whatever points to a row that would be removed is newer than the import; the database's own history is not."""
    for relation in model._meta.related_objects:
        if relation.related_model in besides or hasattr(relation.related_model, "pgh_tracked_model"):
            continue
        for lot in batches(set(keys)):
            newer = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": lot}).first()
            if newer is not None:
                row = getattr(newer, relation.field.name)
                raise Touched(str(row), f"{relation.related_model._meta.verbose_name} tentang")
