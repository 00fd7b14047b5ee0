"""Proposing another rating for a draft, and the answer of the employee's appraiser."""

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from agencies.people.reporting_line import appraiser_on
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, WrongState, take
from ambon_kinerja.notices.actions import tell
from appraisal.scoring.actions import save_draft
from appraisal.scoring.matrix import Rating
from appraisal.scoring.models import Evaluation

from ..models import CalibrationItem, CalibrationProposal
from ..queries import drafts_of
from ..rules import may_answer, may_propose, person_of
from ..states.proposals import ACCEPT, KEEP

LONGEST = 4000
FINAL = "Penilaian ini sudah ditetapkan, jadi tidak dapat diubah lewat kalibrasi."


@transaction.atomic
def propose_rating(item, *, aspect, to_rating, reason, by):
    """A proposal for one of the two ratings of a draft; the same one a second time adds nothing."""
    item = CalibrationItem.objects.select_for_update(of=("self",)).select_related("session").get(pk=item.pk)
    if not may_propose(by, item):
        raise NotAllowed("Usulan dibuat oleh peserta lain, bukan oleh penilai pegawai ini sendiri.")
    if aspect not in CalibrationProposal.Aspect.values or to_rating not in Rating.values:
        raise StepRefused("Pilih rating yang diusulkan.")
    if not reason.strip():
        raise StepRefused("Tulis alasan usulan.")
    if len(reason) > LONGEST:
        raise StepRefused(f"Tulis paling banyak {LONGEST} huruf.")
    draft = drafts_of([item])[item.evaluation_id]
    if not draft.is_draft:
        raise StepRefused(FINAL)
    now = draft.work if aspect == CalibrationProposal.Aspect.WORK else draft.behaviour
    if not now:
        raise StepRefused("Penilai belum memberi rating ini, jadi belum ada yang dapat diubah.")
    if now == to_rating:
        raise StepRefused("Rating yang diusulkan sama dengan rating sekarang.")
    facts = {"aspect": aspect, "to_rating": to_rating, "reason": reason.strip(), "proposed_by": person_of(by)}
    waiting = item.proposals.filter(state="open", aspect=aspect).first()
    if waiting is not None:
        if all(getattr(waiting, name) == value for name, value in facts.items()):
            return waiting
        raise StepRefused("Usulan untuk rating ini masih menunggu jawaban penilai.")
    try:
        with transaction.atomic():
            proposal = CalibrationProposal.objects.create(item=item, from_rating=now, **facts)
    except IntegrityError:
        raise StepRefused("Usulan untuk rating ini masih menunggu jawaban penilai.") from None
    record_event("calibrationproposal.propose", proposal, by=by, reason=reason.strip())
    appraiser = appraiser_on(item.employee, timezone.localdate())
    tell(
        appraiser.user if appraiser else None,
        subject=f"Usulan kalibrasi untuk {item.employee} menunggu jawaban Anda",
        body="Terima usulan itu, atau tetap pada rating Anda dengan alasan.",
        path=page_of(item),
    )
    return proposal


def page_of(item):
    return reverse("appraisal:calibration-item", args=[item.pk])


@transaction.atomic
def accept_proposal(proposal, *, by):
    """The appraiser takes the rating over: his draft changes in his own name, through the room that keeps drafts.

    Raises WrongState when it was answered already or the draft is final, StepRefused with the reason of that room.
    """
    proposal = fresh(proposal)
    if proposal.state != proposal.State.OPEN:
        raise WrongState("Usulan ini sudah dijawab.")
    if not may_answer(by, proposal):
        raise NotAllowed("Usulan dijawab oleh pejabat penilai pegawai ini.")
    draft = Evaluation.objects.filter(pk=proposal.item.evaluation_id).first()
    if draft is None or draft.state != Evaluation.State.DRAFT:
        raise WrongState(FINAL)
    typed = {
        name: getattr(draft, name)
        for name in ("work_rating", "work_reason", "behaviour_rating", "behaviour_reason", "note")
    }
    name = f"{proposal.aspect}_rating"
    if typed[name] != proposal.from_rating:
        raise StepRefused(
            "Rating ini sudah Anda ubah setelah usulan dibuat. Tulis alasan Anda sebagai jawaban."
        )
    typed[name] = proposal.to_rating
    departs = draft.suggested_rating not in ("", proposal.to_rating)
    if proposal.aspect == "work" and departs and not typed["work_reason"].strip():
        typed["work_reason"] = f"Hasil kalibrasi: {proposal.reason}"[:LONGEST]
    save_draft(draft, version=draft.version, by=by, **typed)
    return take(
        ACCEPT, proposal, by=by, changes={"answered_by": person_of(by), "answered_at": timezone.now()}
    )


@transaction.atomic
def keep_proposal(proposal, *, by, reason):
    """The appraiser stays with his rating and says why."""
    return take(
        KEEP,
        fresh(proposal),
        by=by,
        reason=reason,
        changes={
            "answer": reason.strip()[:LONGEST],
            "answered_by": person_of(by),
            "answered_at": timezone.now(),
        },
    )


def fresh(proposal):
    return CalibrationProposal.objects.select_related("item__session", "item__employee").get(pk=proposal.pk)
