"""The steps of an agreement: offer, sign, send back, record from paper, begin a new version."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ambon_kinerja.lifecycle.steps import StepRefused
from ambon_kinerja.widgets import version_seen

from ..actions import (
    AgreementIncomplete,
    Conflict,
    offer_agreement,
    record_agreement,
    reopen_agreement,
    send_back_agreement,
    sign_agreement,
    withdraw_agreement,
)
from ..forms import PaperForm, ReasonForm
from ..states import OFFER, RECORD_PAPER, REOPEN, SEND_BACK, SIGN, WITHDRAW
from .reading import find_agreement

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_POST
def agreement_offer(request, pk):
    agreement = agreement_for(OFFER, request, pk)
    return step_taken(
        request,
        OFFER,
        agreement,
        lambda: offer_agreement(agreement, by=request.user, version=version_seen(request.POST)),
        "Perjanjian Kinerja ditandatangani dan diajukan kepada pihak kedua.",
    )


@require_POST
def agreement_withdraw(request, pk):
    agreement = agreement_for(WITHDRAW, request, pk)
    return step_taken(
        request,
        WITHDRAW,
        agreement,
        lambda: withdraw_agreement(agreement, by=request.user),
        "Perjanjian Kinerja ditarik kembali. Ubah, lalu ajukan lagi.",
    )


@require_POST
def agreement_sign(request, pk):
    agreement = agreement_for(SIGN, request, pk)
    return step_taken(
        request,
        SIGN,
        agreement,
        lambda: sign_agreement(agreement, by=request.user, version=version_seen(request.POST)),
        "Perjanjian Kinerja ditetapkan.",
    )


@require_http_methods(FORM_METHODS)
def agreement_send_back(request, pk):
    agreement = agreement_for(SEND_BACK, request, pk)
    return with_form(
        request,
        SEND_BACK,
        agreement,
        ReasonForm,
        send_back_agreement,
        heading="Kembalikan Perjanjian Kinerja",
        button="Kembalikan",
        done="Perjanjian Kinerja dikembalikan kepada pihak pertama.",
    )


@require_http_methods(FORM_METHODS)
def agreement_record(request, pk):
    agreement = agreement_for(RECORD_PAPER, request, pk)
    return with_form(
        request,
        RECORD_PAPER,
        agreement,
        PaperForm,
        record_agreement,
        heading="Catat Perjanjian Kinerja yang ditandatangani di kertas",
        button="Catat dan tetapkan",
        done="Perjanjian Kinerja ditetapkan.",
        initial={"signed_on": timezone.localdate()},
    )


@require_http_methods(FORM_METHODS)
def agreement_reopen(request, pk):
    agreement = agreement_for(REOPEN, request, pk)
    return with_form(
        request,
        REOPEN,
        agreement,
        ReasonForm,
        reopen_agreement,
        heading="Buat versi baru Perjanjian Kinerja",
        button="Buka untuk diubah",
        done="Perjanjian Kinerja dibuka. Ubah, lalu ajukan untuk ditandatangani lagi.",
    )


def agreement_for(step, request, pk):
    """The agreement, if the step could ever be this person's; else 404."""
    agreement = find_agreement(request, pk)
    if not step.may(request.user, agreement):
        raise Http404
    return agreement


def step_taken(request, step, agreement, act, done):
    if agreement.state not in step.sources:
        return too_late(request, agreement)
    try:
        act()
    except Conflict:
        messages.warning(request, "Perjanjian Kinerja ini berubah setelah Anda membacanya. Baca sekali lagi.")
    except AgreementIncomplete as incomplete:
        for gap in incomplete.gaps:
            messages.warning(request, gap)
    except StepRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("appraisal:agreement-detail", pk=agreement.pk)


def with_form(request, step, agreement, form_class, act, *, heading, button, done, initial=None):
    if agreement.state not in step.sources:
        return too_late(request, agreement)
    form = form_class(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        return step_taken(
            request, step, agreement, lambda: act(agreement, by=request.user, **form.cleaned_data), done
        )
    context = {"agreement": agreement, "form": form, "title": heading, "button": button}
    status = 422 if form.errors else 200
    return render(request, "appraisal/goals/step.html", context, status=status)


def too_late(request, agreement):
    """The button was pressed twice, or somebody was faster: say how things stand and show them."""
    messages.info(request, f"Tidak ada yang berubah. Keadaannya sudah “{agreement.get_state_display()}”.")
    return redirect("appraisal:agreement-detail", pk=agreement.pk)
