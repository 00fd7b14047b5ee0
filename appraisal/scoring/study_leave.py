"""Evaluating who is on study leave (PermenPANRB 6/2022 page 62–63, page 92 no. 16–17, page 103 d)."""

from decimal import Decimal

from django.utils import timezone

from appraisal.planning import study_grades
from appraisal.rulebook.queries import value_on

from .matrix import STUDY_NOT_FINISHED, Predikat, known_rating, predikat_for

TABLE = "study_grades"


def predikat_for_grade(*, level, accreditation, grade, day=None, programme=""):
    """The Predikat that a grade point guides to by the table in force on `day` (today), or None when no row holds.

    A guide for the appraiser, who decides (page 62 no. 5).
    """
    found = study_grades.predikat_for_grade(
        table=value_on(TABLE, day or timezone.localdate()),
        level=level,
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


def study_step(evaluation, rule):
    """The step of a receipt after that of the matrix, or None: why the predikat is another than the matrix gives.

    `rule` is {"article", "version"} of the rule of the study tables.
    """
    if not evaluation.study_ended_early:
        return None
    return {
        "id": "study",
        "name": "Tugas belajar tidak selesai",
        "rule": TABLE,
        "article": rule["article"],
        "rule_version": rule["version"],
        "uses": {"behaviour": "behaviour.rating"},
        "formula": "Pegawai yang tidak menyelesaikan tugas belajar berpredikat Sangat Kurang bila perilaku kerjanya di"
        " bawah ekspektasi, selain itu Kurang (halaman 103 huruf d).",
        "result": predikat_of(evaluation).value,
    }
