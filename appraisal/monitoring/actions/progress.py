"""Writing down progress in a minute, and mending one's own lines."""

from django.core.exceptions import ValidationError
from django.db import transaction

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed

from ..models import ProgressEntry
from ..queries import period_with
from ..rules import why_entry_stays, why_not_on
from .evidence import add_evidence_file
from .refusals import Conflict, Refused, lock_own, why_not_text

NO_PERIOD = "Belum ada periode untuk tanggal itu."
EVIDENCE_TITLE = 80


def note_progress(result, *, day, text, by, indicator=None, amount=None, upload=None):
    """One line of progress on a day, with its photo or file as evidence of the result when there is one.

    Sent twice it is kept once. Raises NotAllowed, or Refused (result, day, text, indicator, amount, upload).
    """
    facts = {"day": day, "text": text.strip(), "indicator": indicator, "amount": amount}
    with transaction.atomic():
        period = period_of(day)
        skp = lock_own(result.skp, period, by)
        entry = ProgressEntry(result=result, written_by=by, **facts)
        refuse_wrong_entry(entry, skp, period)
        twin = ProgressEntry.objects.filter(result=result, written_by=by, **facts).first()
        if twin is not None:
            return twin
        if upload is not None:
            title = f"Kemajuan: {facts['text']}"[:EVIDENCE_TITLE]
            entry.evidence = add_evidence_file(
                result, period=period, title=title, dated=day, upload=upload, by=by
            )
        entry.save()
        record_event("progress.note", skp, by=by, details={"entry": entry.pk, "result": result.pk})
        return entry


@transaction.atomic
def change_progress(entry, *, version, by, **facts):
    """Put other facts (result, day, text, indicator, amount) in a line of one's own.

    Raises NotAllowed when the period of the old or of the new day is closed or the line is cited, Refused, Conflict.
    """
    period = period_of(facts["day"])
    skp = lock_own(entry.result.skp, period, by)
    stored = ProgressEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if reason := why_entry_stays(by, stored, period_with(stored.day)):
        raise NotAllowed(reason)
    facts["text"] = facts["text"].strip()
    if all(getattr(stored, name) == value for name, value in facts.items()):
        return stored
    if stored.version != version:
        raise Conflict(stored=stored, typed=facts)
    before = stored.text
    for name, value in facts.items():
        setattr(stored, name, value)
    stored.version += 1
    refuse_wrong_entry(stored, skp, period)
    stored.save()
    record_event("progress.change", skp, by=by, details={"entry": stored.pk, "before": before})
    return stored


@transaction.atomic
def remove_progress(entry, *, by):
    """Take out a line of one's own; its photo stays as evidence until it is taken out itself."""
    period = period_with(entry.day)
    if reason := why_entry_stays(by, entry, period):
        raise NotAllowed(reason)
    skp = lock_own(entry.result.skp, period, by)
    record_event("progress.remove", skp, by=by, details={"entry": entry.pk, "text": entry.text})
    ProgressEntry.objects.filter(pk=entry.pk).delete()


def period_of(day):
    period = period_with(day)
    if period is None:
        raise Refused({"day": NO_PERIOD})
    return period


def refuse_wrong_entry(entry, skp, period):
    errors = {}
    try:
        entry.clean_fields(exclude=["result", "indicator", "evidence", "written_by", "text"])
    except ValidationError as error:
        errors |= error.message_dict
    if wrong := why_not_text(entry.text, empty="Tulis kemajuannya."):
        errors["text"] = wrong
    if wrong := why_not_on(entry.day, skp, period):
        errors.setdefault("day", wrong)
    result = entry.result
    if result.skp_id != skp.pk:
        errors["result"] = "Hasil kerja itu bukan bagian dari SKP ini."
    elif result.withdrawn_on and result.withdrawn_on <= entry.day:
        errors["result"] = "Hasil kerja ini tidak berlaku lagi pada tanggal itu."
    elif result.taken_over_on and result.taken_over_on <= entry.day:
        errors["result"] = "Hasil kerja ini sudah diambil alih pimpinan pada tanggal itu."
    if entry.indicator is not None and entry.indicator.result_id != entry.result_id:
        errors["indicator"] = "Ukuran itu bukan ukuran hasil kerja yang dipilih."
    elif entry.indicator is not None and not entry.indicator.is_numeric:
        errors["indicator"] = "Ukuran ini tidak bertarget angka, maka tidak diberi jumlah."
    elif entry.indicator is not None and entry.amount is None:
        errors["amount"] = "Isi jumlahnya, atau kosongkan ukurannya."
    elif entry.indicator is None and entry.amount is not None:
        errors["indicator"] = "Pilih ukuran yang dihitung dengan jumlah itu."
    if entry.amount is not None and entry.amount < 0:
        errors["amount"] = "Jumlah tidak boleh kurang dari 0."
    if errors:
        raise Refused(errors)
