"""Who finds a pile of paper, and which frame of one is refused."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agencies.access.actions import grant_role
from agencies.access.roles import Role
from agencies.access.tests.cast import LONG_AGO
from ambon_kinerja.lifecycle.steps import StepRefused
from feedback.channels.actions.batches import accept_batch, cancel_batch
from feedback.channels.actions.keying import key_sheets

from .scene import signed_in
from .test_paper import keyed_twice, make_batch, sheet


@pytest.mark.parametrize("name", ["self", "appraiser", "superior"])
def test_who_is_judged_by_the_sheets_finds_no_batch(scene, name):
    batch = make_batch(scene, counter="busy")
    client = signed_in(Client(), scene.enumerator(name))

    pages = [client.get(f"/lembar-kertas/{batch.pk}/{page}").status_code for page in ("", "ketik/", "nomor/")]
    step = client.post(f"/lembar-kertas/{batch.pk}/langkah/", {"langkah": "selesai"}).status_code

    assert [*pages, step] == [404] * 4
    assert batch.label not in client.get("/lembar-kertas/").content.decode()


def test_who_is_judged_by_the_sheets_cannot_open_them_either(scene):
    client = signed_in(Client(), scene.enumerator("self"))
    facts = {
        "service": scene.service.pk,
        "counter": scene.busy.pk,
        "first_day": scene.today.isoformat(),
        "last_day": scene.today.isoformat(),
        "sheets": "3",
    }

    refused = client.post("/lembar-kertas/baru/", facts)

    assert refused.status_code == 422
    assert "Minta orang lain" in refused.content.decode()
    assert client.post("/lembar-kertas/baru/", facts | {"counter": scene.free.pk}).status_code == 302


@pytest.mark.parametrize("name", ["self", "appraiser", "superior"])
def test_who_is_judged_by_the_sheets_cannot_key_them_past_the_pages(scene, name):
    """He may have had the page open before he was put on duty at the counter."""
    batch, person = make_batch(scene, counter="busy"), scene.enumerator(name)

    with pytest.raises(StepRefused, match="tidak berwenang"):
        key_sheets(batch, typed=[sheet(1)], round_number=1, by=person)
    assert key_sheets(make_batch(scene), typed=[sheet(1)], round_number=1, by=person) == 1


@pytest.mark.parametrize("name", ["self", "appraiser", "superior"])
def test_a_manager_who_is_judged_by_the_sheets_neither_accepts_nor_cancels_them(scene, name):
    unit, person = scene.service.unit, scene.cast[name]
    grant_role(person, role=Role.SERVICE_MANAGER, unit=unit, start=LONG_AGO, by="test", reason="uji")
    batch = keyed_twice(scene, scene.enumerator(), scene.manager, [sheet(1)], [sheet(1)], counter="busy")

    with pytest.raises(StepRefused, match="tidak berwenang"):
        accept_batch(batch, by=person)
    with pytest.raises(StepRefused, match="tidak berwenang"):
        cancel_batch(batch, by=person, reason="Lembar hilang")

    assert accept_batch(batch, by=scene.manager) == 1


@pytest.mark.parametrize("name", ["self", "peer", "stranger", "unit_admin", "other_admin", "outsider"])
def test_strangers_find_no_paper(scene, name):
    batch = make_batch(scene)
    client = signed_in(Client(), scene.cast[name])

    pages = ("/lembar-kertas/", "/lembar-kertas/baru/", f"/lembar-kertas/{batch.pk}/")

    assert [client.get(page).status_code for page in pages] == [404] * 3


def test_a_frame_that_makes_no_sense_is_refused_at_its_field(scene):
    client = signed_in(Client(), scene.manager)

    for changes, words in (
        ({"sheets": "0"}, "Isi jumlah lembar antara 1 dan 200."),
        ({"sheets": "99999999999999999999"}, "Isi jumlah lembar antara 1 dan 200."),
        ({"first_day": "2015-01-01"}, "satu tahun yang lalu"),
        ({"last_day": "2098-01-01"}, "di masa depan"),
        ({"first_day": (scene.today - timedelta(days=31)).isoformat()}, "paling banyak 31 hari"),
        ({"service": "x"}, "Pilih layanan dari daftar."),
    ):
        facts = {
            "service": scene.service.pk,
            "first_day": scene.today.isoformat(),
            "last_day": scene.today.isoformat(),
            "sheets": "3",
        }
        refused = client.post("/lembar-kertas/baru/", facts | changes)
        assert refused.status_code == 422
        assert words in refused.content.decode()


def test_the_list_asks_as_much_for_many_batches_as_for_one(scene):
    client = signed_in(Client(), scene.enumerator())
    make_batch(scene)
    client.get("/lembar-kertas/")
    with CaptureQueriesContext(connection) as one:
        client.get("/lembar-kertas/")
    for _ in range(4):
        make_batch(scene)

    with CaptureQueriesContext(connection) as many:
        client.get("/lembar-kertas/")

    assert len(many) == len(one)


def test_the_blank_form_asks_in_the_official_order(scene):
    first = scene.enumerator()

    text = signed_in(Client(), first).get("/lembar-kertas/cetak/pelayanan-ibu/").content.decode()

    assert text.index("kualitas sarana") < text.index("penanganan pengaduan pengguna")
    assert "Tidak sopan dan ramah" in text
    assert "Jenis kelamin" in text
