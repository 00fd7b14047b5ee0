"""The session's form: each fills his boxes, the guide signs, then the employee."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, WrongState, take
from ambon_kinerja.notices.actions import tell

from ..boxes import EMPLOYEE, gaps_in, tidy, wants_adjustment
from ..models import Guidance
from ..rules import appraiser_today, may_fill
from ..states.guidance import CONFIRM, RETURN, SIGN
from .guidance import page_of
from .refusals import Conflict

PARTS = {  # part: (its content, its version)
    "employee": ("employee_part", "employee_version"),
    "guide": ("guide_part", "guide_version"),
}


class Incomplete(StepRefused):
    """The form cannot be signed yet; `gaps` are sentences in Indonesian."""

    def __init__(self, gaps):
        self.gaps = gaps
        super().__init__("Formulir belum lengkap.")


@transaction.atomic
def save_part(guidance, *, part, content, version, by, is_ready=False):
    """Keep the boxes of one of the two. Raises Conflict when they changed since `version`, unless to the same.

    With `is_ready` the employee hands his preparation to the guide, who is told the first time.
    """
    locked = Guidance.objects.select_for_update(of=("self",)).get(pk=guidance.pk)
    if locked.state != Guidance.State.PLANNED:
        raise WrongState(f"Formulir tidak dapat diisi dalam keadaan “{locked.get_state_display()}”.")
    if not may_fill(by, locked, part):
        raise NotAllowed("Bagian ini diisi oleh yang lain.")
    name, counter = PARTS[part]
    content = tidy(locked.kind, part, content)
    is_new = getattr(locked, name) != content
    if is_new and getattr(locked, counter) != version:
        raise Conflict(locked)
    is_first = is_ready and part == EMPLOYEE and locked.prepared_at is None
    if is_new:
        setattr(locked, name, content)
        setattr(locked, counter, getattr(locked, counter) + 1)
    if is_first:
        locked.prepared_at = timezone.now()
    if is_new or is_first:
        locked.save(update_fields=[name, counter, "prepared_at"])
        details = {"part": part, "version": getattr(locked, counter), "ready": is_first}
        record_event("guidance.save_part", locked, by=by, details=details)
    if is_first:
        tell(
            locked.guide.user,
            subject=f"{locked.employee} sudah menyiapkan bimbingan",
            body="Baca persiapannya sebelum sesi.",
            path=page_of(locked),
        )
    return locked


def gaps_of(guidance):
    gaps = gaps_in(guidance.kind, guidance.employee_part, guidance.guide_part)
    if guidance.meets_at > timezone.now():
        gaps.insert(0, "Waktu sesi belum tiba. Ubah jadwal bila sesinya sudah berlangsung.")
    return gaps


@transaction.atomic
def sign(guidance, *, versions, by):
    """The guide signs what he read: (employee_version, guide_version). Raises Conflict, Incomplete."""
    locked = Guidance.objects.select_for_update(of=("self",)).get(pk=guidance.pk)
    if locked.state == Guidance.State.PLANNED and versions != (locked.employee_version, locked.guide_version):
        raise Conflict(locked)
    changes = {"guide_signed_at": timezone.now(), "asks_adjustment": wants_adjustment(locked.guide_part)}
    signed = take(SIGN, guidance, by=by, changes=changes)
    if gaps := gaps_of(signed):
        raise Incomplete(gaps)
    tell(
        signed.employee.user,
        subject="Formulir bimbingan menunggu tanda tangan Anda",
        body="Baca isinya, lalu tandatangani atau kembalikan dengan alasan.",
        path=page_of(signed),
    )
    return signed


@transaction.atomic
def return_to_guide(guidance, *, reason, by):
    returned = take(RETURN, guidance, by=by, reason=reason, changes={"guide_signed_at": None})
    tell(
        returned.guide.user,
        subject=f"{returned.employee} mengembalikan formulir bimbingan",
        body=f"Alasan: {reason.strip()}",
        path=page_of(returned),
    )
    return returned


@transaction.atomic
def confirm(guidance, *, by):
    """The employee signs; the guide's review is due, and an adjustment of the plan where both agreed on one."""
    done = take(CONFIRM, guidance, by=by, changes={"employee_signed_at": timezone.now()})
    appraiser = appraiser_today(done)
    tell(
        done.guide.user,
        subject=f"Bimbingan {done.employee} selesai",
        body="Isi evaluasi kompetensi pegawai (format B.1.9).",
        path=page_of(done),
    )
    if appraiser is not None and appraiser.pk != done.guide_id:
        tell(
            appraiser.user,
            subject=f"Bimbingan {done.employee} selesai",
            body=f"Pembimbing: {done.guide}. Rekamannya dapat Anda baca.",
            path=page_of(done),
        )
    if done.asks_adjustment:
        tell_of_adjustment(done, appraiser)
    return done


def tell_of_adjustment(guidance, appraiser):
    """Both open the plan from here (page 80: then the plan is changed); a guide from outside may not read it."""
    address = (
        reverse("appraisal:skp-detail", args=[guidance.skp_id]) if guidance.skp_id else page_of(guidance)
    )
    for person in filter(None, (guidance.employee, appraiser)):
        if person.user is not None:
            tell(
                person.user,
                subject="Bimbingan menyepakati penyesuaian ukuran keberhasilan dan target",
                body=f"SKP {guidance.employee} perlu diubah. Buka SKP itu untuk menyesuaikannya.",
                path=address,
            )
