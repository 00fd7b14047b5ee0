"""When a session ends, where somebody is signed in, and that no typed text is lost."""

import re

import pytest
import time_machine
from django.test import Client

from agencies.access.actions import end_role
from agencies.access.roles import Role
from agencies.accounts import devices
from agencies.accounts.carrying import PURPOSE
from agencies.accounts.models import SignedInDevice
from agencies.accounts.sealing import seal
from agencies.people.actions import NotPossible, set_account_active
from agencies.people.sessions import end_sessions
from ambon_kinerja.audit.models import AuditEvent

from .door import FIREFOX, NIP, PASSWORD, SIGN_IN, enter, is_signed_in, make_admin, make_user

pytestmark = pytest.mark.django_db

LIST, PING = "/akun/perangkat/", "/akun/masih-di-sini/"
CHANGE = "/akun/kata-sandi/"
START = "2026-06-01T00:00:00+00:00"


# --- ending -------------------------------------------------------------------------------------


def test_a_role_given_ends_every_session(client, user):
    other = Client()
    enter(other)
    enter(client)

    make_admin(user, Role.INSPECTOR)

    assert [is_signed_in(each) for each in (client, other)] == [False, False]
    assert enter(client).status_code == 302
    assert is_signed_in(client)


def test_a_role_ended_ends_every_session(client, user):
    grant = make_admin(user, Role.INSPECTOR)
    enter(client)

    end_role(grant, by="test", reason="Pindah tugas")

    assert not is_signed_in(client)


def test_without_the_epoch_a_session_would_outlive_the_role(client, user, monkeypatch):
    """Negative control: nothing else ends it."""
    monkeypatch.setattr("agencies.access.actions.grants.end_sessions", lambda *args, **kwargs: None)
    enter(client)

    make_admin(user, Role.INSPECTOR)

    assert is_signed_in(client)


def test_a_closed_account_is_out_and_its_old_session_stays_dead(client, user):
    enter(client)

    set_account_active(user, active=False, by="test", reason="Pensiun")
    assert not is_signed_in(client)
    assert enter(client).status_code == 422

    set_account_active(user, active=True, by="test", reason="Keliru")
    assert not is_signed_in(client)
    assert enter(client).status_code == 302


def test_nobody_closes_or_reopens_his_own_account(user):
    for active in (True, False):
        with pytest.raises(NotPossible):
            set_account_active(user, active=active, by=user, reason="x")


def test_the_sessions_of_others_go_on(client, user):
    other = make_user("Maria Contoh", "198609262015052902")
    enter(client)

    end_sessions(other, by="test", reason="uji")

    assert is_signed_in(client)
    assert (
        AuditEvent.objects.filter(action="account.end_sessions").get().target == f"agencies.User:{other.pk}"
    )


# --- a key an attacker has planted --------------------------------------------------------------


def planted_key(client):
    client.get("/kata-sandi-baru/apa-saja/")
    return client.session.session_key


def test_a_planted_session_key_is_worth_nothing_after_signing_in(client, user):
    key = planted_key(client)
    enter(client)

    attacker = Client()
    attacker.cookies["sessionid"] = key
    assert not is_signed_in(attacker)


def test_without_the_change_of_key_the_attacker_would_be_in(client, user, monkeypatch):
    """Negative control."""
    from django.contrib.sessions.backends.db import SessionStore

    monkeypatch.setattr(SessionStore, "cycle_key", lambda self: None)
    key = planted_key(client)
    enter(client)

    attacker = Client()
    attacker.cookies["sessionid"] = key
    assert is_signed_in(attacker)


# --- time-outs ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("minutes", "goes_on"), [(29, True), (31, False)])
def test_a_session_ends_after_half_an_hour_without_a_request(client, user, minutes, goes_on):
    with time_machine.travel(START, tick=False) as clock:
        enter(client)
        clock.shift(minutes * 60)

        assert is_signed_in(client) is goes_on


def test_a_sign_of_life_keeps_the_session(client, user):
    with time_machine.travel(START, tick=False) as clock:
        enter(client)
        for _ in range(4):
            clock.shift(25 * 60)
            assert client.post(PING).status_code == 204

        assert is_signed_in(client)


