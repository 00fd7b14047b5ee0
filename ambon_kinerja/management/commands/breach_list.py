"""Lists the people affected by a breach, for the notice that is due within 3 × 24 hours (UU 27/2022 art. 46)."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from ambon_kinerja.personal_data.breach import (
    COLUMNS,
    Span,
    account_named,
    affected,
    known_tables,
    note_export,
)
from ambon_kinerja.personal_data.forms import LEAST_REASON, midnight
from ambon_kinerja.personal_data.sheets import as_csv, as_xlsx

WRITERS = {".csv": as_csv, ".xlsx": as_xlsx}


class Command(BaseCommand):
    help = "Daftar orang terdampak insiden. Tanpa --output hanya jumlahnya yang dicetak."

    def add_arguments(self, parser):
        parser.add_argument("--since", required=True, help="tanggal, atau waktu seperti 2026-11-20T08:00")
        parser.add_argument("--until", help="tanggal (ikut dihitung) atau waktu; tanpa ini sampai sekarang")
        parser.add_argument("--table", default="", help="hanya jenis data ini, misalnya appraisal.Evaluation")
        parser.add_argument("--viewer", help="surel atau nomor akun yang diambil alih")
        parser.add_argument("--output", type=Path, help="berkas .xlsx atau .csv yang ditulis")
        parser.add_argument(
            "--reason", default="", help="alasan; wajib dengan --output, tersimpan di jejak audit"
        )

    def handle(self, *args, since, until, table, viewer, output, reason, **options):
        if output and output.suffix not in WRITERS:
            raise CommandError("Nama berkas harus berakhir dengan .xlsx atau .csv.")
        if output and len(reason.strip()) < LEAST_REASON:
            raise CommandError(f"Tulis alasan dengan --reason, paling sedikit {LEAST_REASON} huruf.")
        span = Span(
            since=self.moment(since),
            until=until and self.moment(until, end=True),
            table=self.known(table),
            account=viewer and self.account(viewer),
        )
        people, others = affected(span)
        if output:
            output.write_bytes(WRITERS[output.suffix](COLUMNS, [person.row for person in people]))
            note_export(span, people, by="breach_list", reason=reason.strip())
        self.stdout.write(f"{len(people)} orang terdampak.")
        for words, count in others.items():
            self.stdout.write(f"Tidak menunjuk satu orang: {words} ({count} kali)")

    def moment(self, text, *, end=False):
        try:
            day = parse_date(text)
            moment = None if day else parse_datetime(text)
        except ValueError:
            day = moment = None
        if day:
            return midnight(day, 1 if end else 0)
        if moment is None:
            raise CommandError(f"“{text}” bukan tanggal. Contoh: 2026-11-20 atau 2026-11-20T08:00.")
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)

    def known(self, table):
        if table and table not in dict(known_tables()):
            raise CommandError(
                f"Jenis data “{table}” tidak dikenal. Yang ada: {', '.join(dict(known_tables()))}."
            )
        return table

    def account(self, text):
        found = account_named(text)
        if found is None:
            raise CommandError(f"Tidak ada akun “{text}”.")
        return found
