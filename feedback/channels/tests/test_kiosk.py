"""A tablet's answers come in once, from tablets that may send, on days that can be right."""

import json
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from agencies.structure.refusals import NotPossible
from ambon_kinerja.lifecycle.steps import StepRefused
from feedback.channels.actions.enumerators import end_enumerator, name_enumerator
from feedback.channels.actions.kiosks import digest_of, register_kiosk, restore_kiosk, revoke_kiosk
from feedback.channels.models import Enumerator, KioskDevice, KioskReceipt
from feedback.citizens.models import SurveyResponse

from .scene import ALL_THREES, build_scene, signed_in

KEY = "0123456789abcdef"


def answer(number=1, **changes):
    return {"key": f"{KEY}{number}", "day": "", "answers": ALL_THREES, "profile": {}} | changes


def send(client, key, *answers):
    return client.post(
        f"/kios/{key}/kirim/", json.dumps({"answers": answers}), content_type="application/json"
    )


@pytest.fixture
def kiosk(scene):
    device, key = scene.kiosk(counter=scene.free)
    return scene, device, key


def test_answers_sent_twice_count_once(client, kiosk):
    scene, _, key = kiosk
    day = scene.today.isoformat()
    batch = [answer(number, day=day) for number in range(3)]

    first = send(client, key, *batch[:2])
    second = send(client, key, *batch)

    assert first.json() == {"state": "open", "in": [f"{KEY}0", f"{KEY}1"], "refused": {}}
    assert second.json()["in"] == [f"{KEY}0", f"{KEY}1", f"{KEY}2"]
    kept = SurveyResponse.objects.all()
    assert [(each.mode, each.counter, each.service_day) for each in kept] == [
        ("kiosk", scene.free, scene.today)
    ] * 3


def test_the_database_keeps_each_key_of_a_tablet_once(kiosk):
    _, device, _ = kiosk
    KioskReceipt.objects.create(device=device, key=KEY, received_on="2026-01-05")

    with pytest.raises(IntegrityError, match="a_kiosk_answer_comes_in_once"), transaction.atomic():
        KioskReceipt.objects.create(device=device, key=KEY, received_on="2026-01-06")


def test_the_same_key_of_another_tablet_is_another_answer(client, kiosk):
    scene, _, key = kiosk
    _, other = scene.kiosk(nonce="m" * 20)

    send(client, key, answer())
    send(client, other, answer())

    assert SurveyResponse.objects.count() == 2


def test_a_wrong_answer_is_named_and_the_others_are_in(client, kiosk):
    _, _, key = kiosk
    wrong = [
        answer(1, answers=ALL_THREES | {"waktu": 5}),
        answer(2, answers=ALL_THREES | {"waktu": "3"}),
        answer(3, answers=ALL_THREES | {"waktu": True}),
        answer(4, answers=ALL_THREES | {"cuaca": 3}),
        answer(5, answers={}),
    ]

    told = send(client, key, *wrong, answer(6)).json()

    assert told["in"] == [f"{KEY}6"]
    assert set(told["refused"]) == {f"{KEY}{number}" for number in range(1, 6)}
    assert SurveyResponse.objects.count() == KioskReceipt.objects.count() == 1


@pytest.mark.parametrize(
    ("shift", "clock"),
    [
        (0, "right"),
        (-14, "right"),
        (-15, "behind"),
        (1, "ahead"),
        (-20000, "behind"),
    ],
)
def test_a_day_that_cannot_be_right_becomes_today_and_is_marked(client, kiosk, shift, clock):
    scene, _, key = kiosk
    said = scene.today + timedelta(days=shift)

    send(client, key, answer(day=said.isoformat()))

    assert KioskReceipt.objects.get().clock == clock
    wanted = said if clock == "right" else scene.today
    assert SurveyResponse.objects.get().service_day == wanted


@pytest.mark.parametrize("day", [None, 5, "", "kemarin", "٢٠٢٦-٠١-٠١", "2026-02-30"])
def test_a_day_that_cannot_be_read_becomes_today(client, kiosk, day):
    scene, _, key = kiosk

    send(client, key, answer(day=day))

    assert SurveyResponse.objects.get().service_day == scene.today
    assert KioskReceipt.objects.get().clock == "unreadable"


def test_a_revoked_tablet_sends_nothing_and_says_so_until_it_is_restored(client, kiosk):
    scene, device, key = kiosk
    revoke_kiosk(device, by=scene.manager, reason="Hilang")

    refused, page = send(client, key, answer()), client.get(f"/kios/{key}/")

    assert (refused.status_code, refused.json()) == (410, {"state": "revoked"})
    assert page.status_code == 410
    assert "Kios ini sudah dicabut" in page.content.decode()
    assert SurveyResponse.objects.count() == 0
    restore_kiosk(device, by=scene.manager, reason="Ditemukan")
    assert send(client, key, answer()).json()["in"] == [f"{KEY}1"]


