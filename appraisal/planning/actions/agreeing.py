"""Bringing a plan to agreement: hand it in, take it back, return it, agree to it."""

from django.db import transaction
from django.utils import timezone

from ambon_kinerja.lifecycle.steps import take
from ambon_kinerja.notices.actions import tell

from ..completeness import gaps_in
from ..content import keep_version
from ..rules import appraiser_today, person_of
from ..states import AGREE, RETURN, SUBMIT, WITHDRAW
from .adjusting import merge_adjustment
from .plan import Conflict, PlanIncomplete, locked_plan, page_of


def called(skp):
    return f"Penyesuaian SKP {skp.year}" if skp.is_adjustment else f"SKP {skp.year}"


@transaction.atomic
def submit_skp(skp, *, by):
    """Hand the plan to today's appraiser. Raises PlanIncomplete with the list of gaps."""
    submitted = take(SUBMIT, skp, by=by, changes={"submitted_at": timezone.now()})
    if gaps := gaps_in(submitted):
        raise PlanIncomplete(gaps)
    tell(
        appraiser_today(submitted).user,
        subject=f"{called(submitted)} {submitted.employee} menunggu Anda",
        body="Baca SKP ini, lalu sepakati atau kembalikan dengan alasan.",
        path=page_of(submitted),
    )
    return submitted


@transaction.atomic
def withdraw_skp(skp, *, by):
    return take(WITHDRAW, skp, by=by, changes={"submitted_at": None})


@transaction.atomic
def return_skp(skp, *, by, reason):
    returned = take(RETURN, skp, by=by, reason=reason)
    tell(
        returned.employee.user,
        subject=f"{called(returned)} Anda dikembalikan",
        body=f"Alasan pejabat penilai: {reason.strip()}",
        path=page_of(returned),
    )
    return returned


@transaction.atomic
def agree_skp(skp, *, by, version=None):
    """Agree to the plan, or to an adjustment, as it was read: Conflict when it is not at `version` (None: any).

    What was agreed is kept word for word. Returns the agreed plan, also for an adjustment.
    """
    if version is not None and locked_plan(skp).version != version:
        raise Conflict(stored=None, sent={})
    if skp.is_adjustment:
        return merge_adjustment(skp, by=by)
    agreed = take(AGREE, skp, by=by, changes={"appraiser": person_of(by), "agreed_at": timezone.now()})
    keep_version(agreed)
    tell(
        agreed.employee.user,
        subject=f"SKP {agreed.year} Anda disepakati",
        body=f"{agreed.appraiser} menyepakati SKP Anda. SKP ini menjadi dasar penilaian tahun {agreed.year}.",
        path=page_of(agreed),
    )
    return agreed
