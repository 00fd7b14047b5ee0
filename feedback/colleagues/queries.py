"""What may be asked about rounds, tasks and released results. Counts that are not released are read by nobody here."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils import timezone

from agencies.access.roles import Role
from agencies.access.scope import employee_of, units_of
from agencies.people.models import Employee
from agencies.people.reporting_line import (
    AMBIGUOUS,
    appraiser_keys_on,
    subordinate_keys_on,
    subordinate_pairs_on,
)
from ambon_kinerja.jobs.models import Job

from .models import (
    CoreValue,
    FeedbackInvitation,
    FeedbackRound,
    FeedbackSubject,
    Relation,
    ReleasedFeedback,
)
from .release import HIDDEN, Limits
from .values import LEVELS

State, Outcome = FeedbackRound.State, FeedbackSubject.Outcome


def limits():
    return Limits(minimum=settings.COLLEAGUES_MINIMUM, texts=settings.COLLEAGUES_LEAST_TEXTS)


def core_values_on(day):
    """The seven values in their order, as worded on `day`. One query."""
    found = CoreValue.objects.filter(valid_from__lte=day).order_by("key", "-valid_from").distinct("key")
    return sorted(found, key=lambda value: value.position)


# --- what is released -----------------------------------------------------------------------------


@dataclass(frozen=True)
class ReleasedValue:
    """One value in one round: `table` counts who could not observe, then 1 to 4; None where `why` says it is hidden.

    `by_relation` is {"peer": table, "subordinate": table} where both may be shown, else empty.
    """

    key: str
    name: str
    table: tuple | None
    why: str
    by_relation: dict


@dataclass(frozen=True)
class Released:
    round_name: str
    starts_on: object
    ends_on: object
    answers: int
    values: tuple
    texts: tuple
    reply: str
    subject: object  # key of the page that shows it


def released_rows(employee, start, end):
    """What colleagues said about `employee` in closed rounds whose time touches `start` to `end`, newest first.

    Released batches only: fewer than the minimum group answered, and there is nothing. Each as one JSON value `row`, so
    that they can be asked within another question.
    """
    rows = ReleasedFeedback.objects.filter(
        subject__employee=employee,
        subject__round__state=State.CLOSED,
        subject__round__starts_on__lte=end,
        subject__round__ends_on__gte=start,
    )
    return in_one_value(rows.order_by("-subject__round__ends_on", "-subject__round__closed_at"))


def in_one_value(rows):
    """ReleasedFeedback with its round as JSON values `row`."""
    return rows.values(
        row=JSONObject(
            round_name="subject__round__name",
            starts_on="subject__round__starts_on",
            ends_on="subject__round__ends_on",
            answers="answers",
            values="values",
            texts="texts",
            reply="subject__reply",
            subject="subject",
        )
    )


def name_rows():
    """The names of the values, the newest wording last, as JSON values `row`."""
    return CoreValue.objects.order_by("key", "valid_from").values(row=JSONObject(key="key", name="name"))


def value_names():
    return names_from(name_rows().values_list("row", flat=True))


def names_from(rows):
    return {row["key"]: row["name"] for row in rows}


def released_from(rows, names):
    """[Released] of rows of `released_rows`."""
    return [released_in_words(row, names) for row in rows]


def released_in_words(row, names):
    return Released(
        round_name=row["round_name"],
        starts_on=date.fromisoformat(row["starts_on"]),
        ends_on=date.fromisoformat(row["ends_on"]),
        answers=row["answers"],
        values=tuple(
            ReleasedValue(
                key=value["key"],
                name=names.get(value["key"], value["key"]),
                table=tuple(value["table"]) if value["table"] else None,
                why="" if value["table"] else HIDDEN,
                by_relation={
                    relation: tuple(value[relation]) for relation in Relation.values if value.get(relation)
                },
            )
            for value in row["values"]
        ),
        texts=tuple(row["texts"]),
        reply=row["reply"],
        subject=UUID(row["subject"]),
    )


# --- whose page ---------------------------------------------------------------------------------


def open_tasks(person, now=None):
    """What `person` is asked and has not answered."""
    return FeedbackInvitation.objects.filter(
        rater=person,
        has_answered=False,
        subject__round__state=State.OPEN,
        subject__round__closes_at__gt=now or timezone.now(),
    )


def tasks_of(person):
    """All he is asked in open rounds, answered or not, by name."""
    tasks = FeedbackInvitation.objects.filter(rater=person, subject__round__state=State.OPEN)
    return tasks.select_related("subject__employee", "subject__round").order_by(
        "subject__round__closes_at", "subject__employee__name", "pk"
    )


def visible_subjects(user):
    """Where `user` is the one spoken of, or appraises him today."""
    person = employee_of(user)
    if person is None:
        return FeedbackSubject.objects.none()
    below = subordinate_keys_on(person, timezone.localdate())
    found = FeedbackSubject.objects.filter(Q(employee=person) | Q(employee__in=below))
    return found.exclude(round__state=State.CANCELLED).select_related("employee", "round")


def subjects_of_team(person):
    below = subordinate_keys_on(person, timezone.localdate())
    found = FeedbackSubject.objects.filter(employee__in=below).exclude(round__state=State.CANCELLED)
    return found.select_related("employee", "round").order_by("-round__made_at", "employee__name", "pk")


def candidates_awaited(person):
    """Those of his team whose list of colleagues `person` has still to approve."""
    return subjects_of_team(person).filter(
        round__state=State.PREPARED, round__choosing=FeedbackRound.Choosing.APPROVED, approved_at=None
    )


def kept_rounds(user):
    """The rounds of which every unit is one for which `user` is the personnel office."""
    mine = units_of(user, Role.PERSONNEL_OFFICE)
    through = FeedbackRound.units.through.objects.filter(feedbackround=OuterRef("pk"))
    others = through.exclude(unit__in=mine.values("pk"))
    return FeedbackRound.objects.filter(Exists(through)).exclude(Exists(others))


# --- who could be asked ---------------------------------------------------------------------------


def pots_of(employees, moment):
    """{employee: {colleague: relation}} by keys: who has the same appraiser, and whom he appraises, at `moment`.

    Only those who have an account by then, since only they can answer. Four queries for any number.
    """
    employees, day = list(employees), timezone.localdate(moment)
    above = {
        key: leader
        for key, leader in appraiser_keys_on(employees, day, moment).items()
        if leader != AMBIGUOUS
    }
    teams = {}
    for leader, member in subordinate_pairs_on(set(above.values()) | set(employees), day, moment):
        teams.setdefault(leader, set()).add(member)
    people = set().union(*teams.values()) if teams else set()
    able = set(
        Employee.objects.counting()
        .filter(pk__in=people, user__created_at__lte=moment)
        .values_list("pk", flat=True)
    )
    pots = {}
    for key in employees:
        peers = teams.get(above.get(key), set()) & able
        below = teams.get(key, set()) & able
        pot = dict.fromkeys(sorted(peers - {key}), Relation.PEER.value)
        pots[key] = pot | dict.fromkeys(sorted(below - {key}), Relation.SUBORDINATE.value)
    return pots


# --- how far a round is -----------------------------------------------------------------------------


@dataclass(frozen=True)
class AgencyShare:
    """`answered` is None while it is below the minimum group."""

    name: str
    subjects: int
    invited: int
    answered: int | None


def progress_of(feedback_round):
    """How many answers have come, by agency. Two queries; there is no sum, from which a hidden line could be found."""
    least = settings.COLLEAGUES_MINIMUM
    subjects = feedback_round.subjects.filter(outcome=Outcome.DRAWN).order_by()
    rows = subjects.values(name=F("agency__name")).annotate(
        people=Count("pk", distinct=True),
        invited=Count("invitations"),
        answered=Count("invitations", filter=Q(invitations__has_answered=True)),
    )
    return [
        AgencyShare(
            row["name"] or "Tanpa perangkat daerah",
            row["people"],
            row["invited"],
            row["answered"] if row["answered"] >= least else None,
        )
        for row in rows.order_by("name")
    ]


@dataclass(frozen=True)
class AgencySum:
    """`values`: [(name, counts in the order of LEVELS, or None for fewer people than the minimum group)]."""

    name: str
    released: int
    values: list


def agency_sums(feedback_round):
    """Sums of released tables by agency: of nothing that its owner could not read, and never of a few people."""
    rows = ReleasedFeedback.objects.filter(subject__round=feedback_round).values_list(
        "subject__agency__name", "values"
    )
    names = value_names()
    agencies = {}
    for agency, values in rows:
        agencies.setdefault(agency or "Tanpa perangkat daerah", []).append(values)
    return [AgencySum(name, len(people), sums_of(people, names)) for name, people in sorted(agencies.items())]


def sums_of(people, names):
    tables = {}
    for values in people:
        for value in values:
            if value["table"]:
                tables.setdefault(value["key"], []).append(value["table"])
    keys = [value["key"] for value in people[0]]
    return [
        (
            names.get(key, key),
            [sum(table[level] for table in tables[key]) for level in LEVELS]
            if len(tables.get(key, ())) >= settings.COLLEAGUES_MINIMUM
            else None,
        )
        for key in keys
    ]


# --- what runs as a job -------------------------------------------------------------------------------

DRAW_JOB, CHECK_JOB, CLOSE_JOB = "colleague_draw", "colleague_draw_check", "colleague_close"


def job_subject(feedback_round):
    return f"feedback-round:{feedback_round.pk}"


def last_job(kind, feedback_round):
    """The last job of this kind for this round, or None."""
    return Job.objects.filter(kind=kind, subject=job_subject(feedback_round)).first()


def is_being_drawn(feedback_round):
    unfinished = Job.objects.unfinished().filter(kind=DRAW_JOB, subject=job_subject(feedback_round))
    return unfinished.exists()
