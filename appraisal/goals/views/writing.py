"""Filling a draft: one page per goal with its indicators, one per line of the budget."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from agencies.structure.models import Unit
from ambon_kinerja.lifecycle.steps import StepRefused

from ..actions import (
    Conflict,
    goal_content,
    remove_budget_line,
    remove_goal,
    save_budget_line,
    save_goal,
    start_agreement,
)
from ..forms import MOST_INDICATORS, BudgetForm, GoalForm, indicator_rows, typed_rows, year_asked
from ..models import BudgetLine, Goal, PerformanceAgreement
from ..queries import goals_above
from ..rules import may_write_agreement
from ..rupiah import written
from .conflicts import show_conflict
from .reading import find_agreement

FORM_METHODS = ["GET", "HEAD", "POST"]
REDRAW = ("tambah_baris", "hapus_baris", "sunting")


@require_POST
def agreement_start(request, unit):
    unit = get_object_or_404(Unit, pk=unit)
    if not may_write_agreement(request.user, unit):
        raise Http404
    try:
        agreement = start_agreement(unit, year=year_asked(request.POST, 0), by=request.user)
    except StepRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("appraisal:agreement-list")
    return redirect("appraisal:agreement-detail", pk=agreement.pk)


@require_http_methods(FORM_METHODS)
def goal_add(request, pk):
    return answer_goal(request, writers_draft(request, pk), None)


@require_http_methods(FORM_METHODS)
def goal_edit(request, pk, goal):
    agreement = writers_draft(request, pk)
    found = agreement.goals.filter(pk=goal).first()
    if found is None and (request.method != "POST" or Goal.objects.filter(pk=goal).exists()):
        raise Http404
    return answer_goal(request, agreement, found, is_gone=found is None)


def answer_goal(request, agreement, goal, *, is_gone=False):
    if agreement.state != PerformanceAgreement.State.DRAFT:
        return closed(request, agreement)
    above = goals_above(agreement, day=timezone.localdate())
    choices = {"above": above, "year": agreement.year}
    if request.method != "POST":
        stored = goal_content(goal) if goal else {"indicators": []}
        form = GoalForm(initial=stored | {"version": goal.version if goal else 0}, **choices)
        return show_goal(request, agreement, goal, form, indicator_rows(rows=stored["indicators"]))
    if any(name in request.POST for name in REDRAW):
        return redraw(request, agreement, goal, choices)
    form, formset = GoalForm(request.POST, **choices), indicator_rows(request.POST)
    if not (form.is_valid() & formset.is_valid()):
        return show_goal(request, agreement, goal, form, formset, status=422)
    sent = {name: form.cleaned_data[name] for name in ("statement", "programme", "supports")}
    sent["indicators"] = formset.rows()
    try:
        if is_gone:
            raise Conflict(None)
        save_goal(agreement, by=request.user, goal=goal, version=form.cleaned_data["version"] or 0, **sent)
    except Conflict as conflict:
        return show_goal_conflict(request, agreement, sent, conflict.stored)
    except StepRefused as refusal:
        form.add_error(None, str(refusal))
        return show_goal(request, agreement, goal, form, formset, status=422)
    messages.success(request, "Sasaran disimpan.")
    if "lagi" in request.POST:
        return redirect("appraisal:goal-add", pk=agreement.pk)
    return redirect("appraisal:agreement-detail", pk=agreement.pk)


def redraw(request, agreement, goal, choices):
    """The same form with a row more or less, and every typed word kept, right or wrong."""
    rows, asked = typed_rows(request.POST), request.POST.get("hapus_baris", "")
    if asked.isascii() and asked.isdecimal() and int(asked[:3]) < len(rows):
        del rows[int(asked[:3])]
    if "tambah_baris" in request.POST and len(rows) < MOST_INDICATORS:
        rows.append({})
    typed = {name: request.POST.get(name, "") for name in GoalForm.base_fields}
    return show_goal(request, agreement, goal, GoalForm(initial=typed, **choices), indicator_rows(rows=rows))


def show_goal(request, agreement, goal, form, formset, *, status=200):
    context = {
        "agreement": agreement,
        "goal": goal,
        "form": form,
        "formset": formset,
        "may_add_row": formset.total_form_count() < MOST_INDICATORS,
    }
    return render(request, "appraisal/goals/goal.html", context, status=status)


def show_goal_conflict(request, agreement, sent, stored):
    mine, other = goal_words(sent), goal_words(goal_content(stored)) if stored else None
    rows = [(label, text, other[label] if other else None) for label, text in mine.items()]
    back = reverse("appraisal:agreement-detail", args=[agreement.pk])
    action = "" if stored else reverse("appraisal:goal-add", args=[agreement.pk])
    version = stored.version if stored else 0
    saved = (agreement, "agreement.add_goal agreement.change_goal", ("goal", stored.pk)) if stored else ()
    return show_conflict(
        request, rows=rows, version=version, back=back, redraw=REDRAW, action=action, saved=saved
    )


def goal_words(content):
    """A goal as labelled texts, to be read side by side."""
    lines = [
        "; ".join(
            part
            for part in (
                one["statement"],
                one["target"],
                one.get("baseline"),
                one.get("method"),
                one.get("source"),
            )
            if part
        )
        for one in content["indicators"]
    ]
    return {
        "Sasaran": content["statement"],
        "Sasaran unit di atas": str(content["supports"] or "belum dihubungkan"),
        "Program prioritas": str(content["programme"] or "tidak langsung"),
        "Indikator": "\n".join(lines) or "belum ada",
    }


@require_http_methods(FORM_METHODS)
def goal_remove(request, pk, goal):
    agreement = writers_draft(request, pk)
    found = agreement.goals.filter(pk=goal).first()
    return answer_removal(request, agreement, found, remove_goal, "Sasaran")


@require_http_methods(FORM_METHODS)
def budget_add(request, pk):
    return answer_budget(request, writers_draft(request, pk), None)


@require_http_methods(FORM_METHODS)
def budget_edit(request, pk, line):
    agreement = writers_draft(request, pk)
    found = agreement.budget_lines.filter(pk=line).first()
    if found is None and (request.method != "POST" or BudgetLine.objects.filter(pk=line).exists()):
        raise Http404
    return answer_budget(request, agreement, found, is_gone=found is None)


def answer_budget(request, agreement, line, *, is_gone=False):
    if agreement.state != PerformanceAgreement.State.DRAFT:
        return closed(request, agreement)
    stored = {"name": line.name, "amount": line.amount, "version": line.version} if line else {"version": 0}
    if request.method == "POST" and "sunting" in request.POST:
        typed = {name: request.POST.get(name, "") for name in BudgetForm.base_fields}
        form = BudgetForm(initial=typed)
    else:
        form = BudgetForm(request.POST if request.method == "POST" else None, initial=stored)
    context = {"agreement": agreement, "line": line, "form": form}
    if form.is_valid():
        sent = {name: form.cleaned_data[name] for name in ("name", "amount")}
        try:
            if is_gone:
                raise Conflict(None)
            save_budget_line(
                agreement, by=request.user, line=line, version=form.cleaned_data["version"] or 0, **sent
            )
        except Conflict as conflict:
            return show_budget_conflict(request, agreement, sent, conflict.stored)
        except StepRefused as refusal:
            form.add_error(None, str(refusal))
            return render(request, "appraisal/goals/budget.html", context, status=422)
        messages.success(request, "Anggaran disimpan.")
        return redirect("appraisal:agreement-detail", pk=agreement.pk)
    return render(request, "appraisal/goals/budget.html", context, status=422 if form.errors else 200)


def show_budget_conflict(request, agreement, sent, stored):
    rows = [
        ("Program atau kegiatan", sent["name"], stored.name if stored else None),
        ("Anggaran", f"Rp{written(sent['amount'])}", f"Rp{written(stored.amount)}" if stored else None),
    ]
    back = reverse("appraisal:agreement-detail", args=[agreement.pk])
    action = "" if stored else reverse("appraisal:budget-add", args=[agreement.pk])
    version = stored.version if stored else 0
    saved = (agreement, "agreement.save_budget", ("name", stored.name)) if stored else ()
    return show_conflict(
        request, rows=rows, version=version, back=back, redraw=REDRAW, action=action, saved=saved
    )


@require_http_methods(FORM_METHODS)
def budget_remove(request, pk, line):
    agreement = writers_draft(request, pk)
    found = agreement.budget_lines.filter(pk=line).first()
    return answer_removal(request, agreement, found, remove_budget_line, "Baris anggaran")


def answer_removal(request, agreement, found, remove, what):
    if agreement.state != PerformanceAgreement.State.DRAFT:
        return closed(request, agreement)
    if found is None:
        messages.info(request, f"{what} ini sudah dihapus.")
        return redirect("appraisal:agreement-detail", pk=agreement.pk)
    if request.method != "POST":
        context = {"agreement": agreement, "found": found, "what": what}
        return render(request, "appraisal/goals/remove.html", context)
    try:
        remove(found, by=request.user)
    except StepRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"{what} dihapus.")
    return redirect("appraisal:agreement-detail", pk=agreement.pk)


def writers_draft(request, pk):
    """The agreement, if this person may write it; else 404."""
    agreement = find_agreement(request, pk)
    if not may_write_agreement(request.user, agreement.unit):
        raise Http404
    return agreement


def closed(request, agreement):
    messages.info(
        request,
        f"Perjanjian Kinerja ini dalam keadaan “{agreement.get_state_display()}”, jadi tidak bisa diubah.",
    )
    return redirect("appraisal:agreement-detail", pk=agreement.pk)
