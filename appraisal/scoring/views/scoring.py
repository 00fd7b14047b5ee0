"""The appraiser's way: start, rate, look over, make final."""

from functools import partial

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access.scope import employee_of, own_person
from agencies.people.reporting_line import subordinate_keys_on
from ambon_kinerja.lifecycle.steps import StepRefused, WrongState
from ambon_kinerja.personal_data.actions import note_viewing
from ambon_kinerja.row_security import as_service
from ambon_kinerja.widgets import version_seen
from appraisal.citing.evidence import heard_about
from appraisal.citing.rules import is_appraiser_today
from appraisal.cycle.models import Period
from appraisal.monitoring.models import Evidence
from appraisal.planning.models import Skp
from appraisal.scoring.actions import (
    Conflict,
    Incomplete,
    Refused,
    finalise,
    save_draft,
    start_evaluation,
    what_is_missing,
)
from appraisal.scoring.advice.raters import mirror_of
from appraisal.scoring.backing.page import rating_page, with_everything
from appraisal.scoring.backing.queries import facts_of
from appraisal.scoring.forms import EvaluationForm
from appraisal.scoring.matrix import Rating
from appraisal.scoring.models import Evaluation
from appraisal.scoring.queries import visible_evaluations
from appraisal.scoring.rules import why_not_score
from appraisal.scoring.sheets.beside import guide_of, periods_beside
from appraisal.scoring.study_leave import predikat_of
from appraisal.scoring.team import next_to_score
from appraisal.scoring.turns.raters import Turn, role_of, turn_in
from appraisal.scoring.words import FOR_A_RESULT, differences, matrix_for


def team_of(user):
    """The keys of the employees whom `user` appraises today, as a subquery; nobody for one without a post."""
    return subordinate_keys_on(own_person(user), timezone.localdate())


def to_score(user):
    """The evaluations of those whom `user` appraises today, in every state."""
    return with_what_is_shown(Evaluation.objects.filter(skp__employee__in=team_of(user)))


def with_what_is_shown(evaluations):
    return evaluations.select_related(
        "skp__employee", "skp__unit", "skp__study", "period", "appraiser", "replaces"
    )


def evaluation_in_turn(user, key, prepared=lambda evaluations: evaluations):
    """One of his team, or a draft that has come to him from beyond it and is his to make; else 404.

    `leads` says which; `prepared` adds to the query what the page needs.
    """
    evaluation = prepared(to_score(user)).filter(pk=key).first()
    if evaluation is not None:
        evaluation.leads = True
        return evaluation
    person = employee_of(user)
    in_hand = Evaluation.objects.filter(state=Evaluation.State.DRAFT, appraiser=person)
    evaluation = get_object_or_404(prepared(with_what_is_shown(in_hand)), pk=key)
    if turn_in(evaluation.skp, evaluation.period, evaluation=evaluation).person != person:
        raise Http404  # it was his once
    evaluation.leads = False
    return evaluation


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
    evaluation = evaluation_in_turn(request.user, pk, partial(with_everything, reader=request.user))
    if request.method != "POST" and evaluation.state != Evaluation.State.DRAFT:
        return redirect("appraisal:evaluation-detail", pk=evaluation.pk)
    if not evaluation.is_noted:
        note_viewing(request.user, about=evaluation.skp.employee, kind="evaluation")
    if evaluation.leads:
        request.user.leads_today = True  # the page was found in his team; the menu need not ask
    shown = rating_page(evaluation, readable=of_the_team(request.user))
    guide = guide_of(evaluation)
    form = EvaluationForm(
        request.POST or None, evaluation=evaluation, results=shown.results, has_study=guide is not None
    )
    page = {"status": 200}
    if request.method == "POST":
        stored = store_draft(request, evaluation, form, page)
        if "application/json" in request.headers.get("Accept", ""):
            return told_to_the_page(request, stored, form, page)
        if stored and "draf" in request.POST:
            messages.success(request, "Draf disimpan.")
            return redirect("appraisal:evaluation-edit", pk=evaluation.pk)
        if stored and not what_stands_in_the_way(stored, form, page):
            return redirect("appraisal:evaluation-check", pk=evaluation.pk)
        evaluation = stored or evaluation
    for each in shown.results:
        key = each.row.result.pk
        each.rating, each.reason = form[f"rating-{key}"], form[f"reason-{key}"]
        each.cite, each.surprise = form[f"cite-{key}"], form[f"surprise-{key}"]
        each.chosen = set(each.cite.value() or ())
        each.asks_for_surprise = form.asks_for_surprise(each)
    context = {
        "evaluation": evaluation,
        "skp": evaluation.skp,
        "period": evaluation.period,
        "form": form,
        "shown": shown,
        "ratings": [(value, words, FOR_A_RESULT[value]) for value, words in Rating.choices],
        **standing_of(request.user, evaluation),
        "study_guide": guide,
        "head_suggestions": shown.head_suggestions,
        "heard": voices_beside(request.user, evaluation),
        "periods_beside": periods_beside(evaluation),
        "suggested": Rating(evaluation.suggested_rating).label if evaluation.suggested_rating else "",
    }
    return render(request, "appraisal/scoring/edit.html", page | context, status=page["status"])


