"""Is a plan complete enough to be submitted? Gaps refuse it, advice does not."""

from .coverage import coverage_advice, coverage_gaps
from .models import Skp, WorkResult
from .rules import appraiser_today


def gaps_in(skp):
    """What must be mended before the plan can be submitted: a list of (where, what) in Indonesian."""
    results = list(skp.results.prefetch_related("indicators"))
    appraiser = appraiser_today(skp)
    gaps = []
    if not any(result.kind == WorkResult.Kind.MAIN for result in results):
        gaps.append(("Hasil kerja utama", "Isi sedikitnya satu hasil kerja utama."))
    for where, result in named(results):
        if not result.statement.strip():
            gaps.append((where, "Isi rencana hasil kerja."))
        if not result.indicators.all():
            gaps.append((where, "Isi sedikitnya satu indikator dengan target."))
    if appraiser is None:
        gaps.append(("Pejabat penilai", "Pejabat penilai Anda belum tercatat. Hubungi admin unit Anda."))
    elif agreed_results_of(appraiser, skp.year).exists():
        gaps += [
            (where, "Pilih rencana hasil kerja pimpinan yang diintervensi.")
            for where, result in named(results)
            if result.parent_id is None and result.goal_id is None
        ]
    gaps += coverage_gaps(skp, named(results))
    return gaps


def advice_for(skp):
    """What is worth doing but refuses nothing, as (where, what)."""
    results = list(skp.results.prefetch_related("indicators"))
    return [
        (where, "Belum terhubung dengan hasil kerja pimpinan. Hubungkan setelah SKP pimpinan diajukan.")
        for where, result in named(results)
        if result.parent_id is None and result.goal_id is None
    ] + coverage_advice(skp, results)


def agreed_results_of(employee, year):
    return WorkResult.objects.filter(skp__employee=employee, skp__year=year, skp__state=Skp.State.AGREED)


def named(results):
    """Each result with the words a reader finds it by, e.g. "Hasil kerja utama 2"."""
    counts = {}
    for result in results:
        counts[result.kind] = counts.get(result.kind, 0) + 1
        yield f"Hasil kerja {result.get_kind_display().lower()} {counts[result.kind]}", result
