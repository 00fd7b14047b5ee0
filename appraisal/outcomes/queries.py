"""What of outcomes a person finds, and what waits for him."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from agencies.access.roles import Role
from agencies.access.scope import employee_of, grants_on, path_in
from agencies.people.models import Assignment, Employee, ServiceState
from agencies.people.reporting_line import (
    definitive_assignment_on,
    indirect_subordinate_keys_on,
    subordinate_keys_on,
)
from agencies.structure.queries import posts_below
from appraisal.guidance.models import Guidance
from appraisal.scoring.matrix import Predikat
from appraisal.scoring.models import Evaluation
from appraisal.scoring.queries import visible_evaluations

from .account import assessments_to_review
from .models import CreditAssessment, CreditConversion, PastResult, PotentialAssessment, RewardProposal
from .models.credit import FormState
from .served import FUNCTIONAL, KNOWN_LEVELS

LOW = (Predikat.BUTUH_PERBAIKAN, Predikat.KURANG, Predikat.SANGAT_KURANG)
NOBODY = Q(pk__in=[])


def office_units(user, grants=None):
    """The units in which `user` is the personnel office today."""
    grants = grants_on(user, None, Role.PERSONNEL_OFFICE) if grants is None else grants
    return [grant.unit for grant in grants if grant.role == Role.PERSONNEL_OFFICE]


def in_office(user, prefix="unit__", grants=None):
    paths = [unit.path for unit in office_units(user, grants)]
    return path_in(paths, prefix)


def own_or_team(user):
    person = employee_of(user)
    if person is None:
        return NOBODY
    team = subordinate_keys_on(person, timezone.localdate())
    return Q(employee=person) | Q(employee__in=team)


def visible_conversions(user):
    """One's own, those of one's team of today, and those of the units of one's personnel office."""
    return CreditConversion.objects.filter(own_or_team(user) | in_office(user)).select_related(
        "employee__user", "signer__user", "unit", "evaluation__period"
    )


def visible_assessments(user):
    """The same for PAKs."""
    return CreditAssessment.objects.filter(own_or_team(user) | in_office(user)).select_related(
        "employee__user", "signer__user", "unit", "balance"
    )


def visible_officials(user):
    """Whose credit account `user` may open: his own, his team's, and those who work in the units of his office."""
    person, today = employee_of(user), timezone.localdate()
    visible = NOBODY
    if person is not None:
        visible |= Q(pk=person.pk) | Q(pk__in=subordinate_keys_on(person, today))
    if units := office_units(user):
        visible |= Q(pk__in=working_in(units, today))
    return Employee.objects.counting().filter(visible)


def officials_listed(user):
    """Those of the team and of the office's units who hold a functional post today."""
    functional = Assignment.objects.on(timezone.localdate()).filter(
        kind=Assignment.Kind.DEFINITIVE, post__kind__in=FUNCTIONAL, post__level__in=KNOWN_LEVELS
    )
    return visible_officials(user).filter(pk__in=functional.values("employee"))


def working_in(units, day):
    """The keys of those who hold a post definitively in `units` or below on `day`."""
    held = Assignment.objects.on(day).filter(kind=Assignment.Kind.DEFINITIVE)
    if not any(unit.parent_id is None for unit in units):
        held = held.filter(post__in=posts_below(units, day))
    return held.values("employee")


def staff_of(units, day, *, unit=None):
    """The employees of `units` (and of `unit` alone, if one is given) who are still in service on `day`."""
    gone = ServiceState.objects.on(day).filter(kind__in=ServiceState.GONE).values("employee")
    found = Employee.objects.counting().filter(pk__in=working_in(units, day)).exclude(pk__in=gone)
    return found.filter(pk__in=working_in([unit], day)) if unit is not None else found


def to_help(user):
    """The decided results below Baik of those whom `user` leads, directly or by one, or cares for as office."""
    person = employee_of(user)
    found = visible_evaluations(user).decided().filter(predikat__in=LOW)
    if person is not None:
        found = found.exclude(skp__employee=person)
    return found.select_related("skp__employee", "skp__unit", "period").defer("receipt", "note")


def visible_past_results(user):
    """Recorded by mistake or not: of those who work in the units of one's office."""
    return for_office(PastResult, user)


def visible_potentials(user):
    return for_office(PotentialAssessment, user)


def for_office(model, user):
    units = office_units(user)
    if not units:
        return model.objects.none()
    there = working_in(units, timezone.localdate())
    return model.objects.filter(employee__in=there).select_related("employee")


def visible_rewards(user):
    """The proposals of the units of one's office; one's own are told by the office, not here."""
    return RewardProposal.objects.filter(in_office(user)).select_related("employee", "unit", "evaluation")


def forms_to_sign(person):
    """{"conversions", "assessments"}: querysets of what waits for the signature of `person`."""
    return {
        "conversions": CreditConversion.objects.filter(signer=person, state=FormState.PREPARED),
        "assessments": CreditAssessment.objects.filter(signer=person, state=FormState.PREPARED),
    }


def team_to_help(person):
    """The results below Baik of this year in the team of today, since which no guidance was opened."""
    today = timezone.localdate()
    ended = Q(state__in=(Guidance.State.DECLINED, Guidance.State.CANCELLED))
    since = Guidance.objects.filter(
        employee=OuterRef("skp__employee"), opened_at__gte=OuterRef("finalised_at")
    ).exclude(ended)
    low = Evaluation.objects.decided().filter(predikat__in=LOW, period__year=today.year)
    return low.filter(~Exists(since), skp__employee__in=subordinate_keys_on(person, today))


def questions_for(user, person, grants):
    """What the start page counts, {name: queryset}: signatures, overtaken outcomes, and people to help."""
    questions = {}
    if person is not None:
        waiting = forms_to_sign(person)
        questions |= {
            "to_sign": waiting["conversions"],
            "to_sign_paks": waiting["assessments"],
            "to_help": team_to_help(person),
        }
    if office_units(user, grants):
        mine = in_office(user, grants=grants)
        questions |= {
            "overtaken": CreditConversion.objects.overtaken().filter(mine),
            "overtaken_paks": assessments_to_review().filter(mine),
            "overtaken_rewards": RewardProposal.objects.filter(
                mine, withdrawn_at=None, reviewed_at=None, evaluation__state=Evaluation.State.SUPERSEDED
            ),
        }
    return questions


def visible_histories(user):
    """Whose results over the years `user` may read: his own, those below him, and those of his office or inspection."""
    person, today = employee_of(user), timezone.localdate()
    visible = NOBODY
    if person is not None:
        visible |= Q(pk=person.pk) | Q(pk__in=subordinate_keys_on(person, today))
        visible |= Q(pk__in=indirect_subordinate_keys_on(person, today))
    units = [grant.unit for grant in grants_on(user, None, Role.PERSONNEL_OFFICE, Role.INSPECTOR)]
    if units:
        visible |= Q(pk__in=working_in(units, today))
    return Employee.objects.counting().filter(visible)


def readable_staff(user):
    """The employees about whom `user` enters data: those of his office's units, never himself."""
    units, person = office_units(user), employee_of(user)
    if not units:
        return Employee.objects.none()
    found = Employee.objects.counting().filter(pk__in=working_in(units, timezone.localdate()))
    return found.exclude(pk=person.pk) if person is not None else found


def unit_today(employee):
    """The unit of the post held definitively today, or None."""
    held = definitive_assignment_on(employee, timezone.localdate())
    return held.post.unit if held else None
