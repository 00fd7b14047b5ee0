"""What follows from the results of "self", one record of each kind, for the access table."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from agencies.structure.models import Post
from appraisal.cycle.models import Period
from appraisal.outcomes.form_content import content_of
from appraisal.outcomes.lists.files import keep, until
from appraisal.outcomes.models import (
    CreditAssessment,
    CreditBalance,
    CreditConversion,
    OutcomeFile,
    PastResult,
    PotentialAssessment,
    RewardProposal,
)
from appraisal.outcomes.models.basis import basis_of
from appraisal.planning.models import Skp
from appraisal.scoring.matrix import Rating
from appraisal.scoring.models import Evaluation

LEVEL = "mahir"


def build_outcomes(cast, final):
    """The owner holds a functional post; his year was evaluated as a whole."""
    me, appraiser, office = cast["self"].employee, cast["appraiser"].employee, cast["personnel_office"]
    unit = cast["self"].cast_units["clinic"]
    Post.objects.filter(pk=cast["self"].cast_posts["self"].pk).update(level=LEVEL)
    annual = annual_evaluation(final.skp, appraiser)
    form = {
        "employee": me,
        "unit": unit,
        "level": LEVEL,
        "signer": appraiser,
        "prepared_by": office,
        "content": content_of(me, level=LEVEL, signer=appraiser),
    }
    year = final.period.year
    conversion = CreditConversion.objects.create(
        **form,
        **basis_of(final),
        number="AK/KONV/2026/000001",
        year=year,
        first_day=final.period.starts_on,
        last_day=final.period.ends_on,
        months=3,
        period_words=str(final.period),
        predikat="baik",
        percent=100,
        coefficient="12.5",
        credit="3.13",
    )
    form["content"] |= {
        "rows": [],
        "balance": None,
        "needs": [],
        "conclusion": "Belum dapat dipertimbangkan.",
    }
    assessment = CreditAssessment.objects.create(
        **form,
        number="AK/PAK/2026/000001",
        accumulation_number="AK/AKUM/2026/000001",
        until=final.period.ends_on,
        old_credit=0,
        new_credit="3.13",
        total="3.13",
    )
    recorded = {"employee": me, "recorded_by": office}
    return {
        "outcome_word": "kenaikan-pangkat",
        "conversion": conversion.pk,
        "assessment": assessment.pk,
        "balance": CreditBalance.objects.create(
            **recorded,
            level=LEVEL,
            amount=10,
            as_of=date(2022, 12, 31),
            decree="1",
            decree_date=date(2023, 1, 2),
        ).pk,
        "past_result": PastResult.objects.create(
            **recorded, year=year - 5, predikat="baik", source="e-Kinerja BKN"
        ).pk,
        "potential": PotentialAssessment.objects.create(
            **recorded, potential="high", source="Pusat asesmen", assessed_on=date(year - 1, 6, 1)
        ).pk,
        "reward": RewardProposal.objects.create(
            **basis_of(annual),
            employee=me,
            unit=unit,
            kind="other",
            reason="Uji",
            year=annual.period.year,
            predikat="baik",
            proposed_by=office,
        ).pk,
        "outcome_file": OutcomeFile.objects.create(
            owner=office, name="uji.csv", file_path=keep(b"uji"), rows=1, size=3, expires_at=until()
        ).pk,
    }


def annual_evaluation(plan, appraiser):
    """Of a year long ago, with a plan of its own: a year that is decided closes its quarters."""
    year = plan.year - 8
    opens_at = timezone.make_aware(datetime(year + 1, 1, 2))
    days = {"starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31)}
    window = {"opens_at": opens_at, "closes_at": opens_at + timedelta(days=20)}
    period = Period.objects.create(year=year, number=0, cadence=Period.Cadence.ANNUAL, **days, **window)
    facts = {name: getattr(plan, name) for name in ("employee", "unit", "appraiser", "post_name", "state")}
    return Evaluation.objects.create(
        skp=Skp.objects.create(year=year, **days, agreed_at=opens_at, submitted_at=opens_at, **facts),
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
        finalised_at=timezone.now(),
    )
