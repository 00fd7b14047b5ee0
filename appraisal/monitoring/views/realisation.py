"""What was reached of one plan in one period."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ambon_kinerja.lifecycle.steps import NotAllowed
from ambon_kinerja.personal_data.actions import note_viewing
from ambon_kinerja.workdays.words import moment_words
from appraisal.planning.figures import written

from ..actions import Conflict, Refused, record_realisations
from ..forms.realisation import RealisationForm
from ..models import Realisation
from ..queries import entries_in, record_of
from ..rollup import suggestion_from
from ..rules import may_give_feedback, why_closed
from ..twins import mark_twins
from .finding import plan_and_period, show_errors


@require_http_methods(["GET", "HEAD", "POST"])
def realisation_edit(request, skp, period):
    skp, period = plan_and_period(request, skp, period)
    note_viewing(request.user, about=skp.employee, kind="realisation")
    record = record_of(skp, period, for_itself=True)
    mark_twins(request.user, [row for result in record.results for row in result.evidence])
    entries = list(entries_in(skp, period))
    measures = [measure for row in record.results for measure in row.measures]
    form = RealisationForm(
        request.POST or None, measures=measures, suggestions=suggestions(measures, entries)
    )
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
            "results": [drawn(row, form, entries) for row in record.results],
            "values": [row for row in record.values if row.feedback],
            "is_own": getattr(request.user, "employee", None) == skp.employee,
            "user_key": 0 if page["closed"] else request.user.pk,
            "may_give": may_give_feedback(request.user, skp, period),
        },
        status=page["status"],
    )


def suggestions(measures, entries):
    """What the lines of progress add up to, by indicator, where that is not what is recorded already."""
    found = {measure.indicator.pk: suggestion_from(measure.indicator, entries) for measure in measures}
    recorded = {measure.indicator.pk: measure.value for measure in measures}
    return {key: each for key, each in found.items() if each and each.value != recorded[key]}


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
                "stored": in_words(stored.text or stored.value, stored.note) if stored else "Belum diisi",
                "by": stored.recorded_by.name if stored else "",
                "at": moment_words(stored.recorded_at) if stored else "",
                "typed": in_words(value, note),
            }
        )
    form.data = data
    return found


def in_words(value, note):
    if isinstance(value, str):
        said = value or "Tidak ada data"
    else:
        said = "Tidak ada data" if value is None else written(value)
    return f"{said}. {note}" if note else said


def words_for(stored):
    return "Realisasi disimpan." if stored[0] else "Tidak ada yang berubah."


def drawn(row, form, entries):
    """A recorded result with the fields of its indicators and its lines of progress."""
    fields = []
    for measure in row.measures:
        key = measure.indicator.pk
        use = f"use-{key}"
        fields.append(
            {
                "measure": measure,
                "value": form[f"value-{key}"],
                "note": form[f"note-{key}"],
                "version": form[f"version-{key}"],
                "use": form[use] if use in form.fields else None,
            }
        )
    progress = [entry for entry in entries if entry.result_id == row.result.pk]
    return {
        "result": row.result,
        "fields": fields,
        "evidence": row.evidence,
        "feedback": row.feedback,
        "progress": progress[:3],
        "progress_count": len(progress),
    }
