"""The employee's part: write, bring evidence, file, withdraw (PermenPANRB 6/2022 page 117 no. 1–2)."""

from functools import partial

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, WrongState, take
from ambon_kinerja.notices.actions import tell
from ambon_kinerja.row_security import as_service
from ambon_kinerja.workdays.words import day_words
from appraisal.monitoring import evidence_files
from appraisal.monitoring.models import Evidence

from ..clocks import end_term, start_term, void_terms
from ..models import Deadline, Objection, ObjectionEvidence
from ..parties import superior_for
from ..rules import is_owner, why_not_object
from ..states.objections import FILE, WITHDRAW
from .reading import draw_reader, stop_reading
from .refusals import LONGEST_TEXT, Conflict, Refused, now_and_today, refuse_bad_texts, user_of

Kind, State = Deadline.Kind, Objection.State
MOST_FILES = 10
NO_DECIDER = (
    "Atasan pejabat penilai Anda belum tercatat, jadi belum jelas kepada siapa keberatan ini. Hubungi BKPSDM."
)


def address_of(objection):
    return reverse("appraisal:objection-detail", kwargs={"pk": objection.pk})


@transaction.atomic
def start_objection(document, *, by):
    """The draft of an objection to this document, begun now if there is none; asking twice gives the same one."""
    if not is_owner(by, document):
        raise NotAllowed("Hanya pegawai itu sendiri yang dapat mengajukan keberatan.")
    if found := Objection.objects.filter(document=document, state=State.DRAFT).first():
        return found
    if reason := why_not_object(document):
        raise NotAllowed(reason)
    try:
        with transaction.atomic():
            objection = Objection.objects.create(
                document=document,
                employee=document.employee,
                unit=document.unit,
                appraiser=document.signer,
            )
    except IntegrityError:  # somebody pressed the same button at the same moment
        return Objection.objects.get(document=document, state=State.DRAFT)
    record_event("objection.start", objection, by=by)
    return objection


def lock_draft(objection, by):
    draft = (
        Objection.objects.select_for_update(of=("self",))
        .select_related("document__evaluation")
        .get(pk=objection.pk)
    )
    if draft.state != State.DRAFT:
        raise WrongState("Keberatan ini sudah diajukan dan tidak dapat diubah lagi.")
    if not is_owner(by, draft):
        raise NotAllowed("Hanya pegawai itu sendiri yang dapat menulis keberatannya.")
    return draft


@transaction.atomic
def save_objection(objection, *, version, reasons, cited=None, by):
    """Keep the draft. `cited` are keys of evidence of the plan, None leaves them. Raises Conflict and Refused."""
    draft = lock_draft(objection, by)
    reasons = reasons.strip()
    if len(reasons) > LONGEST_TEXT:
        raise Refused({"reasons": f"Tulis paling banyak {LONGEST_TEXT} huruf."})
    if draft.version != version:
        if draft.reasons == reasons:
            return draft
        raise Conflict(stored=draft, typed={"reasons": reasons})
    draft.reasons, draft.version, draft.saved_at = reasons, version + 1, timezone.now()
    draft.save(update_fields=["reasons", "version", "saved_at"])
    if cited is not None:
        cite_evidence(draft, cited, by=by)
    record_event("objection.save", draft, by=by, details={"version": draft.version})
    return draft


def cite_evidence(draft, keys, *, by):
    """Point to exactly these pieces of evidence of one's own plan."""
    known = {row.pk for row in evidence_of_plan(draft)}
    if not set(keys) <= known:
        raise Refused({"cited": "Bukti itu bukan bukti SKP Anda."})
    kept = dict(draft.evidence.filter(cited__isnull=False).values_list("cited", "pk"))
    ObjectionEvidence.objects.filter(pk__in=[kept[key] for key in set(kept) - set(keys)]).delete()
    for key in sorted(set(keys) - set(kept)):
        ObjectionEvidence.objects.create(objection=draft, cited_id=key)


def evidence_of_plan(objection):
    return Evidence.objects.filter(result__skp=objection.document.evaluation.skp_id).select_related(
        "result", "period"
    )


