"""What colleagues say about each other: their narrow way past the row-level security (docs/adr/0016).

A colleague, somebody whom the employee leads, or a leader who assigned a result reads no plan of the employee; he
sees what there is to speak about, and what he wrote himself.
"""

from django.utils import timezone

from agencies.people.models import Employee
from agencies.people.reporting_line import appraiser_on, subordinates_on
from ambon_kinerja.row_security import as_service
from appraisal.planning.models import Skp

from .models import Feedback, FeedbackRequest
from .rules import may_comment


def plan_to_comment(user, key):
    """The agreed plan with this key if `user` may speak about it today, else None."""
    with as_service():
        plans = Skp.objects.filter(pk=key, state=Skp.State.AGREED).select_related("employee__user", "unit")
        skp = plans.first()
        return skp if skp is not None and may_comment(user, skp) else None


def running_plans_of(employees, day=None):
    """[(employee, key of the agreed plan that runs on the day, or None)] in the order given."""
    day, employees = day or timezone.localdate(), list(employees)
    with as_service():
        found = dict(
            Skp.objects.on(day)
            .filter(employee__in=employees, state=Skp.State.AGREED)
            .values_list("employee", "pk")
        )
    return [(employee, found.get(employee.pk)) for employee in employees]


def circle_of(person, day=None):
    """Those who may speak about `person`, by their part: {"leader", "peers", "subordinates", "assigners"}."""
    day = day or timezone.localdate()
    leader = appraiser_on(person, day)
    peers = subordinates_on(leader, day).exclude(pk=person.pk) if leader else Employee.objects.none()
    assigners = Employee.objects.filter(
        pk__in=Skp.objects.on(day)
        .filter(employee=person, results__withdrawn_on=None, results__assigner__isnull=False)
        .values("results__assigner")
    )
    return {
        "leader": [leader] if leader else [],
        "peers": list(peers),
        "subordinates": list(subordinates_on(person, day)),
        "assigners": [one for one in assigners if one not in (leader, person)],
    }


def written_by(user, limit=20):
    """What `user` said lately about others, newest first, each with whom it is about."""
    with as_service():
        rows = Feedback.objects.filter(given_by=user).select_related(
            "skp__employee", "skp__unit", "period", "result", "value"
        )
        return list(rows.order_by("-recorded_at", "-pk")[:limit])


def own_feedback(user, key):
    """The feedback with this key that `user` gave, or None."""
    with as_service():
        rows = Feedback.objects.filter(pk=key, given_by=user).select_related("skp__employee__user", "period")
        return rows.first()


def requests_to(person):
    """What `person` is asked for and has not given yet, with the plan to speak about."""
    with as_service():
        waiting = list(
            FeedbackRequest.objects.filter(asked=person, feedback=None).select_related("employee")[:20]
        )
    plans = {one.pk: key for one, key in running_plans_of({each.employee for each in waiting})}
    return [(each, plans[each.employee_id]) for each in waiting if plans[each.employee_id]]
