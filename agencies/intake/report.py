"""What a file would do, or has done, in words: the page and the command say the same."""

from .comparing.comparison import CHANGED, NEW
from .comparing.examination import GONE, SUSPICIOUS
from .queries import FAULTS, Lines
from .reading.layouts import LAYOUTS

SECTIONS = {  # word in the address → (kind, what the section is called)
    "kesalahan": (FAULTS, "Kesalahan"),
    "mencurigakan": (SUSPICIOUS, "Mencurigakan"),
    "baru": (NEW, "Baru"),
    "berubah": (CHANGED, "Berubah"),
    "hilang": (GONE, "Tidak ada di berkas"),
}


def thousands(number):
    return f"{number:,}".replace(",", ".")


def summary(batch):
    """One sentence with every count."""
    counts = batch.counts
    parts = (
        ("new", "baru"), ("changed", "berubah"), ("unchanged", "tetap"), (GONE, "tidak ada di berkas"),
        (SUSPICIOUS, "mencurigakan"), (FAULTS, "kesalahan"),
    )  # fmt: skip
    told = ", ".join(f"{thousands(counts.get(key, 0))} {words}" for key, words in parts)
    return f"{thousands(counts['rows'])} baris: {told}."


def notes(batch):
    """Sentences about how the file was read."""
    found = [f"Susunan kolom: {LAYOUTS[batch.layout].label}."]
    if batch.ignored:
        names = ", ".join(batch.ignored[:60])
        found.append(f"{len(batch.ignored)} kolom tidak dibaca dan tidak disimpan: {names}.")
    if batch.covers_all:
        found.append("Berkas ini memuat seluruh pegawai.")
    return found


def sections_of(batch):
    """The sections that hold anything: dicts of word, kind, label, count."""
    return [
        {"word": word, "kind": kind, "label": label, "count": batch.counts.get(kind, 0)}
        for word, (kind, label) in SECTIONS.items()
        if batch.counts.get(kind)
    ]


def place_of(line):
    """Where a line of any section stands: "A3 NIP", "baris 7", or "" for who stands in no row."""
    if "reason" in line:
        return " ".join(filter(None, [line["cell"] or f"baris {line['row']}", line["column"]]))
    return f"baris {line['row']}" if "row" in line else ""


def words_of(line):
    """The words of a line of any section."""
    if "reason" in line:
        return line["reason"]
    label = [f"{line['label']}:"] if "label" in line else []
    return " ".join([*label, "; ".join(line["words"])])


def lines_of(batch):
    """The whole report line by line; a batch that is not stored is read from memory."""
    yield summary(batch)
    yield from notes(batch)
    for section in sections_of(batch):
        yield f"{section['label']} ({thousands(section['count'])}):"
        for line in all_lines(batch, section["kind"]):
            yield "  " + ": ".join(filter(None, [place_of(line), line.get("name", ""), words_of(line)]))


def all_lines(batch, kind):
    if batch.pk is None:
        return batch.faults if kind == FAULTS else batch.changes.get(kind, [])
    lines = Lines(batch, kind)
    return lines[0 : len(lines)]
