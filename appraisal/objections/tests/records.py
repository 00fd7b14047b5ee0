"""Documents and objections of "self" in the states the access table asks for; "stranger" is the second reader."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from appraisal.cycle.models import Period
from appraisal.demo.evidence_file import small_pdf
from appraisal.monitoring.evidence_files import examine, keep
from appraisal.monitoring.models import Evidence
from appraisal.objections.clocks import start_term
from appraisal.objections.models import (
    BlindReading,
    EvaluationDocument,
    Hearing,
    Objection,
    ObjectionEvidence,
)
from appraisal.planning.models import Skp, WorkResult
from appraisal.planning.terms import whole_year
from appraisal.scoring.models import Evaluation

FIRST_YEAR = 2000
State = EvaluationDocument.State


def build_objection_records(cast, unit):
    """{name: key} of one document in each state, a draft and a filed objection with a reading."""
    documents = {
        state: a_document(cast, unit, FIRST_YEAR + number, state) for number, state in enumerate(State.values)
    }
    drafted, contested = (
        a_document(cast, unit, FIRST_YEAR + 10 + number, State.RECEIVED) for number in range(2)
    )
    draft = an_objection(cast, drafted)
    draft_file = a_file(draft)
    filed = an_objection(cast, contested)
    brought = a_file(filed)
    now = timezone.now()
    Objection.objects.filter(pk=filed.pk).update(
        state=Objection.State.FILED, filed_at=now, decider=cast["superior"].employee
    )
    start_term(contested, "decide", starts_on=timezone.localdate(), owner=cast["superior"].employee)
    start_term(contested, "read", starts_on=timezone.localdate(), owner=cast["stranger"].employee)
    Hearing.objects.create(objection=filed, meets_at=now + timedelta(days=1), place="Ruang rapat")
    reading = BlindReading.objects.create(
        objection=filed,
        reader=cast["stranger"].employee,
        seed="0" * 64,
        pool_size=1,
        pool_sha256="0" * 64,
        drawn_at=now,
    )
    return {
        **{f"document_{state}": document.pk for state, document in documents.items()},
        "objection_draft": draft.pk,
        "objection_filed": filed.pk,
        "objection_file_draft": draft_file.pk,
        "objection_file_filed": brought.pk,
        "reading": str(reading.key),
        "reading_number": 1,
    }


def a_document(cast, unit, year, state):
    evaluation = a_result(cast, unit, year)
    now = timezone.now()
    steps = State.values.index(state)
    times = dict(zip(("handed_over_at", "received_at", "returned_at"), [now] * steps, strict=False))
    document = EvaluationDocument.objects.create(
        evaluation=evaluation,
        employee=evaluation.skp.employee,
        unit=unit,
        form=EvaluationDocument.Form.BY_APPRAISER,
        signer=evaluation.appraiser,
        holder=evaluation.appraiser,
        parties={"employee": None, "appraiser": None, "superior": None},
        state=state,
        signed_at=evaluation.finalised_at,
        **times,
    )
    today = timezone.localdate()
    if state == State.SIGNED:
        start_term(document, "hand_over", starts_on=today, owner=document.signer)
    else:
        start_term(document, "return", starts_on=today, owner=document.employee)
        start_term(document, "object", starts_on=today, owner=document.employee)
    return document


def a_result(cast, unit, year):
    """A final evaluation of an agreed plan with one result and a piece of evidence."""
    now, me, appraiser = timezone.now(), cast["self"].employee, cast["appraiser"].employee
    period = Period.objects.create(
        year=year,
        number=4,
        starts_on=date(year, 10, 1),
        ends_on=date(year, 12, 31),
        opens_at=now - timedelta(days=3),
        closes_at=now - timedelta(days=1),
    )
    skp = Skp.objects.create(
        employee=me,
        unit=unit,
        post_name="Bidan",
        state=Skp.State.AGREED,
        appraiser=appraiser,
        agreed_at=now,
        **whole_year(year),
    )
    result = WorkResult.objects.create(skp=skp, kind="main", position=1, statement="Pasien dilayani")
    examined = examine(SimpleUploadedFile("uji.pdf", small_pdf("Uji"), content_type="application/pdf"))
    Evidence.objects.create(
        result=result,
        period=period,
        title="Bukti",
        dated=period.starts_on,
        file_path=keep(examined),
        file_name=examined.name,
        content_type=examined.content_type,
        size=len(examined.content),
        sha256=examined.sha256,
        added_by=cast["self"],
    )
    return Evaluation.objects.create(
        skp=skp,
        period=period,
        appraiser=appraiser,
        state=Evaluation.State.FINAL,
        suggested_rating="meets",
        work_rating="meets",
        behaviour_rating="meets",
        behaviour_reason="Konsisten.",
        predikat="baik",
        receipt="{}",
        receipt_sha256="0" * 64,
        finalised_at=now,
    )


def an_objection(cast, document):
    return Objection.objects.create(
        document=document,
        employee=document.employee,
        unit=document.unit,
        appraiser=document.signer,
        reasons="Keliru.",
    )


def a_file(objection):
    examined = examine(SimpleUploadedFile("bukti.pdf", small_pdf("Bukti"), content_type="application/pdf"))
    return ObjectionEvidence.objects.create(
        objection=objection,
        title="Berkas",
        file_path=keep(examined),
        file_name=examined.name,
        content_type=examined.content_type,
        size=len(examined.content),
        sha256=examined.sha256,
    )
