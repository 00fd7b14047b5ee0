"""Taking a role of the matrix into one's own plan."""

from django.db import transaction
from django.utils import timezone

from agencies.people.reporting_line import appraiser_on
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from appraisal.goals.queries import goals_for_leader, post_in_words
from appraisal.planning.actions import save_result
from appraisal.planning.models import WorkResult
from appraisal.planning.queries import results_to_support

from ..models import MatrixRole
from ..queries import plan_to_fill
from ..rules import may_take_role


@transaction.atomic
def take_role(role, *, by):
    """The result that `role` becomes in the plan of its owner; taken once, however often the button is pressed."""
    role = MatrixRole.objects.select_for_update(of=("self",)).get(pk=role.pk)
    if not may_take_role(by, role):
        raise NotAllowed("Peran ini bukan milik Anda, atau belum disetujui pejabat penilai Anda.")
    if role.taken_as is not None:
        return role.taken_as
    matrix, employee = role.row.matrix, role.row.employee
    plan, why_not = plan_to_fill(employee, matrix.year)
    if plan is None:
        raise StepRefused(why_not)
    today = timezone.localdate()
    parent = parent_of(role, plan)
    assigner = role.row.lead.employee if role.row.lead else matrix.leader
    is_own = appraiser_on(employee, today) == assigner
    result = save_result(
        plan,
        by=by,
        version=plan.version,
        kind=WorkResult.Kind.MAIN,
        statement=role.statement,
        parent=parent,
        assigned_by="" if is_own else post_in_words(assigner, today),
    )
    goal = goal_of(parent, employee, matrix.year, today)
    links = {"goal": goal} if goal else {}
    WorkResult.objects.filter(pk=result.pk).update(
        origin=WorkResult.Origin.ROLE, assigner=None if is_own else assigner, **links
    )
    role.taken_as = result
    role.save(update_fields=["taken_as"])
    record_event("matrix.take_role", role, by=by, details={"skp": plan.pk, "result": result.pk})
    result.refresh_from_db()
    return result


def parent_of(role, plan):
    """The result of a leader that the role serves, as far as the plan may hang under it already."""
    possible = [role.above.taken_as_id, role.above.result_id] if role.above else [role.result_id]
    return results_to_support(plan).filter(pk__in=[key for key in possible if key]).first()


def goal_of(parent, employee, year, day):
    """Of the goals of the unit the employee leads the one that serves the goal of the leader's result, if just one."""
    if parent is None or parent.goal_id is None:
        return None
    found = list(goals_for_leader(employee, year, day=day).filter(supports=parent.goal_id)[:2])
    return found[0] if len(found) == 1 else None