def test_nobody_but_the_service_manager_keeps_kiosks_and_names_enumerators(kiosk):
    scene, device, _ = kiosk
    someone = scene.enumerator()
    named = Enumerator.objects.get()

    with pytest.raises(NotPossible, match="tidak mengelola"):
        register_kiosk(service=scene.service, counter=None, name="Tablet", nonce="o" * 20, by=someone)
    with pytest.raises(NotPossible, match="tidak mengelola"):
        name_enumerator(
            unit=scene.service.unit,
            employee=scene.cast["self"].employee,
            start=scene.today,
            last_day=scene.today,
            by=someone,
        )
    with pytest.raises(NotPossible, match="tidak mengelola"):
        end_enumerator(named, by=someone)
    with pytest.raises(StepRefused, match="tidak berwenang"):
        revoke_kiosk(device, by=someone, reason="Hilang")

    assert KioskDevice.objects.get().state == "active"
    assert Enumerator.objects.filter(term__contains=scene.today).count() == 1


def test_a_closed_service_keeps_the_queue_in_the_tablet(client, kiosk):
    scene, _, key = kiosk
    scene.service.is_open = False
    scene.service.save()

    told = send(client, key, answer())

    assert (told.status_code, told.json()["state"], told.json()["in"]) == (409, "closed", [])
    assert KioskReceipt.objects.count() == 0


def test_a_tablet_has_a_limit_a_day(client, kiosk, settings):
    settings.KIOSK_MOST_ANSWERS_A_DAY = 2
    _, _, key = kiosk

    told = send(client, key, *map(answer, range(3)))

    assert (told.status_code, told.json()["state"], len(told.json()["in"])) == (429, "full", 2)
    again = send(client, key, *map(answer, range(2)))  # what is in already is not refused
    assert (again.status_code, len(again.json()["in"])) == (200, 2)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"answers": 3}',
        '{"answers": [3]}',
        '{"answers": [{"key": "kurang"}]}',
        '{"answers": [{"key": ["a"], "answers": {}}]}',
        '{"answers": [{"key": "0123456789abcdef\\u0000", "answers": {}}]}',
        '{"answers": [{"key": "0123456789abcdef\\ud800", "answers": {}}]}',
        '{"answers": [{"key": "0123456789abcdef", "answers": []}]}',
        "[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_what_no_tablet_sends_is_refused_whole(client, kiosk, body):
    _, _, key = kiosk

    told = client.post(f"/kios/{key}/kirim/", body, content_type="application/json")

    assert (told.status_code, told.json()) == (400, {"state": "unreadable"})


def test_a_hostile_profile_counts_as_not_told(client, kiosk):
    _, _, key = kiosk
    profile = {"sex": ["L"], "age_band": "\x00", "education": "S1", "occupation": {"a": 1}, "name": "Budi"}

    send(client, key, answer(profile=profile))

    kept = SurveyResponse.objects.get()
    assert (kept.sex, kept.age_band, kept.education, kept.occupation) == ("", "", "S1", "")


def test_a_five_megabyte_batch_is_refused_in_words(client, kiosk):
    _, _, key = kiosk

    told = client.post(f"/kios/{key}/kirim/", "x" * 5_000_000, content_type="application/json")

    assert told.status_code in (400, 413)


def test_a_key_nobody_has_opens_nothing(client, kiosk):
    unknown = "2d3c1f2e-0d0c-4b0a-8f0e-0a0b0c0d0e0f"

    assert client.get(f"/kios/{unknown}/").status_code == 404
    assert send(client, unknown, answer()).status_code == 404


def test_without_a_script_the_page_sends_the_same_answer_once(client, kiosk):
    _, _, key = kiosk
    page = client.get(f"/kios/{key}/")
    sent = {"sending_key": page.context["form"]["sending_key"].value(), "sex": "P", **ALL_THREES}

    answers = [client.post(f"/kios/{key}/", sent) for _ in range(2)]

    assert [each.url for each in answers] == [f"/kios/{key}/terima-kasih/"] * 2
    assert client.get(answers[0].url).status_code == 200
    assert SurveyResponse.objects.get().sex == "P"
    assert not client.cookies


