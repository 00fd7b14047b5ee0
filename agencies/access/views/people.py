"""The account page."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.people.reporting_line import exception_of, line_on
from agencies.structure.queries import agency_of

from ..queries import delegations_of
from ..roles import SENTENCES
from ..rules import may_delegate
from ..scope import employee_of, grants_on


@require_safe
def account(request):
    person, today = employee_of(request.user), timezone.localdate()
    grants = list(grants_on(request.user).select_related("unit", "given_by"))
    for grant in grants:
        grant.sentence = SENTENCES[grant.role]
        grant.may_delegate = person is not None and may_delegate(request.user, grant)
    context = {"person": person, "grants": grants, "today": today}
    context["delegations"] = delegations_of(request.user)
    if person is not None:
        start, line = line_on(person, today)
        context |= {"start": start, "line": line, "agency": start and agency_of(start.post.unit)}
        context["exception"] = exception_of(person, today)
    return render(request, "agencies/access/account.html", context)
