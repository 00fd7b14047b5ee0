"""What stands beside a plan on its pages: advice on its words, and the way to its other parts."""

from django import template
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Count, Exists, OuterRef, Q

from agencies.people.models import ServiceState
from appraisal.planning.actions.annexes import ordered_lines
from appraisal.planning.actions.copying import plan_to_copy
from appraisal.planning.checks import Draft, Line, findings_in
from appraisal.planning.completeness import advice_for, findings_of, results_now, source_of
from appraisal.planning.figures import target_in_words
from appraisal.planning.library.copied import changed_lines, to_compare
from appraisal.planning.models import AnnexLine, Skp, StudyPlan

register = template.Library()


@register.simple_tag
def plan_advice(skp):
    """The advice on a plan, also for who does not write it: [(where, what)]."""
    return advice_for(skp)


@register.simple_tag
def result_findings(skp, result):
    """What is to be said about one stored result; nothing about a new one."""
    return findings_of(result, skp) if result is not None else []


@register.simple_tag
def typed_findings(skp, form, formset, result):
    """What is to be said about the words in a form as they stand, whether stored or just typed.

    An untouched new form is left in peace.
    """
    statement = str(form["statement"].value() or "")
    lines = [line_of(row) for row in formset.forms]
    lines = tuple(line for line in lines if line.statement.strip() or line.has_target)
    if not statement.strip() and not lines:
        return []
    ground = result.absolute_ground if result is not None else ""
    return findings_in(
        Draft(statement, lines, ground), is_qualitative=skp.is_qualitative, is_for_leader=skp.is_for_leader
    )


def line_of(row):
    def typed(name):
        return str(row[name].value() or "") if name in row.fields else ""

    aspect = row["aspect"].value() if "aspect" in row.fields else ""
    return Line(
        statement=typed("statement"),
        aspect="+".join(aspect) if isinstance(aspect, list | tuple) else str(aspect or ""),
        target_low=typed("target_low"),
        unit=typed("unit"),
        target_text=typed("target_text"),
    )


@register.simple_tag
def annex_parts(skp):
    """[(kind, words, lines)] of form A.1.8; [] when nothing was written."""
    lines = ordered_lines(skp)
    parts = [
        (kind, words, [line for line in lines if line.kind == kind]) for kind, words in AnnexLine.Kind.choices
    ]
    return parts if lines else []


@register.simple_tag
def beside_the_plan(skp, groups, may_edit, is_owner):
    """The other parts of a plan, in one query; two more where results can be or were copied."""
    parts = parts_of(skp)
    results = [result for _, _, members in groups for result in members]
    source = plan_to_copy(skp) if may_edit and not results else None
    return parts | {
        "offers_study": parts["has_study"] or (is_owner and parts["has_state"]),
        "copy_year": source.year if source else None,
        "copied": copied_results(skp) if any(result.copied_from_id for result in results) else [],
    }


def parts_of(skp):
    holds = Q(results__withdrawn_on=None, results__indicators__withdrawn_on=None)
    studying = ServiceState.objects.known().filter(
        employee=OuterRef("employee"), kind=ServiceState.Kind.STUDY_LEAVE, term__overlap=skp_term(skp)
    )
    counted = (
        Skp.objects.filter(pk=skp.pk)
        .annotate(
            annex=Count("annex_lines", distinct=True),
            indicators=Count("results__indicators", distinct=True, filter=holds),
            manuals=Count("results__indicators__manual", distinct=True, filter=holds),
            has_study=Exists(StudyPlan.objects.filter(skp=OuterRef("pk"))),
            has_state=Exists(studying),
        )
        .values("annex", "indicators", "manuals", "has_study", "has_state")
    )
    return counted.get()


def skp_term(skp):
    return DateRange(skp.starts_on, skp.ends_on, "[]")


def copied_results(skp):
    """[(result, number, year, how many lines changed)] of those that came from another year."""
    return [
        (result, number, old.skp.year, len(changed_lines(to_compare(old), to_compare(result))))
        for number, result in enumerate(results_now(skp), start=1)
        if (old := source_of(result)) is not None
    ]


@register.filter
def target_of(indicator):
    """The target of an indicator as a number with its unit, or in words; "" when the narrative holds it."""
    return target_in_words(indicator) if indicator.is_numeric else indicator.target_text
