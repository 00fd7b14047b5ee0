"""The people an official appraises today and how far each of them is."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from agencies.careers.models import HandoverNote
from agencies.people.models import Assignment
from agencies.people.reporting_line import subordinates_on
from appraisal.planning.models import Skp

from .models import Evaluation

PAGE = 25
NOT_YET = "Belum dinilai"


@dataclass
class Member:
    """One row of the team page; `skp` is None while there is no plan."""

    employee: object
    post: str = ""
    skp: Skp | None = None
    came: HandoverNote | None = None  # from where he moved here this year

    @property
    def is_agreed(self):
        return self.skp is not None and self.skp.state == Skp.State.AGREED

    @property
    def evaluation(self):
        return self.skp.evaluation_pk if self.skp else None

    @property
    def state(self):
        return self.skp.evaluation_state if self.skp else None

    @property
    def is_decided(self):
        return self.state in (Evaluation.State.FINAL, Evaluation.State.ACKNOWLEDGED)

    @property
    def is_reopened(self):
        """A revision under way whose days are running, also after the window has closed."""
        until = self.skp.evaluation_open_until if self.skp else None
        return until is not None and not self.is_decided and timezone.localdate() <= until

    @property
    def state_words(self):
        return Evaluation.State(self.state).label if self.state else NOT_YET


def plans_with_state(period):
    """The plans in force at the end of the period, each with key, state and open days of the evaluation that counts."""
    evaluation = Evaluation.objects.living().filter(skp=OuterRef("pk"), period=period)
    return Skp.objects.on(period.ends_on).annotate(
        evaluation_pk=Subquery(evaluation.values("pk")[:1]),
        evaluation_state=Subquery(evaluation.values("state")[:1]),
        evaluation_open_until=Subquery(evaluation.values("open_until")[:1]),
    )


def team_page(person, period, number):
    """A Page of Members in the order of their names; five queries however many there are."""
    today = timezone.localdate()
    page = Paginator(subordinates_on(person, today).order_by("name", "pk"), PAGE).get_page(number)
    people = list(page.object_list)
    posts = {
        held.employee_id: str(held.post.name)
        for held in Assignment.objects.on(today)
        .filter(employee__in=people, kind=Assignment.Kind.DEFINITIVE)
        .select_related("post")
    }
    plans = (
        {plan.employee_id: plan for plan in plans_with_state(period).filter(employee__in=people)}
        if period
        else {}
    )
    moves = moves_to(person, people, today)
    page.object_list = [
        Member(each, posts.get(each.pk, ""), plans.get(each.pk), moves.get(each.pk)) for each in people
    ]
    return page


def moves_to(person, people, today):
    """{employee pk: the last HandoverNote by which he came to `person` this year}."""
    notes = HandoverNote.objects.filter(
        employee__in=people, new_appraiser=person, moved_on__year=today.year, moved_on__lte=today
    )
    notes = notes.exclude(old_appraiser=person).select_related("from_post__unit")
    return {note.employee_id: note for note in notes.order_by("moved_on", "pk")}


def next_to_score(person, period, *, after=None):
    """(Member, its number, how many plans can be scored), going round after `after`; Member None when all are done."""
    team = subordinates_on(person, timezone.localdate())
    plans = plans_with_state(period).filter(employee__in=team.values("pk"), state=Skp.State.AGREED)
    members = [
        Member(plan.employee, plan.post_name, plan)
        for plan in plans.select_related("employee").order_by("employee__name", "employee")
    ]
    start = next((place for place, member in enumerate(members) if member.employee.pk == after), -1)
    order = [(place % len(members)) for place in range(start + 1, start + 1 + len(members))]
    for place in order:
        if not members[place].is_decided:
            return members[place], place + 1, len(members)
    return None, 0, len(members)
