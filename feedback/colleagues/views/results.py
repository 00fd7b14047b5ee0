"""The released result of one person, and what he says to it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from agencies.access.scope import employee_of
from agencies.structure.refusals import NotPossible
from ambon_kinerja.charts import bar_chart
from ambon_kinerja.personal_data.actions import note_viewing

from ..actions import reply
from ..forms import ReplyForm
from ..models import FeedbackRound, FeedbackSubject, Relation, ReleasedFeedback
from ..queries import in_one_value, released_in_words, value_names, visible_subjects
from ..rules import may_reply
from ..values import LEVELS, NOT_SEEN, OBSERVED

Outcome = FeedbackSubject.Outcome


@dataclass(frozen=True)
class Shown:
    """One value as the page shows it: a chart with its table, or why not; `rows` are (level, peers, subordinates)."""

    name: str
    why: str
    chart: object = None
    unseen: int = 0
    rows: tuple = ()


def shown(value):
    if value.table is None:
        return Shown(value.name, value.why)
    levels = sorted(OBSERVED, reverse=True)
    most = max(levels, key=lambda level: (value.table[level], level))
    chart = bar_chart(
        [(LEVELS[level], value.table[level], "series-1") for level in levels],
        title=f"{value.name}: paling banyak “{LEVELS[most].lower()}”",
        subject="Jumlah rekan menurut jawabannya",
        unit="rekan",
    )
    rows = ()
    if value.by_relation:
        rows = tuple(
            (LEVELS[level], *(value.by_relation[relation][level] for relation in Relation.values))
            for level in (*levels, NOT_SEEN)
        )
    return Shown(value.name, "", chart, value.table[NOT_SEEN], rows)


@require_safe
def result(request, pk):
    subject = get_object_or_404(visible_subjects(request.user), pk=pk)
    return show_result(request, subject)


def show_result(request, subject, form=None, stored=None, status=200):
    is_own = employee_of(request.user).pk == subject.employee_id
    if not is_own:
        note_viewing(request.user, about=subject.employee, kind="colleague_feedback")
    row = in_one_value(ReleasedFeedback.objects.filter(subject=subject)).values_list("row", flat=True).first()
    released = released_in_words(row, value_names()) if row else None
    replies = may_reply(request.user, subject)
    if replies and form is None:
        form = ReplyForm(initial={"text": subject.reply, "version": subject.reply_version})
    context = {
        "subject": subject,
        "employee": subject.employee,
        "round": subject.round,
        "is_open": subject.round.state == FeedbackRound.State.OPEN,
        "is_own": is_own,
        "released": released,
        "values": [shown(value) for value in released.values] if released else [],
        "form": form if replies else None,
        "stored": stored,
    }
    return render(request, "feedback/colleagues/result.html", context, status=status)


@require_POST
def give_reply(request, pk):
    subject = get_object_or_404(visible_subjects(request.user), pk=pk)
    if not may_reply(request.user, subject):
        raise Http404
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return show_result(request, subject, form, status=422)
    version = form.cleaned_data["version"] or 0
    try:
        reply(subject, text=form.cleaned_data["text"], version=version, by=request.user)
    except NotPossible as refusal:
        subject.refresh_from_db(fields=["reply", "reply_version"])
        form.data = form.data.copy()
        form.data["version"] = subject.reply_version  # who sends again has seen both texts
        form.add_error("text", str(refusal))
        return show_result(request, subject, form, stored=subject.reply, status=409)
    messages.success(request, "Tanggapan disimpan. Atasan Anda dapat membacanya.")
    return redirect("feedback:colleague-result", pk=subject.pk)
