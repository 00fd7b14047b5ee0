"""Filling a plan: its results with their indicators, and what its appraiser expects of the values."""

from django.db import transaction
from django.db.models import Max

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, WrongState

from ..coverage import goals_of
from ..models import Indicator, SpecialExpectation, WorkResult
from ..queries import results_to_support
from ..rules import OPEN, is_appraiser_today
from .plan import Conflict, count_change, locked_for_edit, locked_plan

WORDS = ("statement", "assigned_by")
RESULT = ("kind", "statement", "origin", "control", "parent", "goal", "assigned_by", "assigner")
EMPTY = {"origin": "", "control": "", "parent": None, "goal": None, "assigned_by": "", "assigner": None}
INDICATOR = (
    "aspect",
    "perspective",
    "statement",
    "direction",
    "target_low",
    "target_high",
    "unit",
    "target_text",
)
BARE = {
    "aspect": "",
    "perspective": "",
    "direction": Indicator.Direction.HIGHER,
    "target_low": None,
    "target_high": None,
    "unit": "",
    "target_text": "",
}


@transaction.atomic
def save_result(skp, *, by, version, kind, statement, indicators=(), result=None, **more):
    """Add a result, or replace the text and indicators of `result`; returns it as stored.

    `more`: origin, control, parent, goal, assigned_by, assigner. `indicators`: dicts with the fields of INDICATOR
    (target_high None: same as low) and, where one is known already, its key as `pk`, so that it stays the same row.
    Raises Conflict when the plan is no longer at `version`, unless just this text is stored already.
    """
    locked = locked_for_edit(skp, by)
    sent = EMPTY | more | {"kind": kind, "statement": statement}
    sent |= {name: sent[name].strip() for name in WORDS}
    sent["indicators"] = [complete_indicator(one) for one in indicators]
    if result is not None:
        result = locked.results.filter(pk=result.pk).first()
        if result is None and locked.version == version:
            raise StepRefused("Hasil kerja ini tidak ada lagi di SKP Anda.")
    if locked.version != version:
        twin = stored_twin(locked, result, sent)
        if twin is None:
            raise Conflict(stored=result, sent=sent)
        return twin
    refuse_wrong_links(locked, sent)
    stored = write_result(locked, result, sent)
    count_change(locked)
    record_event(
        "skp.save_result",
        stored,
        by=by,
        details={"skp": locked.pk, "version": locked.version, "new": result is None},
    )
    skp.version = locked.version
    return stored


def refuse_wrong_links(skp, sent):
    parent, goal, assigner = sent["parent"], sent["goal"], sent["assigner"]
    if parent is not None and not results_to_support(skp).filter(pk=parent.pk).exists():
        raise StepRefused("Hasil kerja pimpinan yang dipilih tidak ada di daftar atasan Anda.")
    if goal is not None and not goals_of(skp).filter(pk=goal.pk).exists():
        raise StepRefused("Sasaran yang dipilih bukan sasaran Perjanjian Kinerja unit Anda.")
    if assigner is not None and assigner.pk == skp.employee_id:
        raise StepRefused("Pilih pimpinan yang memberi tugas, bukan Anda sendiri.")
    if sent["origin"] == WorkResult.Origin.ACTING and sent["kind"] != WorkResult.Kind.MAIN:
        raise StepRefused("Penugasan sebagai Plt. atau Plh. selalu menjadi hasil kerja utama.")


@transaction.atomic
def remove_result(result, *, by, version=None):
    """Take a result out of its plan. Raises Conflict when the plan is not at `version` (None: whichever)."""
    skp = locked_for_edit(result.skp, by)
    stored = skp.results.filter(pk=result.pk).first()
    if stored is None:
        raise StepRefused("Hasil kerja ini sudah dihapus.")
    if version is not None and skp.version != version:
        raise Conflict(stored=stored, sent={})
    if stored.children.exists():
        raise StepRefused("Hasil kerja ini dipakai SKP bawahan Anda, jadi tidak bisa dihapus.")
    record_event("skp.remove_result", stored, by=by, details={"skp": skp.pk, "statement": stored.statement})
    stored.delete()
    count_change(skp)