def voices_beside(user, evaluation):
    """What citizens and colleagues said, for the appraiser of the day; None for who rates beyond his team."""
    skp = evaluation.skp
    leads = getattr(evaluation, "leads", False) or is_appraiser_today(user, skp)
    return heard_about(skp, evaluation.period) if leads else None


def of_the_team(user):
    """The evidence of those whom `user` appraises today."""
    return Evidence.objects.filter(result__skp__employee__in=team_of(user))


def store_draft(request, evaluation, form, page):
    """The draft as stored, or None with the reasons in `form` and `page`; what was typed stays in the form."""
    if not form.is_valid():
        page["status"] = 422
        return None
    try:
        return save_draft(evaluation, by=request.user, **form.facts())
    except Conflict as conflict:
        page |= {"status": 409, "differences": differences(form, conflict), "evaluation": evaluation}
        form.carry(conflict.stored.version)
    except Refused as refusal:
        page["status"] = 422
        form.show_errors(refusal.errors)
    except StepRefused as refusal:
        page |= {"status": 409, "refused": str(refusal)}
    return None


def told_to_the_page(request, stored, form, page):
    """What the script that saves by itself is told; it shows the words and changes nothing else."""
    if stored:
        saved = date_format(timezone.localtime(stored.saved_at or timezone.now()), r"j F \p\u\k\u\l H.i")
        suggested = stored.get_suggested_rating_display() if stored.suggested_rating else ""
        return JsonResponse(
            {"version": stored.version, "words": f"Tersimpan {saved} WIT", "suggested": suggested}
        )
    words = page.get("refused") or " ".join(error for row in form.errors.values() for error in row)
    both = ""
    if "differences" in page:
        both = render_to_string("appraisal/scoring/both_texts.html", page, request)
    return JsonResponse({"words": words or "Belum tersimpan", "both": both}, status=page["status"])


def what_stands_in_the_way(stored, form, page):
    """Say in the form what the saved draft still lacks; True when something does."""
    rows = {row.result_id: row for row in stored.result_ratings.all()}
    missing = what_is_missing(stored, results=form.results, ratings=rows, facts=facts_of(stored))
    if missing:
        form.carry(stored.version)
        form.show_errors(missing)
        page |= {"status": 422, "kept": True}
    return bool(missing)


@require_safe
def evaluation_check(request, pk):
    evaluation = evaluation_in_turn(request.user, pk, partial(with_everything, reader=request.user))
    if evaluation.state != Evaluation.State.DRAFT:
        return redirect("appraisal:evaluation-detail", pk=evaluation.pk)
    if not evaluation.is_noted:
        note_viewing(request.user, about=evaluation.skp.employee, kind="evaluation")
    person = employee_of(request.user)
    shown = rating_page(evaluation, readable=of_the_team(request.user))
    rows = [each.row for each in shown.results]
    missing = what_is_missing(
        evaluation,
        results=[row.result for row in rows],
        ratings={row.result.pk: row.rating for row in rows if row.rating},
        facts=shown.facts,
    )
    work, behaviour = evaluation.work_rating, evaluation.behaviour_rating
    context = {
        "evaluation": evaluation,
        "skp": evaluation.skp,
        "period": evaluation.period,
        "shown": shown,
        "missing": missing,
        **standing_of(request.user, evaluation),
        "predikat": predikat_of(evaluation) if work and behaviour else None,
        "matrix": matrix_for(work, behaviour),
        "mirror": mirror_of(person, evaluation.period, with_draft=evaluation),
        "following": following(person, evaluation) if evaluation.period.is_open() else None,
    }
    return render(request, "appraisal/scoring/check.html", context)


def following(person, evaluation):
    """Whom he rates next in one sitting; `member` is None for the last, who is not yet decided himself."""
    member, number, total = next_to_score(person, evaluation.period, after=evaluation.skp.employee_id)
    is_last = member is None or member.employee.pk == evaluation.skp.employee_id
    return {"member": None if is_last else member, "number": number, "total": total}


@require_POST
def evaluation_finalise(request, pk):
    evaluation = evaluation_in_turn(request.user, pk)
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
    if not visible_evaluations(request.user).filter(pk=pk).exists():
        return redirect("appraisal:team-taken-over")  # he was moved: the result is not his to read
    if "lanjut" in request.POST and (begun := begin_next(request.user, evaluation)):
        return redirect("appraisal:evaluation-edit", pk=begun.pk)
    return redirect("appraisal:evaluation-detail", pk=pk)


def begin_next(user, evaluation):
    """The evaluation of the next person in the sitting, or None when everybody is done or cannot be begun."""
    member = following(employee_of(user), evaluation)["member"]
    if member is None:
        return None
    try:
        return start_evaluation(member.skp, period=evaluation.period, by=user)
    except StepRefused:
        return None
