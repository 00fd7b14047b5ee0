"""Is a plan complete enough to be submitted? Gaps refuse it, advice does not."""

from .checks import between_results, draft_of, findings_in
from .coverage import coverage_advice, coverage_gaps
from .library.copied import has_new_target, to_compare
from .models import Indicator, Skp, WorkResult
from .rules import appraiser_today


def gaps_in(skp):
    """What must be mended before the plan can be submitted: a list of (where, what) in Indonesian."""
    results = results_now(skp)
    appraiser = appraiser_today(skp)
    gaps = []
    if not any(result.kind == WorkResult.Kind.MAIN for result in results):
        gaps.append(("Hasil kerja utama", "Isi sedikitnya satu hasil kerja utama."))
    for where, result in named(results):
        gaps += [(where, finding.words) for finding in findings_of(result, skp) if finding.is_gap]
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
    results = results_now(skp)
    advice = [
        (where, "Belum terhubung dengan hasil kerja pimpinan. Hubungkan setelah SKP pimpinan diajukan.")
        for where, result in named(results)
        if result.parent_id is None and result.goal_id is None
    ]
    return advice + coverage_advice(skp, results) + wording_advice(skp, results) + manual_advice(skp, results)


def wording_advice(skp, results):
    """How the results are written: by themselves, among each other, and against last year's they were copied from."""
    names = [where for where, _ in named(results)]
    advice = []
    for where, result in named(results):
        advice += [(where, finding.words) for finding in findings_of(result, skp) if not finding.is_gap]
        if same_as_last_year(result):
            words = f"Targetnya sama dengan tahun {result.copied_from.skp.year}. Pastikan masih sesuai."
            advice.append((where, words))
    for index, finding in between_results([draft_of(result) for result in results]):
        advice.append(("SKP ini" if index is None else names[index], finding.words))
    return advice


def manual_advice(skp, results):
    """A leader's indicators want a manual where not everybody understands them (page 37)."""
    if not skp.is_for_leader:
        return []
    missing = Indicator.objects.filter(result__in=results, withdrawn_on=None, manual=None).count()
    if not missing:
        return []
    words = f"{missing} indikator belum punya manual. Wajib jika indikatornya belum dipahami semua pegawai."
    return [("Manual indikator", words)]


def findings_of(result, skp):
    """What is to be said about one stored result of this plan."""
    return findings_in(draft_of(result), is_qualitative=skp.is_qualitative, is_for_leader=skp.is_for_leader)


def same_as_last_year(result):
    """Was the result copied, and does it still promise just what it promised then?"""
    old = source_of(result)
    return old is not None and not has_new_target(to_compare(old), to_compare(result))


def source_of(result):
    """The result this one was copied from; None too when the reader may not see that plan (row-level security)."""
    old = result.copied_from
    return old if getattr(old, "skp", None) is not None else None


def results_now(skp):
    """The results that hold, with everything the checks read: three queries, five when some were copied."""
    return list(
        skp.results.filter(withdrawn_on=None)
        .select_related("copied_from__skp")
        .prefetch_related("indicators", "copied_from__indicators")
    )


def agreed_results_of(employee, year):
    return WorkResult.objects.filter(skp__employee=employee, skp__year=year, skp__state=Skp.State.AGREED)


def named(results):
    """Each result with the words a reader finds it by, e.g. "Hasil kerja utama 2"."""
    counts = {}
    for result in results:
        counts[result.kind] = counts.get(result.kind, 0) + 1
        yield f"Hasil kerja {result.get_kind_display().lower()} {counts[result.kind]}", result
