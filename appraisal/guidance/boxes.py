"""The boxes of forms B.1.6 and B.1.7 and of the simple record of a training: what is asked, and who fills it. Pure.

PermenPANRB 6/2022 pages 80 and 82. The keys are those under which the answers are kept. A box is a table of rows or
one text. What the employee reports beforehand (pages 79 and 81) is what stands in his own boxes, asked once.
"""

from dataclasses import dataclass

COACHING, MENTORING, FORMAL, INFORMAL = "coaching", "mentoring", "formal", "informal"
EMPLOYEE, GUIDE = "employee", "guide"
MOST_ROWS = 10
LONGEST = 1000
YES, NO = "ya", "tidak"
ADJUSTMENT = "penyesuaian"


@dataclass(frozen=True)
class Column:
    """One column of a table; `is_needed` before the form is signed, `is_choice` is answered YES or NO."""

    key: str
    label: str
    is_needed: bool = True
    is_choice: bool = False
    hint: str = ""


@dataclass(frozen=True)
class Box:
    """A part of the form under one heading: a table with `columns`, or one text when there are none."""

    key: str
    heading: str
    part: str
    note: str = ""
    columns: tuple = ()
    hint: str = ""

    @property
    def is_table(self):
        return bool(self.columns)


BY_EMPLOYEE = "diisi oleh pegawai"
INDICATOR = Column("indikator", "Indikator kinerja individu")

COACHING_BOXES = (
    Box(
        "tujuan",
        "Tujuan: apa yang ingin saya capai?",
        EMPLOYEE,
        BY_EMPLOYEE,
        (
            INDICATOR,
            Column("baseline", "Baseline target (jika ada)", is_needed=False),
            Column("target", "Target"),
            Column("strategi", "Strategi pencapaian target"),
        ),
    ),
    Box(
        "fakta",
        "Fakta: di mana saya sekarang?",
        EMPLOYEE,
        BY_EMPLOYEE,
        (
            Column("target_skp", "Target SKP"),
            Column("progres", "Progres pencapaian target", hint="Termasuk apa yang sudah Anda lakukan."),
            Column("masalah", "Masalah atau hambatan"),
            Column("penyebab", "Penyebab"),
        ),
    ),
    Box(
        "peluang",
        "Peluang: apa yang dapat saya lakukan?",
        EMPLOYEE,
        BY_EMPLOYEE,
        hint="Alternatif solusi yang Anda usulkan.",
    ),
    Box(
        "langkah",
        "Langkah ke depan: apa yang akan saya lakukan ke depan?",
        GUIDE,
        "rekomendasi pimpinan atau pihak lain yang diberikan penugasan khusus yang disepakati dengan pegawai",
        (
            INDICATOR,
            Column("strategi", "Strategi untuk mengatasi masalah atau hambatan"),
            Column(ADJUSTMENT, "Penyesuaian ukuran keberhasilan dan target", is_choice=True),
        ),
    ),
)
MENTORING_BOXES = (
    Box(
        "maksud",
        "Rencana aksi mentoring",
        EMPLOYEE,
        BY_EMPLOYEE,
        hint="Tujuan mentoring, dan langkah yang Anda lakukan untuk mengembangkan keahlian itu.",
    ),
    Box(
        "tujuan",
        "Tujuan: apa yang ingin saya capai dengan mentoring?",
        EMPLOYEE,
        BY_EMPLOYEE,
        (
            Column("keahlian", "Keahlian atau keterampilan spesifik yang akan dikembangkan"),
            Column("jangka_waktu", "Jangka waktu mentoring"),
            Column("perubahan", "Perubahan yang diharapkan"),
            Column("ukuran", "Ukuran keberhasilan mentoring"),
        ),
    ),
    Box(
        "jurnal",
        "Jurnal mentoring",
        GUIDE,
        "diisi bersama",
        (
            Column("waktu_tempat", "Waktu dan tempat"),
            Column("materi", "Materi mentoring"),
            Column("rencana_aksi", "Rencana aksi"),
            Column("target_waktu", "Target waktu rencana aksi"),
        ),
    ),
)
TRAINING_BOXES = (
    Box(
        "kebutuhan",
        "Apa yang ingin saya pelajari?",
        EMPLOYEE,
        BY_EMPLOYEE,
    ),
    Box(
        "pelatihan",
        "Pelatihan yang diikuti",
        GUIDE,
        "diisi bersama",
        (
            Column("nama", "Nama pelatihan"),
            Column("penyelenggara", "Penyelenggara atau pengajar"),
            Column("waktu_tempat", "Waktu dan tempat"),
            Column("hasil", "Hasil"),
        ),
    ),
)
BOXES = {
    COACHING: COACHING_BOXES,
    MENTORING: MENTORING_BOXES,
    FORMAL: TRAINING_BOXES,
    INFORMAL: TRAINING_BOXES,
}
FORM_CODES = {COACHING: "B.1.6", MENTORING: "B.1.7"}
TITLES = {
    COACHING: "Pelaksanaan coaching",
    MENTORING: "Pelaksanaan mentoring",
    FORMAL: "Catatan pelatihan formal",
    INFORMAL: "Catatan pelatihan informal",
}


def boxes_of(kind, part=None):
    """The boxes of the form in its order; only those of `part` when it is given."""
    return [box for box in BOXES[kind] if part in (None, box.part)]


def is_shared(kind, part):
    """The journal of a mentoring and the record of a training are written by both."""
    return part == GUIDE and kind != COACHING


def tidy(kind, part, content):
    """`content` with exactly the keys of the form, without empty rows and outer spaces."""
    kept = {}
    for box in boxes_of(kind, part):
        given = content.get(box.key)
        if not box.is_table:
            kept[box.key] = str(given or "").strip()
            continue
        rows = [
            {column.key: str(row.get(column.key) or "").strip() for column in box.columns}
            for row in given or ()
        ]
        kept[box.key] = [row for row in rows if any(row.values())]
    return kept


def gaps_in(kind, employee_part, guide_part):
    """What is missing before the form can be signed, as sentences in Indonesian."""
    content = {EMPLOYEE: employee_part, GUIDE: guide_part}
    gaps = []
    for box in boxes_of(kind):
        given = content[box.part].get(box.key)
        if not given:
            gaps.append(f"“{box.heading}” belum diisi.")
        elif box.is_table:
            gaps += [
                f"“{box.heading}” baris {number}: {column.label.lower()} belum diisi."
                for number, row in enumerate(given, start=1)
                for column in box.columns
                if column.is_needed and not row.get(column.key)
            ]
    return gaps


def wants_adjustment(guide_part):
    """Did the two agree that measures or targets be adjusted (page 80, footnote)?"""
    return any(row.get(ADJUSTMENT) == YES for row in guide_part.get("langkah") or ())


def drawn(kind, part, content):
    """[(box, text or rows of (column, text))] for a page."""
    shown = []
    for box in boxes_of(kind, part):
        given = content.get(box.key)
        if box.is_table:
            rows = [[(column, row.get(column.key, "")) for column in box.columns] for row in given or ()]
            shown.append({"box": box, "rows": rows, "text": ""})
        else:
            shown.append({"box": box, "rows": [], "text": given or ""})
    return shown
