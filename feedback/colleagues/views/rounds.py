"""The personnel office prepares, opens and closes rounds, and reads sums."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access.roles import Role
from agencies.access.scope import grants_on, units_of
from agencies.careers.views.answering import Page, answer
from agencies.structure.models import Unit
from agencies.structure.refusals import NotPossible
from ambon_kinerja.lifecycle.steps import StepRefused

from ..actions import ask_for_draw, cancel_round, prepare_round
from ..checking import ask_for_check
from ..closing import ask_for_closing
from ..forms import EndForm, RoundForm
from ..models import FeedbackRound, FeedbackSubject
from ..queries import CHECK_JOB, CLOSE_JOB, DRAW_JOB, agency_sums, kept_rounds, last_job, progress_of
from ..rules import may_keep_rounds
from ..values import LEVELS

State, Outcome = FeedbackRound.State, FeedbackSubject.Outcome
FORMS = require_http_methods(["GET", "HEAD", "POST"])
ROWS_A_PAGE = 25
NOT_DRAWN = (Outcome.SMALL, Outcome.BUSY)
JOBS = {State.PREPARED: DRAW_JOB, State.OPEN: CLOSE_JOB}  # what leads out of a state and takes its time


def office_only(request):
    if not may_keep_rounds(request.user):
        raise Http404


def found(request, pk):
    return get_object_or_404(kept_rounds(request.user), pk=pk)


def choosable_units(user):
    """The agencies and the city of his rights, and the very units his rights are given for."""
    own = grants_on(user, None, Role.PERSONNEL_OFFICE).values("unit")
    large = Q(kind__in=(Unit.Kind.CITY, Unit.Kind.AGENCY)) | Q(pk__in=own)
    return units_of(user, Role.PERSONNEL_OFFICE).filter(large)


@require_safe
def round_list(request):
    office_only(request)
    rounds = kept_rounds(request.user).annotate(people=Count("subjects")).order_by("-made_at")
    page = Paginator(rounds, ROWS_A_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "feedback/colleagues/round_list.html", {"page": page})


@FORMS
def round_add(request):
    office_only(request)

    def store(values):
        facts = {name: values[name] for name in ("name", "starts_on", "ends_on", "choosing", "last_day")}
        prepared = prepare_round(units=list(values["units"]), by=request.user, **facts)
        return reverse("feedback:colleague-round-detail", args=[prepared.pk])

    page = Page(
        title="Siapkan putaran",
        submit="Siapkan putaran",
        back=reverse("feedback:colleague-round-list"),
        back_words="Putaran umpan balik rekan",
        intro="Sesudah disiapkan, putaran belum berjalan. Rekan baru diminta menjawab bila Anda membukanya.",
    )
    form = RoundForm(request.POST or None, units=choosable_units(request.user))
    return answer(request, form, page, store=store, done="Putaran disiapkan.")


@require_safe
def round_detail(request, pk):
    feedback_round = found(request, pk)
    by_outcome = feedback_round.subjects.order_by().values_list("outcome").annotate(Count("pk"))
    counts = [(Outcome(outcome).label, number) for outcome, number in sorted(by_outcome)]
    not_drawn = feedback_round.subjects.filter(outcome__in=NOT_DRAWN).select_related("employee", "agency")
    context = {
        "round": feedback_round,
        "units": feedback_round.units.all(),
        "job": last_job(JOBS[feedback_round.state], feedback_round) if feedback_round.state in JOBS else None,
        "counts": counts,
        "progress": progress_of(feedback_round) if feedback_round.state == State.OPEN else [],
        "sums": agency_sums(feedback_round) if feedback_round.state == State.CLOSED else [],
        "levels": LEVELS.values(),
        "page": Paginator(not_drawn, ROWS_A_PAGE).get_page(request.GET.get("halaman")),
    }
    return render(request, "feedback/colleagues/round_detail.html", context)


@FORMS
def round_draw(request, pk):
    """Has it drawn once more, and says whether that is what was recorded; never who was drawn."""
    feedback_round = found(request, pk)
    if feedback_round.state != State.OPEN:
        raise Http404
    if request.method == "POST":
        try:
            ask_for_check(feedback_round, by=request.user)
        except StepRefused as refusal:
            messages.warning(request, str(refusal))
        return redirect("feedback:colleague-round-draw", pk=pk)
    context = {"round": feedback_round, "job": last_job(CHECK_JOB, feedback_round)}
    return render(request, "feedback/colleagues/round_draw.html", context)


@require_POST
def round_open(request, pk):
    feedback_round = found(request, pk)
    try:
        ask_for_draw(feedback_round, by=request.user)
    except (StepRefused, NotPossible) as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(
            request, "Undian dimulai. Halaman ini menunjukkan sejauh mana; Anda boleh menutupnya."
        )
    return redirect("feedback:colleague-round-detail", pk=pk)


@FORMS
def round_close(request, pk):
    return ended(
        request,
        found(request, pk),
        ask_for_closing,
        "Penutupan dimulai. Halaman ini menunjukkan sejauh mana; Anda boleh menutupnya.",
        title="Tutup putaran sekarang",
        submit="Tutup dan keluarkan hasil",
        intro="Yang belum menjawab tidak dapat menjawab lagi. Hasil keluar menurut aturan jumlah terkecil.",
    )


@FORMS
def round_cancel(request, pk):
    return ended(
        request,
        found(request, pk),
        cancel_round,
        "Putaran dibatalkan.",
        title="Batalkan putaran",
        submit="Batalkan putaran",
        intro="Tidak ada yang diminta menjawab.",
    )


def ended(request, feedback_round, act, done, **words):
    address = reverse("feedback:colleague-round-detail", args=[feedback_round.pk])

    def store(values):
        try:
            act(feedback_round, by=request.user, reason=values["reason"])
        except StepRefused as refusal:
            raise NotPossible(str(refusal), "row") from refusal
        return address

    def now():
        feedback_round.refresh_from_db()
        return [("Keadaan", feedback_round.get_state_display())]

    page = Page(back=address, back_words=feedback_round.name, is_final=True, **words)
    return answer(request, EndForm(request.POST or None), page, store=store, done=done, now=now)
