"""What lies beside the decision: the Perjanjian Kinerja with what the head has realised, and what citizens said."""

from dataclasses import dataclass, field

from django.db.models import Prefetch

from appraisal.goals.models import PerformanceAgreement
from appraisal.monitoring.models import Realisation
from appraisal.planning.figures import written
from appraisal.planning.models import Indicator, Skp, WorkResult
from appraisal.planning.queries import visible_skps
from feedback.results.published.spans import shown_within
from feedback.services.models import Service


@dataclass
class GoalLine:
    """A goal with its indicators, and the results of the head's plan that serve it."""

    goal: object
    indicators: list
    results: list = field(default_factory=list)


@dataclass
class ResultLine:
    statement: str
    measures: list  # (indicator in words, target in words, [(period, realisation in words)])


def agreement_lines(unit, span, *, head, user):
    """(PerformanceAgreement or None, [GoalLine], results that serve no goal). Six queries at most.

    The realisations stand in the plan of the head; who may not read it sees the goals alone.
    """
    agreement = PerformanceAgreement.objects.filter(unit=unit, year=span.year).first()
    lines = []
    if agreement:
        goals = agreement.goals.prefetch_related("indicators")
        lines = [GoalLine(goal, list(goal.indicators.all())) for goal in goals]
    by_goal = {line.goal.pk: line for line in lines}
    others = []
    for result in results_of(head, span, user):
        line = by_goal.get(result.goal_id)
        (line.results if line else others).append(told(result))
    return agreement, lines, others


def results_of(head, span, user):
    """The results of the head's agreed plan with indicators and what was realised in the span."""
    if head is None:
        return []
    plans = visible_skps(user).filter(employee=head, year=span.year, state=Skp.State.AGREED, adjusts=None)
    realised = Realisation.objects.select_related("period").order_by("period__starts_on")
    within = {"period": span.period} if span.period else {"period__year": span.year}
    realised = realised.filter(**within)
    indicators = Indicator.objects.filter(withdrawn_on=None).prefetch_related(
        Prefetch("realisations", realised, to_attr="realised")
    )
    results = WorkResult.objects.filter(skp__in=plans.values("pk"), withdrawn_on=None)
    return results.order_by("-kind", "position").prefetch_related(Prefetch("indicators", indicators))


def told(result):
    return ResultLine(
        result.statement,
        [
            (
                indicator.statement,
                target_words(indicator),
                [(row.period, value_words(row, indicator)) for row in indicator.realised],
            )
            for indicator in result.indicators.all()
        ],
    )


def target_words(indicator):
    if indicator.target_low is None:
        return indicator.target_text
    low, high = written(indicator.target_low), written(indicator.target_high)
    return f"{low if low == high else f'{low} sampai {high}'} {indicator.unit}".strip()


def value_words(row, indicator):
    if row.value is not None:
        return f"{written(row.value)} {indicator.unit}".strip()
    return row.text


def satisfaction_beside(unit, span):
    """What is published of the index of the unit's services in the span, or None where it serves nobody."""
    if not Service.objects.filter(unit__path__startswith=unit.path).exists():
        return None
    return shown_within(span.starts_on, span.ends_on, unit=unit)
