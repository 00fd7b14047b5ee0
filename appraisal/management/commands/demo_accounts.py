"""Prints who can sign in to the demo."""

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from appraisal.demo.organisation import ACCOUNTS
from appraisal.demo.people import PASSWORD, address_of
from appraisal.demo.regulation import ACCOUNTS as EXAMPLES


class Command(BaseCommand):
    help = "Mencetak akun kota contoh."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("Akun contoh hanya ada dengan DEMO=1.")
        self.stdout.write(f"Kata sandi semua akun contoh: {PASSWORD}")
        for _, name, what in (*ACCOUNTS, *EXAMPLES):
            self.stdout.write(f"  {address_of(name):26} {what}")
