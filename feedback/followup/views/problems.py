"""The officers' pages of the register: problem, cause, solutions with figures, conclusion."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ambon_kinerja.lifecycle.steps import history_of, steps_open_to
from ambon_kinerja.widgets import version_seen

from ..actions import analyse, close, conclude, record_problem, save_problem, try_solution
from ..forms.problems import CauseForm, ClosingForm, ConclusionForm, ProblemForm, SolutionForm
from ..models import Problem
from ..queries import effect_of, managed_services_of, solutions_of, visible_problems
from ..rules import may_write_problem
from ..states.problems import STEPS
from .plans import PER_PAGE, attempt, managers_only

LABELS = {
    "source": "Diketahui dari",
    "element": "Unsur",
    "title": "Masalah",
    "text": "Uraian",
    "is_public": "Dibaca warga",
    "cause": "Penyebab",
    "closing": "Kesimpulan",
}
STEP_WORDS = {step.name: step.label for step in STEPS}
# Which page of which act: (heading, form, action, what is said afterwards, button).
ACTS = {
    "analyse": ("Penyebab masalah", CauseForm, analyse, "Penyebab dicatat.", "Simpan penyebab"),
    "try": ("Coba sebuah solusi", SolutionForm, try_solution, "Solusi dicatat.", "Mulai percobaan"),
    "judge": ("Hasil solusi", ConclusionForm, conclude, "Hasil solusi dicatat.", "Simpan hasil"),
    "close": ("Tutup masalah", ClosingForm, close, "Masalah ditutup.", "Tutup masalah"),
}


@require_safe
def problem_list(request):
    managers_only(request.user)
    found, state = visible_problems(request.user), request.GET.get("keadaan", "")
    if state in Problem.State.values:
        found = found.filter(state=state)
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("halaman")),
        "states": Problem.State.choices,
        "state": state,
    }
    return render(request, "feedback/followup/problems.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def problem_record(request):
    managers_only(request.user)
    services = managed_services_of(request.user).order_by("name", "pk")
    initial = {
        name: request.GET.get(name, "")[:40]
        for name in ("service", "element", "source")
        if name in request.GET
    }
    form = ProblemForm(request.POST or None, services=services, initial=initial)
    page = {"status": 200}
    if request.method == "POST":
        kept = []
        if attempt(
            form,
            page,
            lambda: kept.append(record_problem(unit=None, by=request.user, **form.cleaned_data)),
            LABELS,
        ):
            messages.success(request, "Masalah dicatat.")
            return redirect("feedback:problem-detail", pk=kept[0].pk)
    context = {"form": form, "heading": "Catat masalah warga", "button": "Catat masalah"}
    return render(request, "feedback/followup/problem_form.html", context | page, status=page["status"])


@require_safe
def problem_detail(request, pk):
    problem = get_object_or_404(visible_problems(request.user), pk=pk)
    solutions = list(solutions_of(problem))
    for solution in solutions:
        solution.effect = effect_of(solution, problem)
    context = {
        "problem": problem,
        "solutions": solutions,
        "steps": {step.name for step in steps_open_to(request.user, problem, STEPS)},
        "may_write": may_write_problem(request.user, problem) and problem.state != Problem.State.CLOSED,
        "history": [
            {
                "words": STEP_WORDS[change.step],
                "by_label": change.by_label,
                "at": change.at,
                "reason": change.reason,
            }
            for change in history_of(problem)
        ][::-1],
    }
    return render(request, "feedback/followup/problem.html", context)


def writable_problem(user, key):
    problem = get_object_or_404(visible_problems(user), pk=key)
    if not may_write_problem(user, problem):
        raise Http404
    return problem


@require_http_methods(["GET", "HEAD", "POST"])
def problem_edit(request, pk):
    problem = writable_problem(request.user, pk)
    form = ProblemForm(request.POST or None, problem=problem)
    return act_on(
        request, problem, form, save_problem, "Uraian masalah", "Perubahan disimpan.", "Simpan perubahan"
    )


@require_http_methods(["GET", "HEAD", "POST"])
def problem_analyse(request, pk):
    return step_page(request, pk, "analyse")


@require_http_methods(["GET", "HEAD", "POST"])
def problem_try(request, pk):
    return step_page(request, pk, "try")


@require_http_methods(["GET", "HEAD", "POST"])
def problem_conclude(request, pk):
    return step_page(request, pk, "judge")


@require_http_methods(["GET", "HEAD", "POST"])
def problem_close(request, pk):
    return step_page(request, pk, "close")


def step_page(request, key, name):
    problem = writable_problem(request.user, key)
    heading, form, action, words, button = ACTS[name]
    return act_on(
        request, problem, form(request.POST or None, problem=problem), action, heading, words, button
    )


def act_on(request, problem, form, action, heading, words, button):
    page = {"status": 200, "version": problem.version}
    if request.method == "POST":
        page["version"] = version_seen(request.POST)
        if attempt(
            form,
            page,
            lambda: action(problem, version=page["version"], by=request.user, **form.cleaned_data),
            LABELS,
        ):
            messages.success(request, words)
            return redirect("feedback:problem-detail", pk=problem.pk)
    solution = None
    if action is conclude and (solution := solutions_of(problem).last()) is not None:
        solution.effect = effect_of(solution, problem)
    context = {"form": form, "problem": problem, "heading": heading, "button": button, "solution": solution}
    return render(request, "feedback/followup/problem_form.html", context | page, status=page["status"])
