"""What stands beside a rating to be looked at: the periods of the year, and the grade table of a study leave."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from appraisal.monitoring.models import Realisation
from appraisal.planning import study_grades
from appraisal.planning.models import StudyPlan

from ..matrix import Predikat
from ..models import Evaluation


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


def guide_of(evaluation):
    """The StudyGuide of a plan with a study leave, else None, out of what `with_everything` brought; no query."""
    study, [table] = getattr(evaluation.skp, "study", None), evaluation.grade_table or [{}]
    if study is None:
        return None
    return guide_from(study, table.get("value"), table.get("source", ""), evaluation.last_grade)


def guide_from(study, table, source, grade):
    if table is None:
        return StudyGuide(study, None, None, "", "")
    asked = {
        "level": study.level,
        "accreditation": study_grades.ABROAD if study.is_abroad else study.university_accreditation,
        "programme": "" if study.is_abroad else study.programme_accreditation,
    }
    predikat = grade is not None and study_grades.predikat_for_grade(table=table, grade=grade, **asked)
    return StudyGuide(
        study,
        study_grades.row_for(table, **asked),
        grade,
        Predikat(predikat).label if predikat else "",
        source,
    )


def grades_recorded(skp):
    """The grade points recorded in a plan, the last one first: indicators whose unit is that of a grade."""
    is_grade = Q(indicator__unit__iexact="IPK") | Q(indicator__statement__istartswith="IPK")
    found = Realisation.objects.filter(
        is_grade,
        indicator__result__skp=skp,
        indicator__result__withdrawn_on=None,
        indicator__withdrawn_on=None,
        value__range=(0, study_grades.BEST_GRADE),
    )
    return found.order_by("-period__ends_on", "-period__starts_on")
