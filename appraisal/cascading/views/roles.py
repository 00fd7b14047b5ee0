"""My roles: what the matrices of leaders want of me, and taking it into my plan."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from agencies.access.scope import employee_of
from ambon_kinerja.lifecycle.steps import StepRefused

from ..actions import take_role
from ..models import MatrixRow
from ..queries import plan_to_fill, roles_for, rows_to_decide
from ..rules import may_take_role


@require_safe
def my_roles(request):
    person = employee_of(request.user)
    if person is None:
        raise Http404
    roles = list(roles_for(person))
    years = {}
    for role in roles:
        years.setdefault(role.row.matrix.year, []).append(role)
    waiting = MatrixRow.objects.filter(employee=person, consent=MatrixRow.Consent.ASKED)
    teams = MatrixRow.objects.filter(employee=person, is_team_lead=True).select_related("matrix__leader")
    context = {
        "groups": [
            {"year": year, "roles": mine, "why_not": plan_to_fill(person, year)[1]}
            for year, mine in sorted(years.items(), reverse=True)
        ],
        "waiting": waiting.select_related("matrix__leader"),
        "teams": teams,
        "asked": rows_to_decide(request.user).filter(consent=MatrixRow.Consent.ASKED),
    }
    return render(request, "appraisal/cascading/my_roles.html", context)


@require_POST
def role_take(request, pk):
    person = employee_of(request.user)
    if person is None:
        raise Http404
    role = get_object_or_404(roles_for(person), pk=pk)
    if not may_take_role(request.user, role):
        raise Http404
    try:
        result = take_role(role, by=request.user)
    except StepRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("appraisal:my-roles")
    messages.success(request, "Peran diambil ke SKP. Lengkapi dengan indikator dan target.")
    return redirect("appraisal:result-edit", pk=result.skp_id, result=result.pk)
