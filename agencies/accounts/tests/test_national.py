"""The national sign-in against a provider of our own, honest and not."""

import pytest
from django.test import Client
from joserfc.jwk import RSAKey

from agencies.accounts import national
from agencies.accounts.models import SignedInDevice
from ambon_kinerja.audit.models import AuditEvent

from .door import NIP, SECOND, SIGN_IN, give_app, is_signed_in
from .provider import CLIENT_ID, CLIENT_SECRET, Provider

pytestmark = pytest.mark.django_db

START, BACK = "/masuk/asn/", "/masuk/asn/kembali/"


@pytest.fixture
def provider(settings):
    there = Provider()
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID = there.issuer, CLIENT_ID
    settings.OIDC_CLIENT_SECRET = CLIENT_SECRET
    there.person = {"nip": NIP}
    national.client_for.cache_clear()
    yield there
    there.stop()


def come_back(client, provider, **changes):
    query = provider.sign_in_there(client.get(START, {"next": "/akun/"}).url)
    return client.get(BACK, query | changes)


def test_without_settings_there_is_no_button_and_no_page(client, db):
    assert "akun ASN" not in client.get(SIGN_IN).text
    assert client.get(START).status_code == client.get(BACK).status_code == 404


def test_the_button_leads_to_the_provider_with_state_nonce_and_pkce(client, provider):
    assert f'href="{START}"' in client.get(SIGN_IN).text

    address = client.get(START).url

    provider.sign_in_there(address)
    assert address.startswith(f"{provider.issuer}/auth?")
    assert provider.asked["code_challenge_method"] == "S256"
    assert provider.asked["redirect_uri"] == "http://testserver/masuk/asn/kembali/"
    assert min(len(provider.asked[name]) for name in ("state", "nonce", "code_challenge")) >= 20


def test_the_nip_finds_the_account(client, user, provider):
    client.get("/kata-sandi-baru/apa-saja/")
    before = client.session.session_key

    response = come_back(client, provider)

    assert (response.status_code, response.url) == (302, "/akun/")
    assert is_signed_in(client)
    assert client.session.session_key != before


ATTACKS = {
    "another nonce": lambda claims: claims | {"nonce": "another"},
    "no nonce": lambda claims: {name: value for name, value in claims.items() if name != "nonce"},
    "another audience": lambda claims: claims | {"aud": "another-client"},
    "no audience": lambda claims: {name: value for name, value in claims.items() if name != "aud"},
    "another issuer": lambda claims: claims | {"iss": "https://evil.test"},
    "expired": lambda claims: claims | {"exp": claims["exp"] - 200, "iat": claims["iat"] - 300},
    "no end": lambda claims: {name: value for name, value in claims.items() if name != "exp"},
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_token_that_does_not_hold_opens_nothing(client, user, provider, attack):
    provider.lie = ATTACKS[attack]

    assert come_back(client, provider).status_code == 403
    assert not is_signed_in(client)
    assert AuditEvent.objects.filter(action="account.national_sign_in_refused").count() == 1


def test_an_unsigned_token_opens_nothing(client, user, provider):
    provider.header = {"alg": "none"}

    assert come_back(client, provider).status_code == 403


def test_a_token_signed_with_the_public_key_as_secret_opens_nothing(client, user, provider):
    provider.header = {"alg": "HS256", "kid": "one"}

    assert come_back(client, provider).status_code == 403


def test_a_token_signed_by_somebody_else_opens_nothing(client, user, provider):
    provider.signed_with = RSAKey.generate_key(2048, {"kid": "one"})

    assert come_back(client, provider).status_code == 403


def test_a_new_key_of_the_provider_is_fetched(client, user, provider):
    come_back(Client(), provider)
    provider.key = provider.signed_with = RSAKey.generate_key(2048, {"kid": "two"})
    provider.header = {"alg": "RS256", "kid": "two"}

    assert come_back(client, provider).status_code == 302


def test_an_answer_without_identity_token_opens_nothing(client, user, provider):
    provider.leaves_out_token = True

    assert come_back(client, provider).status_code == 403


def test_a_state_is_good_once_and_for_its_own_browser(client, user, provider):
    query = provider.sign_in_there(client.get(START).url)

    assert Client().get(BACK, query).status_code == 403
    assert client.get(BACK, query | {"state": "made-up"}).status_code == 403
    assert client.get(BACK, query).status_code == 302
    client.post("/keluar/")
    assert client.get(BACK, query).status_code == 403


def test_a_wrong_code_or_a_refusal_there_opens_nothing(client, user, provider):
    assert come_back(client, provider, code="guessed").status_code == 403
    assert come_back(client, provider, error="access_denied").status_code == 403


@pytest.mark.parametrize(
    "person", [{"nip": "198609262015051977"}, {"nip": ""}, {}, {"email": "petrus@contoh.test"}]
)
def test_who_is_not_known_here_is_told_so(client, user, provider, person):
    provider.person = person

    response = come_back(client, provider)

    assert response.status_code == 403
    assert "belum terdaftar di sini, atau akunnya tidak aktif" in response.text


def test_an_inactive_account_gets_the_same_answer(client, user, provider):
    type(user).objects.update(is_active=False)

    assert "belum terdaftar di sini, atau akunnya tidak aktif" in come_back(client, provider).text


@pytest.mark.parametrize(("verified", "status"), [(True, 302), (False, 403), ("true", 403), (None, 403)])
def test_a_verified_address_stands_in_for_the_nip_only_if_the_settings_say_so(
    client, user, provider, settings, verified, status
):
    settings.OIDC_EMAIL_FALLBACK = True
    provider.person = {"email": "petrus@contoh.test", "email_verified": verified}

    assert come_back(client, provider).status_code == status


@pytest.mark.parametrize(
    ("said", "url"),
    [
        ({}, SECOND),
        ({"amr": ["pwd"]}, SECOND),
        ({"amr": ["pwd", "otp"]}, "/akun/"),
        ({"acr": "gold"}, "/akun/"),
    ],
)
def test_a_second_factor_shown_there_counts_when_the_settings_name_it(
    client, user, provider, settings, said, url
):
    settings.OIDC_SECOND_FACTOR_AMR, settings.OIDC_SECOND_FACTOR_ACR = ["otp"], ["gold"]
    give_app(user)
    provider.person |= said

    assert come_back(client, provider).url == url
    assert SignedInDevice.objects.filter(second_factor="national").exists() is (url == "/akun/")


def test_without_such_settings_nothing_said_there_counts(client, user, provider):
    give_app(user)
    provider.person |= {"amr": ["otp"], "acr": "gold"}

    assert come_back(client, provider).url == SECOND


def test_a_provider_that_is_away_or_another_is_said_in_words(client, user, provider, settings):
    provider.says_issuer = "https://evil.test"
    assert client.get(START).status_code == 503
    national.client_for.cache_clear()
    provider.stop()

    response = client.get(START)

    assert response.status_code == 503
    assert "masuk dengan kata sandi" in response.text
