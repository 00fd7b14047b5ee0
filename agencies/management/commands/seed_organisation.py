"""Fill the organisation with the first list of Ambon's agencies; safe to repeat."""

from django.core.management.base import BaseCommand

from agencies.structure.seeding import seed_organisation

BY = "seed_organisation command"


class Command(BaseCommand):
    help = (
        "Add the agencies, kecamatan and kelurahan of Ambon that are missing; what was edited stays as it is."
    )

    def handle(self, *args, **options):
        units, posts = seed_organisation(by=BY)
        self.stdout.write(f"{units} unit dan {posts} jabatan ditambahkan.")
