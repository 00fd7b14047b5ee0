"""The factor of each employee in a month: the predikat of the newest period that has ended, through the table."""

from calendar import monthrange
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from agencies.access.directory import searched
from appraisal.cycle.models import Period
from appraisal.rulebook.queries import value_on
from appraisal.scoring.models import Evaluation

from ..queries import office_units, staff_of
from .rows import PREDIKAT_WORDS, Row, basis_words, place_of, work_by_person

STATES = (("ada", "Ada faktor"), ("belum", "Belum ada"))


def last_day(month):
    return month.replace(day=monthrange(month.year, month.month)[1])


def period_for(month):
    """The newest month or quarter that has ended by the end of `month`, or None."""
    ended = Period.objects.periodic().filter(ends_on__lte=last_day(month))
    return ended.order_by("-ends_on").first()


def factors_on(day):
    """{predikat: percent} in force."""
    return value_on("allowance_factor", day)


@dataclass(frozen=True)
class AllowanceList:
    word: str = "faktor-tunjangan"
    title: str = "Faktor tunjangan"
    intro: str = "Hanya faktor menurut predikat. Besaran uang tidak dihitung di sistem ini."
    default_state: str = ""

    needs = ("month", "state", "unit", "text")
    states = STATES
    things = "pegawai"

    def units(self, user):
        return office_units(user)

    def reading(self):
        return nullcontext()

    def columns(self, asked):
        return ["Periode", "Predikat", "Faktor"]

    def people(self, user, asked):
        day, period = last_day(asked.month), period_for(asked.month)
        people = searched(staff_of(self.units(user), day, unit=asked.unit), text=asked.text, day=day)
        decided = Evaluation.objects.decided().filter(skp__employee=OuterRef("pk"), period=period)
        return people.annotate(
            evaluation_0=Subquery(decided.values("pk")[:1]),
            predikat_0=Coalesce(Subquery(decided.values("predikat")[:1]), Value("")),
        )

    def found(self, user, asked):
        people = self.people(user, asked)
        if asked.state:
            absent = Q(predikat_0="")
            people = people.filter(absent) if asked.state == "belum" else people.exclude(absent)
        return people.order_by("name", "pk")

    def numbers(self, user, asked):
        """{state in words: how many}, whatever state is asked for. One query."""
        people = self.people(user, asked).order_by().values_list("predikat_0")
        numbers = Counter()
        for predikat, number in people.annotate(number=Count("pk")):
            numbers[STATES[0 if predikat else 1][1]] += number
        return numbers

    def rows(self, people, user, asked):
        """Five queries for any number."""
        people, day, period = list(people), last_day(asked.month), period_for(asked.month)
        held, factors = work_by_person(people, day), factors_on(day)
        keys = [each.evaluation_0 for each in people if each.evaluation_0]
        evaluations = Evaluation.objects.filter(pk__in=keys).select_related("period")
        evaluations = evaluations.only("revision", "receipt_sha256", "period").in_bulk()
        return [
            self.row(each, held.get(each.pk), period, factors, evaluations.get(each.evaluation_0))
            for each in people
        ]

    def row(self, person, held, period, factors, evaluation):
        post, unit = place_of(held)
        name = str(period) if period else "Belum ada periode yang berakhir"
        if evaluation is None:
            lacking = f"Penilaian {name} belum ditetapkan." if period else f"{name}."
            return Row(
                person, post, unit, [name, "Belum ada", "Belum ada"], STATES[1][1], "warn", missing=lacking
            )
        return Row(
            person,
            post,
            unit,
            [name, PREDIKAT_WORDS[person.predikat_0], f"{factors[person.predikat_0]}%"],
            STATES[0][1],
            "ok",
            f"Predikat {PREDIKAT_WORDS[person.predikat_0]}.",
            basis=basis_words(evaluation),
            links=[("Buka hasil", reverse("appraisal:evaluation-detail", args=[evaluation.pk]))],
        )
