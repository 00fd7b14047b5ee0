"""Writes the audit trail to a file that is checked without this system."""

import json
import os

from django.core.management import BaseCommand, CommandError

from ambon_kinerja.audit.queries import LINK, trail


class Command(BaseCommand):
    help = (
        "Ekspor jejak audit sebagai baris JSON. Periksa dengan: python3 ambon_kinerja/audit/chain.py BERKAS"
    )

    def add_arguments(self, parser):
        parser.add_argument("file")

    def handle(self, *args, file, **options):
        unfinished = f"{file}.sebagian"
        try:
            with open(unfinished, "w", encoding="utf-8") as lines:
                count = write_trail(lines)
            os.replace(unfinished, file)
        except OSError as trouble:
            raise CommandError(f"Berkas {file} tidak bisa ditulis: {trouble.strerror}.") from trouble
        self.stdout.write(f"{count} baris ditulis ke {file}.")


def write_trail(lines):
    count = 0
    for row in trail():
        lines.write(json.dumps(dict(zip(LINK, row, strict=True)), ensure_ascii=False) + "\n")
        count += 1
    return count
