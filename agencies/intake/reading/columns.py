"""The columns of a file: what each is called, how it is explained, and how its text is read."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from agencies.people.models import Employee
from agencies.people.nip import InvalidNip, read_nip

LONGEST_CELL = 500
EARLIEST_YEAR = 1950
KINDS = {
    "pns": Employee.Kind.PNS,
    "cpns": Employee.Kind.CPNS,
    "pppk": Employee.Kind.PPPK,
    "pppk paruh waktu": Employee.Kind.PPPK_PART_TIME,
    "pppk pw": Employee.Kind.PPPK_PART_TIME,
}
KINDS_IN_WORDS = "Tulis PNS, CPNS, PPPK, atau PPPK Paruh Waktu."
ISO_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
USUAL_DAY = re.compile(r"(?P<day>\d{1,2})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4})", re.ASCII)


class CellFault(ValueError):
    """A cell that cannot be read; `str()` is the reason in plain Indonesian."""


class FactFault(ValueError):
    """Cells that contradict each other; `key` is the column to mend, `str()` the reason."""

    def __init__(self, key, reason):
        super().__init__(reason)
        self.key = key


class MonthFirst(CellFault):
    """A date that makes sense only if the month stands first, as in 12/31/2026."""


@dataclass(frozen=True)
class Column:
    """`read` turns a text that is not empty into the value, or raises CellFault.

    `explanation` says what the column means, `allowed` what may stand in it, `source` where the office finds it.
    """

    key: str
    label: str
    required: bool
    read: Callable[[str], object]
    explanation: str
    example: str
    is_date: bool = False
    allowed: str = ""
    source: str = ""


@dataclass(frozen=True)
class Layout:
    """A set of columns known by their headings, in any order.

    `complete` makes the facts of an Entry of the values by key; it may raise `FactFault`. `by_name` says that post
    and unit are named in words, not by our codes; `ignores_others` that further columns may stand in the file.
    """

    key: str
    label: str
    columns: tuple
    complete: Callable[[dict], dict]
    by_name: bool = False
    ignores_others: bool = False

    @cached_property
    def by_key(self):
        return {column.key: column for column in self.columns}

    @cached_property
    def by_heading(self):
        return {column.label.lower(): column for column in self.columns}

    @property
    def required_headings(self):
        return [column.label for column in self.columns if column.required]


@lru_cache(maxsize=1024)
def known_nip(text):
    """`read_nip`, asked for the same number several times in a row. Raises InvalidNip."""
    return read_nip(text)


def nip(text):
    try:
        return known_nip(text).text
    except InvalidNip as wrong:
        raise CellFault(wrong.reason) from wrong


def text_up_to(length):
    def read(text):
        if len(text) > length:
            raise CellFault(f"Teks ini terlalu panjang: {len(text)} tanda, paling banyak {length}.")
        return text

    return read


def name(text):
    text_up_to(160)(text)
    if sum(sign.isalpha() for sign in text) < 2:
        raise CellFault("Nama harus berisi huruf.")
    return text


def kind(text):
    try:
        return KINDS[text.lower()]
    except KeyError:
        raise CellFault(f"Status “{shortened(text)}” tidak dikenal. {KINDS_IN_WORDS}") from None


def day(text):
    """A date from 2026-12-31 or 31-12-2026 (also with / or .); the month never stands first."""
    found = ISO_DAY.fullmatch(text) or USUAL_DAY.fullmatch(text)
    if not found:
        raise CellFault(f"“{shortened(text)}” bukan tanggal. Tulis hari-bulan-tahun, misalnya 31-12-2026.")
    year, month, number = (int(found[part]) for part in ("year", "month", "day"))
    if month > 12:
        refusal = MonthFirst if number <= 12 and found.re is USUAL_DAY else CellFault
        raise refusal(f"Bulan {month} tidak ada. Tulis hari-bulan-tahun, misalnya 31-12-2026.")
    if not EARLIEST_YEAR <= year <= date.today().year + 1:
        raise CellFault(
            f"Tahun {year} tidak mungkin; tulis tahun {EARLIEST_YEAR} sampai {date.today().year + 1}."
        )
    try:
        return date(year, month, number)
    except ValueError:
        raise CellFault(f"Tanggal {number:02}-{month:02}-{year} tidak ada.") from None


def is_ambiguous_day(text):
    """Could day and month be exchanged in this text?"""
    found = USUAL_DAY.fullmatch(text)
    return (
        bool(found)
        and int(found["day"]) <= 12
        and int(found["month"]) <= 12
        and found["day"] != found["month"]
    )


def email(text):
    try:
        validate_email(text)
    except ValidationError:
        raise CellFault(f"“{shortened(text)}” bukan alamat surel.") from None
    return text_up_to(254)(text).lower()


def tidy(text):
    """No outer blanks, single blanks between words."""
    text = text.strip()
    return re.sub(r"[ \u00a0]+", " ", text) if "  " in text or "\u00a0" in text else text


def shortened(text):
    return text if len(text) <= 40 else f"{text[:40]}…"


COLUMNS = (
    Column(
        "nip", "NIP", True, nip, "Nomor Induk Pegawai, atau NI PPPK.", "19860926 201505 1 001",
        allowed="18 angka, ditulis sebagai teks. Boleh memakai spasi.", source="SK pengangkatan; SIASN: NIP BARU",
    ),
    Column(
        "name", "Nama", True, name, "Nama lengkap dengan gelar.", "Contoh Pegawai, A.Md.Keb.",
        allowed="Paling banyak 160 tanda, berisi huruf.", source="SIASN: GELAR DEPAN, NAMA, GELAR BELAKANG",
    ),
    Column(
        "kind", "Status", True, kind, "Status kepegawaian.", "PNS",
        allowed="PNS, CPNS, PPPK, atau PPPK Paruh Waktu.", source="SIASN: STATUS CPNS PNS",
    ),
    Column(
        "rank", "Pangkat/Golongan", False, text_up_to(60),
        "Pangkat atau golongan sekarang. Sel kosong: data lama tetap.", "III/c",
        allowed="PNS: I/a sampai IV/e. PPPK: I sampai XVII.", source="SK pangkat terakhir; SIASN: GOL AKHIR NAMA",
    ),
    Column(
        "unit", "Kode Unit", True, text_up_to(30), "Unit kerja tempat jabatan itu.", "DINKES-PKM-01",
        allowed="Kode dari lembar Daftar kode.", source="Lembar Daftar kode",
    ),
    Column(
        "post", "Kode Jabatan", True, text_up_to(40), "Jabatan definitif di unit itu.", "DINKES-PKM-01-BIDAN",
        allowed="Kode dari lembar Daftar kode, di baris unit yang sama.", source="Lembar Daftar kode",
    ),
    Column(
        "start", "Mulai", True, day, "Hari pertama di jabatan itu.", "02-01-2026", is_date=True,
        allowed="Tanggal Excel, 2026-01-31, atau 31-01-2026. Bulan tidak pernah di depan.",
        source="SK jabatan; SIASN: TMT JABATAN",
    ),
    Column(
        "end", "Selesai", False, day, "Hari terakhir di jabatan itu. Sel kosong: belum ada batas.", "", is_date=True,
        allowed="Seperti Mulai; tidak lebih awal daripada Mulai.", source="SK pemberhentian atau pemindahan",
    ),
    Column(
        "email", "Surel", False, email, "Alamat surel dinas. Sel kosong: data lama tetap.", "contoh@ambon.test",
        allowed="Satu alamat surel.", source="SIASN: EMAIL GOV",
    ),
)  # fmt: skip
TEMPLATE = Layout("template", "templat kami", COLUMNS, complete=dict)


def invisible_sign(text):
    """The first control or other invisible character of `text` as "U+0007", or "" when there is none."""
    if text.isprintable():
        return ""
    for sign in text:
        if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
            return f"U+{ord(sign):04X}"
    return ""


def read_text(column, text):
    """The value of one cell: None when it is empty and may be. Raises CellFault."""
    if not text:
        if column.required:
            raise CellFault(f"{column.label} belum diisi.")
        return None
    if sign := invisible_sign(text):
        raise CellFault(f"Ada tanda yang tidak terlihat di sel ini ({sign}). Ketik ulang isinya.")
    return column.read(text)
