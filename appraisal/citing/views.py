"""What citizens and colleagues said, beside a plan: read by the employee and his appraiser, cited by the appraiser."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ambon_kinerja.lifecycle.steps import NotAllowed
from ambon_kinerja.personal_data.actions import note_viewing
from appraisal.monitoring.actions import Refused
from appraisal.monitoring.queries import periods_of, results_in
from appraisal.monitoring.views.finding import show_errors
from appraisal.planning.models import Skp
from appraisal.planning.queries import visible_skps
from appraisal.rulebook.queries import behaviour_values

from .actions import GONE, cite_voice
from .evidence import heard_about
from .forms import CitationForm
from .queries import citations_in
from .rules import is_appraiser_today, may_hear, why_not_cite


def plan_and_period_to_hear(request, skp, period):
    plans = visible_skps(request.user).select_related("employee__user", "unit")
    skp = get_object_or_404(plans, pk=skp, state=Skp.State.AGREED)
    if not may_hear(request.user, skp):
        raise Http404
    return skp, get_object_or_404(periods_of(skp), pk=period)


@require_safe
def voice_list(request, skp, period):
    skp, period = plan_and_period_to_hear(request, skp, period)
    note_viewing(request.user, about=skp.employee, kind="realisation")
    context = {
        "skp": skp,
        "period": period,
        "heard": heard_about(skp, period),
        "citations": citations_in(skp, period),
        "leads": is_appraiser_today(request.user, skp),
        "closed": why_not_cite(request.user, skp, period),
    }
    return render(request, "appraisal/citing/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def voice_cite(request, skp, period, piece):
    skp, period = plan_and_period_to_hear(request, skp, period)
    if not is_appraiser_today(request.user, skp):
        raise Http404
    note_viewing(request.user, about=skp.employee, kind="realisation")
    found, closed = heard_about(skp, period).piece(piece), why_not_cite(request.user, skp, period)
    form = CitationForm(
        request.POST or None, results=list(results_in(skp, period)), values=list(behaviour_values())
    )
    status = 409 if closed else 200 if found else 410
    if request.method == "POST" and not closed:
        if form.is_valid() and cited(form, skp, period, piece, request.user):
            messages.success(
                request, f"Suara warga dikutip. {skp.employee.name} diberi tahu dan dapat menanggapi."
            )
            return redirect("appraisal:voice-list", skp=skp.pk, period=period.pk)
        status = 422 if found else 410
    context = {
        "skp": skp,
        "period": period,
        "piece": found,
        "form": form,
        "closed": closed or ("" if found else GONE),
    }
    return render(request, "appraisal/citing/cite.html", context, status=status)


def cited(form, skp, period, piece, user):
    try:
        cite_voice(skp, period=period, piece=piece, by=user, **form.facts())
    except Refused as refusal:
        show_errors(form, refusal.errors)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
    else:
        return True
    return False
