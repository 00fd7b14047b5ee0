"""What a colleague is asked, and his answer."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access.scope import employee_of, own_person
from agencies.structure.refusals import NotPossible

from ..answering import OVER, give_answer, values_asked
from ..forms import AnswerForm
from ..models import FeedbackInvitation, FeedbackRound, FeedbackSubject
from ..queries import candidates_awaited, subjects_of_team, tasks_of
from ..rules import may_keep_rounds, takes_answers

State = FeedbackRound.State
ROWS_A_PAGE = 25


@require_safe
def desk(request):
    """Everything of this room that concerns this person."""
    person, keeps = employee_of(request.user), may_keep_rounds(request.user)
    if person is None and not keeps:
        raise Http404
    context = {"keeps": keeps, "person": person}
    if person is not None:
        tasks = list(tasks_of(person))
        own = FeedbackSubject.objects.filter(employee=person).exclude(round__state=State.CANCELLED)
        team = subjects_of_team(person)
        context |= {
            "tasks": [task for task in tasks if not task.has_answered and takes_answers(task.subject.round)],
            "answered": sum(task.has_answered for task in tasks),
            "own": own.select_related("round").order_by("-round__made_at")[:10],
            "awaited": candidates_awaited(person),
            "page": Paginator(team, ROWS_A_PAGE).get_page(request.GET.get("halaman")),
        }
    return render(request, "feedback/colleagues/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_task(request, pk):
    task = get_object_or_404(
        FeedbackInvitation.objects.select_related("subject__employee", "subject__round"),
        pk=pk,
        rater=own_person(request.user),
        subject__round__state=State.OPEN,
    )
    feedback_round = task.subject.round
    form = AnswerForm(request.POST or None, values=values_asked(feedback_round))
    context = {
        "task": task,
        "employee": task.subject.employee,
        "round": feedback_round,
        "form": form,
        "is_over": not takes_answers(feedback_round),
    }
    if request.method != "POST":
        return show(request, context)
    if task.has_answered:
        return thank(request)
    if not form.is_valid():
        return show(request, context, status=422)
    try:
        give_answer(task, answers=form.answers, text=form.cleaned_data["text"], by=request.user)
    except NotPossible:
        form.add_error(None, OVER)
        return show(request, context, status=409)
    return thank(request)


def thank(request):
    messages.success(request, "Jawaban Anda sudah masuk dan digabung dengan jawaban rekan lain.")
    return redirect("feedback:colleague-desk")


def show(request, context, status=200):
    response = render(request, "feedback/colleagues/answer.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
