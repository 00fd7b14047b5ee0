"""Form A.1.8: what both agree on beside the results, and whether a promised resource came."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, WrongState
from ambon_kinerja.notices.actions import tell

from ..models import AnnexLine, Skp
from ..rules import appraiser_today, can_record_support, is_owner
from .fingerprints import fingerprint
from .plan import Conflict, count_change, locked_for_edit, locked_plan

MOST_LINES = 10  # of one part
FIELDS = ("kind", "text", "resource", "if_met")


def annex_content(skp):
    """The stored annex as `save_annex` is given it: dicts with kind, text, resource and if_met, in order."""
    return [{name: getattr(line, name) for name in FIELDS} for line in ordered_lines(skp)]


def ordered_lines(skp):
    order = list(AnnexLine.Kind.values)
    return sorted(skp.annex_lines.all(), key=lambda line: (order.index(line.kind), line.position))


@transaction.atomic
def save_annex(skp, *, lines, seen, by):
    """Put `lines` in the place of the annex; `seen` is the fingerprint of the annex that was read.

    Raises Conflict when it has changed since, unless just these lines are stored already.
    """
    locked = locked_for_edit(skp, by)
    stored = annex_content(locked)
    lines = [clean_line(line) for line in lines]
    if lines == stored:
        return locked
    if fingerprint(stored) != seen:
        raise Conflict(stored=stored, sent=lines)
    refuse_too_many(lines)
    write_lines(locked, lines)
    count_change(locked)
    record_event("skp.save_annex", locked, by=by, details={"version": locked.version, "lines": len(lines)})
    return locked


def clean_line(line):
    is_resource, is_consequence = (line["kind"] == kind for kind in ("resource", "consequence"))
    return {
        "kind": line["kind"],
        "text": line["text"].strip(),
        "resource": line.get("resource", "") if is_resource else "",
        "if_met": bool(line.get("if_met")) if is_consequence else None,
    }


def refuse_too_many(lines):
    for kind, words in AnnexLine.Kind.choices:
        if sum(line["kind"] == kind for line in lines) > MOST_LINES:
            raise StepRefused(f"{words} paling banyak memuat {MOST_LINES} baris.")


def write_lines(skp, lines):
    """The lines that stay the same keep their row, and with it what an adjustment continues."""
    kept = {}
    for line in ordered_lines(skp):
        kept.setdefault((line.kind, line.text), []).append(line)
    positions, rows = {}, []
    for line in lines:
        position = positions[line["kind"]] = positions.get(line["kind"], 0) + 1
        same = kept.get((line["kind"], line["text"]))
        row = same.pop(0) if same else AnnexLine(skp=skp)
        for name in FIELDS:
            setattr(row, name, line[name])
        row.position = position
        rows.append(row)
    skp.annex_lines.exclude(pk__in=[row.pk for row in rows if row.pk]).delete()
    AnnexLine.objects.bulk_create([row for row in rows if row.pk is None])
    AnnexLine.objects.bulk_update([row for row in rows if row.pk], [*FIELDS, "position"])


@transaction.atomic
def record_support(line, *, support, note, by):
    """Say whether a promised resource came; the other of the two is told. The same twice changes nothing."""
    skp = locked_plan(line.skp)
    line = AnnexLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    if skp.state != Skp.State.AGREED:
        raise WrongState("Keadaan dukungan dicatat setelah SKP disepakati.")
    if not can_record_support(by, skp):
        raise NotAllowed("Keadaan dukungan dicatat oleh pegawai atau pejabat penilainya.")
    if line.kind != AnnexLine.Kind.RESOURCE:
        raise StepRefused("Hanya dukungan sumber daya yang punya keadaan.")
    note = note.strip()
    if support in (AnnexLine.Support.PARTLY, AnnexLine.Support.REFUSED) and not note:
        raise StepRefused("Tulis apa yang belum terpenuhi.")
    if (line.support, line.support_note) == (support, note):
        return line
    before = line.support
    line.support, line.support_note, line.support_changed_on = support, note, timezone.localdate()
    line.save(update_fields=["support", "support_note", "support_changed_on"])
    record_event(
        "skp.record_support",
        skp,
        by=by,
        details={"line": line.pk, "before": before, "after": support, "note": note},
    )
    tell_the_other(line, skp, by)
    return line


def tell_the_other(line, skp, by):
    other = appraiser_today(skp) if is_owner(by, skp) else skp.employee
    if other is None:
        return
    whose = f"SKP {skp.year} {skp.employee}" if is_owner(by, skp) else f"SKP {skp.year} Anda"
    tell(
        other.user,
        subject=f"Dukungan dalam {whose}: {line.get_support_display().lower()}",
        body=f"“{line.text}” {line.support_note}".strip(),
        path=reverse("appraisal:annex", args=[skp.pk]),
    )
