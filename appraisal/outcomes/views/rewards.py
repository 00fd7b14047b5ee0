"""Rewards proposed (art. 31): the list of proposals, a new one, one taken back, one that was overtaken."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from appraisal.cycle.models import Period
from appraisal.scoring.queries import visible_evaluations

from ..actions import propose_reward, review_reward, withdraw_reward
from ..forms.recording import NoteForm, ReasonForm, RewardForm
from ..queries import visible_rewards
from ..rules import may_keep_outcomes, may_prepare
from .answering import FORMS, Page, answer, kept_employee, unit_of

HERE = "Penghargaan yang diusulkan"
PAGE = 25


@require_safe
def reward_list(request):
    if not may_keep_outcomes(request.user):
        raise Http404
    page = Paginator(visible_rewards(request.user), PAGE).get_page(request.GET.get("halaman"))
    return render(request, "appraisal/outcomes/rewards.html", {"page": page})


@FORMS
def reward_propose(request, employee):
    person = kept_employee(request, employee)
    result = (
        visible_evaluations(request.user)
        .decided()
        .filter(skp__employee=person, period__cadence=Period.Cadence.ANNUAL)
        .select_related("period")
        .order_by("-period__year", "-skp__starts_on")
        .first()
    )
    if result is None:
        raise Http404

    def store(values):
        proposal = propose_reward(
            person,
            evaluation=result,
            kind=values["kind"],
            reason=values["reason"],
            unit=unit_of(person),
            by=request.user,
        )
        return f"{reverse('appraisal:reward-list')}#usulan-{proposal.pk}"

    page = Page(
        title=f"Usulkan penghargaan untuk {person.name}",
        submit="Simpan usulan",
        back=reverse("appraisal:outcome-rows", args=["penghargaan"]),
        back_words="Usulan penghargaan",
        intro="Ini usulan. Pejabat Pembina Kepegawaian memutuskan di luar sistem ini.",
        facts=[("Dasar", f"{result.period}: {result.get_predikat_display()}, revisi {result.revision}")],
    )
    form = RewardForm(request.POST if request.method == "POST" else None)
    return answer(request, form, page, store=store, done="Usulan disimpan.")


def own_proposal(request, pk):
    proposal = get_object_or_404(visible_rewards(request.user), pk=pk)
    if not may_prepare(request.user, proposal.employee, proposal.unit):
        raise Http404
    return proposal


def step(request, pk, form_class, title, submit, act, done, *, is_final=False):
    proposal = own_proposal(request, pk)
    back = reverse("appraisal:reward-list")

    def store(values):
        act(proposal, values)
        return back

    page = Page(
        title=title,
        submit=submit,
        back=back,
        back_words=HERE,
        facts=[("Pegawai", proposal.employee.name), ("Bentuk", proposal.get_kind_display())],
        is_final=is_final,
    )
    form = form_class(request.POST if request.method == "POST" else None)
    return answer(request, form, page, store=store, done=done)


@FORMS
def reward_withdraw(request, pk):
    def act(proposal, values):
        withdraw_reward(proposal, reason=values["reason"], by=request.user)

    words = ("Tarik usulan penghargaan", "Tarik usulan", act, "Usulan ditarik.")
    return step(request, pk, ReasonForm, *words, is_final=True)


@FORMS
def reward_review(request, pk):
    def act(proposal, values):
        review_reward(proposal, note=values["note"], by=request.user)

    words = ("Tinjau usulan penghargaan", "Usulan tetap berlaku", act, "Hasil peninjauan disimpan.")
    return step(request, pk, NoteForm, *words)
