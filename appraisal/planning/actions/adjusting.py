"""Adjusting an agreed plan during the year: a copy is written and agreed anew, until then nothing agreed moves."""

from django.db import transaction
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, WrongState, take
from ambon_kinerja.notices.actions import tell

from ..content import copy_content, keep_version, merge_content
from ..models import Skp
from ..rules import OPEN, is_owner, may_adjust, person_of
from ..states import DROP, MERGE
from .plan import count_change, locked_plan, page_of

# What an adjustment is: the plan's own facts, with content that may change.
SAME = ("employee", "year", "starts_on", "ends_on", "audience", "approach", "unit", "post_name", "rank")


@transaction.atomic
def begin_adjustment(skp, *, by, reason):
    """A draft to change the agreed plan with, or the one that is open already; everything agreed is copied into it."""
    plan, reason = locked_plan(skp), reason.strip()
    if not is_owner(by, plan):
        raise NotAllowed("Penyesuaian SKP hanya bisa dimulai oleh pegawai yang bersangkutan.")
    if found := plan.adjustments.filter(state__in=OPEN).first():
        return found
    if not may_adjust(by, plan):
        raise WrongState("Hanya SKP yang disepakati dan masih berlaku yang bisa disesuaikan.")
    if not reason:
        raise StepRefused("Tulis alasan penyesuaian.")
    if not plan.versions.exists():
        keep_version(plan)
    adjustment = Skp.objects.create(
        adjusts=plan, adjustment_reason=reason, **{name: getattr(plan, name) for name in SAME}
    )
    copy_content(plan, adjustment)
    record_event("skp.begin_adjustment", adjustment, by=by, reason=reason, details={"plan": plan.pk})
    return adjustment


@transaction.atomic
def drop_adjustment(skp, *, by):
    """Let an adjustment go; the agreed plan stays as it is."""
    return take(DROP, skp, by=by)


@transaction.atomic
def merge_adjustment(skp, *, by):
    """Both agree anew: the plan takes over what the adjustment says, and keeps it as its next version."""
    plan = locked_plan(skp.adjusts)
    now = timezone.now()
    merged = take(MERGE, skp, by=by, changes={"appraiser": person_of(by), "agreed_at": now})
    merge_content(merged, plan, timezone.localdate(now))
    plan.appraiser, plan.agreed_at = merged.appraiser, now
    plan.audience, plan.approach = merged.audience, merged.approach
    plan.save(update_fields=["appraiser", "agreed_at", "audience", "approach"])
    count_change(plan)
    version = keep_version(plan, reason=merged.adjustment_reason)
    record_event("skp.adjust", plan, by=by, details={"adjustment": merged.pk, "version": version.number})
    tell(
        plan.employee.user,
        subject=f"Penyesuaian SKP {plan.year} Anda disepakati",
        body=f"{plan.appraiser} menyepakati penyesuaian. SKP Anda sekarang versi {version.number}.",
        path=page_of(plan),
    )
    return plan
