"""Gathers what the receipt of an evaluation is made of."""

from collections import Counter

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from appraisal.citing.queries import receipt_rows
from appraisal.monitoring.models import Feedback
from appraisal.rulebook.queries import rule_on

from ..backing.gate import surprises
from ..backing.queries import evidence_key, facts_of, feedback_key, fingerprint
from ..head_rating import head_suggestions
from ..matrix import Rating
from ..queries import assessment_of, organisation_for
from .building import evaluation_receipt, sha256_of

RULES = ("achievement", "suggestion", "matrix", "evidence_gate")


def receipt_of(evaluation, suggestion):
    """The receipt of a complete draft as a dict, by the rules in force at the end of its period."""
    assessment = assessment_of(evaluation)
    facts = facts_of(evaluation)
    organisation = organisation_for(evaluation)
    about_behaviour = [feedback for row in assessment.values for feedback in row.feedback]
    return evaluation_receipt(
        employee_label=f"pegawai:{evaluation.skp.employee_id}",
        period_label=str(evaluation.period),
        results=[result_facts(row, facts) for row in assessment.results],
        suggestion=suggestion,
        work_rating=evaluation.work_rating,
        work_reason=evaluation.work_reason,
        behaviour_rating=evaluation.behaviour_rating,
        behaviour_reason=evaluation.behaviour_reason,
        behaviour_feedback=feedback_in_words(about_behaviour),
        predikat=evaluation.predikat,
        rulebook=rulebook_on(evaluation.period.ends_on),
        organisation=organisation.in_receipt if organisation else None,
        calibration=calibration_of(evaluation),
        heads=[each.in_receipt for each in head_suggestions(evaluation)],
        voices=receipt_rows(evaluation.skp, evaluation.period),
        study_ended_early=evaluation.study_ended_early,
    )


def calibration_of(evaluation):
    """[(label, words)] of what calibration changed; a later room knows (settings.RECEIPT_CALIBRATION)."""
    if not settings.RECEIPT_CALIBRATION:
        return []
    return import_string(settings.RECEIPT_CALIBRATION)(evaluation)


def result_facts(row, facts):
    key = row.result.pk
    cited = facts.cited.get(key, ())
    surprise = row.rating.surprise_reason if row.rating.rating == Rating.BELOW else ""
    lacks = surprises(key, facts) if surprise else []
    return {
        "statement": row.result.statement,
        "kind": row.result.kind,
        "indicators": [
            {
                "statement": measure.indicator.statement,
                "target": measure.indicator.target,
                "realised": measure.value,
                "direction": measure.indicator.direction,
                "unit": measure.indicator.unit,
                "percent": measure.percent,
            }
            if measure.indicator.is_numeric
            else {
                "statement": measure.indicator.statement,
                "target_words": measure.indicator.target_text,
                "realised_words": measure.text or None,
            }
            for measure in row.measures
        ],
        "rating": row.rating.rating,
        "reason": row.rating.reason,
        "evidence": [
            {
                "title": f"{evidence.title} ({evidence.link})" if evidence.link else evidence.title,
                "sha256": fingerprint(evidence),
                "dated": evidence.dated,
                "cited": evidence_key(evidence) in cited,
            }
            for evidence in row.evidence
        ],
        "feedback": feedback_in_words(row.feedback),
        "heard": bool(row.feedback),
        "cited_feedback": [
            {"sha256": sha256_of(feedback.text), "dated": timezone.localdate(feedback.recorded_at)}
            for feedback in row.feedback
            if feedback_key(feedback) in cited
        ],
        "surprise": surprise if lacks else "",
        "lacks": " ".join(lacks),
    }


def feedback_in_words(feedback):
    """Counts only: the words themselves stay with the plan."""
    counts = Counter(row.tone for row in feedback)
    if not counts:
        return "Tidak ada umpan balik."
    parts = [
        f"{Feedback.Tone(tone).label.lower()} {counts[tone]}" for tone in Feedback.Tone.values if counts[tone]
    ]
    return f"{counts.total()} umpan balik: {', '.join(parts)}."


def rulebook_on(day):
    rules = {key: rule_on(key, day) for key in RULES}
    return {
        key: {"article": rule.source, "version": rule.valid_from.isoformat()} for key, rule in rules.items()
    }
