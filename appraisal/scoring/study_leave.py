"""Evaluating who is on study leave (PermenPANRB 6/2022 page 62–63, page 92 no. 16–17, page 103 d)."""

from decimal import Decimal

from django.utils import timezone

from appraisal.planning import study_grades
from appraisal.rulebook.queries import value_on

from .matrix import STUDY_NOT_FINISHED, Predikat, known_rating, predikat_for

TABLE = "study_grades"
LEVELS = {"S-1": "s1", "Profesi": "postgraduate", "S-2": "postgraduate", "S-3": "postgraduate"}


def predikat_for_grade(*, level, accreditation, grade, day=None, programme=""):
    """The Predikat that a grade point guides to by the table in force on `day` (today), or None when no row holds.

    `level` is that of a StudyPlan, or as the regulation writes it ("S-2"); `accreditation` A, B, C or "abroad".
    A guide for the appraiser, who decides (page 62 no. 5).
    """
    found = study_grades.predikat_for_grade(
        table=value_on(TABLE, day or timezone.localdate()),
        level=LEVELS.get(level, level),
        accreditation=accreditation,
        grade=Decimal(str(grade)),
        programme=programme,
    )
    return Predikat(found) if found else None


def predikat_of(evaluation):
    """The Predikat by the two ratings; who did not finish his study is Kurang or Sangat Kurang by his behaviour."""
    if evaluation.study_ended_early:
        return STUDY_NOT_FINISHED[known_rating(evaluation.behaviour_rating)]
    return predikat_for(work=evaluation.work_rating, behaviour=evaluation.behaviour_rating)
