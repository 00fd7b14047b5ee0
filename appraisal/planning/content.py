"""What two people agree on, as a whole: copied for an adjustment, brought back into the plan, kept word for word.

Which fields belong to it follows from the models: every field but those listed in NOT_CONTENT, so that a new field is
copied, merged and kept from its first day on.
"""

import json
from collections import defaultdict
from datetime import date
from decimal import Decimal
from hashlib import sha256

from django.db.models import F, Prefetch

from .models import (
    AnnexLine,
    Indicator,
    IndicatorManual,
    SkpVersion,
    SpecialExpectation,
    StudyPlan,
    WorkResult,
)

# What says where a row belongs, or what happens to it while the plan is carried out.
NOT_CONTENT = {
    WorkResult: {
        "id",
        "skp",
        "continues",
        "copied_from",
        "withdrawn_on",
        "taken_over_on",
        "taken_over_by",
        "takeover_note",
    },
    Indicator: {"id", "result", "continues", "withdrawn_on"},
    IndicatorManual: {"id", "indicator"},
    AnnexLine: {"id", "skp", "continues", "support", "support_note", "support_changed_on"},
    StudyPlan: {"id", "skp"},
    SpecialExpectation: {"id", "skp"},
}
OUT_OF_THE_WAY = 10_000  # places above all that are in use, while results change theirs


def fields_of(model):
    return [field for field in model._meta.concrete_fields if field.name not in NOT_CONTENT[model]]


def values_of(row):
    """{attribute: value} of the content of a row, ready for another row of its model."""
    return {field.attname: getattr(row, field.attname) for field in fields_of(type(row))}


