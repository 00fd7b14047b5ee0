"""Which evaluations a person may read, and everything one evaluation rests on."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

from agencies.access.roles import Role
from agencies.access.scope import employee_of, grants_on, path_in
from agencies.people.reporting_line import indirect_subordinate_keys_on, subordinate_keys_on
from appraisal.cycle.models import Period
from appraisal.monitoring.queries import Measure, RecordedResult, record_of
from appraisal.organisation.models import Achievement
from appraisal.organisation.queries import led_by, nearest_to
from appraisal.planning.figures import written
from appraisal.planning.models import Indicator, Skp
from appraisal.planning.terms import covers

from .achievement import achievement, formula_in_words
from .matrix import Rating
from .models import Evaluation, ResultRating
from .suggestion import suggested_rating

CONTENT = (
    "predikat",
    "work_rating",
    "work_reason",
    "behaviour_rating",
    "behaviour_reason",
    "note",
    "receipt",
)
READS_FINAL = (Role.PERSONNEL_OFFICE, Role.INSPECTOR)


def visible_evaluations(user, *, day=None):
    """The evaluations whose content `user` may read on `day`.

    The employee reads his own once it is final. His appraiser of the day reads it in every state; that appraiser's
    own superior of the day, the personnel office and the inspector once it is final. Who decided it and has left
    reads it no longer. A unit admin follows states only and a system admin nothing, so neither finds anything here.
    """
    day, person, visible = day or timezone.localdate(), employee_of(user), Q(pk__in=[])
    final = ~Q(state=Evaluation.State.DRAFT)
    if person is not None:
        team = subordinate_keys_on(person, day)
        visible |= Q(skp__employee=person) & final
        above = indirect_subordinate_keys_on(person, day)
        visible |= Q(skp__employee__in=team)
        visible |= Q(skp__employee__in=above) & final
    paths = [grant.unit.path for grant in grants_on(user, day, *READS_FINAL)]
    if paths:
        visible |= path_in(paths, "skp__unit__") & final
    mine_under_way = Q(skp__employee=person, state=Evaluation.State.DRAFT) if person else Q(pk__in=[])
    return Evaluation.objects.filter(visible).exclude(mine_under_way)


@dataclass
class Progress:
    """How far a period of one's own plan is; `predikat` stays empty until the evaluation is final."""

    plan: Skp
    period: Period
    evaluation: Evaluation | None = None

    @property
    def is_decided(self):
        return self.evaluation is not None and self.evaluation.state != Evaluation.State.DRAFT

    @property
    def may_carry_over(self):
        """He came in the middle of the period, whose evaluation is open: the result of the old unit may be chosen."""
        in_the_middle = self.period.starts_on < self.plan.starts_on <= self.period.ends_on
        return in_the_middle and not self.is_decided and not self.period.is_annual and self.period.is_open()

    @property
    def words(self):
        return self.evaluation.get_state_display() if self.evaluation else "Belum dinilai"


def own_progress(plans):
    """The periods that have begun, of those `plans` that are agreed, newest first; three queries.

    Of a draft only its state is read: what stands in it belongs to the appraiser until it is final.
    """
    agreed = [plan for plan in plans if plan.state == Skp.State.AGREED]
    shown = Evaluation.objects.living().filter(skp__in=agreed)
    decided = shown.exclude(state=Evaluation.State.DRAFT).defer(*CONTENT[1:])
    found = {(row.skp_id, row.period_id): row for row in [*drafts_of(agreed), *decided]}
    years = {plan.year for plan in agreed}
    begun = Period.objects.filter(year__in=years, starts_on__lte=timezone.localdate())
    begun = begun.filter(~Q(cadence=Period.Cadence.ANNUAL) | Q(opens_at__lte=timezone.now()))
    return [
        Progress(plan, period, found.get((plan.pk, period.pk)))
        for period in begun.order_by("-ends_on", "starts_on")
        for plan in agreed
        if covers(plan, period) or (plan.pk, period.pk) in found
    ]


def drafts_of(plans):
    """Evaluations under way of `plans` with nothing but their state: the row itself is closed to the employee."""
    asked = "SELECT id, skp_id, period_id, state FROM appraisal_evaluation_states(%s) WHERE state = %s"
    with connection.cursor() as cursor:
        cursor.execute(asked, [[plan.pk for plan in plans], Evaluation.State.DRAFT])
        rows = cursor.fetchall()
    return [Evaluation.from_db("default", ["id", "skp_id", "period_id", "state"], row) for row in rows]


