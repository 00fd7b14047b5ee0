"""Does a plan say what the law wants of its format? What its owner's agreement, posts and perspectives ask for."""

from django.utils import timezone

from agencies.people.models import Assignment
from appraisal.goals.models import Goal, PerformanceAgreement

from .models import Indicator, WorkResult

WHERE_GOALS, WHERE_PERSPECTIVE = "Perjanjian Kinerja", "Perspektif"


def coverage_gaps(skp, named):
    """What has to be mended before the plan can be submitted, as (where, what); `named` results with indicators."""
    named, gaps = list(named), []
    results = [result for _, result in named]
    if skp.is_for_leader:
        gaps += [
            (WHERE_GOALS, f"Sasaran “{goal.statement}” belum didukung hasil kerja utama.")
            for goal in uncovered_goals(skp, results, PerformanceAgreement.State.SIGNED)
        ]
        if results and Indicator.Perspective.BUDGET not in perspectives_in(results):
            gaps.append((WHERE_PERSPECTIVE, "Perspektif Anggaran harus ada pada sedikitnya satu indikator."))
    for where, result in named:
        gaps += [(where, what) for what in form_gaps(skp, result)]
    return gaps


def form_gaps(skp, result):
    """What the plan's format asks of each indicator and this one lacks."""
    for indicator in result.indicators.all():
        if skp.is_for_leader and not indicator.perspective:
            yield f"Pilih perspektif untuk indikator “{indicator.statement}”."
        if not skp.is_qualitative:
            if not indicator.is_numeric and not indicator.target_text:
                yield f"Isi target untuk indikator “{indicator.statement}”."
            if not skp.is_for_leader and not indicator.aspect:
                yield f"Pilih aspek untuk indikator “{indicator.statement}”."


def coverage_advice(skp, results):
    """What is worth doing but refuses nothing."""
    results, advice = list(results), []
    if skp.is_for_leader:
        advice += [
            (WHERE_GOALS, f"Rancangan memuat sasaran “{goal.statement}”. Dukung dengan hasil kerja utama.")
            for goal in uncovered_goals(skp, results, PerformanceAgreement.State.DRAFT)
        ]
        found = perspectives_in(results)
        advice += [
            (WHERE_PERSPECTIVE, f"Perspektif {perspective.label} belum ada.")
            for perspective in Indicator.Perspective
            if results and perspective not in found and perspective != Indicator.Perspective.BUDGET
        ]
    is_written = any(result.origin == WorkResult.Origin.ACTING for result in results)
    if not is_written and (post := acting_post(skp)):
        advice.append(
            ("Penugasan", f"Anda bertugas sebagai {post}. Tulis hasilnya sebagai hasil kerja utama.")
        )
    return advice


def goals_of(skp):
    """The goals of the agreement of the unit this plan's owner leads, in the plan's year."""
    return Goal.objects.filter(agreement__unit=skp.unit_id, agreement__year=skp.year)


def uncovered_goals(skp, results, state):
    covered = {result.goal_id for result in results if result.kind == WorkResult.Kind.MAIN}
    return [goal for goal in goals_of(skp).filter(agreement__state=state) if goal.pk not in covered]


def perspectives_in(results):
    return {one.perspective for result in results for one in result.indicators.all()} - {""}


def perspectives_shown(results):
    """[(label, is covered)] for the four perspectives, in their order."""
    found = perspectives_in(results)
    return [(perspective.label, perspective in found) for perspective in Indicator.Perspective]


def acting_post(skp):
    """The post its owner acts for today, as "Plt. Kepala …", or ""."""
    kinds = (Assignment.Kind.PLT, Assignment.Kind.PLH)
    held = Assignment.objects.on(timezone.localdate()).filter(employee=skp.employee_id, kind__in=kinds)
    found = held.select_related("post").first()
    return f"{found.kind.capitalize()}. {found.post.name}" if found else ""
