"""The team side by side before deciding."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains

from agencies.access.tests.cast import LONG_AGO
from agencies.people.actions import assign, hire
from appraisal.monitoring.tests.agreed_plan import agreed_plan
from appraisal.scoring.actions import start_evaluation
from appraisal.scoring.matrix import Predikat
from appraisal.scoring.sheets.comparing import compared
from appraisal.scoring.team import next_to_score

from .test_actions import complete


def test_the_grid_shows_contributions_ratings_and_counts_in_the_order_of_rating(client, plan):
    cast, skp, period = plan
    other = agreed_plan(cast["peer"], by=cast["appraiser"])
    leader = agreed_plan(cast["appraiser"], by=cast["superior"])
    first = skp.results.first()
    type(first).objects.filter(pk=first.pk).update(parent=leader.results.first())
    draft = complete(start_evaluation(skp, period=period, by=cast["appraiser"]), cast["appraiser"])

    found = compared(cast["appraiser"].employee, period, 1)

    rows = {row.employee.pk: row for row in found.page.object_list}
    mine, peers = rows[skp.employee_id], rows[other.employee_id]
    assert [column.pk for column in found.columns] == [result.pk for result in leader.results.all()]
    assert [each.rating for each in mine.cells[0]] == ["meets"]
    assert len(mine.others) == skp.results.count() - 1
    assert (mine.work, mine.predikat, peers.predikat) == ("Sesuai ekspektasi", Predikat.BAIK, None)
    assert {words: count for _, words, count in found.counts if count} == {"Baik": 1, "Belum dinilai": 1}
    member, number, total = next_to_score(cast["appraiser"].employee, period)
    assert (number, total) == (rows[member.employee.pk].number, found.total)
    client.force_login(cast["appraiser"])
    for name in ("team-compare", "team-compare-print"):
        page = client.get(reverse(f"appraisal:{name}"), {"periode": period.pk})
        assertContains(page, "Ibu hamil mendapat layanan nomor 1")
    assert draft.state == "draft"


def test_the_grid_asks_as_often_for_two_people_as_for_twenty(client, plan):
    cast, skp, period = plan
    start_evaluation(skp, period=period, by=cast["appraiser"])
    client.force_login(cast["appraiser"])
    address = reverse("appraisal:team-compare")
    client.get(address)  # notes the viewing of today once
    with CaptureQueriesContext(connection) as few:
        assert client.get(address).status_code == 200
    for number in range(20):
        employee = hire(
            name=f"Pegawai {number:02}", nip=f"1980010120050121{number:02}", kind="pns", by="test"
        )
        assign(employee, post=cast["self"].cast_posts["self"], start=LONG_AGO, by="test")

    with CaptureQueriesContext(connection) as many:
        page = client.get(address)

    assertContains(page, "Pegawai 19")
    assert len(many) == len(few)


def test_who_leads_nobody_is_told_so_and_who_is_no_employee_finds_no_grid(client, plan):
    cast = plan[0]
    client.force_login(cast["peer"])
    assertContains(client.get(reverse("appraisal:team-compare")), "Belum ada pegawai yang Anda nilai")
    client.force_login(cast["personnel_office"])
    assert client.get(reverse("appraisal:team-compare")).status_code == 404