@transaction.atomic
def set_expectation(skp, *, value, text, by):
    """What the appraiser expects of one of the seven values; an empty text takes it back (returns None)."""
    locked = locked_plan(skp)
    if locked.state not in OPEN:
        raise WrongState("SKP sudah disepakati, jadi ekspektasi khusus tidak bisa diubah.")
    if not is_appraiser_today(by, locked):
        raise NotAllowed("Ekspektasi khusus hanya diisi oleh pejabat penilai.")
    text = text.strip()
    if text:
        expectation, _ = SpecialExpectation.objects.update_or_create(
            skp=locked, value=value, defaults={"text": text}
        )
    else:
        locked.expectations.filter(value=value).delete()
        expectation = None
    count_change(locked)
    record_event("skp.set_expectation", locked, by=by, details={"value": value.name, "text": text})
    return expectation


def complete_indicator(indicator):
    """An indicator with every field, and both bounds or none; unless it is a range the bounds are equal."""
    one = BARE | indicator
    if one["target_low"] is None:
        one |= {"target_high": None, "direction": Indicator.Direction.HIGHER}
    elif one["direction"] != Indicator.Direction.RANGE or one["target_high"] is None:
        one["target_high"] = one["target_low"]
    return one | {name: one[name].strip() for name in ("statement", "unit", "target_text")}


def stored_twin(skp, result, sent):
    """The stored result that says just what was sent: a button pressed twice loses and doubles nothing."""
    sent = sent | {"indicators": [without_key(one) for one in sent["indicators"]]}
    candidates = [result] if result is not None else skp.results.select_related("parent", "goal", "assigner")
    return next((one for one in candidates if without_keys(content_of(one)) == sent), None)


def without_key(indicator):
    return {name: value for name, value in indicator.items() if name != "pk"}


def without_keys(content):
    return content | {"indicators": [without_key(one) for one in content["indicators"]]}


def content_of(result):
    """A stored result as `save_result` is given it, to be compared and shown."""
    indicators = [
        {"pk": one.pk} | {name: getattr(one, name) for name in INDICATOR} for one in result.indicators.all()
    ]
    return {name: getattr(result, name) for name in RESULT} | {"indicators": indicators}


def write_result(skp, result, sent):
    stored = result or WorkResult(skp=skp)
    if stored.pk is None or stored.kind != sent["kind"]:
        last = skp.results.filter(kind=sent["kind"]).aggregate(last=Max("position"))["last"]
        stored.position = (last or 0) + 1
    for name in RESULT:
        setattr(stored, name, sent[name])
    stored.save()
    write_indicators(stored, sent["indicators"])
    return stored


def write_indicators(result, sent):
    """Each sent indicator goes to the row it names, else to the one that says the same, else to a new one.

    A row that stays the same keeps what hangs on it: its manual, and in an adjustment the indicator it continues.
    """
    free = {one.pk: one for one in result.indicators.all()}
    rows = [free.pop(one.get("pk"), None) for one in sent]
    for place, one in enumerate(sent):
        if rows[place] is None:
            twin = next((row for row in free.values() if row.statement == one["statement"]), None)
            rows[place] = free.pop(twin.pk) if twin else Indicator(result=result)
    Indicator.objects.filter(pk__in=free).delete()
    for position, (row, one) in enumerate(zip(rows, sent, strict=True), start=1):
        row.position = position
        for name in INDICATOR:
            setattr(row, name, one[name])
    Indicator.objects.bulk_create([row for row in rows if row.pk is None])
    Indicator.objects.bulk_update([row for row in rows if row.pk], ["position", *INDICATOR])
