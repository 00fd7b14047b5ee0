"""The nine boxes, and the potential that the personnel office enters from an assessment."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from ambon_kinerja.personal_data.actions import note_viewing

from ..actions import record_potential, take_back
from ..forms.recording import PotentialForm, ReasonForm
from ..queries import visible_potentials
from .answering import FORMS, Page, answer, kept_employee, unit_of
from .listing import asked_for, context_of, page_of, readable

HERE = "Sembilan kotak talenta"


@require_safe
def talent(request):
    """The picture with its counts, and whoever stands where the filter says."""
    each = readable(request.user, "talenta")
    form, asked = asked_for(request, each)
    boxes, outside = each.boxes(request.user, asked)
    page = page_of(each, request.user, asked, request.GET.get("halaman"))
    context = context_of(request, each, form, asked, page)
    context |= {"boxes": boxes, "outside": outside}
    return render(request, "appraisal/outcomes/talent.html", context)


@FORMS
def potential_record(request, employee):
    person = kept_employee(request, employee)
    note_viewing(request.user, about=person, kind="potential")

    def store(values):
        facts = {name: values[name] for name in ("potential", "source", "document", "assessed_on")}
        record_potential(person, unit=unit_of(person), by=request.user, **facts)
        return reverse("appraisal:potential-record", args=[person.pk])

    known = visible_potentials(request.user).filter(employee=person)
    page = Page(
        title=f"Potensial {person.name}",
        submit="Simpan potensial",
        back=reverse("appraisal:talent"),
        back_words=HERE,
        intro="Dari laporan asesmen, bukan perkiraan.",
        facts=[(date_format(each.assessed_on, "j F Y"), told(each)) for each in known],
        template="appraisal/outcomes/potential.html",
    )
    form = PotentialForm(request.POST if request.method == "POST" else None)
    form.known = list(known)
    return answer(request, form, page, store=store, done="Potensial disimpan.")


def told(potential):
    words = f"{potential.get_potential_display()}, {potential.source}"
    return f"{words} (dibatalkan)" if potential.is_withdrawn else words


@FORMS
def potential_take_back(request, pk):
    potential = get_object_or_404(visible_potentials(request.user), pk=pk)
    person = kept_employee(request, potential.employee_id)
    back = reverse("appraisal:potential-record", args=[person.pk])

    def store(values):
        take_back(potential, unit=unit_of(person), reason=values["reason"], by=request.user)
        return back

    page = Page(
        title="Batalkan catatan potensial",
        submit="Batalkan catatan",
        back=back,
        back_words=f"Potensial {person.name}",
        intro="Catatan tetap tersimpan dan tidak dipakai lagi.",
        facts=[("Pegawai", person.name), (date_format(potential.assessed_on, "j F Y"), told(potential))],
        is_final=True,
    )
    form = ReasonForm(request.POST if request.method == "POST" else None)
    return answer(request, form, page, store=store, done="Catatan dibatalkan.")
