"""Piles of paper: opened, numbered, printed blank, carried through their states."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.careers.sending import new_key, once
from agencies.structure.refusals import NotPossible
from ambon_kinerja.lifecycle.steps import StepRefused, history_of, steps_open_to
from feedback.citizens.queries import elements_of, questionnaire_on

from ..actions.batches import accept_batch, cancel_batch, finish_round, number_questions, open_batch
from ..columns import profile_columns
from ..forms.kiosks import ReasonForm
from ..forms.paper import BatchForm, NumbersForm
from ..models import PaperBatch, SheetKeying
from ..queries import is_at_work, services_on_paper, visible_batches, with_progress
from ..rules import manages_counters
from ..states.batches import STEPS

ROWS_A_PAGE = 25


@require_safe
def batch_list(request):
    if not is_at_work(request.user):
        raise Http404
    batches = visible_batches(request.user).select_related("service__unit", "counter")
    page = Paginator(batches.order_by("-opened_at", "-pk"), ROWS_A_PAGE).get_page(request.GET.get("halaman"))
    progress = with_progress(PaperBatch.objects.filter(pk__in=[batch.pk for batch in page])).in_bulk()
    for batch in page:
        batch.progress = progress[batch.pk]
    services = services_on_paper(request.user).filter(is_open=True).order_by("name")
    context = {"page": page, "services": services[:100], "manages": manages_counters(request.user)}
    return render(request, "feedback/channels/paper/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def batch_open(request):
    if not is_at_work(request.user):
        raise Http404
    services = services_on_paper(request.user).filter(is_open=True)
    form = BatchForm(request.POST or None, services=services)
    key = request.POST.get("kunci", "")[:64] or new_key()
    if request.method != "POST":
        return show_form(request, form, key)
    if not form.is_valid():
        return show_form(request, form, key, status=422)
    try:
        led_to = once(
            key, by=request.user, act=lambda: str(open_batch(by=request.user, **form.cleaned_data).pk)
        )
    except NotPossible as refused:
        form.refuse(refused)
        return show_form(request, form, key, status=422)
    messages.success(request, "Kumpulan dibuka. Periksa nomor pertanyaannya, lalu mulai mengetik.")
    return redirect("feedback:paper-detail", pk=led_to)


def show_form(request, form, key, status=200):
    context = {"form": form, "key": key}
    return render(request, "feedback/channels/paper/form.html", context, status=status)


def batch_of(user, pk):
    batches = visible_batches(user).select_related("service__unit", "counter", "questionnaire")
    return get_object_or_404(batches, pk=pk)


@require_safe
def batch_detail(request, pk):
    return show_batch(request, batch_of(request.user, pk), ReasonForm())


def show_batch(request, batch, form, status=200):
    labels = elements_of(batch.questionnaire)
    context = {
        "batch": batch,
        "form": form,
        "progress": with_progress(PaperBatch.objects.filter(pk=batch.pk)).get(),
        "questions": [
            (each.number, labels.get(each.element, each.element)) for each in batch.questions.all()
        ],
        "is_begun": SheetKeying.objects.filter(sheet__batch=batch).exists(),
        "steps": {step.name for step in steps_open_to(request.user, batch, STEPS)},
        "history": history_of(batch),
    }
    return render(request, "feedback/channels/paper/detail.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def batch_numbers(request, pk):
    batch = batch_of(request.user, pk)
    form = NumbersForm(
        request.POST or None,
        numbers=dict(batch.questions.values_list("number", "element")),
        labels=elements_of(batch.questionnaire),
    )
    context, status = {"batch": batch, "form": form}, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                number_questions(batch, numbers=form.chosen, by=request.user)
            except NotPossible as refused:
                form.add_error(None, str(refused))
                status = 409
            else:
                messages.success(request, "Nomor pertanyaan disimpan.")
                return redirect("feedback:paper-detail", pk=pk)
    return render(request, "feedback/channels/paper/numbers.html", context, status=status)


@require_POST
def batch_step(request, pk):
    """One step of its life, by the button that was pressed."""
    batch, form = batch_of(request.user, pk), ReasonForm(request.POST)
    act = request.POST.get("langkah", "")
    try:
        if act == "selesai":
            finish_round(batch, by=request.user)
            words = "Pengisian selesai."
        elif act == "terima":
            words = f"{accept_batch(batch, by=request.user)} lembar masuk ke hasil survei."
        elif act == "batalkan" and form.is_valid():
            cancel_batch(batch, by=request.user, reason=form.cleaned_data["reason"])
            words = "Kumpulan dibatalkan. Yang sudah diketik tetap tersimpan."
        else:
            form.is_valid()
            return show_batch(request, batch, form, status=422)
    except StepRefused as refused:
        form = ReasonForm()
        batch.refresh_from_db()
        messages.warning(request, str(refused))
        return show_batch(request, batch, form, status=409)
    messages.success(request, words)
    return redirect("feedback:paper-detail", pk=pk)


@require_safe
def blank_form(request, slug):
    """The questionnaire of today for paper, in the official order, with the numbers a batch keys it by."""
    if not is_at_work(request.user):
        raise Http404
    service = get_object_or_404(services_on_paper(request.user).select_related("unit"), slug=slug)
    questionnaire = questionnaire_on(timezone.localdate(), service)
    if questionnaire is None:
        raise Http404
    context = {
        "service": service,
        "questionnaire": questionnaire,
        "questions": list(enumerate(questionnaire.questions.all(), 1)),
        "profile": profile_columns(),
    }
    return render(request, "feedback/channels/paper/blank.html", context)
