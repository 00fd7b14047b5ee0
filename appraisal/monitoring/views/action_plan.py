"""The action plan of form B.1.1 as both write it and agree to it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from ambon_kinerja.lifecycle.steps import NotAllowed
from ambon_kinerja.personal_data.actions import note_viewing
from appraisal.planning.rules import is_owner

from ..actions import Conflict, Refused, agree_steps, remove_step, save_step
from ..actions.action_plan import why_no_steps
from ..forms.progress import StepForm
from ..models import ActionStep
from ..queries import steps_of
from ..rules import is_owner_or_appraiser
from .finding import plan_to_read, plan_to_record, show_errors
from .progress import version_seen

CHANGED = "Ada langkah yang baru saja diubah. Baca lagi sebelum menyepakati."


@require_http_methods(["GET", "HEAD", "POST"])
def action_plan(request, skp):
    skp = plan_to_read(request, skp)
    note_viewing(request.user, about=skp.employee, kind="realisation")
    takes_part = is_owner_or_appraiser(request.user, skp)
    status = 200
    if request.method == "POST":
        if not takes_part:
            raise Http404
        try:
            agreed = agree_steps(skp, by=request.user, seen=seen_steps(request))
        except Conflict:
            messages.warning(request, CHANGED)
            status = 409
        except (NotAllowed, Refused) as refusal:
            messages.error(request, str(refusal))
            status = 409
        else:
            words = (
                f"{len(agreed)} langkah disepakati." if agreed else "Tidak ada langkah yang menunggu Anda."
            )
            messages.success(request, words)
            return redirect("appraisal:action-plan", skp=skp.pk)
    rows = rows_of(skp)
    waiting = [
        step
        for row in rows
        for step in row["steps"]
        if step.agreed_at is None and step.written_by_id != request.user.pk
    ]
    context = {
        "skp": skp,
        "rows": rows,
        "waiting": waiting if takes_part else [],
        "closed": why_no_steps(skp),
        "takes_part": takes_part,
        "is_own": is_owner(request.user, skp),
    }
    return render(request, "appraisal/monitoring/action_plan.html", context, status=status)


def seen_steps(request):
    """{key: version} of the steps on the page that was sent, as "12:3"."""
    pairs = [text.partition(":") for text in request.POST.getlist("langkah")[:500]]
    return {
        int(key): int(version)
        for key, _, version in pairs
        if key.isascii() and key.isdecimal() and version.isascii() and version.isdecimal() and len(key) < 15
    }


def rows_of(skp):
    """The results that count, each with its steps, numbered as on the form: two queries."""
    rows = {
        result.pk: {"result": result, "steps": [], "number": number}
        for number, result in enumerate(skp.results.filter(withdrawn_on=None), start=1)
    }
    for step in steps_of(skp).filter(result__in=rows):
        rows[step.result_id]["steps"].append(step)
    return list(rows.values())


@require_http_methods(["GET", "HEAD", "POST"])
def step_add(request, skp, result):
    skp = plan_to_record(request, skp)
    return edited(request, get_object_or_404(skp.results, pk=result), None)


@require_http_methods(["GET", "HEAD", "POST"])
def step_edit(request, skp, pk):
    skp = plan_to_record(request, skp)
    step = get_object_or_404(ActionStep.objects.select_related("result__skp"), pk=pk, result__skp=skp)
    return edited(request, step.result, step)


def edited(request, result, step):
    initial = {"text": step.text, "due_on": step.due_on, "version": step.version} if step else {}
    form = StepForm(request.POST or None, initial=initial)
    page = {"status": 200, "closed": why_no_steps(result.skp)}
    if request.method == "POST":
        page["status"] = 422
        if form.is_valid() and store_step(request, form, result, step, page):
            messages.success(request, "Langkah disimpan dan menunggu kesepakatan.")
            return redirect("appraisal:action-plan", skp=result.skp_id)
    context = page | {"skp": result.skp, "result": result, "step": step, "form": form}
    return render(request, "appraisal/monitoring/step.html", context, status=page["status"])


def store_step(request, form, result, step, page):
    data = form.cleaned_data
    try:
        return save_step(
            result,
            text=data["text"],
            due_on=data["due_on"],
            by=request.user,
            step=step,
            version=data["version"],
        )
    except Refused as refusal:
        show_errors(form, refusal.errors)
    except NotAllowed as refusal:
        page |= {"status": 409, "closed": str(refusal)}
    except Conflict as conflict:
        form.data = form.data.copy()
        form.data["version"] = conflict.stored.version
        page |= {"status": 409, "conflict": conflict, "about": ("step", conflict.stored.pk)}
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def step_remove(request, skp, pk):
    skp = plan_to_record(request, skp)
    step = get_object_or_404(ActionStep.objects.select_related("result__skp"), pk=pk, result__skp=skp)
    closed, status = why_no_steps(skp), 200
    if request.method == "POST":
        try:
            remove_step(step, by=request.user)
        except (NotAllowed, Refused) as refusal:
            closed, status = str(refusal), 409
        else:
            messages.success(request, "Langkah dihapus.")
            return redirect("appraisal:action-plan", skp=skp.pk)
    context = {"skp": skp, "step": step, "closed": closed}
    return render(request, "appraisal/monitoring/step_remove.html", context, status=status)


__all__ = ["action_plan", "rows_of", "step_add", "step_edit", "step_remove", "version_seen"]
