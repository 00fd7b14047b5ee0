"""Makes the large city for measuring."""

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connections, transaction

from appraisal.demo.large_city import build_large_city


class Command(BaseCommand):
    help = "Menambah pegawai buatan sampai jumlah yang diminta. Hanya dengan DEMO=1."

    def add_arguments(self, parser):
        parser.add_argument("--employees", type=int, default=5000)

    def handle(self, *args, employees, **options):
        if not settings.DEMO:
            raise CommandError("Pegawai buatan hanya dibuat dengan DEMO=1, tidak pernah di produksi.")
        call_command("seed_demo", stdout=self.stdout)
        with transaction.atomic():
            added = build_large_city(employees, say=self.stdout.write)
        refresh_statistics()
        self.stdout.write(f"{added} pegawai ditambahkan.")


def refresh_statistics():
    """Tell the planner what was written: without it the first minutes are ten times slower than any later one."""
    alias = "owner" if "owner" in settings.DATABASES else "default"
    with connections[alias].cursor() as cursor:
        cursor.execute("ANALYZE")
