"""What a person finds in the restricted lane: nothing at all for whoever is not of the lane, or is too close."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import BigIntegerField, Case, DateField, F, Q, UUIDField, When
from django.db.models.expressions import RawSQL
from django.utils import timezone

from agencies.access.models import RoleGrant
from agencies.access.roles import Role
from agencies.access.scope import employee_of, grants_on
from agencies.people.models import Assignment, Employee, User
from ambon_kinerja.row_security import as_service

from ..codes import digest_of
from .conflicts import cases_without_conflict
from .models import RestrictedAttachment, RestrictedCase, RestrictedLetter, SealOpening
from .sealing import marks_of, unsealed

LANE = (Role.INSPECTOR, Role.COMPLAINT_MANAGER)


def of_the_lane(grants):
    """Those of `grants` that belong to the lane: inspector of the city, or manager of complaints."""
    return [
        grant
        for grant in grants
        if grant.role == Role.COMPLAINT_MANAGER
        or (grant.role == Role.INSPECTOR and grant.unit.parent_id is None)
    ]


def visible_cases(user, day=None, grants=None):
    """The cases of which `user` may know on `day`; the second wall holds the roles, this holds the ties.

    `grants` are all he has on that day, where a page has asked for them already.
    """
    day = day or timezone.localdate()
    grants = list(grants_on(user, day)) if grants is None else grants
    lane = of_the_lane(grants)
    if not lane:
        return RestrictedCase.objects.none()
    is_city_wide = any(grant.unit.parent_id is None for grant in lane)
    may_know = cases_without_conflict(user, day, grants, is_city_wide=is_city_wide)
    return RestrictedCase.objects.filter(may_know).select_related("unit", "service")


def awaiting_the_lane(user, cases):
    """(cases that wait for a step of the lane with their last day as `due`, seals that wait for a second person).

    `cases` are those `user` may know of; who asked for a seal never opens it himself.
    """
    State = RestrictedCase.State
    due = Case(When(state=State.RECEIVED, then=F("assess_by")), default=F("decide_by"))
    waiting = cases.filter(state__in=(State.RECEIVED, State.FACT_FINDING, State.REPLIED)).annotate(due=due)
    seals = SealOpening.objects.filter(case__in=cases.values("pk"), opened_at=None).exclude(asked_by=user)
    return waiting.order_by("due", "pk"), seals.order_by("asked_at", "pk")


def readable_attachments(user):
    """Files of the reporters whose seal `user` has open."""
    now = timezone.now()
    mine = SealOpening.objects.filter(
        Q(asked_by=user) | Q(opened_by=user), part=SealOpening.Part.REPORTER, ends_at__gt=now
    )
    return RestrictedAttachment.objects.filter(case__in=visible_cases(user)).filter(
        case__in=mine.values("case")
    )


def has_open(user, case, part):
    """Did `user` ask for or open this part, and does the term still run?"""
    mine = SealOpening.objects.filter(case=case, part=part, ends_at__gt=timezone.now())
    return mine.filter(Q(asked_by=user) | Q(opened_by=user)).exists()


def handlers_of(case, *, day=None):
    """The accounts of the lane that may handle `case` today, one by one by the same scope as their pages.

    Asked for notices; only the roles that can reach the case at all are looked at.
    """
    day = day or timezone.localdate()
    units = Q(unit__parent=None)
    if case.officer:
        above = {
            key
            for path in Assignment.objects.on(day)
            .filter(employee=int(case.officer))
            .values_list("post__unit__path", flat=True)
            for key in [int(part) for part in path.split("/") if part][:-1]
        }
        units |= Q(unit__in=above, role=Role.COMPLAINT_MANAGER)
    holders = RoleGrant.objects.filter(units, role__in=LANE, term__contains=day).values("user")
    people = User.objects.filter(pk__in=holders, is_active=True).select_related("employee").order_by("pk")
    return [user for user in people if visible_cases(user, day).filter(pk=case.pk).exists()]


def officer_of(case):
    """The employee who is named, or None before he was recognised and after his identity was erased."""
    return Employee.objects.filter(pk=int(case.officer)).first() if case.officer else None


def letters_for(user):
    """What was put before `user` himself, newest first: read past the wall, by his own mark alone."""
    person = employee_of(user)
    if person is None:
        return []
    with as_service():
        found = RestrictedLetter.objects.filter(recipient_mark__in=marks_of([person.pk]))
        return list(found.select_related("case"))


def letters_to_answer(person):
    """{"number", "first", "due"} of the letters that ask `person` for his reply, as expressions for another query.

    By a function past the wall (feedback/migrations/0013) and his own marks alone: nobody else is told of them.
    """
    marks = marks_of([person.pk])
    asked = "FROM feedback_letters_to_answer(%s)"
    return {
        "number": RawSQL(f"(SELECT count(*) {asked})", [marks], BigIntegerField()),  # noqa: S611
        "first": RawSQL(  # noqa: S611
            f"(SELECT letter_id {asked} ORDER BY due_on, letter_id LIMIT 1)", [marks], UUIDField()
        ),
        "due": RawSQL(f"(SELECT min(due_on) {asked})", [marks], DateField()),  # noqa: S611
    }


def case_by_code(code):
    """The case behind a citizen's code, or None: past the wall, since a citizen is nobody."""
    with as_service():
        cases = RestrictedCase.objects.select_related("unit", "service")
        return cases.filter(code_digest=digest_of(code)).first()


@dataclass(frozen=True)
class Substantiated:
    """A complaint that was found true after the officer could speak: words of the lane, never the citizen's."""

    text: str
    decided_on: date
    reply: str


def outcomes_asked(employee, start, end):
    """The substantiated complaints about `employee` decided from `start` to `end` (both included), oldest first.

    As (SQL, parameters) of one value within another question; what comes is still sealed (ADR 25).

    It goes by the name of the guarded table behind it, so that the wall says who reads first: nobody is told nothing.
    """
    days = (start, end + timedelta(days=1))
    moments = [timezone.make_aware(datetime.combine(day, time.min)) for day in days]
    sql = """(
        SELECT coalesce(json_agg(json_build_array(told.finding, told.decided_at, told.reply)), '[]')::text
        FROM (SELECT * FROM feedback_substantiated(%s::text[], %s, %s) AS feedback_restrictedcase) told
    )"""
    return sql, [marks_of([employee.pk]), *moments]


def outcomes_from(rows):
    return [
        Substantiated(
            text=unsealed(finding),
            decided_on=timezone.localdate(datetime.fromisoformat(decided_at)),
            reply=unsealed(reply),
        )
        for finding, decided_at, reply in rows
    ]
