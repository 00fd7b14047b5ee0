"""The page of an employee leads to what one may read of him, and to nothing else."""

import pytest
from django.urls import reverse

from appraisal.dashboard.employee_pages import links_for
from appraisal.monitoring.tests.conftest import now, plan
from appraisal.scoring.actions import finalise, start_evaluation
from appraisal.scoring.tests.test_actions import complete

__all__ = ["now", "plan"]
PLAN, CARRIED_OUT, RESULT = "SKP 2026", "Pelaksanaan SKP 2026", "Hasil penilaian Triwulan III 2026"
HISTORY = "Riwayat hasil"


@pytest.fixture
def final(plan):
    cast, skp, period = plan
    draft = complete(start_evaluation(skp, period=period, by=cast["appraiser"]), cast["appraiser"])
    return finalise(draft, version=draft.version, by=cast["appraiser"])


def test_everybody_is_led_to_what_he_may_read(plan, final):
    cast, me = plan[0], plan[0]["self"].employee

    found = {person: [words for words, _ in links_for(user, me)] for person, user in cast.items()}

    reads_all = ("self", "appraiser", "superior", "personnel_office", "inspector")
    everything = {person: [PLAN, CARRIED_OUT, RESULT, HISTORY] for person in reads_all}
    assert {person: words for person, words in found.items() if words} == everything | {"unit_admin": [PLAN]}


def test_an_inspector_reaches_the_result_from_the_employees_page(client, plan, final):
    cast = plan[0]
    client.force_login(cast["inspector"])

    page = client.get(reverse("agencies:employee-detail", args=[cast["self"].employee.pk]))

    assert reverse("appraisal:evaluation-detail", args=[final.pk]) in page.text
    assert reverse("appraisal:skp-detail", args=[final.skp_id]) in page.text
