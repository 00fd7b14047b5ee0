"""What was recorded of a plan in a period, in a fixed number of queries however long the plan is."""

from dataclasses import dataclass, field

from appraisal.planning.models import Indicator, SpecialExpectation, WorkResult
from appraisal.rulebook.models import BehaviourValue

from .models import Evidence, Feedback, Realisation


@dataclass
class Measure:
    """An indicator and what was realised; `realisation` is None while nothing was recorded."""

    indicator: Indicator
    realisation: Realisation | None = None

    @property
    def value(self):
        return self.realisation.value if self.realisation else None


@dataclass
class RecordedResult:
    result: WorkResult
    measures: list = field(default_factory=list)
    evidence: list = field(default_factory=list)
    feedback: list = field(default_factory=list)


@dataclass
class RecordedValue:
    value: BehaviourValue
    expectation: str = ""
    feedback: list = field(default_factory=list)


def recorded_results(skp, period):
    """The results of a plan with indicators, realisation, evidence and feedback of the period; five queries."""
    rows = {
        result.pk: RecordedResult(result)
        for result in WorkResult.objects.filter(skp=skp).select_related("parent")
    }
    realisations = {
        row.indicator_id: row for row in Realisation.objects.filter(indicator__result__skp=skp, period=period)
    }
    for indicator in Indicator.objects.filter(result__skp=skp):
        rows[indicator.result_id].measures.append(Measure(indicator, realisations.get(indicator.pk)))
    for evidence in Evidence.objects.filter(result__skp=skp, period=period):
        rows[evidence.result_id].evidence.append(evidence)
    for feedback in Feedback.objects.filter(skp=skp, period=period, result__isnull=False):
        rows[feedback.result_id].feedback.append(feedback)
    return list(rows.values())


def recorded_values(skp, period):
    """The seven values with the leader's expectation and the feedback of the period; three queries."""
    rows = {value.pk: RecordedValue(value) for value in BehaviourValue.objects.all()}
    for expectation in SpecialExpectation.objects.filter(skp=skp):
        rows[expectation.value_id].expectation = expectation.text
    for feedback in Feedback.objects.filter(skp=skp, period=period, value__isnull=False):
        rows[feedback.value_id].feedback.append(feedback)
    return list(rows.values())
