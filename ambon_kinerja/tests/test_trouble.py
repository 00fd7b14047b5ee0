"""A database in trouble loses no text."""

import pytest
from django.db import OperationalError, connection
from django.test import Client

from feedback.citizens.tests.scene import ALL_FOURS, build_service


class Silent:
    """Every statement fails, as with a database that is gone."""

    def __call__(self, execute, sql, params, many, context):
        raise OperationalError("server closed the connection unexpectedly")


@pytest.mark.django_db
def test_what_was_sent_comes_back_ready_to_be_sent_again():
    address = f"/survei/{build_service().slug}/"
    client = Client(raise_request_exception=False)

    with connection.execute_wrapper(Silent()):
        response = client.post(address, ALL_FOURS | {"comment": 'Antre "lama" </textarea><b>'})

    page = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert f'action="{address}"' in page
    assert "Antre &quot;lama&quot; &lt;/textarea&gt;&lt;b&gt;" in page


@pytest.mark.django_db
def test_a_password_is_never_sent_back():
    client = Client(raise_request_exception=False)

    with connection.execute_wrapper(Silent()):
        response = client.post("/masuk/", {"username": "bidan", "password": "sangat-rahasia"})

    assert response.status_code == 503
    assert "sangat-rahasia" not in response.content.decode()
    assert "bidan" in response.content.decode()


@pytest.mark.django_db
def test_a_page_that_cannot_be_read_offers_to_try_again():
    client = Client(raise_request_exception=False)

    with connection.execute_wrapper(Silent()):
        response = client.get("/layanan/?a=1")

    assert response.status_code == 503
    assert 'href="/layanan/?a=1"' in response.content.decode()


@pytest.mark.django_db
def test_a_fault_of_our_own_stays_a_500(monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("ours")

    monkeypatch.setattr("feedback.results.views.public.services_found", broken)

    assert Client(raise_request_exception=False).get("/layanan/").status_code == 500
