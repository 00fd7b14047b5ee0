"""Forms B.1.8 and B.1.9."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from ambon_kinerja.lifecycle.steps import StepRefused
from ambon_kinerja.personal_data.actions import note_viewing

from .. import actions
from ..competences import LABELS, SCALE
from ..forms.reviewing import OpinionForm, ReviewForm, with_other_rows
from ..models import CompetenceReview, Guidance
from ..queries import visible_guidances, visible_opinions
from ..rules import is_guide, is_guided
from .answering import FORMS, Page, answer, found, too_late
from .guidance import page_of

OPINION_INTRO = (
    "Diserahkan kepada atasan pimpinan Anda. Pimpinan dan pembimbing Anda tidak membacanya. Sesudah dikirim tidak"
    " dapat diubah."
)


@FORMS
def guidance_opinion(request, pk):
    """The employee answers once; the superior of his leader reads. Nobody else finds the page."""
    opinion = visible_opinions(request.user).filter(guidance=pk).first()
    if opinion is not None:
        note_viewing(request.user, about=opinion.guidance.employee, kind="guidance_opinion")
        return render(
            request,
            "appraisal/guidance/opinion_read.html",
            {"opinion": opinion, "guidance": opinion.guidance},
        )
    guidance = get_object_or_404(visible_guidances(request.user), pk=pk)
    if not is_guided(request.user, guidance):
        raise Http404
    if not guidance.is_held:
        return too_late(request, guidance, page_of(guidance))

    def store(values):
        actions.give_opinion(guidance, answers=form.answers(), by=request.user)
        return page_of(guidance)

    form = OpinionForm(request.POST or None)
    page = Page(
        title="Umpan balik pelaksanaan bimbingan",
        submit="Kirim umpan balik",
        back=page_of(guidance),
        back_words=str(guidance),
        intro=OPINION_INTRO,
        template="appraisal/guidance/opinion_form.html",
    )
    done = "Umpan balik diserahkan kepada atasan pimpinan Anda."
    return answer(request, form, page, store=store, done=done, guidance=guidance)


@FORMS
def guidance_review(request, pk):
    guidance = found(request, pk, is_guide)
    review = CompetenceReview.objects.filter(guidance=guidance).first()
    if not guidance.is_held or (review is not None and review.sent_at is not None):
        return review_closed(request, guidance)
    note_viewing(request.user, about=guidance.employee, kind="guidance")
    if request.method != "POST":
        return show_review(request, guidance, ReviewForm(**stored_of(review)), review)
    if {"tambah_baris", "hapus_baris"} & set(request.POST):
        return show_review(request, guidance, unbound(with_other_rows(request.POST)), review)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return show_review(request, guidance, form, review, status=422)
    return save_review(request, guidance, form, review)


def save_review(request, guidance, form, review):
    send = "kirim" in request.POST
    try:
        actions.save_review(
            guidance,
            rows=form.rows(),
            recommendation=form.cleaned_data["recommendation"],
            version=form.cleaned_data["version"],
            by=request.user,
            send=send,
        )
    except actions.Conflict as conflict:
        form.carry(conflict.stored.version)
        return show_review(request, guidance, form, review, status=409, theirs=rows_in_words(conflict.stored))
    except StepRefused as refusal:
        place = getattr(refusal, "about", "")
        form.add_error(place if place in form.fields else None, str(refusal))
        return show_review(request, guidance, form, review, status=422)
    messages.success(request, "Evaluasi kompetensi disampaikan." if send else "Draf disimpan.")
    return redirect(page_of(guidance) if send else reverse("appraisal:guidance-review", args=[guidance.pk]))


def review_closed(request, guidance):
    """Sent in another window while one was typing: the typed text is shown, it cannot be kept any more."""
    if request.method == "POST" and guidance.state in Guidance.HELD:
        form = ReviewForm(request.POST)
        form.add_error(None, "Evaluasi kompetensi ini sudah disampaikan. Salin tulisan Anda bila perlu.")
        return show_review(request, guidance, form, None, status=409, is_closed=True)
    return too_late(request, guidance, page_of(guidance))


def unbound(data):
    """A form that shows what was typed without judging it."""
    bound = ReviewForm(data)
    form = ReviewForm(
        version=data.get("version", 0),
        rows=[{"group": "technical", "position": n} for n in range(bound.count)],
    )
    for name, field in form.fields.items():
        if name in data:
            field.initial = data[name]
    return form


def stored_of(review):
    if review is None:
        return {}
    names = ("group", "position", "name", "score", "reason")
    rows = list(review.scores.values(*names))
    return {"rows": rows, "recommendation": review.recommendation, "version": review.version}


def rows_in_words(review):
    rows = [
        (
            score.name,
            f"{score.score} – {LABELS[score.score]}. {score.reason}" if score.score else score.reason,
        )
        for score in review.scores.all()
    ]
    return [*rows, ("Rekomendasi", review.recommendation)]


def show_review(request, guidance, form, review, *, status=200, **more):
    context = {"guidance": guidance, "form": form, "review": review, "scale": SCALE, **more}
    return render(request, "appraisal/guidance/review.html", context, status=status)
