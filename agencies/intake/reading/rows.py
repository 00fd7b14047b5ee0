"""Reading rows of text without looking at the database: what can be wrong within the file itself."""

from dataclasses import dataclass, field
from datetime import date

from agencies.people.models import Employee
from agencies.people.rank import InvalidRank, read_rank

from .columns import TEMPLATE, CellFault, FactFault, MonthFirst, is_ambiguous_day, known_nip, read_text

PPPK = (Employee.Kind.PPPK, Employee.Kind.PPPK_PART_TIME)


@dataclass(frozen=True)
class Fault:
    """`cell` like "C7" and `column` like "Nama"; both are empty for a fault of a whole row."""

    row: int
    column: str
    cell: str
    reason: str

    def as_json(self):
        return {"row": self.row, "column": self.column, "cell": self.cell, "reason": self.reason}


@dataclass
class Row:
    """`texts` by column key, "" for an empty cell; `cells` says where each stands; `spoilt` keys were no plain text."""

    number: int
    texts: dict
    cells: dict = field(default_factory=dict)
    spoilt: set = field(default_factory=set)

    @classmethod
    def stored(cls, number, texts, layout=TEMPLATE):
        """The row as `as_json` kept it: of a file without fault the texts alone say everything."""
        return cls(number, dict(zip((column.key for column in layout.columns), texts, strict=True)))

    def as_json(self, layout=TEMPLATE):
        return [self.number, *(self.texts[column.key] for column in layout.columns)]

    def fault(self, column, reason):
        return Fault(self.number, column.label, self.cells.get(column.key, ""), reason)


@dataclass(frozen=True)
class Entry:
    """One row without fault. `end` is the last day; None for an empty cell of a column that may be empty.

    `born` and `standing` (kedudukan hukum) are held against the rest and never stored with the employee.
    """

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
    born: date | None = None
    standing: str | None = None


def read_rows(rows, layout=TEMPLATE):
    """(entries, faults): an Entry for every row without fault of its own."""
    entries, faults, month_first = [], [], {}
    for row in rows:
        values, wrong = read_row(row, month_first, layout)
        faults += wrong
        if not wrong and not row.spoilt:
            entries.append(Entry(row.number, **values))
    faults += twice(rows, {entry.number: entry.nip for entry in entries}, layout)
    faults += mixed_orders(rows, month_first, layout)
    at_fault = {fault.row for fault in faults}
    return [entry for entry in entries if entry.number not in at_fault], faults


def read_row(row, month_first, layout):
    """(facts by key, faults); notes in `month_first` (key → cell) where a date has its month in front."""
    values, faults = {}, []
    for column in layout.columns:
        if column.key in row.spoilt:
            continue
        try:
            values[column.key] = read_text(column, row.texts[column.key])
        except CellFault as wrong:
            faults.append(row.fault(column, str(wrong)))
            if isinstance(wrong, MonthFirst):
                month_first.setdefault(column.key, row.cells[column.key])
    if faults or row.spoilt:
        return values, faults
    try:
        facts = checked(layout.complete(values))
    except FactFault as wrong:
        return values, [row.fault(layout.by_key[wrong.key], str(wrong))]
    return facts, []


def checked(facts):
    """The facts with the rank in its full form. Raises FactFault where they contradict each other."""
    is_pppk = facts["kind"] in PPPK
    if (known_nip(facts["nip"]).kind == "PPPK") != is_pppk:
        kind = "PPPK" if not is_pppk else "PNS"
        raise FactFault("kind", f"NIP di baris ini milik {kind} (angka ke-13 dan ke-14). Periksa Status.")
    if facts["end"] is not None and facts["end"] < facts["start"]:
        raise FactFault("end", "Selesai lebih awal daripada Mulai.")
    if facts["rank"] is None:
        return facts
    try:
        return facts | {"rank": read_rank(facts["rank"], is_pppk=is_pppk)}
    except InvalidRank as wrong:
        raise FactFault("rank", wrong.reason) from wrong


def twice(rows, nips, layout):
    """A fault for every row whose NIP stands in an earlier row."""
    faults, seen = [], {}
    for row in rows:
        nip = nips.get(row.number)
        if nip in seen:
            faults.append(row.fault(layout.by_key["nip"], f"NIP ini sudah ada di baris {seen[nip]}."))
        elif nip:
            seen[nip] = row.number
    return faults


def mixed_orders(rows, month_first, layout):
    """Where one date of a column has its month in front, every date that could be read both ways is a fault."""
    return [
        row.fault(
            layout.by_key[key],
            f"Urutan tanggal di kolom ini bercampur (lihat {cell}), jadi “{row.texts[key]}” bisa berarti dua hari. "
            "Tulis hari-bulan-tahun.",
        )
        for key, cell in month_first.items()
        for row in rows
        if is_ambiguous_day(row.texts[key])
    ]
