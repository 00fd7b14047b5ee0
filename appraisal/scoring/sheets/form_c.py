"""The result of an evaluation as forms C.1.1, C.1.2 and C.1.3 print it (PermenPANRB 6/2022, pages 105–113)."""

from dataclasses import dataclass

from django.utils import timezone

from agencies.people.reporting_line import appraiser_on, definitive_assignment_on
from appraisal.monitoring.queries import record_of
from appraisal.organisation.models import Achievement
from appraisal.organisation.queries import achievement_for, organisation_of

from ..matrix import Predikat, Rating
from ..models import Evaluation
from .pattern import pattern_for

TITLE = "Hasil Evaluasi Kinerja Pegawai"
# approach or audience of the plan → (form, the form B.1 with the same columns, approach, for whom)
FORMS = {
    "qualitative": ("C.1.1", "B.1.3", "Pendekatan Hasil Kerja Kualitatif", ""),
    "leader": (
        "C.1.2",
        "B.1.4",
        "Pendekatan Hasil Kerja Kuantitatif",
        "Bagi Pejabat Pimpinan Tinggi dan Pimpinan Unit Kerja Mandiri",
    ),
    "staff": (
        "C.1.3",
        "B.1.5",
        "Pendekatan Hasil Kerja Kuantitatif",
        "Bagi Pejabat Administrasi dan Pejabat Fungsional",
    ),
}
SIGNED_AS = {
    Evaluation.RatedBy.APPRAISER: "Pejabat Penilai Kinerja",
    Evaluation.RatedBy.SUPERIOR: "Atasan Pejabat Penilai Kinerja",
    Evaluation.RatedBy.REGIONAL_HEAD: "Pejabat Penilai Kinerja",
}


@dataclass(frozen=True)
class Choice:
    """One of the words the form offers; on paper the others are struck out."""

    words: str
    is_chosen: bool


def form_code(skp):
    return FORMS["qualitative" if skp.is_qualitative else skp.audience][0]


def form_of(evaluation):
    """Everything one sheet shows, as the context of its template."""
    skp, period = evaluation.skp, evaluation.period
    code, columns, approach, audience = FORMS["qualitative" if skp.is_qualitative else skp.audience]
    day = timezone.localdate(evaluation.finalised_at)
    held = definitive_assignment_on(evaluation.appraiser, day)
    achievement = achievement_behind(evaluation, day)
    level = achievement.level if achievement else ""
    return {
        "evaluation": evaluation,
        "skp": skp,
        "period": period,
        "form_code": code,
        "code": columns,
        "approach": approach,
        "audience": audience,
        "record": record_of(skp, period),
        "appraiser": evaluation.appraiser,
        "appraiser_post": held.post if held else None,
        "signed_as": SIGNED_AS[evaluation.rated_by_role],
        "signed_on": day,
        "achievement": achievement,
        "is_of_last_year": achievement is not None and achievement.stands_in_for(period),
        "achievements": choices(Achievement, level),
        "pattern": pattern_for(level) if level else None,
        "work": choices(Rating, evaluation.work_rating),
        "behaviour": choices(Rating, evaluation.behaviour_rating),
        "predikats": choices(Predikat, evaluation.predikat),
    }


def choices(words, chosen):
    return [Choice(label, value == chosen) for value, label in words.choices]


def achievement_behind(evaluation, day):
    """The achievement of the unit that the employee's appraiser leads, as it was known when the result was decided."""
    unit = organisation_of(evaluation.skp.employee, appraiser_on(evaluation.skp.employee, day), day)
    if unit is None:
        return None
    found = achievement_for(unit, evaluation.period, day=day)
    if found is None or found.recorded_at <= evaluation.finalised_at:
        return found
    earlier = type(found).objects.filter(
        unit=unit, year=found.year, period=found.period, recorded_at__lte=evaluation.finalised_at
    )
    return earlier.order_by("-number").first()  # set anew since: the result keeps what stood before it
