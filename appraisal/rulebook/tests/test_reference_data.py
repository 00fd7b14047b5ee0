from datetime import date

import pytest

from appraisal.rulebook.models import BehaviourValue, Rule
from appraisal.rulebook.queries import behaviour_values, rule_on
from appraisal.rulebook.reference_data import fill

pytestmark = pytest.mark.django_db


def test_fill_gives_the_seven_values_of_article_10_with_three_guides_each():
    fill()

    assert [(value.name, len(value.guides)) for value in behaviour_values()] == [
        ("Berorientasi Pelayanan", 3),
        ("Akuntabel", 3),
        ("Kompeten", 3),
        ("Harmonis", 3),
        ("Loyal", 3),
        ("Adaptif", 3),
        ("Kolaboratif", 3),
    ]


def test_fill_twice_adds_nothing_and_never_overwrites_what_the_office_changed():
    fill()
    Rule.objects.create(
        key="hand_over_working_days", valid_from=date(2023, 1, 1), value=10, text="baru", source="uji"
    )
    counts = BehaviourValue.objects.count(), Rule.objects.count()
    BehaviourValue.objects.filter(position=1).update(guides=["Lain"])

    fill()

    assert (BehaviourValue.objects.count(), Rule.objects.count()) == counts
    assert rule_on("hand_over_working_days", date(2026, 1, 1)).value == 10
    assert BehaviourValue.objects.get(position=1).guides == ["Lain"]


def test_every_rule_says_where_it_stands():
    fill()

    assert [
        rule.key for rule in Rule.objects.all() if "PermenPANRB" not in rule.source or not rule.text
    ] == []


def test_the_newest_version_not_after_the_day_is_in_force():
    fill()
    Rule.objects.create(
        key="hand_over_working_days", valid_from=date(2027, 1, 1), value=7, text="baru", source="uji"
    )

    found = [rule_on("hand_over_working_days", day).value for day in (date(2026, 12, 31), date(2027, 1, 1))]

    assert found == [14, 7]


@pytest.mark.parametrize(("key", "day"), [("matrix", date(2022, 2, 6)), ("tidak ada", date(2026, 1, 1))])
def test_a_rule_that_is_not_in_force_is_an_error_and_no_guess(key, day):
    fill()

    with pytest.raises(Rule.DoesNotExist):
        rule_on(key, day)
