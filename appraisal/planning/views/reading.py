"""My plans, and one plan as the form of the law shows it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.access.scope import employee_of
from agencies.people.reporting_line import definitive_assignment_on
from ambon_kinerja.lifecycle.steps import StepRefused, history_of, steps_open_to
from ambon_kinerja.personal_data.actions import note_viewing

from ..actions import draft_skp
from ..completeness import advice_for
from ..models import Skp
from ..queries import plans_of, values_with_expectations, visible_skps
from ..rules import appraiser_today, can_edit_results, can_set_expectation, is_owner, may_have_plan
from ..states import STEPS

NEXT_YEAR_FROM_MONTH = 12  # the dialogue on the coming year begins when its draft agreements exist

WORDS = {"submit": "Diajukan", "withdraw": "Ditarik kembali", "return": "Dikembalikan", "agree": "Disepakati"}


def own_plans(person):
    """What templates/appraisal/planning/mine.html shows; the page itself is scoring's, which adds the evaluations."""
    plans = list(plans_of(person))
    return {"person": person, "plans": plans, "years_to_plan": years_to_plan(person, plans)}


@require_POST
def skp_create(request):
    person = employee_of(request.user)
    year = request.POST.get("tahun", "")
    if person is None:
        raise Http404
    if not (year.isascii() and year.isdecimal() and len(year) == 4):
        year = "0"  # refused below, in words
    try:
        skp = draft_skp(person, year=int(year), by=request.user)
    except StepRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("appraisal:skp-mine")
    return redirect("appraisal:skp-detail", pk=skp.pk)


@require_safe
def skp_detail(request, pk):
    skp = find_skp(request, pk)
    note_viewing(request.user, about=skp.employee, kind="skp")
    return render(request, "appraisal/planning/detail.html", plan_context(request, skp))


def find_skp(request, pk):
    """The plan, if this person may read it; else 404."""
    return get_object_or_404(visible_skps(request.user), pk=pk)


def plan_context(request, skp):
    """Everything the form of the law shows, and what this person may do with it."""
    history = [
        {"step": change.step, "words": WORDS[change.step], "by_label": change.by_label, "at": change.at}
        | {"reason": change.reason}
        for change in history_of(skp)
    ][::-1]
    appraiser = skp.appraiser or appraiser_today(skp)
    may_edit = can_edit_results(request.user, skp)
    return {
        "skp": skp,
        "groups": grouped(skp),
        "values": values_with_expectations(skp),
        "appraiser": appraiser,
        "appraiser_post": post_of(appraiser, skp),
        "history": history,
        "returned": history[0] if skp.state == Skp.State.RETURNED and history else None,
        "is_owner": is_owner(request.user, skp),
        "may_edit": may_edit,
        "may_expect": can_set_expectation(request.user, skp),
        "steps": {step.name for step in steps_open_to(request.user, skp, STEPS)},
        "advice": advice_for(skp) if may_edit else [],
    }


def grouped(skp):
    """[("A. Utama", kind, results), ("B. Tambahan", …)]; each result knows its `number` in the plan."""
    results = list(skp.results.select_related("parent").prefetch_related("indicators"))
    for number, result in enumerate(results, start=1):
        result.number = number
    return [
        (words, kind, [result for result in results if result.kind == kind])
        for words, kind in (("A. Utama", "main"), ("B. Tambahan", "additional"))
    ]


def post_of(person, skp):
    """The post the appraiser holds on the day of the agreement, or today."""
    if person is None:
        return None
    day = timezone.localdate(skp.agreed_at) if skp.agreed_at else timezone.localdate()
    assignment = definitive_assignment_on(person, day)
    return assignment.post if assignment else None


def years_to_plan(person, plans):
    """The years for which this person may still begin a plan."""
    if not may_have_plan(person):
        return []
    today = timezone.localdate()
    years = [today.year] + ([today.year + 1] if today.month >= NEXT_YEAR_FROM_MONTH else [])
    return [year for year in years if year not in {plan.year for plan in plans}]
