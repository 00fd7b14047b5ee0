"""Anda berkata – kami lakukan: what everybody may read, without sign-in, cookie or script."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from feedback.citizens.screening import screened
from feedback.services.models import Service

from ..models import FollowUpItem
from ..queries import (
    effect_of,
    is_late,
    public_counts,
    published_items,
    solutions_of,
)
from ..queries import public_problems as problems_for_all
from .plans import file_of

ON_A_PAGE = 15


@login_not_required
@require_safe
def said_and_done(request, slug=None):
    """The promises of the whole city, or of one service."""
    service = get_object_or_404(Service.objects.select_related("unit"), slug=slug) if slug else None
    page = Paginator(published_items(service), ON_A_PAGE).get_page(request.GET.get("halaman"))
    for item in page:
        item.late = is_late(item)
        screen(item, "programme", "description", "obstacles")
    context = {
        "service": service,
        "page": page,
        "counts": None if service else public_counts(),
        "has_problems": problems_for_all(service).exists(),
    }
    return render(request, "feedback/followup/public/list.html", context)


@login_not_required
@require_safe
def public_problems(request):
    page = Paginator(problems_for_all(), ON_A_PAGE).get_page(request.GET.get("halaman"))
    for problem in page:
        screen(problem, "title", "cause")
    return render(request, "feedback/followup/public/problems.html", {"page": page})


@login_not_required
@require_safe
def public_problem(request, pk):
    problem = get_object_or_404(problems_for_all(), pk=pk)
    screen(problem, "title", "text", "cause", "closing")
    solutions = list(solutions_of(problem))
    for solution in solutions:
        solution.effect = effect_of(solution, problem)
        screen(solution, "text", "conclusion")
    return render(
        request, "feedback/followup/public/problem.html", {"problem": problem, "solutions": solutions}
    )


def screen(record, *names):
    """Numbers and names that an officer wrote by mistake are masked before everybody reads them."""
    for name in names:
        setattr(record, name, screened(getattr(record, name)))


@login_not_required
@require_safe
def public_proof(request, pk):
    found = published_items().filter(shows_file=True, state=FollowUpItem.State.DONE)
    return file_of(get_object_or_404(found, pk=pk))
