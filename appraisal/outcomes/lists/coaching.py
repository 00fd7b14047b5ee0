"""Who needs help: every decided result below Baik, with what was arranged since."""

from contextlib import nullcontext
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from agencies.access.directory import searched
from agencies.access.scope import employee_of
from agencies.people.models import Employee
from agencies.people.reporting_line import subordinates_on
from appraisal.guidance.models import CompetenceScore, Guidance
from appraisal.guidance.queries import visible_guidances

from ..queries import office_units, to_help, working_in
from .rows import PREDIKAT_WORDS, Row, basis_words, place_of, work_by_person

ADEQUATE = 3  # "Memadai" on the scale of form B.1.9
GUIDED, NOT_GUIDED = "Sudah dibimbing", "Belum ada bimbingan"
STATES = (("belum", NOT_GUIDED), ("sudah", GUIDED))


def active_guidances(user):
    """What of guidance the reader may know, but what was declined or cancelled."""
    return visible_guidances(user).exclude(state__in=(Guidance.State.DECLINED, Guidance.State.CANCELLED))


@dataclass(frozen=True)
class CoachingList:
    word: str = "pembinaan"
    title: str = "Kebutuhan bimbingan"
    intro: str = (
        "Setiap hasil Butuh Perbaikan ke bawah, dengan bimbingan dan pengembangan kompetensi sesudahnya."
    )
    default_state: str = ""

    looks_back = False
    needs = ("year", "state", "unit", "text")
    states = STATES
    things = "hasil"

    def units(self, user):
        return office_units(user)

    def reading(self):
        return nullcontext()

    def columns(self, asked):
        return ["Periode", "Predikat", "Kompetensi di bawah memadai"]

    def results(self, user, asked):
        """All of the year with `is_guided`: guidance that the reader may know of began after the result."""
        since = active_guidances(user).filter(
            employee=OuterRef("skp__employee"), opened_at__gte=OuterRef("finalised_at")
        )
        results = to_help(user).filter(period__year=asked.year)
        today = timezone.localdate()
        if asked.unit is not None:
            results = results.filter(skp__employee__in=working_in([asked.unit], today))
        if asked.text:
            named = searched(Employee.objects.all(), text=asked.text, day=today)
            results = results.filter(skp__employee__in=named.values("pk"))
        return results.annotate(is_guided=Exists(since))

    def found(self, user, asked):
        results = self.results(user, asked)
        if asked.state:
            results = results.filter(is_guided=asked.state == "sudah")
        return results.order_by("-finalised_at", "-pk")

    def numbers(self, user, asked):
        """{state in words: how many}, whatever state is asked for. One query."""
        results = self.results(user, asked).order_by().values_list("is_guided").annotate(number=Count("pk"))
        return {GUIDED if is_guided else NOT_GUIDED: number for is_guided, number in results}

    def rows(self, results, user, asked):
        """Six queries for any number."""
        results = list(results)
        people = {each.skp.employee_id: each.skp.employee for each in results}
        held = work_by_person(people.values())
        guidances = self.guidances(user, people)
        weak = self.weak_competences(user, people)
        person = employee_of(user)
        team = set()
        if person is not None:
            mine = subordinates_on(person, timezone.localdate()).filter(pk__in=list(people))
            team = set(mine.values_list("pk", flat=True))
        return [
            self.row(each, held.get(each.skp.employee_id), guidances, weak, each.skp.employee_id in team)
            for each in results
        ]

    def guidances(self, user, people):
        """{employee pk: [Guidance]} of what the reader may know, the newest first."""
        found = {}
        for each in active_guidances(user).filter(employee__in=list(people)):
            found.setdefault(each.employee_id, []).append(each)
        return {key: sorted(each, key=lambda one: one.opened_at, reverse=True) for key, each in found.items()}

    def weak_competences(self, user, people):
        """{employee pk: names of the competences scored below "Memadai"}."""
        known = visible_guidances(user).filter(employee__in=list(people)).values("pk")
        scores = CompetenceScore.objects.filter(
            score__lt=ADEQUATE, review__sent_at__isnull=False, review__guidance__in=known
        ).order_by("-review__sent_at", "position")
        found = {}
        for employee, name in scores.values_list("review__guidance__employee", "name"):
            names = found.setdefault(employee, [])
            if name not in names:
                names.append(name)
        return found

    def row(self, result, held, guidances, weak, is_in_team):
        person = result.skp.employee
        since = [each for each in guidances.get(person.pk, []) if each.opened_at >= result.finalised_at]
        links = [("Buka hasil", reverse("appraisal:evaluation-detail", args=[result.pk]))]
        if since:
            links.append(("Buka bimbingan", reverse("appraisal:guidance-detail", args=[since[0].pk])))
        elif is_in_team:
            links.append(("Atur bimbingan", reverse("appraisal:guidance-open", args=[person.pk])))
        post, unit = place_of(held)
        predikat = PREDIKAT_WORDS[result.predikat]
        return Row(
            person,
            post,
            unit,
            [str(result.period), predikat, ", ".join(weak.get(person.pk, [])) or "Belum dievaluasi"],
            f"{GUIDED}: {since[0].get_state_display().lower()}" if since else NOT_GUIDED,
            "ok" if since else "warn",
            f"{predikat} pada {result.period}.",
            "" if since else "Bimbingan atau pengembangan kompetensi sesudah hasil ini.",
            basis_words(result),
            links,
        )
