"""Makes the year's plans, from the top of the line downwards, each by its employee and agreed by his appraiser."""

from decimal import Decimal

from agencies.people.reporting_line import appraiser_on
from appraisal.planning.actions import (
    agree_skp,
    choose_format,
    draft_skp,
    save_result,
    set_expectation,
    submit_skp,
)
from appraisal.planning.models import WorkResult
from appraisal.rulebook.queries import behaviour_values

from .adjusting import QUALITATIVE
from .beside import tell_of_support, write_beside
from .organisation import POSTS
from .plans import BUDGET, EXPECTATIONS, PERSPECTIVES, PLANS

# Left open on purpose, so that the demo has something to do: one plan each in these states.
LEFT_AS_DRAFT = ("sopir",)
LEFT_SUBMITTED = ("loket",)


def plan_year(people, year, today, *, finished):
    """Plans of all posts that have one; when `finished` every plan is agreed, else some are left to be worked on."""
    superiors = {code: superior for code, *_, superior, _, _ in POSTS}
    for code, *_ in POSTS:
        if code not in PLANS:
            continue
        for holder, employee in enumerate(people[code]):
            parents = results_of(people, superiors[code], year)
            skp = write_plan(employee, code, year, parents)
            stop = None if finished or holder else stage_left(code)
            write_beside(skp, code)
            bring_to_agreement(skp, code, today, stop)
            if stop is None:
                tell_of_support(skp, code, today)


def stage_left(code):
    if code in LEFT_AS_DRAFT:
        return "draft"
    return "submitted" if code in LEFT_SUBMITTED else None


def results_of(people, superior, year):
    if superior is None or superior not in PLANS:
        return []
    return list(
        WorkResult.objects.filter(skp__employee=people[superior][0], skp__year=year, skp__adjusts=None)
    )


def write_plan(employee, code, year, parents):
    skp = draft_skp(employee, year=year, by=employee.user)
    if code in QUALITATIVE:
        skp = choose_format(skp, by=employee.user, approach=skp.Approach.QUALITATIVE)
    results = PLANS[code]
    if skp.is_for_leader and not any(one.aspect == "cost" for each in results for one in each.indicators):
        results = (*results, BUDGET)
    for planned in results:
        save_result(
            skp,
            by=employee.user,
            version=skp.version,
            kind=planned.kind,
            statement=planned.statement,
            parent=parents[planned.under] if parents else None,
            indicators=[indicator_of(one, skp) for one in planned.indicators],
        )
    return skp


def indicator_of(planned, skp):
    """As the plan's own format has it: an aspect or a perspective, a number or a sentence with its target."""
    kind = {"perspective": PERSPECTIVES[planned.aspect]} if skp.is_for_leader else {"aspect": planned.aspect}
    if skp.is_qualitative:
        most = "paling banyak " if planned.direction == "lower" else ""
        return {"statement": f"{planned.statement}: {most}{planned.low} {planned.unit} sampai akhir tahun"}
    return kind | {
        "statement": planned.statement,
        "direction": planned.direction,
        "target_low": Decimal(planned.low),
        "target_high": Decimal(planned.high) if planned.high else None,
        "unit": planned.unit,
    }


def bring_to_agreement(skp, code, today, stop):
    if stop == "draft":
        return
    submit_skp(skp, by=skp.employee.user)
    if stop == "submitted":
        return
    appraiser = appraiser_on(skp.employee, today)
    values = {value.position: value for value in behaviour_values()}
    for position, text in EXPECTATIONS.get(code, {}).items():
        set_expectation(skp, value=values[position], text=text, by=appraiser.user)
    agree_skp(skp, by=appraiser.user)
