"""The result as the form of the regulation, on the screen and for paper."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ambon_kinerja.personal_data.actions import note_viewing
from appraisal.scoring.sheets.form_c import form_of
from appraisal.scoring.views.reading import decided


@require_safe
def evaluation_form(request, pk):
    return shown(request, pk, "appraisal/scoring/form_c.html")


@require_safe
def evaluation_form_print(request, pk):
    return shown(request, pk, "appraisal/scoring/form_c_print.html")


def shown(request, pk, template):
    evaluation = get_object_or_404(decided(request.user), pk=pk)
    note_viewing(request.user, about=evaluation.skp.employee, kind="evaluation")
    return render(request, template, form_of(evaluation))
