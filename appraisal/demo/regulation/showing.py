"""The worked examples of PermenPANRB 6/2022, Anak Lampiran 2 and 3, as agreed plans that can be opened in the demo.

They stand in a unit of their own, with people of their own, so that the city's figures do not rest on them. What the
regulation words differently from one form to the next is linked as it is meant and keeps the words of each form.
"""

from dataclasses import dataclass

from django.utils import timezone

from agencies.structure.models import Unit
from appraisal.cascading.actions import add_person, save_initiative, save_row
from appraisal.cascading.grid import leader_columns
from appraisal.goals.actions import record_agreement, save_budget_line, save_goal, start_agreement
from appraisal.planning.actions import (
    agree_skp,
    choose_format,
    draft_skp,
    save_result,
    set_expectation,
    submit_skp,
)
from appraisal.planning.actions.annexes import save_annex
from appraisal.planning.actions.fingerprints import fingerprint
from appraisal.planning.actions.manuals import save_manual
from appraisal.rulebook.queries import behaviour_values

from ..examples import central, regional
from ..people import build_posts, build_staff, build_units
from .people import ACCOUNTS, POSTS, TOP, UNITS


@dataclass(frozen=True)
class Shown:
    """A plan of the regulation in the demo: whose it is, and which result of his leader each result is to move."""

    post: str
    plan: str
    superior: str = ""
    under: tuple = ()


PLANS = (
    Shown("contoh-kadinkes", "head_of_health_office"),
    Shown("contoh-kapus", "head_of_puskesmas", "contoh-kadinkes", (0, 1, 0, 0, 0, 1, 2, 3, 4)),
    Shown("contoh-bidan", "midwife", "contoh-kapus", (0, 0, 0, 0)),
    Shown("contoh-dirjen", "director_general"),
    Shown("contoh-direktur", "director", "contoh-dirjen", (0, 0, 1, 2, 3, 4, 4, 5, 6, 7)),
    Shown("contoh-kasubdit", "head_of_subdirectorate", "contoh-direktur", (0, 0, 0)),
    Shown("contoh-penata", "building_engineer", "contoh-kasubdit", (0, 1, 1, 2)),
)
# Whose indicator each manual is about: (result, indicator).
MANUALS = {"contoh-kadinkes": (0, 0), "contoh-dirjen": (2, 0), "contoh-direktur": (0, 0)}
RESOURCES = {
    "contoh-bidan": ("people", "facilities", "guidance"),
    "contoh-kasubdit": ("people", "guidance", "equipment"),
}
AGREEMENTS = {
    "DINAS KESEHATAN": "CONTOH-DINKES",
    "PUSKESMAS": "CONTOH-PKM",
    "DIREKTORAT JENDERAL III": "CONTOH-DITJEN",
    "DIREKTORAT II": "CONTOH-DIREKTORAT",
}
# The leader, his indicator (the number of its result), the leader of the team, and the team in the order of its table.
TEAMS = (
    (
        "contoh-kapus",
        0,
        "contoh-pj-ukp",
        (
            "contoh-dokter",
            "contoh-bidan",
            "contoh-bidan-mahir",
            "contoh-bidan-terampil",
            "contoh-nutrisionis",
            "contoh-loket",
            "contoh-sopir",
        ),
    ),
    (
        "contoh-direktur",
        0,
        "contoh-kasubdit",
        ("contoh-penata", "contoh-prakom", "contoh-data", "contoh-monev"),
    ),
)


def show_regulation(top, year, office, first):
    """All of it below the unit `top`; `office` records the agreements, `first` is the number of the first person."""
    units = build_units(UNITS, {TOP: top})
    posts = build_posts(units, POSTS)
    people = {code: staff[0] for code, staff in build_staff(posts, POSTS, ACCOUNTS, first).items()}
    examples = regional().plans | central().plans
    plans = {}
    for shown in PLANS:
        above = list(plans[shown.superior].results.all()) if shown.superior else []
        plans[shown.post] = agreed(shown, examples[shown.plan], people, above, year)
    for annex, team in zip((regional(), central()), TEAMS, strict=True):
        show_agreements(annex, year, office)
        show_strategy(annex.blocks[0], plans[team[0]], team[1])
        show_matrices(annex.matrices, plans[team[0]], people, team)
    return plans


