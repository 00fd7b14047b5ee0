"""Builds the demo city."""

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import transaction

from appraisal.demo.city import build_city, is_built


class Command(BaseCommand):
    help = "Membangun kota contoh. Hanya dengan DEMO=1; tidak mengulang yang sudah ada."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("Kota contoh hanya dibangun dengan DEMO=1, tidak pernah di produksi.")
        if is_built():
            self.stdout.write("Kota contoh sudah ada.")
            return
        with transaction.atomic():
            build_city(say=self.stdout.write)
        self.stdout.write("Kota contoh siap.")
