"""After a move: the last result of the old unit counts for this period too, when both want it (page 91 no. 13 a)."""

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from agencies.access.scope import employee_of
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, take
from ambon_kinerja.notices.actions import tell
from ambon_kinerja.row_security import as_service
from appraisal.planning.models import Skp

from .models import CarryOver, Evaluation
from .rules import why_no_carry_over
from .states import CARRY_OVER
from .turns.raters import turn_in

COPIED = (
    "suggested_rating",
    "suggestion_reasons",
    "work_rating",
    "work_reason",
    "behaviour_rating",
    "behaviour_reason",
    "predikat",
    "study_ended_early",
    "note",
    "receipt",
    "receipt_sha256",
)


def source_for(skp, period):
    """The last decided result of the employee under another plan before the end of `period`, or None."""
    with as_service():  # the employee and his new appraiser are asked whether they want to see it used
        found = Evaluation.objects.decided().filter(
            skp__employee=skp.employee_id, period__ends_on__lt=period.ends_on
        )
        return (
            found.exclude(skp=skp)
            .filter(skp__ends_on__lt=skp.starts_on)
            .select_related("period", "skp__unit", "appraiser")
            .order_by("-period__ends_on", "-period__starts_on")
            .first()
        )


def carry_over_of(skp, period):
    living = CarryOver.objects.filter(skp=skp, period=period, withdrawn_at=None)
    return living.select_related("source__period", "source__skp__unit", "proposed_by").first()


@transaction.atomic
def consent(skp, *, period, by):
    """One of the two agrees; the first one proposes by it, with the second the evaluation is made.

    Raises NotAllowed and StepRefused with the reason in Indonesian. Agreeing twice is harmless.
    """
    if reason := why_no_carry_over(by, skp, period):
        raise NotAllowed(reason)
    Skp.objects.select_for_update(of=("self",)).get(pk=skp.pk)
    source = source_for(skp, period)
    if source is None:
        raise StepRefused("Belum ada hasil dari unit lama yang dapat dipakai.")
    is_own = employee_of(by).pk == skp.employee_id
    found = carry_over_of(skp, period)
    if found is None:
        try:
            with transaction.atomic():
                found = CarryOver.objects.create(skp=skp, period=period, source=source, proposed_by=by)
        except IntegrityError:  # both at the same moment
            found = carry_over_of(skp, period)
        else:
            record_event("carryover.propose", found, by=by, details={"source": source.pk})
            tell_the_other(found, is_own)
    field = "employee_agreed_at" if is_own else "appraiser_agreed_at"
    if getattr(found, field) is None:
        setattr(found, field, timezone.now())
        found.save(update_fields=[field])
        record_event("carryover.agree", found, by=by)
    if found.employee_agreed_at and found.appraiser_agreed_at and found.evaluation_id is None:
        make(found, by=by)
    return found


@transaction.atomic
def withdraw(skp, *, period, by):
    """Either of the two takes the proposal back while no evaluation has come of it."""
    if reason := why_no_carry_over(by, skp, period):
        raise NotAllowed(reason)
    found = CarryOver.objects.select_for_update().filter(skp=skp, period=period, withdrawn_at=None).first()
    if found is None or found.evaluation_id:
        raise StepRefused("Tidak ada usulan yang dapat dibatalkan.")
    found.withdrawn_at = timezone.now()
    found.save(update_fields=["withdrawn_at"])
    record_event("carryover.withdraw", found, by=by)
    return found


def make(found, *, by):
    """The evaluation of this period with the words, ratings and receipt of the old one, final at once."""
    turn = turn_in(found.skp, found.period)
    with as_service():  # made of a result of another unit, which neither of them may write
        source = Evaluation.objects.get(pk=found.source_id)
        draft = Evaluation.objects.living().filter(skp=found.skp, period=found.period).first()
        draft = draft or Evaluation.objects.create(
            skp=found.skp, period=found.period, appraiser=turn.person, rated_by_role=turn.role
        )
        changes = {name: getattr(source, name) for name in COPIED}
        final = take(
            CARRY_OVER,
            draft,
            by=by,
            changes=changes
            | {"appraiser": turn.person, "rated_by_role": turn.role, "finalised_at": timezone.now()},
        )
    found.evaluation = final
    found.save(update_fields=["evaluation"])
    tell(
        found.skp.employee.user,
        subject=f"Hasil {found.source.period} dipakai juga untuk {found.period}",
        body="Anda dan pejabat penilai Anda sudah sepakat. Buka halaman hasil untuk membacanya.",
        path=reverse("appraisal:evaluation-detail", args=[final.pk]),
    )


def tell_the_other(found, is_own):
    """Whoever has to agree now."""
    turn = turn_in(found.skp, found.period)
    other = turn.person if is_own else found.skp.employee
    tell(
        other.user if other else None,
        subject=f"Setujui pemakaian hasil {found.source.period} untuk {found.period}",
        body=f"Tentang {found.skp.employee}, yang pindah unit. Hasil dipakai hanya bila keduanya setuju.",
        path=reverse("appraisal:carry-over", args=[found.skp_id, found.period_id]),
    )
