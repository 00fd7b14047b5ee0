"""The employee writes his objection: reasons, evidence of his plan, files of his own; then he files it."""

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from ambon_kinerja.lifecycle.steps import StepRefused
from ambon_kinerja.personal_data.actions import note_viewing
from appraisal.monitoring import evidence_files

from .. import actions
from ..actions.objecting import evidence_of_plan
from ..forms import FileForm, ObjectionForm, ReasonForm
from ..models import Objection, ObjectionEvidence
from ..queries import visible_objections
from ..rules import is_owner, why_not_object
from ..states.objections import WITHDRAW
from .answering import FORM_PAGE, FORMS, Page, answer, found_document, found_objection, press, show_errors

WRITE = "appraisal/objections/write.html"


@require_POST
def objection_start(request, pk):
    document = found_document(request, pk)
    if not is_owner(request.user, document):
        raise Http404
    try:
        objection = actions.start_objection(document, by=request.user)
    except StepRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect(page_of(document))
    return redirect("appraisal:objection-write", pk=objection.pk)


def page_of(document):
    return reverse("appraisal:document-detail", args=[document.pk])


@FORMS
def objection_write(request, pk):
    """Saved as often as he likes; "Ajukan" saves and files in one act."""
    objection = found_objection(request, pk, is_owner)
    if objection.state != Objection.State.DRAFT:
        return redirect("appraisal:objection-detail", pk=pk)
    evidence = list(evidence_of_plan(objection))
    initial = {
        "reasons": objection.reasons,
        "version": objection.version,
        "cited": list(objection.evidence.filter(cited__isnull=False).values_list("cited", flat=True)),
    }
    form = ObjectionForm(
        request.POST if request.method == "POST" else None, evidence=evidence, initial=initial
    )
    is_filing = "ajukan" in request.POST

    def store(values):
        saved = actions.save_objection(
            objection,
            version=values["version"],
            reasons=values["reasons"],
            cited=values["cited"],
            by=request.user,
        )
        if not is_filing:
            return reverse("appraisal:objection-write", args=[pk])
        actions.file_objection(saved, version=saved.version, by=request.user)
        return reverse("appraisal:objection-detail", args=[pk])

    page = Page(
        title="Keberatan atas hasil evaluasi",
        submit="Simpan draf",
        back=page_of(objection.document),
        back_words="Dokumen evaluasi",
        template=WRITE,
    )
    done = (
        "Keberatan diajukan. Atasan pejabat penilai diberi tahu." if is_filing else "Draf keberatan disimpan."
    )
    return answer(
        request,
        form,
        page,
        store=store,
        done=done,
        now=lambda stored: [("Alasan keberatan", stored.reasons)],
        objection=objection,
        files=objection.evidence.filter(cited=None),
        file_form=FileForm(),
        late=why_not_object(objection.document),
        term=objection.document.deadlines.filter(kind="object").order_by("-starts_on", "-pk").first(),
    )


@require_POST
def objection_file_add(request, pk):
    objection = found_objection(request, pk, is_owner)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid() and form.cleaned_data["upload"] is None:
        form.add_error("upload", "Pilih berkas.")
    if form.is_valid():
        try:
            actions.add_file(
                objection,
                title=form.cleaned_data["title"],
                upload=form.cleaned_data["upload"],
                by=request.user,
            )
        except actions.Refused as refusal:
            show_errors(form, refusal)
        else:
            return press(
                request,
                lambda: None,
                address=reverse("appraisal:objection-write", args=[pk]),
                done="Berkas disimpan.",
            )
    page = Page(
        title="Tambah berkas bukti",
        submit="Unggah",
        back=reverse("appraisal:objection-write", args=[pk]),
        back_words="Keberatan",
        template=FORM_PAGE,
    )
    return render(request, FORM_PAGE, {"form": form, "page": page}, status=422)


def found_file(request, pk, **more):
    rows = ObjectionEvidence.objects.filter(
        objection__in=visible_objections(request.user), cited=None, **more
    )
    return get_object_or_404(rows.select_related("objection__employee"), pk=pk)


@require_POST
def objection_file_remove(request, pk):
    row = found_file(request, pk)
    if not is_owner(request.user, row.objection):
        raise Http404
    return press(
        request,
        lambda: actions.drop_evidence(row, by=request.user),
        address=reverse("appraisal:objection-write", args=[row.objection_id]),
        done="Berkas dihapus.",
    )


@require_safe
def objection_file_open(request, pk):
    """The file as an attachment that no browser runs."""
    row = found_file(request, pk)
    note_viewing(request.user, about=row.objection.employee, kind="objection")
    content = evidence_files.read_kept(row)
    if content is None:
        return render(request, "appraisal/objections/file_missing.html", {"row": row}, status=410)
    return attachment(content, row.file_name, row.content_type)


def attachment(content, name, content_type):
    response = FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type=content_type)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@FORMS
def objection_withdraw(request, pk):
    objection = found_objection(request, pk, is_owner)
    back = reverse("appraisal:objection-detail", args=[pk])
    if objection.state not in WITHDRAW.sources and request.method != "POST":
        return redirect(back)

    def store(values):
        actions.withdraw_objection(objection, reason=values["reason"], by=request.user)
        return back

    page = Page(
        title="Tarik keberatan",
        submit="Tarik keberatan",
        back=back,
        back_words="Keberatan",
        intro="Hasil semula tetap berlaku. Selama batas waktu Anda belum lewat, Anda dapat mengajukan lagi.",
        is_final=True,
        template=FORM_PAGE,
    )
    form = ReasonForm(request.POST if request.method == "POST" else None)
    return answer(request, form, page, store=store, done="Keberatan ditarik. Para pihak diberi tahu.")
