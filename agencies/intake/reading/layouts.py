"""Recognising a file by its headings: our own template, or an export of SIASN."""

from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from .columns import TEMPLATE, shortened
from .siasn import SIASN, TELLS_SIASN

# What a marked copy has besides; it may come back.
ORIGINAL_ROW, TO_MEND, REASONS = MARKS = "Baris asal", "Perlu diperbaiki", "Kesalahan"
LAYOUTS = {layout.key: layout for layout in (TEMPLATE, SIASN)}
MOST_ROWS = 60_000
MOST_COLUMNS = 100
TELLS_EVERY = 2000  # rows


class UnreadableFile(ValueError):
    """Nothing of the file can be used; `str()` is the reason in plain Indonesian."""


FURTHEST_ROW = (
    100_000  # empty rows in between are walked through one by one, a million of them for half a minute
)
TOO_FAR_DOWN = "Ada isi sesudah baris 100.000. Hapus baris kosong di antaranya, lalu unggah lagi."
TOO_MANY_ROWS = "Berkas ini berisi lebih dari 60.000 baris. Bagi menjadi beberapa berkas."
NO_ROWS = "Berkas ini belum berisi pegawai: tidak ada baris di bawah judul kolom."


@dataclass(frozen=True)
class Headings:
    """`places` says at which index each column key stands; `ignored` holds the headings that are left unread.

    `marks` are the indexes of the columns that only a marked copy of ours has.
    """

    layout: object
    places: dict
    ignored: list
    marks: tuple = ()

    def is_blank(self, values):
        """Whether a line holds nothing, or only what our marked copy says of the whole sheet."""
        return all(value in (None, "") for index, value in enumerate(values) if index not in self.marks)


@dataclass(frozen=True)
class Reading:
    """What a file holds: its rows as text, and the faults of single cells."""

    rows: list
    faults: list
    layout: object = TEMPLATE
    ignored: tuple = ()

    def __iter__(self):
        return iter((self.rows, self.faults))


def place_headings(texts):
    """Headings from the texts of the first row. Raises UnreadableFile when columns lack, repeat or are unknown."""
    headings = [" ".join(str(text or "").split()) for text in texts]
    if any(headings[MOST_COLUMNS:]):
        raise UnreadableFile(
            f"Lembar ini punya lebih dari {MOST_COLUMNS} kolom. Hapus kolom yang tidak diperlukan."
        )
    layout = SIASN if TELLS_SIASN in [heading.lower() for heading in headings] else TEMPLATE
    places, others, marks = {}, [], []
    for index, heading in enumerate(headings):
        column = layout.by_heading.get(heading.lower())
        if heading in MARKS:
            marks.append(index)
        elif column is None:
            others += [(heading, index)] if heading else []
        elif column.key in places:
            raise UnreadableFile(f"Kolom {column.label} ada dua kali. Hapus salah satunya.")
        else:
            places[column.key] = index
    missing = [
        label for label in layout.required_headings if layout.by_heading[label.lower()].key not in places
    ]
    if missing:
        advice = "Unduh ulang dari SIASN." if layout is SIASN else "Pakai templat kami."
        raise UnreadableFile(
            f"Baris pertama harus berisi judul kolom. Yang belum ada: {', '.join(missing)}. {advice}"
        )
    if others and not layout.ignores_others:
        unknown = [
            f"“{shortened(heading)}” ({get_column_letter(index + 1)}1)" for heading, index in others[:5]
        ]
        raise UnreadableFile(
            f"Kolom ini tidak kami kenal: {', '.join(unknown)}. Hapus kolomnya, lalu unggah lagi."
        )
    return Headings(layout, places, [heading for heading, _ in others], tuple(marks))
