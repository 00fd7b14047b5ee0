"""Says whether the audit trail is whole, and where it first breaks."""

from django.core.management import BaseCommand, CommandError

from ambon_kinerja.audit.chain import verdict
from ambon_kinerja.audit.queries import examine_trail


class Command(BaseCommand):
    help = "Periksa rantai jejak audit. Catat kepala yang dicetak di luar sistem, lalu berikan lagi dengan --head."

    def add_arguments(self, parser):
        parser.add_argument(
            "--head", action="append", default=[], help="POSISI:HASH yang dicatat di luar sistem"
        )

    def handle(self, *args, head, **options):
        try:
            fault, count, last = examine_trail(heads=head)
        except ValueError as trouble:
            raise CommandError(str(trouble)) from trouble
        if fault:
            raise CommandError(verdict(fault, count, last), returncode=1)
        self.stdout.write(verdict(fault, count, last))
