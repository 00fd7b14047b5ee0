"""Lists that ask for a predikat in each of the last years: promotion, renewal, raise, succession, rewards."""

from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from agencies.access.directory import searched
from agencies.people.models import Employee
from appraisal.cycle.models import Period
from appraisal.rulebook.outcome_rules import PREDIKATS
from appraisal.rulebook.queries import value_on
from appraisal.scoring.models import Evaluation

from ..account import totals_of
from ..credit import standing
from ..lines import tables_on
from ..models import PastResult, RewardProposal
from ..queries import office_units, staff_of
from ..served import FUNCTIONAL, KNOWN_LEVELS
from .rows import PREDIKAT_WORDS, Row, basis_words, place_of, work_by_person

CODES = [code for code, _ in PREDIKATS]  # best first
STATES = (("ya", "Memenuhi syarat kinerja"), ("tidak", "Tidak memenuhi"), ("belum", "Belum lengkap"))
Kind = Employee.Kind


def annual_of(year):
    """The decided annual evaluation of the outer employee that counts for `year`: of the plan of its last day."""
    return (
        Evaluation.objects.decided()
        .filter(skp__employee=OuterRef("pk"), period__year=year, period__cadence=Period.Cadence.ANNUAL)
        .order_by("-skp__starts_on")
    )


def with_predikats(people, years):
    """`people` with predikat_0, predikat_1 … and evaluation_0 … for `years`: own results first, then recorded ones."""
    found = {}
    for place, year in enumerate(years):
        past = PastResult.objects.counting().filter(employee=OuterRef("pk"), year=year)
        found[f"evaluation_{place}"] = Subquery(annual_of(year).values("pk")[:1])
        found[f"predikat_{place}"] = Coalesce(
            Subquery(annual_of(year).values("predikat")[:1]),
            Subquery(past.values("predikat")[:1]),
            Value(""),
        )
    return people.annotate(**found)


def at_least(predikat):
    """The codes that are not below `predikat`."""
    return CODES[: CODES.index(predikat) + 1]


def in_state(people, state, places, enough):
    """Those of `people` (with_predikats) who meet the rule, do not, or lack a year."""
    lower = Q()
    for place in places:
        lower |= Q(**{f"predikat_{place}__in": [code for code in CODES if code not in enough]})
    if state == "ya":
        return people.filter(**{f"predikat_{place}__in": enough for place in places})
    if state == "tidak":
        return people.filter(lower)
    if state == "belum":
        absent = Q()
        for place in places:
            absent |= Q(**{f"predikat_{place}": ""})
        return people.filter(absent).exclude(lower)
    return people


@dataclass(frozen=True)
class PerformanceList:
    word: str
    title: str
    intro: str
    rule: str
    kinds: tuple
    asks_credit: bool = False
    offers_reward: bool = False
    default_state: str = ""

    looks_back = True  # over several years, the one asked for being the last
    needs = ("year", "state", "unit", "text")
    states = STATES
    things = "pegawai"

    def units(self, user):
        return office_units(user)

    def requirement(self, asked):
        """(years, the newest first; the codes that suffice; the lowest of them in words) by the rule of today."""
        rule = value_on(self.rule, timezone.localdate())
        years = [asked.year - back for back in range(rule["years"])]
        return years, at_least(rule["least"]), PREDIKAT_WORDS[rule["least"]]

    def reading(self):
        return nullcontext()

    def columns(self, asked):
        years, _, _ = self.requirement(asked)
        credit = ["Angka kredit"] if self.asks_credit else []
        return [*(f"Predikat {year}" for year in years), *credit]

    def people(self, user, asked, years):
        today = timezone.localdate()
        people = staff_of(self.units(user), today, unit=asked.unit).filter(kind__in=self.kinds)
        return with_predikats(searched(people, text=asked.text, day=today), years)

    def found(self, user, asked):
        """The queryset in the order of the list."""
        years, enough, _ = self.requirement(asked)
        people = self.people(user, asked, years)
        return in_state(people, asked.state, range(len(years)), enough).order_by("name", "pk")

    def numbers(self, user, asked):
        """{state in words: how many}, whatever state is asked for, by the words that stand in the rows. One query."""
        years, enough, least = self.requirement(asked)
        names = [f"predikat_{place}" for place in range(len(years))]
        people = self.people(user, asked, years).order_by().values_list(*names)
        numbers = Counter()
        for *found, number in people.annotate(number=Count("pk")):
            numbers[judged(years, found, enough, least)[0]] += number
        return numbers

    def rows(self, people, user, asked):
        """Seven queries at most, for any number."""
        people = list(people)
        years, enough, least = self.requirement(asked)
        held = work_by_person(people)
        evaluations = self.evaluations(people, len(years))
        past = self.past(people, years)
        credit = self.credit(people, held) if self.asks_credit else {}
        proposed = self.proposed(people, asked) if self.offers_reward else {}
        return [
            self.row(person, held.get(person.pk), years, enough, least, evaluations, past, credit, proposed)
            for person in people
        ]

    def row(self, person, held, years, enough, least, evaluations, past, credit, proposed):
        found = [getattr(person, f"predikat_{place}") for place in range(len(years))]
        post, unit = place_of(held)
        status, kind, why, missing = judged(years, found, enough, least)
        cells, basis = [], []
        for place, (year, predikat) in enumerate(zip(years, found, strict=True)):
            evaluation = evaluations.get(getattr(person, f"evaluation_{place}"))
            words = PREDIKAT_WORDS.get(predikat, "Belum ada")
            source = past.get((person.pk, year)) if predikat and evaluation is None else None
            cells.append(f"{words} (dari luar sistem)" if source else words)
            basis += [basis_words(evaluation)] if evaluation else []
            basis += [f"{year} dari luar sistem: {source}"] if source else []
        if self.asks_credit:
            words, lacking = credit.get(person.pk, ("", ""))
            cells.append(words or "Bukan pejabat fungsional")
            missing = " ".join(filter(None, [missing, lacking]))
        links = [("Riwayat", reverse("appraisal:history-of", args=[person.pk]))]
        if self.offers_reward:
            links += self.reward_links(person, proposed, kind)
        return Row(person, post, unit, cells, status, kind, why, missing, "; ".join(basis), links)

    def reward_links(self, person, proposed, kind):
        if person.pk in proposed:
            address = f"{reverse('appraisal:reward-list')}#usulan-{proposed[person.pk]}"
            return [("Sudah diusulkan", address)]
        if kind == "ok" and person.evaluation_0:
            return [("Usulkan penghargaan", reverse("appraisal:reward-propose", args=[person.pk]))]
        return []

    def evaluations(self, people, places):
        keys = {getattr(each, f"evaluation_{place}") for each in people for place in range(places)} - {None}
        found = Evaluation.objects.filter(pk__in=keys).select_related("period")
        return found.only("revision", "receipt_sha256", "period").in_bulk()

    def past(self, people, years):
        rows = PastResult.objects.counting().filter(employee__in=[each.pk for each in people], year__in=years)
        return {(row.employee_id, row.year): row.source for row in rows}

    def proposed(self, people, asked):
        rows = RewardProposal.objects.filter(
            employee__in=[each.pk for each in people], year=asked.year, withdrawn_at=None
        )
        return dict(rows.values_list("employee", "pk"))

    def credit(self, people, held):
        """{employee pk: (how the credit stands, what is missing)} of the functional officials."""
        levels = {
            person.pk: work.post.level
            for person in people
            if (work := held.get(person.pk))
            and work.post.kind in FUNCTIONAL
            and work.post.level in KNOWN_LEVELS
        }
        totals, tables = totals_of(levels), tables_on(timezone.localdate())
        return {
            person.pk: credit_words(
                standing(
                    level=levels[person.pk], rank=person.rank, total=totals[person.pk], tables=tables
                ).for_rank
            )
            for person in people
            if person.pk in levels
        }


