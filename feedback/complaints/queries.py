"""What each may read of the citizens' letters, and what stands behind a code."""

from django.db.models import F, Prefetch, Q
from django.utils import timezone

from agencies.access.roles import Role
from agencies.access.scope import employee_of, grants_on, path_in
from agencies.people.reporting_line import leads_somebody_on
from feedback.citizens.screening import screened
from feedback.services.queries import manages_city, of_the_city

from .codes import digest_of, matches
from .models import Complaint, ComplaintMessage
from .people import is_managed, led_paths
from .rules import may_read_in_full

Kind = ComplaintMessage.Kind
OURS = (Complaint.Clock.VERIFY, Complaint.Clock.ANSWER)  # the clocks that run for officers


def visible_complaints(user):
    """Those in the units `user` manages, leads or inspects; for the office of the city those that came up to it."""
    paths = [grant.unit.path for grant in grants_on(user, None, Role.INSPECTOR)] + led_paths(user)
    seen = handled(user) | path_in(paths, "unit__")
    if manages_city(user):
        seen |= Q(escalation=Complaint.Escalation.CITY)
    return Complaint.objects.filter(seen).select_related("unit", "service__unit", "merged_into")


def handled(user, grants=None):
    """A condition for the letters `user` handles: what `rules.may_handle` says, for many at once.

    `grants` are all he has today, where a page has asked for them already.
    """
    if grants is None:
        grants = grants_on(user, None, Role.COMPLAINT_MANAGER, Role.SERVICE_MANAGER)
    paths = [grant.unit.path for grant in grants if grant.role == Role.COMPLAINT_MANAGER]
    mine = path_in(paths, "unit__")
    if of_the_city(grants):
        mine |= ~Q(is_managed())
    return mine


def awaiting_officers(user, grants=None):
    """The letters that wait for `user`: to be examined or answered, the nearest last day first."""
    waiting = Complaint.objects.filter(handled(user, grants), clock__in=OURS)
    return waiting.order_by("due_on", "pk")


def reads_any(user):
    """Has `user` anything to look for here? Also who appraises somebody, since he may lead a unit tomorrow."""
    if grants_on(user, None, Role.COMPLAINT_MANAGER, Role.INSPECTOR, Role.SERVICE_MANAGER).exists():
        return True
    person = employee_of(user)
    return person is not None and (leads_somebody_on(person, timezone.localdate()) or bool(led_paths(user)))


def complaint_by_code(text):
    """The letter behind a citizen's code, or None; as quick for a wrong code as for a right one."""
    found = Complaint.objects.select_related("unit", "service", "merged_into").filter(
        code_digest=digest_of(text)
    )
    complaint = found.first()
    return complaint if matches(complaint, text) else None


def thread_for_officer(complaint, user):
    """The whole thread; citizens' words as they are for who handles it, screened for everybody else."""
    messages = list(
        complaint.messages.select_related("unit", "by").prefetch_related("attachments").order_by("pk")
    )
    if not may_read_in_full(user, complaint):
        for message in messages:
            message.text = screened(message.text)
    return messages


def thread_for_citizen(complaint):
    """What the citizen reads: never notes between officers; of the main letter, its answers."""
    own = Q(complaint=complaint) & ~Q(kind=Kind.NOTE)
    if complaint.merged_into_id:
        own |= Q(complaint=complaint.merged_into_id, kind=Kind.ANSWER)
    mine = Prefetch("attachments", to_attr="files")
    return list(
        ComplaintMessage.objects.filter(own).select_related("unit").prefetch_related(mine).order_by("pk")
    )


def possible_mains(complaint, user):
    """Letters of the units `user` handles into which `complaint` may be merged: alive, and none that was merged."""
    return Complaint.objects.filter(handled(user), closed_on=None).exclude(pk=complaint.pk)


def by_urgency(complaints):
    """Running clocks first, the nearest last day on top; then what was received last."""
    return complaints.order_by(F("due_on").asc(nulls_last=True), "-received_on", "-pk")
