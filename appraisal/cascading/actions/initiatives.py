"""Writing the work blocks of a plan (form A.1.4)."""

from django.db import transaction
from django.db.models import Max

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from appraisal.goals.actions import Conflict
from appraisal.planning.models import Skp

from ..grid import leader_columns
from ..guidance import answers_of
from ..models import InitiativeLine, IntervenedIndicator, StrategicInitiative
from ..rules import may_write_strategy

FIELDS = ("title", "owner", "parties", "deadline", "beneficiaries", "purpose", "budget", "method")
PARTS = (
    ("activity", "routine"),
    ("activity", "transformative"),
    ("milestone", "routine"),
    ("milestone", "transformative"),
)


@transaction.atomic
def save_initiative(plan, *, by, values, indicators, lines, answers, initiative=None, version=None):
    """Add a work block to a plan, or replace one; returns it as stored.

    `values`: FIELDS; `indicators`: keys of the plan's indicators; `lines`: {(kind, nature): [texts]}. Raises Conflict
    when `initiative` is no longer at `version` (None: whichever), unless just this text is stored already.
    """
    locked = Skp.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if not may_write_strategy(by, locked):
        raise NotAllowed("Strategi hanya ditulis oleh pemilik SKP.")
    columns = {column.indicator.pk: column for column in leader_columns(locked.pk) if column.indicator}
    if not set(indicators) <= set(columns):
        raise StepRefused("Pilih indikator dari SKP Anda.")
    sent = {
        **{name: values[name] for name in FIELDS},
        "indicators": sorted(indicators),
        "lines": {part: list(lines.get(part, ())) for part in PARTS},
        "answers": answers_of(values["method"], answers),
    }
    stored = None
    if initiative is not None:
        stored = locked.initiatives.filter(pk=initiative.pk).first()
        if stored is None or (version is not None and stored.version != version):
            if stored is not None and initiative_content(stored) == sent:
                return stored
            raise Conflict(stored)
        stored.version += 1
    else:
        twin = next((one for one in locked.initiatives.all() if initiative_content(one) == sent), None)
        if twin is not None:
            return twin
        last = locked.initiatives.aggregate(last=Max("position"))["last"] or 0
        stored = StrategicInitiative(plan=locked, position=last + 1)
    write(stored, sent, columns)
    record_event("initiative.save", stored, by=by, details={"skp": locked.pk, "title": stored.title})
    return stored


def write(stored, sent, columns):
    for name in FIELDS:
        setattr(stored, name, sent[name])
    stored.answers = sent["answers"]
    stored.save()
    stored.intervened.all().delete()
    stored.lines.all().delete()
    IntervenedIndicator.objects.bulk_create(
        IntervenedIndicator(initiative=stored, indicator=columns[key].indicator, words=in_words(columns[key]))
        for key in sent["indicators"]
    )
    InitiativeLine.objects.bulk_create(
        InitiativeLine(initiative=stored, kind=kind, nature=nature, position=position, text=text)
        for (kind, nature), texts in sent["lines"].items()
        for position, text in enumerate(texts, start=1)
    )


def in_words(column):
    return f"{column.heading}: {column.target}" if column.target else column.heading


def initiative_content(initiative):
    """A stored work block as `save_initiative` is given it, to be compared and shown."""
    lines = {part: [] for part in PARTS}
    for line in initiative.lines.all():
        lines[line.kind, line.nature].append(line.text)
    return {
        **{name: getattr(initiative, name) for name in FIELDS},
        "indicators": sorted(one.indicator_id for one in initiative.intervened.all() if one.indicator_id),
        "lines": lines,
        "answers": initiative.answers,
    }


@transaction.atomic
def remove_initiative(initiative, *, by):
    if not may_write_strategy(by, initiative.plan):
        raise NotAllowed("Strategi hanya dihapus oleh pemilik SKP.")
    record_event(
        "initiative.remove", initiative, by=by, details={"skp": initiative.plan_id, "title": initiative.title}
    )
    initiative.delete()
