"""The survey report of a unit and a quarter in the official outline, Bab I to V (PermenPANRB 14/2017), as data.

Whoever makes a document of it needs nothing else. Every figure is a published one; the plan of action comes from a
later room through settings.SURVEY_FOLLOW_UPS: (unit, quarter) → [PlannedStep].
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.utils.module_loading import import_string

from agencies.structure.queries import agency_of
from ambon_kinerja.charts import in_words
from feedback.citizens import profile
from feedback.citizens.models import SurveyResponse
from feedback.citizens.queries import questionnaire_on, set_aside_counts

from .disclosure import LEAST_PEOPLE, rounded_count
from .published.pages import lock_of, sample_of, services_with_results, shown_for, trend
from .queries import changes_after, profile_counts, profiles_by_unit

NOT_TOLD = "Tidak disebutkan"
TOGETHER = "Lainnya (digabung)"


@dataclass(frozen=True)
class Introduction:
    """Bab I: why, on what basis, for what."""

    unit: object
    agency: object
    quarter: object
    legal_basis: tuple
    purposes: tuple


@dataclass(frozen=True)
class Collection:
    """Bab II: who asked, how, when, and how many were needed. `ways`: [(way, respondents rounded or None)]."""

    start: date
    end: date
    questionnaire: str
    questions: tuple
    ways: tuple
    sample: object
    not_counted: int
    reasons: tuple


@dataclass(frozen=True)
class ProfilePart:
    """`rows`: [(words, respondents rounded to five)]; what is below ten is put together, or not told.

    Of a unit with others below it they are the sums of what is told of each by itself.
    """

    title: str
    rows: tuple


@dataclass(frozen=True)
class Results:
    """Bab III: who answered, the index of the unit, of each element and of each service."""

    profile: tuple
    shown: object
    elements: tuple
    services: tuple


@dataclass(frozen=True)
class PlannedStep:
    """One line of the plan of action: a lowest element, what is done, by when, by whom, what became of it."""

    element: str
    index: Decimal | None
    programme: str
    until: str
    responsible: str
    state: str = ""


@dataclass(frozen=True)
class Analysis:
    """Bab IV: the strongest and weakest elements, the trend, and the plan of action."""

    strongest: tuple
    weakest: tuple
    trend: tuple
    plan: tuple
    earlier_plan: tuple


@dataclass(frozen=True)
class Conclusion:
    """Bab V: sentences."""

    sentences: tuple


@dataclass(frozen=True)
class Annex:
    """What the result rests on: the hash of the data, who locked it when, what changed later."""

    sha256: str
    locked_at: object
    came_late: int
    withdrawn: int


@dataclass(frozen=True)
class SurveyReport:
    introduction: Introduction
    collection: Collection
    results: Results
    analysis: Analysis
    conclusion: Conclusion
    annex: Annex | None


def survey_report(unit, quarter):
    """The SurveyReport of a unit with all below it. Before the lock it says so and tells no figures of persons."""
    lock, shown = lock_of(quarter), shown_for(quarter, unit=unit)
    within = {"unit": unit, "start": quarter.start, "end": quarter.end}
    sample = sample_of(quarter, shown, unit=unit)
    lines = sorted(shown.figure["elements"] or (), key=lambda line: (-Decimal(line["index"]), line["label"]))
    return SurveyReport(
        introduction=Introduction(unit, agency_of(unit), quarter, BASIS, PURPOSES),
        collection=collection(quarter, sample, within, is_final=lock is not None),
        results=Results(
            profile=profiles(within) if lock else (),
            shown=shown,
            elements=tuple(shown.figure["elements"] or ()),
            services=tuple(services_with_results(unit, quarter)) if lock else (),
        ),
        analysis=Analysis(
            strongest=tuple(lines[:3]),
            weakest=tuple(shown.lowest),
            trend=tuple(trend(unit=unit)),
            plan=planned(unit, quarter),
            earlier_plan=planned(unit, quarter.preceding()),
        ),
        conclusion=Conclusion(tuple(sentences(unit, quarter, shown, sample))),
        annex=Annex(lock.sha256, lock.locked_at, *changes_after(lock)) if lock else None,
    )


BASIS = (
    "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik",
    "Peraturan Menteri PANRB Nomor 14 Tahun 2017 tentang Pedoman Penyusunan Survei Kepuasan Masyarakat"
    " Unit Penyelenggara Pelayanan Publik",
)
PURPOSES = (
    "mengetahui kepuasan warga terhadap pelayanan unit",
    "menemukan unsur pelayanan yang paling perlu diperbaiki",
    "menjadi dasar rencana tindak lanjut yang dapat diperiksa warga",
)


def collection(quarter, sample, within, *, is_final):
    questionnaire = questionnaire_on(quarter.end)
    aside = set_aside_counts(**within)
    ways = profile_counts("mode", **within) if is_final else {}
    return Collection(
        start=quarter.start,
        end=quarter.end,
        questionnaire=questionnaire.name if questionnaire else "",
        questions=tuple(question.text for question in questionnaire.questions.all()) if questionnaire else (),
        ways=tuple((mode.label, rounded_count(ways[mode])) for mode in SurveyResponse.Mode if ways.get(mode)),
        sample=sample,
        not_counted=aside.not_counted,
        reasons=tuple(aside.by_reason.items()),
    )


def profiles(within):
    parts = (
        ("Jenis kelamin", "sex", profile.SEXES),
        ("Usia", "age_band", profile.AGE_BANDS),
        ("Pendidikan", "education", profile.EDUCATION),
        ("Pekerjaan", "occupation", profile.OCCUPATIONS),
    )
    return tuple(
        ProfilePart(
            title,
            summed_rows([profile_rows(own, choices) for own in profiles_by_unit(field, **within)], choices),
        )
        for title, field, choices in parts
    )


def summed_rows(told, choices):
    """What is told of the units one by one, added up.

    Counted anew over all of them the groups would be larger, and the report of a unit could be subtracted from that of
    the unit above: what is left may be a single person.
    """
    sums = Counter()
    for rows in told:
        sums.update(dict(rows))
    order = [*(label for _, label in choices), NOT_TOLD, TOGETHER]
    return tuple((label, sums[label]) for label in order if label in sums)


def profile_rows(counts, choices):
    """Groups of ten and more, rounded to five; the smaller ones together, with the next one if still too few.

    Nothing where one group would stand alone: beside the number of respondents it would say that everybody is in it.
    """
    words = [(code, label) for code, label in [*choices, ("", NOT_TOLD)] if counts.get(code)]
    told = [(label, counts[code]) for code, label in words if counts[code] >= LEAST_PEOPLE]
    small = sum(counts[code] for code, _ in words if counts[code] < LEAST_PEOPLE)
    if 0 < small < LEAST_PEOPLE and told:
        smallest = min(told, key=lambda row: row[1])
        told.remove(smallest)
        small += smallest[1]
    rows = [(label, rounded_count(count)) for label, count in told]
    if small >= LEAST_PEOPLE:
        rows.append((TOGETHER, rounded_count(small)))
    return tuple(rows) if len(rows) > 1 else ()


def planned(unit, quarter):
    """What a later room has planned for the unit's lowest elements; nothing where no room brings it."""
    name = getattr(settings, "SURVEY_FOLLOW_UPS", "")
    return tuple(import_string(name)(unit, quarter)) if name else ()


def sentences(unit, quarter, shown, sample):
    figure = shown.figure
    if not shown.is_final:
        yield f"Hasil {quarter} untuk {unit.name} belum dikunci, maka laporan ini masih sementara."
    elif shown.is_graded:
        bound = "sedikitnya " if figure.get("at_least") else ""
        index = str(shown.index).replace(".", ",")
        yield (
            f"Indeks Kepuasan Masyarakat {unit.name} pada {quarter} adalah {bound}{index}: {shown.headline},"
            f" dari {figure['respondents']} responden."
        )
    else:
        yield f"{unit.name} pada {quarter}: {shown.headline.lower()}. {shown.explanation}"
    if shown.lowest:
        names = "; ".join(line["label"] for line in shown.lowest)
        yield f"Tiga unsur terendah: {names}."
    if sample and not sample.is_enough:
        needed, users = in_words(sample.needed), in_words(sample.users)
        yield f"Responden belum mencapai {needed} orang, jumlah yang diperlukan untuk {users} pengguna."
