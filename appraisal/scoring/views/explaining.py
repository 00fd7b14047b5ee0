"""How an appraisal works, for anyone: the same rules and tables that the program itself uses."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from appraisal.rulebook.queries import behaviour_values, rules_on
from appraisal.scoring.words import FOR_BEHAVIOUR, FOR_WORK, matrix_for


@login_not_required
@require_safe
def how_it_works(request):
    page = {
        "work": [(rating.label, words) for rating, words in FOR_WORK.items()],
        "behaviour": [(rating.label, words) for rating, words in FOR_BEHAVIOUR.items()],
        "matrix": matrix_for(None, None),
        "values": behaviour_values(),
        "rules": rules_on(timezone.localdate()),
    }
    return render(request, "appraisal/scoring/how_it_works.html", page)
