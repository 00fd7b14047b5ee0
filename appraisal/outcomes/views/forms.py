"""The three forms of credit: prepared, read, printed, signed, replaced."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.access.scope import employee_of
from ambon_kinerja.lifecycle.steps import StepRefused, history_of
from ambon_kinerja.personal_data.actions import note_viewing

from ..account import account_of, with_review
from ..actions import (
    prepare_assessment,
    prepare_conversions,
    replace_conversion,
    review_conversion,
    sign_form,
    withdraw_form,
)
from ..forms.recording import AssessmentForm, NoteForm, ReasonForm
from ..models.credit import FormState
from ..queries import visible_assessments, visible_conversions
from ..rules import may_prepare, may_sign
from ..served import holds_on
from .accounts import FIRST_YEAR, account_page, lines_of_year, page_about
from .answering import FORMS, Page, answer, kept_employee, unit_of


@FORMS
def conversion_prepare(request, employee, year):
    """What of a year can be converted and what is missing; the POST makes the forms that are ready."""
    person = kept_employee(request, employee)
    if not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404
    unit = unit_of(person)
    if request.method == "POST":
        try:
            made = prepare_conversions(person, year=year, unit=unit, by=request.user)
        except StepRefused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, f"{len(made)} formulir konversi disiapkan. Penilai diberi tahu.")
        return redirect("appraisal:conversion-prepare", person.pk, year)
    lines, fault = lines_of_year(person, year)
    context = {
        "person": person,
        "year": year,
        "lines": lines,
        "fault": fault,
        "is_ready": any(line.is_ready for line in lines),
        "account_url": account_page(person),
    }
    return render(request, "appraisal/outcomes/conversion_prepare.html", context)


def found_conversion(request, pk):
    return get_object_or_404(visible_conversions(request.user), pk=pk)


def found_assessment(request, pk):
    return get_object_or_404(with_review(visible_assessments(request.user)), pk=pk)


def what_may(request, form):
    """What this person can do with a form as it stands, for its page."""
    person = employee_of(request.user)
    return {
        "form_record": form,
        "is_own": person is not None and person.pk == form.employee_id,
        "may_sign": form.state == FormState.PREPARED and may_sign(request.user, form),
        "keeps": may_prepare(request.user, form.employee, form.unit),
        "history": list(history_of(form)),
        "account_url": account_page(form.employee),
    }


@require_safe
def conversion_detail(request, pk):
    conversion = found_conversion(request, pk)
    note_viewing(request.user, about=conversion.employee, kind="credit")
    return render(
        request, "appraisal/outcomes/conversion.html", what_may(request, conversion) | {"one": conversion}
    )


@require_safe
def conversion_print(request, pk):
    conversion = found_conversion(request, pk)
    note_viewing(request.user, about=conversion.employee, kind="credit")
    return render(request, "appraisal/outcomes/print_conversion.html", {"one": conversion})


@require_safe
def assessment_detail(request, pk):
    assessment = found_assessment(request, pk)
    note_viewing(request.user, about=assessment.employee, kind="credit")
    return render(
        request, "appraisal/outcomes/assessment.html", what_may(request, assessment) | {"one": assessment}
    )


@require_safe
def assessment_print(request, pk):
    assessment = found_assessment(request, pk)
    note_viewing(request.user, about=assessment.employee, kind="credit")
    return render(request, "appraisal/outcomes/print_assessment.html", {"one": assessment})


@require_safe
def accumulation_print(request, pk):
    assessment = found_assessment(request, pk)
    note_viewing(request.user, about=assessment.employee, kind="credit")
    return render(request, "appraisal/outcomes/print_accumulation.html", {"one": assessment})


def signed(request, form, page):
    """The button of the appraiser, pressed once or twice."""
    if form.state != FormState.PREPARED:
        messages.info(request, f"Tidak ada yang berubah. Keadaannya “{form.get_state_display()}”.")
        return redirect(page, form.pk)
    if not may_sign(request.user, form):
        raise Http404
    try:
        sign_form(form, by=request.user)
    except StepRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Ditandatangani. Pegawai diberi tahu.")
    return redirect(page, form.pk)


@require_POST
def conversion_sign(request, pk):
    return signed(request, found_conversion(request, pk), "appraisal:conversion-detail")


@require_POST
def assessment_sign(request, pk):
    return signed(request, found_assessment(request, pk), "appraisal:assessment-detail")


def office_form(request, record, *, title, submit, back, store, done, form_class=ReasonForm, **more):
    """A form of the personnel office about a numbered form."""
    if not may_prepare(request.user, record.employee, record.unit):
        raise Http404
    page = Page(
        title=title,
        submit=submit,
        back=back,
        back_words=str(record),
        facts=[("Pegawai", record.employee.name), ("Nomor", record.number)],
        **more,
    )
    form = form_class(request.POST if request.method == "POST" else None)
    return answer(request, form, page, store=store, done=done)


def page_of(record, name):
    return reverse(f"appraisal:{name}-detail", args=[record.pk])


@FORMS
def conversion_withdraw(request, pk):
    return withdrawing(request, found_conversion(request, pk), "conversion")


@FORMS
def assessment_withdraw(request, pk):
    return withdrawing(request, found_assessment(request, pk), "assessment")


def withdrawing(request, record, name):
    def store(values):
        withdraw_form(record, reason=values["reason"], by=request.user)
        return page_of(record, name)

    return office_form(
        request,
        record,
        title="Batalkan formulir",
        submit="Batalkan formulir",
        back=page_of(record, name),
        store=store,
        done="Formulir dibatalkan.",
        intro="Hanya sebelum ditandatangani. Nomornya tidak dipakai lagi.",
        is_final=True,
    )


@FORMS
def conversion_review(request, pk):
    conversion = found_conversion(request, pk)

    def store(values):
        review_conversion(conversion, note=values["note"], by=request.user)
        return page_of(conversion, "conversion")

    return office_form(
        request,
        conversion,
        form_class=NoteForm,
        title="Tinjau: konversi tetap berlaku",
        submit="Simpan kesimpulan",
        back=page_of(conversion, "conversion"),
        store=store,
        done="Hasil peninjauan disimpan.",
        intro="Penilaian yang menjadi dasarnya sudah digantikan. Tulis mengapa konversi ini tetap berlaku.",
    )


@FORMS
def conversion_replace(request, pk):
    conversion = found_conversion(request, pk)

    def store(values):
        made = replace_conversion(conversion, reason=values["reason"], by=request.user)
        return page_of(made, "conversion")

    return office_form(
        request,
        conversion,
        title="Ganti konversi",
        submit="Siapkan pengganti",
        back=page_of(conversion, "conversion"),
        store=store,
        done="Pengganti disiapkan. Penilai diberi tahu.",
        intro="Formulir baru dibuat dari penilaian yang berlaku sekarang. Formulir lama tetap tersimpan.",
    )


@FORMS
def assessment_prepare(request, employee):
    """The PAK of the level held today, up to a day."""
    person = kept_employee(request, employee)
    held = holds_on(person, timezone.localdate())
    if held is None:
        raise Http404
    level = held.post.level
    account = account_of(person, level)

    def store(values):
        made = prepare_assessment(
            person, level=level, until=values["until"], unit=unit_of(person), by=request.user
        )
        return page_of(made, "assessment")

    latest = account.conversions[-1].last_day if account.conversions else timezone.localdate()
    facts = [
        ("Pegawai", person.name),
        ("Jenjang", account.level_words),
        ("Konversi yang sudah ditandatangani", len(account.conversions)),
        ("Angka kredit kumulatif sekarang", f"{account.total}".replace(".", ",")),
        ("Kesimpulan sekarang", account.standing.conclusion),
    ]
    form = AssessmentForm(request.POST if request.method == "POST" else None, initial={"until": latest})
    page = page_about(
        person,
        "Siapkan PAK",
        "Siapkan PAK",
        facts=facts,
        intro="Hanya konversi yang sudah ditandatangani yang dihitung. Akumulasinya ikut dibuat.",
    )
    return answer(request, form, page, store=store, done="PAK disiapkan. Penilai diberi tahu.")
