"""Reading rows of text without looking at the database: what can be wrong within the file itself."""

from dataclasses import dataclass
from datetime import date

from agencies.people.models import Employee
from agencies.people.nip import read_nip
from agencies.people.rank import InvalidRank, read_rank

from .columns import COLUMNS, CellFault, MonthFirst, is_ambiguous_day, read_text

BY_KEY = {column.key: column for column in COLUMNS}
PPPK = (Employee.Kind.PPPK, Employee.Kind.PPPK_PART_TIME)


@dataclass(frozen=True)
class Entry:
    """One row without fault. `end` is the last day; None for an empty cell of a column that may be empty."""

    number: int
    nip: str
    name: str
    kind: str
    rank: str | None
    unit: str
    post: str
    start: date
    end: date | None
    email: str | None


def read_rows(rows):
    """(entries, faults): an Entry for every row without fault of its own."""
    entries, faults, month_first = [], [], {}
    for row in rows:
        values, wrong = read_row(row, month_first)
        faults += wrong
        if not wrong and not row.spoilt:
            entries.append(Entry(row.number, **values))
    faults += twice(rows, {entry.number: entry.nip for entry in entries})
    faults += mixed_orders(rows, month_first)
    return entries, faults


def read_row(row, month_first):
    """(values by key, faults); notes in `month_first` (key → cell) where a date has its month in front."""
    values, faults = {}, []
    for column in COLUMNS:
        if column.key in row.spoilt:
            continue
        try:
            values[column.key] = read_text(column, row.texts[column.key])
        except CellFault as wrong:
            faults.append(row.fault(column, str(wrong)))
            if isinstance(wrong, MonthFirst):
                month_first.setdefault(column.key, row.cells[column.key])
    if not faults and not row.spoilt:
        faults = contradictions(row, values)
    return values, faults


def contradictions(row, values):
    """Faults between the cells of one row; writes the rank in its full form into `values`."""
    faults, is_pppk = [], values["kind"] in PPPK
    if (read_nip(values["nip"]).kind == "PPPK") != is_pppk:
        kind = "PPPK" if not is_pppk else "PNS"
        reason = f"NIP di baris ini milik {kind} (angka ke-13 dan ke-14). Periksa Status."
        return [row.fault(BY_KEY["kind"], reason)]
    if values["rank"] is not None:
        try:
            values["rank"] = read_rank(values["rank"], is_pppk=is_pppk)
        except InvalidRank as wrong:
            faults.append(row.fault(BY_KEY["rank"], wrong.reason))
    if values["end"] is not None and values["end"] < values["start"]:
        faults.append(row.fault(BY_KEY["end"], "Selesai lebih awal daripada Mulai."))
    return faults


def twice(rows, nips):
    """A fault for every row whose NIP stands in an earlier row."""
    faults, seen = [], {}
    for row in rows:
        nip = nips.get(row.number)
        if nip in seen:
            faults.append(row.fault(BY_KEY["nip"], f"NIP ini sudah ada di baris {seen[nip]}."))
        elif nip:
            seen[nip] = row.number
    return faults


def mixed_orders(rows, month_first):
    """Where one date of a column has its month in front, every date that could be read both ways is a fault."""
    return [
        row.fault(
            BY_KEY[key],
            f"Urutan tanggal di kolom ini bercampur (lihat {cell}), jadi “{row.texts[key]}” bisa berarti dua hari. "
            "Tulis hari-bulan-tahun.",
        )
        for key, cell in month_first.items()
        for row in rows
        if is_ambiguous_day(row.texts[key])
    ]
