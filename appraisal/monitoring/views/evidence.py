"""What shows a result: adding it, opening it, taking it out."""

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ambon_kinerja.lifecycle.steps import NotAllowed
from ambon_kinerja.personal_data.actions import note_viewing
from feedback.services.models import Service

from .. import evidence_files
from ..actions import Refused, add_evidence_file, add_evidence_link, cite_service, remove_evidence
from ..forms.evidence import EvidenceForm, ServiceForm
from ..queries import results_in
from ..rules import why_closed, why_evidence_stays
from ..twins import twins_of
from .finding import evidence_to_open, plan_and_period, show_errors


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_add(request, skp, period):
    skp, period = plan_and_period(request, skp, period)
    closed = why_closed(skp, period)
    form = EvidenceForm(
        request.POST or None,
        request.FILES or None,
        results=results_in(skp, period),
        initial={"result": request.GET.get("hasil", "")[:20]},
    )
    status = 409 if closed else 200
    if request.method == "POST" and not closed:
        if form.is_valid() and (evidence := store_evidence(form, period, request.user)):
            messages.success(request, "Bukti disimpan.")
            warn_of_twins(request, evidence)
            return redirect("appraisal:realisation-edit", skp=skp.pk, period=period.pk)
        status = 422
    context = {"skp": skp, "period": period, "form": form, "closed": closed}
    return render(request, "appraisal/monitoring/evidence_add.html", context, status=status)


def store_evidence(form, period, user):
    facts = {name: form.cleaned_data[name] for name in ("title", "dated")} | {"period": period, "by": user}
    try:
        if "upload" in form.files:
            return add_evidence_file(form.cleaned_data["result"], upload=form.files["upload"], **facts)
        return add_evidence_link(form.cleaned_data["result"], link=form.cleaned_data["link"], **facts)
    except Refused as refusal:
        show_errors(form, refusal.errors)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
    return None


def warn_of_twins(request, evidence):
    """Say it where the same file or address is used elsewhere; nothing is refused for it."""
    if twins := twins_of(request.user, [evidence]).get(evidence.pk):
        places = "; ".join(twin.words for twin in twins[:3])
        what = "Tautan" if evidence.link else "Berkas"
        messages.warning(
            request, f"{what} yang sama sudah dipakai: {places}. Pejabat penilai juga melihat ini."
        )


@require_safe
def evidence_open(request, pk):
    """The file as an attachment that no browser runs; a link is shown on the page and not opened here."""
    evidence = evidence_to_open(request, pk, link="", service=None)
    note_viewing(request.user, about=evidence.result.skp.employee, kind="evidence")
    content = evidence_files.read_kept(evidence)
    if content is None:
        return render(
            request, "appraisal/monitoring/evidence_missing.html", {"evidence": evidence}, status=410
        )
    response = FileResponse(
        BytesIO(content), as_attachment=True, filename=evidence.file_name, content_type=evidence.content_type
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_remove(request, pk):
    evidence = evidence_to_open(request, pk, added_by=request.user)
    back = redirect("appraisal:realisation-edit", skp=evidence.result.skp_id, period=evidence.period_id)
    closed = why_evidence_stays(request.user, evidence)
    if request.method == "POST":
        try:
            remove_evidence(evidence, by=request.user)
        except NotAllowed as refusal:
            closed = str(refusal)
        else:
            messages.success(request, "Bukti dihapus.")
            return back
    context = {
        "skp": evidence.result.skp,
        "period": evidence.period,
        "evidence": evidence,
        "closed": closed,
    }
    status = 409 if closed and request.method == "POST" else 200
    return render(request, "appraisal/monitoring/evidence_remove.html", context, status=status)


@require_POST
def service_cite(request, skp, period):
    """What citizens said of a service of the unit becomes evidence of a result."""
    skp, period = plan_and_period(request, skp, period)
    services = Service.objects.filter(unit__path__startswith=skp.unit.path).select_related("unit")
    form = ServiceForm(request.POST, services=services, results=results_in(skp, period))
    if not form.is_valid():
        messages.error(request, "Pilih layanan dan hasil kerja dari daftar.")
    else:
        data = form.cleaned_data
        try:
            cite_service(data["result"], period=period, service=data["service"], by=request.user)
            messages.success(request, "Survei layanan dikutip sebagai bukti.")
        except (Refused, NotAllowed) as refusal:
            messages.error(request, str(refusal))
    return redirect("appraisal:feedback-record", skp=skp.pk, period=period.pk)
