"""Brings a database into the state this version needs: tables, rights, reference data. Safe to repeat."""

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connections, transaction
from django.utils.module_loading import import_string

from ambon_kinerja.audit.database_rights import grant_rights

# By name, since this floor imports none above it; each fills what is missing and changes nothing that is there.
REFERENCE_DATA = (
    "ambon_kinerja.workdays.reference_data.fill",
    "ambon_kinerja.personal_data.reference_data.fill",
    "agencies.structure.reference_data.fill",
    "appraisal.rulebook.reference_data.fill",
    "appraisal.planning.library.reference_data.fill",
    "appraisal.goals.reference_data.fill",
    "feedback.citizens.reference_data.fill",
    "feedback.colleagues.reference_data.fill",
    "feedback.complaints.reference_data.fill",
)


class Command(BaseCommand):
    help = "Migrasi sebagai pemilik tabel, hak untuk peran aplikasi, lalu data acuan. Aman diulang."

    def handle(self, *args, **options):
        alias = "owner" if "owner" in settings.DATABASES else "default"
        call_command("migrate", database=alias, interactive=False, verbosity=0)
        granted = grant_rights(connections[alias], role=settings.APPLICATION_ROLE)
        if alias == "owner" and not granted:
            raise CommandError(
                f"Peran basis data {settings.APPLICATION_ROLE} belum ada. Buat dengan: CREATE ROLE"
                f" {settings.APPLICATION_ROLE} LOGIN PASSWORD '…'; atau sebut peran lain di APPLICATION_ROLE."
            )
        connections[alias].close()
        with transaction.atomic():
            for name in REFERENCE_DATA:
                import_string(name)()
        self.stdout.write("Basis data siap.")
