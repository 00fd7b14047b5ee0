"""Which voices stand in the record of a plan."""

from appraisal.monitoring.queries import within

from .models import VoiceCitation


def citations_in(skp, period):
    """The citations of a plan in a period (of a year, in its parts as well), oldest first; one query."""
    found = VoiceCitation.objects.filter(
        feedback__in=skp.feedback.filter(within(period)).order_by().values("pk")
    )
    return found.select_related("feedback__result", "feedback__value", "feedback__period")


def receipt_rows(skp, period):
    """[{title, dated, about, reason, answer, sha256}] for the receipt of an evaluation."""
    return [
        {
            "title": row.get_source_display(),
            "dated": row.feedback.given_on,
            "about": row.feedback.result.statement if row.feedback.result_id else row.feedback.value.name,
            "reason": row.reason,
            "answer": row.feedback.answer,
            "sha256": row.sha256,
        }
        for row in citations_in(skp, period)
    ]
