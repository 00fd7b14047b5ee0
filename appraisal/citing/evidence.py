"""What may be cited for an employee in a period: each piece with its words and the facts that are frozen with it."""

import hashlib
import json
from dataclasses import dataclass

from ambon_kinerja.workdays.words import date_words
from appraisal.planning.figures import written
from feedback.voice.queries import both

from .models import VoiceCitation

MOST_BESIDE = 10  # a page that is read from top to bottom; the list has them all

Source = VoiceCitation.Source
NOT_ABOUT_ONE = "Ini tentang layanan unit, bukan tentang seorang pegawai."


@dataclass(frozen=True)
class Piece:
    """`text` is what the record will say; `facts` are frozen beside it. `key` finds the same piece again."""

    key: str
    source: str
    title: str
    text: str
    facts: dict

    @property
    def frozen(self):
        return json.dumps(
            {"source": self.source, "title": self.title, "text": self.text, **self.facts},
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )


@dataclass(frozen=True)
class Heard:
    """`services` and `person` as the page shows them; `pieces` are what of them may be cited."""

    services: object
    person: object
    pieces: tuple

    def piece(self, key):
        return next((piece for piece in self.pieces if piece.key == key), None)

    @property
    def beside(self):
        """What stands beside the rating: the last of them, which are about the person and of the newest quarters."""
        return self.pieces[-MOST_BESIDE:]

    @property
    def is_empty(self):
        return self.services.is_empty and self.person.is_empty


def heard_about(skp, period):
    """What citizens and colleagues said that bears on this plan in this period, as it may be told today; one query."""
    services, person = both(
        skp.unit,
        period.starts_on,
        period.ends_on,
        skp.employee,
        max(period.starts_on, skp.starts_on),
        min(period.ends_on, skp.ends_on),
    )
    return Heard(services, person, (*of_services(services), *of_person(person)))


def of_services(services):
    for line in services.services:
        if not line.may_be_cited:
            continue
        grade = f" (mutu {line.grade})" if line.grade else " (perkiraan, tanpa mutu)"
        grade += "" if line.is_final else ", hasil sementara,"
        lowest = "; ".join(f"{label.lower()} ({written(index)})" for label, index in line.lowest)
        text = (
            f"Survei {line.name}, {line.quarter}: indeks {written(line.index)}{grade} dari {line.respondents}"
            f" responden, selang 95% {written(line.low)}–{written(line.high)}."
        )
        if lowest:
            text += f" Unsur terendah: {lowest}."
        yield Piece(
            f"layanan-{line.key}-{line.quarter.code}",
            Source.SERVICE,
            f"Survei {line.name}, {line.quarter}",
            f"{text} {NOT_ABOUT_ONE}",
            {
                "service": line.slug,
                "quarter": line.quarter.code,
                "respondents": line.respondents,
                "index": str(line.index),
                "low": str(line.low),
                "high": str(line.high),
                "grade": line.grade,
                "final": "ya" if line.is_final else "sementara",
            },
        )
    for line in services.comments:
        if not (line.themes or line.praise):
            continue
        told = ", ".join(f"{theme.lower()} {count}" for theme, count in line.themes)
        praise = " ".join(f"“{text}”" for text in line.praise)
        words = f"{line.comments} saran warga tentang {line.name}."
        words += f" Tema yang disebut: {told}." if told else ""
        words += f" Pujian: {praise}" if praise else ""
        yield Piece(
            f"saran-{line.key}",
            Source.COMMENTS,
            f"Saran warga tentang {line.name}",
            f"{words} {NOT_ABOUT_ONE}"[:1400],
            {
                "comments": line.comments,
                "themes": [list(row) for row in line.themes],
                "praise": list(line.praise),
            },
        )
    for line in services.complaints:
        answered = "" if line.answered is None else f", {line.answered} dijawab"
        in_time = "" if line.in_time_share is None else f", {line.in_time_share}% tepat waktu"
        yield Piece(
            f"pengaduan-{line.code}",
            Source.COMPLAINTS,
            f"Pengaduan {line.agency}, {line.quarter}",
            f"Pengaduan kepada {line.agency}, {line.quarter}: {line.received} diterima{answered}{in_time}."
            f" {NOT_ABOUT_ONE}",
            {"quarter": line.code, "received": line.received, "answered": line.answered},
        )


def of_person(person):
    for line in person.counters:
        yield Piece(
            f"loket-{line.key}-{line.quarter.code}",
            Source.COUNTER,
            f"Survei di loket {line.counter}, {line.quarter}",
            f"Jawaban warga di loket {line.counter} ({line.service}) selama pegawai ini bertugas, {line.quarter}:"
            f" antara {line.low} dan {line.high} dari 100 (selang 95%, ditarik ke rata-rata unit)."
            " Sedikitnya 10 responden pada sedikitnya 3 hari.",
            {
                "counter": line.counter,
                "service": line.service,
                "quarter": line.quarter.code,
                "low": line.low,
                "high": line.high,
            },
        )
    for row in person.colleagues:
        told = [value for value in row.values if value.table]
        if not told:
            continue
        values = "; ".join(f"{value.name} {mean_of(value.table)}" for value in told)
        yield Piece(
            f"rekan-{row.subject}",
            Source.COLLEAGUES,
            f"Umpan balik rekan: {row.round_name}",
            f"Umpan balik rekan, {row.round_name}, {row.answers} jawaban. Rata-rata 1 sampai 4: {values}."[
                :1400
            ],
            {
                "round": row.round_name,
                "answers": row.answers,
                "values": {value.key: list(value.table) for value in told},
            },
        )
    for row in person.outcomes:
        mark = hashlib.sha256(f"{row.decided_on} {row.text}".encode()).hexdigest()[:16]
        yield Piece(
            f"laporan-{mark}",
            Source.OUTCOME,
            f"Laporan warga yang terbukti, diputus {date_words(row.decided_on)}",
            f"Laporan warga yang terbukti setelah pegawai didengar, diputus {date_words(row.decided_on)}: {row.text}"[
                :1400
            ],
            {"decided_on": row.decided_on.isoformat(), "reply": row.reply},
        )


def mean_of(table):
    """The mean of a table of five counts (not seen, then 1 to 4), in words."""
    seen = sum(table[1:])
    hundredths = (200 * sum(value * count for value, count in enumerate(table)) + seen) // (2 * seen)
    return f"{hundredths // 100},{hundredths % 100:02d}"
