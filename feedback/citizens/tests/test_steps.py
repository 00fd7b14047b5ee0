"""Three questions at a time, without cookies: what was answered travels in the form, signed."""

import re

import pytest
from django.urls import reverse

from feedback.citizens.carrying import pack, unpack
from feedback.citizens.elements import Element
from feedback.citizens.models import SurveyResponse

from .scene import ALL_FOURS, build_service

pytestmark = pytest.mark.django_db
ORDER = [*Element.values[:7], "sarana", "pengaduan"]  # as the official form asks


def hidden(page):
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


def begin(client):
    service = build_service()
    address = reverse("feedback:survey", args=[service.slug])
    return address, client.get(f"{address}?cara=bertahap").content.decode()


def answer(client, address, page, number, **more):
    asked = ORDER[3 * number : 3 * number + 3]
    return client.post(address, hidden(page) | {key: ALL_FOURS[key] for key in asked} | more)


def test_nine_answers_in_three_pages_arrive_whole(client):
    address, page = begin(client)

    assert (page.count('type="radio"'), "Bagian 1 dari 3" in page) == (12, True)
    for number in range(2):
        response = answer(client, address, page, number)
        page = response.content.decode()
        assert f"Bagian {number + 2} dari 3" in page
        assert not response.cookies
    response = answer(client, address, page, 2, comment="Kursi kurang")

    assert response.status_code == 302
    given = SurveyResponse.objects.get()
    assert given.answers.count() == 9
    assert given.comment == "Kursi kurang"


def test_a_page_left_without_answers_names_what_is_missing(client):
    address, page = begin(client)

    response = client.post(address, hidden(page) | {"persyaratan": "4"})

    assert response.status_code == 422
    assert response.content.decode().count("Pilih satu jawaban untuk Waktu penyelesaian.") == 2


def test_going_back_keeps_what_was_answered_and_typed(client):
    address, page = begin(client)
    for number in range(2):
        page = answer(client, address, page, number).content.decode()

    page = client.post(address, hidden(page) | {"kembali": "1", "comment": "Belum selesai"}).content.decode()
    assert "Bagian 2 dari 3" in page
    assert page.count("checked") == 3
    page = answer(client, address, page, 1).content.decode()

    assert "Belum selesai" in page


def test_the_last_page_alone_is_led_to_the_first_gap(client):
    address, page = begin(client)

    response = answer(client, address, page.replace('name="tahap" value="1"', 'name="tahap" value="3"'), 2)

    assert response.status_code == 422
    assert "Bagian 1 dari 3" in response.content.decode()
    assert SurveyResponse.objects.count() == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"isian": "x"},
        {"isian": pack("another form", {"waktu": 4})},
        {"tahap": "٣"},
        {"tahap": "-1"},
        {"tahap": "9"},
    ],
)
def test_what_was_not_carried_by_our_form_is_forgotten(client, changes):
    address, page = begin(client)
    page = answer(client, address, page, 0).content.decode()

    response = client.post(address, hidden(page) | changes)

    assert response.status_code in (200, 422)
    assert SurveyResponse.objects.count() == 0


def test_only_our_own_form_unpacks():
    assert unpack(pack("key", {"waktu": 4}), "key") == {"waktu": 4}
    assert unpack(pack("key", {"waktu": 4}), "other") == {}
    assert unpack(None, "key") == unpack("٣", "key") == {}
