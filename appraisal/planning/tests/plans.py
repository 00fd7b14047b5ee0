"""Small plans for tests, made through the real actions."""

from datetime import date
from decimal import Decimal

from django.utils import timezone

from appraisal.planning import actions

YEAR = timezone.localdate().year


def an_indicator(**changes):
    return {
        "aspect": "quantity",
        "statement": "Jumlah ibu hamil yang terlayani",
        "direction": "higher",
        "target_low": Decimal("480"),
        "target_high": None,
        "unit": "orang",
    } | changes


def a_plan(user, *, year=YEAR, results=1, additional=0, parent=None):
    """A draft of the user's own with `results` main and `additional` additional results."""
    skp = actions.draft_skp(user.employee, year=year, by=user)
    for number in range(1, results + additional + 1):
        actions.save_result(
            skp,
            by=user,
            version=skp.version,
            kind="main" if number <= results else "additional",
            statement=f"Hasil kerja nomor {number}",
            parent=parent,
            indicators=[an_indicator(perspective="budget" if skp.is_for_leader else "")],
        )
    return skp


def a_submitted_plan(user, **shape):
    return actions.submit_skp(a_plan(user, **shape), by=user)


def an_agreed_plan(user, appraiser, **shape):
    return actions.agree_skp(a_submitted_plan(user, **shape), by=appraiser)


LAST_DAY = date(YEAR, 12, 31)
