"""What a person finds of guidance and counselling, and what waits for him."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from agencies.access.roles import Role
from agencies.access.scope import employee_of, grants_on, path_in
from agencies.people.models import Employee
from agencies.people.reporting_line import indirect_subordinate_keys_on, subordinate_keys_on

from .models import (
    BehaviourReport,
    CompetenceReview,
    Counselling,
    CounsellingNote,
    Guidance,
    GuidanceOpinion,
)

State = Guidance.State
REPORTED = (State.REPORTED, State.CLOSED)
SENT = (BehaviourReport.State.SENT, BehaviourReport.State.DECIDED, BehaviourReport.State.DISMISSED)
CONCLUDED = (Counselling.State.CONCLUDED, Counselling.State.CLOSED)
Counsellor = Counselling.CounsellorKind


def office_of(user, prefix="unit__", grants=None):
    """A condition: in the units in which `user` is the personnel office; of nothing when he is none.

    `grants` are his of today when they were read already; else one query.
    """
    grants = grants_on(user, None, Role.PERSONNEL_OFFICE) if grants is None else grants
    paths = [grant.unit.path for grant in grants if grant.role == Role.PERSONNEL_OFFICE]
    return path_in(paths, prefix)


def in_team(person):
    return Q(employee__in=subordinate_keys_on(person, timezone.localdate()))


def below_team(person):
    return Q(employee__in=indirect_subordinate_keys_on(person, timezone.localdate()))


def visible_guidances(user, grants=None):
    """One's own, those one guides, those of one's team; what was reported: the superior and the personnel office."""
    person, reported = employee_of(user), Q(state__in=REPORTED)
    visible = office_of(user, grants=grants) & reported
    if person is not None:
        visible = (visible & ~Q(employee=person)) | Q(employee=person) | Q(guide=person) | in_team(person)
        visible |= reported & below_team(person)
    return Guidance.objects.filter(visible).select_related(
        "employee__user", "appraiser", "guide__user", "unit"
    )


def visible_opinions(user):
    """Form B.1.8: one's own, and those handed to one as the superior of the leader; never of one's own guidance."""
    person = employee_of(user)
    if person is None:
        return GuidanceOpinion.objects.none()
    handed = below_team(person) & ~Q(guidance__guide=person)
    return GuidanceOpinion.objects.filter(Q(employee=person) | handed).select_related(
        "guidance__employee__user", "guidance__appraiser", "guidance__guide"
    )


def visible_reports(user, grants=None):
    """Reports on behaviour: those on one's team, on oneself once sent, and as personnel office what was sent."""
    person, sent = employee_of(user), Q(state__in=SENT)
    visible = office_of(user, grants=grants) & sent
    if person is not None:
        visible |= in_team(person) | (Q(employee=person) & sent)
    return BehaviourReport.objects.filter(visible).select_related(
        "employee__user", "appraiser__user", "unit", "value"
    )


def visible_counsellings(user, grants=None):
    """The two; the personnel office that arranged it; to whom page 88 sends the conclusion, once there is one."""
    person, concluded = employee_of(user), Q(state__in=CONCLUDED)
    visible = office_of(user, "report__unit__", grants)
    if person is not None:
        official = Q(counsellor_kind=Counsellor.OFFICIAL)
        visible |= Q(employee=person) | Q(counsellor=person)
        visible |= concluded & ~Q(counsellor_kind=Counsellor.INDEPENDENT) & below_team(person)
        visible |= concluded & official & in_team(person)
    return Counselling.objects.filter(visible).select_related(
        "employee__user", "counsellor__user", "report__unit", "report__appraiser"
    )


def notes_of(counselling):
    """What the two wrote, oldest first; PostgreSQL shows nobody else a row of it."""
    return CounsellingNote.objects.filter(
        counselling=counselling, kind=CounsellingNote.Kind.JOURNAL
    ).select_related("written_by")


def record_of(counselling):
    """The record of the counsellor of today, or None."""
    return CounsellingNote.objects.filter(
        counselling=counselling, counsellor=counselling.counsellor_id, kind=CounsellingNote.Kind.RECORD
    ).first()


def notes_for_copy(mine):
    """The notes of one person for the copy of his own data: the one way past the wall, open to a worker alone."""
    person = mine.get("agencies.Employee")
    if person is None:
        return []
    # The alias makes the statement one about a guarded table: a request says who reads before it, and gets nothing.
    found = CounsellingNote.objects.raw(
        "SELECT * FROM appraisal_counselling_notes_of(%s) AS appraisal_counsellingnote", [person]
    )
    journal = CounsellingNote.Kind.JOURNAL
    # A record that is not signed yet is its writer's alone.
    return [note for note in found if note.kind == journal or note.signed_at or note.counsellor_id == person]


def people_to_ask(*, without):
    """Whoever can be asked to guide or to counsel: every employee of the city with an account, but `without`."""
    return Employee.objects.counting().filter(user__is_active=True).exclude(pk=without.pk)


def guidances_awaiting(user, grants=None):
    """What waits for `user`: his preparation, signature or answer, his review, his report, his follow-up."""
    person, now = employee_of(user), timezone.now()
    reported, held = Q(state=State.REPORTED), Q(state__in=Guidance.HELD)
    if person is None:
        return Guidance.objects.filter(office_of(user, grants=grants) & reported)
    reviewed = Exists(CompetenceReview.objects.filter(guidance=OuterRef("pk"), sent_at__isnull=False))
    answered = Exists(GuidanceOpinion.objects.filter(guidance=OuterRef("pk")))
    as_employee = Q(employee=person) & (
        Q(state=State.PLANNED, prepared_at=None) | Q(state=State.SIGNED) | (held & ~answered)
    )
    as_guide = Q(guide=person) & (
        Q(state=State.PLANNED, prepared_at__isnull=False, meets_at__lte=now) | (held & ~reviewed)
    )
    as_leader = in_team(person) & (Q(state=State.ASKED) | (Q(state=State.DONE) & reviewed))
    follow_up = reported & (below_team(person) | office_of(user, grants=grants)) & ~Q(employee=person)
    return Guidance.objects.filter(as_employee | as_guide | as_leader | follow_up)


def reports_awaiting(user, grants=None):
    """Drafts of the appraiser; reports without a decision, or without a counsellor, for the personnel office."""
    person, states = employee_of(user), BehaviourReport.State
    under_way = Counselling.objects.filter(report=OuterRef("pk")).exclude(state=Counselling.State.CANCELLED)
    undecided = Q(state=states.SENT) | (Q(state=states.DECIDED) & ~Exists(under_way))
    waiting = office_of(user, grants=grants) & undecided
    if person is not None:
        waiting &= ~Q(employee=person)
        waiting |= in_team(person) & Q(state=states.DRAFT)
    return BehaviourReport.objects.filter(waiting)


def counsellings_awaiting(user, grants=None):
    """For the counsellor what was to be held by now; for those of page 88 e what was concluded."""
    person, states = employee_of(user), Counselling.State
    independent = Q(counsellor_kind=Counsellor.INDEPENDENT)
    waiting = Q(state=states.CONCLUDED) & independent & office_of(user, "report__unit__", grants)
    if person is not None:
        waiting &= ~Q(employee=person) & ~Q(counsellor=person)
        waiting |= Q(counsellor=person, state=states.SCHEDULED, meets_at__lte=timezone.now())
        waiting |= Q(state=states.CONCLUDED) & ~independent & below_team(person) & ~Q(counsellor=person)
    return Counselling.objects.filter(waiting)
