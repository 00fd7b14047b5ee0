"""Merging and splitting as guided pages."""

from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.people.assigning import assign
from agencies.people.models import Assignment
from agencies.people.reporting_line import appraiser_on, appraisers_on
from agencies.people.tests.organisation import make_employee
from agencies.structure.actions import change_post
from agencies.structure.models import PostVersion, Unit, UnitVersion
from agencies.structure.reference_data import fill
from ambon_kinerja.audit.models import AuditEvent

from .steps import carry_through, click, done, look, told

pytestmark = pytest.mark.django_db
ON = date(2026, 7, 1)
WHY = {"decree": "188/7/2026", "decree_date": "2026-06-20", "reason": "Penataan"}


@pytest.fixture(autouse=True)
def levels(db):
    fill()


@pytest.fixture
def office(client, city):
    client.force_login(city.office)
    return client


def merger(city, merged, into=None, on="2026-07-01"):
    asked = {f"merged_{number}": city.units[key].pk for number, key in enumerate(merged, 1)}
    asked |= {"into": city.units[into].pk if into else "", "on": on}
    return f"/organisasi/penataan/gabung/?{urlencode(asked)}"


def fate(city, post, what):
    return {f"head_{city.posts[post].pk}": what}


def shown_on(client, unit, day):
    """What the page of a unit says of it on a day, without what depends on today."""
    page = client.get(reverse("agencies:unit-detail", args=[unit.pk]), {"tanggal": day.isoformat()})
    version = page.context["version"]
    return version and version.name, [
        (seat.version.name, seat.version.leads_unit, seat.names) for seat in page.context["seats"]
    ]


# --- merging ------------------------------------------------------------------------------------


def test_a_merger_tells_what_would_happen_and_then_does_it(office, city):
    address = merger(city, ["catch"], into="sea")

    page = look(office, address, WHY | fate(city, "catch-head", "end"))

    assert told(page) == [
        "Bidang Tangkap berakhir.",
        "1 jabatan dan 2 pegawai pindah dari Bidang Tangkap ke Bidang Laut.",
        "1 jabatan mendapat jabatan atasan lain.",
        "1 jabatan berakhir.",
        "Tugas 1 pegawai berakhir.",
        "Pejabat penilai 2 pegawai berubah.",
        "1 pegawai menjadi tanpa pejabat penilai.",
    ]

    answer = office.post(address, click(page))

    assert answer.url == reverse("agencies:unit-detail", args=[city.units["sea"].pk])
    assert appraiser_on(city.people["tara"], ON) == city.people["lina"]
    assert Unit.objects.get(code="catch").successor == city.units["sea"]
    tono = Assignment.objects.known().get(employee=city.people["tono"])
    assert tono.last_day == ON - timedelta(days=1)


def test_days_before_a_merger_and_what_was_known_before_it_stay(office, city):
    moment, day_before = timezone.now(), ON - timedelta(days=1)
    everybody = [person.pk for person in city.people.values()]
    before = appraisers_on(everybody, day_before)
    on_the_day = appraisers_on(everybody, ON)
    pages = [shown_on(office, city.units[key], day_before) for key in ("catch", "sea", "fish")]

    carry_through(office, merger(city, ["catch"], into="sea"), WHY | fate(city, "catch-head", "end"))

    assert appraisers_on(everybody, day_before) == before
    assert appraisers_on(everybody, ON, moment) == on_the_day
    assert appraisers_on(everybody, ON) != on_the_day
    assert [shown_on(office, city.units[key], day_before) for key in ("catch", "sea", "fish")] == pages
    assert shown_on(office, city.units["catch"], ON) == (None, [])


def test_a_head_may_stay_as_an_ordinary_post(office, city):
    carry_through(office, merger(city, ["catch"], into="sea"), WHY | fate(city, "catch-head", "stay"))

    version = PostVersion.objects.on(ON).get(post=city.posts["catch-head"])
    assert (version.unit, version.leads_unit, version.superior) == (
        city.units["sea"],
        False,
        city.posts["sea-head"],
    )
    assert appraiser_on(city.people["tara"], ON) == city.people["tono"]
    assert appraiser_on(city.people["tono"], ON) == city.people["lina"]


