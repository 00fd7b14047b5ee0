"""The public survey in the browser."""

import re
from urllib.parse import quote

import pytest
from django.urls import reverse

from feedback.citizens.models import SurveyResponse
from feedback.citizens.sending import new_sending_key

from .scene import ALL_FOURS, build_service

pytestmark = pytest.mark.django_db


def address(service):
    return reverse("feedback:survey", args=[service.slug])


def filled(service, **changes):
    return ALL_FOURS | {"sending_key": new_sending_key(service)} | changes


def test_the_page_asks_nine_questions_and_chooses_nothing_beforehand(client):
    page = client.get(address(build_service())).content.decode()

    assert len(re.findall(r'type="radio"', page)) == 36
    assert "checked" not in page


def test_the_page_sets_no_cookie_and_weighs_little(client):
    response = client.get(address(build_service()))

    assert not response.cookies
    assert len(response.content) <= 20_000


def test_a_filled_survey_is_thanked_with_its_reference(client):
    service = build_service()

    response = client.post(address(service), filled(service), follow=True)

    given = SurveyResponse.objects.get()
    assert response.redirect_chain[0][0] == reverse(
        "feedback:survey-thanks", args=[service.slug, given.reference]
    )
    assert given.reference in response.content.decode()


def test_sending_twice_leads_to_the_same_thanks(client):
    service = build_service()
    data = filled(service)

    first, second = client.post(address(service), data), client.post(address(service), data)

    assert first["Location"] == second["Location"]
    assert SurveyResponse.objects.count() == 1


@pytest.mark.parametrize("value", ["", "0", "5", "3 ٣", "٣", "-1", "4.0", "<script>"])
def test_a_wrong_answer_is_named_and_the_rest_is_kept(client, value):
    service = build_service()

    response = client.post(address(service), filled(service, waktu=value, comment="Antre lama"))

    page = response.content.decode()
    assert response.status_code == 422
    assert page.count("Pilih satu jawaban untuk Waktu penyelesaian.") == 2
    assert "Antre lama" in page
    assert page.count("checked") == 8
    assert SurveyResponse.objects.count() == 0


@pytest.mark.parametrize("key", ["", "abc", "x" * 5000])
def test_a_form_we_did_not_make_is_sent_back_with_a_new_key(client, key):
    service = build_service()

    response = client.post(address(service), filled(service, sending_key=key))

    fresh = re.search(r'name="sending_key" value="([^"]+)"', response.content.decode())[1]
    assert response.status_code == 422
    assert client.post(address(service), filled(service, sending_key=fresh)).status_code == 302


def test_a_key_of_another_service_is_refused(client):
    service = build_service()
    service.pk += 1
    stolen = new_sending_key(service)
    service.pk -= 1

    assert client.post(address(service), filled(service, sending_key=stolen)).status_code == 422


def test_the_field_people_leave_empty_catches_programs(client):
    service = build_service()

    response = client.post(address(service), filled(service, website="https://contoh.test"))

    assert response.status_code == 422
    assert SurveyResponse.objects.count() == 0


@pytest.mark.parametrize("comment", ["</textarea><script>x</script>", "{{ 7 }}", "file:///etc/passwd"])
def test_what_is_typed_is_never_code(client, comment):
    service = build_service()

    page = client.post(address(service), filled(service, waktu="", comment=comment)).content.decode()

    assert "<script>x" not in page


def test_a_closed_service_says_so(client):
    service = build_service()
    type(service).objects.update(is_open=False)

    assert client.get(address(service)).status_code == 410
    assert client.post(address(service), filled(service)).status_code == 410
    assert SurveyResponse.objects.count() == 0


def test_an_unknown_service_is_not_found(client):
    assert client.get("/survei/tidak-ada/").status_code == 404


@pytest.mark.parametrize("reference", ["a\x00b", "tidak ada", "٣" * 10])
def test_thanks_for_a_reference_that_cannot_exist_are_not_found(client, reference):
    address_of_thanks = f"/survei/{build_service().slug}/terima-kasih/{quote(reference)}/"

    assert client.get(address_of_thanks).status_code == 404
