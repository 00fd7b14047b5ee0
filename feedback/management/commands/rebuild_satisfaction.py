"""Counts all answers of the survey anew, and proves that what was kept counted, and what was locked, is the same."""

from django.core.management import BaseCommand, CommandError

from feedback.results.models import QuarterLock
from feedback.results.rollup import hash_of, rebuild
from feedback.services.periods import Quarter


class Command(BaseCommand):
    help = "Hitung ulang semua jawaban survei, bandingkan dengan yang tersimpan, lalu periksa hasil yang dikunci."

    def handle(self, *args, **options):
        differing, _ = rebuild()
        if differing:
            self.stdout.write(f"{differing} baris hitungan berbeda dari jawabannya; sudah dibetulkan.")
        else:
            self.stdout.write("Hitungan sama dengan jawaban.")
        broken = [
            str(lock)
            for lock in QuarterLock.objects.order_by("year", "quarter")
            if hash_of(Quarter(lock.year, lock.quarter)) != (lock.sha256, lock.responses)
        ]
        if broken:
            raise CommandError(
                f"Jawaban triwulan yang dikunci tidak cocok dengan sidiknya: {', '.join(broken)}."
            )
        self.stdout.write(f"{QuarterLock.objects.count()} triwulan terkunci cocok dengan sidiknya.")
