"""Bringing an agreement to signature, and beginning a new version of a signed one."""

import json
from hashlib import sha256

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ambon_kinerja.lifecycle.steps import StepRefused, history_of, take
from ambon_kinerja.notices.actions import tell

from ..models import AgreementVersion, PerformanceAgreement
from ..queries import parties_on
from ..states import OFFER, RECORD_PAPER, REOPEN, SEND_BACK, SIGN, WITHDRAW
from .writing import INDICATOR_FIELDS, Conflict


class AgreementIncomplete(StepRefused):
    """It cannot be signed yet; `gaps` are sentences in Indonesian."""

    def __init__(self, gaps):
        self.gaps = gaps
        super().__init__("Perjanjian Kinerja belum lengkap.")


@transaction.atomic
def offer_agreement(agreement, *, by, version=None):
    """The head signs and hands it to the leader above."""
    check_version(agreement, version)
    head, head_post, above, above_post = parties_on(agreement.unit, timezone.localdate())
    offered = take(
        OFFER,
        agreement,
        by=by,
        changes={
            "first_party": head,
            "first_post": head_post,
            "second_party": above,
            "second_post": above_post,
        },
    )
    refuse_gaps(offered)
    tell(
        above.user,
        subject=f"{offered} menunggu tanda tangan Anda",
        body=f"{head} sudah menandatangani. Baca, lalu tetapkan atau kembalikan dengan alasan.",
        path=page_of(offered),
    )
    return offered


@transaction.atomic
def withdraw_agreement(agreement, *, by):
    """The head takes it back before the leader above has signed."""
    return take(WITHDRAW, agreement, by=by)


@transaction.atomic
def sign_agreement(agreement, *, by, version=None):
    """The leader above signs: from now on it is in force. Conflict when it is not at `version` any more."""
    check_version(agreement, version)
    _, _, above, above_post = parties_on(agreement.unit, timezone.localdate())
    signed = take(
        SIGN,
        agreement,
        by=by,
        changes={"second_party": above, "second_post": above_post, "signed_on": timezone.localdate()},
    )
    keep_version(signed)
    tell(signed.first_party.user, subject=f"{signed} ditetapkan", path=page_of(signed))
    return signed


@transaction.atomic
def send_back_agreement(agreement, *, by, reason):
    sent_back = take(SEND_BACK, agreement, by=by, reason=reason)
    tell(
        sent_back.first_party.user,
        subject=f"{sent_back} dikembalikan",
        body=f"Alasan: {reason.strip()}",
        path=page_of(sent_back),
    )
    return sent_back


@transaction.atomic
def record_agreement(agreement, *, by, signed_on):
    """What both have signed on paper on a day, with the names the reporting line had on it."""
    if signed_on > timezone.localdate():
        raise StepRefused("Tanggal penandatanganan tidak boleh sesudah hari ini.")
    head, head_post, above, above_post = parties_on(agreement.unit, signed_on)
    if head is None:
        raise StepRefused("Pada tanggal itu tidak ada yang memimpin unit ini. Lengkapi data jabatan dahulu.")
    if above is None and agreement.unit.parent_id is not None:
        raise StepRefused(
            "Pada tanggal itu pimpinan di atas unit ini tidak tercatat. Lengkapi data jabatan dahulu."
        )
    signed = take(
        RECORD_PAPER,
        agreement,
        by=by,
        changes={
            "first_party": head,
            "first_post": head_post,
            "second_party": above,
            "second_post": above_post,
            "signed_on": signed_on,
        },
    )
    refuse_gaps(signed)
    keep_version(signed)
    return signed


@transaction.atomic
def reopen_agreement(agreement, *, by, reason):
    """Begin a new version: the signed words stay readable, the draft is changed and signed anew."""
    reopened = take(REOPEN, agreement, by=by, reason=reason, changes={"signed_on": None})
    for party in (reopened.first_party, reopened.second_party):
        if party is not None and party.user_id != getattr(by, "pk", None):
            tell(
                party.user,
                subject=f"{reopened} dibuka untuk versi baru",
                body=f"Alasan: {reason.strip()}",
                path=page_of(reopened),
            )
    return reopened


def check_version(agreement, version):
    locked = PerformanceAgreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if version is not None and locked.version != version:
        raise Conflict(locked)


def refuse_gaps(agreement):
    if gaps := gaps_in(agreement):
        raise AgreementIncomplete(gaps)


def gaps_in(agreement):
    """What is missing before it can be signed, in Indonesian sentences."""
    goals = list(agreement.goals.prefetch_related("indicators"))
    gaps = [] if goals else ["Isi sedikitnya satu sasaran."]
    gaps += [
        f"Sasaran {number}: isi sedikitnya satu indikator dengan target."
        for number, goal in enumerate(goals, start=1)
        if not goal.indicators.all()
    ]
    return gaps


def keep_version(agreement):
    content = content_of(agreement)
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    number = agreement.versions.count() + 1
    AgreementVersion.objects.create(
        agreement=agreement,
        number=number,
        content=content,
        sha256=sha256(text.encode()).hexdigest(),
        signed_on=agreement.signed_on,
        reason=reason_of_reopening(agreement) if number > 1 else "",
    )


def reason_of_reopening(agreement):
    return (
        history_of(agreement)
        .filter(step=REOPEN.name)
        .order_by("-at", "-pk")
        .values_list("reason", flat=True)[0]
    )


def content_of(agreement):
    """The whole agreement as plain values: what the print view shows and a signed version keeps."""
    goals = agreement.goals.select_related("programme", "supports__agreement__unit").prefetch_related(
        "indicators"
    )
    return {
        "unit": agreement.unit.name,
        "year": agreement.year,
        "signed_on": agreement.signed_on.isoformat() if agreement.signed_on else None,
        "first": party(agreement.first_party, agreement.first_post),
        "second": party(agreement.second_party, agreement.second_post),
        "goals": [
            {
                "statement": goal.statement,
                "programme": str(goal.programme) if goal.programme else "",
                "supports": f"{goal.supports} ({goal.supports.agreement.unit})" if goal.supports else "",
                "indicators": [
                    {name: getattr(one, name) for name in INDICATOR_FIELDS} for one in goal.indicators.all()
                ],
            }
            for goal in goals
        ],
        "budget": [{"name": line.name, "amount": str(line.amount)} for line in agreement.budget_lines.all()],
    }


def party(employee, post):
    return {
        "name": employee.name if employee else "",
        "nip": (employee.nip or "") if employee else "",
        "post": post,
    }


def page_of(agreement):
    return reverse("appraisal:agreement-detail", args=[agreement.pk])
