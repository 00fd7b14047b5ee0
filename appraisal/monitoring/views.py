"""Recording of one plan in one period: realisation, evidence, feedback."""

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ambon_kinerja.lifecycle.steps import NotAllowed
from ambon_kinerja.personal_data.actions import note_viewing
from appraisal.cycle.models import Period
from appraisal.planning.figures import written
from appraisal.planning.queries import visible_skps
from appraisal.rulebook.queries import behaviour_values

from . import evidence_files
from .actions import (
    Conflict,
    Refused,
    add_evidence_file,
    add_evidence_link,
    give_feedback,
    record_realisations,
)
from .forms import EvidenceForm, FeedbackForm, RealisationForm
from .models import Realisation
from .queries import periods_to_record, readable_evidence, record_of, results_in
from .rules import is_owner_or_appraiser, may_give_feedback, why_closed


@require_http_methods(["GET", "HEAD", "POST"])
def realisation_edit(request, skp, period):
    skp, period = plan_and_period(request, skp, period)
    note_viewing(request.user, about=skp.employee, kind="realisation")
    record = record_of(skp, period)
    measures = [measure for row in record.results for measure in row.measures]
    form = RealisationForm(request.POST or None, measures=measures)
    page = {"closed": why_closed(skp, period), "status": 200}
    if request.method == "POST" and (stored := store_realisations(request, skp, period, form, page)):
        messages.success(request, words_for(stored))
        return redirect("appraisal:realisation-edit", skp=skp.pk, period=period.pk)
    return render(
        request,
        "appraisal/monitoring/realisation.html",
        page
        | {
            "skp": skp,
            "period": period,
            "form": form,
            "results": [drawn(row, form) for row in record.results],
            "values": [row for row in record.values if row.feedback],
            "is_own": getattr(request.user, "employee", None) == skp.employee,
            "may_give": may_give_feedback(request.user, skp, period),
        },
        status=page["status"],
    )


def store_realisations(request, skp, period, form, page):
    """The stored rows as a list inside a tuple, or None with the reasons in `form` and `page`."""
    if not form.is_valid():
        page["status"] = 422
        return None
    try:
        return (record_realisations(skp, period=period, rows=form.rows(), by=request.user),)
    except NotAllowed as refusal:
        page |= {"status": 409, "refused": str(refusal)}
    except Refused as refusal:
        page["status"] = 422
        show_errors(form, refusal.errors)
    except Conflict as conflict:
        page |= {"status": 409, "differences": differences(form, conflict)}
    return None


def differences(form, conflict):
    """What stands in the database beside what was typed; the form then carries the stored versions."""
    data, found = form.data.copy(), []
    measures = {measure.indicator.pk: measure for measure in form.measures}
    people = {
        row.pk: row
        for row in Realisation.objects.filter(
            pk__in=[row.pk for row in conflict.stored.values() if row]
        ).select_related("recorded_by")
    }
    for key, row in conflict.stored.items():
        stored = people.get(row.pk) if row else None
        data[f"version-{key}"] = stored.version if stored else 0
        value, note, _ = conflict.typed[key]
        found.append(
            {
                "label": measures[key].indicator.statement,
                "stored": in_words(stored.value, stored.note) if stored else "Belum diisi",
                "by": stored.recorded_by.name if stored else "",
                "typed": in_words(value, note),
            }
        )
    form.data = data
    return found


def in_words(value, note):
    number = "Tidak ada data" if value is None else written(value)
    return f"{number}. {note}" if note else number


def words_for(stored):
    return "Realisasi disimpan." if stored[0] else "Tidak ada yang berubah."


def drawn(row, form):
    """A recorded result with the fields of its indicators."""
    fields = [
        {
            "measure": measure,
            "value": form[f"value-{measure.indicator.pk}"] if measure.indicator.is_numeric else None,
            "note": form[f"note-{measure.indicator.pk}"],
            "version": form[f"version-{measure.indicator.pk}"],
        }
        for measure in row.measures
    ]
    return {"result": row.result, "fields": fields, "evidence": row.evidence, "feedback": row.feedback}


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
        if form.is_valid() and store_evidence(form, period, request.user):
            messages.success(request, "Bukti disimpan.")
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


@require_safe
def evidence_open(request, pk):
    """The file as an attachment that no browser runs; a link is shown on the page and not opened here."""
    found = readable_evidence(request.user).select_related("result__skp__employee")
    evidence = get_object_or_404(found, pk=pk, link="")
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
def feedback_add(request, skp):
    skp = get_object_or_404(visible_skps(request.user), pk=skp)
    periods = periods_to_record(skp)
    first = periods.first()
    if not is_owner_or_appraiser(request.user, skp) or request.user.employee.pk == skp.employee_id:
        raise Http404
    closed = why_closed(skp, first) if first else "Belum ada periode yang dapat diisi."
    form = FeedbackForm(
        request.POST or None,
        periods=periods,
        results=list(skp.results.filter(withdrawn_on=None)),
        values=list(behaviour_values()),
        initial={"period": first, "about": request.GET.get("tentang", "")[:40]},
    )
    if request.method == "POST" and form.is_valid() and (stored := store_feedback(form, skp, request.user)):
        messages.success(request, f"Umpan balik disimpan. {skp.employee.name} sudah diberi tahu.")
        return redirect("appraisal:realisation-edit", skp=skp.pk, period=stored.period_id)
    status = 422 if request.method == "POST" else 200
    context = {"skp": skp, "form": form, "closed": closed, "period": first}
    return render(request, "appraisal/monitoring/feedback_add.html", context, status=status)


def store_feedback(form, skp, user):
    try:
        return give_feedback(skp, by=user, **form.facts())
    except Refused as refusal:
        show_errors(form, refusal.errors)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
    return None


def plan_and_period(request, skp, period):
    """The plan of this person or of one he appraises today; what is recorded is nobody else's page."""
    skp = get_object_or_404(visible_skps(request.user), pk=skp)
    if not is_owner_or_appraiser(request.user, skp):
        raise Http404
    return skp, get_object_or_404(Period, pk=period, year=skp.year)


def show_errors(form, errors):
    """Reasons by field name onto the form; what has no field of its own stands at the top."""
    for name, sentences in errors.items():
        form.add_error(name if name in form.fields else None, sentences)
