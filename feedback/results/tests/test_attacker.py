"""Nobody's answer can be worked out of what is published, by any subtraction; without suppression it can (control)."""

import pytest

from feedback.results.disclosure import Mass, publish

from .attacker import finds
from .organisations import draw, published_facts, unguarded_facts

COST = "biaya"  # where a service is free everybody gives the same answer: that is no secret (ADR 0024)


def broken(city, facts):
    """What the attacker finds in one organisation: (question, groups, low, high), or None."""
    totals, elements = facts
    if found := finds(totals, city.people, 9):
        return ("index", *found)
    for key, own in elements.items():
        if key != COST and (found := finds(own, city.people, 1)):
            return (key, *found)
    return None


@pytest.mark.parametrize("seed", range(10))
def test_what_is_published_gives_nobody_away(seed):
    city = draw(seed)

    assert broken(city, published_facts(city)) is None


def test_without_suppression_the_attacker_finds_somebody():
    cities = [draw(seed) for seed in range(10)]

    found = [broken(city, unguarded_facts(city)) for city in cities if city.answers]

    assert sum(each is not None for each in found) >= 0.9 * len(found)


@pytest.mark.measure
def test_two_hundred_organisations_give_nobody_away():
    found = {seed: broken(draw(seed), published_facts(draw(seed))) for seed in range(1000, 1200)}

    assert {seed: each for seed, each in found.items() if each} == {}


def mass(people):
    return Mass(people, (people,), (people,))


def test_a_small_rest_takes_the_smallest_told_service_with_it():
    told = publish(
        "unit", {"unit": ["big", "small", "one"]}, {"big": mass(90), "small": mass(40), "one": mass(1)}
    )

    assert set(told) == {"unit", "big"}
    assert told["unit"].is_whole


def test_small_rests_that_are_enough_together_hide_nothing_else():
    told = publish("unit", {"unit": ["big", "a", "b"]}, {"big": mass(90), "a": mass(6), "b": mass(5)})

    assert set(told) == {"unit", "big"}
    assert told["unit"].is_whole


def test_a_rest_without_a_told_service_beside_it_counts_only_further_up():
    children = {"city": ["x", "y"], "x": ["a"], "y": ["b", "c"]}
    told = publish("city", children, {"a": mass(90), "b": mass(4), "c": mass(3)})

    assert set(told) == {"a", "x", "city"}
    assert told["city"].leaves == {"a"}
    assert not told["city"].is_whole
