"""Which questionnaire is asked, and what anybody may know of what was set aside."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import CharField, Count, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from agencies.people.models import Assignment
from feedback.services.queries import managed_services

from .elements import Element, Kind
from .models import Mark, Questionnaire, ReleasedComment, SetAside, SurveyAnswer, SurveyResponse

PLACES = {key: number for number, key in enumerate(Element.values)}  # in the annex


def in_force(service):
    """SQL for the questionnaire in force on `day`: of the kind of the service once there is one, else the general one.

    `service` is the SQL for its key. Parameters of the statement: day, general.
    """
    return f"""
        SELECT * FROM feedback_questionnaire
        WHERE valid_from <= %(day)s AND kind IN (
            SELECT %(general)s
            UNION ALL
            SELECT kind FROM feedback_servicekind WHERE service_id = {service}
        )
        ORDER BY kind = %(general)s, valid_from DESC
        LIMIT 1
    """  # noqa: S608


def questionnaire_on(day, service=None):
    """The questionnaire in force on `day`, for a `service` or in general, with its questions; None before the first."""
    values = {"day": day, "general": Kind.GENERAL, "service": service and service.pk}
    found = Questionnaire.objects.raw(in_force("%(service)s"), values).prefetch_related("questions")
    return next(iter(found), None)


def elements_of(questionnaire):
    """{key: label} of what a questionnaire asks, in annex order.

    A local element stands where the official one it replaces would stand; further ones follow in their own order.
    """
    questions = sorted(
        questionnaire.questions.all(),
        key=lambda each: (PLACES.get(each.replaces or each.element, len(PLACES)), each.position),
    )
    return {question.element: question.label for question in questions}


@dataclass
class SetAsideCounts:
    """How many answers of a period wait set aside, do not count, and were counted again; and why, by reason in words.

    An answer may have two reasons, so `by_reason` may sum to more than `waiting` + `excluded`.
    """

    waiting: int = 0
    excluded: int = 0
    released: int = 0
    by_reason: dict = field(default_factory=dict)

    @property
    def not_counted(self):
        return self.waiting + self.excluded


def set_aside_counts(*, service=None, unit=None, start, end):
    """The SetAsideCounts of a service, of a unit with all below it, or of everything; one query. For anyone to read."""
    groups = SetAside.objects.filter(day__range=(start, end))
    if service is not None:
        groups = groups.filter(service=service)
    if unit is not None:
        groups = groups.filter(service__unit__path__startswith=unit.path)
    counts, by_reason = SetAsideCounts(), defaultdict(int)
    for state, reasons, number in (
        groups.order_by().values_list("state", "reasons").annotate(Count("responses"))
    ):
        setattr(counts, state, getattr(counts, state) + number)
        if state != SetAside.State.RELEASED:
            for reason in reasons:
                by_reason[reason] += number
    counts.by_reason = {mark.label: by_reason[mark] for mark in Mark if by_reason[mark]}
    return counts


def counted():
    """The responses that count: the only ones a figure may rest on."""
    return SurveyResponse.objects.filter(state=SurveyResponse.State.COUNTED)


def waiting_comments(*, before):
    """The responses that count, were given before a day, and whose comment nobody can read yet."""
    waiting = counted().filter(answered_on__lt=before, released_comment=None)
    return waiting.exclude(comment="")


def known_names(unit):
    """The names of those who work in a unit, above it or below it: what no comment about it may show."""
    above = [unit.path[: place + 1] for place, sign in enumerate(unit.path) if sign == "/"]
    working = Assignment.objects.on(timezone.localdate()).filter(
        Q(post__unit__path__startswith=unit.path) | Q(post__unit__path__in=above)
    )
    return tuple(sorted(set(working.values_list("employee__name", flat=True))))


def released_comments(*, service=None, unit=None, start=None, end=None):
    """Comments that may be read, screened, in the order of the lot; `start` and `end` are days of release."""
    comments = ReleasedComment.objects.order_by("-batch__released_on", "-batch", "place")
    if service is not None:
        comments = comments.filter(batch__service=service)
    if unit is not None:
        comments = comments.filter(batch__service__unit__path__startswith=unit.path)
    if start is not None:
        comments = comments.filter(batch__released_on__gte=start)
    if end is not None:
        comments = comments.filter(batch__released_on__lte=end)
    return comments


def inbox_of(user):
    """The services `user` manages with `waiting`, the answers that wait for a decision; one query."""
    waiting = Count("set_aside__responses", filter=Q(set_aside__state=SetAside.State.WAITING))
    return managed_services(user).select_related("unit").annotate(waiting=waiting).order_by("name", "pk")


def groups_to_decide():
    """The groups of set-aside answers nobody has decided on, the oldest first: for the survey office."""
    return SetAside.objects.filter(state=SetAside.State.WAITING).order_by("day", "pk")


def figures_of_group(group):
    """What the survey office may know of a group: how many, how sent, how alike. Three queries."""
    responses = group.responses.order_by()
    alike = (
        SurveyAnswer.objects.filter(response__set_aside=group)
        .order_by()
        .values("response")
        .annotate(
            said=StringAgg(Concat("element", Value("="), Cast("value", CharField())), ",", order_by="element")
        )
    )
    patterns = defaultdict(int)
    for row in alike:
        patterns[row["said"]] += 1
    totals = responses.aggregate(
        number=Count("pk"),
        with_code=Count("pk", filter=Q(with_code=True)),
        straight=Count("pk", filter=Q(marks__contains=[Mark.STRAIGHT])),
        with_comment=Count("pk", filter=~Q(comment="")),
        different_comments=Count("comment_digest", distinct=True, filter=~Q(comment_digest="")),
    )
    modes = dict(responses.values_list("mode").annotate(Count("pk")))
    return totals | {
        "patterns": len(patterns),
        "most_alike": max(patterns.values(), default=0),
        "modes": [(mode.label, modes[mode]) for mode in SurveyResponse.Mode if mode in modes],
    }
