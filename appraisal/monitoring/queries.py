"""What was recorded of a plan in a period, in a fixed number of queries however long the plan is."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from agencies.access.roles import Role
from agencies.access.scope import employee_of, grants_on, path_in
from agencies.people.reporting_line import indirect_subordinates_on, subordinates_on
from appraisal.cycle.models import Period
from appraisal.planning.figures import target_in_words, written
from appraisal.planning.models import Indicator, Skp, WorkResult
from appraisal.planning.queries import values_with_expectations
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

    @property
    def note(self):
        return self.realisation.note if self.realisation else ""

    @property
    def target_words(self):
        return target_in_words(self.indicator) or "Termasuk dalam kalimat indikator"

    @property
    def value_words(self):
        if not self.indicator.is_numeric:
            return self.note or "Tidak ada data"
        return "Tidak ada data" if self.value is None else f"{written(self.value)} {self.indicator.unit}"


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


@dataclass
class Record:
    results: list
    values: list


def still_holds_at(period):
    """Of results and indicators: never withdrawn, or only after the period had ended."""
    last_day = Period.objects.filter(pk=getattr(period, "pk", period)).values("ends_on")
    return Q(withdrawn_on=None) | Q(withdrawn_on__gt=Subquery(last_day))


def results_in(skp, period):
    """The results of a plan that count in `period`, also a withdrawn one of which something was recorded in it."""
    about = {"period": period, "result": OuterRef("pk")}
    recorded = (
        Exists(Realisation.objects.filter(period=period, indicator__result=OuterRef("pk")))
        | Exists(Evidence.objects.filter(**about))
        | Exists(Feedback.objects.filter(**about))
    )
    return WorkResult.objects.filter(still_holds_at(period) | recorded, skp=skp)


def indicators_in(skp, period):
    """The indicators that count in `period`, in the same way."""
    recorded = Exists(Realisation.objects.filter(period=period, indicator=OuterRef("pk")))
    return Indicator.objects.filter(still_holds_at(period) | recorded, result__skp=skp)


def record_of(skp, period):
    """Everything recorded of a plan in a period; six queries however long it is."""
    results = {
        result.pk: RecordedResult(result) for result in results_in(skp, period).select_related("parent")
    }
    values = {
        value.pk: RecordedValue(value, value.expectation or "") for value in values_with_expectations(skp)
    }
    realisations = {
        row.indicator_id: row for row in Realisation.objects.filter(indicator__result__skp=skp, period=period)
    }
    for indicator in indicators_in(skp, period):
        if indicator.result_id in results:
            results[indicator.result_id].measures.append(Measure(indicator, realisations.get(indicator.pk)))
    for evidence in Evidence.objects.filter(result__skp=skp, period=period):
        results[evidence.result_id].evidence.append(evidence)
    for feedback in Feedback.objects.filter(skp=skp, period=period):
        about = results[feedback.result_id] if feedback.result_id else values[feedback.value_id]
        about.feedback.append(feedback)
    return Record(list(results.values()), list(values.values()))


def readable_evidence(user, *, day=None):
    """The evidence `user` may open on `day`.

    The employee himself, his appraiser and that appraiser's superior, as they are on that day; the personnel office
    and the inspector read that of agreed plans in their units. A unit admin follows states and opens none.
    """
    day, person, readable = day or timezone.localdate(), employee_of(user), Q(pk__in=[])
    if person is not None:
        readable |= Q(employee=person)
        for below in (subordinates_on(person, day), indirect_subordinates_on(person, day)):
            readable |= Q(employee__in=below.values("pk"))
    paths = [grant.unit.path for grant in grants_on(user, day, Role.PERSONNEL_OFFICE, Role.INSPECTOR)]
    if paths:
        readable |= path_in(paths, "unit__")
    return Evidence.objects.filter(result__skp__in=Skp.objects.filter(readable, state=Skp.State.AGREED))


def periods_to_record(skp, *, today=None):
    """The periods the plan is appraised in that have begun and are not over, oldest first."""
    today = today or timezone.localdate()
    begun = Q(ends_on__range=(skp.starts_on, skp.ends_on), starts_on__lte=today, closes_at__gt=timezone.now())
    return Period.objects.filter(begun).order_by("number")
