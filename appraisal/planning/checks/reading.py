"""Reads a plan as a colleague would, in plain words. Pure: whatever has the attributes of a result may be asked.

A gap is what the regulation demands of a plan (PermenPANRB 6/2022 pages 50-51): it refuses the submission. Advice
refuses nothing; it stands beside the result while it is written, on the page that submits and on the one that agrees.
"""

from dataclasses import dataclass, field

from .wording import (
    absolute_word_in,
    activity_in,
    is_a_product,
    is_a_score,
    is_measurable,
    names_a_time,
    pairs_alike,
    vague_word_in,
)

MOST_RESULTS = 10  # ours: more than that and nobody knows any longer what comes first


@dataclass(frozen=True)
class Line:
    """An indicator as the checks read it."""

    statement: str = ""
    aspect: str = ""
    target_low: object = None
    unit: str = ""
    target_text: str = ""

    @property
    def has_target(self):
        return self.target_low not in (None, "") or bool(self.target_text.strip())


@dataclass(frozen=True)
class Draft:
    """A result as the checks read it. `ground`: why its owner needs an absolute target, when he said so."""

    statement: str
    lines: tuple = ()
    ground: str = ""


@dataclass(frozen=True)
class Finding:
    """`code` names the check; `indicator` is the number of the indicator it is about, None for the result."""

    code: str
    text: str
    hint: str = ""
    indicator: int | None = None
    is_gap: bool = field(default=False, compare=False)

    @property
    def words(self):
        about = f"Indikator {self.indicator}: " if self.indicator else ""
        return f"{about}{self.text}{' ' + self.hint if self.hint else ''}"


def findings_in(draft, *, is_qualitative=False, is_for_leader=False):
    """What is to be said about one result, gaps first."""
    found = []
    if not draft.statement.strip():
        found.append(Finding("no_statement", "Isi rencana hasil kerja.", is_gap=True))
    elif activity := activity_in(draft.statement):
        found.append(
            Finding(
                "activity",
                f"Kalimat ini menyebut kegiatan (“{activity[0]}”), bukan hasil.",
                activity[1],
            )
        )
    if not draft.lines:
        found.append(Finding("no_indicator", "Isi sedikitnya satu indikator dengan target.", is_gap=True))
    if not is_for_leader and not draft.ground:
        found += absolute(draft)
    for number, line in enumerate(draft.lines, start=1):
        found += in_line(line, number, is_qualitative)
    if is_a_day_missing(draft):
        found.append(
            Finding(
                "no_deadline", "Belum ada batas waktu.", "Sebut kapan hasil ini selesai, misalnya “30 Juni”."
            )
        )
    for one, other in pairs_alike([line.statement for line in draft.lines]):
        found.append(Finding("duplicate", f"Sama dengan indikator {one + 1}.", indicator=other + 1))
    return sorted(found, key=lambda finding: not finding.is_gap)


def in_line(line, number, is_qualitative):
    if not line.statement.strip():
        yield Finding("no_measure", "Isi apa yang diukur.", indicator=number, is_gap=True)
    elif not is_qualitative and not line.has_target:
        yield Finding("no_target", "Isi target.", indicator=number, is_gap=True)
    words = line.target_text or (line.statement if is_qualitative and not line.has_target else "")
    if word := vague_word_in(words):
        yield Finding(
            "unmeasurable",
            f"Target “{word}” tidak bisa diukur.",
            "Sebut angka, atau keadaan yang bisa dilihat orang lain.",
            number,
        )
    elif line.target_text.strip() and not is_measurable(line.target_text):
        yield Finding(
            "unmeasurable",
            "Target ini belum menyebut angka atau keadaan yang bisa diperiksa.",
            "Misalnya “ditetapkan 30 Juni” atau “predikat A”.",
            number,
        )
    if not is_qualitative and lacks_unit(line):
        yield Finding("no_unit", "Target tanpa satuan.", "Misalnya orang, persen, atau dokumen.", number)


def lacks_unit(line):
    """An index or a value counts nothing; pages 131-135 print "90" and "85" alone."""
    return line.target_low not in (None, "") and not line.unit.strip() and not is_a_score(line.statement)


def absolute(draft):
    """Words that leave no room for a mistake; page 51 asks for one, but for life, injury, security and great loss."""
    texts = [(None, draft.statement)]
    texts += [
        (number, f"{line.statement} {line.target_text}") for number, line in enumerate(draft.lines, start=1)
    ]
    return [
        Finding(
            "absolute",
            f"“{word}” membuat target mutlak.",
            "Beri ruang untuk kekeliruan wajar, atau tulis alasannya.",
            number,
        )
        for number, text in texts
        if (word := absolute_word_in(text))
    ]


def is_a_day_missing(draft):
    """Is something to be handed over without a day? A service measured all year ends with the plan (page 51 no. 8)."""
    texts = [draft.statement, *(f"{line.statement} {line.target_text} {line.unit}" for line in draft.lines)]
    counted = [line for line in draft.lines if "quantity" in line.aspect.split("+")]
    products = any(is_a_product(line.unit) and not is_many(line) for line in counted)
    timed = any("time" in line.aspect.split("+") for line in draft.lines)
    return bool(draft.lines) and products and not timed and not names_a_time(*texts)


def is_many(line):
    """Twelve reports are one a month and four one a quarter; one or two have a day of their own."""
    try:
        return float(line.target_low) > 3
    except (TypeError, ValueError):
        return False


def between_results(drafts):
    """What is to be said about the results together, as (index, Finding)."""
    found = [
        (other, Finding("duplicate", f"Isinya sama dengan hasil kerja nomor {one + 1}."))
        for one, other in pairs_alike([draft.statement for draft in drafts])
    ]
    if len(drafts) > MOST_RESULTS:
        found.append(
            (
                None,
                Finding(
                    "too_many",
                    f"Ada {len(drafts)} hasil kerja.",
                    f"Pusatkan pada paling banyak {MOST_RESULTS} yang terpenting; sisanya bisa digabung.",
                ),
            )
        )
    return found


def draft_of(result):
    """A stored result, with its indicators, as the checks read it."""
    return Draft(
        statement=result.statement,
        lines=tuple(
            Line(one.statement, one.aspect, one.target_low, one.unit, one.target_text)
            for one in result.indicators.all()
            if one.withdrawn_on is None
        ),
        ground=result.absolute_ground,
    )
