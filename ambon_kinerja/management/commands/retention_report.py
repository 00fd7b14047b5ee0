"""The dry run of the retention table: says what would be deleted, keeps that as a report, deletes nothing."""

from django.core.management import BaseCommand
from django.utils.dateparse import parse_datetime

from ambon_kinerja.personal_data.retention import make_report


class Command(BaseCommand):
    help = "Buat laporan uji masa simpan. Tidak menghapus apa pun."

    def handle(self, *args, **options):
        report = make_report(by="retention_report")
        for found in report.findings:
            self.stdout.write(f"{found['record_class']}: {self.words(found)}")
        self.stdout.write(f"Laporan uji nomor {report.pk}. Jalankan: apply_retention --report {report.pk}")

    def words(self, found):
        if found["cutoff"] is None:
            return "tidak dihapus"
        if not found["due"]:
            return "tidak ada yang lewat masa"
        verb = "dihapus" if found["action"] == "delete" else "dikosongkan"
        return f"{found['due']} akan {verb}, tertua {parse_datetime(found['oldest']):%d-%m-%Y}"
