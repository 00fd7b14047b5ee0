from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraisal.scoring.matrix import Rating
from appraisal.scoring.suggestion import suggested_rating

ABOVE, MEETS, BELOW = Rating.ABOVE, Rating.MEETS, Rating.BELOW
WORST_FIRST = [BELOW, MEETS, ABOVE]

ratings = st.sampled_from(Rating)


@pytest.mark.parametrize(
    ("main", "additional", "suggested"),
    [
        pytest.param([ABOVE] * 3, [], ABOVE, id="p.97 (1) all above"),
        pytest.param([ABOVE, ABOVE, MEETS], [], ABOVE, id="p.97 (1) most above"),
        pytest.param([ABOVE] * 4 + [BELOW], [], MEETS, id="p.97 (1) a main result below bars above"),
        pytest.param([ABOVE] * 3, [BELOW], ABOVE, id="p.97 (1) an additional one below does not bar"),
        pytest.param([ABOVE, MEETS], [], MEETS, id="p.97 half above is not most"),
        pytest.param([ABOVE, MEETS], [ABOVE], ABOVE, id="p.97 additional results count as results"),
        pytest.param([MEETS] * 3, [], MEETS, id="p.97 (2) all meet"),
        pytest.param([MEETS, MEETS, BELOW], [], MEETS, id="p.97 (2) a small part of the main below"),
        pytest.param([ABOVE, MEETS, BELOW], [], MEETS, id="p.97 (2) above counts as meeting"),
        pytest.param([BELOW] * 3, [], BELOW, id="p.98 (3) all below"),
        pytest.param([BELOW, BELOW, ABOVE], [], BELOW, id="p.98 (3) most below"),
        pytest.param([MEETS], [BELOW, BELOW], BELOW, id="p.98 (3) most below, counting additional"),
        pytest.param([ABOVE, BELOW], [], BELOW, id="unnamed: half of the main below"),
        pytest.param(
            [MEETS, BELOW],
            [MEETS] * 3,
            BELOW,
            id="unnamed: few below, yet half of the main",
        ),
        pytest.param(
            [MEETS, MEETS, BELOW],
            [BELOW],
            BELOW,
            id="unnamed: half of all below, few of the main",
        ),
    ],
)
def test_the_guide_suggests_a_rating(main, additional, suggested):
    assert suggested_rating(main=main, additional=additional).rating is suggested


def test_the_reasons_give_the_counts_and_the_page():
    assert suggested_rating(main=[ABOVE] * 4 + [BELOW]).reasons == (
        "Dari 5 hasil kerja: 4 di atas, 0 sesuai, 1 di bawah ekspektasi.",
        "Hasil kerja utama di bawah ekspektasi: 1 dari 5.",
        "Rating di atas ekspektasi tidak dapat disarankan karena masih ada "
        "1 hasil kerja utama di bawah ekspektasi.",
        "Menurut panduan PermenPANRB 6/2022 halaman 97–98, rating yang disarankan: sesuai ekspektasi.",
    )


@pytest.mark.parametrize(
    ("main", "additional", "why"),
    [
        (
            [ABOVE],
            [],
            "Seluruh hasil kerja di atas ekspektasi dan tidak ada hasil kerja utama di bawahnya.",
        ),
        (
            [ABOVE, ABOVE, MEETS],
            [],
            "Sebagian besar hasil kerja di atas ekspektasi dan tidak ada hasil kerja utama di bawahnya.",
        ),
        (
            [MEETS, MEETS, BELOW],
            [],
            "Sebagian besar hasil kerja memenuhi ekspektasi dan hanya sebagian kecil hasil "
            "kerja utama (1 dari 3) di bawahnya.",
        ),
        (
            [MEETS],
            [],
            "Sebagian besar hasil kerja memenuhi ekspektasi dan tidak ada hasil kerja utama di bawahnya.",
        ),
        ([BELOW], [], "Seluruh hasil kerja di bawah ekspektasi."),
        ([BELOW, BELOW, MEETS], [], "Sebagian besar hasil kerja di bawah ekspektasi."),
        (
            [MEETS, BELOW],
            [],
            "Syarat sesuai ekspektasi tidak terpenuhi: setengah atau lebih hasil kerja "
            "utama di bawah ekspektasi.",
        ),
        (
            [MEETS, MEETS, BELOW],
            [BELOW],
            "Syarat sesuai ekspektasi tidak terpenuhi: tidak lebih dari setengah hasil kerja "
            "memenuhi ekspektasi.",
        ),
    ],
)
def test_the_deciding_reason_fits_the_case(main, additional, why):
    assert suggested_rating(main=main, additional=additional).reasons[2] == why


def test_a_case_the_guide_does_not_name_is_said_to_be_one():
    named = suggested_rating(main=[BELOW, BELOW, MEETS]).reasons[-1]
    unnamed = suggested_rating(main=[MEETS, BELOW]).reasons[-1]

    assert "tidak disebut" in unnamed
    assert "tidak disebut" not in named


def test_without_a_main_result_nothing_is_suggested():
    with pytest.raises(ValueError, match="Belum ada hasil kerja utama"):
        suggested_rating(main=[], additional=[ABOVE])


@pytest.mark.parametrize("missing", [None, "", "istimewa"])
def test_a_missing_rating_is_never_guessed(missing):
    with pytest.raises(ValueError, match="Rating"):
        suggested_rating(main=[ABOVE, missing])
    with pytest.raises(ValueError, match="Rating"):
        suggested_rating(main=[ABOVE], additional=[missing])


def test_above_is_never_suggested_while_a_main_result_is_below():
    cases = [list(main) for size in range(1, 6) for main in product(Rating, repeat=size) if BELOW in main]

    assert {suggested_rating(main=main).rating for main in cases} == {MEETS, BELOW}


@given(
    main=st.lists(ratings, min_size=1, max_size=12),
    additional=st.lists(ratings, max_size=12),
    data=st.data(),
)
def test_raising_one_result_never_lowers_the_suggestion(main, additional, data):
    results = main + additional
    raised = data.draw(st.integers(0, len(results) - 1))
    better = WORST_FIRST[WORST_FIRST.index(results[raised]) :]
    results[raised] = data.draw(st.sampled_from(better))

    before = suggested_rating(main=main, additional=additional).rating
    after = suggested_rating(main=results[: len(main)], additional=results[len(main) :]).rating

    assert WORST_FIRST.index(after) >= WORST_FIRST.index(before)


@given(
    main=st.lists(ratings, min_size=1, max_size=8),
    additional=st.lists(ratings, max_size=8),
    order=st.randoms(),
)
def test_the_order_of_the_results_does_not_matter(main, additional, order):
    shuffled = order.sample(main, len(main)), order.sample(additional, len(additional))

    assert suggested_rating(main=shuffled[0], additional=shuffled[1]) == suggested_rating(
        main=main, additional=additional
    )
