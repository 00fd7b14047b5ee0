"""What the second reader sees of a case: built past the wall, handed on masked and without a single key of a person."""

from dataclasses import dataclass, field

from agencies.people.models import Assignment, Employee
from agencies.structure.models import Unit
from appraisal.monitoring.evidence_files import read_kept
from appraisal.monitoring.models import Feedback
from appraisal.monitoring.queries import record_of

from .masking import masked, pattern_of, terms_of
from .nameless_files import nameless, neutral_name


@dataclass
class BlindEvidence:
    """`number` is what the address shows; a link or a survey cannot be opened without saying whose it is."""

    number: int
    title: str
    month: object
    kind: str
    can_open: bool


@dataclass
class BlindResult:
    number: int
    kind: str
    statement: str
    measures: list
    evidence: list = field(default_factory=list)
    feedback: list = field(default_factory=list)


@dataclass
class BlindCase:
    period: str
    results: list
    values: list
    brought: list


def case_of(reading):
    """The case of a reading. Call it past the wall and hand on nothing else."""
    evaluation = reading.objection.document.evaluation
    pattern = pattern_for(reading.objection)
    record = record_of(evaluation.skp_id, evaluation.period)
    numbered = {
        (kind, row.pk): number for number, (kind, row) in enumerate(all_evidence(reading.objection), 1)
    }

    def hidden(text):
        return masked(text, pattern)

    def shown(row, kind):
        is_file = bool(row.file_path)
        title, dated = (hidden(row.title), getattr(row, "dated", None))
        words = "Berkas" if is_file else "Tautan" if row.link else "Survei layanan"
        return BlindEvidence(numbered[kind, row.pk], title, dated, words, is_file)

    def said(feedback):
        return {
            "tone": feedback.get_tone_display(),
            "giver": feedback.get_giver_display(),
            "text": hidden(feedback.text),
            "answer": hidden(feedback.answer),
        }

    results = [
        BlindResult(
            number=number,
            kind=row.result.get_kind_display(),
            statement=hidden(row.result.statement),
            measures=[
                {
                    "statement": hidden(measure.indicator.statement),
                    "target": hidden(measure.target_words),
                    "value": hidden(measure.value_words),
                    "note": hidden(measure.note),
                }
                for measure in row.measures
            ],
            evidence=[shown(each, "plan") for each in row.evidence],
            feedback=[said(each) for each in row.feedback],
        )
        for number, row in enumerate(record.results, start=1)
    ]
    values = [
        {
            "name": row.value.name,
            "guides": row.value.guides,
            "expectation": hidden(row.expectation),
            "feedback": [said(each) for each in row.feedback],
        }
        for row in record.values
    ]
    brought = [shown(each, "brought") for each in reading.objection.evidence.filter(cited=None)]
    return BlindCase(str(evaluation.period), results, values, brought)


def all_evidence(objection):
    """[("plan" or "brought", row)] of the period and of the objection in one order, so that a number stays a number."""
    evaluation = objection.document.evaluation
    record = record_of(evaluation.skp_id, evaluation.period)
    rows = [("plan", each) for row in record.results for each in row.evidence]
    return [*rows, *(("brought", each) for each in objection.evidence.filter(cited=None))]


def file_of(reading, number):
    """(bytes, neutral name, content type) of a piece of evidence, or None when there is nothing that may be shown."""
    rows = all_evidence(reading.objection)
    if not 1 <= number <= len(rows):
        return None
    row = rows[number - 1][1]
    content = read_kept(row) if row.file_path else None
    if content is None:
        return None
    shown = nameless(content, row.content_type, pattern_for(reading.objection))
    return None if shown is None else (shown, neutral_name(number, row.content_type), row.content_type)


def pattern_for(objection):
    """What to look for in the texts of this case: the parties, whoever gave feedback, their posts and units."""
    document = objection.document
    evaluation = document.evaluation
    heads = [head for head in document.parties.values() if head]
    givers = Feedback.objects.filter(skp=evaluation.skp_id).values("given_by")
    people = Employee.objects.filter(user__in=givers) | Employee.objects.filter(
        pk__in=[objection.employee_id, objection.appraiser_id, objection.decider_id]
    )
    facts = list(people.values_list("name", "nip"))
    held = Assignment.objects.filter(employee__in=people).values_list("post__name", "post__unit__name")
    units = set(
        Unit.objects.filter(pk__in=objection.unit.path_keys, parent__isnull=False).values_list(
            "name", flat=True
        )
    )
    posts = set()
    for post, unit in held:
        posts.add(post)
        units.add(unit)
    return pattern_of(
        terms_of(
            people={name for name, _ in facts} | {head["name"] for head in heads},
            nips={nip for _, nip in facts if nip} | {head["nip"] for head in heads if head["nip"]},
            posts={post for post in posts if post} | {head["post"] for head in heads if head["post"]},
            units={unit for unit in units if unit} | {head["unit"] for head in heads if head["unit"]},
        )
    )