def employees_decided(period):
    """The keys of everybody whose evaluation for `period` is final, for counting: past the row-level security."""
    asked = """
        SELECT plan.employee_id FROM appraisal_decided_skps(%s) decided
            JOIN appraisal_plan_states(%s) plan ON plan.skp_id = decided.skp_id WHERE plan.state = 'agreed'
    """
    return RawSQL(asked, [period.pk, period.year])  # noqa: S611


@dataclass
class AssessedMeasure(Measure):
    percent: Decimal | None = None

    @property
    def percent_words(self):
        if not self.indicator.is_numeric:
            return "Dinilai dari bukti"
        return "Belum dihitung" if self.percent is None else f"{written(self.percent)}%"

    @property
    def formula(self):
        if not self.indicator.is_numeric:
            return "Target ini bukan angka, maka capaian dinilai dari bukti dan umpan balik."
        return formula_in_words(
            target=self.indicator.target, realised=self.value, lower_is_better=is_lower_better(self.indicator)
        )


@dataclass
class AssessedResult(RecordedResult):
    rating: ResultRating | None = None


@dataclass
class Assessment:
    """What an evaluation rests on: the results with achievement and rating so far, and the seven values."""

    results: list
    values: list


@dataclass(frozen=True)
class Organisation:
    """What the organisation of an employee achieved in the period; `level` is None while nobody has set it."""

    unit: object
    level: str | None

    @property
    def words(self):
        return Achievement(self.level).label if self.level else "Belum ditetapkan"

    @property
    def in_receipt(self):
        return self.unit.name, Achievement(self.level).label if self.level else None


def organisation_for(evaluation, appraiser=None):
    """The unit that his appraiser leads, and what it achieved (page 94 g); None where the appraiser leads none."""
    person = appraiser or evaluation.appraiser
    leaders = {"appraiser": person} if person else {}
    return organisation_from(
        led_by(leaders, evaluation.period, day_of(evaluation), employee=evaluation.skp.employee)
    )


def day_of(evaluation):
    """The day of which the organisation is asked: today, or the last day of a period that is over."""
    return min(timezone.localdate(), evaluation.period.ends_on)


def organisation_from(led):
    """The Organisation out of what `led_by` told of the "appraiser" of its employee."""
    rows = {row.unit: row for row in led if "appraiser" in row.leaders}
    unit = nearest_to(led[0].workplace if led else None, list(rows))
    found = rows[unit].achievement if unit else None
    return Organisation(unit, found.level if found else None) if unit else None


def assessment_of(evaluation, *, ratings=None, evidence=None, values=None):
    """Six queries however long the plan is; seven for a whole year, which sees what its periods recorded.

    `ratings` (by result) when they were read already; `evidence` and `values` as for `record_of`.
    """
    if ratings is None:
        ratings = {row.result_id: row for row in ResultRating.objects.filter(evaluation=evaluation)}
    record = record_of(evaluation.skp_id, evaluation.period, evidence=evidence, values=values)
    results = [
        AssessedResult(
            result=row.result,
            measures=[assessed(measure) for measure in row.measures],
            evidence=row.evidence,
            feedback=row.feedback,
            rating=ratings.get(row.result.pk),
        )
        for row in record.results
    ]
    return Assessment(results, record.values)


def assessed(measure):
    if not measure.indicator.is_numeric:
        return AssessedMeasure(indicator=measure.indicator, realisation=measure.realisation)
    percent = achievement(
        target=measure.indicator.target,
        realised=measure.value,
        lower_is_better=is_lower_better(measure.indicator),
    )
    return AssessedMeasure(indicator=measure.indicator, realisation=measure.realisation, percent=percent)


def is_lower_better(indicator):
    return indicator.direction == Indicator.Direction.LOWER


def suggestion_for(results, ratings):
    """The suggestion from what is rated so far, or None while a main result is not rated.

    `results` are WorkResults, `ratings` their ResultRatings by result.
    """
    given = {"main": [], "additional": []}
    for result in results:
        row = ratings.get(result.pk)
        if row is not None and row.rating:
            given[result.kind].append(Rating(row.rating))
        elif result.kind == result.Kind.MAIN:
            return None
    return suggested_rating(main=given["main"], additional=given["additional"]) if given["main"] else None
