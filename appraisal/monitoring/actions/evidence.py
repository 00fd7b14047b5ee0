"""Adding what shows a result, and taking it out again."""

from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.jobs.actions import queue_job
from ambon_kinerja.lifecycle.steps import NotAllowed
from appraisal.planning.figures import written
from feedback.results.published.spans import shown_within

from .. import evidence_files
from ..links import refuse_unsafe_link
from ..models import Evidence, ProgressEntry
from ..rules import days_of, why_evidence_stays, why_not_on
from .refusals import Refused, lock_open

WITHDRAWN = "Hasil kerja ini tidak berlaku lagi, maka tidak dapat ditambah."


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
    with transaction.atomic():
        evidence = add_evidence(result, by=by, period=period, title=title, dated=dated, link=link)
        if settings.CHECK_EVIDENCE_LINKS:
            queue_job(
                "evidence_link",
                subject=f"evidence:{evidence.pk}",
                title="Tautan bukti diperiksa",
                by="timetable",
                arguments={"evidence": evidence.pk},
            )
    return evidence


def cite_service(result, *, period, service, by):
    """What citizens said of a service of the plan's unit in the period, as evidence in the words that may be published.

    Only what is published of these days is cited, so that no live number reaches anybody by this way. Raises
    NotAllowed, or Refused when no number is published.
    """
    if not service.unit.path.startswith(result.skp.unit.path):
        raise Refused({"service": "Layanan itu bukan layanan unit ini."})
    shown = shown_within(period.starts_on, period.ends_on, service=service)
    if shown.index is None:
        raise Refused({"service": shown.explanation})
    said = survey_words(shown)
    title = f"Survei {service.name[: 158 - len(said) - len('Survei ')]}{said}"
    return add_evidence(
        result, period=period, by=by, title=title, dated=last_day_so_far(result.skp, period), service=service
    )


def survey_words(shown):
    bound = "sekurangnya " if shown.figure.get("at_least") else ""
    kind = f"mutu {shown.grade}" if shown.grade else shown.headline.lower()
    said = f": indeks {bound}{written(shown.index)} ({kind}) dari {shown.respondents} responden"
    if shown.interval:
        low, high = shown.interval
        said += f", selang 95% {written(low)}–{written(high)}"
    return said


def last_day_so_far(skp, period):
    return min(timezone.localdate(), days_of(skp, period)[1])


@transaction.atomic
def add_evidence(result, *, period, by, **facts):
    skp = lock_open(result.skp, period, by)
    if result.withdrawn_on and result.withdrawn_on <= period.starts_on:
        raise NotAllowed(WITHDRAWN)
    evidence = Evidence(result=result, period=period, added_by=by, **facts)
    evidence.title = " ".join(evidence.title.split())
    refuse_wrong_evidence(evidence)
    try:
        with transaction.atomic():
            evidence.save()
    except IntegrityError:
        field = "service" if evidence.service_id else "upload"
        what = "Survei layanan" if evidence.service_id else "Berkas"
        raise Refused({field: f"{what} yang sama sudah menjadi bukti hasil kerja ini."}) from None
    details = {"evidence": evidence.pk, "result": result.pk, "sha256": evidence.sha256, "link": evidence.link}
    record_event("evidence.add", skp, by=by, details=details)
    return evidence


def refuse_wrong_evidence(evidence):
    errors = {}
    try:
        evidence.clean_fields(exclude=["result", "period", "added_by", "service"])
    except ValidationError as error:
        errors |= error.message_dict
    if "dated" not in errors and (
        wrong := why_not_on(evidence.dated, evidence.result.skp, evidence.period, "Tanggal bukti")
    ):
        errors["dated"] = wrong
    if errors:
        raise Refused(errors)


@transaction.atomic
def remove_evidence(evidence, *, by):
    """Take out what `by` added while the period is open and nobody cites it; the file goes with it."""
    skp = lock_open(evidence.result.skp, evidence.period, by)
    if reason := why_evidence_stays(by, evidence):
        raise NotAllowed(reason)
    details = {"evidence": evidence.pk, "title": evidence.title, "sha256": evidence.sha256}
    ProgressEntry.objects.filter(evidence=evidence).update(evidence=None)
    path = evidence.file_path
    Evidence.objects.filter(pk=evidence.pk).delete()
    record_event("evidence.remove", skp, by=by, details=details)
    if path:
        transaction.on_commit(partial(evidence_files.forget, path))
