"""The smallest changes against every possible change of a small plan."""

from collections import Counter
from itertools import product

import pytest

from appraisal.scoring.advice.what_if import LEVELS, ORDER, smallest_changes
from appraisal.scoring.matrix import predikat_for
from appraisal.scoring.suggestion import suggested_rating


def by_brute_force(main, additional, work, behaviour):
    """{(what the ratings of each kind become, behaviour then): predikat} of fewest steps, trying everything upwards."""
    now, size = ORDER.index(predikat_for(work=work, behaviour=behaviour)), len(main)
    follows = suggested_rating(main=main, additional=additional).rating == work
    start = [*main, *additional] if follows else [work]
    best, found = None, {}
    for then in product(LEVELS, repeat=len(start)):
        for behaved in LEVELS:
            pairs = list(zip([*start, behaviour], [*then, behaved], strict=True))
            steps = [LEVELS.index(after) - LEVELS.index(before) for before, after in pairs]
            if min(steps) < 0:
                continue
            worked = then[0]
            if follows:
                worked = suggested_rating(main=list(then[:size]), additional=list(then[size:])).rating
            predikat = predikat_for(work=worked, behaviour=behaved)
            if ORDER.index(predikat) <= now or (best is not None and sum(steps) > best):
                continue
            if best is None or sum(steps) < best:
                best, found = sum(steps), {}
            kinds = ["main"] * size + ["additional"] * len(additional) if follows else ["work"]
            moved = Counter(
                (kind, before, after)
                for kind, (before, after) in zip([*kinds, "behaviour"], pairs, strict=True)
                if before != after
            )
            found[frozenset(moved.items())] = predikat
    return best, found


@pytest.mark.parametrize("shape", [(1, 0), (2, 0), (1, 1), (3, 0), (2, 1)])
def test_it_finds_all_of_the_smallest_changes_and_no_other(shape):
    for ratings in product(LEVELS, repeat=sum(shape)):
        main, additional = list(ratings[: shape[0]]), list(ratings[shape[0] :])
        for work, behaviour in product(LEVELS, repeat=2):
            best, expected = by_brute_force(main, additional, work, behaviour)

            found = smallest_changes(main=main, additional=additional, work=work, behaviour=behaviour)

            told = {
                frozenset(
                    ((move.kind, move.before, move.after), move.count) for move in change.moves
                ): change.predikat
                for change in found
            }
            assert told == expected
            assert len(told) == len(found)
            assert all(change.steps == best for change in found)


def test_the_best_predikat_asks_for_nothing():
    assert smallest_changes(main=["above"], work="above", behaviour="above") == []


def test_a_change_reads_as_a_sentence():
    (first, *_) = smallest_changes(main=["below", "meets"], work="below", behaviour="meets")

    assert first.words == (
        "1 hasil kerja utama dari di bawah ekspektasi menjadi sesuai ekspektasi: predikat menjadi Baik."
    )


def test_a_large_plan_is_answered_quickly():
    assert smallest_changes(main=["below"] * 12, additional=["below"] * 4, work="below", behaviour="below")