def test_after_twelve_hours_it_ends_however_busy(client, user):
    with time_machine.travel(START, tick=False) as clock:
        enter(client)
        for _ in range(36):
            clock.shift(20 * 60)
            assert is_signed_in(client)
        clock.shift(60)

        assert not is_signed_in(client)


def test_the_page_warns_two_minutes_before_and_without_an_inline_script(client, user):
    enter(client)

    page = client.get("/akun/").text
    assert 'data-idle-seconds="1800"' in page
    assert 'role="status"' in page
    assert "Tetap masuk" in page
    assert "data-session-warning" not in Client().get(SIGN_IN).text


def test_who_comes_back_too_late_returns_to_where_he_was(client, user):
    with time_machine.travel(START, tick=False) as clock:
        enter(client)
        clock.shift(31 * 60)
        response = client.get("/pemberitahuan/?halaman=2", follow=True)

        assert response.redirect_chain == [("/masuk/?next=/pemberitahuan/%3Fhalaman%3D2", 302)]
        assert "Sesi Anda sudah berakhir" in response.text
        assert enter(client, aim="/pemberitahuan/?halaman=2").url == "/pemberitahuan/?halaman=2"


# --- typed text ---------------------------------------------------------------------------------

TYPED = {"name": 'Kalimat "panjang" </textarea><b>', "old": "rahasia sekali", "list": ["a", "b"]}
AIM = "/hari-libur/tambah/"


@pytest.fixture
def sent_too_late(client, user):
    """The answer to a form that met an ended session; the clock stands a minute after it."""
    with time_machine.travel(START, tick=False) as clock:
        enter(client)
        clock.shift(31 * 60)
        yield client.post(AIM, TYPED)


def carried_in(page):
    return re.search(r'name="carried" value="([^"]+)"', page)[1]


def enter_with(client, carried, username=NIP):
    return client.post(SIGN_IN, {"username": username, "password": PASSWORD, "carried": carried})


def test_a_form_that_met_an_ended_session_is_offered_again_after_signing_in(client, sent_too_late):
    response = sent_too_late
    assert response.status_code == 401
    assert "tidak hilang" in response.text
    assert "Kalimat" not in response.text

    assert enter_with(client, carried_in(response.text)).url == "/masuk/kirim-lagi/"
    page = client.get("/masuk/kirim-lagi/").text
    assert f'action="{AIM}"' in page
    assert "Kalimat &quot;panjang&quot; &lt;/textarea&gt;&lt;b&gt;" in page
    assert page.count('<textarea class="visually-hidden" name="list"') == 2
    assert "rahasia sekali" not in page

    client.post(AIM, TYPED)
    assert client.get("/masuk/kirim-lagi/").status_code == 404


def test_what_is_offered_again_passes_the_check_of_the_token(user):
    """As a browser sends it: the test client checks no tokens unless it is told to."""
    browser = Client(enforce_csrf_checks=True)
    with time_machine.travel(START, tick=False) as clock:
        enter_checked(browser)
        clock.shift(31 * 60)
        late = browser.post(AIM, TYPED | {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value})
        assert enter_checked(browser, carried=carried_in(late.text)).url == "/masuk/kirim-lagi/"

        offered = browser.get("/masuk/kirim-lagi/").text
        form = re.search(rf'<form method="post" action="{AIM}".*?</form>', offered, re.DOTALL)[0]
        tokens = re.findall(r'name="csrfmiddlewaretoken" value="([^"]*)"', form)

        assert "Kiriman belum diterima" not in browser.post(AIM, TYPED | {"csrfmiddlewaretoken": tokens}).text


def enter_checked(browser, **more):
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get(SIGN_IN).text)[1]
    return browser.post(SIGN_IN, {"username": NIP, "password": PASSWORD, "csrfmiddlewaretoken": token} | more)


def test_a_wrong_password_in_between_loses_nothing(client, sent_too_late):
    carried = carried_in(sent_too_late.text)

    response = client.post(SIGN_IN, {"username": NIP, "password": "salah", "carried": carried})

    assert carried_in(response.text) == carried


