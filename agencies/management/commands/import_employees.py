"""Import employees from a workbook on this machine, with the checks and the report of the import page."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from agencies.intake.actions import apply_import, keep_batch, read_batch
from agencies.intake.safety import UnsafeWorkbook
from agencies.intake.sheet import UnreadableWorkbook
from ambon_kinerja.lifecycle.steps import StepRefused

BY = "import_employees command"


class Command(BaseCommand):
    help = "Read employees from an XLSX file, report by row and column, and apply all of it or nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the workbook")
        parser.add_argument("--dry-run", action="store_true", help="report only, change nothing")

    def handle(self, *args, file, dry_run, **options):
        """Ends with exit code 0 when the file is without fault, else with 1."""
        try:
            with file.open("rb") as workbook:
                batch = read_batch(workbook, file_name=file.name, by=BY)
        except (OSError, UnsafeWorkbook, UnreadableWorkbook) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.report(batch)
        if batch.faults:
            raise CommandError("Tidak ada data yang berubah.")
        if dry_run:
            self.stdout.write("Percobaan saja: tidak ada data yang berubah.")
            return
        try:
            with transaction.atomic():
                apply_import(keep_batch(batch, by=BY), by=BY)
        except StepRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("Semua baris sudah diterapkan.")

    def report(self, batch):
        counts = batch.counts
        self.stdout.write(
            f"{counts['rows']} baris: {counts['new']} baru, {counts['changed']} berubah, "
            f"{counts['unchanged']} tetap, {counts['faults']} kesalahan."
        )
        for fault in batch.faults:
            place = " ".join(filter(None, [fault["cell"] or f"baris {fault['row']}", fault["column"]]))
            self.stdout.write(f"{place}: {fault['reason']}")
