from hypothesis import given
from hypothesis import strategies as st

from appraisal.reports.disclosure import Audience, Outcome, distribution_of, units_to_show
from appraisal.scoring.matrix import Predikat

OPEN, LIMITED = Audience.OPEN, Audience.LIMITED


def distribution(*counts):
    return distribution_of(dict(zip(Predikat.values, counts, strict=True)))


def groups(*counts):
    return [(len(levels), count) for levels, count in distribution(*counts).groups]


def test_fewer_than_ten_people_have_no_distribution():
    assert (distribution(4, 5, 0, 0, 0).outcome, distribution(4, 5, 0, 0, 0).groups) == (Outcome.HIDDEN, ())


def test_one_level_for_everybody_is_only_said_in_words():
    shown = distribution(0, 40, 0, 0, 0)

    assert (shown.outcome, shown.groups) == (Outcome.ONE_LEVEL, ())


def test_large_levels_are_shown_to_everybody():
    shown = distribution(20, 60, 15, 0, 0)

    assert (shown.outcome, shown.audience) == (Outcome.SHOWN, OPEN)
    assert groups(20, 60, 15, 0, 0) == [(1, 20), (1, 60), (1, 15), (1, 0), (1, 0)]


def test_a_small_level_is_joined_with_its_neighbour():
    assert groups(20, 60, 12, 3, 2) == [(1, 20), (1, 60), (3, 17)]
    assert groups(3, 60, 12, 0, 0) == [(2, 63), (1, 12), (1, 0), (1, 0)]


def test_a_small_agency_is_shown_to_those_who_may_read_it_only():
    assert distribution(4, 8, 3, 0, 0).audience == LIMITED
    assert groups(4, 8, 3, 0, 0) == [(1, 4), (1, 8), (1, 3), (1, 0), (1, 0)]
    assert groups(4, 9, 2, 0, 0) == [(1, 4), (2, 11), (1, 0), (1, 0)]


def test_one_person_beside_all_others_is_hidden():
    assert distribution(0, 13, 0, 1, 0).outcome == Outcome.HIDDEN


PEOPLE = st.sampled_from((0, 1, 2, 3, 4, 5, 9, 10, 11, 30))


@given(st.lists(PEOPLE, min_size=5, max_size=5))
def test_no_group_of_people_is_smaller_than_its_readers_may_see(sizes):
    shown = distribution(*sizes)
    smallest = 10 if shown.audience == OPEN else 3

    assert all(count == 0 or count >= smallest for _, count in shown.groups)
    assert sum(count for _, count in shown.groups) in (0, sum(sizes))


def test_a_hidden_unit_never_stands_alone_below_the_limit():
    assert units_to_show({"a": 30, "b": 12, "c": 4}, audience=OPEN) == {"a"}
    assert units_to_show({"a": 30, "b": 12, "c": 6, "d": 6}, audience=OPEN) == {"a", "b"}
    assert units_to_show({"a": 30, "b": 12}, audience=OPEN) == {"a", "b"}
    assert units_to_show({"a": 5, "b": 11}, audience=LIMITED) == {"a", "b"}
    assert units_to_show({"a": 4, "b": 11}, audience=LIMITED) == set()


@given(st.lists(PEOPLE, max_size=6))
def test_the_people_behind_hidden_means_cannot_be_singled_out(people):
    units = dict(enumerate(people))
    for audience, smallest in ((OPEN, 10), (LIMITED, 5)):
        shown = units_to_show(units, audience=audience)
        hidden = sum(count for unit, count in units.items() if unit not in shown)

        assert hidden == 0 or hidden >= smallest or not shown
        assert all(units[unit] >= smallest for unit in shown)
