"""What was recorded, cited, said and promised, as the gate and the pages ask for it."""

from dataclasses import dataclass, field

from django.db.models import Min, Q
from django.utils import timezone

from agencies.access.roles import Role
from agencies.access.scope import employee_of, grants_on, path_in
from agencies.people.reporting_line import indirect_subordinate_keys_on
from appraisal.guidance.models import Guidance
from appraisal.monitoring.models import Evidence, Feedback
from appraisal.monitoring.queries import within
from appraisal.planning.models import AnnexLine
from appraisal.rulebook.queries import values_on
from appraisal.scoring.models import Citation, Escalation
from appraisal.scoring.receipt import sha256_of

EARLY_DAYS, BACKDATED_DAYS = "early_feedback_days", "backdated_evidence_days"


@dataclass
class Facts:
    """Of one evaluation, by the keys of results."""

    period: object
    early_days: int
    evidence: dict = field(default_factory=dict)  # result → its evidence in the period
    feedback: dict = field(default_factory=dict)  # result → its feedback in the period
    cited: dict = field(default_factory=dict)  # result → {"e1", "f2"}
    warned_at: dict = field(
        default_factory=dict
    )  # result → when the first feedback that names a lack was recorded
    promises: int = 0  # promised support without an outcome

    def cited_evidence(self, key):
        return [row for row in self.evidence.get(key, ()) if evidence_key(row) in self.cited.get(key, ())]

    def cited_feedback(self, key):
        return [row for row in self.feedback.get(key, ()) if feedback_key(row) in self.cited.get(key, ())]

    def cited_inside(self, key):
        first, last = self.period.starts_on, self.period.ends_on
        return [row for row in self.cited_evidence(key) if first <= row.dated <= last]

    def has_evidence(self, key):
        return bool(self.evidence.get(key))

    def cites_feedback(self, key):
        return bool(self.cited_feedback(key))

    def has_feedback(self, key):
        return bool(self.feedback.get(key))


def evidence_key(row):
    return f"e{row.pk}"


def feedback_key(row):
    return f"f{row.pk}"


def fingerprint(evidence):
    """What a piece of evidence is known by: the hash of the file, of the address, or of what citizens said."""
    return evidence.sha256 or sha256_of(evidence.link or f"{evidence.service_id} {evidence.title}")


def facts_of(evaluation):
    """The facts of an evaluation for making it final, read now; five queries."""
    about = {"result__skp": evaluation.skp_id}
    facts = Facts(
        evaluation.period,
        values_on((EARLY_DAYS,), evaluation.period.ends_on)[EARLY_DAYS],
        cited=citations_of(evaluation),
        warned_at=warnings_to(evaluation.skp_id),
        promises=promises_open(evaluation.skp),
    )
    for row in Evidence.objects.filter(within(evaluation.period), **about):
        facts.evidence.setdefault(row.result_id, []).append(row)
    for row in Feedback.objects.filter(within(evaluation.period), **about):
        facts.feedback.setdefault(row.result_id, []).append(row)
    return facts


def citations_of(evaluation):
    """{result: {"e1", "f2"}}"""
    found = {}
    for row in Citation.objects.filter(rating__evaluation=evaluation).select_related("rating"):
        found.setdefault(row.rating.result_id, set()).add(key_of(row))
    return found


def key_of(citation):
    return f"e{citation.evidence_id}" if citation.evidence_id else f"f{citation.feedback_id}"


def lacks_named(skp):
    """Feedback on results of the plan, of any period, that does not only praise."""
    return Feedback.objects.filter(skp=skp, result__isnull=False).exclude(tone=Feedback.Tone.POSITIVE)


def warnings_to(skp):
    """{result: when the first feedback that names a lack was recorded}; the moment of recording, which nobody types."""
    return dict(lacks_named(skp).order_by().values_list("result").annotate(first=Min("recorded_at")))


def promises_open(skp, now=None):
    """How much promised support has no outcome: lines of annex A.1.8, and guidance asked for or past its day."""
    now = now or timezone.now()
    lines = AnnexLine.objects.filter(
        skp=skp, kind=AnnexLine.Kind.RESOURCE, support=AnnexLine.Support.PROMISED
    )
    guided = Guidance.objects.filter(employee=skp.employee_id, year=skp.year)
    return lines.count() + without_outcome(guided, now).count()


def without_outcome(guided, now):
    """Guidance that was asked for and never planned, or planned for a day that passed without it."""
    state = Guidance.State
    return guided.filter(Q(state=state.ASKED) | Q(state=state.PLANNED, meets_at__lt=now))


def mark_evidence(rows, period, days):
    """Give each row its `marks`: what makes one look twice, in words. Never a reason to refuse it."""
    for row in rows:
        row.marks = []
        added_on = timezone.localdate(row.added_at)
        if (late := (added_on - row.dated).days) > days:
            row.marks.append(f"Bertanggal {late} hari sebelum diunggah")
        if row.added_at >= period.opens_at:
            row.marks.append("Diunggah setelah masa penilaian dibuka")
    return rows


def visible_escalations(user, day=None, grants=None):
    """Those about people two steps below `user` today; the personnel office reads those that found no superior.

    `grants` are his of the day when they were read already; else one query.
    """
    day, person, visible = day or timezone.localdate(), employee_of(user), Q(pk__in=[])
    if person is not None:
        below = indirect_subordinate_keys_on(person, day)
        visible |= Q(rating__evaluation__skp__employee__in=below, sent_to__isnull=False)
    grants = grants_on(user, day, Role.PERSONNEL_OFFICE) if grants is None else grants
    paths = [grant.unit.path for grant in grants if grant.role == Role.PERSONNEL_OFFICE]
    if paths:
        visible |= path_in(paths, "rating__evaluation__skp__unit__") & Q(sent_to=None)
    found = Escalation.objects.filter(visible)
    if person is not None:
        found = found.exclude(rating__evaluation__skp__employee=person)
        found = found.exclude(rating__evaluation__appraiser=person)
    return found.select_related(
        "rating__evaluation__skp__employee",
        "rating__evaluation__skp__unit",
        "rating__evaluation__period",
        "rating__evaluation__appraiser",
        "rating__result",
        "seen_by",
    )
