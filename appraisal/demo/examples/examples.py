"""Reads the files of the two annexes: what is printed stands in them, the keys of the models come from here."""

from functools import cache
from pathlib import Path

import yaml

from .shapes import (
    ExampleAgreement,
    ExampleAnnex,
    ExampleBlock,
    ExampleBox,
    ExampleBudget,
    ExampleChart,
    ExampleGoal,
    ExampleGoalIndicator,
    ExampleIndicator,
    ExampleKinds,
    ExampleManual,
    ExampleMatrix,
    ExamplePlan,
    ExampleRegulation,
    ExampleRegulations,
    ExampleResult,
    ExampleRole,
    Examples,
    ExampleStage,
)
from .targets import read_amount, read_target

FOLDER = Path(__file__).parent
KINDS = {"utama": "main", "tambahan": "additional"}
PERSPECTIVES = {
    "Penerima Layanan": "served",
    "Proses Bisnis": "process",
    "Penguatan Internal": "internal",
    "Anggaran": "budget",
}
ASPECTS = {"Kuantitas": "quantity", "Kualitas": "quality", "Waktu": "time", "Biaya": "cost"}
CONTROLS = {"Outcome": "outcome", "Outcome Antara": "intermediate", "Output kendali rendah": "low"}
REPORTING = {
    "Bulanan": "monthly",
    "Triwulanan": "quarterly",
    "Semesteran": "semester",
    "Tahunan": "yearly",
}
REGIONAL_PLANS = ("head_of_health_office", "head_of_puskesmas", "midwife")
CENTRAL_PLANS = ("director_general", "director", "head_of_subdirectorate", "building_engineer")


@cache
def regional():
    """Anak Lampiran 3: a health office, a puskesmas, a team and a midwife (pages 159-187)."""
    return _annex("regional", REGIONAL_PLANS)


@cache
def central():
    """Anak Lampiran 2: a directorate general, a directorate, a sub-directorate and an engineer (pages 123-158)."""
    return _annex("central", CENTRAL_PLANS, regulations=_regulations(_read("central/regulations")))


@cache
def study_leave():
    """Anak Lampiran 6: a midwife on study leave, who has a plan and an evaluation and nothing else (pages 232-240)."""
    plan = _plan(_read("study_leave/midwife"))
    return Examples(
        title=plan.title,
        page=plan.first_page,
        introduction=(),
        stages=(),
        charts=(),
        agreements=(),
        plans={"midwife": plan},
        manuals=(),
        blocks=(),
        matrices=(),
        kinds=(),
    )


def _annex(name, plans, **more):
    steps = _read(f"{name}/stages")
    return Examples(
        title=steps["title"],
        page=steps["page"],
        introduction=tuple(steps["introduction"]),
        stages=tuple(_made(ExampleStage, row) for row in steps["stages"]),
        charts=tuple(_chart(row) for row in _read(f"{name}/charts")),
        agreements=tuple(_agreement(row) for row in _read(f"{name}/agreements")),
        plans={plan: _plan(_read(f"{name}/{plan}")) for plan in plans},
        manuals=tuple(_manual(row) for row in _read(f"{name}/manuals")),
        blocks=tuple(_made(ExampleBlock, row) for row in _read(f"{name}/blocks")),
        matrices=tuple(_matrix(row) for row in _read(f"{name}/matrices")),
        kinds=tuple(_made(ExampleKinds, row, results=_results(row)) for row in _read(f"{name}/kinds")),
        **more,
    )


def _read(name):
    return yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))


def _made(shape, row, **parts):
    """`shape` filled from a row of a file, whose lists become tuples; `parts` replace what the row holds."""
    plain = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return shape(**{**plain, **parts})


def _plan(row):
    further = row.pop("further_guides", {})
    return _made(
        ExamplePlan,
        row,
        results=_results(row),
        guides={value: (*lines, *further.get(value, ())) for value, lines in _read("conduct").items()},
        expectations={value: tuple(lines) for value, lines in row["expectations"].items()},
        annex=_made(ExampleAnnex, row["annex"]) if "annex" in row else None,
    )


def _results(row):
    return tuple(
        _made(
            ExampleResult,
            result,
            kind=KINDS[result["kind"]],
            indicators=tuple(_indicator(each) for each in result.get("indicators", ())),
        )
        for result in row["results"]
    )


def _indicator(row):
    return ExampleIndicator(
        statement=row["statement"],
        target=read_target(row["target"]) if "target" in row else None,
        perspective=PERSPECTIVES[row["perspective"]] if "perspective" in row else "",
        aspect=ASPECTS[row["aspect"]] if "aspect" in row else "",
    )


def _manual(row):
    return _made(ExampleManual, row, control=CONTROLS[row["control"]], reporting=REPORTING[row["reporting"]])


def _matrix(row):
    roles = (
        _made(ExampleRole, role, cells=tuple(tuple(cell) for cell in role["cells"])) for role in row["roles"]
    )
    return _made(ExampleMatrix, row, roles=tuple(roles))


def _agreement(row):
    return _made(
        ExampleAgreement,
        row,
        goals=tuple(
            _made(
                ExampleGoal,
                goal,
                indicators=tuple(_made(ExampleGoalIndicator, each) for each in goal["indicators"]),
            )
            for goal in row["goals"]
        ),
        budget=tuple(
            ExampleBudget(line["name"], line["amount"], read_amount(line["amount"]))
            for line in row.get("budget", ())
        ),
    )


def _chart(row):
    return _made(ExampleChart, row, boxes=tuple(_made(ExampleBox, box) for box in row.get("boxes", ())))


def _regulations(row):
    lines = tuple(_made(ExampleRegulation, line) for line in row["regulations"])
    return _made(ExampleRegulations, row, regulations=lines)
