"""What a change of a unit or post may and may not be, as its page says it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.people.assigning import assign
from agencies.people.models import Assignment
from agencies.people.reporting_line import appraiser_on
from agencies.people.tests.organisation import make_employee, make_unit
from agencies.structure.actions import add_post, change_post, change_unit
from agencies.structure.models import Post, Unit, UnitVersion
from agencies.structure.reference_data import fill

from .steps import carry_through, click, look, told

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


def test_a_past_day_is_a_correction_and_says_what_that_means(office, city):
    address, data = rename(city, on="2025-01-01")

    page = look(office, address, data)

    assert "Tanggal ini sudah lewat" in page.text
    assert "Hasil yang sudah ditetapkan tidak berubah" in page.text


def test_a_day_to_come_is_no_correction(office, city):
    address, data = rename(city, on=(timezone.localdate() + timedelta(days=30)).isoformat())

    assert "Tanggal ini sudah lewat" not in look(office, address, data).text


def test_a_past_change_leaves_what_was_known_before(office, city):
    moment = timezone.now()
    before = appraiser_on(city.people["tara"], ON)
    address = page_of("post-change", city.posts["catch-staff"])
    data = WHY | {
        "on": "2025-01-01",
        "name": "Pengelola Tangkap",
        "unit": city.units["sea"].pk,
        "superior": city.posts["sea-head"].pk,
    }

    carry_through(office, address, data)

    assert before == city.people["tono"]
    assert appraiser_on(city.people["tara"], ON) == city.people["lina"]
    assert appraiser_on(city.people["tara"], ON, moment) == city.people["tono"]
    assert appraiser_on(city.people["tara"], date(2024, 12, 31)) == city.people["tono"]


def test_a_change_for_good_does_not_overwrite_a_later_one_unseen(office, city):
    change_unit(city.units["catch"], on=date(2026, 9, 1), name="Bidang Nanti", by="test")
    address, data = rename(city)

    page = look(office, address, data)

    assert page.status_code == 422
    assert "Mulai 1 September 2026 sudah tercatat perubahan lain" in page.text

    carry_through(office, address, data | {"until": "2026-08-31"})

    names = UnitVersion.objects.known().filter(unit=city.units["catch"]).order_by("term")
    assert [version.name for version in names] == [
        "Bidang Tangkap",
        "Bidang Perikanan Tangkap",
        "Bidang Nanti",
    ]


def test_nothing_to_change_is_told(office, city):
    page = look(office, *rename(city, name="Bidang Tangkap", head_name="Kepala Bidang Tangkap"))

    assert page.status_code == 422
    assert "Tidak ada yang berubah pada tanggal itu." in page.text


def test_a_unit_is_never_moved_below_itself(office, city):
    address = page_of("unit-move", city.units["fish"])

    page = look(office, address, WHY | {"parent": city.units["catch"].pk})

    assert page.context["form"].errors == {"parent": ["Pilih dari daftar."]}


def test_a_unit_is_not_moved_below_one_that_did_not_exist(office, city):
    young = make_unit(city.units["city"], name="Dinas Muda")
    change_unit(young, on=date(2026, 1, 1), name="Dinas Muda", by="test")
    address = page_of("unit-move", city.units["catch"])

    page = look(office, address, WHY | {"on": "1999-01-01", "parent": young.pk})

    assert page.status_code == 422


def test_the_city_itself_is_not_moved(office, city):
    assert office.get(page_of("unit-move", city.units["city"])).status_code == 404


def test_a_second_head_is_refused_in_words(office, city):
    data = WHY | {
        "name": "Kepala Kedua",
        "code": "kedua",
        "kind": "administrator",
        "superior": city.posts["fish-head"].pk,
        "leads_unit": "on",
    }

    page = look(office, page_of("post-add", city.units["catch"]), data)

    assert page.status_code == 422
    assert "Unit ini sudah punya jabatan pimpinan pada tanggal itu." in page.text
    assert 'value="Kepala Kedua"' in page.text


def test_a_level_of_another_kind_is_refused(office, city):
    data = WHY | {"name": "Analis", "code": "a", "kind": "pelaksana", "level": "ahli_muda"}

    page = look(office, page_of("post-add", city.units["catch"]), data)

    assert page.context["form"].errors["level"] == ["Jenjang ini bukan untuk jenis jabatan itu."]


def test_a_code_that_is_taken_is_refused(office, city):
    data = WHY | {"name": "X", "code": "fish", "kind": "unit"}

    page = look(office, page_of("unit-add", city.units["fish"]), data)

    assert page.context["form"].errors == {"code": ["Kode ini sudah dipakai unit lain."]}


def test_the_level_of_a_post_is_chosen_among_those_of_its_kind(office, city):
    address = page_of("post-change", city.posts["catch-head"])
    form = office.get(address).context["form"]

    assert [code for code, _ in form.fields["level"].choices] == ["", "iii_b", "iii_a"]

    data = WHY | {
        "name": "Kepala Bidang Tangkap",
        "level": "iii_b",
        "unit": city.units["catch"].pk,
        "superior": city.posts["fish-head"].pk,
        "leads_unit": "on",
    }
    carry_through(office, address, data)

    assert Post.objects.get(pk=city.posts["catch-head"].pk).level == "iii_b"


def test_a_post_that_is_held_ends_only_with_what_its_holders_do_in_it(office, city):
    address = page_of("post-end", city.posts["catch-staff"])
    refused = look(office, address, WHY)

    assert refused.status_code == 422
    assert "masih dipegang Tara Staf" in refused.text

    page = look(office, address, WHY | {"end_holders": "on"})
    office.post(address, click(page))

    assert "Tugas 2 pegawai berakhir." in told(page)
    assert "2 pegawai menjadi tanpa pejabat penilai." in told(page)
    held = Assignment.objects.known().filter(post=city.posts["catch-staff"])
    assert {row.last_day for row in held} == {ON}


def test_a_post_that_others_report_to_does_not_end(office, city):
    page = look(office, page_of("post-end", city.posts["catch-head"]), WHY | {"end_holders": "on"})

    assert page.status_code == 422
    assert "masih menjadi atasan Pengelola Tangkap" in page.text


def test_a_unit_ends_when_nothing_is_in_it_any_more(office, city):
    empty = make_unit(city.units["fish"], name="Bidang Kosong")
    page = look(office, page_of("unit-end", city.units["catch"]), WHY)

    assert page.status_code == 422
    assert "di unit ini sesudah tanggal itu" in page.text

    carry_through(office, page_of("unit-end", empty), WHY | {"successor": city.units["sea"].pk})

    ended = Unit.objects.get(pk=empty.pk)
    assert (ended.valid_until, ended.successor) == (ON, city.units["sea"])


def test_somebody_who_follows_a_planned_person_is_named(office, city):
    post = add_post(
        unit=city.units["sea"],
        code="kosong",
        name="Jabatan Kosong",
        kind="pelaksana",
        superior=city.posts["sea-head"],
        by="test",
    )
    assign(make_employee("Nanti Datang"), post=post, start=date(2027, 1, 1), by="test")

    page = look(office, page_of("post-end", post), WHY | {"end_holders": "on"})

    assert page.status_code == 422
    assert "Nanti Datang sudah ditetapkan di jabatan Jabatan Kosong mulai 1 Januari 2027" in page.text


def test_a_change_of_the_superior_tells_whose_appraiser_changes(office, city):
    address = page_of("post-change", city.posts["catch-head"])
    data = WHY | {
        "name": "Kepala Bidang Tangkap",
        "unit": city.units["catch"].pk,
        "superior": city.posts["trade-head"].pk,
        "leads_unit": "on",
    }

    page = look(office, address, data)

    assert told(page) == ["1 jabatan mendapat jabatan atasan lain.", "Pejabat penilai 1 pegawai berubah."]
    assert "Tono Kabid: dari Fina Kepala ke Dodi Kepala" in page.text


def test_the_list_of_changes_is_for_the_personnel_office_and_tells_what_was_done(office, city, client):
    carry_through(office, *rename(city))

    page = office.get("/organisasi/penataan/")

    assert "Bidang Tangkap bernama Bidang Perikanan Tangkap" in page.text
    assert "188/7/2026" in page.text

    client.force_login(city.clerk)

    assert client.get("/organisasi/penataan/").status_code == 404


def test_a_superior_that_makes_a_circle_is_refused(office, city):
    change_post(city.posts["sea-head"], on=date(2021, 1, 1), superior=city.posts["catch-head"], by="test")
    address = page_of("post-change", city.posts["catch-head"])
    data = WHY | {
        "name": "Kepala Bidang Tangkap",
        "unit": city.units["catch"].pk,
        "superior": city.posts["sea-head"].pk,
        "leads_unit": "on",
    }

    page = look(office, address, data)

    assert page.status_code == 422
    assert "Susunan ini berputar" in page.text
