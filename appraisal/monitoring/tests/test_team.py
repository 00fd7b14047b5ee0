"""The leader's pages: a team of fifty at a glance, and what he owes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.access.tests.cast import LONG_AGO, synthetic_nip
from agencies.people.actions import assign, hire
from agencies.structure.actions import add_post
from appraisal.monitoring.duty import duty_now, feedback_owed_by
from appraisal.monitoring.models import Evidence, Feedback, ProgressEntry
from appraisal.planning.models import Skp, WorkResult
from appraisal.planning.terms import whole_year
from appraisal.rulebook.models import Rule

from .agreed_plan import today

TEAM, OWED = "/pantauan-tim/", "/umpan-balik/terutang/"


def enlarge(plan, people, results=12):
    """`people` more under the appraiser, each with an agreed plan, a line of progress and evidence for every result."""
    cast, skp, period = plan
    plans = []
    for number in range(people):
        employee = hire(
            name=f"Anggota Tim Nomor {number:02}", nip=synthetic_nip(30 + number), kind="pns", by="test"
        )
        post = add_post(
            unit=skp.unit, code=f"t{number}", name="Perawat Ahli Pertama", kind="jf_keahlian", by="test",
            superior=cast["self"].cast_posts["appraiser"],
        )  # fmt: skip
        assign(employee, post=post, start=LONG_AGO, by="test")
        plans.append(
            Skp(
                employee=employee, unit=skp.unit, post_name=post.name, state="agreed", **whole_year(2026),
                appraiser=cast["appraiser"].employee, agreed_at="2026-01-20T00:00:00Z",
            )
        )  # fmt: skip
    plans = Skp.objects.bulk_create(plans)
    rows = WorkResult.objects.bulk_create(
        WorkResult(skp=each, kind="main", position=position, statement=f"Pasien terlayani {position}")
        for each in plans
        for position in range(1, results + 1)
    )
    ProgressEntry.objects.bulk_create(
        ProgressEntry(result=row, day=today(), text="Kunjungan rumah selesai. " * 12, written_by=cast["self"])
        for row in rows
    )
    Evidence.objects.bulk_create(
        Evidence(
            result=row,
            period=period,
            title="Bukti",
            dated=today(),
            link="https://ambon.go.id/a",
            added_by=cast["self"],
        )
        for row in rows
    )
    return plans


def test_fifty_people_with_twelve_results_are_one_light_page(client, plan):
    client.force_login(plan[0]["appraiser"])
    client.get(TEAM)  # the first page of a connection prepares what later ones only ask
    with CaptureQueriesContext(connection) as few:
        client.get(TEAM)
    enlarge(plan, 49)
    with CaptureQueriesContext(connection) as many:
        answer = client.get(TEAM)

    assert answer.status_code == 200
    assert len(answer.context["rows"]) == 50
    assert len(many) == len(few) <= 12, [query["sql"][:100] for query in many]
    assert len(answer.content) <= 100_000


def test_the_page_says_what_moved_and_what_is_owed(client, plan):
    cast, skp, _period = plan
    ProgressEntry.objects.create(
        result=skp.results.all()[1], day=today(), text="Maju", written_by=cast["self"]
    )
    client.force_login(cast["appraiser"])

    (row,) = client.get(TEAM).context["rows"]

    assert (row.results, row.silent, row.skp.newest_text, row.evidence, row.owed) == (
        4,
        [1, 3, 4],
        "Maju",
        0,
        1,
    )


def test_five_people_are_served_one_after_the_other(client, plan):
    plans = enlarge(plan, 4, results=2)
    cast, _skp, period = plan
    client.force_login(cast["appraiser"])
    address = client.get(OWED).context["owed"][0].pk
    address = reverse("appraisal:feedback-owed-next", args=[address])

    for number in range(1, 6):
        page = client.get(address)
        button = "Simpan dan selesai" if number == 5 else "Simpan dan lanjut"
        assert f"{button} ({number} dari 5)" in page.text
        about = page.context["form"].fields["about"].choices[1][1][0][0]
        answer = client.post(address, {"about": about, "tone": "positive", "text": f"Pertahankan {number}"})
        assert answer.status_code == 302
        address = answer["Location"]

    assert address == OWED
    assert "Lunas" in client.get(OWED).text
    assert Feedback.objects.filter(kind="periodic", giver="leader", period=period).count() == 5
    assert Feedback.objects.filter(skp=plans[0]).get().progress.result.skp == plans[0]


def test_a_refused_text_stays_typed(client, plan):
    client.force_login(plan[0]["appraiser"])
    address = reverse("appraisal:feedback-owed-next", args=[plan[1].pk])

    answer = client.post(address, {"about": "", "tone": "positive", "text": "Sudah diketik"})

    assert answer.status_code == 422
    assert "Sudah diketik" in answer.text


@pytest.mark.parametrize(
    ("kind", "giver", "by", "owed"),
    [
        ("periodic", "leader", "appraiser", 0),
        ("incidental", "leader", "appraiser", 1),
        ("periodic", "served", "appraiser", 1),
        ("periodic", "peer", "peer", 1),
    ],
)
def test_only_periodic_feedback_of_a_leader_pays(plan, kind, giver, by, owed):
    cast, skp, period = plan
    Feedback.objects.create(
        skp=skp, period=period, result=skp.results.first(), kind=kind, giver=giver, tone="mixed", text="x",
        given_on=today(), given_by=cast[by],
    )  # fmt: skip

    assert feedback_owed_by(cast["appraiser"].employee).count() == owed


def test_the_rulebook_says_how_often_and_until_when(plan):
    assert (duty_now().times, str(duty_now().due_on)) == (1, "2026-09-16")
    for key, value in (("periodic_feedback_times", 2), ("periodic_feedback_days_before_end", 5)):
        Rule.objects.create(key=key, valid_from="2026-07-01", value=value, text="x", source="x")

    assert (duty_now().times, str(duty_now().due_on)) == (2, "2026-09-25")


@pytest.mark.parametrize("person", ["self", "peer", "superior", "stranger"])
def test_who_does_not_lead_him_owes_him_nothing(client, plan, person):
    client.force_login(plan[0][person])
    address = reverse("appraisal:feedback-owed-next", args=[plan[1].pk])

    assert client.get(address).status_code == client.post(address).status_code == 404
