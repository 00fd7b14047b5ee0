"""Pages of the appraisal tell of the citizens' survey what is published, and nothing that one answer would move."""

import re
from datetime import date
from pathlib import Path

import pytest
import time_machine

from appraisal.organisation.figures import satisfaction_beside
from appraisal.organisation.spans import Span
from appraisal.reports.figures import agency_figures
from appraisal.reports.tests.agency import AFTER_THE_QUARTER, City
from feedback.results.actions import refresh_running
from feedback.results.published.spans import services_shown_within

TOLD_ONWARD = ("periods", "published")
LIVE = re.compile(r"feedback\.results\.(?!(?:{})\b)\w+".format("|".join(TOLD_ONWARD)))
HERE = Path(__file__).parents[1]


def told(city):
    """Everything that a leader may open: the report, the page of the achievement, the record of feedback."""
    days = city.period.starts_on, city.period.ends_on
    return (
        agency_figures(city.agency, city.period)["services"],
        [
            satisfaction_beside(unit, span)
            for unit in (city.agency, city.unit)
            for span in (Span(2026), Span(2026, city.period))
        ],
        services_shown_within(*days, unit=city.unit),
    )


@pytest.mark.django_db
@pytest.mark.parametrize("is_locked", [False, True])
def test_one_more_answer_moves_no_figure_of_a_leader(is_locked):
    with time_machine.travel(AFTER_THE_QUARTER, tick=True):
        city = City()
        service = city.service("Pelayanan ibu dan anak", *[3] * 20, *[4] * 20)
        city.service("Laboratorium", *[3] * 6, *[4] * 6)
        refresh_running()
        if is_locked:
            city.lock_survey()
        before = told(city)

        city.answers(service, 1, day=date(2026, 9, 30))

        assert told(city) == before
        assert (before[0][1]["index"] is not None) == is_locked


def test_no_page_of_the_appraisal_counts_answers_itself():
    """Whoever needs another figure adds it to `feedback.results.published`, where the attacker is tested (ADR 0024)."""
    product = [path for path in HERE.rglob("*.py") if not {"tests", "demo"} & {*path.relative_to(HERE).parts}]

    assert {path.name: found for path in product if (found := LIVE.findall(path.read_text()))} == {}
    assert LIVE.findall("from feedback.results.queries import leaves_of")  # the control
