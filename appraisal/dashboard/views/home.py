"""The start page of everybody who signs in."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..worklist import desk_of


@require_safe
def home(request):
    return render(request, "appraisal/dashboard/home.html", {"desk": desk_of(request.user)})
