"""The case as it lies before the decider: everything it rests on as one text with a hash (moonshot M9)."""

import json

from django.utils import timezone

from ambon_kinerja.lifecycle.steps import history_of
from appraisal.monitoring.queries import record_of

from .models import BlindReading

FORMAT = "ambon-kinerja-berkas-perkara/1"


def dossier_of(objection):
    """The dossier as nested dicts of text: a few queries, whatever the plan holds. Reads past nobody's wall itself."""
    document = objection.document
    evaluation = document.evaluation
    record = record_of(evaluation.skp_id, evaluation.period)
    ratings = {row.result_id: row for row in evaluation.result_ratings.all()}
    return {
        "format": FORMAT,
        "objection": {
            "number": str(objection.pk),
            "employee": f"pegawai:{objection.employee_id}",
            "period": str(evaluation.period),
            "filed_at": stamp(objection.filed_at),
            "reasons": objection.reasons,
        },
        "result": {
            "receipt_sha256": evaluation.receipt_sha256,
            "work_rating": evaluation.work_rating,
            "behaviour_rating": evaluation.behaviour_rating,
            "predikat": evaluation.predikat,
            "finalised_at": stamp(evaluation.finalised_at),
            "results": [
                {
                    "statement": row.result.statement,
                    "rating": ratings[row.result.pk].rating if row.result.pk in ratings else "",
                    "reason": ratings[row.result.pk].reason if row.result.pk in ratings else "",
                    "evidence": [evidence_facts(each) for each in row.evidence],
                    "feedback": [feedback_facts(each) for each in row.feedback],
                }
                for row in record.results
            ],
            "behaviour": [
                {"value": row.value.name, "feedback": [feedback_facts(each) for each in row.feedback]}
                for row in record.values
                if row.feedback
            ],
        },
        "brought": [
            evidence_facts(each.cited) if each.cited_id else file_facts(each)
            for each in objection.evidence.select_related("cited")
        ],
        "explanation": {"text": objection.explanation, "at": stamp(objection.explained_at)},
        "hearing": hearing_facts(getattr(objection, "hearing", None)),
        "readings": [reading_facts(each) for each in objection.readings.order_by("attempt")],
        "history": [
            {"at": stamp(change.at), "step": change.step, "by": actor(change), "reason": change.reason}
            for record_ in (evaluation, document, objection)
            for change in history_of(record_)
        ],
    }


def evidence_facts(evidence):
    return {
        "title": evidence.title,
        "dated": evidence.dated.isoformat(),
        "sha256": evidence.sha256,
        "link": evidence.link,
    }


def file_facts(row):
    return {"title": row.title, "dated": "", "sha256": row.sha256, "link": ""}


def feedback_facts(feedback):
    return {
        "giver": feedback.giver,
        "tone": feedback.tone,
        "given_on": feedback.given_on.isoformat(),
        "text": feedback.text,
        "answer": feedback.answer,
    }


def hearing_facts(hearing):
    if hearing is None:
        return {}
    return {
        "meets_at": stamp(hearing.meets_at),
        "place": hearing.place,
        "employee_answer": hearing.employee_answer,
        "appraiser_answer": hearing.appraiser_answer,
        "minutes": hearing.minutes,
        "held_at": stamp(hearing.held_at),
    }


def reading_facts(reading):
    """How the reader was drawn, and what he said once he had said it; who he is stays out of the case."""
    facts = {
        "attempt": str(reading.attempt),
        "state": reading.state,
        "seed": reading.seed,
        "pool_size": str(reading.pool_size),
        "pool_sha256": reading.pool_sha256,
    }
    if reading.state == BlindReading.State.GIVEN:
        facts |= {
            "ratings": reading.ratings,
            "work_rating": reading.work_rating,
            "behaviour_rating": reading.behaviour_rating,
            "predikat": reading.predikat,
            "reason": reading.reason,
        }
    return facts


def actor(change):
    return f"user:{change.by_id}" if change.by_id else change.by_label


def stamp(moment):
    return timezone.localtime(moment).isoformat() if moment else ""


def text_of(dossier):
    """The bytes that are hashed: sorted names, no spaces, so that equal dossiers are equal texts."""
    return json.dumps(dossier, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
