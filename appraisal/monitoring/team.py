"""How a team is getting on: a fixed number of queries for a page of people, however many results they have."""

from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef

from appraisal.planning.models import Skp, WorkResult

from .models import Evidence, ProgressEntry


@dataclass
class TeamRow:
    """`silent` are the numbers of the results without progress in the period."""

    skp: Skp
    results: int = 0
    silent: list = field(default_factory=list)
    newest: ProgressEntry | None = None
    evidence: int = 0
    owed: int = 0


def overview_of(plans, duty):
    """A TeamRow for each plan, in three queries; without a period (duty None) nothing is counted or owed."""
    rows = {plan.pk: TeamRow(plan) for plan in plans}
    period = duty.period if duty else None
    within = {"day__range": (period.starts_on, period.ends_on)} if period else {"pk__in": []}
    moving = ProgressEntry.objects.filter(result=OuterRef("pk"), **within)
    results = WorkResult.objects.filter(skp__in=rows, withdrawn_on=None).annotate(moves=Exists(moving))
    for result in results.order_by("skp", "-kind", "position", "pk").only("skp", "kind", "position"):
        row = rows[result.skp_id]
        row.results += 1
        if not result.moves:
            row.silent.append(row.results)
    newest = ProgressEntry.objects.filter(result__skp__in=rows).select_related("result")
    for entry in newest.order_by("result__skp", "-day", "-pk").distinct("result__skp"):
        rows[entry.result.skp_id].newest = entry
    if period:
        counted = Evidence.objects.filter(result__skp__in=rows, period=period).values("result__skp")
        for found in counted.annotate(number=Count("pk")).order_by():
            rows[found["result__skp"]].evidence = found["number"]
        for row in rows.values():
            row.owed = max(duty.times - row.skp.given, 0)
    return list(rows.values())
