"""The account page."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.people.reporting_line import exception_of, line_on
from agencies.structure.queries import agency_of

from .roles import SENTENCES
from .scope import employee_of, grants_on


@require_safe
def account(request):
    person, today = employee_of(request.user), timezone.localdate()
    grants = list(grants_on(request.user))
    for grant in grants:
        grant.sentence = SENTENCES[grant.role]
    context = {"person": person, "grants": grants, "today": today}
    if person is not None:
        start, line = line_on(person, today)
        context |= {"start": start, "line": line, "agency": start and agency_of(start.post.unit)}
        context["exception"] = exception_of(person, today)
    return render(request, "agencies/access/account.html", context)
