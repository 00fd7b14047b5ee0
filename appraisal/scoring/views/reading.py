"""Reading: the team of an appraiser, and the result of one evaluation with all that lies behind it."""

import json

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.access.scope import employee_of
from agencies.people.reporting_line import appraiser_on
from ambon_kinerja.lifecycle.steps import StepRefused
from ambon_kinerja.personal_data.actions import note_viewing
from ambon_kinerja.row_security import as_service
from ambon_kinerja.workdays.queries import working_day_after
from appraisal.cycle.queries import in_focus, periods_to_show
from appraisal.planning.views.reading import own_plans
from appraisal.rulebook.queries import rule_on
from appraisal.scoring.actions import acknowledge
from appraisal.scoring.advice.what_if import smallest_changes
from appraisal.scoring.models import Escalation, Evaluation
from appraisal.scoring.queries import CONTENT, assessment_of, own_progress, visible_evaluations
from appraisal.scoring.receipt.parts import parts_of
from appraisal.scoring.rules import may_propose_reopening
from appraisal.scoring.team import team_page
from appraisal.scoring.views.scoring import following
from appraisal.scoring.words import matrix_for, why


@require_safe
def mine(request):
    person = employee_of(request.user)
    if person is None:
        raise Http404
    context = own_plans(person)
    return render(
        request, "appraisal/scoring/mine.html", context | {"progress": own_progress(context["plans"])}
    )


@require_safe
def team(request):
    person = employee_of(request.user)
    if person is None:
        raise Http404
    periods = periods_to_show()
    asked = request.GET.get("periode", "")
    chosen = next((period for period in periods if str(period.pk) == asked), None)
    period = chosen or in_focus(periods)
    page = team_page(person, period, request.GET.get("halaman"))
    context = {
        "period": period,
        "periods": periods,
        "page": page,
        "is_open": period is not None and period.is_open(),
        "is_over": period is not None and period.is_over(),
    }
    return render(request, "appraisal/scoring/team.html", context)


def decided(user):
    """What may be read as a result; a superseded one as well, marked as such."""
    readable = visible_evaluations(user).exclude(state=Evaluation.State.DRAFT)
    return readable.select_related("skp__employee", "skp__unit", "period", "appraiser")


def revisions_of(evaluation):
    """All evaluations of the same plan and period, newest first; one alone has no history to show."""
    rows = Evaluation.objects.filter(skp=evaluation.skp, period=evaluation.period).order_by("-revision")
    with as_service():  # that a draft is under way is told, what stands in it is not even read
        revisions = list(rows.select_related("reopened_by").defer(*CONTENT))
    return revisions if len(revisions) > 1 else []


@require_safe
def evaluation_detail(request, pk):
    evaluation = get_object_or_404(decided(request.user), pk=pk)
    note_viewing(request.user, about=evaluation.skp.employee, kind="evaluation")
    person = employee_of(request.user)
    assessment = assessment_of(evaluation)
    is_own = person is not None and person.pk == evaluation.skp.employee_id
    receipt = json.loads(evaluation.receipt)
    context = {
        "evaluation": evaluation,
        "skp": evaluation.skp,
        "period": evaluation.period,
        "results": assessment.results,
        "values": [row for row in assessment.values if row.expectation or row.feedback],
        "why": why(evaluation, [row.rating.rating for row in assessment.results]),
        "matrix": matrix_for(evaluation.work_rating, evaluation.behaviour_rating),
        "receipt": parts_of(receipt),
        "version": receipt["version"],
        "coverage": next((step for step in receipt["steps"] if step["id"] == "coverage"), None),
        "escalated": Escalation.objects.filter(rating__evaluation=evaluation).select_related(
            "rating__result"
        ),
        "changes": changes_for(evaluation, assessment),
        "is_own": is_own,
        "is_superseded": evaluation.state == Evaluation.State.SUPERSEDED,
        "revisions": revisions_of(evaluation),
        "corrections": evaluation.correction_cases.select_related("appraiser_now"),
        "may_reopen": may_propose_reopening(request.user, evaluation),
        "may_acknowledge": is_own and evaluation.state == Evaluation.State.FINAL,
    }
    if is_own and not context["is_superseded"]:
        context |= {"objection": objection_right(evaluation)}
    elif person is not None and person.pk == evaluation.appraiser_id and evaluation.period.is_open():
        context |= {"following": following(person, evaluation)}
    return render(request, "appraisal/scoring/detail.html", context)


def changes_for(evaluation, assessment):
    """What would have given a better predikat, in the fewest steps."""
    ratings = {kind: [] for kind in ("main", "additional")}
    for row in assessment.results:
        if row.rating and row.rating.rating:
            ratings[row.result.kind].append(row.rating.rating)
    return smallest_changes(**ratings, work=evaluation.work_rating, behaviour=evaluation.behaviour_rating)


def objection_right(evaluation):
    """Until when and to whom the employee may object (PermenPANRB 6/2022 art. 29, pages 117-118)."""
    received = timezone.localdate(evaluation.finalised_at)
    days = rule_on("objection_working_days", received).value
    until = working_day_after(received, days)
    return {
        "days": days,
        "received": received,
        "until": until,
        "is_over": timezone.localdate() > until,
        "to": appraiser_on(evaluation.appraiser, timezone.localdate()),
    }


@require_safe
def evaluation_receipt(request, pk):
    """The stored text of the receipt, byte for byte: its SHA-256 is the one shown on the page."""
    evaluation = get_object_or_404(decided(request.user), pk=pk)
    note_viewing(request.user, about=evaluation.skp.employee, kind="receipt")
    response = HttpResponse(evaluation.receipt.encode("utf-8"), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="struk-{evaluation.pk}.json"'
    return response


@require_POST
def evaluation_acknowledge(request, pk):
    evaluation = get_object_or_404(
        decided(request.user).filter(skp__employee=employee_of(request.user)), pk=pk
    )
    try:
        acknowledge(evaluation, by=request.user)
    except StepRefused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, "Terima kasih. Kami mencatat bahwa Anda sudah membaca hasil ini.")
    return redirect("appraisal:evaluation-detail", pk=pk)
