"""Beginning a plan from last year's."""

from django.db import transaction

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import StepRefused

from ..models import AnnexLine, Indicator, IndicatorManual, Skp, WorkResult
from .annexes import FIELDS as ANNEX_FIELDS
from .manuals import FIELDS as MANUAL_FIELDS
from .plan import count_change, locked_for_edit

RESULT_FIELDS = (
    "kind",
    "statement",
    "origin",
    "control",
    "assigned_by",
    "assigner",
    "absolute_ground",
    "absolute_reason",
)
INDICATOR_FIELDS = (
    "position",
    "aspect",
    "perspective",
    "statement",
    "direction",
    "target_low",
    "target_high",
    "unit",
    "target_text",
)


def plan_to_copy(skp):
    """The employee's newest agreed plan of the year before, for the same kind of form; None when there is none."""
    earlier = Skp.objects.plans().filter(
        employee=skp.employee_id, year=skp.year - 1, state=Skp.State.AGREED, audience=skp.audience
    )
    return earlier.order_by("-starts_on").first()


@transaction.atomic
def copy_last_year(skp, *, by):
    """Fill an empty draft with last year's results, indicators, manuals and annex; nothing is linked upwards yet."""
    locked = locked_for_edit(skp, by)
    if locked.results.exists():
        raise StepRefused("SKP ini sudah berisi hasil kerja, jadi SKP tahun lalu tidak disalin.")
    source = plan_to_copy(locked)
    if source is None:
        raise StepRefused(f"Tidak ada SKP {locked.year - 1} yang disepakati untuk disalin.")
    pairs = copy_results(source, locked)
    copy_manuals(pairs)
    if not locked.annex_lines.exists():
        copy_annex(source, locked)
    Skp.objects.filter(pk=locked.pk).update(approach=source.approach)
    count_change(locked)
    record_event("skp.copy_last_year", locked, by=by, details={"from": source.pk})
    return locked


def copy_results(source, target):
    """Returns [(indicator it was, indicator it became)]. Last year's superior results are not this year's."""
    pairs, positions = [], {}
    for old in source.results.filter(withdrawn_on=None).prefetch_related("indicators"):
        position = positions[old.kind] = positions.get(old.kind, 0) + 1
        fields = {name: getattr(old, name) for name in RESULT_FIELDS}
        new = WorkResult.objects.create(skp=target, position=position, copied_from=old, **fields)
        pairs += [
            (one, Indicator(result=new, **{name: getattr(one, name) for name in INDICATOR_FIELDS}))
            for one in old.indicators.all()
            if one.withdrawn_on is None
        ]
    Indicator.objects.bulk_create([new for _, new in pairs])
    return pairs


def copy_manuals(pairs):
    """Give each new indicator the manual of the one it came from."""
    manuals = {
        manual.indicator_id: manual
        for manual in IndicatorManual.objects.filter(indicator__in=[old for old, _ in pairs])
    }
    IndicatorManual.objects.bulk_create(
        IndicatorManual(indicator=new, **{name: getattr(manuals[old.pk], name) for name in MANUAL_FIELDS})
        for old, new in pairs
        if old.pk in manuals
    )


def copy_annex(source, target):
    """The same lines in another plan. Whether last year's support came is last year's business."""
    AnnexLine.objects.bulk_create(
        AnnexLine(skp=target, **{name: getattr(line, name) for name in (*ANNEX_FIELDS, "position")})
        for line in source.annex_lines.all()
    )
