"""Study leave within a plan: the facts, the grade-point table, and the two usual results at one click."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ambon_kinerja.lifecycle.steps import StepRefused
from ambon_kinerja.personal_data.actions import note_viewing
from appraisal.rulebook.queries import rule_on

from ..actions import Conflict
from ..actions.fingerprints import fingerprint
from ..actions.study import (
    FIELDS,
    NOT_RECORDED,
    add_study_results,
    remove_study,
    save_study,
    study_content,
    study_state_of,
)
from ..forms.study import StudyForm
from ..models import StudyPlan, WorkResult
from ..rules import EDITABLE, can_edit_results, is_owner
from ..study_grades import ABROAD, PREDIKATS, row_for, rows_of
from .reading import find_skp
from .results import closed, plan_of_owner

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def study(request, pk):
    skp = find_skp(request, pk)
    found = StudyPlan.objects.filter(skp=skp).first()
    owner = is_owner(request.user, skp)
    if found is None and not owner:
        raise Http404
    note_viewing(request.user, about=skp.employee, kind="skp")
    state = study_state_of(skp)
    context = {
        "skp": skp,
        "study": found,
        "is_owner": owner,
        "may_edit": can_edit_results(request.user, skp),
        "state": state,
        "not_recorded": "" if state else NOT_RECORDED,
        "has_results": skp.results.filter(origin=WorkResult.Origin.STUDY, withdrawn_on=None).exists(),
    }
    return render(request, "appraisal/planning/study.html", context | grade_context(skp, found))


def grade_context(skp, found):
    """The table of the regulation in force at the plan's end, and the row that holds for this person."""
    rule = rule_on("study_grades", skp.ends_on)
    own = own_row(rule.value, found)
    tables = []
    for level, words in StudyPlan.Level.choices:
        if found is None or found.level == level:
            rows = rows_of(rule.value, level)
            tables.append((words, [row for row in rows if found is None or is_same_place(row, found)]))
    return {"rule": rule, "tables": tables, "own": own, "predikats": [words for _, words in PREDIKATS]}


def is_same_place(row, found):
    return (row.accreditation == ABROAD) == found.is_abroad


def own_row(table, found):
    if found is None:
        return None
    return row_for(
        table,
        level=found.level,
        accreditation=ABROAD if found.is_abroad else found.university_accreditation,
        programme=found.programme_accreditation,
    )


@require_http_methods(FORM_METHODS)
def study_edit(request, pk):
    skp = plan_of_owner(request, pk)
    if skp.state not in EDITABLE:
        return closed(request, skp)
    stored, state = study_content(skp), study_state_of(skp)
    if request.method != "POST":
        known = {"starts_on": state.term.lower, "ends_on": state.last_day} if state else {}
        form = StudyForm(initial=(stored or known) | {"seen": fingerprint(stored)})
        return show_study(request, skp, form, state)
    form = StudyForm(request.POST)
    if not form.is_valid():
        return show_study(request, skp, form, state, status=422)
    values = {name: form.cleaned_data[name] for name in FIELDS}
    try:
        save_study(skp, values=values, seen=form.cleaned_data["seen"], by=request.user)
    except Conflict as conflict:
        form = StudyForm(initial=values | {"seen": fingerprint(conflict.stored)})
        return show_study(request, skp, form, state, status=409, stored=StudyPlan(**conflict.stored or {}))
    except StepRefused as refusal:
        form.add_error(None, str(refusal))
        return show_study(request, skp, form, state, status=422)
    messages.success(request, "Tugas belajar disimpan.")
    return redirect("appraisal:study", pk=skp.pk)


def show_study(request, skp, form, state, *, status=200, **more):
    context = {"skp": skp, "form": form, "not_recorded": "" if state else NOT_RECORDED} | more
    return render(request, "appraisal/planning/study_edit.html", context, status=status)


@require_POST
def study_results(request, pk):
    skp = plan_of_owner(request, pk)
    if skp.state not in EDITABLE:
        return closed(request, skp)
    found = StudyPlan.objects.filter(skp=skp).first()
    own = own_row(rule_on("study_grades", skp.ends_on).value, found)
    try:
        added = add_study_results(skp, by=request.user, aim=own.bounds[1] if own else None)
    except StepRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("appraisal:study", pk=skp.pk)
    if added:
        messages.success(
            request, "Dua hasil kerja tugas belajar ditambahkan. Sesuaikan target dengan pimpinan Anda."
        )
    else:
        messages.info(request, "Kedua hasil kerja itu sudah ada dalam SKP Anda.")
    return redirect("appraisal:skp-detail", pk=skp.pk)


@require_POST
def study_remove(request, pk):
    skp = plan_of_owner(request, pk)
    if skp.state not in EDITABLE:
        return closed(request, skp)
    try:
        remove_study(skp, by=request.user)
    except StepRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Tugas belajar dihapus dari SKP ini. Hasil kerjanya tetap ada.")
    return redirect("appraisal:skp-detail", pk=skp.pk)
