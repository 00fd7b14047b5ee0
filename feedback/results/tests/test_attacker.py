"""Nobody's answer can be worked out of what is published, by any subtraction; without suppression it can (control)."""

import pytest

from feedback.results import figures
from feedback.results.disclosure import Mass, publish
from feedback.results.index import ELEMENTS
from feedback.results.published import counters

from .attacker import Fact, conclusions, finds, finds_agreement, finds_members
from .gathering import Gathered, published_facts, read_profile, unguarded_facts
from .organisations import ASKED, Organisation, ask_local, draw, put_in_place

COST = "biaya"  # where a service is free everybody gives the same answer: that is no secret (ADR 0024)


def broken(city, gathered):
    """What the attacker finds in one organisation: (question, groups, low, high), or None."""
    if found := finds(gathered.totals, city.people, 9):
        return ("index", *found)
    if found := finds_agreement(gathered.totals, gathered.squares, city.people):
        return ("interval", *found)
    for key, own in gathered.elements.items():
        if key != COST and (found := finds(own, city.people, 1)):
            return (key, *found)
    for code, own in gathered.sexes.items():
        if found := finds_members(own, city.people):
            return (f"profile {code}", *found)
    for key, own in gathered.local.items():
        if found := finds(own, city.people, 1):
            return (f"local {key}", *found)
        if found := finds_agreement(own, gathered.local_squares[key], city.people):
            return (f"interval of {key}", *found)
    return None


def found_in(seeds, *, local=False):
    cities = {seed: ask_local(draw(seed), seed) if local else draw(seed) for seed in seeds}
    found = {seed: broken(city, published_facts(city)) for seed, city in cities.items()}
    return {seed: each for seed, each in found.items() if each}


# In 1002 and 1117 the open link was told twice: in the estimate of a unit, and again further up. In 2155
# the unit's figure was that of a service hidden after a look, and of another one that was told.
@pytest.mark.parametrize("seed", [*range(10), 1002, 1117, 2155])
def test_what_is_published_gives_nobody_away(seed):
    assert found_in([seed]) == {}


@pytest.mark.parametrize("seed", range(10))
def test_what_is_published_of_local_elements_gives_nobody_away(seed):
    assert found_in([seed], local=True) == {}


def test_every_source_says_something():
    """Otherwise the attacker would be blind where it matters."""
    gathered = [published_facts(ask_local(draw(seed), seed)) for seed in range(25)]

    assert min(sum(len(each.totals) for each in gathered), sum(len(each.squares) for each in gathered)) > 20
    assert sum(len(own) for each in gathered for own in each.elements.values()) > 40
    assert sum(len(own) for each in gathered for own in each.sexes.values()) > 20
    assert min(sum(len(each.local[key]) for each in gathered) for key in ASKED) > 3


def test_without_suppression_the_attacker_finds_somebody():
    cities = [draw(seed) for seed in range(10)]

    found = [broken(city, unguarded_facts(city)) for city in cities if city.answers]

    assert sum(each is not None for each in found) >= 0.9 * len(found)


@pytest.mark.measure
def test_four_hundred_organisations_give_nobody_away():
    found = found_in(range(1000, 1200)) | found_in(range(2000, 2200), local=True)
    cities = [city for seed in range(1000, 1200) if (city := draw(seed)).answers]
    unguarded = sum(broken(city, unguarded_facts(city)) is not None for city in cities)
    print(
        f"400 organisations: {len(found)} found; without suppression {unguarded} of the first {len(cities)}"
    )

    assert found == {}
    assert unguarded >= 0.9 * len(cities)


# --- one source after the other, its protection taken away


