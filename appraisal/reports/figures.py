"""The figures of one agency in one quarter, as plain JSON: what a report says, kept as it was said.

Shares and means are text with a decimal point ("96.05"); None means that there is no such figure or that it is
withheld, and the field `note` beside it says which.
"""

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from agencies.people.models import Assignment
from appraisal.planning.models import Indicator, Skp
from appraisal.scoring.achievement import achievement
from appraisal.scoring.matrix import Predikat
from appraisal.scoring.models import Evaluation
from feedback.results.published.spans import services_shown_within

from .disclosure import SMALLEST_UNIT, distribution_of, units_to_show
from .queries import (
    evaluation_outcomes,
    main_indicators,
    people_with_units,
    plan_states,
    report_before,
    who_signs,
)

WITHHELD = "ditutup"
NO_DATA = "tidak ada data"
OWN_OFFICE = "Kantor induk"


def agency_figures(agency, period, *, now=None):
    """Everything the report says, in ten queries however many people the agency has."""
    people = people_with_units(agency, period.ends_on)
    plans = plan_states(agency, period)
    outcomes = evaluation_outcomes(agency, period)
    distribution = distribution_of(predikat_counts(outcomes))
    names = {unit.pk: unit.name for unit in agency.children.all()}
    measured = measured_by_person(main_indicators(agency, period))
    units = units_of(agency, people, names)
    return {
        "agency": {"key": agency.pk, "code": agency.code, "name": agency.name},
        "period": {
            "key": period.pk,
            "label": str(period),
            "starts_on": period.starts_on.isoformat(),
            "ends_on": period.ends_on.isoformat(),
            "closed_at": timezone.localtime(period.closes_at).isoformat(),
        },
        "measured_at": timezone.localtime(now).isoformat(timespec="seconds"),
        "audience": distribution.audience.value,
        "people": process_counts(people, plans, outcomes),
        "predikat": predikat_figures(distribution),
        "achievement": achieved(measured.values(), smallest=SMALLEST_UNIT[distribution.audience]),
        "units": unit_figures(units, names, plans, outcomes, measured, audience=distribution.audience),
        "services": [
            service_figures(service, shown)
            for service, shown in services_shown_within(period.starts_on, period.ends_on, unit=agency)
        ],
        "previous": previous_figures(report_before(agency, period)),
        "signs": signature(who_signs(agency, timezone.localdate(now))),
    }


def process_counts(people, plans, outcomes):
    states = Counter(outcomes[person][0] for person in people if person in outcomes)
    draft = states[Evaluation.State.DRAFT]
    final = states.total() - draft
    return {
        "due": len(people),
        "planned": sum(person in plans for person in people),
        "agreed": sum(plans.get(person) == Skp.State.AGREED for person in people),
        "final": final,
        "draft": draft,
        "none": len(people) - final - draft,
    }


def predikat_counts(outcomes):
    decided = Counter(predikat for state, predikat in outcomes.values() if state != Evaluation.State.DRAFT)
    return {level: decided[level] for level in Predikat.values}


def predikat_figures(distribution):
    groups = [
        {
            "levels": list(levels),
            "label": " atau ".join(Predikat(level).label for level in levels),
            "count": count,
            "share": share(count, distribution.total),
        }
        for levels, count in distribution.groups
    ]
    return {"outcome": distribution.outcome.value, "total": distribution.total, "groups": groups}


def measured_by_person(rows):
    """{employee: [percent, or None where nothing was recorded]}"""
    measured = {}
    for person, direction, low, high, realised in rows:
        target = (low, high) if direction == Indicator.Direction.RANGE else low
        lower = direction == Indicator.Direction.LOWER
        percent = achievement(target=target, realised=realised, lower_is_better=lower)
        measured.setdefault(person, []).append(percent)
    return measured


def units_of(agency, people, names):
    """{key of the unit right below the agency, or of the agency itself: its people}"""
    units = {}
    for person, path in people.items():
        below = path.removeprefix(agency.path).partition("/")[0]
        key = int(below) if below and int(below) in names else agency.pk
        units.setdefault(key, []).append(person)
    return units


def unit_figures(units, names, plans, outcomes, measured, *, audience):
    with_data = {
        unit: sum(has_data(measured.get(person, ())) for person in people) for unit, people in units.items()
    }
    shown = units_to_show(with_data, audience=audience)
    figures = []
    for unit, people in units.items():
        indicators = [measured.get(person, []) for person in people]
        row = process_counts(people, plans, outcomes) | achieved(indicators, smallest=0)
        if with_data[unit] and unit not in shown:
            row |= {"reached": None, "mean": None, "note": WITHHELD}
        figures.append({"name": names.get(unit, OWN_OFFICE)} | row)
    return sorted(figures, key=lambda row: (row["name"] != OWN_OFFICE, row["name"]))


def has_data(percents):
    return any(percent is not None for percent in percents)


def achieved(by_person, *, smallest):
    """How far the main results' indicators got; withheld when fewer than `smallest` people have data."""
    by_person = list(by_person)
    people = sum(has_data(percents) for percents in by_person)
    percents = [percent for person in by_person for percent in person]
    known = [percent for percent in percents if percent is not None]
    figures = {
        "indicators": len(percents),
        "with_data": len(known),
        "without_data": len(percents) - len(known),
    }
    if not known:
        return figures | {"reached": None, "mean": None, "note": NO_DATA}
    if people < smallest:
        return figures | {"reached": None, "mean": None, "note": WITHHELD}
    reached = sum(percent >= 100 for percent in known)
    return figures | {"reached": reached, "mean": rounded(sum(known) / len(known)), "note": ""}


def service_figures(service, shown):
    """As published (ADR 0024): final once the quarter is locked, an estimate before; nothing is counted anew."""
    low, high = shown.interval or (None, None)
    return {
        "name": service.name,
        "unit": service.unit.name,
        "respondents": shown.respondents,
        "index": None if shown.index is None else str(shown.index),
        "at_least": bool(shown.figure.get("at_least")),
        "low": None if low is None else str(low),
        "high": None if high is None else str(high),
        "is_final": shown.is_final,
        "grade": shown.grade,
        "headline": shown.headline,
        "explanation": shown.explanation,
        "lowest": [{"label": line["label"], "index": str(line["index"])} for line in shown.lowest],
    }


def previous_figures(report):
    """What the report on the quarter before said: as it was said then, never worked out again."""
    if report is None:
        return None
    said = report.figures
    return {
        "label": said["period"]["label"],
        "number": report.document.number,
        "people": said["people"],
        "mean": said["achievement"]["mean"],
        "services": {service["name"]: service["index"] for service in said["services"]},
    }


def signature(head):
    if head is None:
        return {"post": "", "name": ""}
    acting = {Assignment.Kind.PLT: "Plt. ", Assignment.Kind.PLH: "Plh. "}.get(head.kind, "")
    return {"post": f"{acting}{head.post.name}", "name": head.employee.name}


def share(part, whole):
    """Percent with one place, half up, or None of nothing."""
    if not whole:
        return None
    return str((Decimal(part * 100) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP))


def rounded(number):
    return str(number.quantize(Decimal("0.01"), ROUND_HALF_UP))