def test_two_units_become_a_new_one_led_by_one_of_their_heads(office, city):
    data = WHY | fate(city, "catch-head", "end") | fate(city, "sea-head", "lead")
    data |= {"name": "Bidang Ikan", "code": "IKAN", "kind": "unit", "parent": city.units["fish"].pk}

    carry_through(office, merger(city, ["catch", "sea"]), data | {"head_name": "Kepala Bidang Ikan"})

    new = Unit.objects.get(code="IKAN")
    head = PostVersion.objects.on(ON).get(unit=new, leads_unit=True)
    assert (new.name, new.parent, new.valid_from) == ("Bidang Ikan", city.units["fish"], ON)
    assert (head.name, head.post, head.superior) == (
        "Kepala Bidang Ikan",
        city.posts["sea-head"],
        city.posts["fish-head"],
    )
    assert [unit.code for unit in new.predecessors.order_by("code")] == ["catch", "sea"]
    assert appraiser_on(city.people["tara"], ON) == city.people["lina"]


def test_an_agency_takes_its_units_along(office, city):
    carry_through(office, merger(city, ["fish"], into="trade"), WHY | fate(city, "fish-head", "end"))

    parents = dict(UnitVersion.objects.on(ON).values_list("unit__code", "parent__code"))
    assert parents == {"city": None, "trade": "city", "market": "trade", "catch": "trade", "sea": "trade"}
    assert Unit.objects.get(code="catch").path.startswith(Unit.objects.get(code="trade").path)
    assert appraiser_on(city.people["tono"], ON) == city.people["dodi"]


def test_a_merger_is_one_event_in_the_trail(office, city):
    carry_through(office, merger(city, ["fish"], into="trade"), WHY | fate(city, "fish-head", "stay"))

    assert AuditEvent.objects.filter(action="unit.merge").count() == 1
    assert AuditEvent.objects.filter(action__in=["unit.change", "post.change"]).count() == 0


@pytest.mark.parametrize(
    ("merged", "into", "heads", "words"),
    [
        (["catch"], "sea", {"catch-head": "lead"}, "Pilih satu pimpinan"),
        (["fish"], "catch", {"fish-head": "end"}, "berada di bawah Dinas Perikanan"),
    ],
)
def test_what_is_in_the_way_is_named(office, city, merged, into, heads, words):
    data = WHY
    for post, what in heads.items():
        data = data | fate(city, post, what)

    page = look(office, merger(city, merged, into), data)

    assert page.status_code == 422
    assert words in page.text
    assert done() == []


def test_a_change_that_was_decided_for_later_is_in_the_way(office, city):
    change_post(city.posts["catch-staff"], on=date(2026, 9, 1), superior=city.posts["fish-head"], by="test")

    page = look(office, merger(city, ["catch"], into="sea"), WHY | fate(city, "catch-head", "end"))

    assert page.status_code == 422
    assert "sudah tercatat perubahan mulai 1 September 2026" in page.text


def test_a_new_unit_without_a_leader_is_refused(office, city):
    data = WHY | fate(city, "catch-head", "end") | fate(city, "sea-head", "end")
    data |= {"name": "Bidang Ikan", "code": "IKAN", "kind": "unit", "parent": city.units["fish"].pk}

    page = look(office, merger(city, ["catch", "sea"]), data)

    assert page.status_code == 422
    assert "belum punya pimpinan" in page.text
    assert not Unit.objects.filter(code="IKAN").exists()


def test_the_first_step_asks_which_units_and_keeps_what_was_chosen(office, city):
    page = office.get("/organisasi/penataan/gabung/", {"merged_1": city.units["catch"].pk})

    assert page.status_code == 200
    assert f'value="{city.units["catch"].pk}" selected' in page.text

    wrong = office.get(merger(city, ["catch"], into="catch"))

    assert wrong.status_code == 422
    assert "Unit tidak dapat digabung ke dirinya sendiri." in wrong.text
    assert office.get(merger(city, ["catch"])).status_code == 422


@pytest.mark.parametrize("typed", ["\x00", "x" * 5000, "-1", "9" * 30, "٣", "2026-13-45"])
def test_hostile_answers_to_a_merger_are_told(office, city, typed):
    first = dict.fromkeys(("merged_1", "merged_2", "into", "on"), typed)

    assert office.get("/organisasi/penataan/gabung/", first).status_code == 422

    heads = fate(city, "catch-head", typed)
    page = look(office, merger(city, ["catch"], into="sea"), dict.fromkeys(WHY, typed) | heads)

    assert page.status_code == 422


