"""Everything the page on which one rates shows beside the questions, gathered in few queries."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, IntegerField, Max, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from agencies.people.models import Employee
from ambon_kinerja.personal_data.actions import noted_today
from appraisal.cycle.calendar import name_of
from appraisal.cycle.models import Cadence
from appraisal.guidance.models import Guidance
from appraisal.monitoring.duty import DAYS, DAYS_BEFORE_END, ONCE, TIMES
from appraisal.monitoring.models import Feedback
from appraisal.monitoring.twins import evidence_with_twins, mark_found_twins
from appraisal.organisation.queries import RATINGS, led_by
from appraisal.organisation.spans import LAST_DAY
from appraisal.planning.models import AnnexLine
from appraisal.planning.queries import values_with_expectations
from appraisal.rulebook.models import BehaviourValue, Rule
from appraisal.scoring.head_rating import suggestions_from
from appraisal.scoring.models import Citation, Evaluation, ResultRating
from appraisal.scoring.queries import assessment_of, day_of, organisation_from
from appraisal.scoring.sheets.beside import grades_recorded
from appraisal.scoring.study_leave import TABLE
from appraisal.scoring.words import rating_words

from .coverage import Standing, coverage_of
from .gate import surprises
from .queries import (
    BACKDATED_DAYS,
    EARLY_DAYS,
    Facts,
    evidence_key,
    feedback_key,
    fingerprint,
    mark_evidence,
    without_outcome,
)

RULES = {EARLY_DAYS: 30, BACKDATED_DAYS: 30, TIMES: ONCE, DAYS: DAYS_BEFORE_END}
# What the organisation achieved counts by these two, and is read with the numbers above.
OF_ORGANISATIONS = (LAST_DAY, RATINGS)
VALUE_FIELDS = ("pk", "position", "name", "guides", "expectation")
RATING_FIELDS = ("pk", "result_id", "rating", "reason", "surprise_reason", "cited")
JUDGED = ("work_rating", "behaviour_rating", "predikat")
Support = AnnexLine.Support


def with_everything(evaluations, *, reader):
    """Evaluations with their ratings and citations, the ratings before, warnings, support, guidance, rules and values.

    And whether it is noted already that `reader` looked at them today.
    """
    this = {"skp": OuterRef("skp"), "period": OuterRef("period")}
    cited = Citation.objects.filter(rating=OuterRef("pk")).values(row=JSONObject(e="evidence", f="feedback"))
    rows = ResultRating.objects.filter(evaluation=OuterRef("pk")).annotate(cited=ArraySubquery(cited))
    before = decided_before(OuterRef("skp"), OuterRef("period__ends_on"))
    newest = decided_before(OuterRef(OuterRef("skp")), OuterRef(OuterRef("period__ends_on")))
    rated_before = ResultRating.objects.filter(evaluation__in=newest.values("pk")[:1])
    warned = Feedback.objects.filter(skp=OuterRef("skp"), result__isnull=False)
    warned = warned.exclude(tone=Feedback.Tone.POSITIVE).order_by().values("result")
    lines = AnnexLine.objects.filter(skp=OuterRef("skp"), kind=AnnexLine.Kind.RESOURCE)
    guided = Guidance.objects.filter(
        employee=OuterRef("skp__employee"), year=OuterRef("skp__year")
    ).order_by()
    given = Feedback.objects.filter(
        kind=Feedback.Kind.PERIODIC, giver=Feedback.Giver.LEADER, **this
    ).order_by()
    in_force = Rule.objects.filter(
        key__in=[*RULES, *OF_ORGANISATIONS], valid_from__lte=OuterRef("period__ends_on")
    )
    seen = noted_today(reader, of=Employee, key=OuterRef("skp__employee"), kind="evaluation")
    tables = Rule.objects.filter(key=TABLE, valid_from__lte=OuterRef("skp__ends_on")).order_by("-valid_from")
    return evaluations.annotate(
        rating_rows=as_rows(rows, *RATING_FIELDS),
        rated_before=as_rows(rated_before, "result_id", "rating"),
        judged_before=as_rows(before[:1], "pk", "period__year", "period__number", "period__cadence", *JUDGED),
        warnings=as_rows(warned.annotate(first=Min("recorded_at")), "result", "first"),
        support_lines=as_rows(lines, "text", "support"),
        guidance_open=number(without_outcome(guided, timezone.now()), "employee"),
        guidance_held=number(guided.filter(state__in=Guidance.HELD), "employee"),
        feedback_given=number(given, "skp"),
        feedback_last=Subquery(given.values("skp").annotate(last=Max("given_on")).values("last")[:1]),
        rules=as_rows(in_force.order_by("key", "-valid_from").distinct("key"), "key", "value"),
        is_noted=Exists(seen),
        value_rows=as_rows(values_with_expectations(OuterRef(OuterRef("skp"))), *VALUE_FIELDS),
        grade_table=as_rows(tables[:1], "value", "source"),
        last_grade=Subquery(grades_recorded(OuterRef("skp")).values("value")[:1]),
    )


def as_rows(queryset, *names):
    return ArraySubquery(queryset.values(row=JSONObject(**{name: name for name in names})))


def decided_before(skp, day):
    """The evaluations of months or quarters of the plan that count and ended before the day, newest first."""
    found = Evaluation.objects.decided().filter(skp=skp, period__ends_on__lt=day)
    return found.exclude(period__cadence=Cadence.ANNUAL).order_by("-period__ends_on")


def number(queryset, by):
    counted = queryset.values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted[:1], output_field=IntegerField()), 0)


@dataclass
class RatedResult:
    """One result with all that speaks for and against a rating; `row` is its AssessedResult."""

    row: object
    cited: set
    before: str  # the rating of the period before, in words
    surprises: list  # why a rating below would come without warning


@dataclass(frozen=True)
class Duties:
    """What the leader owed this employee and what he kept (PermenPANRB 6/2022 art. 17-21, annex A.1.8)."""

    given: int
    times: int
    due_on: date
    last: date | None
    support: list  # (words, state in words, is settled)
    guidance_held: int
    guidance_open: int

    @property
    def settled(self):
        return sum(settled for *_, settled in self.support)

    @property
    def is_kept(self):
        in_time = self.given >= self.times and self.last is not None
        return in_time and self.settled == len(self.support) and not self.guidance_open


@dataclass
class RatingPage:
    results: list
    values: list
    facts: Facts
    duties: Duties
    coverage: object
    organisation: object
    head_suggestions: list
    before: str  # name of the period before
    before_work: str
    before_behaviour: str


def rating_page(evaluation, *, readable):
    """The page of an evaluation of `with_everything`; `readable` is the evidence its reader may open elsewhere."""
    period = evaluation.period
    in_force = {row["key"]: row["value"] for row in evaluation.rules}
    rules = RULES | {key: int(in_force[key]) for key in RULES if key in in_force}
    ratings = stored_ratings(evaluation)
    assessment = assessment_of(
        evaluation, ratings=ratings, evidence=evidence_with_twins(), values=values_of(evaluation)
    )
    led = led_by(
        {"appraiser": evaluation.appraiser, "employee": evaluation.skp.employee},
        period,
        day_of(evaluation),
        employee=evaluation.skp.employee,
        annual_end=in_force.get(LAST_DAY),
    )
    everything = [each for row in assessment.results for each in row.evidence]
    mark_found_twins(mark_evidence(everything, period, rules[BACKDATED_DAYS]), readable)
    for row in assessment.results:
        for each in row.evidence:
            each.key = evidence_key(each)
        for each in row.feedback:
            each.key = feedback_key(each)
    facts = Facts(
        period,
        rules[EARLY_DAYS],
        evidence={row.result.pk: row.evidence for row in assessment.results},
        feedback={row.result.pk: row.feedback for row in assessment.results},
        cited={key: row.cited for key, row in ratings.items()},
        warned_at={row["result"]: datetime.fromisoformat(row["first"]) for row in evaluation.warnings},
        promises=evaluation.guidance_open
        + sum(line["support"] == Support.PROMISED for line in evaluation.support_lines),
    )
    before = {row["result_id"]: row["rating"] for row in evaluation.rated_before}
    judged = evaluation.judged_before[0] if evaluation.judged_before else {}
    return RatingPage(
        results=[
            RatedResult(
                row,
                facts.cited.get(row.result.pk, set()),
                rating_words(before.get(row.result.pk)),
                surprises(row.result.pk, facts),
            )
            for row in assessment.results
        ],
        values=assessment.values,
        facts=facts,
        duties=duties_of(evaluation, rules),
        coverage=coverage_from(assessment.results, facts),
        organisation=organisation_from(led),
        head_suggestions=suggestions_from(led, in_force.get(RATINGS, {})),
        before=name_of(judged["period__year"], judged["period__number"], judged["period__cadence"])
        if judged
        else "",
        before_work=rating_words(judged.get("work_rating")),
        before_behaviour=rating_words(judged.get("behaviour_rating")),
    )


def values_of(evaluation):
    """The seven values with what is expected in the plan, out of what `with_everything` brought."""
    values = []
    for row in evaluation.value_rows:
        expectation = row.pop("expectation")
        values.append(BehaviourValue(**row))
        values[-1].expectation = expectation
    return values


def stored_ratings(evaluation):
    """The ResultRatings by result, each with `cited`, out of what `with_everything` brought."""
    found = {}
    for facts in evaluation.rating_rows:
        cited = facts.pop("cited")
        row = ResultRating(evaluation=evaluation, **facts)
        row.cited = {f"e{each['e']}" if each["e"] else f"f{each['f']}" for each in cited}
        found[row.result_id] = row
    return found


def coverage_from(results, facts):
    return coverage_of(
        [
            Standing(
                tuple((fingerprint(each), each.dated) for each in facts.cited_inside(row.result.pk)),
                bool(row.evidence or row.feedback) or any(measure.realisation for measure in row.measures),
            )
            for row in results
        ],
        starts_on=facts.period.starts_on,
        ends_on=facts.period.ends_on,
    )


def duties_of(evaluation, rules):
    return Duties(
        given=evaluation.feedback_given,
        times=rules[TIMES],
        due_on=evaluation.period.ends_on - timedelta(days=rules[DAYS]),
        last=evaluation.feedback_last,
        support=[
            (line["text"], Support(line["support"]).label, line["support"] != Support.PROMISED)
            for line in evaluation.support_lines
        ],
        guidance_held=evaluation.guidance_held,
        guidance_open=evaluation.guidance_open,
    )
