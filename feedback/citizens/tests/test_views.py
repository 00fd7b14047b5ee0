"""The public survey in the browser."""

import gzip
import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
import time_machine
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from feedback.citizens.models import SurveyContact, SurveyResponse
from feedback.citizens.sending import erase_code, new_sending_key
from feedback.services.actions import add_service
from feedback.services.models import Counter

from .scene import ALL_FOURS, build_service, code_for

pytestmark = pytest.mark.django_db


def address(service):
    return reverse("feedback:survey", args=[service.slug])


def filled(service, **changes):
    return ALL_FOURS | {"sending_key": new_sending_key(service)} | changes


def test_the_page_asks_nine_questions_and_chooses_nothing_beforehand(client):
    page = client.get(address(build_service())).content.decode()

    assert len(re.findall(r'type="radio"', page)) == 36
    assert "checked" not in page


@pytest.mark.parametrize("way", ["", "?cara=bertahap"])
def test_the_survey_sets_no_cookie_and_weighs_little_with_all_it_needs(client, way):
    """As it travels: compressed, with style sheets and pictures, on a first visit."""
    response = client.get(address(build_service()) + way)

    linked = re.findall(r'(?:href|src)="/static/([^"]+)"', response.content.decode())
    files = [Path(settings.BASE_DIR, "static", name).read_bytes() for name in set(linked)]
    assert not response.cookies
    assert len(files) >= 3
    assert "<script" not in response.content.decode()
    assert sum(len(gzip.compress(each)) for each in [response.content, *files]) <= 20_000


def test_every_question_has_a_plain_word_and_one_in_ambonese(client):
    page = client.get(address(build_service())).content.decode()

    assert page.count("Ambon: ") == 9
    assert page.count('aria-describedby="id_') >= 9


def test_no_address_with_a_code_reaches_another_site(client):
    service = build_service()

    for path in ("", "hapus/", "privasi/"):
        response = client.get(f"{address(service)}{path}")
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["Cache-Control"] == "no-store"


def test_the_code_of_the_qr_code_is_filled_in_and_left_out_of_the_way_to_send(client):
    page = client.get(f"{address(build_service())}?kode=ABCDE-FGHJK").content.decode()

    assert 'name="kode" value="ABCDE-FGHJK"' in page
    assert 'action="/survei/ibu-dan-anak/"' in page


@pytest.mark.parametrize(
    ("given", "known"), [("own", True), ("other", False), ("٣", False), ("x" * 99, False)]
)
def test_the_counter_of_the_card_is_kept_when_it_is_one_of_the_service(client, given, known):
    service = build_service()
    other = add_service(unit=service.unit, name="Akta", slug="akta", by="test")
    counters = {
        name: Counter.objects.create(service=each, name="Loket 1")
        for name, each in (("own", service), ("other", other))
    }
    key = str(counters[given].pk) if given in counters else given

    page = client.get(f"{address(service)}?loket={quote(key)}").content.decode()
    client.post(address(service), filled(service, loket=key))

    assert 'name="loket"' in page
    assert SurveyResponse.objects.get().counter == (counters["own"] if known else None)


def test_a_wrong_code_is_said_at_its_field_and_everything_typed_stays(client):
    service = build_service()

    response = client.post(address(service), filled(service, kode="SALAH-KODE", comment="Antre lama"))

    page = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id_kode"' in page
    assert "Antre lama" in page
    assert page.count("checked") == 9
    assert SurveyResponse.objects.count() == 0


def test_a_right_code_is_spent_once_and_stands_for_the_day_of_the_visit(client):
    service = build_service()
    code = code_for(service)
    data = filled(service, kode=code)

    first, again = client.post(address(service), data), client.post(address(service), data)
    other = client.post(address(service), filled(service, kode=code))

    assert first["Location"] == again["Location"]
    assert other.status_code == 422
    given = SurveyResponse.objects.get()
    assert given.with_code is True
    assert given.service_day == timezone.localdate()


