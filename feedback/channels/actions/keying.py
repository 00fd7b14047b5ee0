"""Keying sheets, the second time blind to the first, and settling what was read differently."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import StepRefused

from ..models import PaperMismatch, SheetKeying
from ..rules import may_key
from .batches import lock


@dataclass(frozen=True)
class Typed:
    """One sheet as it stands in the grid; `version` is that of the stored row the page was made from, 0 for none."""

    number: int
    keyed: dict
    is_blank: bool
    version: int


class KeyedMeanwhile(Exception):
    """Sheets that somebody else, or this person in another window, has keyed; `numbers` says which."""

    def __init__(self, numbers):
        super().__init__(", ".join(map(str, numbers)))
        self.numbers = numbers


@transaction.atomic
def key_sheets(batch, *, typed, round_number, by):
    """Keep these sheets (a list of Typed) of a round, all or none. Sheets that are stored alike are left alone.

    Raises StepRefused when the round is over or `by` may not key, and KeyedMeanwhile.
    """
    locked = lock(batch)
    if locked.round != round_number:
        raise StepRefused("Pengisian ini sudah selesai. Yang Anda ketik belum disimpan.")
    if not may_key(by, locked):
        raise StepRefused("Anda tidak berwenang mengetik kumpulan ini.")
    sheets = {
        sheet.number: sheet for sheet in locked.sheets.filter(number__in=[each.number for each in typed])
    }
    stored = {
        keying.sheet_id: keying
        for keying in SheetKeying.objects.filter(sheet__in=sheets.values(), round=round_number)
    }
    taken, changed = [], []
    for each in typed:
        row = stored.get(sheets[each.number].pk)
        if row and (row.keyed, row.is_blank) == (each.keyed, each.is_blank) and row.keyed_by_id == by.pk:
            continue
        if row and (row.keyed_by_id != by.pk or row.version != each.version):
            taken.append(each.number)
            continue
        changed.append((row or SheetKeying(sheet=sheets[each.number], round=round_number, keyed_by=by), each))
    if taken:
        raise KeyedMeanwhile(taken)
    for row, each in changed:
        row.keyed, row.is_blank = each.keyed, each.is_blank
        row.version = row.version + 1 if row.pk else 1
        keep(row)
    if changed:
        numbers = [each.number for _, each in changed]
        record_event("paper.key", locked, by=by, details={"round": round_number, "sheets": numbers})
    return len(changed)


def keep(row):
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as broken:
        if "nobody_keys_a_sheet_twice" in str(broken):
            raise StepRefused(
                f"Lembar {row.sheet.number} Anda yang mengetik pertama. Orang lain harus mengetiknya kali ini."
            ) from broken
        raise


@transaction.atomic
def settle_mismatches(batch, *, found, by):
    """Write what stands on the paper: `found` is {mismatch pk: (digit or None, resolved before?)}.

    One that somebody settled otherwise meanwhile is not touched; their list is returned. Raises StepRefused.
    """
    locked = lock(batch)
    if locked.state != locked.State.COMPARING:
        raise StepRefused("Kumpulan ini tidak sedang dicocokkan.")
    if not may_key(by, locked):
        raise StepRefused("Anda tidak berwenang mencocokkan kumpulan ini.")
    rows = PaperMismatch.objects.filter(sheet__batch=locked, pk__in=found).select_related("sheet")
    otherwise, settled = [], []
    for row in rows:
        digit, was_open = found[row.pk]
        if row.resolved_at and row.on_paper == digit:
            continue
        if row.resolved_at and was_open:
            otherwise.append(row)
            continue
        row.on_paper, row.resolved_by, row.resolved_at = digit, by, timezone.now()
        row.save(update_fields=["on_paper", "resolved_by", "resolved_at"])
        settled.append(f"{row.sheet.number}/{row.column}")
    if settled:
        record_event("paper.settle", locked, by=by, details={"settled": settled})
    return otherwise
