"""What the page of a result says of calibration: what it changed and why, or that the draft was looked at.

Named in settings.RESULT_PARTS. Nothing of others stands in it: no other employee, no comparison, no proposal that
changed nothing.
"""

from .models import CalibrationItem, CalibrationProposal

TEMPLATE = "appraisal/calibration/result_part.html"


def part_for(evaluation, user):
    """(template, context), or None where no session talked about this evaluation. Two queries."""
    items = list(
        CalibrationItem.objects.filter(evaluation=evaluation)
        .exclude(session__state="cancelled")
        .select_related("session__unit")
        .order_by("session__held_on")
    )
    if not items:
        return None
    accepted = CalibrationProposal.objects.filter(item__in=items, state="accepted")
    changes = [
        {
            "aspect": each.get_aspect_display(),
            "before": each.get_from_rating_display(),
            "after": each.get_to_rating_display(),
            "reason": each.reason,
            "stands": getattr(evaluation, f"{each.aspect}_rating") == each.to_rating,
            "final": getattr(evaluation, f"get_{each.aspect}_rating_display")(),
        }
        for each in accepted.order_by("answered_at")
    ]
    sessions = [item.session for item in items]
    return TEMPLATE, {"anchor": "kalibrasi", "title": "Kalibrasi", "sessions": sessions, "changes": changes}


def receipt_lines(evaluation):
    """[(label, words)] for the receipt: what calibration changed. Named in settings.RECEIPT_CALIBRATION."""
    accepted = CalibrationProposal.objects.filter(item__evaluation=evaluation, state="accepted")
    accepted = accepted.exclude(item__session__state="cancelled").order_by("answered_at")
    return [
        (
            f"Kalibrasi: {each.get_aspect_display().lower()}",
            f"dari {each.get_from_rating_display().lower()} menjadi {each.get_to_rating_display().lower()}."
            f" Alasan: {each.reason}",
        )
        for each in accepted
    ]