def agreed(shown, example, people, above, year):
    """The plan written and submitted by its owner, then agreed by the leader the example names."""
    owner = people[shown.post].user
    skp = draft_skp(people[shown.post], year=year, by=owner)
    skp = choose_format(skp, by=owner, approach=example.approach)
    for number, result in enumerate(example.results):
        save_result(
            skp,
            by=owner,
            version=skp.version,
            kind=result.kind,
            statement=result.statement,
            assigned_by=result.assigned_by,
            parent=above[shown.under[number]] if above else None,
            indicators=[indicator_of(one) for one in result.indicators],
        )
    write_beside(skp, shown.post, example, owner)
    submit_skp(skp, by=owner)
    appraiser = people[next(superior for code, *_, superior, _, _ in POSTS if code == shown.post)].user
    for value in behaviour_values():
        if text := expected(example, value.name.lower()):
            set_expectation(skp, value=value, text=text, by=appraiser)
    return agree_skp(skp, by=appraiser)


def indicator_of(one):
    target = one.target
    row = {"statement": one.statement, "perspective": one.perspective, "aspect": one.aspect}
    if target is None:
        return row
    return row | {
        "direction": target.direction,
        "target_low": target.low,
        "target_high": target.high if target.is_range else None,
        "unit": target.unit,
    }


def expected(example, name):
    """What is expected of a value; guides beyond the usual three (page 186) are meant for this person alone."""
    lines = [
        line
        for values, first in ((example.guides, 3), (example.expectations, 0))
        for value, texts in values.items()
        if value.lower() == name
        for line in texts[first:]
    ]
    return "\n".join(lines)


def write_beside(skp, post, example, owner):
    if example.annex:
        lines = [
            {"kind": "resource", "text": text, "resource": kind}
            for text, kind in zip(example.annex.resources, RESOURCES[post], strict=True)
        ]
        lines += [{"kind": "accountability", "text": text} for text in example.annex.accountability]
        lines += [
            {"kind": "consequence", "text": text, "if_met": True} for text in example.annex.consequences
        ]
        save_annex(skp, lines=lines, seen=fingerprint([]), by=owner)
    if post in MANUALS:
        result, indicator = MANUALS[post]
        manual = next(one for one in (*regional().manuals, *central().manuals) if one.owner == example.post)
        values = {
            name: getattr(manual, name) for name in ("purpose", "unit", "control", "source", "reporting")
        }
        values |= {"definition": "\n".join(manual.definition), "formula": "\n".join(manual.formula)}
        measured = skp.results.all()[result].indicators.all()[indicator]
        save_manual(measured, values=values, seen=fingerprint(None), by=owner)


def show_agreements(annex, year, office):
    """The agreements, recorded as signed on paper; the strategic plans they come from have no form here."""
    for example in annex.agreements:
        if example.kind != "agreement":
            continue
        agreement = start_agreement(Unit.objects.get(code=AGREEMENTS[example.unit]), year=year, by="seed")
        for goal in example.goals:
            rows = [{"statement": one.statement, "target": one.target} for one in goal.indicators]
            save_goal(agreement, by="seed", statement=goal.statement, indicators=rows)
        for line in example.budget:
            save_budget_line(agreement, by="seed", name=line.name, amount=line.amount)
        record_agreement(agreement, by=office, signed_on=timezone.localdate())


def show_strategy(block, plan, result):
    names = ("owner", "parties", "deadline", "beneficiaries", "purpose")
    values = {name: getattr(block, name) for name in names}
    values |= {"title": block.initiative, "budget": None, "method": "service"}
    lines = {
        (kind, nature): getattr(block, f"{nature}_{words}")
        for kind, words in (("activity", "activities"), ("milestone", "milestones"))
        for nature in ("routine", "transformative")
    }
    moved = plan.results.all()[result].indicators.first()
    save_initiative(
        plan, by=plan.employee.user, values=values, indicators=[moved.pk], lines=lines, answers={}
    )


def show_matrices(matrices, plan, people, team):
    leader, result, head, members = team
    first, second = matrices
    moved = plan.results.all()[result].indicators.first()
    column = next(one for one in leader_columns(plan.pk) if one.indicator == moved)
    by = people[leader].user
    roles = {column.key: list(first.roles[0].cells[0])}
    lead = save_row(plan, people[head], by=by, roles=roles, version=0, is_team_lead=True)
    keys = [f"p{role.pk}" for role in lead.roles.all()]
    for member, role in zip(members, second.roles, strict=True):
        row = add_person(None, people[member], by=by, lead=lead)
        cells = dict(zip(keys, map(list, role.cells), strict=True))
        save_row(None, people[member], by=by, roles=cells, version=row.version, lead=lead)