def write(row, values):
    """Give `row` these values; True when one was another."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return bool(changed)


class Parts:
    """The rows of a plan that hold now, in seven queries however many there are."""

    def __init__(self, skp):
        indicators = Indicator.objects.filter(withdrawn_on=None).select_related("manual")
        results = WorkResult.objects.filter(skp=skp, withdrawn_on=None)
        self.results = list(
            results.select_related("parent", "goal", "assigner").prefetch_related(
                Prefetch("indicators", indicators, to_attr="living")
            )
        )
        self.annex = list(AnnexLine.objects.filter(skp=skp))
        self.study = StudyPlan.objects.filter(skp=skp).first()
        self.expectations = list(SpecialExpectation.objects.filter(skp=skp).select_related("value"))

    @property
    def indicators(self):
        return [indicator for result in self.results for indicator in result.living]


def manual_of(indicator):
    return getattr(indicator, "manual", None)


def copy_content(plan, adjustment):
    """Everything of `plan` once more for `adjustment`; each copy says which row it continues."""
    parts = Parts(plan)
    results = WorkResult.objects.bulk_create(
        WorkResult(skp=adjustment, continues=result, **values_of(result)) for result in parts.results
    )
    copy_of = {result.continues_id: result for result in results}
    indicators = Indicator.objects.bulk_create(
        Indicator(continues=one, **values_of(one) | {"result_id": copy_of[one.result_id].pk})
        for one in parts.indicators
    )
    IndicatorManual.objects.bulk_create(
        IndicatorManual(indicator=copy, **values_of(manual_of(copy.continues)))
        for copy in indicators
        if manual_of(copy.continues)
    )
    AnnexLine.objects.bulk_create(
        AnnexLine(skp=adjustment, continues=line, **values_of(line)) for line in parts.annex
    )
    if parts.study:
        StudyPlan.objects.create(skp=adjustment, **values_of(parts.study))
    SpecialExpectation.objects.bulk_create(
        SpecialExpectation(skp=adjustment, **values_of(one)) for one in parts.expectations
    )


def merge_content(adjustment, plan, today):
    """Bring what `adjustment` says into `plan`, so that what was recorded there keeps its result and indicator.

    Rows it continues are changed in place, new ones are added; a result or an indicator it no longer has is withdrawn
    from `today` on and stays to be read.
    """
    new, old = Parts(adjustment), Parts(plan)
    merge_results(new, old, plan, today)
    merge_annex(new, old, plan)
    merge_study(new, old, plan)
    plan.expectations.all().delete()
    SpecialExpectation.objects.bulk_create(
        SpecialExpectation(skp=plan, **values_of(one)) for one in new.expectations
    )


def merge_results(new, old, plan, today):
    kept = {result.pk: result for result in old.results}
    continued = {result.continues_id for result in new.results}
    WorkResult.objects.filter(pk__in=set(kept) - continued).update(withdrawn_on=today)
    WorkResult.objects.filter(pk__in=set(kept) & continued).update(position=F("position") + OUT_OF_THE_WAY)
    measured = {}
    for result in new.results:
        stored = kept.get(result.continues_id) or WorkResult(skp=plan)
        write(stored, values_of(result))
        stored.save()
        measured[result.pk] = stored
    merge_indicators(new, old, measured, today)


def merge_indicators(new, old, measured, today):
    kept = {one.pk: one for one in old.indicators}
    continued = {one.continues_id for one in new.indicators}
    # Those of a withdrawn result end with it, not by themselves: it is read as it was.
    lost = [
        one.pk
        for one in old.indicators
        if one.pk not in continued and one.result_id in {stored.pk for stored in measured.values()}
    ]
    Indicator.objects.filter(pk__in=lost).update(withdrawn_on=today)
    for one in new.indicators:
        stored = kept.get(one.continues_id) or Indicator()
        is_new, is_moved = stored.pk is None, stored.result_id != measured[one.result_id].pk
        stored.result = measured[one.result_id]
        if write(stored, values_of(one)) or is_new or is_moved:
            stored.save()
        merge_manual(manual_of(one), stored)


def merge_manual(new, indicator):
    old = manual_of(indicator)
    if new is None:
        if old is not None:
            old.delete()
    elif old is None:
        IndicatorManual.objects.create(indicator=indicator, **values_of(new))
    elif write(old, values_of(new)):
        old.save()


def merge_annex(new, old, plan):
    kept = {line.pk: line for line in old.annex}
    continued = {line.continues_id for line in new.annex}
    AnnexLine.objects.filter(pk__in=set(kept) - continued).delete()
    for line in new.annex:
        stored = kept.get(line.continues_id) or AnnexLine(skp=plan)
        if write(stored, values_of(line)) or stored.pk is None:
            stored.save()


def merge_study(new, old, plan):
    if new.study is None:
        if old.study is not None:
            old.study.delete()
        return
    stored = old.study or StudyPlan(skp=plan)
    if write(stored, values_of(new.study)) or stored.pk is None:
        stored.save()


def content_of_plan(skp):
    """Everything the plan says now, as plain data that can be read without any other table.

    Results, indicators and annex lines carry the key of the row in the agreed plan, so that two contents can be
    compared line by line; in an adjustment a new one has a key with "+".
    """
    parts = Parts(skp)
    indicators = defaultdict(list)
    for one in parts.indicators:
        manual = manual_of(one)
        indicators[one.result_id].append(keyed(skp, one) | {"manual": plain_row(manual) if manual else None})
    return {
        "form": skp.form_code,
        "audience": skp.audience,
        "approach": skp.approach,
        "year": skp.year,
        "starts_on": skp.starts_on.isoformat(),
        "ends_on": skp.ends_on.isoformat(),
        "employee": {
            "name": skp.employee.name,
            "nip": skp.employee.nip,
            "rank": skp.rank,
            "post": skp.post_name,
            "unit": skp.unit.name,
        },
        "results": [keyed(skp, result) | {"indicators": indicators[result.pk]} for result in parts.results],
        "expectations": [plain_row(one) for one in parts.expectations],
        "annex": [keyed(skp, line) for line in parts.annex],
        "study": plain_row(parts.study) if parts.study else None,
    }


def keyed(skp, row):
    key = row.continues_id if skp.is_adjustment else row.pk
    return {"key": str(key) if key else f"+{row.pk}"} | plain_row(row)


def plain_row(row):
    return {field.name: plain_value(row, field) for field in fields_of(type(row))}


def plain_value(row, field):
    value = getattr(row, field.name)
    if value is None:
        return None
    if field.is_relation:
        return {"key": str(value.pk), "words": str(value)}
    if isinstance(value, Decimal):
        return f"{value.quantize(Decimal('0.01')):f}"
    return value.isoformat() if isinstance(value, date) else value


def canonical(content):
    """The same content is the same text everywhere."""
    return json.dumps(content, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def keep_version(plan, *, reason=""):
    """A row of what the agreed plan says now, with its hash; by whom and when is on the plan itself."""
    content = content_of_plan(plan)
    return SkpVersion.objects.create(
        skp=plan,
        number=plan.versions.count() + 1,
        content=content,
        sha256=sha256(canonical(content).encode("utf-8")).hexdigest(),
        reason=reason,
        appraiser=plan.appraiser,
        agreed_at=plan.agreed_at,
    )
