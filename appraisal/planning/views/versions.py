"""What was agreed, version by version, and what changed from one to the next."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ambon_kinerja.personal_data.actions import note_viewing

from ..comparing import differences, summary, word
from ..models import AnnexLine, Indicator, WorkResult
from .reading import find_skp


@require_safe
def version_list(request, pk):
    skp = find_skp(request, pk)
    note_viewing(request.user, about=skp.employee, kind="skp")
    versions = skp.versions.defer("content").select_related("appraiser").order_by("-number")
    return render(request, "appraisal/planning/versions.html", {"skp": skp, "versions": versions})


@require_safe
def version_detail(request, pk, number):
    """One version as it was agreed, and how it differs from the one before or the one named by ?dari=."""
    skp = find_skp(request, pk)
    version = get_object_or_404(skp.versions.select_related("appraiser"), number=number)
    others = list(skp.versions.exclude(pk=version.pk).values_list("number", flat=True))
    before = skp.versions.filter(number=number_asked(request, others, number)).first()
    note_viewing(request.user, about=skp.employee, kind="skp")
    context = {
        "skp": skp,
        "version": version,
        "before": before,
        "others": others,
        "lines": differences(before.content, version.content) if before else [],
        "groups": groups_of(version.content),
        "annex": [summary(AnnexLine, line) for line in version.content["annex"]],
    }
    return render(request, "appraisal/planning/version.html", context)


def number_asked(request, others, number):
    asked = request.GET.get("dari", "")
    if asked.isascii() and asked.isdecimal() and len(asked) < 6 and int(asked) in others:
        return int(asked)
    return number - 1


def groups_of(content):
    """[("A. Utama", results), …] of a version, every value in words."""
    results = [
        {
            "kind": row["kind"],
            "statement": row["statement"],
            "parent": word(WorkResult, "parent", row["parent"] or row["goal"]),
            "facts": facts_of(row),
            "indicators": [facts_of_indicator(one) for one in row["indicators"]],
        }
        for row in content["results"]
    ]
    return [
        (words, [result for result in results if result["kind"] == kind])
        for words, kind in (("A. Utama", "main"), ("B. Tambahan", "additional"))
    ]


def facts_of(row):
    names = ("assigned_by", "assigner", "origin", "control")
    return [
        (WorkResult._meta.get_field(name).verbose_name, word(WorkResult, name, row[name]))
        for name in names
        if row[name]
    ]


def facts_of_indicator(row):
    labels = [word(Indicator, name, row[name]) for name in ("aspect", "perspective")]
    return {"words": summary(Indicator, row), "about": ", ".join(filter(None, labels))}
