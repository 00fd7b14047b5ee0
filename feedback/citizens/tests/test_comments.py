"""Comments are read in batches only, screened and shuffled; who wrote one may take it back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.access.tests.cast import build_cast
from feedback.citizens.actions import comments, record_response
from feedback.citizens.actions.comments import erase_words, release_comments
from feedback.citizens.models import Mark, ReleasedComment, SurveyContact
from feedback.citizens.reference_data import fill
from feedback.citizens.sending import erase_code
from feedback.services.actions import add_service

from .scene import ALL_FOURS

pytestmark = pytest.mark.django_db
YESTERDAY = timedelta(days=1)


@pytest.fixture
def scene():
    cast = build_cast()
    fill()
    return cast, add_service(
        unit=cast["self"].cast_units["clinic"], name="Imunisasi", slug="imunisasi", by="test"
    )


def say(service, count, *, day=None, **more):
    return [
        record_response(
            service,
            answers=ALL_FOURS,
            sending_key=f"{day} {number}",
            comment=f"Saran nomor {number}: tolong tambah kursi",
            answered_on=day or timezone.localdate() - YESTERDAY,
            **more,
        )
        for number in range(count)
    ]


def shown(client, cast, service, person="service_manager"):
    client.force_login(cast[person])
    return client.get(reverse("feedback:survey-comments", args=[service.slug])).content.decode()


def test_four_comments_wait_the_fifth_lets_all_be_read(scene, client):
    cast, service = scene
    say(service, 4)
    assert release_comments() == 0
    assert "Saran nomor" not in shown(client, cast, service)

    record_response(
        service,
        answers=ALL_FOURS,
        sending_key="fifth",
        comment="Orang Self lambat, telepon saya 0812 3456 7890",
        answered_on=timezone.localdate() - YESTERDAY,
    )
    assert release_comments() == 1

    page = shown(client, cast, service)
    assert page.count("Saran nomor") == 4
    assert "0812" not in page
    assert "Orang Self" not in page
    assert "[nama disamarkan]" in page


def test_a_batch_that_was_five_when_it_was_found_and_is_four_now_waits(scene):
    """Somebody has taken his words back meanwhile: it is counted again under the lock."""
    _, service = scene
    erase_words(say(service, 5)[0])

    assert comments.release_batch(service, today=timezone.localdate()) is False
    assert ReleasedComment.objects.count() == 0


def test_comments_of_today_and_of_answers_that_do_not_count_wait(scene):
    _, service = scene
    say(service, 5, day=timezone.localdate())
    say(service, 5, marks=[Mark.TOO_FAST])

    assert release_comments() == 0


def test_the_order_is_drawn_by_lot(scene, monkeypatch):
    _, service = scene
    given = say(service, 8)
    monkeypatch.setattr(comments.SystemRandom, "shuffle", lambda self, rows: rows.reverse())

    release_comments()

    order = ReleasedComment.objects.values_list("response", flat=True)
    assert list(order) == [each.pk for each in reversed(given)]


def test_the_next_batch_waits_for_five_new_ones(scene):
    _, service = scene
    say(service, 5)
    release_comments()
    say(service, 4, day=timezone.localdate() - 2 * YESTERDAY)

    assert release_comments() == 0
    assert ReleasedComment.objects.count() == 5


def test_what_is_erased_is_gone_everywhere_and_the_values_stay(scene, client):
    cast, service = scene
    given = say(service, 5, contact="0911-000000")[2]
    release_comments()

    erase_words(given)

    given.refresh_from_db()
    assert (given.comment, given.comment_digest) == ("", "")
    assert not SurveyContact.objects.filter(response=given).exists()
    assert "nomor 2" not in shown(client, cast, service)
    assert given.answers.count() == 9


def test_only_the_survey_office_reads_contacts_and_forgets_them_after_the_call(scene, client):
    cast, service = scene
    say(service, 1, contact="0911-000000")
    address = reverse("feedback:survey-contacts", args=[service.slug])

    client.force_login(cast["service_manager"])
    assert client.get(address).status_code == 404
    client.force_login(cast["survey_office"])
    assert "0911-000000" in client.get(address).content.decode()
    contact = SurveyContact.objects.get()
    done = reverse("feedback:survey-contact-done", args=[service.slug, contact.pk])
    assert [client.post(done).status_code for _ in range(2)] == [302, 302]
    assert not SurveyContact.objects.exists()


def test_what_a_citizen_said_is_screened_beside_his_contact_too(scene, client):
    cast, service = scene
    record_response(
        service,
        answers=ALL_FOURS,
        sending_key="a",
        comment="Orang Self lambat, telepon saya 0812 3456 7890",
        contact="0911-000000",
    )
    client.force_login(cast["survey_office"])

    page = client.get(reverse("feedback:survey-contacts", args=[service.slug])).content.decode()

    assert "lambat" in page
    assert "0911-000000" in page
    assert "Orang Self" not in page
    assert "0812" not in page


def test_a_citizen_erases_by_number_and_code_and_nobody_by_guessing(scene, client, settings):
    _, service = scene
    given = say(service, 1)[0]
    address = reverse("feedback:survey-erase", args=[service.slug])
    settings.SURVEY_WRONG_CODES = 3

    wrong = client.post(address, {"reference": given.reference, "code": "AAAAAAAAAA"})
    assert wrong.status_code == 422
    assert given.reference in wrong.content.decode()
    right = {"reference": given.reference.lower(), "code": erase_code(given).lower()}
    assert client.post(address, right).status_code == 200
    given.refresh_from_db()
    assert given.comment == ""
    for _ in range(2):
        client.post(address, {"reference": "x", "code": "y"})
    assert client.post(address, right).status_code == 429


@pytest.mark.parametrize(
    "data", [{}, {"reference": "a\x00", "code": "b\x00"}, {"reference": "x" * 9999, "code": "٣" * 99}]
)
def test_an_erasing_that_cannot_be_is_refused(scene, client, data):
    _, service = scene

    assert client.post(reverse("feedback:survey-erase", args=[service.slug]), data).status_code == 422
