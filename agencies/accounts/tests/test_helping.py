"""A system admin helps somebody who has lost phone and codes."""

import pytest

from agencies.access.tests.cast import build_cast
from agencies.accounts.models import TotpSecret

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    cast = build_cast()
    TotpSecret.objects.create(user=cast["appraiser"], sealed="x")
    return cast


def address(cast):
    return f"/akses/akun/{cast['appraiser'].pk}/atur-ulang-langkah-kedua/"


def test_a_system_admin_takes_the_second_factors_away_with_a_reason(client, cast):
    client.force_login(cast["system_admin"])

    assert "Pastikan dahulu" in client.get(address(cast)).text
    assert client.post(address(cast), {"alasan": " "}).status_code == 422
    assert TotpSecret.objects.filter(user=cast["appraiser"]).exists()
    assert client.post(address(cast), {"alasan": "Ponsel hilang"}).status_code == 302
    assert not TotpSecret.objects.filter(user=cast["appraiser"]).exists()
    assert cast["appraiser"].notices.filter(subject__contains="Langkah kedua").count() == 1


@pytest.mark.parametrize("person", ["personnel_office", "unit_admin", "appraiser", "self", "outsider"])
def test_nobody_else_does(client, cast, person):
    client.force_login(cast[person])

    assert client.post(address(cast), {"alasan": "x"}).status_code == 404
    assert TotpSecret.objects.filter(user=cast["appraiser"]).exists()


def test_nobody_resets_his_own(client, cast):
    client.force_login(cast["system_admin"])

    own = f"/akses/akun/{cast['system_admin'].pk}/atur-ulang-langkah-kedua/"
    assert client.post(own, {"alasan": "x"}).status_code == 404
