"""A final evaluation of the last year, with as little around it as the database allows."""

from datetime import date, timedelta

from django.utils import timezone

from appraisal.cycle.models import Period
from appraisal.planning.models import Skp
from appraisal.planning.terms import whole_year
from appraisal.scoring.matrix import Rating
from appraisal.scoring.models import Evaluation


def finished_evaluation(employee, *, appraiser, unit, finalised_at=None):
    """Final, of the fourth quarter of 2025, decided by `appraiser` at `finalised_at` (None: now)."""
    now = timezone.now()
    period, _ = Period.objects.get_or_create(
        year=2025,
        number=4,
        defaults={
            "starts_on": date(2025, 10, 1),
            "ends_on": date(2025, 12, 31),
            "opens_at": now - timedelta(days=30),
            "closes_at": now + timedelta(days=30),
        },
    )
    skp = Skp.objects.create(
        employee=employee,
        **whole_year(2025),
        unit=unit,
        post_name="Pelaksana",
        state=Skp.State.AGREED,
        appraiser=appraiser,
        agreed_at=now,
    )
    return Evaluation.objects.create(
        skp=skp,
        period=period,
        appraiser=appraiser,
        state=Evaluation.State.FINAL,
        suggested_rating=Rating.MEETS,
        work_rating=Rating.MEETS,
        behaviour_rating=Rating.MEETS,
        behaviour_reason="Konsisten.",
        predikat="baik",
        receipt="{}",
        receipt_sha256="0" * 64,
        finalised_at=finalised_at or now,
    )