def credit_words(balance):
    total = comma(balance.total)
    if balance.need is None:
        return total, ""
    if balance.is_enough:
        return f"{total} dari {comma(balance.need)}", ""
    return f"{total} dari {comma(balance.need)}", f"Angka kredit kurang {comma(-balance.surplus)}."


def comma(number):
    return f"{number:.2f}".replace(".", ",")


def judged(years, found, enough, least):
    """(status, kind, why, missing) of one row."""
    absent = [year for year, predikat in zip(years, found, strict=True) if not predikat]
    lower = [
        f"{year} {PREDIKAT_WORDS[predikat]}"
        for year, predikat in zip(years, found, strict=True)
        if predikat and predikat not in enough
    ]
    missing = f"Predikat {listed_words(absent)} belum ditetapkan." if absent else ""
    if lower:
        why = f"Di bawah {least}: {', '.join(lower)}."
        return STATES[1][1], "stop", why, missing
    if absent:
        return STATES[2][1], "warn", f"Diminta paling rendah {least} setiap tahun.", missing
    return STATES[0][1], "ok", f"Paling rendah {least} pada {listed_words(years)}.", ""


def listed_words(years):
    return " dan ".join(str(year) for year in sorted(years))


PERFORMANCE_LISTS = (
    PerformanceList(
        "kenaikan-pangkat",
        "Kenaikan pangkat",
        "Syarat kinerjanya saja. Masa kerja dan syarat lain diperiksa di luar sistem ini.",
        "promotion_requirement",
        (Kind.PNS,),
        asks_credit=True,
    ),
    PerformanceList(
        "perpanjangan-pppk",
        "Perpanjangan PPPK",
        "Syarat kinerjanya saja. Akhir perjanjian kerja tidak dicatat di sistem ini.",
        "renewal_requirement",
        (Kind.PPPK, Kind.PPPK_PART_TIME),
    ),
    PerformanceList(
        "kenaikan-gaji-berkala",
        "Kenaikan gaji berkala",
        "Syarat kinerjanya saja. Jatuh tempo kenaikan gaji tidak dicatat di sistem ini.",
        "raise_requirement",
        (Kind.PNS, Kind.CPNS, Kind.PPPK, Kind.PPPK_PART_TIME),
    ),
    PerformanceList(
        "suksesi",
        "Prioritas rencana suksesi",
        "Bahan pertimbangan kelompok rencana suksesi. Keputusan ada pada pejabat yang berwenang.",
        "succession_requirement",
        (Kind.PNS,),
        default_state="ya",
    ),
    PerformanceList(
        "penghargaan",
        "Usulan penghargaan",
        "Anda mengusulkan; Pejabat Pembina Kepegawaian memutuskan (pasal 31).",
        "reward_requirement",
        (Kind.PNS, Kind.CPNS, Kind.PPPK, Kind.PPPK_PART_TIME),
        offers_reward=True,
        default_state="ya",
    ),
)
