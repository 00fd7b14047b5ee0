"""Recording what was reached, what shows it, and what is said of it."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from ambon_kinerja.notices.actions import tell
from appraisal.planning.models import Indicator, Skp

from . import evidence_files
from .links import refuse_unsafe_link
from .models import Evidence, Feedback, Realisation
from .rules import is_owner_or_appraiser, may_give_feedback, why_closed


class Refused(StepRefused):
    """What was sent cannot be kept; `errors` maps the field's name to a sentence in Indonesian."""

    def __init__(self, errors):
        self.errors = {
            key: list(value) if isinstance(value, list | tuple) else [value] for key, value in errors.items()
        }
        super().__init__(" ".join(sentence for sentences in self.errors.values() for sentence in sentences))


class Conflict(StepRefused):
    """Somebody saved first. `stored` is what stands in the database, `typed` what this person wanted."""

    def __init__(self, *, stored, typed):
        self.stored, self.typed = stored, typed
        super().__init__("Data ini sudah diubah di tempat lain setelah Anda membukanya.")


@transaction.atomic
def record_realisation(indicator, *, period, value, note, by, version=None):
    """Keep the realised value (Decimal, or None for "no data") of one indicator; the Realisation as stored."""
    rows = {indicator.pk: (value, note, version)}
    return record_realisations(indicator.result.skp, period=period, rows=rows, by=by)[0]


@transaction.atomic
def record_realisations(skp, *, period, rows, by):
    """Keep several realised values of one plan, all or none.

    `rows` maps the indicator's key to (value, note, version seen); version None overwrites, 0 means "there was
    none". Returns the Realisations that changed, or the stored ones for a single unchanged row. Raises NotAllowed,
    Refused (keys "value-<pk>", "note-<pk>"), or Conflict with a dict of Realisations by indicator as `stored`.
    """
    skp = lock_open(skp, period, by)
    known = Indicator.objects.filter(result__skp=skp).in_bulk(rows)
    if set(known) != set(rows):
        raise Refused({"__all__": "Indikator itu bukan bagian dari SKP ini."})
    stored = {
        row.indicator_id: row
        for row in Realisation.objects.select_for_update().filter(indicator__in=known, period=period)
    }
    wanted, lost = [], {}
    for key, (value, note, version) in rows.items():
        row = stored.get(key) or Realisation(indicator_id=key, period=period, version=0)
        same = row.pk and (row.value, row.note) == (value, note.strip())
        if not same and version is not None and version != row.version:
            lost[key] = row
        if not same and (row.pk or value is not None or note.strip() or len(rows) == 1):
            row.value, row.note = value, note.strip()
            wanted.append(row)
    if lost:
        raise Conflict(
            stored={key: Realisation.objects.filter(pk=row.pk).first() for key, row in lost.items()},
            typed=rows,
        )
    refuse_wrong_values(wanted)
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


def refuse_wrong_values(rows):
    errors = {}
    for row in rows:
        try:
            row.clean_fields(exclude=["indicator", "period", "recorded_by"])
        except ValidationError as error:
            errors |= {f"{name}-{row.indicator_id}": words for name, words in error.message_dict.items()}
        if row.value is not None and f"value-{row.indicator_id}" not in errors and row.value < 0:
            errors[f"value-{row.indicator_id}"] = "Realisasi tidak boleh kurang dari 0."
    if errors:
        raise Refused(errors)


def lock_open(skp, period, by):
    """The plan, locked, when `by` may still record in this period; the same lock is taken when it is decided."""
    skp = Skp.objects.select_for_update(of=("self",)).select_related("employee").get(pk=skp.pk)
    if not is_owner_or_appraiser(by, skp):
        raise NotAllowed("Hanya pegawai itu sendiri dan pejabat penilainya yang dapat mengisi.")
    if reason := why_closed(skp, period):
        raise NotAllowed(reason)
    return skp


def add_evidence_file(result, *, period, title, dated, upload, by):
    """Keep an uploaded file as evidence of a result. Raises NotAllowed, or Refused (title, dated, upload)."""
    try:
        examined = evidence_files.examine(upload)
    except evidence_files.FileRefused as error:
        raise Refused({"upload": str(error)}) from None
    path = evidence_files.keep(examined)
    try:
        return add_evidence(
            result,
            by=by,
            period=period,
            title=title,
            dated=dated,
            file_path=path,
            file_name=examined.name,
            content_type=examined.content_type,
            size=len(examined.content),
            sha256=examined.sha256,
        )
    except BaseException:
        evidence_files.forget(path)
        raise