def test_contact_and_consent_go_together(client):
    service = build_service()

    alone = client.post(address(service), filled(service, contact="0911-000000"))
    empty = client.post(address(service), filled(service, consent="on"))
    both = client.post(address(service), filled(service, contact="0911-000000", consent="on"))

    assert "Centang persetujuan ini" in alone.content.decode()
    assert "Isi kontak Anda" in empty.content.decode()
    assert both.status_code == 302
    kept = SurveyContact.objects.get()
    assert (kept.contact, kept.text_version) == ("0911-000000", "2026-1")


def test_the_way_to_erase_is_shown_to_its_sender_only(client):
    service = build_service()
    thanks = client.post(address(service), filled(service, comment="Kursi kurang"))["Location"]
    given = SurveyResponse.objects.get()

    assert erase_code(given) in client.get(thanks).content.decode()
    assert erase_code(given) not in client.get(thanks.partition("?")[0]).content.decode()
    assert erase_code(given) not in client.get(f"{thanks[:-3]}AAA").content.decode()


def test_an_answer_without_words_has_nothing_to_erase(client):
    service = build_service()
    thanks = client.post(address(service), filled(service))["Location"]

    assert "?" not in thanks
    assert "Hapus saran" not in client.get(thanks).content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"comment": "a\x00b \U0001f642 \ud83d".encode("utf-8", "replace").decode()},
        {"lain": "x", "waktu[]": "4"},
        {"sex": "P"},
        {"comment": "x" * 2000},
    ],
)
def test_odd_but_harmless_input_is_taken(client, changes):
    service = build_service()

    assert client.post(address(service), filled(service, **changes)).status_code == 302


@pytest.mark.parametrize(
    "changes",
    [
        {"waktu": ["3", "4"]},
        {"sex": "X"},
        {"comment": "x" * 2001},
        {"kode": "x" * 200},
        {"consent": "on", "contact": "x" * 200},
        {"sending_key": "\x00"},
    ],
)
def test_odd_input_comes_back_with_a_reason(client, changes):
    service = build_service()

    response = client.post(address(service), filled(service, **changes))

    assert response.status_code == 422
    assert "Ada masalah" in response.content.decode()
    assert SurveyResponse.objects.count() == 0


def test_bytes_that_are_no_text_are_taken_as_signs(client):
    service = build_service()
    body = urlencode(filled(service)) + "&comment=%ED%A0%80%FF%00ok"

    response = client.post(address(service), body, content_type="application/x-www-form-urlencoded")

    assert response.status_code == 302


def test_five_megabytes_are_too_much(client):
    service = build_service()

    assert client.post(address(service), filled(service, comment="x" * 5_000_000)).status_code == 413


def test_a_form_open_for_more_than_a_day_is_sent_at_the_second_try_and_not_for_too_fast(client):
    service = build_service()
    data = filled(service)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        page = client.post(address(service), data).content.decode()
        fresh = re.search(r'name="sending_key" value="([^"]+)"', page)[1]
        client.post(address(service), data | {"sending_key": fresh})

    assert SurveyResponse.objects.get().state == "counted"


def test_a_database_that_is_gone_keeps_the_answers_and_sets_no_cookie():
    service = build_service()
    client = Client(raise_request_exception=False)
    data = filled(service, comment="Antre lama", kode="ABCDE-FGHJK")

    with connection.execute_wrapper(silent):
        response = client.post(address(service), data)

    page = response.content.decode()
    assert response.status_code == 503
    assert not response.cookies
    kept = dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)<', page))
    assert kept == {name: str(value) for name, value in data.items()}
    assert client.post(address(service), kept | {"kode": ""}).status_code == 302


def silent(execute, sql, params, many, context):
    raise OperationalError("server closed the connection unexpectedly")


def test_the_notice_says_what_the_law_asks(client):
    page = client.get(f"{address(build_service())}privasi/").content.decode()

    for word in ("UU 27/2022", "Pengendali data", "Dasar hukum", "Berapa lama", "Hak Anda", "24 jam"):
        assert word in page


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
