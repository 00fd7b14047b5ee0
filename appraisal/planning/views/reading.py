"""My plans, and one plan as the form of the law shows it."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.access.scope import employee_of
from agencies.people.reporting_line import definitive_assignment_on
from ambon_kinerja.lifecycle.steps import StepRefused, history_of, steps_open_to
from ambon_kinerja.personal_data.actions import note_viewing

from ..actions import draft_skp
from ..comparing import differences
from ..completeness import advice_for
from ..content import content_of_plan
from ..coverage import perspectives_shown
from ..duty import due_on, is_of_another_post, posting_on, why_no_plan
from ..models import Indicator, Skp
from ..queries import open_adjustment, plans_of, values_with_expectations, visible_skps
from ..rules import (
    OPEN,
    appraiser_today,
    can_edit_results,
    can_set_expectation,
    is_appraiser_today,
    is_owner,
    may_adjust,
    may_choose_approach,
    may_link,
)
from ..states import STEPS

NEXT_YEAR_FROM_MONTH = 12  # the dialogue on the coming year begins when its draft agreements exist

WORDS = {
    "submit": "Diajukan",
    "withdraw": "Ditarik kembali",
    "return": "Dikembalikan",
    "agree": "Disepakati",
    "merge": "Disepakati dan diberlakukan",
    "drop": "Dibatalkan",
}


def own_plans(person):
    """What templates/appraisal/planning/mine.html shows; the page itself is scoring's, which adds the evaluations."""
    plans = list(plans_of(person))
    reason = why_no_plan(person, timezone.localdate())
    return {
        "person": person,
        "plans": plans,
        "why_no_plan": reason,
        "plans_to_begin": [] if reason else plans_to_begin(person, plans),
    }


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
    groups = grouped(skp)
    results = [result for _, _, group in groups for result in group]
    adjustment = open_adjustment(skp) if skp.state == Skp.State.AGREED else None
    waiting = [] if skp.is_adjustment else [result for result in results if waits_for_a_leader(result)]
    return {
        "skp": skp,
        "groups": groups,
        "perspectives": perspectives_shown(results) if skp.is_for_leader else [],
        "values": values_with_expectations(skp),
        "appraiser": appraiser,
        "appraiser_post": post_of(appraiser, skp),
        "history": history,
        "returned": history[0] if skp.state == Skp.State.RETURNED and history else None,
        "is_owner": is_owner(request.user, skp),
        "may_edit": may_edit,
        "may_expect": can_set_expectation(request.user, skp),
        "may_choose_format": may_choose_approach(request.user, skp),
        "steps": {step.name for step in steps_open_to(request.user, skp, STEPS)},
        "advice": advice_for(skp) if may_edit else [],
        "due": due_on(skp) if skp.state in OPEN and not skp.is_adjustment else None,
        "has_versions": skp.is_adjustment or skp.agreed_at is not None,
        "adjustment": adjustment if reads_adjustment(request.user, adjustment) else None,
        "may_adjust": adjustment is None and may_adjust(request.user, skp),
        "changes": changes_of(skp),
        "waiting": len(waiting) if waiting and offers_links(request.user, skp) else 0,
    }


def offers_links(user, skp):
    """On an agreed plan the link is for its owner; his appraiser finds it while the plan is being agreed."""
    return is_owner(user, skp) if skp.state == Skp.State.AGREED else may_link(user, skp)


def waits_for_a_leader(result):
    """As `unlinked_results` asks for many."""
    return result.goal is None and (result.parent is None or result.parent.withdrawn_on is not None)


def reads_adjustment(user, adjustment):
    return adjustment is not None and (is_owner(user, adjustment) or is_appraiser_today(user, adjustment))


def changes_of(skp):
    """What an adjustment that is still open would change in the plan, line by line."""
    if not skp.is_adjustment or skp.state not in OPEN:
        return []
    return differences(content_of_plan(skp.adjusts), content_of_plan(skp))


def grouped(skp):
    """[("A. Utama", kind, results), ("B. Tambahan", …)]; each result knows its `number` in the plan."""
    results = skp.results.filter(withdrawn_on=None).select_related("parent__skp", "goal", "assigner")
    living = Indicator.objects.filter(withdrawn_on=None)
    above = Prefetch("parent__indicators", living, to_attr="living")
    results = list(results.prefetch_related(Prefetch("indicators", living), above, "goal__indicators"))
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


@dataclass(frozen=True)
class PlanToBegin:
    """A plan this person may still begin; `post` where it is for another post than the plan of that year."""

    year: int
    post: str = ""
    since: date | None = None


def plans_to_begin(person, plans):
    """The years without a plan, and the post to which its owner came after the plan of the year began."""
    today = timezone.localdate()
    years = [today.year] + ([today.year + 1] if today.month >= NEXT_YEAR_FROM_MONTH else [])
    known = {plan.year: plan for plan in reversed(plans)}  # the newest of each year counts
    posting = posting_on(person, today)
    begin = [PlanToBegin(year) for year in years if year not in known]
    if posting and today.year in known and is_of_another_post(known[today.year], posting):
        begin.append(PlanToBegin(today.year, posting.post.name, posting.first_day_in(today.year)))
    return begin