def test_an_incomplete_page_comes_back_with_what_was_chosen(client, kiosk):
    _, _, key = kiosk

    again = client.post(f"/kios/{key}/", {"sending_key": "k" * 20, "waktu": "2", "biaya": "٣", "extra": "x"})

    assert again.status_code == 422
    assert again.context["form"]["waktu"].value() == "2"
    assert "Pilih satu jawaban untuk" in again.content.decode()


def test_the_page_of_a_tablet_is_light_asks_no_name_and_leads_nowhere(client, kiosk):
    _, _, key = kiosk

    page = client.get(f"/kios/{key}/")

    text = page.content.decode()
    assert "<textarea" not in text
    assert 'type="text"' not in text
    assert '<a href="/' not in text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Content-Security-Policy"]


def test_the_worker_is_served_above_the_tablets_page(client, kiosk):
    told = client.get("/kios/pekerja.js")

    assert told.headers["Content-Type"].startswith("text/javascript")
    assert b"caches.open" in told.content


def test_the_day_a_tablet_was_seen_is_kept_and_no_hour(client, kiosk):
    scene, device, key = kiosk

    client.get(f"/kios/{key}/")

    device.refresh_from_db()
    assert device.last_seen_on == scene.today


# --- the service manager ------------------------------------------------------------------------


def test_the_key_is_shown_once_and_kept_as_a_digest(client, scene):
    signed_in(client, scene.manager)
    nonce = client.get("/kios/pasang/").context["form"]["nonce"].value()
    facts = {"service": scene.service.pk, "counter": scene.free.pk, "name": "Tablet", "nonce": nonce}

    pages = [client.post("/kios/pasang/", facts) for _ in range(2)]

    device = KioskDevice.objects.get()
    key = pages[0].context["address"].split("/")[-2]
    assert device.key_digest == digest_of(key)
    assert key in pages[1].content.decode()  # a double click shows the same one
    assert key not in client.get(f"/kios/{device.pk}/").content.decode()
    assert client.get(f"/kios/{key}/").status_code == 200
    KioskDevice.objects.update(registered_at=device.registered_at - timedelta(hours=1))
    assert client.post("/kios/pasang/", facts).url == f"/kios/{device.pk}/"


def test_a_counter_of_another_service_is_refused(client, scene):
    signed_in(client, scene.manager)
    other = build_other_service(scene)

    refused = client.post(
        "/kios/pasang/",
        {"service": other.pk, "counter": scene.free.pk, "name": "Tablet", "nonce": "n" * 20},
    )

    assert refused.status_code == 422
    assert "Loket ini milik layanan lain." in refused.content.decode()


def build_other_service(scene):
    from feedback.services.actions import add_service

    return add_service(unit=scene.service.unit, name="Lain", slug="layanan-lain", by="test")


def test_revoking_needs_a_reason_and_happens_once(client, kiosk):
    scene, device, _ = kiosk
    signed_in(client, scene.manager)

    statuses = [
        client.post(f"/kios/{device.pk}/cabut/", {"reason": reason}).status_code
        for reason in ("", "Hilang", "Hilang")
    ]

    assert statuses == [422, 302, 409]
    assert "Hilang" in client.get(f"/kios/{device.pk}/").content.decode()


@pytest.mark.parametrize("name", ["self", "peer", "stranger", "unit_admin", "other_admin", "outsider"])
def test_nobody_but_the_service_manager_finds_the_tablets(client, kiosk, name):
    scene, device, _ = kiosk
    signed_in(client, scene.cast[name])

    pages = ["/kios/", "/kios/pasang/", f"/kios/{device.pk}/"]

    assert [client.get(page).status_code for page in pages] == [404] * 3


def test_the_list_asks_as_much_for_ten_tablets_as_for_one(client, scene, django_assert_num_queries):
    from django.test.utils import CaptureQueriesContext

    signed_in(client, scene.manager)
    scene.kiosk(counter=scene.free)
    client.get("/kios/")
    with CaptureQueriesContext(connection) as one:
        client.get("/kios/")
    for number in range(9):
        scene.kiosk(counter=scene.free, nonce=f"{number}" * 20)

    with CaptureQueriesContext(connection) as ten:
        client.get("/kios/")

    assert len(ten) == len(one)


@pytest.mark.django_db(transaction=True)
def test_the_same_queue_sent_at_the_same_moment_comes_in_once():
    scene = build_scene()
    _, key = scene.kiosk(counter=scene.free)
    batch = [answer(number) for number in range(10)]
    start, told = Barrier(4), []

    def sync():
        start.wait()
        try:
            told.append(send(Client(), key, *batch))
        finally:
            connection.close()

    threads = [Thread(target=sync) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [len(each.json()["in"]) for each in told] == [10] * 4
    assert SurveyResponse.objects.count() == KioskReceipt.objects.count() == 10
