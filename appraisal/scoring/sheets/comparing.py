"""The whole team of a leader side by side before he decides: who contributes to what, and how far each is rated."""

from collections import Counter
from dataclasses import dataclass, field

from django.core.paginator import Paginator
from django.db.models import Count
from django.utils import timezone

from agencies.people.reporting_line import subordinates_on
from appraisal.cascading.models import MatrixRole
from appraisal.monitoring.models import Evidence, Feedback
from appraisal.monitoring.queries import still_holds_at, within
from appraisal.planning.models import Skp, WorkResult

from ..matrix import Predikat, Rating
from ..models import Evaluation, ResultRating
from ..study_leave import predikat_of
from ..words import rating_words

PAGE = 25
NOT_YET = "Belum dinilai"


@dataclass
class Contribution:
    """One result of a person; `rating` is "" while the leader has not rated it."""

    statement: str
    rating: str = ""

    @property
    def rating_words(self):
        return Rating(self.rating).label if self.rating else "belum dinilai"


@dataclass
class Compared:
    """One person: `number` is his place in the order of rating ("4 dari 12"), None without an agreed plan."""

    employee: object
    number: int | None = None
    skp: Skp | None = None
    evaluation: Evaluation | None = None
    cells: list = field(default_factory=list)  # Contributions by column of the leader, in their order
    others: list = field(default_factory=list)  # Contributions to nothing of the leader
    roles: list = field(default_factory=list)  # what the matrix (form A.1.5) gives him
    evidence: int = 0
    feedback: int = 0

    @property
    def is_decided(self):
        return self.evaluation is not None and self.evaluation.state != Evaluation.State.DRAFT

    @property
    def suggested(self):
        return rating_words(self.evaluation and self.evaluation.suggested_rating)

    @property
    def work(self):
        return rating_words(self.evaluation and self.evaluation.work_rating)

    @property
    def behaviour(self):
        return rating_words(self.evaluation and self.evaluation.behaviour_rating)

    @property
    def predikat(self):
        return predikat_so_far(self.evaluation)


@dataclass
class Comparison:
    columns: list  # the leader's own results, as WorkResults
    page: object
    total: int  # how many can be rated
    counts: list  # [(Predikat or None while open, its words, how many of the team)]
    matrix: bool  # there is a matrix of roles and results


def predikat_so_far(evaluation):
    """The Predikat that stands, or that the draft leads to; None while a rating is missing."""
    if evaluation is None:
        return None
    if evaluation.predikat:
        return Predikat(evaluation.predikat)
    if not evaluation.work_rating or not evaluation.behaviour_rating:
        return None
    return predikat_of(evaluation)


def plans_in_order(person, period):
    """The plans that can be rated, in the one order of the team: by name."""
    team = subordinates_on(person, timezone.localdate())
    plans = Skp.objects.on(period.ends_on).filter(employee__in=team.values("pk"), state=Skp.State.AGREED)
    return plans.select_related("employee", "unit").order_by("employee__name", "employee")


def compared(person, period, number):
    """The Comparison of `person`'s team in a period; a fixed number of queries however large it is."""
    team = subordinates_on(person, timezone.localdate()).order_by("name", "pk")
    page = Paginator(team, PAGE).get_page(number)
    people = [Compared(employee) for employee in page.object_list]
    order = list(plans_in_order(person, period).values_list("employee", "pk"))
    places = {employee: place for place, (employee, _) in enumerate(order, start=1)}
    evaluations = {
        each.skp_id: each
        for each in Evaluation.objects.living()
        .filter(skp__in=[plan for _, plan in order], period=period)
        .defer("receipt", "note", "behaviour_reason", "work_reason")
    }
    shown = [row.employee.pk for row in people]
    plans = {plan.employee_id: plan for plan in plans_in_order(person, period).filter(employee__in=shown)}
    columns = results_of_leader(person, period)
    for row in people:
        row.number, row.skp = places.get(row.employee.pk), plans.get(row.employee.pk)
        row.evaluation = evaluations.get(row.skp.pk) if row.skp else None
    fill_contributions(people, columns, period, [each.pk for each in evaluations.values()])
    has_matrix = fill_roles(people, person, period)
    fill_counts(people, period)
    page.object_list = people
    return Comparison(columns, page, len(order), distribution(order, evaluations), has_matrix)


def results_of_leader(person, period):
    plans = Skp.objects.on(period.ends_on).filter(employee=person)
    return list(
        WorkResult.objects.filter(still_holds_at(period), skp__in=plans).order_by("-kind", "position", "pk")
    )


def fill_contributions(people, columns, period, evaluations):
    rows = {row.skp.pk: row for row in people if row.skp}
    ratings = dict(
        ResultRating.objects.filter(evaluation__in=evaluations, result__skp__in=rows).values_list(
            "result", "rating"
        )
    )
    place = {column.pk: number for number, column in enumerate(columns)}
    for row in people:
        row.cells = [[] for _ in columns]
    for result in WorkResult.objects.filter(still_holds_at(period), skp__in=rows).order_by(
        "-kind", "position", "pk"
    ):
        row, said = rows[result.skp_id], Contribution(result.statement, ratings.get(result.pk, ""))
        if result.parent_id in place:
            row.cells[place[result.parent_id]].append(said)
        else:
            row.others.append(said)


def fill_roles(people, person, period):
    """What the leader's matrix of roles and results gives each; returns whether there is one."""
    rows = {row.employee.pk: row for row in people}
    roles = MatrixRole.objects.filter(
        row__matrix__leader=person, row__matrix__year=period.year, row__employee__in=rows
    )
    for role in roles.select_related("row", "above").order_by("row", "position", "pk"):
        rows[role.row.employee_id].roles.append(role)
    return any(row.roles for row in people)


def fill_counts(people, period):
    rows = {row.skp.pk: row for row in people if row.skp}
    gathered = within(period)
    found = Evidence.objects.filter(gathered, result__skp__in=rows).order_by()
    evidence = dict(found.values("result__skp").annotate(n=Count("pk")).values_list("result__skp", "n"))
    said = Feedback.objects.filter(gathered, skp__in=rows).order_by()
    feedback = dict(said.values("skp").annotate(n=Count("pk")).values_list("skp", "n"))
    for key, row in rows.items():
        row.evidence, row.feedback = evidence.get(key, 0), feedback.get(key, 0)


def distribution(order, evaluations):
    """How many of the whole team stand where, drafts among them; best first, who is open last."""
    counted = Counter(predikat_so_far(evaluations.get(plan)) for _, plan in order)
    known = [(predikat, predikat.label, counted[predikat]) for predikat in Predikat]
    return [*known, (None, NOT_YET, counted[None])]
