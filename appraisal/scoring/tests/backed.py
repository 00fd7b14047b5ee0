"""Ratings that stand on something, for tests about other things."""

from appraisal.monitoring.models import Evidence


def backing_for(evaluation, ratings, *, reason="Sudah dibicarakan."):
    """The `backing` of a draft: for each result above or below expectation one piece of evidence, made here.

    `ratings` maps keys of results to (rating, …); below gets `reason` for passing by the warning.
    """
    found = {}
    for number, (key, (rating, *_)) in enumerate(ratings.items(), start=1):
        if rating not in ("above", "below"):
            continue
        evidence, _ = Evidence.objects.get_or_create(
            result_id=key,
            period=evaluation.period,
            title=f"Rekap {number}",
            defaults={
                "dated": evaluation.period.starts_on,
                "link": f"https://rekap.contoh.test/{number}",
                "added_by": evaluation.skp.employee.user,
            },
        )
        found[key] = ({f"e{evidence.pk}"}, reason if rating == "below" else "")
    return found
