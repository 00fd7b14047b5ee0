"""What was recorded of a plan in a period, in a fixed number of queries however long the plan is."""

from dataclasses import dataclass, field

from django.db.models import Exists, FilteredRelation, OuterRef, Q, Subquery
from django.utils import timezone

from agencies.access.roles import Role
from agencies.access.scope import employee_of, grants_on, path_in
from agencies.people.reporting_line import indirect_subordinates_on, subordinates_on
from appraisal.cycle.models import Period
from appraisal.planning.figures import target_in_words, written
from appraisal.planning.models import Indicator, Skp, WorkResult
from appraisal.planning.queries import values_with_expectations
from appraisal.rulebook.models import BehaviourValue

from .models import ActionStep, Evidence, Feedback, ProgressEntry, ProgressStatement, Realisation


@dataclass
class Measure:
    """An indicator and what was realised; `realisation` is None while nothing was recorded."""

    indicator: Indicator
    realisation: Realisation | None = None

    @property
    def value(self):
        return self.realisation.value if self.realisation else None

    @property
    def text(self):
        return self.realisation.text if self.realisation else ""

    @property
    def note(self):
        return self.realisation.note if self.realisation else ""

    @property
    def target_words(self):
        if not self.indicator.is_numeric:
            return self.indicator.target_text or "Termasuk dalam ukuran keberhasilan"
        return target_in_words(self.indicator)

    @property
    def value_words(self):
        if self.value is None:
            return self.text or "Tidak ada data"
        return f"{written(self.value)} {self.indicator.unit}".strip()


@dataclass
class RecordedResult:
    result: WorkResult
    measures: list = field(default_factory=list)
    evidence: list = field(default_factory=list)
    feedback: list = field(default_factory=list)
    steps: list = field(default_factory=list)
    progress: list = field(default_factory=list)


@dataclass
class RecordedValue:
    value: BehaviourValue
    expectation: str = ""
    feedback: list = field(default_factory=list)


@dataclass
class Record:
    results: list
    values: list
    statements: list = field(default_factory=list)

    @property
    def groups(self):
        """[("A. Utama", rows), ("B. Tambahan", rows)] as the forms part them, numbered through."""
        for number, row in enumerate(self.results, start=1):
            row.number = number
        return [
            (words, [row for row in self.results if row.result.kind == kind])
            for words, kind in (("A. Utama", "main"), ("B. Tambahan", "additional"))
        ]


def still_holds_at(period):
    """Of results and indicators: never withdrawn, or only after the period had ended."""
    last_day = Period.objects.filter(pk=getattr(period, "pk", period)).values("ends_on")
    return Q(withdrawn_on=None) | Q(withdrawn_on__gt=Subquery(last_day))


def within(period):
    """What is gathered for `period` (or its key): of a whole year that of its months or quarters as well."""
    if isinstance(period, Period):
        return Q(period__year=period.year) if period.is_annual else Q(period=period)
    year = Period.objects.annual().filter(pk=period).values("year")
    return Q(period=period) | Q(period__year__in=year)


def results_in(skp, period):
    """The results of a plan that count in `period`, also a withdrawn one of which something was recorded in it."""
    gathered, about = within(period), {"result": OuterRef("pk")}
    recorded = (
        Exists(Realisation.objects.filter(gathered, indicator__result=OuterRef("pk")))
        | Exists(Evidence.objects.filter(gathered, **about))
        | Exists(Feedback.objects.filter(gathered, **about))
    )
    return WorkResult.objects.filter(still_holds_at(period) | recorded, skp=skp)


def indicators_in(skp, period):
    """The indicators that count in `period`, in the same way."""
    recorded = Exists(Realisation.objects.filter(within(period), indicator=OuterRef("pk")))
    return Indicator.objects.filter(still_holds_at(period) | recorded, result__skp=skp)


