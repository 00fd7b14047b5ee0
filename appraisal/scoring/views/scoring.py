"""The appraiser's way: start, rate, look over, make final."""

from django.contrib import messages
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access.scope import employee_of
from agencies.people.reporting_line import subordinates_on
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, WrongState
from ambon_kinerja.personal_data.actions import note_viewing
from ambon_kinerja.row_security import as_service
from appraisal.cycle.models import Period
from appraisal.monitoring.twins import mark_twins
from appraisal.planning.forms import version_seen
from appraisal.planning.models import Skp
from appraisal.scoring.actions import Conflict, Incomplete, Refused, finalise, save_draft, start_evaluation
from appraisal.scoring.forms import EvaluationForm
from appraisal.scoring.matrix import Rating
from appraisal.scoring.models import Evaluation
from appraisal.scoring.queries import assessment_of, visible_evaluations
from appraisal.scoring.rules import missing_parts, why_not_score
from appraisal.scoring.sheets.beside import periods_beside, study_guide
from appraisal.scoring.study_leave import predikat_of
from appraisal.scoring.turns.raters import Turn, role_of, turn_in
from appraisal.scoring.words import differences, matrix_for


def team_of(user):
    """The keys of the employees whom `user` appraises today, as a subquery; nobody for one without a post."""
    person = employee_of(user)
    if person is None:
        raise Http404
    return subordinates_on(person, timezone.localdate()).values("pk")


def to_score(user):
    """The evaluations `user` may score today, in every state, and the drafts in his hand beyond his team.

    `leads` says of each whether he leads the employee today.
    """
    team = Q(skp__employee__in=team_of(user))
    in_hand = Q(state=Evaluation.State.DRAFT, appraiser=employee_of(user))
    found = Evaluation.objects.filter(team | in_hand).annotate(leads=ExpressionWrapper(team, BooleanField()))
    return found.select_related("skp__employee", "skp__unit", "skp__study", "period", "appraiser", "replaces")


def standing_of(user, evaluation):
    """Whose turn it is, and why `user` may not save now ("" when he may).

    Who leads the employee within the window sees the page without further questions; saving asks them all.
    """
    person, period = employee_of(user), evaluation.period
    if getattr(evaluation, "leads", False) and period.is_open() and not evaluation.open_until:
        turn = Turn(person, role_of(person, evaluation.skp), period.last_day)
    else:
        turn = turn_in(evaluation.skp, period, evaluation=evaluation)
    return {"turn": turn, "closed": why_not_score(user, evaluation, turn=turn)}


@require_POST
def evaluation_start(request, skp, period):
    period = get_object_or_404(Period, pk=period)
    skp = plan_in_turn(request.user, skp, period)
    try:
        evaluation = start_evaluation(skp, period=period, by=request.user)
    except StepRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("appraisal:team")
    return redirect("appraisal:evaluation-edit", pk=evaluation.pk)


def plan_in_turn(user, key, period):
    """A plan of the team, or one that has come to this person from beyond it."""
    team = team_of(user)
    if found := Skp.objects.filter(employee__in=team, pk=key).first():
        return found
    with as_service():  # he may lead the employee no longer, or not directly
        plan = Skp.objects.filter(pk=key).select_related("employee").first()
    person = employee_of(user)
    if plan is None or person.pk == plan.employee_id or turn_in(plan, period).person != person:
        raise Http404
    return plan


