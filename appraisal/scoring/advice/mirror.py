"""The rater's mirror: how somebody's ratings lie beside those of others, with how sure one can be of it. Pure.

Five questions: is he milder or stricter, does he use the whole scale, does he tell the results of one person apart,
does he look at the last weeks only, does he repeat the period before. Each says something only when chance would
hardly have made it (together at most one alarm in twenty where nothing is wrong), and nothing at all under five people.
It never changes a rating. Everything is arithmetic on fixed grids: the same ratings give the same numbers.

A rating counts as +1 above, 0 as, -1 below expectation; a person's score is the mean of his results.
"""

from dataclasses import dataclass
from math import comb, exp, log, sqrt
from statistics import NormalDist, fmean, variance

SCORE = {"above": 1, "meets": 0, "below": -1}
FEWEST = 5  # people; fewer are never judged by
SURE = 0.9  # of the intervals
# How often chance alone may raise each alarm: together at most one in twenty.
CHANCE_MILD, CHANCE_NARROW, CHANCE_HALO, CHANCE_LATE = 0.025, 0.005, 0.005, 0.005
COPIED_SHARE = 0.8
LAST_DAYS = 30
SPREADS = [step / 40 for step in range(1, 33)]  # how far raters may differ, from 0.025 to 0.8
USUAL_SPREAD = 0.3
NORMAL = NormalDist()


@dataclass(frozen=True)
class Ratee:
    """One person as rated: the ratings of his results by their key, of his behaviour, and the same a period ago.

    `cited_ages` are the days between each piece of evidence cited and the end of the period.
    """

    results: dict
    behaviour: str = ""
    before: dict | None = None
    behaviour_before: str = ""
    cited_ages: tuple = ()

    @property
    def scores(self):
        return [SCORE[rating] for rating in self.results.values()]

    @property
    def score(self):
        return fmean(self.scores)

    @property
    def is_copied(self):
        """The same in everything that was rated both times, or None where nothing was."""
        both = set(self.results) & set(self.before or {})
        if not both:
            return None
        same = all(self.results[key] == self.before[key] for key in both)
        return same and self.behaviour == self.behaviour_before


@dataclass(frozen=True)
class Finding:
    """`code`: leniency, range, halo, recency, copying. `low` and `high` bound `value` at 90 %, where they can."""

    code: str
    value: float
    low: float | None
    high: float | None
    alarms: bool


@dataclass(frozen=True)
class Mirror:
    people: int
    findings: tuple = ()

    @property
    def is_silent(self):
        return self.people < FEWEST

    @property
    def alarms(self):
        return [finding for finding in self.findings if finding.alarms]


def mirror(own, others, *, days=91):
    """The mirror of one rater. `own` are his Ratees, `others` lists of Ratees by each other rater.

    `days` is the length of the period. Who has fewer than FEWEST people, or is compared with fewer, gets silence.
    """
    own = [ratee for ratee in own if ratee.results]
    others = [kept for each in others if (kept := [ratee for ratee in each if ratee.results])]
    if len(own) < FEWEST:
        return Mirror(len(own))
    findings = [recency(own, others, days), copying(own)]
    if sum(len(each) for each in others) >= FEWEST:
        findings = [leniency(own, others), narrowness(own, others), halo(own, others), *findings]
    return Mirror(len(own), tuple(finding for finding in findings if finding))


def leniency(own, others):
    """How much milder (+) or stricter (-) than the others; drawn towards them as far as few people allow no more."""
    groups = [[ratee.score for ratee in each] for each in (own, *others)]
    within = pooled_variance(groups)
    if not within:
        return None
    means, sizes = [fmean(each) for each in groups], [len(each) for each in groups]
    rest = sum(mean * size for mean, size in zip(means[1:], sizes[1:], strict=True)) / sum(sizes[1:])
    difference = means[0] - rest
    error = sqrt(within * (1 / sizes[0] + 1 / sum(sizes[1:])))
    freedom = sum(sizes) - len(groups)
    value, low, high = shrunk(means, sizes, within)
    return Finding(
        "leniency", value, low, high, abs(difference) / error > student(1 - CHANCE_MILD / 2, freedom)
    )


