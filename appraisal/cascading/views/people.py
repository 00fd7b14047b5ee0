"""Who else stands in a matrix: asking for somebody of another unit, and his appraiser's answer."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from agencies.access.lookups import person_finder
from agencies.people.models import Employee
from ambon_kinerja.lifecycle.steps import StepRefused

from ..actions import add_person, decide_consent
from ..forms import ConsentForm, PersonForm
from ..models import MatrixRow
from ..queries import rows_to_decide
from ..rules import may_decide_consent
from .matrix import fillers_sheet

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def matrix_person_add(request, pk, lead=None):
    sheet = fillers_sheet(request, pk, lead)
    people = Employee.objects.counting().exclude(kind=Employee.Kind.OFFICIAL)
    find = person_finder(people, with_nip=False)
    if request.method == "POST" and request.POST.get("cari"):
        form = PersonForm(initial={}, find=find)
        value = form.fields["person"].widget.value_from_datadict(request.POST, {}, "person")
        found = form.fields["person"].show(value)
        form = searched_form(form, value)
        context = {"sheet": sheet, "form": form, "nothing": not found}
        return render(request, "appraisal/cascading/person_add.html", context)
    form = PersonForm(request.POST if request.method == "POST" else None, find=find)
    if form.is_valid():
        try:
            row = add_person(sheet.plan, form.cleaned_data["person"], by=request.user, lead=sheet.lead)
        except StepRefused as refusal:
            form.add_error("person", str(refusal))
        else:
            asked = row.consent == MatrixRow.Consent.ASKED
            messages.success(
                request,
                f"{row.employee} ditambahkan. Pejabat penilainya diminta persetujuan."
                if asked
                else f"{row.employee} ditambahkan.",
            )
            return redirect(sheet.address)
    status = 422 if form.errors else 200
    return render(
        request, "appraisal/cascading/person_add.html", {"sheet": sheet, "form": form}, status=status
    )


def searched_form(form, value):
    """The form with what was typed, and below it what was found."""
    form.initial = {"person": value}
    return form


@require_http_methods(FORM_METHODS)
def matrix_consent(request, row):
    found = get_object_or_404(rows_to_decide(request.user), pk=row)
    if not may_decide_consent(request.user, found):
        raise Http404
    if found.consent != MatrixRow.Consent.ASKED:
        form = None
    else:
        form = ConsentForm(request.POST if request.method == "POST" else None)
    if form is not None and form.is_valid():
        given = form.cleaned_data["decision"] == "setuju"
        try:
            decide_consent(found, by=request.user, is_given=given, reason=form.cleaned_data["reason"])
        except StepRefused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, f"Keputusan Anda tentang {found.employee} disimpan.")
        return redirect("appraisal:matrix-consent", row=found.pk)
    context = {"row": found, "form": form, "roles": found.roles.select_related("above")}
    status = 422 if form is not None and form.errors else 200
    return render(request, "appraisal/cascading/consent.html", context, status=status)
