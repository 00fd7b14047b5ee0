import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from agencies.access.tests.cast import LONG_AGO
from agencies.careers.models import HandoverNote
from agencies.people.actions import assign, hire
from appraisal.scoring.actions import finalise, start_evaluation

from .test_actions import complete

TEAM = "appraisal:team"
COUNTS = {}


@pytest.mark.parametrize("person", ["outsider", "system_admin", "personnel_office"])
def test_who_is_no_employee_has_no_team_page(client, plan, person):
    client.force_login(plan[0][person])

    assert client.get(reverse(TEAM)).status_code == 404


def test_an_employee_without_a_team_is_told_why_it_is_empty(client, plan):
    client.force_login(plan[0]["self"])

    assertContains(client.get(reverse(TEAM)), "Belum ada pegawai yang Anda nilai")


@pytest.mark.parametrize("more", [0, 2, 48])
def test_the_page_asks_as_often_for_two_people_as_for_fifty(
    client, plan, django_assert_max_num_queries, more
):
    cast = plan[0]
    for number in range(more):
        employee = hire(
            name=f"Pegawai {number:02}", nip=f"1980010120050121{number:02}", kind="pns", by="test"
        )
        assign(employee, post=cast["self"].cast_posts["self"], start=LONG_AGO, by="test")
    client.force_login(cast["appraiser"])

    with django_assert_max_num_queries(12) as queries:
        answer = client.get(reverse(TEAM))

    assert answer.status_code == 200
    assert len(queries) == COUNTS.setdefault("team", len(queries))


def test_after_the_last_one_everything_is_done(client, plan):
    cast, skp, period = plan
    client.force_login(cast["appraiser"])
    draft = complete(start_evaluation(skp, period=period, by=cast["appraiser"]), cast["appraiser"])
    finalise(draft, version=draft.version, by=cast["appraiser"])

    answer = client.get(reverse("appraisal:evaluation-detail", args=[draft.pk]))

    assertContains(answer, "Semua selesai.")


def test_the_next_person_is_offered_with_his_number(client, plan):
    from appraisal.monitoring.tests.agreed_plan import agreed_plan

    cast, skp, period = plan
    agreed_plan(cast["peer"], by=cast["appraiser"])
    client.force_login(cast["appraiser"])
    draft = complete(start_evaluation(skp, period=period, by=cast["appraiser"]), cast["appraiser"])
    finalise(draft, version=draft.version, by=cast["appraiser"])

    answer = client.get(reverse("appraisal:evaluation-detail", args=[draft.pk]))

    assertContains(answer, "Lanjut (1 dari 2)")


def test_who_came_this_year_is_told_with_from_where_and_since_when(client, plan):
    cast = plan[0]
    today = timezone.localdate()
    HandoverNote.objects.create(
        employee=cast["self"].employee,
        moved_on=today,
        from_post=cast["self"].cast_posts["acting"],
        to_post=cast["self"].cast_posts["self"],
        old_appraiser=cast["stranger"].employee,
        new_appraiser=cast["appraiser"].employee,
    )
    client.force_login(cast["appraiser"])

    answer = client.get(reverse(TEAM))

    assertContains(answer, "Pindahan dari Schools sejak")