def record_of(skp, period, *, evidence=None, values=None, for_itself=False):
    """Everything recorded of a plan (or of its key) in a period; five queries however long it is, six of a year.

    Of a whole year what its parts hold is gathered; with `for_itself` the realisations are those of the year alone.
    `evidence` may be a queryset that brings more with each piece, such as its twins; `values` are those of
    `values_with_expectations` when they were read already.
    """
    results = {
        result.pk: RecordedResult(result)
        for result in results_in(skp, period).select_related("parent", "taken_over_by")
    }
    values = values_with_expectations(skp) if values is None else values
    values = {value.pk: RecordedValue(value, value.expectation or "") for value in values}
    gathers = not for_itself and getattr(period, "is_annual", True)
    last = realisations_in(skp, period) if gathers else {}
    recorded = FilteredRelation("realisations", condition=Q(realisations__period=period))
    indicators = indicators_in(skp, period)
    if not gathers:
        indicators = indicators.annotate(recorded=recorded).select_related("recorded")
    for indicator in indicators:
        if indicator.result_id in results:
            realisation = last.get(indicator.pk) if gathers else getattr(indicator, "recorded", None)
            results[indicator.result_id].measures.append(Measure(indicator, realisation))
    evidence, gathered = Evidence.objects.all() if evidence is None else evidence, within(period)
    for row in evidence.filter(gathered, result__in=results).select_related("service", "period"):
        results[row.result_id].evidence.append(row)
    for feedback in Feedback.objects.filter(gathered, skp=skp).select_related("given_by", "period"):
        about = results.get(feedback.result_id) if feedback.result_id else values[feedback.value_id]
        if about is not None:
            about.feedback.append(feedback)
    return Record(list(results.values()), list(values.values()))


def realisations_in(skp, period, *, for_itself=False):
    """{indicator pk: its Realisation}: of a whole year the one recorded for it, else the last of its parts."""
    wanted = Q(period=period) if for_itself else within(period)
    found = Realisation.objects.filter(wanted, indicator__result__skp=skp).select_related("period")
    answers = {}
    for row in found.order_by("period__ends_on", "-period__starts_on"):  # the year itself comes last
        is_own = row.period_id == getattr(period, "pk", period)
        row.taken_from = None if is_own else row.period
        says_something = row.value is not None or row.text
        if says_something or (is_own and row.indicator_id not in answers):
            answers[row.indicator_id] = row
    return answers


def documentation_of(skp, period):
    """The record with the steps agreed on, the lines of progress and the leader's statements: three queries more."""
    record = record_of(skp, period)
    rows = {row.result.pk: row for row in record.results}
    for step in steps_of(skp).filter(result__in=rows):
        rows[step.result_id].steps.append(step)
    for entry in entries_in(skp, period).filter(result__in=rows):
        rows[entry.result_id].progress.append(entry)
    record.statements = list(
        ProgressStatement.objects.filter(within(period), skp=skp).select_related("stated_by", "result")
    )
    return record


def steps_of(skp):
    return ActionStep.objects.filter(result__skp=skp).select_related("written_by", "agreed_by", "result")


def entries_in(skp, period):
    """The lines of progress of a plan on the days of a period, newest first."""
    within = (period.starts_on, period.ends_on)
    return ProgressEntry.objects.filter(result__skp=skp, day__range=within).select_related(
        "result", "indicator", "evidence"
    )


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


def periods_of(skp):
    """The periods the plan is appraised in: those whose last day lies in its term, oldest first, the year last."""
    found = Period.objects.filter(ends_on__range=(skp.starts_on, skp.ends_on))
    return found.order_by("ends_on", "-starts_on")


def periods_to_record(skp, *, today=None):
    """Those of the plan's months or quarters that have begun and are not over, oldest first."""
    today = today or timezone.localdate()
    return periods_of(skp).periodic().filter(starts_on__lte=today, closes_at__gt=timezone.now())


def period_with(day):
    return Period.objects.periodic().filter(starts_on__lte=day, ends_on__gte=day).first()


def running_plan(person, day=None):
    """The agreed plan of `person` in whose term the day (today if None) lies, or None."""
    plans = Skp.objects.on(day or timezone.localdate()).filter(employee=person, state=Skp.State.AGREED)
    return plans.select_related("employee__user", "unit").first()
