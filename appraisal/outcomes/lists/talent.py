"""The nine boxes of talent: performance from the predikat, potential from an assessment that somebody entered.

What is missing stays missing: who has no predikat or no assessment that still counts stands in no box.
"""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from agencies.access.directory import searched
from ambon_kinerja.row_security import as_service
from appraisal.rulebook.outcome_rules import PERFORMANCE, POTENTIAL
from appraisal.rulebook.queries import values_on

from ..models import PotentialAssessment
from ..queries import staff_of
from ..rules import may_keep_outcomes, talent_units
from .performance import with_predikats
from .rows import PREDIKAT_WORDS, Row, place_of, work_by_person

RULES = ("talent_performance", "talent_boxes", "potential_years")
NO_PERFORMANCE, NO_POTENTIAL = "Belum ada predikat", "Belum ada asesmen potensi"
STATES = (("lengkap", "Ada di kotak"), ("belum", "Belum lengkap"))


@dataclass(frozen=True)
class Box:
    number: int
    performance: str
    potential: str
    count: int

    @property
    def words(self):
        performance, potential = dict(PERFORMANCE)[self.performance], dict(POTENTIAL)[self.potential]
        return f"Kinerja {performance.lower()}, potensial {potential.lower()}"


@dataclass(frozen=True)
class TalentList:
    word: str = "talenta"
    title: str = "Sembilan kotak talenta"
    intro: str = "Kinerja dari predikat tahunan, potensial dari hasil asesmen yang dicatat BKPSDM."
    default_state: str = ""

    looks_back = False
    needs = ("year", "box", "state", "unit", "text")
    states = STATES
    numbers = None  # the boxes say it
    things = "pegawai"

    def units(self, user):
        return talent_units(user)

    def columns(self, asked):
        return [f"Predikat {asked.year}", "Potensial", "Kotak"]

    def rules(self):
        return values_on(RULES, timezone.localdate())

    def placed(self, user, asked, rules):
        """Everybody of the reader's units with predikat_0 and potential ("" where there is none)."""
        today = timezone.localdate()
        people = searched(staff_of(self.units(user), today, unit=asked.unit), text=asked.text, day=today)
        oldest = today.replace(year=today.year - rules["potential_years"], day=min(today.day, 28))
        known = PotentialAssessment.objects.counting().filter(
            employee=OuterRef("pk"), assessed_on__gt=oldest, assessed_on__lte=today
        )
        known = known.order_by("-assessed_on", "-pk")
        return with_predikats(people, [asked.year]).annotate(
            potential=Coalesce(Subquery(known.values("potential")[:1]), Value(""))
        )

    def found(self, user, asked):
        rules = self.rules()
        people = self.placed(user, asked, rules)
        complete = ~Q(predikat_0="") & ~Q(potential="")
        if asked.box:
            people = people.filter(in_box(asked.box, rules))
        elif asked.state:
            people = people.filter(complete) if asked.state == "lengkap" else people.exclude(complete)
        return people.order_by("name", "pk")

    def boxes(self, user, asked):
        """([rows of Boxes, performance from above down], how many stand in no box): one query past the second wall."""
        rules = self.rules()
        counts, outside = {}, 0
        with self.reading():
            found = self.placed(user, asked, rules).order_by().values_list("predikat_0", "potential")
            found = list(found.annotate(number=Count("pk")))
        for predikat, potential, number in found:
            if not predikat or not potential:
                outside += number
                continue
            key = (rules["talent_performance"][predikat], potential)
            counts[key] = counts.get(key, 0) + number
        rows = [
            [
                Box(
                    rules["talent_boxes"][f"{performance}.{potential}"],
                    performance,
                    potential,
                    counts.get((performance, potential), 0),
                )
                for potential, _ in POTENTIAL
            ]
            for performance, _ in PERFORMANCE
        ]
        return rows, outside

    def reading(self):
        """The two above the agencies read no single result; of the boxes they see where each person stands."""
        return as_service()

    def rows(self, people, user, asked):
        with self.reading():
            people = list(people)
        held, rules, keeps = work_by_person(people), self.rules(), may_keep_outcomes(user)
        return [self.row(each, held.get(each.pk), rules, keeps) for each in people]

    def row(self, person, held, rules, keeps):
        post, unit = place_of(held)
        performance = rules["talent_performance"].get(person.predikat_0)
        box = rules["talent_boxes"].get(f"{performance}.{person.potential}")
        missing = [
            words
            for words, there in ((NO_PERFORMANCE, performance), (NO_POTENTIAL, person.potential))
            if not there
        ]
        links = (
            [("Catat potensial", reverse("appraisal:potential-record", args=[person.pk]))] if keeps else []
        )
        return Row(
            person,
            post,
            unit,
            [
                PREDIKAT_WORDS.get(person.predikat_0, "Belum ada"),
                dict(POTENTIAL).get(person.potential, "Belum ada"),
                str(box) if box else "Tidak ada",
            ],
            STATES[0][1] if box else STATES[1][1],
            "ok" if box else "warn",
            missing=". ".join(missing) + ("." if missing else ""),
            links=links,
        )


def in_box(number, rules):
    """The condition of one box: the predikats and the potential that lead to it."""
    condition = Q(pk__in=[])
    for name, box in rules["talent_boxes"].items():
        if box != number:
            continue
        performance, _, potential = name.partition(".")
        predikats = [code for code, axis in rules["talent_performance"].items() if axis == performance]
        condition |= Q(predikat_0__in=predikats, potential=potential)
    return condition
