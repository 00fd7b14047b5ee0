"""NIP of civil servants (PNS) and NI PPPK: eighteen digits that say who and since when.

Digits 1-8 birth date, 9-12 year of appointment, 13-14 month of appointment (PNS) or
contract code from 21 on (PPPK), 15 sex, 16-18 serial. There is no check digit.
"""

import re
from dataclasses import dataclass
from datetime import date

LENGTH = 18
EARLIEST_YEAR = 1950
AGE_AT_APPOINTMENT = range(15, 66)
SEXES = {"1": "male", "2": "female"}

SEPARATORS = re.compile(r"[\s.]+")
SPREADSHEET_NUMBER = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+|\d{15,}[.,]0+")


class InvalidNip(ValueError):
    """The text is not a NIP. `reason` says why, in Indonesian, for the person who typed it."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Nip:
    """`text` is the bare eighteen digits; `appointed` is "2015-05" (PNS) or "2023" (PPPK)."""

    text: str
    born: date
    appointed: str
    sex: str
    serial: int
    kind: str

    def __str__(self):
        return self.text

    @property
    def spaced(self):
        """As printed on official letters: 19860926 201505 1 001."""
        return f"{self.text[:8]} {self.text[8:14]} {self.text[14]} {self.text[15:]}"


def read_nip(text):
    """Spaces and dots between the digits are allowed. Raises `InvalidNip`."""
    digits = _digits(text)
    born = _birth_date(digits)
    kind, appointed = _appointment(digits)
    _check_age(born, appointed)
    if digits[14] not in SEXES:
        raise InvalidNip(f"Angka ke-15 harus 1 (laki-laki) atau 2 (perempuan); yang tertulis {digits[14]}.")
    if digits[15:] == "000":
        raise InvalidNip(
            "Nomor urut 000 tidak ada (tiga angka terakhir). Jika NIP ini disalin dari "
            "Excel, ubah dahulu kolomnya menjadi Teks."
        )
    return Nip(digits, born, appointed, SEXES[digits[14]], int(digits[15:]), kind)


def _digits(text):
    if not isinstance(text, str):
        raise InvalidNip(_spoilt_by_excel(text))
    typed = text.strip()
    if not typed:
        raise InvalidNip("NIP belum diisi.")
    if SPREADSHEET_NUMBER.fullmatch(typed):
        raise InvalidNip(_spoilt_by_excel(typed))
    digits = SEPARATORS.sub("", typed)
    for sign in digits:
        if sign not in "0123456789":
            raise InvalidNip(f"NIP hanya boleh berisi angka 0 sampai 9; tanda “{sign}” tidak dikenal.")
    if len(digits) != LENGTH:
        raise InvalidNip(f"NIP harus 18 angka; yang tertulis {len(digits)} angka.")
    return digits


def _spoilt_by_excel(value):
    shown = f"{value:.5E}".replace(".", ",") if isinstance(value, float) else str(value)  # as Excel shows it
    return (
        f"Excel menyimpan NIP ini sebagai bilangan ({shown[:30]}), sehingga angka "
        "terakhirnya dapat hilang. Ubah kolom NIP menjadi Teks, lalu ketik ulang NIP-nya."
    )


def _birth_date(digits):
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    if year < EARLIEST_YEAR:
        raise InvalidNip(f"Tahun lahir {digits[:4]} terlalu lama (angka ke-1 sampai ke-4).")
    if not 1 <= month <= 12:
        raise InvalidNip(f"Bulan lahir {digits[4:6]} tidak ada (angka ke-5 dan ke-6).")
    try:
        return date(year, month, day)
    except ValueError:
        raise InvalidNip(
            f"Tanggal lahir {digits[6:8]}-{digits[4:6]}-{digits[:4]} tidak ada (angka ke-7 dan ke-8)."
        ) from None


def _appointment(digits):
    year, code = digits[8:12], digits[12:14]
    if int(year) < EARLIEST_YEAR:
        raise InvalidNip(f"Tahun pengangkatan {year} terlalu lama (angka ke-9 sampai ke-12).")
    if 1 <= int(code) <= 12:
        return "PNS", f"{year}-{code}"
    if int(code) >= 21:
        return "PPPK", year
    raise InvalidNip(
        f"Angka ke-13 dan ke-14 tidak dikenal: {code}. PNS memakai bulan 01 sampai 12, "
        "PPPK memakai 21 ke atas."
    )


def _check_age(born, appointed):
    """A PPPK number gives no month, so the whole year of the birthday counts there."""
    year, _, month = appointed.partition("-")
    months = (int(year) - born.year) * 12 + (int(month) - born.month if month else 0)
    age = months // 12
    if age not in AGE_AT_APPOINTMENT:
        raise InvalidNip(
            f"Umur saat diangkat menjadi {age} tahun; seharusnya 15 sampai 65 tahun. "
            "Periksa tahun lahir dan tahun pengangkatan."
        )