@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_edit(request, pk):
    evaluation = get_object_or_404(to_score(request.user), pk=pk)
    if request.method != "POST" and evaluation.state != Evaluation.State.DRAFT:
        return redirect("appraisal:evaluation-detail", pk=evaluation.pk)
    note_viewing(request.user, about=evaluation.skp.employee, kind="evaluation")
    assessment = assessment_of(evaluation)
    mark_twins(request.user, [row for result in assessment.results for row in result.evidence])
    guide = study_guide(evaluation.skp)
    form = EvaluationForm(
        request.POST or None, evaluation=evaluation, results=assessment.results, has_study=guide is not None
    )
    page = {"status": 200}
    if request.method == "POST":
        stored = store_draft(request, evaluation, form, page)
        if stored and "draf" in request.POST:
            messages.success(request, "Draf disimpan.")
            return redirect("appraisal:evaluation-edit", pk=evaluation.pk)
        if stored and not what_is_missing(stored, form, page):
            return redirect("appraisal:evaluation-check", pk=evaluation.pk)
        evaluation = stored or evaluation
    return render(
        request,
        "appraisal/scoring/edit.html",
        page
        | {
            "evaluation": evaluation,
            "skp": evaluation.skp,
            "period": evaluation.period,
            "form": form,
            **standing_of(request.user, evaluation),
            "study_guide": guide,
            "periods_beside": periods_beside(evaluation),
            "results": [
                {
                    "row": row,
                    "rating": form[f"rating-{row.result.pk}"],
                    "reason": form[f"reason-{row.result.pk}"],
                }
                for row in assessment.results
            ],
            "values": assessment.values,
            "suggested": Rating(evaluation.suggested_rating).label if evaluation.suggested_rating else "",
        },
        status=page["status"],
    )


def store_draft(request, evaluation, form, page):
    """The draft as stored, or None with the reasons in `form` and `page`; what was typed stays in the form."""
    if not form.is_valid():
        page["status"] = 422
        return None
    try:
        return save_draft(evaluation, by=request.user, **form.facts())
    except Conflict as conflict:
        page |= {"status": 409, "differences": differences(form, conflict)}
        form.carry(conflict.stored.version)
    except Refused as refusal:
        page["status"] = 422
        form.show_errors(refusal.errors)
    except (NotAllowed, WrongState) as refusal:
        page |= {"status": 409, "refused": str(refusal)}
    return None


def what_is_missing(stored, form, page):
    """Say in the form what the saved draft still lacks; True when something does."""
    rows = {row.result_id: row for row in stored.result_ratings.all()}
    missing = missing_parts(stored, results=form.results, ratings=rows)
    if missing:
        form.carry(stored.version)
        form.show_errors(missing)
        page |= {"status": 422, "kept": True}
    return bool(missing)


@require_safe
def evaluation_check(request, pk):
    evaluation = get_object_or_404(to_score(request.user), pk=pk)
    if evaluation.state != Evaluation.State.DRAFT:
        return redirect("appraisal:evaluation-detail", pk=evaluation.pk)
    note_viewing(request.user, about=evaluation.skp.employee, kind="evaluation")
    assessment = assessment_of(evaluation)
    ratings = {row.result.pk: row.rating for row in assessment.results if row.rating}
    missing = missing_parts(evaluation, results=[row.result for row in assessment.results], ratings=ratings)
    work, behaviour = evaluation.work_rating, evaluation.behaviour_rating
    context = {
        "evaluation": evaluation,
        "skp": evaluation.skp,
        "period": evaluation.period,
        "results": assessment.results,
        "missing": missing,
        **standing_of(request.user, evaluation),
        "predikat": predikat_of(evaluation) if work and behaviour else None,
        "matrix": matrix_for(work, behaviour),
    }
    return render(request, "appraisal/scoring/check.html", context)


@require_POST
def evaluation_finalise(request, pk):
    evaluation = get_object_or_404(to_score(request.user), pk=pk)
    try:
        finalise(evaluation, version=version_seen(request.POST), by=request.user)
    except Conflict:
        messages.error(request, "Draf ini berubah setelah Anda memeriksanya. Periksa lagi, lalu tetapkan.")
        return redirect("appraisal:evaluation-check", pk=pk)
    except Incomplete:
        messages.error(request, "Penilaian belum lengkap. Lengkapi dahulu bagian yang disebut di bawah.")
        return redirect("appraisal:evaluation-check", pk=pk)
    except WrongState:
        messages.info(request, "Penilaian ini sudah ditetapkan sebelumnya.")
        return redirect("appraisal:evaluation-detail", pk=pk)
    except StepRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("appraisal:evaluation-check", pk=pk)
    messages.success(
        request, f"Penilaian {evaluation.skp.employee.name} ditetapkan. Pegawai sudah diberi tahu."
    )
    if (
        not visible_evaluations(request.user).filter(pk=pk).exists()
    ):  # he was moved: the result is not his to read
        return redirect("appraisal:team-taken-over")
    return redirect("appraisal:evaluation-detail", pk=pk)
