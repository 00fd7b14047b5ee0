"""The guided pages by which the personnel office changes units and posts."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from agencies.people.assigning import assign
from agencies.people.tests.organisation import make_employee
from agencies.structure.models import PostVersion, Reorganisation, UnitVersion
from agencies.structure.reference_data import fill
from ambon_kinerja.audit.models import AuditEvent

from .steps import click, done, look, told

pytestmark = pytest.mark.django_db
ON = date(2026, 7, 1)
WHY = {"on": "2026-07-01", "decree": "188/7/2026", "decree_date": "2026-06-20", "reason": "Penataan"}


@pytest.fixture(autouse=True)
def levels(db):
    fill()


@pytest.fixture
def office(client, city):
    client.force_login(city.office)
    return client


def page_of(name, record):
    return reverse(f"agencies:{name}", args=[record.pk])


def rename(city, **more):
    return page_of("unit-rename", city.units["catch"]), WHY | {"name": "Bidang Perikanan Tangkap"} | more


# (address name, record, answers, the sentence the preview begins with, the kind that is kept)
CHANGES = [
    (
        "unit-add",
        "fish",
        {"name": "Bidang Budidaya", "code": "BUDIDAYA", "kind": "unit"},
        "Unit baru: Bidang Budidaya, di bawah Dinas Perikanan.",
        "unit.add",
    ),
    (
        "unit-rename",
        "catch",
        {"name": "Bidang Perikanan Tangkap", "head_name": "Kepala Bidang Tangkap"},
        "Bidang Tangkap bernama Bidang Perikanan Tangkap.",
        "unit.rename",
    ),
    (
        "unit-move",
        "catch",
        {"parent": "trade", "superior": "trade-head"},
        "Bidang Tangkap pindah dari Dinas Perikanan ke Dinas Perdagangan.",
        "unit.move",
    ),
    (
        "post-add",
        "catch",
        {
            "name": "Analis",
            "code": "analis",
            "kind": "jf_keahlian",
            "level": "ahli_muda",
            "superior": "catch-head",
        },
        "Jabatan baru: Analis di Bidang Tangkap, melapor ke Kepala Bidang Tangkap.",
        "post.add",
    ),
    (
        "post-change",
        "catch-staff",
        {"name": "Pengelola Tangkap", "unit": "sea", "superior": "sea-head"},
        "1 jabatan dan 2 pegawai pindah dari Bidang Tangkap ke Bidang Laut.",
        "post.change",
    ),
    (
        "post-end",
        "catch-staff",
        {"end_holders": "on"},
        "1 jabatan berakhir.",
        "post.end",
    ),
]
EACH_CHANGE = pytest.mark.parametrize(("name", "of", "answers", "sentence", "kind"), CHANGES)


def answers_for(city, answers):
    keys = {**city.units, **city.posts}
    asks = ("parent", "superior", "unit")
    return WHY | {name: keys[value].pk if name in asks else value for name, value in answers.items()}


def record_of(city, name, of):
    return city.posts[of] if name in ("post-change", "post-end") else city.units[of]


@EACH_CHANGE
def test_a_change_is_looked_at_first_and_then_carried_out(office, city, name, of, answers, sentence, kind):
    address, data = page_of(name, record_of(city, name, of)), answers_for(city, answers)
    before = (UnitVersion.objects.count(), PostVersion.objects.count(), AuditEvent.objects.count())

    page = look(office, address, data)

    assert page.status_code == 200
    assert sentence in told(page)
    assert (UnitVersion.objects.count(), PostVersion.objects.count(), AuditEvent.objects.count()) == before

    answer = office.post(address, click(page))

    assert answer.status_code == 302
    assert answer.url.startswith("/organisasi/unit/")
    assert done() == [kind]
    kept = Reorganisation.objects.get()
    assert (kept.first_day, kept.decree, kept.reason, kept.carried_out_by) == (
        ON + timedelta(days=name == "post-end"),
        "188/7/2026",
        "Penataan",
        city.office,
    )
    assert sentence in kept.effects


@EACH_CHANGE
def test_nobody_but_the_personnel_office_of_the_city_finds_the_page(
    client, city, name, of, answers, sentence, kind
):
    client.force_login(city.clerk)
    address = page_of(name, record_of(city, name, of))

    assert client.get(address).status_code == 404
    assert client.post(address, answers_for(city, answers) | {"langkah": "jalankan"}).status_code == 404
    assert done() == []


@EACH_CHANGE
def test_the_second_click_twice_has_one_effect(office, city, name, of, answers, sentence, kind):
    address = page_of(name, record_of(city, name, of))
    sent = click(look(office, address, answers_for(city, answers)))

    first, second = office.post(address, sent), office.post(address, sent, follow=True)

    assert first.status_code == 302
    assert "Perubahan ini sudah dijalankan" in second.text
    assert done() == [kind]


HOSTILE = ["\x00", "x" * 5000, "-1", "999999999999999999999", "<script>", "٣", "2026-13-45", "[]"]


@EACH_CHANGE
@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_answers_are_told_and_never_break(office, city, name, of, answers, sentence, kind, typed):
    address = page_of(name, record_of(city, name, of))
    data = dict.fromkeys((*answers, *WHY, "until", "level", "leads_unit"), typed)

    for step in ("periksa", "jalankan", "ubah", typed):
        page = office.post(address, data | {"langkah": step, "kunci": typed, "terlihat": typed})
        assert page.status_code == 422
    assert done() == []


def test_a_second_click_without_a_look_only_shows_what_would_happen(office, city):
    address, data = rename(city)

    page = office.post(address, data | {"langkah": "jalankan", "kunci": "abc"})

    assert page.status_code == 409
    assert "Susunan berubah" in page.text
    assert done() == []


def test_what_changed_between_looking_and_clicking_is_shown_again_and_nothing_is_lost(office, city):
    address = page_of("post-change", city.posts["catch-staff"])
    data = WHY | {
        "name": "Pengelola Tangkap",
        "unit": city.units["sea"].pk,
        "superior": city.posts["sea-head"].pk,
    }
    sent = click(look(office, address, data))
    assign(make_employee("Tini Baru"), post=city.posts["catch-staff"], start=date(2026, 1, 1), by="test")

    page = office.post(address, sent)

    assert page.status_code == 409
    assert "Susunan berubah sejak Anda memeriksanya" in page.text
    assert "1 jabatan dan 3 pegawai pindah dari Bidang Tangkap ke Bidang Laut." in told(page)
    assert 'value="188/7/2026"' in page.text
    assert done() == []

    assert office.post(address, click(page)).status_code == 302
    assert done() == ["post.change"]


def test_the_answers_can_be_changed_after_the_look(office, city):
    address, data = rename(city)

    page = office.post(address, data | {"langkah": "ubah"})

    assert page.status_code == 200
    assert 'value="Bidang Perikanan Tangkap"' in page.text
    assert "188/7/2026" in page.text
