"""Questions about plans."""

from django.db.models import OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL
from django.utils import timezone

from agencies.access.roles import Role
from agencies.access.scope import employee_of, grants_on, path_in
from agencies.people.models import Assignment, Employee
from agencies.people.reporting_line import appraiser_on, indirect_subordinate_keys_on, subordinate_keys_on
from appraisal.rulebook.models import BehaviourValue

from .duty import left_without_answer, states_without_plan
from .models import Skp, SpecialExpectation, WorkResult


def assignments_with_a_plan(day):
    """Who has to have a plan on `day`, as assignments: the definitive holders of posts, without those who owe none.

    The same rule as `duty.why_no_plan` (PermenPANRB 6/2022 pages 65-66), for many at once.
    """
    held = Assignment.objects.on(day).filter(kind=Assignment.Kind.DEFINITIVE)
    held = held.exclude(employee__in=states_without_plan(day).values("employee"))
    return held.exclude(employee__kind=Employee.Kind.OFFICIAL)


def visible_skps(user):
    """The plans `user` may read today.

    His own; those of his subordinates today; of their subordinates those that are agreed or that the appraiser left
    without an answer, for whom he steps in as his superior (PermenPANRB 6/2022 pages 65, 89-90); as personnel office
    or unit admin those of his units; as inspector the agreed ones of his units. Who agreed a plan and has left reads
    it no longer.
    """
    person, visible = employee_of(user), Q(pk__in=[])
    if person is not None:
        today = timezone.localdate()
        visible |= Q(employee=person) | Q(employee__in=subordinate_keys_on(person, today))
        visible |= Q(employee__in=indirect_subordinate_keys_on(person, today)) & (
            Q(state=Skp.State.AGREED) | left_without_answer(today)
        )
    grants = list(grants_on(user, None, Role.PERSONNEL_OFFICE, Role.UNIT_ADMIN, Role.INSPECTOR))
    managed = [grant.unit.path for grant in grants if grant.role != Role.INSPECTOR]
    inspected = [grant.unit.path for grant in grants if grant.role == Role.INSPECTOR]
    if managed:
        visible |= path_in(managed, "unit__")
    if inspected:
        visible |= Q(state=Skp.State.AGREED) & path_in(inspected, "unit__")
    return Skp.objects.filter(visible).select_related("employee__user", "unit", "appraiser")


def employees_with_agreed_plan(year):
    """The keys of everybody whose plan of `year` is agreed, for counting: asked past the row-level security.

    Whoever follows the progress of a unit counts the plans of all who work there now, also one made elsewhere.
    """
    return RawSQL("SELECT employee_id FROM appraisal_plan_states(%s) WHERE state = 'agreed'", [year])


def plans_awaiting(user):
    """The submitted plans that wait for `user` today, longest first: as appraiser, or left to him above."""
    person = employee_of(user)
    if person is None:
        return Skp.objects.none()
    today = timezone.localdate()
    mine = Q(employee__in=subordinate_keys_on(person, today))
    left = Q(employee__in=indirect_subordinate_keys_on(person, today)) & left_without_answer(today)
    waiting = Skp.objects.filter(mine | left, state=Skp.State.SUBMITTED)
    return waiting.select_related("employee", "unit").order_by("submitted_at", "pk")


def plans_of(employee):
    plans = Skp.objects.plans().filter(employee=employee)
    return plans.select_related("unit", "appraiser").order_by("-year", "-starts_on")


def open_adjustment(skp):
    """The adjustment of this plan that is being written or waits, or None."""
    return skp.adjustments.filter(state__in=("draft", "submitted", "returned")).first()


def unlinked_results(skp):
    """Orphans: results that serve neither a goal nor a result that still holds."""
    return skp.results.filter(withdrawn_on=None, goal=None).filter(
        Q(parent=None) | Q(parent__withdrawn_on__isnull=False)
    )


def values_with_expectations(skp):
    """The seven values in order, each with the text expected in this plan as `expectation` (None if none)."""
    text = SpecialExpectation.objects.filter(skp=skp, value=OuterRef("pk")).values("text")
    return BehaviourValue.objects.annotate(expectation=Subquery(text)).order_by("position")


def superiors_on(employee, day):
    """The employee's appraiser on `day` and the appraiser's own, as far as there are any."""
    appraiser = appraiser_on(employee, day)
    above = appraiser_on(appraiser, day) if appraiser else None
    return [person for person in (appraiser, above) if person]


def results_to_support(skp):
    """The results of the employee's superiors in the plan's year: what a result of this plan may hang under.

    Only of plans that were submitted or agreed; a draft is nobody else's business. The links the plan already
    has stay, even when the superior has changed since.
    """
    superiors = [person.pk for person in superiors_on(skp.employee, timezone.localdate())]
    shown = Q(
        skp__employee__in=superiors,
        skp__year=skp.year,
        skp__state__in=(Skp.State.SUBMITTED, Skp.State.AGREED),
        skp__adjusts=None,
        withdrawn_on=None,
    )
    return (
        WorkResult.objects.filter(shown | Q(pk__in=skp.results.values("parent")))
        .select_related("skp__employee")
        .order_by("skp__employee__name", "-kind", "position")
    )


def possible_assigners(skp):
    """Whom a task can come from: everybody at work but the plan's own employee; found by name, never listed."""
    return Employee.objects.counting().exclude(pk=skp.employee_id).order_by("name", "pk")