def add_file(objection, *, title, upload, by):
    """Bring a file that is not among the evidence of the plan; it passes the same checks as every file."""
    refuse_bad_texts(title=(title, "Beri nama bukti ini."))
    try:
        examined = evidence_files.examine(upload)
    except evidence_files.FileRefused as error:
        raise Refused({"upload": str(error)}) from None
    path = evidence_files.keep(examined)
    try:
        return store_file(objection, path, examined, title=" ".join(title.split())[:160], by=by)
    except BaseException:
        evidence_files.forget(path)
        raise


@transaction.atomic
def store_file(objection, path, examined, *, title, by):
    draft = lock_draft(objection, by)
    if draft.evidence.filter(cited=None).count() >= MOST_FILES:
        raise Refused({"upload": f"Paling banyak {MOST_FILES} berkas. Hapus salah satu dahulu."})
    try:
        with transaction.atomic():
            row = ObjectionEvidence.objects.create(
                objection=draft,
                title=title,
                file_path=path,
                file_name=examined.name,
                content_type=examined.content_type,
                size=len(examined.content),
                sha256=examined.sha256,
            )
    except IntegrityError:
        raise Refused({"upload": "Berkas yang sama sudah ada dalam keberatan ini."}) from None
    record_event("objection.add_file", draft, by=by, details={"sha256": row.sha256})
    return row


@transaction.atomic
def drop_evidence(row, *, by):
    """Take a file out of the draft again; it goes with the row."""
    draft = lock_draft(row.objection, by)
    path, sha256 = row.file_path, row.sha256
    ObjectionEvidence.objects.filter(pk=row.pk).delete()
    record_event("objection.drop_file", draft, by=by, details={"sha256": sha256})
    if path:
        transaction.on_commit(partial(evidence_files.forget, path))


@transaction.atomic
def file_objection(objection, *, version, by):
    """File the draft with the superior of the appraiser: his term begins, a second reader is drawn.

    Raises Conflict, Refused, NotAllowed with the reason in words, and StepRefused when nobody can decide.
    """
    draft = lock_draft(objection, by)
    now, today = now_and_today()
    if draft.version != version:
        raise Conflict(stored=draft, typed={})
    refuse_bad_texts(reasons=(draft.reasons, "Tulis alasan keberatan Anda."))
    if reason := why_not_object(draft.document):
        raise NotAllowed(reason)
    decider = superior_for(draft.document, today)
    if decider is None:
        raise StepRefused(NO_DECIDER)
    filed = take(FILE, draft, by=by, changes={"filed_at": now, "decider": decider})
    end_term(filed.document, Kind.OBJECT, on=today)
    term = start_term(filed.document, Kind.DECIDE, starts_on=today, owner=decider)
    with as_service():
        draw_reader(filed, by=by)
    tell(
        user_of(decider),
        subject=f"Keberatan {filed.employee} menunggu keputusan Anda",
        body=f"Paling lambat {day_words(term.due_on)}. Mintalah penjelasan pejabat penilai dan pegawai.",
        path=address_of(filed),
    )
    tell(
        user_of(filed.appraiser),
        subject=f"{filed.employee} mengajukan keberatan atas penilaian Anda",
        body="Baca alasannya dan tulis penjelasan Anda.",
        path=address_of(filed),
    )
    return filed


@transaction.atomic
def withdraw_objection(objection, *, reason, by):
    """The employee takes it back; while his 14 working days run he may file anew."""
    now, today = now_and_today()
    withdrawn = take(
        WITHDRAW,
        objection,
        by=by,
        reason=reason,
        changes={"closed_at": now, "closing_reason": reason.strip()},
    )
    void_terms(withdrawn.document, Kind.DECIDE, Kind.READ, on=today)
    with as_service():
        stop_reading(withdrawn)
    for person in (withdrawn.decider, withdrawn.appraiser):
        tell(
            user_of(person),
            subject=f"{withdrawn.employee} menarik keberatannya",
            body="Hasil semula tetap berlaku.",
            path=address_of(withdrawn),
        )
    return withdrawn
