"""After a move: the employee and his new appraiser choose whether the last result of the old unit counts."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from agencies.access.scope import employee_of
from ambon_kinerja.lifecycle.steps import StepRefused
from ambon_kinerja.personal_data.actions import note_viewing
from appraisal.cycle.models import Period
from appraisal.planning.models import Skp
from appraisal.planning.queries import visible_skps
from appraisal.scoring.carrying import carry_over_of, consent, source_for, withdraw
from appraisal.scoring.rules import STRANGER, why_no_carry_over


@require_http_methods(["GET", "HEAD", "POST"])
def carry_over(request, skp, period):
    plans = visible_skps(request.user).filter(state=Skp.State.AGREED).select_related("employee__user", "unit")
    skp = get_object_or_404(plans, pk=skp)
    period = get_object_or_404(Period, pk=period)
    closed = why_no_carry_over(request.user, skp, period)
    if closed == STRANGER:
        raise Http404
    if request.method == "POST":
        return chosen(request, skp, period)
    person, found = employee_of(request.user), carry_over_of(skp, period)
    is_own = person.pk == skp.employee_id
    source = found.source if found else source_for(skp, period)
    if source is not None:
        note_viewing(request.user, about=skp.employee, kind="evaluation")
    context = {
        "skp": skp,
        "period": period,
        "source": source,
        "found": found,
        "is_own": is_own,
        "has_agreed": bool(found and (found.employee_agreed_at if is_own else found.appraiser_agreed_at)),
        "closed": closed,
    }
    return render(request, "appraisal/scoring/carry_over.html", context)


def chosen(request, skp, period):
    try:
        if "batal" in request.POST:
            withdraw(skp, period=period, by=request.user)
            messages.success(request, "Usulan dibatalkan. Penilaian berjalan seperti biasa.")
        else:
            found = consent(skp, period=period, by=request.user)
            if found.evaluation_id:
                messages.success(
                    request, f"Keduanya setuju. Hasil {found.source.period} dipakai juga di sini."
                )
                return redirect("appraisal:evaluation-detail", pk=found.evaluation_id)
            messages.success(request, "Persetujuan Anda dicatat. Pihak lain sudah diberi tahu.")
    except StepRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("appraisal:carry-over", skp=skp.pk, period=period.pk)
