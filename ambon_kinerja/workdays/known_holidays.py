"""Holidays of 2026 and 2027 as known when the calendar is first filled.

Every row is provisional: the government may still change a joint decree, and the personnel
office edits the calendar afterwards. Collective leave (cuti bersama) is a day off for civil
servants. Local anniversaries are days off only when a letter of that year says so.
"""

from datetime import date
from typing import NamedTuple

NATIONAL, MALUKU, CITY = "national", "maluku", "city"

DECREE_2026 = (
    "Keputusan Bersama Menteri Agama, Menteri Ketenagakerjaan, dan Menteri PANRB "
    "Nomor 1497, 2, dan 5 Tahun 2025"
)
DECREE_2027 = (
    "Keputusan Bersama Menteri Agama, Menteri Ketenagakerjaan, dan Menteri PANRB "
    "Nomor 1205, 3, dan 2 Tahun 2026"
)
LOCAL = "Peringatan daerah; libur hanya jika ditetapkan dengan surat edaran"


class KnownHoliday(NamedTuple):
    day: date
    name: str
    scope: str
    source: str
    day_off: bool = True
    collective_leave: bool = False
    provisional: bool = True


def _national(source, rows):
    return [KnownHoliday(date(*day), name, NATIONAL, source) for day, name in rows]


def _collective(source, rows):
    return [
        KnownHoliday(date(*day), f"Cuti bersama {name}", NATIONAL, source, collective_leave=True)
        for day, name in rows
    ]


def _anniversary(day, name, scope):
    return KnownHoliday(date(*day), name, scope, LOCAL, day_off=False)


HOLIDAYS_2026 = [
    *_national(
        DECREE_2026,
        [
            ((2026, 1, 1), "Tahun Baru 2026 Masehi"),
            ((2026, 1, 16), "Isra Mikraj Nabi Muhammad SAW"),
            ((2026, 2, 17), "Tahun Baru Imlek 2577 Kongzili"),
            ((2026, 3, 19), "Hari Suci Nyepi Tahun Baru Saka 1948"),
            ((2026, 3, 21), "Idul Fitri 1447 Hijriah"),
            ((2026, 3, 22), "Idul Fitri 1447 Hijriah (hari kedua)"),
            ((2026, 4, 3), "Wafat Yesus Kristus"),
            ((2026, 4, 5), "Kebangkitan Yesus Kristus (Paskah)"),
            ((2026, 5, 1), "Hari Buruh Internasional"),
            ((2026, 5, 14), "Kenaikan Yesus Kristus"),
            ((2026, 5, 27), "Idul Adha 1447 Hijriah"),
            ((2026, 5, 31), "Hari Raya Waisak 2570 BE"),
            ((2026, 6, 1), "Hari Lahir Pancasila"),
            ((2026, 6, 16), "Tahun Baru Islam 1448 Hijriah"),
            ((2026, 8, 17), "Proklamasi Kemerdekaan"),
            ((2026, 8, 25), "Maulid Nabi Muhammad SAW"),
            ((2026, 12, 25), "Kelahiran Yesus Kristus"),
        ],
    ),
    *_collective(
        DECREE_2026,
        [
            ((2026, 2, 16), "Tahun Baru Imlek 2577 Kongzili"),
            ((2026, 3, 18), "Hari Suci Nyepi Tahun Baru Saka 1948"),
            ((2026, 3, 20), "Idul Fitri 1447 Hijriah"),
            ((2026, 3, 23), "Idul Fitri 1447 Hijriah"),
            ((2026, 3, 24), "Idul Fitri 1447 Hijriah"),
            ((2026, 5, 15), "Kenaikan Yesus Kristus"),
            ((2026, 5, 28), "Idul Adha 1447 Hijriah"),
            ((2026, 12, 24), "Kelahiran Yesus Kristus"),
        ],
    ),
    _anniversary((2026, 5, 15), "Hari Pattimura", MALUKU),
    _anniversary((2026, 8, 19), "Hari Ulang Tahun Provinsi Maluku", MALUKU),
    _anniversary((2026, 9, 7), "Hari Ulang Tahun Kota Ambon", CITY),
]

HOLIDAYS_2027 = [
    *_national(
        DECREE_2027,
        [
            ((2027, 1, 1), "Tahun Baru 2027 Masehi"),
            ((2027, 1, 5), "Isra Mikraj Nabi Muhammad SAW 1448 Hijriah"),
            ((2027, 2, 6), "Tahun Baru Imlek 2578 Kongzili"),
            ((2027, 3, 8), "Hari Suci Nyepi Tahun Baru Saka 1949"),
            ((2027, 3, 10), "Idul Fitri 1448 Hijriah"),
            ((2027, 3, 11), "Idul Fitri 1448 Hijriah (hari kedua)"),
            ((2027, 3, 26), "Wafat Yesus Kristus"),
            ((2027, 3, 28), "Kebangkitan Yesus Kristus (Paskah)"),
            ((2027, 5, 1), "Hari Buruh Internasional"),
            ((2027, 5, 6), "Kenaikan Yesus Kristus"),
            ((2027, 5, 17), "Idul Adha 1448 Hijriah"),
            ((2027, 5, 20), "Hari Raya Waisak 2571 BE"),
            ((2027, 6, 1), "Hari Lahir Pancasila"),
            ((2027, 6, 6), "Tahun Baru Islam 1449 Hijriah"),
            ((2027, 8, 15), "Maulid Nabi Muhammad SAW"),
            ((2027, 8, 17), "Proklamasi Kemerdekaan"),
            ((2027, 12, 25), "Kelahiran Yesus Kristus"),
            ((2027, 12, 26), "Isra Mikraj Nabi Muhammad SAW 1449 Hijriah"),
        ],
    ),
    *_collective(
        DECREE_2027,
        [
            ((2027, 2, 5), "Tahun Baru Imlek 2578 Kongzili"),
            ((2027, 3, 9), "Idul Fitri 1448 Hijriah"),
            ((2027, 3, 12), "Idul Fitri 1448 Hijriah"),
            ((2027, 3, 15), "Idul Fitri 1448 Hijriah"),
            ((2027, 3, 25), "Wafat Yesus Kristus"),
            ((2027, 5, 18), "Idul Adha 1448 Hijriah"),
            ((2027, 5, 19), "Hari Raya Waisak 2571 BE"),
            ((2027, 12, 24), "Kelahiran Yesus Kristus"),
        ],
    ),
    _anniversary((2027, 5, 15), "Hari Pattimura", MALUKU),
    _anniversary((2027, 8, 19), "Hari Ulang Tahun Provinsi Maluku", MALUKU),
    _anniversary((2027, 9, 7), "Hari Ulang Tahun Kota Ambon", CITY),
]

KNOWN_HOLIDAYS = sorted([*HOLIDAYS_2026, *HOLIDAYS_2027])