def shrunk(means, sizes, within):
    """(estimate, low, high) of the first rater's own share: a normal model, its spread averaged over a grid."""
    weights, centres, deviations = [], [], []
    for spread in SPREADS:
        variances = [spread**2 + within / size for size in sizes]
        precision = sum(1 / each for each in variances)
        centre = sum(mean / each for mean, each in zip(means, variances, strict=True)) / precision
        fit = sum(
            -0.5 * (mean - centre) ** 2 / each - 0.5 * log(each)
            for mean, each in zip(means, variances, strict=True)
        )
        weights.append(fit - 0.5 * log(precision) - 0.5 * (spread / USUAL_SPREAD) ** 2)
        pull = spread**2 / variances[0]
        centres.append(pull * (means[0] - centre))
        deviations.append(sqrt(pull * within / sizes[0] + pull**2 / precision))
    best = max(weights)
    weights = [exp(each - best) for each in weights]
    total = sum(weights)
    parts = [
        (weight / total, NormalDist(centre, deviation))
        for weight, centre, deviation in zip(weights, centres, deviations, strict=True)
    ]
    value = sum(weight * part.mean for weight, part in parts)
    return value, quantile(parts, (1 - SURE) / 2), quantile(parts, (1 + SURE) / 2)


def quantile(parts, share):
    """Of a mixture of normals, by halving."""
    low, high = -3.0, 3.0
    for _ in range(30):
        middle = (low + high) / 2
        if sum(weight * part.cdf(middle) for weight, part in parts) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def narrowness(own, others):
    """The spread of his people's scores beside that of the others': 1 is the same, 0 everybody alike."""
    usual = pooled_variance([[ratee.score for ratee in each] for each in others])
    if not usual:
        return None
    freedom = len(own) - 1
    share = variance([ratee.score for ratee in own]) / usual
    return Finding("range", *ratio(share, freedom), share < chi_square(CHANCE_NARROW, freedom) / freedom)


def halo(own, others):
    """How far he tells the results of one person apart, beside the others: 1 is the same, 0 not at all."""
    usual, _ = told_apart([ratee for each in others for ratee in each])
    mine, freedom = told_apart(own)
    if not usual or freedom < FEWEST:
        return None
    share = mine / usual
    return Finding("halo", *ratio(share, freedom), share < chi_square(CHANCE_HALO, freedom) / freedom)


def told_apart(ratees):
    """(variance between the results of one person, its degrees of freedom)."""
    several = [ratee.scores for ratee in ratees if len(ratee.scores) > 1]
    freedom = sum(len(each) - 1 for each in several)
    return (pooled_variance(several), freedom) if freedom else (0, 0)


def ratio(share, freedom):
    """(value, low, high) of a ratio of variances."""
    low, high = (chi_square(each, freedom) / freedom for each in ((1 + SURE) / 2, (1 - SURE) / 2))
    return share, share / low, share / high


def recency(own, others, days):
    """The share of cited evidence from the last days, beside the others' or what an even spread would give."""
    ages = [age for ratee in own for age in ratee.cited_ages]
    if len(ages) < FEWEST:
        return None
    theirs = [age for each in others for ratee in each for age in ratee.cited_ages]
    late = sum(age < LAST_DAYS for age in ages)
    expected = min(1.0, LAST_DAYS / days)
    if len(theirs) >= FEWEST:
        expected = max(expected, sum(age < LAST_DAYS for age in theirs) / len(theirs))
    low, high = share_interval(late, len(ages))
    return Finding("recency", late / len(ages), low, high, at_least(late, len(ages), expected) < CHANCE_LATE)


def copying(own):
    """The share of people rated exactly as a period ago, of those rated then."""
    known = [ratee.is_copied for ratee in own if ratee.is_copied is not None]
    if len(known) < FEWEST:
        return None
    share = sum(known) / len(known)
    low, high = share_interval(sum(known), len(known))
    return Finding("copying", share, low, high, share >= COPIED_SHARE)


def pooled_variance(groups):
    freedom = sum(len(each) - 1 for each in groups)
    if freedom < 1:
        return 0
    means = [fmean(each) for each in groups]
    return (
        sum((value - mean) ** 2 for each, mean in zip(groups, means, strict=True) for value in each) / freedom
    )


def share_interval(count, total):
    """Wilson's interval of a share."""
    z = NORMAL.inv_cdf((1 + SURE) / 2)
    share, shift = count / total, z**2 / total
    middle = (share + shift / 2) / (1 + shift)
    half = z * sqrt(share * (1 - share) / total + shift / (4 * total)) / (1 + shift)
    return max(0.0, middle - half), min(1.0, middle + half)


def at_least(count, total, share):
    """The chance of `count` or more of `total` when each has `share`."""
    return sum(comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(count, total + 1))


def chi_square(share, freedom):
    """Its quantile, by Wilson and Hilferty."""
    z = NORMAL.inv_cdf(share)
    return freedom * max(0.0, 1 - 2 / (9 * freedom) + z * sqrt(2 / (9 * freedom))) ** 3


def student(share, freedom):
    """Its quantile, by the first terms of the Cornish-Fisher series."""
    z = NORMAL.inv_cdf(share)
    return z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
