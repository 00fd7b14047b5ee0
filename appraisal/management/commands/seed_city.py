"""Makes the large city for measuring, and on demand an import file of it with faults in known places."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connections, transaction

from appraisal.demo.import_file import FAULTS_OF_DONE_WHEN, write_import_file
from appraisal.demo.large_city import build_large_city


class Command(BaseCommand):
    help = "Menambah pegawai buatan sampai jumlah yang diminta. Hanya dengan DEMO=1."

    def add_arguments(self, parser):
        parser.add_argument("--employees", type=int, default=5000)
        parser.add_argument("--import-file", type=Path, help="tulis juga berkas impor .xlsx ke sini")
        parser.add_argument("--rows", type=int, default=5000, help="jumlah baris berkas impor")
        parser.add_argument(
            "--faults", type=int, default=FAULTS_OF_DONE_WHEN, help="jumlah kesalahan di dalamnya"
        )
        parser.add_argument("--seed", type=int, default=1, help="angka awal pengacak")

    def handle(self, *args, employees, import_file, rows, faults, seed, **options):
        if not settings.DEMO:
            raise CommandError("Pegawai buatan hanya dibuat dengan DEMO=1, tidak pernah di produksi.")
        call_command("seed_demo", stdout=self.stdout)
        with transaction.atomic():
            added = build_large_city(employees, say=self.stdout.write)
        refresh_statistics()
        self.stdout.write(f"{added} pegawai ditambahkan.")
        if import_file:
            planted = write_import_file(import_file, rows=rows, faults=faults, seed=seed)
            listing = import_file.with_suffix(".json")
            listing.write_text(json.dumps(planted, indent=1, ensure_ascii=False), encoding="utf-8")
            self.stdout.write(
                f"{import_file}: {rows} baris, {len(planted)} kesalahan; daftarnya di {listing}."
            )


def refresh_statistics():
    """Tell the planner what was written: without it the first minutes are ten times slower than any later one."""
    alias = "owner" if "owner" in settings.DATABASES else "default"
    with connections[alias].cursor() as cursor:
        cursor.execute("ANALYZE")
