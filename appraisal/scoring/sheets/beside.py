"""What stands beside a rating to be looked at: the periods of the year, and the grade table of a study leave."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from appraisal.monitoring.models import Realisation
from appraisal.planning import study_grades
from appraisal.planning.models import Indicator, StudyPlan
from appraisal.rulebook.models import Rule
from appraisal.rulebook.queries import rule_on

from ..models import Evaluation
from ..study_leave import TABLE, predikat_for_grade


@dataclass(frozen=True)
class PeriodBeside:
    """How a month or quarter of the year was rated; the annual evaluation is a review of its own, never their mean."""

    period: object
    unit: object
    evaluation: Evaluation


def periods_beside(evaluation):
    """The decided evaluations of the employee in the year, also at another unit, oldest first; none but for a year."""
    if not evaluation.period.is_annual:
        return []
    found = Evaluation.objects.decided().filter(
        skp__employee=evaluation.skp.employee_id, period__year=evaluation.period.year
    )
    rows = found.exclude(period=evaluation.period).select_related("period", "skp__unit", "appraiser")
    return [
        PeriodBeside(row.period, row.skp.unit, row)
        for row in rows.defer("receipt", "suggestion_reasons").order_by("period__ends_on", "skp__starts_on")
    ]


@dataclass(frozen=True)
class StudyGuide:
    """The row of the grade table that holds, and what the last recorded grade guides to ("" while there is none)."""

    study: StudyPlan
    row: object
    grade: Decimal | None
    predikat: str
    source: str


def study_guide(skp):
    """The StudyGuide of a plan with a study leave, else None."""
    study = getattr(skp, "study", None)
    if study is None:
        return None
    try:
        rule = rule_on(TABLE, skp.ends_on)
    except Rule.DoesNotExist:
        return StudyGuide(study, None, None, "", "")
    accreditation = study_grades.ABROAD if study.is_abroad else study.university_accreditation
    programme = "" if study.is_abroad else study.programme_accreditation
    row = study_grades.row_for(
        rule.value, level=study.level, accreditation=accreditation, programme=programme
    )
    grade = last_grade(skp)
    predikat = (
        predikat_for_grade(
            level=study.level,
            accreditation=accreditation,
            grade=grade,
            programme=programme,
            day=skp.ends_on,
        )
        if grade is not None
        else None
    )
    return StudyGuide(study, row, grade, predikat.label if predikat else "", rule.source)


def last_grade(skp):
    """The last grade point recorded: an indicator of the study whose unit is that of a grade."""
    is_grade = Q(unit__iexact="IPK") | Q(statement__istartswith="IPK")
    grades = Indicator.objects.filter(is_grade, result__skp=skp, result__withdrawn_on=None, withdrawn_on=None)
    found = Realisation.objects.filter(indicator__in=grades, value__range=(0, study_grades.BEST_GRADE))
    return found.order_by("-period__ends_on", "-period__starts_on").values_list("value", flat=True).first()
