"""Opening a name by two persons: one asks with a reason, another opens, both read for a while, the trail says so."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.refusals import Refused
from ambon_kinerja.lifecycle.steps import NotAllowed

from ..models import SealOpening
from ..rules import is_handler, may_open, may_read_sealed
from ..telling import tell_lane
from .handling import locked


@transaction.atomic
def ask_seal(case, *, part, reason, by):
    """Ask for one part; a request that waits already is the answer to a second click."""
    case = locked(case, by)
    if case.erased_at is not None:
        raise Refused("Identitas dalam laporan ini sudah dihapus.")
    if not reason.strip():
        raise Refused("Tulis alasannya.", "reason")
    if waiting := SealOpening.objects.filter(case=case, part=part, opened_at=None).first():
        return waiting
    opening = SealOpening.objects.create(
        case=case, part=part, asked_by=by, asked_at=timezone.now(), reason=reason.strip()
    )
    tell_lane(case, "Permintaan membuka segel", "Orang kedua diperlukan untuk membukanya.", but=by)
    record_event("restrictedcase.ask_seal", case, by=by, details={"part": part})
    return opening


@transaction.atomic
def open_seal(opening, *, by):
    """The second person opens; two at once open it once, and the later one is told so."""
    opening = SealOpening.objects.select_for_update(of=("self",)).select_related("case").get(pk=opening.pk)
    if not is_handler(by, opening.case):
        raise NotAllowed("Laporan ini tidak ditangani Anda.")
    if opening.opened_at is not None:
        raise Refused("Segel ini sudah dibuka orang lain.")
    if not may_open(by, opening):
        raise Refused("Orang kedua yang membuka segel, bukan yang memintanya.")
    now = timezone.now()
    opening.opened_by, opening.opened_at = by, now
    opening.ends_at = now + timedelta(hours=settings.RESTRICTED_SEAL_HOURS)
    opening.save(update_fields=["opened_by", "opened_at", "ends_at"])
    tell_lane(opening.case, "Segel dibuka", "Pembukaan segel tercatat dalam laporan.", but=by)
    record_event("restrictedcase.open_seal", opening.case, by=by, details={"part": opening.part})
    return opening


@transaction.atomic
def read_sealed(case, *, part, by):
    """[(label, words)] behind an open seal; every reading is an act in the trail."""
    case = locked(case, by)
    if not may_read_sealed(by, case, part):
        raise NotAllowed("Segel ini tidak terbuka untuk Anda.")
    record_event("restrictedcase.read_seal", case, by=by, details={"part": part})
    return case
