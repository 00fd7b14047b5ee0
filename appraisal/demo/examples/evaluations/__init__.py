"""Anak Lampiran 4 to 6 (pages 189–240): what was reached and said in the worked examples, as it is printed.

The forms of the annexes leave every choice open ("pilih salah satu"); only the curve they print is that of the
achievement Baik. The ratings here follow the guide of pages 97–98 on what is printed of each result.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from .. import central, regional, study_leave

FOLDER = Path(__file__).parent
NAMES = ("midwife", "director", "building_engineer", "student_midwife")


@dataclass(frozen=True)
class Said:
    """One line of feedback: who said it (a Feedback.Giver), its tone, its words."""

    giver: str
    tone: str
    text: str


@dataclass(frozen=True)
class Reached:
    """Of one result, in the order of its indicators: figures or words as typed ("" where the form leaves them open)."""

    rating: str
    realised: tuple
    note: str
    said: tuple


@dataclass(frozen=True)
class ExampleEvaluation:
    plan: object
    form: str
    pages: str
    achievement: str
    work: str
    behaviour: str
    predikat: str
    results: tuple
    values: dict


@cache
def evaluations():
    """{name of the plan: ExampleEvaluation}"""
    return {name: read(name) for name in NAMES}


def read(name):
    row = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    annex = {"regional": regional, "central": central, "study_leave": study_leave}[row["annex"]]()
    return ExampleEvaluation(
        plan=annex.plans[row["plan"]],
        form=row["form"],
        pages=row["pages"],
        achievement=row["achievement"],
        work=row["work"],
        behaviour=row["behaviour"],
        predikat=row["predikat"],
        results=tuple(
            Reached(each["rating"], tuple(each["realised"]), each.get("note", ""), said(each["said"]))
            for each in row["results"]
        ),
        values={value: said(lines) for value, lines in row["values"].items()},
    )


def said(lines):
    return tuple(Said(*line) for line in lines)
