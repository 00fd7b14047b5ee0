"""Documents of the finished quarter: handed over, some returned and reported; one objection under way, one decided."""

from appraisal.monitoring.queries import results_in
from appraisal.objections import actions
from appraisal.objections.models import EvaluationDocument, Objection
from appraisal.scoring.matrix import Rating

from ..people import address_of
from ..quarter import MIDWIFE

APPRAISER = "kapuskesmas"  # whose rating is contested, so that the accounts of the demo show both sides
UNDER_WAY = (
    "Hasil kerja saya dinilai lebih rendah daripada yang tercapai. Dua pekan terakhir saya ditugaskan membantu posko,"
    " dan hasil posko itu belum dihitung. Mohon bukti penugasannya dipertimbangkan."
)
DECIDED = "Rekap yang dipakai adalah rekap sebelum diperbaiki. Rekap yang benar menunjukkan target tercapai."


def carry_documents(period):
    """Every document of `period`: most are handed over and returned, some reported; two are contested."""
    under_way, decided = None, None
    found = EvaluationDocument.objects.filter(evaluation__period=period).select_related(
        "employee__user", "signer__user", "evaluation__skp", "evaluation__period"
    )
    for number, document in enumerate(found.order_by("pk")):
        if number % 5 == 4:
            continue  # still with the appraiser
        actions.hand_over(document, by=document.signer.user)
        if document.evaluation.skp.post_name == MIDWIFE or number % 5 == 3:
            continue  # the employee has not opened it yet
        received = actions.receive(again(document), by=document.employee.user)
        if under_way is None and document.signer.user.email == address_of(APPRAISER):
            under_way = received
            continue
        if decided is None and is_contestable(received):
            decided = received
            continue
        returned = actions.sign_and_return(received, by=document.employee.user)
        if number % 3 == 0:
            actions.report_many([again(returned)], by=document.signer.user)
    if under_way is not None:
        object_to(under_way, UNDER_WAY)
    if decided is not None:
        object_to(decided, DECIDED)
        decide(decided)


def again(document):
    return EvaluationDocument.objects.select_related(
        "employee__user", "signer__user", "holder", "evaluation__skp", "evaluation__period"
    ).get(pk=document.pk)


def is_contestable(document):
    return document.evaluation.work_rating == Rating.BELOW and not document.evaluation.closed_to_objection


def object_to(document, reasons):
    user = document.employee.user
    objection = actions.start_objection(document, by=user)
    cited = list(
        results_in(document.evaluation.skp_id, document.evaluation.period_id).values_list(
            "evidence", flat=True
        )
    )
    saved = actions.save_objection(
        objection,
        version=objection.version,
        reasons=reasons,
        cited=sorted({key for key in cited if key}),
        by=user,
    )
    actions.file_objection(saved, version=saved.version, by=user)


def decide(document):
    """Explained, heard, read a second time, and changed by the superior."""
    objection = Objection.objects.select_related("appraiser__user", "decider__user").get(document=document)
    appraiser, decider = objection.appraiser.user, objection.decider.user
    actions.explain(
        objection,
        text="Saya memakai rekap yang ada pada hari penilaian. Perbaikannya belum saya terima.",
        by=appraiser,
    )
    reading = objection.readings.first()
    if reading.reader is not None:
        read_blind(reading, document)
    actions.decide_objection(
        objection,
        changes=True,
        reason="Rekap yang sudah diperbaiki menunjukkan target tercapai. Pembaca kedua menilai sama.",
        recommendation="Perbaikan rekap disampaikan kepada pejabat penilai sebelum masa penilaian dibuka.",
        work_rating=Rating.MEETS,
        behaviour_rating=document.evaluation.behaviour_rating,
        by=decider,
    )


def read_blind(reading, document):
    count = results_in(document.evaluation.skp_id, document.evaluation.period_id).count()
    reader = reading.reader.user
    saved = actions.save_reading(
        reading,
        version=reading.version,
        ratings=dict.fromkeys(range(1, count + 1), Rating.MEETS),
        work_rating=Rating.MEETS,
        behaviour_rating=Rating.MEETS,
        reason="Bukti menunjukkan target tercapai; umpan balik sebagian besar positif.",
        by=reader,
    )
    actions.give_reading(saved, version=saved.version, by=reader)