def test_somebody_else_who_signs_in_there_does_not_see_it(client, sent_too_late):
    make_user("Maria Contoh", "198609262015052902")
    carried = carried_in(sent_too_late.text)

    assert enter_with(client, carried, "maria@contoh.test").url == "/"
    assert client.get("/masuk/kirim-lagi/").status_code == 404


@pytest.mark.parametrize("carried", ["", "x", "gAAAAA"])
def test_what_we_have_not_sealed_for_this_is_ignored(client, user, carried):
    assert enter_with(client, carried).url == "/"


def test_nobody_can_make_up_a_form_for_another(client, user):
    form = {"owner": user.pk, "address": AIM, "fields": [["a", "b"]]}

    for not_his in (seal(form | {"owner": user.pk + 1}, purpose=PURPOSE), seal(form, purpose="another")):
        assert enter_with(Client(), not_his).url == "/"
    assert enter_with(client, seal(form, purpose=PURPOSE)).url == "/masuk/kirim-lagi/"


def test_a_stranger_who_posts_is_sent_to_the_door_as_ever(client, user):
    assert client.post(AIM, TYPED).url == f"{SIGN_IN}?next={AIM}"


# --- devices ------------------------------------------------------------------------------------


def test_the_list_says_browser_network_and_which_is_this_one(client, user):
    other = Client(REMOTE_ADDR="198.51.100.77")
    enter(other, HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36")
    enter(client, HTTP_USER_AGENT=FIREFOX)

    page = client.get(LIST).text

    assert "Firefox di Linux" in page
    assert "Chrome di Android" in page
    assert "198.51.100.×" in page
    assert "198.51.100.77" not in page
    assert page.count("Ini perangkat yang Anda pakai") == 1


def test_one_device_is_put_out_and_the_others_stay(client, user):
    one, two = Client(), Client()
    for each in (one, two, client):
        enter(each)
    first = SignedInDevice.objects.order_by("pk").first()

    client.post(f"{LIST}{first.pk}/keluarkan/")

    assert [is_signed_in(each) for each in (one, two, client)] == [False, True, True]


def test_all_others_are_put_out(client, user):
    one, two = Client(), Client()
    for each in (one, two, client):
        enter(each)

    page = client.post(f"{LIST}keluarkan-lainnya/", follow=True)

    assert "2 perangkat lain sudah dikeluarkan." in page.text
    assert [is_signed_in(each) for each in (one, two, client)] == [False, False, True]


def test_nobody_puts_out_the_device_of_another(client, user):
    make_user("Maria Contoh", "198609262015052902")
    enter(Client(), "maria@contoh.test")
    enter(client)
    theirs = SignedInDevice.objects.get(user__name="Maria Contoh")

    assert client.post(f"{LIST}{theirs.pk}/keluarkan/").status_code == 404
    assert SignedInDevice.objects.get(pk=theirs.pk).ended_at is None


def test_a_device_that_signed_out_or_was_ended_by_a_new_password_leaves_the_list(client, user):
    one, two = Client(), Client()
    for each in (one, two, client):
        enter(each)
    one.post("/keluar/")
    client.post(CHANGE, {"old": PASSWORD, "new": "gurita di jendela kayu", "again": "gurita di jendela kayu"})

    assert len(client.get(LIST).context["devices"]) == 1


def test_the_list_asks_the_same_for_one_and_for_many(client, user, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    enter(client)
    with CaptureQueriesContext(connection) as first:
        client.get(LIST)
    count = len(first)
    for _ in range(3):
        enter(Client())

    with django_assert_num_queries(count):
        client.get(LIST)


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox di Linux"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge di Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1",
            "Safari di iPhone",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/17.5 Safari/605.1", "Safari di Mac"),
        ("curl/8.0", "Peramban yang tidak dikenal"),
        ("<script>alert(1)</script>", "Peramban yang tidak dikenal"),
    ],
)
def test_a_browser_in_words(user_agent, words):
    assert devices.in_words(user_agent) == words


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.×"),
        ("::ffff:203.0.113.9", "203.0.113.×"),
        ("2001:db8:1:2::5", "2001:db8:1::…"),
        ("", "tidak dikenal"),
    ],
)
def test_a_network_without_its_last_part(address, network):
    assert devices.network_of(address) == network
