"""The tree of performance: which units one oversees, and the tree of one."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from appraisal.goals.forms import year_asked
from appraisal.goals.queries import overseen_units

from ..tree import tree_of

ROWS_A_PAGE = 50


@require_safe
def performance_tree(request):
    """The units one oversees."""
    today = timezone.localdate()
    units = overseen_units(request.user, today)
    page = Paginator(units, ROWS_A_PAGE).get_page(request.GET.get("halaman"))
    if not page.paginator.count:
        raise Http404
    return render(request, "appraisal/cascading/tree_list.html", {"page": page})


@require_safe
def tree_of_unit(request, unit):
    today = timezone.localdate()
    unit = get_object_or_404(overseen_units(request.user, today).select_related("parent"), pk=unit)
    year = year_asked(request.GET, today.year)
    context = {
        "unit": unit,
        "year": year,
        "years": range(today.year + 1, today.year - 4, -1),
        "tree": tree_of(unit, year, user=request.user, day=today),
        "below": overseen_units(request.user, today).filter(parent=unit),
    }
    return render(request, "appraisal/cascading/tree.html", context)
