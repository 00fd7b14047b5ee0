"""The whole line of one person in one statement: the same as going up and down step by step."""

import random
from datetime import timedelta

import pytest

from agencies.people.models import Employee
from agencies.people.reporting_line import appraiser_on, subordinates_on, whole_line_keys_on

from .organisation import START, random_organisation

pytestmark = pytest.mark.django_db
DAY = START + timedelta(40)


def upwards(person):
    found, at = set(), person
    while (at := appraiser_on(at, DAY)) is not None and at.pk not in found:
        found.add(at.pk)
    return found


def downwards(person):
    found, level = set(), [person]
    while level:
        level = [each for leader in level for each in subordinates_on(leader, DAY) if each.pk not in found]
        found.update(each.pk for each in level)
    return found


@pytest.mark.parametrize("seed", range(3))
def test_it_is_everybody_above_and_everybody_below_and_himself(seed):
    people, _ = random_organisation(random.Random(seed))
    lengths = set()

    for person in people:
        found = set(
            Employee.objects.filter(pk__in=whole_line_keys_on(person, DAY)).values_list("pk", flat=True)
        )
        assert found == {person.pk} | upwards(person) | downwards(person)
        lengths.add(len(found))
    assert max(lengths) > 1
