"""The public index page shows a number only with enough voices behind it."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from feedback.citizens.actions import record_response
from feedback.citizens.tests.scene import ALL_FOURS, build_service

pytestmark = pytest.mark.django_db
DAY = date(2026, 8, 12)


def answered(service, count, day=DAY):
    for number in range(count):
        record_response(service, answers=ALL_FOURS, sending_key=f"{day}-{number}", answered_on=day)


def page(client, service, quarter="2026-3"):
    response = client.get(reverse("feedback:service-index-quarter", args=[service.slug, quarter]))
    return response.content.decode()


@pytest.mark.parametrize(
    ("count", "shown", "hidden"),
    [
        (0, "Belum ada jawaban", "100,00"),
        (1, "Jawaban belum cukup", "100,00"),
        (4, "Jawaban belum cukup", "100,00"),
        (5, "5 responden, belum cukup untuk indeks", "100,00"),
        (9, "9 responden, belum cukup untuk indeks", "100,00"),
        (10, "Perkiraan awal", "(mutu A)"),
        (29, "Perkiraan awal", "(mutu A)"),
        (30, "Sangat baik (mutu A)", "Perkiraan awal"),
    ],
)
@time_machine.travel("2026-11-20T10:00:00+09:00")
def test_what_may_be_shown_depends_on_how_many_answered(client, count, shown, hidden):
    service = build_service()
    answered(service, count)

    text = page(client, service)

    assert shown in text
    assert hidden not in text


@time_machine.travel("2026-11-20T10:00:00+09:00")
def test_an_answer_counts_in_its_own_quarter_only(client):
    service = build_service()
    answered(service, 30, date(2026, 6, 30))
    answered(service, 30, date(2026, 7, 1))

    assert "Responden</dt><dd>30" in page(client, service, "2026-2")
    assert "Responden</dt><dd>30" in page(client, service, "2026-3")
    assert "Belum ada jawaban" in page(client, service, "2026-1")


@pytest.mark.parametrize("quarter", ["2027-1", "2026-5", "2026-0", "abc", "٢٠٢٦-1", "1999-1"])
@time_machine.travel("2026-11-20T10:00:00+09:00")
def test_a_quarter_that_is_none_or_has_not_begun_is_not_found(client, quarter):
    service = build_service()

    response = client.get(reverse("feedback:service-index-quarter", args=[service.slug, quarter]))

    assert response.status_code == 404


def test_the_index_page_asks_the_database_as_often_for_one_answer_as_for_forty(
    client, django_assert_num_queries
):
    service = build_service()
    today = reverse("feedback:service-index", args=[service.slug])
    answered(service, 1)
    with django_assert_num_queries(2):
        client.get(today)
    answered(service, 40, date(2026, 8, 13))

    with django_assert_num_queries(2):
        client.get(today)


def test_the_list_names_every_open_service(client, django_assert_num_queries):
    service = build_service()

    with django_assert_num_queries(2):
        text = client.get(reverse("feedback:service-list")).content.decode()

    assert service.name in text