def test_only_the_personnel_office_merges_and_splits(client, city):
    client.force_login(city.clerk)

    for address in (merger(city, ["catch"], into="sea"), splitting(city)):
        assert client.get(address).status_code == 404
        assert client.post(address, WHY | {"langkah": "jalankan"}).status_code == 404


def test_a_merger_clicked_twice_happens_once_and_by_a_second_page_not_at_all(office, city):
    address, data = merger(city, ["catch"], into="sea"), WHY | fate(city, "catch-head", "stay")
    one, other = click(look(office, address, data)), click(look(office, address, data))

    office.post(address, one)
    again, late = office.post(address, one), office.post(address, other)

    assert (again.status_code, late.status_code) == (302, 422)
    assert "Bidang Tangkap tidak ada pada 1 Juli 2026" in late.text
    assert done() == ["unit.merge"]


# --- splitting ----------------------------------------------------------------------------------


def splitting(city, of="catch", on="2026-07-01"):
    return reverse("agencies:unit-split", args=[city.units[of].pk]) + f"?on={on}"


def new_unit(city, **more):
    return (
        WHY
        | {"name": "Bidang Kapal", "code": "KAPAL", "kind": "unit", "parent": city.units["fish"].pk}
        | more
    )


def test_a_split_gives_chosen_posts_a_new_unit_with_a_new_head(office, city):
    data = new_unit(
        city,
        posts=[city.posts["catch-staff"].pk],
        head_name="Kepala Bidang Kapal",
        head_code="kabid-kapal",
        head_level="iii_b",
    )

    carry_through(office, splitting(city), data)

    new = Unit.objects.get(code="KAPAL")
    head = PostVersion.objects.on(ON).get(unit=new, leads_unit=True)
    staff = PostVersion.objects.on(ON).get(post=city.posts["catch-staff"])
    assert (head.name, head.superior, head.post.kind, head.post.level) == (
        "Kepala Bidang Kapal",
        city.posts["fish-head"],
        "administrator",
        "iii_b",
    )
    assert (staff.unit, staff.superior) == (new, head.post)
    assert appraiser_on(city.people["tara"], ON - timedelta(days=1)) == city.people["tono"]


def test_one_of_the_posts_may_lead_the_new_unit(office, city):
    post = city.posts["catch-staff"]

    carry_through(office, splitting(city), new_unit(city, posts=[post.pk], head=post.pk))

    version = PostVersion.objects.on(ON).get(post=post)
    assert (version.leads_unit, version.superior, version.unit.code) == (
        True,
        city.posts["fish-head"],
        "KAPAL",
    )


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({}, "posts", "Pilih paling sedikit satu jabatan."),
        ({"posts": ["catch-head"]}, "posts", "Pilih dari daftar."),
        ({"posts": ["catch-staff"]}, "head_name", "Isi nama jabatan pimpinan"),
        ({"posts": ["catch-staff"], "code": "fish"}, "code", "Kode ini sudah dipakai unit lain."),
        ({"posts": ["catch-staff"], "parent": ""}, "parent", "Pilih satu."),
    ],
)
def test_an_incomplete_split_says_what_is_missing(office, city, more, field, words):
    posts = [city.posts[key].pk for key in more.get("posts", [])]

    page = look(office, splitting(city), new_unit(city, **more | {"posts": posts}))

    assert page.status_code == 422
    assert words in page.context["form"].errors[field][0]


@pytest.mark.parametrize("on", ["2019-12-31", "x", "", "99999-01-01"])
def test_a_split_starts_on_a_day_on_which_the_unit_exists(office, city, on):
    page = office.get(splitting(city, on=on))

    assert page.status_code == 422
    assert "on" in page.context["form"].errors


def test_the_preview_of_a_split_keeps_every_answer(office, city):
    post = city.posts["catch-staff"]
    assign(make_employee("Tomo Staf"), post=post, start=date(2026, 1, 1), by="test")

    page = look(office, splitting(city), new_unit(city, posts=[post.pk], head=post.pk))

    assert "1 jabatan dan 3 pegawai pindah dari Bidang Tangkap ke Bidang Kapal." in told(page)
    assert f'<input type="hidden" name="posts" value="{post.pk}"' in page.text
    assert 'name="name" value="Bidang Kapal"' in page.text
