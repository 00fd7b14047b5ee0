"""How a team is getting on: two queries for a page of people, however many results they have."""

from dataclasses import dataclass, field

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from appraisal.planning.models import Skp, WorkResult

from .duty import plans_led, plans_with_duty
from .models import Evidence, ProgressEntry

A_PAGE = 50


@dataclass
class TeamRow:
    """`silent` are the numbers of the results without progress in the period."""

    skp: Skp
    results: int = 0
    silent: list = field(default_factory=list)
    evidence: int = 0
    owed: int = 0


def team_page(person, duty, number):
    """(a Page of plans, its TeamRows); without a period (duty None) nothing is counted or owed."""
    plans = plans_with_duty(person, duty) if duty else plans_led(person)
    newest = ProgressEntry.objects.filter(result__skp=OuterRef("pk")).order_by("-day", "-pk")
    results = WorkResult.objects.filter(skp=OuterRef("pk"), withdrawn_on=None).order_by(
        "-kind", "position", "pk"
    )
    period = duty.period if duty else None
    within = {"day__range": (period.starts_on, period.ends_on)} if period else {"pk__in": []}
    moving = ProgressEntry.objects.filter(result=OuterRef("pk"), **within)
    plans = plans.annotate(
        newest_day=Subquery(newest.values("day")[:1]),
        newest_text=Subquery(newest.values("text")[:1]),
        moves=ArraySubquery(results.annotate(moves=Exists(moving)).values("moves")),
        evidence_number=evidence_in(period),
    )
    page = Paginator(plans, A_PAGE).get_page(number)
    return page, [row_of(plan, duty) for plan in page.object_list]


def evidence_in(period):
    rows = Evidence.objects.filter(result__skp=OuterRef("pk"), period=period).order_by()
    return Coalesce(Subquery(rows.values("result__skp").annotate(number=Count("pk")).values("number")), 0)


def row_of(plan, duty):
    return TeamRow(
        plan,
        results=len(plan.moves),
        silent=[number for number, moves in enumerate(plan.moves, start=1) if not moves],
        evidence=plan.evidence_number,
        owed=max(duty.times - plan.given, 0) if duty else 0,
    )
