"""Gathers what the mirror of a rater needs, and puts what it finds into words."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from agencies.access.scope import path_in
from agencies.people.reporting_line import leads_somebody_on, subordinates_on
from ambon_kinerja.row_security import as_service
from appraisal.planning.figures import written
from appraisal.scoring.models import Citation, Evaluation, ResultRating

from .mirror import COPIED_SHARE, FEWEST, LAST_DAYS, Ratee, mirror

DECIDED = (Evaluation.State.FINAL, Evaluation.State.ACKNOWLEDGED)
MOST = 2000  # evaluations of others; a sample is enough to compare with

TITLES = {
    "leniency": "Murah atau ketat",
    "range": "Rentang rating",
    "halo": "Membedakan hasil kerja satu orang",
    "recency": "Bukti dari hari-hari terakhir",
    "copying": "Sama dengan periode lalu",
}


@dataclass(frozen=True)
class Reflection:
    """One finding in words; `looks` says whether it is worth a second look."""

    title: str
    sentence: str
    looks: bool


@dataclass(frozen=True)
class MirrorPage:
    people: int
    reflections: list
    fewest: int = FEWEST

    @property
    def is_silent(self):
        return self.people < self.fewest

    @property
    def looks(self):
        return [each for each in self.reflections if each.looks]


def mirror_of(person, period, *, with_draft=None):
    """The mirror of `person` in `period`: what he has decided, and the draft he is about to decide.

    Of what others decided only sums leave this function: nobody reads their ratings here.
    """
    counted = Q(state__in=DECIDED) | Q(pk=with_draft.pk if with_draft else None)
    own = Evaluation.objects.filter(counted, appraiser=person, period=period)
    plans = {row.pk: row.skp_id for row in own}
    paths = {agency_of(path) for path in own.values_list("skp__unit__path", flat=True)}
    with as_service():
        others = rated(others_in(period, paths, person)) if paths else {}
    seen = mirror(
        list(rated(own, before=before_of(plans, period)).get(person.pk, {}).values()),
        [list(each.values()) for each in others.values()],
        days=(period.ends_on - period.starts_on).days + 1,
    )
    return MirrorPage(seen.people, [reflection(finding) for finding in seen.findings])


def agency_of(path):
    """The path of the agency in which a unit lies: below the city, which is the first key."""
    return "/".join(path.split("/")[:2]).rstrip("/") + "/"


def others_in(period, paths, person):
    found = Evaluation.objects.filter(
        path_in(paths, "skp__unit__"), period=period, state__in=DECIDED
    ).exclude(appraiser=person)
    return Evaluation.objects.filter(pk__in=found.order_by("pk").values("pk")[:MOST])


def rated(evaluations, before=None):
    """{appraiser: {evaluation: Ratee}}"""
    rows = ResultRating.objects.filter(evaluation__in=evaluations.values("pk")).exclude(rating="")
    results, facts = defaultdict(dict), {}
    for row in rows.order_by().values_list(
        "evaluation",
        "evaluation__appraiser",
        "evaluation__skp",
        "evaluation__behaviour_rating",
        "result",
        "rating",
    ):
        results[row[0]][row[4]] = row[5]
        facts[row[0]] = row[1:4]
    ages = defaultdict(list)
    cited = Citation.objects.filter(rating__evaluation__in=evaluations.values("pk"), evidence__isnull=False)
    for evaluation, dated, end in cited.values_list(
        "rating__evaluation", "evidence__dated", "rating__evaluation__period__ends_on"
    ):
        ages[evaluation].append((end - dated).days)
    found = defaultdict(dict)
    for key, (appraiser, plan, behaviour) in facts.items():
        earlier, behaved = (before or {}).get(plan, ({}, ""))
        found[appraiser][key] = Ratee(results[key], behaviour, earlier, behaved, tuple(ages[key]))
    return found


def before_of(plans, period):
    """{plan: (ratings by result, behaviour)} of the newest period before, of the plans of `plans`."""
    earlier = Evaluation.objects.filter(
        skp=OuterRef("evaluation__skp"), state__in=DECIDED, period__ends_on__lt=period.starts_on
    )
    newest = Subquery(earlier.order_by("-period__ends_on").values("pk")[:1])
    rows = ResultRating.objects.filter(evaluation__skp__in=set(plans.values()), evaluation=newest)
    found = {}
    for plan, behaviour, result, rating in rows.values_list(
        "evaluation__skp", "evaluation__behaviour_rating", "result", "rating"
    ):
        found.setdefault(plan, ({}, behaviour))[0][result] = rating
    return found


def reflection(finding):
    return Reflection(TITLES[finding.code], SENTENCES[finding.code](finding), finding.alarms)


def two(number):
    return written(round(number, 2))


def percent(share):
    return f"{round(100 * share)}%"


def between(finding, words):
    return f"Dengan keyakinan 90%: antara {words(finding.low)} dan {words(finding.high)}."


def leniency_words(finding):
    side = "lebih tinggi" if finding.value >= 0 else "lebih rendah"
    return (
        f"Rata-rata {two(abs(finding.value))} tingkat {side} daripada penilai lain di perangkat daerah yang sama. "
        + between(finding, two)
    )


def range_words(finding):
    return (
        f"Beda antarpegawai {two(finding.value)} kali beda yang dibuat penilai lain; 0 berarti semua dinilai sama. "
        + between(finding, two)
    )


def halo_words(finding):
    return (
        f"Beda antar-hasil kerja satu orang {two(finding.value)} kali beda yang dibuat penilai lain; "
        "0 berarti semua hasil kerja seseorang mendapat rating sama. " + between(finding, two)
    )


def recency_words(finding):
    return f"{percent(finding.value)} bukti yang dirujuk berasal dari {LAST_DAYS} hari terakhir. " + between(
        finding, percent
    )


def copying_words(finding):
    return (
        f"{percent(finding.value)} pegawai mendapat rating yang sama persis dengan periode sebelumnya. "
        f"Ditandai mulai {percent(COPIED_SHARE)}."
    )


SENTENCES = {
    "leniency": leniency_words,
    "range": range_words,
    "halo": halo_words,
    "recency": recency_words,
    "copying": copying_words,
}


def leaders_below(person, day=None):
    """Those in the team of `person` who appraise others themselves: whose mirrors he may see."""
    day = day or timezone.localdate()
    return [
        each for each in subordinates_on(person, day).order_by("name", "pk") if leads_somebody_on(each, day)
    ]
