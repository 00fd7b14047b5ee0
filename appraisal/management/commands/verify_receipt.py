"""Recomputes the receipt in a file; agrees with static/verifikasi/periksa.py, exit code 0 or 1."""

import json
from pathlib import Path

from django.core.management import BaseCommand, CommandError

from appraisal.scoring.receipt import canonical_text, sha256_of
from appraisal.scoring.receipt.checking import faults_of


class Command(BaseCommand):
    help = "Periksa struk nilai dalam FILE: hitung ulang semuanya. Kode keluar 0 berarti cocok, 1 berarti berbeda."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "sha256", nargs="?", help="sidik SHA-256 yang tercetak pada dokumen, bila hendak dicocokkan"
        )

    def handle(self, *args, file, sha256, **options):
        receipt = read(file)
        if faults := faults_of(receipt, sha256):
            raise CommandError("\n".join(f"BERBEDA: {fault}" for fault in faults), returncode=1)
        self.stdout.write(f"Sidik SHA-256 struk ini: {sha256_of(canonical_text(receipt))}")
        self.stdout.write(f"COCOK: semua hitungan sesuai. Predikat: {receipt['result']['predikat']}.")


def read(file):
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise CommandError("BERBEDA: Berkas tidak dapat dibuka.", returncode=1) from None
    try:
        return json.loads(text, object_pairs_hook=without_twins, parse_float=refuse_fraction)
    except (RecursionError, ValueError):
        raise CommandError("BERBEDA: Berkas ini bukan struk nilai yang utuh.", returncode=1) from None


def without_twins(pairs):
    row = dict(pairs)
    if len(row) != len(pairs):
        raise ValueError("a name stands twice")
    return row


def refuse_fraction(text):
    raise ValueError(text)
