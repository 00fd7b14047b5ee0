"""What everybody gets whose request cannot be read: our words and our headers, never an English line."""

import pytest

pytestmark = pytest.mark.django_db
TOO_LONG = "a" * (2 * 1024 * 1024 + 1)


def test_a_request_to_a_strange_host_is_answered_in_our_words(client):
    response = client.get("/masuk/", headers={"host": "jahat.example"})

    assert response.status_code == 400
    assert "<h1>Kiriman tidak terbaca</h1>" in response.content.decode()


@pytest.mark.parametrize("body", [f"username={TOO_LONG}", "&".join(["a=1"] * 2001)], ids=["long", "fields"])
def test_a_form_that_is_too_big_is_answered_in_our_words(client, body):
    response = client.post("/masuk/", body, content_type="application/x-www-form-urlencoded")

    assert response.status_code == 413
    assert "<h1>Kiriman terlalu besar</h1>" in response.content.decode()
