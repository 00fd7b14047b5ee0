"""Deletes what a young dry run has named, rule by rule, and nothing else."""

from django.core.management import BaseCommand, CommandError

from ambon_kinerja.personal_data.models import RetentionReport
from ambon_kinerja.personal_data.retention import RetentionRefused, apply_rule


class Command(BaseCommand):
    help = "Hapus atau kosongkan apa yang disebut laporan uji. Buat laporannya dengan retention_report."

    def add_arguments(self, parser):
        parser.add_argument("--report", type=int, required=True, help="nomor laporan uji")
        parser.add_argument("--rule", action="append", default=[], help="jenis catatan; tanpa ini semuanya")

    def handle(self, *args, report, rule, **options):
        found = RetentionReport.objects.filter(pk=report).first()
        if found is None:
            raise CommandError(f"Laporan uji nomor {report} tidak ada.")
        wanted = rule or [each["record_class"] for each in found.findings if each["due"]]
        refused = []
        for name in wanted:
            try:
                count = apply_rule(found, record_class=name, by="apply_retention")
            except RetentionRefused as refusal:
                refused.append(str(refusal))
            else:
                self.stdout.write(f"{name}: {count} catatan selesai.")
        if refused:
            raise CommandError("\n".join(refused), returncode=1)
        if not wanted:
            self.stdout.write("Tidak ada yang lewat masa.")
