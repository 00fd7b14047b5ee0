"""Import employees from a file on this machine, with the checks and the report of the import page."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from agencies.intake.actions import apply_import, keep_batch, read_batch
from agencies.intake.reading.files import ENDINGS, ending_of
from agencies.intake.reading.layouts import UnreadableFile
from agencies.intake.reading.safety import UnsafeFile
from agencies.intake.report import lines_of
from ambon_kinerja.lifecycle.steps import StepRefused

BY = "import_employees command"


class Command(BaseCommand):
    help = (
        "Read employees from an XLSX or CSV file, report by row and column, and apply all of it or nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="our template or a SIASN export, .xlsx or .csv")
        parser.add_argument("--dry-run", action="store_true", help="report only, change nothing")
        parser.add_argument(
            "--whole-city", action="store_true", help="the file holds every employee of the city"
        )
        parser.add_argument("--confirmed", action="store_true", help="apply although something is suspicious")

    def handle(self, *args, file, dry_run, whole_city, confirmed, **options):
        """Ends with exit code 0 when the file is applied, or could be (--dry-run), else with 1."""
        if ending_of(file.name) not in ENDINGS:
            raise CommandError("Berkas harus berformat XLSX atau CSV.")
        try:
            with file.open("rb") as content:
                batch = read_batch(content, file_name=file.name, by=BY, covers_all=whole_city)
        except (OSError, UnsafeFile, UnreadableFile) as refusal:
            raise CommandError(str(refusal)) from refusal
        for line in lines_of(batch):
            self.stdout.write(line)
        if batch.faults:
            raise CommandError("Tidak ada data yang berubah.")
        if dry_run:
            self.stdout.write("Percobaan saja: tidak ada data yang berubah.")
            return
        try:
            with transaction.atomic():
                apply_import(keep_batch(batch, by=BY), by=BY, confirmed=confirmed)
        except StepRefused as refusal:
            raise CommandError(f"{refusal} Tidak ada data yang berubah.") from refusal
        self.stdout.write("Semua baris sudah diterapkan.")
