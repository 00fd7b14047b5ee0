"""The mirror on simulated raters: it finds what was planted, and is silent where nothing was."""

from dataclasses import replace
from random import Random

import pytest

from appraisal.scoring.advice.mirror import FEWEST, Ratee, leniency, mirror

RESULTS = 6


def simulated(chance, people, *, bias=0.0, narrow=1.0, halo=False, late=False):
    """The people of one rater: a true level each, seen with noise, put on the scale of three."""
    ratees = []
    for _ in range(people):
        level = chance.gauss(0, 0.35) * narrow + bias
        noise = chance.gauss(0, 0.5)
        seen = [level + (noise if halo else chance.gauss(0, 0.5) * narrow) for _ in range(RESULTS)]
        ratings = {key: on_scale(value) for key, value in enumerate(seen)}
        ages = tuple(chance.randrange(20 if late else 91) for _ in range(2))
        before = {key: on_scale(level + chance.gauss(0, 0.5)) for key in range(RESULTS)}
        ratees.append(Ratee(ratings, "meets", before, "meets", ages))
    return ratees


def on_scale(value):
    return "above" if value > 0.5 else "below" if value < -0.5 else "meets"


def city(chance, raters=15, people=12):
    return [simulated(chance, people) for _ in range(raters)]


CITIES = [city(Random(number), raters=10) for number in range(8)]  # drawing them is what takes time


def share_of_alarms(code, runs, **planted):
    chance, found = Random(20), 0
    for number in range(runs):
        seen = mirror(simulated(chance, 12, **planted), CITIES[number % len(CITIES)])
        found += any(finding.code == code for finding in seen.alarms)
    return found / runs


def test_a_rater_half_a_step_milder_is_found_at_twelve_people_nine_times_in_ten():
    assert share_of_alarms("leniency", 80, bias=0.5) >= 0.9
    assert share_of_alarms("leniency", 80, bias=-0.5) >= 0.9


def test_where_nothing_is_wrong_at_most_one_mirror_in_twenty_raises_any_alarm():
    chance, runs = Random(7), 200
    alarms = sum(
        bool(mirror(simulated(chance, 12), CITIES[number % len(CITIES)]).alarms) for number in range(runs)
    )

    assert alarms / runs <= 0.05


def test_the_interval_of_mildness_holds_the_truth_about_nine_times_in_ten():
    """Raters of known mildness on the scale itself, so that the truth is a number and not an opinion."""
    chance, inside, runs = Random(3), 0, 200
    for _ in range(runs):
        biases = [chance.gauss(0, 0.25) for _ in range(15)]
        groups = [[Fixed(chance.gauss(bias, 0.4)) for _ in range(12)] for bias in biases]
        found = leniency(groups[0], groups[1:])
        inside += found.low <= biases[0] <= found.high

    assert 0.85 <= inside / runs <= 0.95


class Fixed:
    def __init__(self, score):
        self.score = score


@pytest.mark.parametrize(
    ("code", "planted"), [("range", {"narrow": 0.1}), ("halo", {"halo": True}), ("recency", {"late": True})]
)
def test_a_narrow_scale_a_halo_and_short_memory_are_found(code, planted):
    assert share_of_alarms(code, 40, **planted) >= 0.8


def test_an_exact_copy_of_the_period_before_is_always_found():
    chance = Random(1)
    for people in (FEWEST, 12, 40):
        copied = [
            replace(ratee, before=dict(ratee.results), behaviour_before=ratee.behaviour)
            for ratee in simulated(chance, people)
        ]
        assert [finding.value for finding in mirror(copied, []).alarms if finding.code == "copying"] == [1.0]


def test_under_five_people_nothing_is_said():
    seen = mirror(simulated(Random(1), FEWEST - 1, bias=2), city(Random(2)))

    assert (seen.is_silent, seen.findings) == (True, ())


def test_a_person_without_ratings_does_not_count():
    assert mirror([Ratee({})] * 9, []).is_silent


def test_the_same_ratings_give_the_same_numbers():
    own, others = simulated(Random(4), 12), city(Random(5))

    assert mirror(own, others) == mirror(list(own), list(others))


def test_few_people_pull_the_estimate_to_the_others():
    others = city(Random(5))
    few, many = (mirror(simulated(Random(6), people, bias=0.5), others).findings[0] for people in (5, 60))

    assert few.high - few.low > many.high - many.low
    assert few.low <= few.value <= few.high