def add_evidence_link(result, *, period, title, dated, link, by):
    """Keep an https:// address as evidence of a result. Raises NotAllowed, or Refused (title, dated, link)."""
    try:
        link = refuse_unsafe_link(link)
    except ValueError as error:
        raise Refused({"link": str(error)}) from None
    return add_evidence(result, by=by, period=period, title=title, dated=dated, link=link)


@transaction.atomic
def add_evidence(result, *, period, by, **facts):
    skp = lock_open(result.skp, period, by)
    evidence = Evidence(result=result, period=period, added_by=by, **facts)
    evidence.title = " ".join(evidence.title.split())
    refuse_wrong_evidence(evidence)
    try:
        with transaction.atomic():
            evidence.save()
    except IntegrityError:
        raise Refused({"upload": "Berkas yang sama sudah menjadi bukti hasil kerja ini."}) from None
    details = {"evidence": evidence.pk, "result": result.pk, "sha256": evidence.sha256, "link": evidence.link}
    record_event("evidence.add", skp, by=by, details=details)
    return evidence


def refuse_wrong_evidence(evidence):
    errors = {}
    try:
        evidence.clean_fields(exclude=["result", "period", "added_by"])
    except ValidationError as error:
        errors |= error.message_dict
    period = evidence.period
    if "dated" not in errors and not period.starts_on <= evidence.dated <= period.ends_on:
        errors["dated"] = (
            f"Tanggal bukti harus di dalam periode: {period.starts_on:%d-%m-%Y} sampai {period.ends_on:%d-%m-%Y}."
        )
    elif "dated" not in errors and evidence.dated > timezone.localdate():
        errors["dated"] = "Tanggal bukti tidak boleh setelah hari ini."
    if errors:
        raise Refused(errors)


@transaction.atomic
def give_feedback(skp, *, period, giver, tone, text, given_on, by, result=None, value=None):
    """Feedback on one result or one value, told to the employee at once (form B.1.5).

    `giver` says whose voice it is; the appraiser writes it down. Raises NotAllowed or Refused.
    """
    skp = Skp.objects.select_for_update(of=("self",)).select_related("employee__user").get(pk=skp.pk)
    if reason := why_closed(skp, period):
        raise NotAllowed(reason)
    if not may_give_feedback(by, skp, period):
        raise NotAllowed("Hanya pejabat penilai pegawai ini yang dapat mencatat umpan balik.")
    feedback = Feedback(
        skp=skp,
        period=period,
        result=result,
        value=value,
        giver=giver,
        tone=tone,
        text=text.strip(),
        given_on=given_on,
        given_by=by,
    )
    refuse_wrong_feedback(feedback)
    feedback.save()
    record_event("feedback.give", skp, by=by, details={"feedback": feedback.pk, "tone": tone, "giver": giver})
    tell(
        skp.employee.user,
        subject=f"Anda menerima umpan balik untuk {period}",
        body=f"{feedback.get_giver_display()}: {feedback.text}",
        path=reverse("appraisal:realisation-edit", args=[skp.pk, period.pk]),
    )
    return feedback


def refuse_wrong_feedback(feedback):
    errors = {}
    try:
        feedback.clean_fields(exclude=["skp", "period", "result", "value", "given_by"])
    except ValidationError as error:
        errors |= error.message_dict
    if (feedback.result is None) == (feedback.value is None):
        errors["about"] = "Pilih satu hasil kerja atau satu nilai perilaku."
    elif feedback.result is not None and feedback.result.skp_id != feedback.skp_id:
        errors["about"] = "Hasil kerja itu bukan bagian dari SKP ini."
    if (
        "given_on" not in errors
        and not feedback.period.starts_on <= feedback.given_on <= timezone.localdate()
    ):
        errors["given_on"] = "Tanggal umpan balik harus di dalam periode dan tidak setelah hari ini."
    if errors:
        raise Refused(errors)
