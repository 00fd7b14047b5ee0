"""What the read-only mode of openpyxl does not see: merged cells, hidden rows and columns, rows out of their order."""

import re
import zipfile
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter, range_boundaries

from .layouts import FURTHEST_ROW, UnreadableFile
from .rows import Fault

PIECE = 1 << 20
TAG = re.compile(rb"<(?:\w+:)?(mergeCell|row|col|filterColumn)\s([^<>]*)>")
ATTRIBUTE = re.compile(rb"""\b(ref|r|hidden|min|max)\s*=\s*["']([^"']*)["']""")
RANGE = re.compile(r"[A-Z]{1,3}\d{1,7}(:[A-Z]{1,3}\d{1,7})?")
TRUE = ("1", "true")
MOST_MERGED_ROWS = 200_000  # a hostile sheet may merge the same rows again and again
MOST_UNREAD_ROWS = 1000  # or write the same row so often


@dataclass
class Structure:
    """`merged`: row number → keys of the columns there; `hidden_rows` in their order, by a filter if `is_filtered`;
    `faults` of all the rest.
    """

    merged: dict = field(default_factory=dict)
    hidden_rows: list = field(default_factory=list)
    is_filtered: bool = False
    faults: list = field(default_factory=list)

    def faults_for(self, rows):
        """All faults, with the hidden rows that hold somebody."""
        numbers = {row.number for row in rows}
        hidden = [number for number in self.hidden_rows if number in numbers]
        if hidden and self.is_filtered:
            return [*self.faults, filtered_rows_fault(hidden)]
        return [*self.faults, *(hidden_rows_fault(first, last) for first, last in runs(hidden))]


def look_at_structure(file, path, headings):
    """Structure of the sheet at `path` in the archive `file`."""
    structure, place_of = Structure(), {index + 1: key for key, index in headings.places.items()}
    number, merged_rows, highest, unread, numbers = 0, 0, 0, 0, set()
    for tag, attributes in tags_of(file, path):
        if tag == "row":
            told = attributes.get("r", "")
            number = int(told) if told.isdecimal() and len(told) < 8 else number + 1
            if number <= highest:
                structure.faults.append(unread_row_fault(number, is_second=number in numbers))
                unread += 1
            elif number <= FURTHEST_ROW:
                numbers.add(number)
            if unread > MOST_UNREAD_ROWS:
                raise UnreadableFile(
                    "Terlalu banyak baris yang tertulis dua kali. Buka berkas di Excel, lalu simpan sekali lagi."
                )
            highest = max(highest, number)
            if attributes.get("hidden") in TRUE:
                structure.hidden_rows.append(number)
        elif tag == "col" and attributes.get("hidden") in TRUE:
            structure.faults += hidden_columns(attributes, place_of, headings.layout)
        elif tag == "filterColumn":
            structure.is_filtered = True
        elif tag == "mergeCell" and RANGE.fullmatch(attributes.get("ref", "")):
            left, top, right, bottom = range_boundaries(attributes["ref"])
            merged_rows += bottom - top + 1
            if merged_rows > MOST_MERGED_ROWS:
                raise UnreadableFile("Terlalu banyak sel digabung. Pisahkan, lalu isi setiap barisnya.")
            keys = {key for index, key in place_of.items() if left <= index <= right}
            for row in range(top, bottom + 1) if keys else ():
                structure.merged.setdefault(row, set()).update(keys)
            structure.faults.append(merged_fault(attributes["ref"], left, top, place_of, headings.layout))
    return structure


def tags_of(file, path):
    """(name, attributes) of each tag we care about, while the part is unpacked."""
    tail = b""
    file.seek(0)
    with zipfile.ZipFile(file) as archive, archive.open(path) as part:
        while piece := part.read(PIECE):
            window = tail + piece
            cut = window.rfind(b"<")
            whole, tail = (window[:cut], window[cut:]) if cut > 0 else (b"", window)
            yield from tags_in(whole)
        yield from tags_in(tail)


def tags_in(text):
    for found in TAG.finditer(text):
        yield (
            found[1].decode(),
            {name.decode(): value.decode("ascii", "replace") for name, value in ATTRIBUTE.findall(found[2])},
        )


def unread_row_fault(number, *, is_second):
    """Excel writes every row once and in order; of other files openpyxl passes over what comes too late."""
    words = "tertulis dua kali" if is_second else "tidak pada urutannya"
    return Fault(
        number,
        "",
        "",
        f"Baris {number} {words} di berkas ini, jadi isinya tidak terbaca seluruhnya. Buka berkas di Excel, periksa "
        "baris itu, simpan sekali lagi, lalu unggah lagi.",
    )


def merged_fault(reference, left, top, place_of, layout):
    key = place_of.get(left)
    label = layout.by_key[key].label if key else ""
    first = reference.split(":")[0]
    return Fault(top, label, first, f"Sel {reference} digabung. Pisahkan, lalu isi setiap barisnya.")


def hidden_columns(attributes, place_of, layout):
    first, last = int(attributes.get("min") or 0), int(attributes.get("max") or 0)
    for index, key in sorted(place_of.items()):
        if first <= index <= last:
            letter = get_column_letter(index)
            yield Fault(
                1,
                layout.by_key[key].label,
                f"{letter}1",
                f"Kolom {letter} tersembunyi. Tampilkan, lalu periksa isinya.",
            )


def hidden_rows_fault(first, last):
    rows = f"Baris {first}" if first == last else f"Baris {first} sampai {last}"
    return Fault(first, "", "", f"{rows} tersembunyi. Tampilkan atau hapus, lalu unggah lagi.")


def filtered_rows_fault(numbers):
    """A filter hides rows all over the sheet: told once, and nobody is advised to delete them."""
    return Fault(
        numbers[0],
        "",
        "",
        f"{len(numbers)} baris tersembunyi oleh saringan, mulai baris {numbers[0]}. Tampilkan semua baris, lalu unggah "
        "lagi.",
    )


def runs(numbers):
    """[(first, last), …] of numbers that follow each other; `numbers` rise."""
    found = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
