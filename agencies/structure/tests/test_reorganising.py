from datetime import date

import pytest

from agencies.chart.tests.city import build_city
from agencies.structure.actions import change_post, change_unit
from agencies.structure.models import PostVersion, Unit, UnitVersion
from agencies.structure.refusals import NotPossible
from agencies.structure.reorganising import END, LEAD, STAY, leader_above, merge_units, move_unit, split_unit

pytestmark = pytest.mark.django_db
ON = date(2026, 7, 1)


@pytest.fixture
def city(db):
    return build_city()


def fates(city, **fate):
    return {city.posts[f"{key}-head"].pk: what for key, what in fate.items()}


def how_it_is_on(day):
    units = {
        unit: (name, parent)
        for unit, name, parent in UnitVersion.objects.on(day).values_list(
            "unit__code", "name", "parent__code"
        )
    }
    posts = {
        post: tuple(facts)
        for post, *facts in PostVersion.objects.on(day).values_list(
            "post__code", "unit__code", "leads_unit", "superior__code"
        )
    }
    return units, posts


def test_the_day_before_a_reorganisation_stays_as_it_was(city):
    before = how_it_is_on(date(2026, 6, 30))

    merge_units([city.units["catch"]], into=city.units["sea"], on=ON, heads=fates(city, catch=END), by="test")
    move_unit(city.units["market"], parent=city.units["fish"], on=ON, by="test")

    assert how_it_is_on(date(2026, 6, 30)) == before
    assert how_it_is_on(ON) != before


def test_whoever_reported_to_an_ended_head_reports_to_the_new_one(city):
    change_post(city.posts["market-staff"], on=date(2021, 1, 1), superior=city.posts["catch-head"], by="test")

    merge_units([city.units["catch"]], into=city.units["sea"], on=ON, heads=fates(city, catch=END), by="test")

    _, posts = how_it_is_on(ON)
    assert posts["catch-staff"] == ("sea", False, "sea-head")
    assert posts["market-staff"] == ("market", False, "sea-head")
    assert "catch-head" not in posts


def test_the_receiving_head_that_reported_to_an_ended_one_reports_further_up(city):
    change_post(city.posts["sea-head"], on=date(2021, 1, 1), superior=city.posts["catch-head"], by="test")

    merge_units([city.units["catch"]], into=city.units["sea"], on=ON, heads=fates(city, catch=END), by="test")

    assert how_it_is_on(ON)[1]["sea-head"] == ("sea", True, "fish-head")


def test_a_merged_unit_names_its_successor_and_its_head_may_stay(city):
    merge_units(
        [city.units["catch"]], into=city.units["sea"], on=ON, heads=fates(city, catch=STAY), by="test"
    )

    units, posts = how_it_is_on(ON)
    assert "catch" not in units
    assert posts["catch-head"] == ("sea", False, "sea-head")
    assert posts["catch-staff"] == ("sea", False, "catch-head")
    assert Unit.objects.get(code="catch").successor == city.units["sea"]


def test_a_new_unit_is_led_by_a_head_of_the_merged_ones(city):
    new = {"code": "IKAN", "name": "Bidang Ikan", "kind": "unit", "parent": city.units["fish"]}

    unit = merge_units(
        [city.units["catch"], city.units["sea"]],
        into=None,
        new_unit=new,
        on=ON,
        heads=fates(city, catch=LEAD, sea=STAY),
        by="test",
    )

    _, posts = how_it_is_on(ON)
    assert unit.code == "IKAN"
    assert posts["catch-head"] == ("IKAN", True, "fish-head")
    assert posts["sea-head"] == ("IKAN", False, "catch-head")
    assert posts["sea-staff"] == ("IKAN", False, "sea-head")


@pytest.mark.parametrize(
    ("merged", "into", "heads", "words"),
    [
        (["catch"], "catch", {"catch": END}, "tidak dapat digabung ke dirinya sendiri"),
        (["city"], "fish", {}, "Pemerintah Kota tidak dapat digabung"),
        (["fish"], "sea", {"fish": END}, "berada di bawah Dinas Perikanan"),
        (["catch"], "sea", {"catch": LEAD}, "Pilih satu pimpinan"),
    ],
)
def test_an_impossible_merger_is_refused_and_changes_nothing(city, merged, into, heads, words):
    before = how_it_is_on(ON)

    with pytest.raises(NotPossible, match=words):
        merge_units(
            [city.units[key] for key in merged],
            into=city.units[into],
            on=ON,
            heads=fates(city, **heads),
            by="test",
        )

    assert how_it_is_on(ON) == before


def test_a_later_decision_about_what_moves_is_in_the_way(city):
    change_unit(city.units["catch"], on=date(2026, 8, 1), name="Bidang Nanti", by="test")

    with pytest.raises(NotPossible, match="sudah tercatat perubahan mulai 1 Agustus 2026"):
        merge_units(
            [city.units["catch"]], into=city.units["sea"], on=ON, heads=fates(city, catch=END), by="test"
        )


def test_a_head_does_not_come_along_in_a_split(city):
    with pytest.raises(NotPossible, match="memimpin unit ini"):
        split_unit(
            city.units["catch"],
            new_unit={"code": "B", "name": "B", "kind": "unit", "parent": city.units["fish"]},
            posts=[city.posts["catch-head"]],
            head=city.posts["catch-head"],
            on=ON,
            by="test",
        )


def test_a_moved_unit_takes_what_is_below_and_its_head_gets_a_new_superior(city):
    move_unit(
        city.units["fish"], parent=city.units["trade"], superior=city.posts["trade-head"], on=ON, by="test"
    )

    units, posts = how_it_is_on(ON)
    assert units["fish"] == ("Dinas Perikanan", "trade")
    assert posts["fish-head"] == ("fish", True, "trade-head")
    assert Unit.objects.get(code="catch").path.startswith(Unit.objects.get(code="trade").path)


def test_a_unit_is_not_moved_below_itself(city):
    with pytest.raises(NotPossible, match="ke bawah dirinya sendiri"):
        move_unit(city.units["fish"], parent=city.units["catch"], on=ON, by="test")


def test_a_circle_of_superiors_is_refused(city):
    with pytest.raises(NotPossible, match="berputar"):
        change_post(city.posts["fish-head"], on=ON, superior=city.posts["catch-head"], by="test")


def test_the_leader_above_is_that_of_the_nearest_unit_with_one(city):
    assert leader_above(city.units["catch"], ON) == city.posts["fish-head"]
    assert leader_above(city.units["city"], ON) is None
