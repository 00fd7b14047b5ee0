import pytest
from django.urls import reverse

from appraisal.monitoring.actions import add_evidence_file, record_realisation
from appraisal.monitoring.models import Evidence, Feedback, Realisation

from .agreed_plan import build_plan, pdf, today

HOSTILE = "</script><script>alert(1)</script>{{ 7 }}<img src=file:///etc/passwd>"
COUNTS = {}


@pytest.fixture
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def page(plan):
    return reverse("appraisal:realisation-edit", args=[plan[1].pk, plan[2].pk])


def posted(plan, **more):
    data = {}
    for result in plan[1].results.all():
        key = result.indicators.get().pk
        data |= {f"value-{key}": "", f"note-{key}": "", f"version-{key}": "0"}
    return data | more


def first_key(plan):
    return plan[1].results.first().indicators.get().pk


@pytest.mark.parametrize(
    "person",
    [
        "peer",
        "superior",
        "former",
        "acting",
        "stranger",
        "unit_admin",
        "personnel_office",
        "inspector",
        "outsider",
    ],
)
def test_a_stranger_finds_neither_the_page_nor_its_forms(client, plan, person):
    client.force_login(plan[0][person])
    skp, period = plan[1].pk, plan[2].pk

    answers = [
        client.get(page(plan)),
        client.post(page(plan), posted(plan)),
        client.get(reverse("appraisal:evidence-add", args=[skp, period])),
        client.post(reverse("appraisal:evidence-add", args=[skp, period])),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4


def test_the_employee_records_in_indonesian_numbers(client, plan):
    client.force_login(plan[0]["self"])
    key = first_key(plan)

    answer = client.post(page(plan), posted(plan, **{f"value-{key}": "1.234,5"}))

    assert answer.status_code == 302
    assert str(Realisation.objects.get().value) == "1234.50"


@pytest.mark.parametrize("typed", ["lima", "-1", "1,234", "1e5", "NaN", "٣", "9" * 20])
def test_a_wrong_number_stays_typed_beside_its_reason(client, plan, typed):
    client.force_login(plan[0]["self"])
    key = first_key(plan)

    answer = client.post(page(plan), posted(plan, **{f"value-{key}": typed}))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [f"value-{key}"]
    assert typed in answer.text
    assert Realisation.objects.count() == 0


def test_two_windows_get_both_values(client, plan):
    client.force_login(plan[0]["self"])
    key = first_key(plan)
    indicator = plan[1].results.first().indicators.get()
    record_realisation(indicator, period=plan[2], value=70, note="dari penilai", by=plan[0]["appraiser"])

    answer = client.post(page(plan), posted(plan, **{f"value-{key}": "80"}))

    assert answer.status_code == 409
    assert "70. dari penilai" in answer.text
    assert 'value="80"' in answer.text
    again = client.post(page(plan), posted(plan, **{f"value-{key}": "80", f"version-{key}": "1"}))
    assert again.status_code == 302


def test_extra_fields_change_nothing(client, plan):
    client.force_login(plan[0]["self"])
    key = first_key(plan)

    client.post(
        page(plan),
        posted(plan, **{f"value-{key}": "5", "recorded_by": "1", "period": "99", "indicator": "1"}),
    )

    row = Realisation.objects.get()
    assert (row.recorded_by, row.period, row.indicator_id) == (plan[0]["self"], plan[2], key)


def test_after_closing_the_page_says_so_and_shows_what_was_typed(client, plan, now):
    now.move_to("2026-10-11T00:00:00+09:00")
    client.force_login(plan[0]["self"])
    key = first_key(plan)

    answer = client.post(page(plan), posted(plan, **{f"note-{key}": "terlambat sedetik"}))

    assert answer.status_code == 409
    assert "terlambat sedetik" in answer.text
    assert "sudah ditutup" in answer.text


def evidence_data(plan, **more):
    return {"result": plan[1].results.first().pk, "title": "Rekap", "dated": "2026-09-20"} | more


def test_a_file_is_added_and_given_out_as_an_attachment_that_nothing_runs(client, plan, media):
    client.force_login(plan[0]["self"])
    add = reverse("appraisal:evidence-add", args=[plan[1].pk, plan[2].pk])

    answer = client.post(add, evidence_data(plan, upload=pdf("Rekap “Ünik”.pdf")))
    given = client.get(reverse("appraisal:evidence-open", args=[Evidence.objects.get().pk]))

    assert answer.status_code == 302
    assert given.getvalue().startswith(b"%PDF-")
    assert given.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''Rekap")
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert given.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("self", 200),
        ("appraiser", 200),
        ("superior", 200),
        ("personnel_office", 200),
        ("unit_admin", 404),
        ("system_admin", 404),
        ("inspector", 200),
        ("peer", 404),
        ("stranger", 404),
    ],
)
def test_a_file_is_for_those_whom_the_appraisal_concerns(client, plan, media, person, status):
    evidence = add_evidence_file(
        plan[1].results.first(), period=plan[2], title="a", dated=today(), upload=pdf(), by=plan[0]["self"]
    )
    client.force_login(plan[0][person])

    assert client.get(reverse("appraisal:evidence-open", args=[evidence.pk])).status_code == status


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({}, "upload"),
        ({"link": "https://ambon.go.id/a", "with_file": True}, "link"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "https://ambon.go.id/a", "dated": "2026-06-30"}, "dated"),
        ({"link": "https://ambon.go.id/a", "dated": "kemarin"}, "dated"),
        ({"link": "https://ambon.go.id/a", "result": "999999"}, "result"),
        ({"link": "https://ambon.go.id/a", "title": ""}, "title"),
    ],
)
def test_wrong_evidence_is_refused_at_its_field(client, plan, media, more, field):
    client.force_login(plan[0]["self"])
    data = evidence_data(plan, **more)
    if data.pop("with_file", False):
        data["upload"] = pdf()

    answer = client.post(reverse("appraisal:evidence-add", args=[plan[1].pk, plan[2].pk]), data)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert Evidence.objects.count() == 0


def test_feedback_is_given_and_read_at_once(client, plan):
    cast, skp, _ = plan
    client.force_login(cast["appraiser"])
    data = {
        "period": plan[2].pk, "about": f"hasil-{skp.results.first().pk}", "giver": "leader", "tone": "mixed",
        "kind": "incidental",
        "text": HOSTILE, "given_on": "2026-09-20",
    }  # fmt: skip

    answer = client.post(reverse("appraisal:feedback-add", args=[skp.pk]), data)
    client.force_login(cast["self"])
    text = client.get(page(plan)).text

    assert answer.status_code == 302
    assert Feedback.objects.get().given_by == cast["appraiser"]
    assert "<script>alert" not in text
    assert "{{ 7 }}" in text


@pytest.mark.parametrize("main", [3, 11])
def test_the_page_asks_as_often_for_four_results_as_for_twelve(
    client, db, now, django_assert_max_num_queries, main
):
    plan = build_plan(main=main)
    client.force_login(plan[0]["self"])

    with django_assert_max_num_queries(19) as queries:
        answer = client.get(page(plan))

    assert answer.status_code == 200
    assert len(queries) == COUNTS.setdefault("realisation", len(queries))
