import pytest
from django.urls import reverse

from appraisal.scoring.actions import finalise, save_draft, start_evaluation
from appraisal.scoring.models import Evaluation

from .backed import backing_for
from .test_actions import WORDS, complete


@pytest.fixture
def draft(plan):
    cast, skp, period = plan
    return start_evaluation(skp, period=period, by=cast["appraiser"])


@pytest.fixture
def final(plan, draft):
    saved = complete(draft, plan[0]["appraiser"])
    return finalise(saved, version=saved.version, by=plan[0]["appraiser"])


def edit(evaluation):
    return reverse("appraisal:evaluation-edit", args=[evaluation.pk])


def posted(evaluation, rating="meets", **more):
    data = {f"rating-{result.pk}": rating for result in evaluation.skp.results.all()}
    return data | WORDS | {"version": evaluation.version} | more


@pytest.mark.parametrize(
    "person",
    [
        "self",
        "peer",
        "superior",
        "former",
        "acting",
        "stranger",
        "personnel_office",
        "system_admin",
        "outsider",
    ],
)
def test_the_rating_page_does_not_exist_for_anybody_else(client, plan, draft, person):
    client.force_login(plan[0][person])

    answers = [client.get(edit(draft)), client.post(edit(draft), posted(draft))]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert draft.result_ratings.count() == 0


def test_the_appraiser_walks_from_the_team_to_the_result(client, plan):
    cast, skp, period = plan
    client.force_login(cast["appraiser"])

    team = client.get(reverse("appraisal:team"))
    begun = client.post(reverse("appraisal:evaluation-start", args=[skp.pk, period.pk]))
    evaluation = Evaluation.objects.get()
    page = client.get(begun.url)
    kept = client.post(begun.url, posted(evaluation))
    check = client.get(kept.url)
    evaluation.refresh_from_db()
    decided = client.post(
        reverse("appraisal:evaluation-finalise", args=[evaluation.pk]), {"version": evaluation.version}
    )
    result = client.get(decided.url)

    assert [answer.status_code for answer in (team, page, check, result)] == [200] * 4
    assert kept.url == reverse("appraisal:evaluation-check", args=[evaluation.pk])
    assert b"Predikat Orang Self: Baik" in result.content


def test_a_draft_may_be_half_full(client, plan, draft):
    client.force_login(plan[0]["appraiser"])

    answer = client.post(edit(draft), {"version": 1, "note": "sementara", "draf": "1"})

    assert answer.status_code == 302
    draft.refresh_from_db()
    assert (draft.note, draft.version) == ("sementara", 2)


def test_checking_an_incomplete_draft_saves_it_and_names_the_fields(client, plan, draft):
    client.force_login(plan[0]["appraiser"])

    answer = client.post(edit(draft), {"version": 1, "note": "tersimpan"})

    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.note == "tersimpan"
    assert set(answer.context["form"].errors) == {
        "work_rating", "behaviour_rating", "behaviour_reason",
        *(f"rating-{result.pk}" for result in draft.skp.results.all()),
    }  # fmt: skip
    again = client.post(edit(draft), posted(draft) | {"version": answer.context["form"]["version"].value()})
    assert again.status_code == 302


def test_the_second_window_gets_both_texts(client, plan, draft):
    client.force_login(plan[0]["appraiser"])
    save_draft(draft, version=1, note="teks pertama", by=plan[0]["appraiser"])

    answer = client.post(edit(draft), {"version": 1, "note": "teks kedua", "draf": "1"})

    assert answer.status_code == 409
    assert "teks pertama" in answer.text
    assert answer.text.count("teks kedua") == 2
    draft.refresh_from_db()
    assert draft.note == "teks pertama"


def test_extra_fields_of_the_request_change_nothing(client, plan, draft):
    client.force_login(plan[0]["appraiser"])
    extra = {
        "state": "final", "predikat": "sangat_baik", "appraiser": "1", "skp": "1", "receipt": "{}",
        "suggested_rating": "above", "finalised_at": "2020-01-01", "is_locked": "0",
    }  # fmt: skip

    client.post(edit(draft), {"version": 1, "note": "x", "draf": "1"} | extra)

    draft.refresh_from_db()
    assert (draft.state, draft.predikat, draft.suggested_rating, draft.receipt) == ("draft", "", "", "")
    assert draft.appraiser == plan[0]["appraiser"].employee
    assert draft.finalised_at is None


def test_one_second_after_closing_the_text_is_shown_and_not_saved(client, plan, draft, now):
    now.move_to("2026-10-11T00:00:00+09:00")
    client.force_login(plan[0]["appraiser"])

    answer = client.post(edit(draft), posted(draft, note="terlambat sedetik"))

    assert answer.status_code == 409
    assert "terlambat sedetik" in answer.text
    assert "sudah ditutup" in answer.text
    draft.refresh_from_db()
    assert draft.version == 1


def test_in_the_last_second_it_is_saved(client, plan, draft, now):
    now.move_to("2026-10-10T23:59:59+09:00")
    client.force_login(plan[0]["appraiser"])

    answer = client.post(edit(draft), posted(draft))

    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.version == 2


def test_every_text_is_shown_as_text(client, plan, draft):
    hostile = "</script><script>alert(1)</script>{{ 7|add:7 }}<img src=file:///etc/passwd onerror=x>"
    cast = plan[0]
    client.force_login(cast["appraiser"])
    ratings = {result.pk: ("above", hostile) for result in draft.skp.results.all()}
    saved = save_draft(
        draft, version=1, ratings=ratings, backing=backing_for(draft, ratings), work_rating="meets",
        work_reason=hostile, behaviour_rating="below", behaviour_reason=hostile, note=hostile, by=cast["appraiser"],
    )  # fmt: skip
    pages = [edit(draft), reverse("appraisal:evaluation-check", args=[draft.pk])]
    texts = [client.get(page).text for page in pages]
    finalise(saved, version=saved.version, by=cast["appraiser"])
    client.force_login(cast["self"])
    texts.append(client.get(reverse("appraisal:evaluation-detail", args=[draft.pk])).text)

    for text in texts:
        assert "<script>alert" not in text
        assert "<img src=file" not in text
        assert "{{ 7|add:7 }}" in text


@pytest.mark.parametrize("main", [3, 11])
def test_the_rating_page_asks_as_often_for_four_results_as_for_twelve(
    client, db, now, django_assert_max_num_queries, main
):
    from appraisal.monitoring.tests.agreed_plan import build_plan

    cast, skp, period = build_plan(main=main)
    draft = start_evaluation(skp, period=period, by=cast["appraiser"])
    client.force_login(cast["appraiser"])

    client.get(edit(draft))  # the first opening of the day is noted for the employee

    with django_assert_max_num_queries(15) as queries:
        answer = client.get(edit(draft))

    assert answer.status_code == 200
    assert len(queries) == COUNTS.setdefault("edit", len(queries))


COUNTS = {}
