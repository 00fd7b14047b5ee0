"""Recording what was reached of the indicators of a plan in a period."""

from django.core.exceptions import ValidationError
from django.db import transaction

from ambon_kinerja.audit.actions import record_event

from ..models import Realisation
from ..queries import indicators_in, results_in
from .refusals import LONGEST_TEXT, Conflict, Refused, lock_open

IN_WORDS = "Target ini bukan angka. Tulis realisasinya dengan kata-kata."
IN_NUMBERS = "Target ini berupa angka. Tulis realisasinya dengan angka."


@transaction.atomic
def record_realisation(indicator, *, period, value, note, by, version=None):
    """Keep what was realised of one indicator (see `record_realisations`); the Realisation as stored."""
    rows = {indicator.pk: (value, note, version)}
    return record_realisations(indicator.result.skp, period=period, rows=rows, by=by)[0]


@transaction.atomic
def record_realisations(skp, *, period, rows, by):
    """Keep what was realised of several indicators of one plan, all or none.

    `rows` maps the indicator's key to (value, note, version seen). The value is a Decimal, None for "no data", or
    words where the target is no number; version None overwrites, 0 means "there was none". Returns the Realisations
    that changed, or the stored ones for a single unchanged row. Raises NotAllowed, Refused (keys "value-<pk>",
    "note-<pk>"), or Conflict with a dict of Realisations by indicator as `stored`.
    """
    skp = lock_open(skp, period, by)
    known = indicators_in(skp, period).filter(result__in=results_in(skp, period)).in_bulk(rows)
    if set(known) != set(rows):
        raise Refused({"__all__": "Indikator itu bukan bagian dari SKP ini pada periode ini."})
    stored = {
        row.indicator_id: row
        for row in Realisation.objects.select_for_update().filter(indicator__in=known, period=period)
    }
    wanted, lost = [], {}
    for key, (value, note, version) in rows.items():
        row = stored.get(key) or Realisation(indicator_id=key, period=period, version=0)
        number, words, note = *parted(value), note.strip()
        same = row.pk and (row.value, row.text, row.note) == (number, words, note)
        if not same and version is not None and version != row.version:
            lost[key] = row
        if not same and (row.pk or number is not None or words or note or len(rows) == 1):
            row.value, row.text, row.note = number, words, note
            wanted.append(row)
    if lost:
        raise Conflict(
            stored={key: Realisation.objects.filter(pk=row.pk).first() for key, row in lost.items()},
            typed=rows,
        )
    refuse_wrong_values(wanted, known)
    for row in wanted:
        row.version, row.recorded_by = row.version + 1, by
        row.save()
    if wanted:
        details = {
            "period": str(period),
            "indicators": {str(row.indicator_id): row.version for row in wanted},
        }
        record_event("realisation.record", skp, by=by, details=details)
    return wanted or list(stored.values())


def parted(value):
    """(number, words) of what somebody realised."""
    return (None, value.strip()) if isinstance(value, str) else (value, "")


def refuse_wrong_values(rows, known):
    errors = {}
    for row in rows:
        name = f"value-{row.indicator_id}"
        try:
            row.clean_fields(exclude=["indicator", "period", "recorded_by"])
        except ValidationError as error:
            errors |= {f"{field}-{row.indicator_id}": words for field, words in error.message_dict.items()}
        is_numeric = known[row.indicator_id].is_numeric
        if name in errors:
            continue
        if row.value is not None and not is_numeric:
            errors[name] = IN_WORDS
        elif row.text and is_numeric:
            errors[name] = IN_NUMBERS
        elif row.value is not None and row.value < 0:
            errors[name] = "Realisasi tidak boleh kurang dari 0."
        elif len(row.text) > LONGEST_TEXT:
            errors[name] = f"Tulis paling banyak {LONGEST_TEXT} huruf."
    if errors:
        raise Refused(errors)
