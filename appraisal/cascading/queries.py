"""Questions about strategies, matrices and roles."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from agencies.access.scope import employee_of
from agencies.people.reporting_line import subordinate_keys_on
from appraisal.planning.models import Skp
from appraisal.planning.queries import visible_skps

from .models import MatrixRole, MatrixRow, RoleMatrix

SETTLED = (MatrixRow.Consent.OWN, MatrixRow.Consent.GIVEN)  # nobody has to consent any more


def readable_strategies(user):
    """The plans whose work blocks and matrix `user` reads: those he reads anyway."""
    return visible_skps(user).plans()


def readable_matrices(user):
    """Matrices of plans one may read, one's own, and those one stands in."""
    person = employee_of(user)
    readable = Q(plan__in=readable_strategies(user).order_by().values("pk"))
    if person is not None:
        mine = MatrixRow.objects.filter(matrix=OuterRef("pk"), employee=person, consent__in=SETTLED)
        readable |= Q(leader=person) | Exists(mine)
    return RoleMatrix.objects.filter(readable).select_related("leader")


def rows_to_decide(user):
    """The rows of people whom others ask for and `user` appraises today."""
    person = employee_of(user)
    if person is None:
        return MatrixRow.objects.none()
    team = subordinate_keys_on(person, timezone.localdate())
    return (
        MatrixRow.objects.filter(employee__in=team)
        .exclude(consent=MatrixRow.Consent.OWN)
        .select_related("employee__user", "matrix__leader__user", "consent_by")
    )


def roles_for(employee, *, year=None):
    """The roles `employee` is to bring about, those nobody has to consent to any more, in their order."""
    roles = MatrixRole.objects.filter(row__employee=employee, row__consent__in=SETTLED)
    if year is not None:
        roles = roles.filter(row__matrix__year=year)
    return roles.select_related("row__matrix__leader", "row__lead__employee", "above", "taken_as").order_by(
        "-row__matrix__year", "row__matrix", "row", "position", "pk"
    )


def open_offers(skp):
    """How many roles wait to be taken into this plan: what its page tells its owner."""
    return roles_for(skp.employee, year=skp.year).filter(taken_as=None).count()


def plan_to_fill(employee, year):
    """(plan that takes a new result now or None, why not in Indonesian)."""
    over = (Skp.State.MERGED, Skp.State.DROPPED)
    plans = Skp.objects.filter(employee=employee, year=year).exclude(state__in=over)
    plans = plans.order_by("-starts_on", "-pk")
    editable = [plan for plan in plans if plan.state in (Skp.State.DRAFT, Skp.State.RETURNED)]
    if editable:
        return editable[0], ""
    if not plans:
        return None, f"Buat SKP {year} dahulu di halaman “Kinerja saya”."
    words = plans[0].get_state_display().lower()
    return None, f"SKP {year} Anda {words}. Buka penyesuaian SKP dahulu, lalu ambil peran ini."