def row(total):
    """Nine answers with this sum."""
    return tuple(total // 9 + (place < total % 9) for place in range(9))


def city_of(children, **totals):
    """A city whose units are `children`; `totals`: {service: the sums of those who answered with a code}."""
    answers = {
        (service, "controlled", "early", None): [row(each) for each in own] for service, own in totals.items()
    }
    sexes = {group: ["P"] * len(rows) for group, rows in answers.items()}
    return Organisation("city", children, [*totals], answers, sexes)


def told_of_elements_alone(city):
    """The sums of the nine elements of whomever their own layer would count, whether the index counts them or not."""
    layers = city.layers()
    for told in layers.elements.values():
        groups = city.groups(told.leaves, "controlled")
        total = city.spread(groups)[0].total
        yield Fact(groups, total, total)


def test_elements_of_others_than_the_index_would_give_a_person_away():
    mixed = [36, 27, 30, 22] * 5
    children = {"city": ["unit"], "unit": ["own", "a", "b"], "a": ["one"], "b": ["two"]}
    city = city_of(children, own=[31], one=mixed, two=mixed)
    gathered = published_facts(city)

    assert broken(city, gathered) is None
    gathered.totals += told_of_elements_alone(city)
    assert broken(city, gathered)[2:] == (31, 31)


def test_an_interval_without_width_would_say_that_all_agree(monkeypatch):
    children = {"city": ["unit"], "unit": ["mixed", "alike"]}
    city = city_of(children, mixed=[36, 27, 30, 22] * 10, alike=[27] * 30)

    assert broken(city, published_facts(city)) is None
    monkeypatch.setattr(figures, "apart", lambda spread: 99)
    assert broken(city, published_facts(city))[0] == "interval"


def beside_a_counter(people, total):
    """One answer beside a service that is hidden for its sake, and whose single counter is all of it."""
    city = city_of({"city": ["unit"], "unit": ["poli", "one"]}, one=[total])
    group = ("poli", "controlled", "early", "a")
    city.answers[group] = [row([36, 27, 30, 22][number % 4]) for number in range(people)]
    city.sexes[group] = ["P"] * people
    city.services, city.staffed = ["poli", "one"], frozenset(["poli"])
    return city


def points_left(city):
    """How many sums are possible for the one person, for all that is published: 28 where nothing is known."""
    one = city.groups(["one"])
    known = [(low, high) for groups, low, high in conclusions(published_facts(city).totals) if groups == one]
    return min([28, *(min(high, 36) - max(low, 9) + 1 for low, high in known)])


def test_counters_of_a_hidden_service_would_narrow_down_for_whom_it_is_hidden(monkeypatch):
    cities = [beside_a_counter(people, total) for people in range(30, 40) for total in (9, 36)]

    assert {points_left(city) for city in cities} == {28}
    monkeypatch.setattr(counters, "is_told_alone", lambda figure: True)
    assert min(points_left(city) for city in cities) < 14


def test_a_profile_counted_anew_for_the_unit_above_would_give_a_person_away():
    mixed = [36, 27, 30, 22] * 14
    city = city_of({"city": ["unit"], "unit": ["own", "below"], "below": ["many"]}, own=[31], many=mixed[:54])
    city.sexes["many", "controlled", "early", None] = ["P"] * 42 + ["L"] * 12
    gathered = published_facts(city)

    assert broken(city, gathered) is None
    everybody = city.groups(city.services)
    read_profile(gathered, city, everybody, city.profile(city.services))
    assert broken(city, gathered)[0] == "profile P"


def test_a_profile_of_one_group_would_say_that_everybody_is_in_it():
    city = city_of({"city": ["unit"], "unit": ["many"]}, many=[36, 27, 30, 22] * 10)

    assert city.profile(["many"]) == ()
    gathered = Gathered()
    read_profile(gathered, city, city.groups(["many"]), [("Perempuan", 40)])
    assert broken(city, gathered)[0] == "profile P"


# --- local elements


def asking(city, key, **said):
    """The services answer a local element as `said`: {service: values}."""
    for service, values in said.items():
        (group,) = city.groups([service])
        city.local[key, group] = values
        if place := ASKED[key].replaces:
            put_in_place(city.answers[group], list(ELEMENTS).index(place), values)
    return city


VARIED = [4, 3, 2, 4]


def two_units(*, own):
    """Thirty-odd voices in each of two services, and a few beside the first, which is hidden for their sake."""
    mixed = [36, 27, 30, 22] * 10
    children = {"city": ["unit", "other"], "unit": ["few", "many"], "other": ["third"]}
    return city_of(children, few=own, many=mixed, third=mixed)


def test_what_replaces_an_element_is_not_taken_from_it_to_leave_a_few(monkeypatch):
    """Only the many were asked it; their sum, less that of all, would be the official answers of the few."""
    city = asking(two_units(own=[31, 20]), "laman", many=VARIED * 10)
    assert broken(city, published_facts(city)) is None

    monkeypatch.setattr(figures, "may_be_told", lambda *given: True)
    assert broken(city, published_facts(city))[0] == "kompetensi"


def test_what_is_asked_in_the_place_of_the_known_cost_is_a_block_of_its_own(monkeypatch):
    """The many pay nothing, as everybody knows: the place of the cost, less that, is what the few answered."""
    city = asking(two_units(own=[31, 20]), "keadilan", few=[1, 3])
    assert broken(city, published_facts(city)) is None

    monkeypatch.setattr(figures, "without_cost", lambda *given: Mass())
    assert broken(city, published_facts(city))[0] == "local keadilan"


def test_all_may_agree_on_a_local_element_and_it_is_not_told(monkeypatch):
    city = asking(two_units(own=[]), "parkir", third=[3] * 40)
    assert broken(city, published_facts(city)) is None

    monkeypatch.setattr(figures, "may_be_told", lambda *given: True)
    assert broken(city, published_facts(city))[0] == "interval of parkir"


def test_a_further_local_element_is_told_and_moves_no_index():
    city = two_units(own=[])
    without = city.shown()
    asking(city, "parkir", third=VARIED * 10, many=[1, 1, 2, 3] * 10)

    shown = city.shown()

    assert [line["index"] for line in shown["third"]["local"]] == ["81.25"]
    assert [line["count"] for line in shown["city"]["local"]] == [80]
    assert {node: figure | {"local": []} for node, figure in shown.items() if figure["elements"]} == {
        node: figure for node, figure in without.items() if figure["elements"]
    }


def test_what_replaces_an_element_is_told_under_both_names():
    shown = asking(two_units(own=[]), "keadilan", third=VARIED * 10).shown()

    label = {line["key"]: line["label"] for line in shown["third"]["elements"]}["biaya"]
    assert label == "Keadilan (pengganti Biaya/tarif)"
    assert shown["third"]["local"][0]["replaces"] == "Biaya/tarif"
    assert "without_cost" not in shown["third"]
    label = {line["key"]: line["label"] for line in shown["city"]["elements"]}["biaya"]
    assert label == "Biaya/tarif (sebagian diganti Keadilan)"


# --- the blocks


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
