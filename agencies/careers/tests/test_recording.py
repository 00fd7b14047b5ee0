"""Recording people, posts, states and exceptions: each page for the right person, with refusals in plain words."""

from datetime import date

import pytest
from django.utils import timezone

from agencies.access.roles import Role
from agencies.careers.models import SentForm
from agencies.people.assigning import assign, correct_assignment, end_assignment
from agencies.people.models import Assignment, Employee
from agencies.people.reporting_line import appraiser_on
from agencies.people.tests.organisation import START, make_employee, make_post
from ambon_kinerja.audit.models import AuditEvent

from .scene import account, with_role

pytestmark = pytest.mark.django_db
DECREE = {"decree": "SK 12/2026", "decree_date": "05-01-2026"}
NIP = "199001012015011901"


@pytest.fixture
def office(client, city):
    user = with_role(city[0]["root"])
    client.force_login(user)
    return user


def pick(record, field):
    """A lookup as the page sends it once a choice was made."""
    return {field: record.name, f"{field}_pilih": str(record.pk), f"{field}_untuk": record.name}


def at(name, *keys):
    return {
        "add": "/pegawai/tambah/",
        "change": "/pegawai/{}/ubah/",
        "post": "/pegawai/{}/jabatan/",
        "state": "/pegawai/{}/keadaan/",
        "appoint": "/jabatan/{}/tunjuk/",
        "end": "/penugasan/{}/akhiri/",
        "correct": "/penugasan/{}/perbaiki/",
        "withdraw": "/penugasan/{}/batalkan/",
        "end-state": "/keadaan/{}/akhiri/",
        "exception": "/penilai/khusus/tambah/",
        "end-exception": "/penilai/khusus/{}/akhiri/",
    }[name].format(*keys)


# --- people -------------------------------------------------------------------------------------


def employee_facts(**facts):
    return {"name": "Dina Baru", "kind": "pns", "nip": NIP, "rank": "III/a", "email": "d@contoh.test"} | facts


def test_only_the_personnel_office_of_the_city_adds_people(client, city):
    units, _posts, people = city
    for user in (
        account(people["Hanna Kepala"]),
        with_role(units["health"]),
        with_role(units["root"], Role.INSPECTOR),
    ):
        client.force_login(user)
        assert client.get(at("add")).status_code == 404
        assert client.post(at("add"), employee_facts()).status_code == 404
    assert not Employee.objects.filter(nip=NIP).exists()


@pytest.mark.parametrize(
    ("facts", "stored"),
    [
        ({}, (NIP, "Penata Muda, III/a")),
        ({"kind": "cpns", "nip": "19900101 201501 1 901"}, (NIP, "Penata Muda, III/a")),
        ({"kind": "pppk", "nip": "199001012023211901", "rank": "IX"}, ("199001012023211901", "IX")),
        ({"kind": "pppk_pw", "nip": "199001012023211901", "rank": ""}, ("199001012023211901", "")),
        ({"kind": "pejabat", "nip": "", "rank": ""}, (None, "")),
    ],
)
def test_every_kind_of_employee_is_added(client, office, facts, stored):
    response = client.post(at("add"), employee_facts(**facts))

    added = Employee.objects.get(name="Dina Baru")
    assert response.url == f"/pegawai/{added.pk}/"
    assert (added.nip, added.rank) == stored


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        ({"nip": ""}, "nip", "Isi NIP."),
        ({"nip": "123"}, "nip", "NIP harus 18 angka; yang tertulis 3 angka."),
        ({"name": " "}, "name", "Isi nama."),
        ({"kind": "raja"}, "kind", "Pilih status kepegawaian."),
        ({"rank": "V/z"}, "rank", "Golongan PNS ditulis I/a sampai IV/e, misalnya III/a."),
        ({"email": "bukan"}, "email", "Tulis surel seperti nama@ambon.go.id."),
        ({"name": "x" * 161}, "name", "Nama paling banyak 160 huruf."),
    ],
)
def test_what_is_wrong_with_a_new_employee_stands_at_its_field_and_nothing_typed_is_lost(
    client, office, facts, field, words
):
    page = client.post(at("add"), employee_facts() | facts)

    assert page.status_code == 422
    assert page.context["form"].errors == {field: [words]}
    assert "Dina Baru" in page.text or field == "name"


def test_a_nip_belongs_to_one_person(client, city, office):
    page = client.post(at("add"), employee_facts(nip=city[2]["Maria Bidan"].nip))

    assert page.context["form"].errors == {"nip": ["NIP ini sudah dipakai pegawai lain."]}


def change_of(client, person, **facts):
    shown = client.get(at("change", person.pk)).context["form"].initial
    return {name: value or "" for name, value in shown.items()} | {"reason": "Salah tulis"} | facts


def test_a_change_of_facts_is_kept_with_who_and_why(client, city, office):
    maria = city[2]["Maria Bidan"]

    client.post(at("change", maria.pk), change_of(client, maria, name="Maria Bidan, S.Tr.Keb"))

    page = client.get(f"/pegawai/{maria.pk}/")
    change = page.context["facts"][0]
    assert (change.words, change.by, change.reason) == (
        ["Nama: Maria Bidan → Maria Bidan, S.Tr.Keb"],
        office.name,
        "Salah tulis",
    )
    assert AuditEvent.objects.filter(action="employee.change").count() == 1


def test_who_is_slower_sees_both_versions_and_loses_nothing(client, city, office):
    maria = city[2]["Maria Bidan"]
    slow = change_of(client, maria, name="Maria Yang Lambat")
    client.post(at("change", maria.pk), change_of(client, maria, name="Maria Yang Cepat"))

    page = client.post(at("change", maria.pk), slow)

    assert page.status_code == 409
    assert ("Nama", "Maria Yang Cepat") in page.context["changed"]
    assert "Maria Yang Lambat" in page.text
    maria.refresh_from_db()
    assert maria.name == "Maria Yang Cepat"


# --- posts --------------------------------------------------------------------------------------


def test_strangers_inspectors_and_superiors_record_nothing(client, city):
    units, posts, people = city
    held = people["Maria Bidan"].assignments.get()
    addresses = [
        at("change", people["Maria Bidan"].pk),
        at("post", people["Maria Bidan"].pk),
        at("state", people["Maria Bidan"].pk),
        at("appoint", posts["Maria Bidan"].pk),
        at("end", held.pk),
        at("correct", held.pk),
        at("withdraw", held.pk),
    ]
    for user in (
        account(),
        account(people["Hanna Kepala"], "h"),
        account(people["Maria Bidan"], "m"),
        with_role(units["root"], Role.INSPECTOR),
        with_role(units["school"], Role.UNIT_ADMIN),
    ):
        client.force_login(user)
        for address in addresses:
            assert client.get(address).status_code == 404, (user, address)
            assert client.post(address, {}).status_code == 404, (user, address)


def test_the_office_gives_a_post_found_by_words(client, city, office):
    units, posts, _people = city
    newcomer = make_employee("Dina Baru")
    target = make_post(units["clinic"], posts["Hanna Kepala"], name="Perawat Terampil")
    facts = {"kind": "definitive", "start": "2026-02-01", "last_day": "", **DECREE}

    response = client.post(at("post", newcomer.pk), pick(target, "post") | facts)

    given = newcomer.assignments.get()
    assert response.url == f"/pegawai/{newcomer.pk}/"
    assert (given.post, given.decree, given.term.lower) == (target, "SK 12/2026", date(2026, 2, 1))
    assert given.recorded_by == office


def test_searching_shows_what_was_found_and_complains_of_nothing(client, city, office):
    newcomer = make_employee("Dina Baru")

    page = client.post(at("post", newcomer.pk), {"post": "kepala dinas", "cari": "post", "decree": "SK 9"})

    assert page.status_code == 200
    assert not page.context["form"].errors
    assert [each.name for each in page.context["form"].fields["post"].widget.found] == [
        "Kepala Dinas Kesehatan",
        "Kepala Dinas Pendidikan",
    ]
    assert "SK 9" in page.text
    assert not newcomer.assignments.exists()


def test_a_search_without_result_says_so(client, city, office):
    page = client.post(at("post", city[2]["Maria Bidan"].pk), {"post": "<b>%_'; --", "cari": "post"})

    assert page.context["form"].errors == {"post": ["Tidak ada yang cocok. Coba satu kata saja."]}
    assert "<b>%" not in page.text


@pytest.mark.parametrize("chosen", ["abc", "999999", "-1", "1 OR 1=1", "٣", "9" * 40])
def test_a_choice_that_was_never_offered_is_refused(client, city, office, chosen):
    facts = {"post": "kepala dinas", "post_pilih": chosen, "kind": "plt", "start": "2026-02-01", **DECREE}

    page = client.post(at("post", city[2]["Maria Bidan"].pk), facts)

    assert page.status_code == 422
    assert page.context["form"].errors == {"post": ["Pilih satu dari daftar yang ditemukan."]}


def test_a_choice_does_not_outlive_the_text_it_was_found_by(client, city, office):
    facts = pick(city[1]["Wali"], "post") | {"kind": "plh", "start": "2026-02-01", **DECREE}

    page = client.post(
        at("post", city[2]["Maria Bidan"].pk), facts | {"post": "kepala dinas pendidikan lain"}
    )

    assert page.status_code == 422
    assert not Assignment.objects.filter(kind="plh").exists()


def test_a_plt_for_a_post_that_is_held_is_refused_at_the_right_field_with_the_way_out(client, city, office):
    units, posts, people = city
    single = make_post(units["school"], posts["Wali"], name="Sekretaris Dinas", kind="administrator")
    assign(make_employee("Tina Sekretaris"), post=single, start=START, by="test")
    facts = {"kind": "plt", "start": "2026-02-01", "last_day": "2026-03-31", **DECREE}

    page = client.post(at("appoint", single.pk), pick(people["Maria Bidan"], "employee") | facts)

    assert page.status_code == 422
    assert "Plt. hanya untuk jabatan kosong; pilih Plh." in page.context["form"].errors["kind"][0]
    assert "SK 12/2026" in page.text


def test_a_plt_is_appointed_from_the_page_of_the_post_until_a_last_day(client, city, office):
    _units, posts, people = city
    end_assignment(people["Hanna Kepala"].assignments.get(), last_day=date(2026, 2, 28), by="test")
    facts = {"kind": "plt", "start": "2026-03-01", "last_day": "2026-05-31", **DECREE}

    client.post(at("appoint", posts["Hanna Kepala"].pk), pick(people["Paulus Guru"], "employee") | facts)

    maria = people["Maria Bidan"]
    line = [appraiser_on(maria, date(2026, *day)) for day in ((2, 28), (3, 1), (5, 31), (6, 1))]
    assert line == [people["Hanna Kepala"], people["Paulus Guru"], people["Paulus Guru"], people["Wali"]]


def test_a_unit_admin_offers_plh_and_additional_only_and_in_his_unit_only(client, city):
    units, posts, people = city
    client.force_login(with_role(units["health"], Role.UNIT_ADMIN))
    facts = {"start": "2026-02-01", "last_day": "2026-02-10", **DECREE}
    whom = pick(people["Maria Bidan"], "employee")

    page = client.get(at("appoint", posts["Hanna Kepala"].pk))
    refused = client.post(at("appoint", posts["Hanna Kepala"].pk), whom | facts | {"kind": "plt"})
    client.post(at("appoint", posts["Hanna Kepala"].pk), whom | facts | {"kind": "plh"})

    assert [kind for kind, _ in page.context["form"].fields["kind"].choices] == ["plh", "additional"]
    assert refused.context["form"].errors == {"kind": ["Pilih jenis tugas."]}
    assert people["Maria Bidan"].assignments.get(kind="plh").post == posts["Hanna Kepala"]
    assert client.get(at("appoint", posts["Paulus Guru"].pk)).status_code == 404


def test_a_unit_admin_ends_a_plh_but_no_definitive_post(client, city):
    units, posts, people = city
    client.force_login(with_role(units["health"], Role.UNIT_ADMIN))
    plh = assign(people["Maria Bidan"], post=posts["Hanna Kepala"], kind="plh", start=START, by="test")

    assert (
        client.get(at("end", people["Maria Bidan"].assignments.get(kind="definitive").pk)).status_code == 404
    )
    client.post(at("end", plh.pk), {"last_day": "2026-01-31", "reason": "Selesai"})

    assert Assignment.objects.known().get(kind="plh").last_day == date(2026, 1, 31)


def test_a_unit_admin_cannot_correct_a_plh_out_of_his_unit(client, city):
    units, posts, people = city
    client.force_login(with_role(units["health"], Role.UNIT_ADMIN))
    plh = assign(people["Maria Bidan"], post=posts["Hanna Kepala"], kind="plh", start=START, by="test")
    facts = {"kind": "plh", "start": "2026-01-01", "reason": "x", **DECREE}

    page = client.post(at("correct", plh.pk), pick(posts["Paulus Guru"], "post") | facts)

    assert page.status_code == 422
    assert Assignment.objects.known().get(kind="plh").post == posts["Hanna Kepala"]


@pytest.mark.parametrize(
    ("last_day", "words"),
    [
        ("2025-12-31", "Hari terakhir tidak boleh sebelum tanggal mulai."),
        ("9999-12-31", "Isi tanggal antara 1 Januari 1950 dan 31 Desember 2099."),
        ("kemarin", "Isi tanggal seperti 31-12-2026."),
        ("", "Isi hari terakhir."),
    ],
)
def test_an_impossible_last_day_is_explained_at_its_field(client, city, office, last_day, words):
    held = city[2]["Maria Bidan"].assignments.get()

    page = client.post(at("end", held.pk), {"last_day": last_day, "reason": "SK 1"})

    assert page.status_code == 422
    assert page.context["form"].errors == {"last_day": [words]}


def test_a_correction_keeps_what_was_known_and_tells_it_in_words(client, city, office):
    maria = city[2]["Maria Bidan"]
    held = maria.assignments.get()
    before = timezone.now()
    facts = {
        "kind": "definitive",
        "start": "2026-02-01",
        "last_day": "",
        "reason": "Tanggal keliru",
        **DECREE,
    }

    client.post(at("correct", held.pk), pick(held.post, "post") | facts)

    page = client.get(f"/pegawai/{maria.pk}/")
    entry = page.context["posts"][0]
    assert entry.fact.term.lower == date(2026, 2, 1)
    assert len(entry.before) == 1
    assert f"oleh {office.name}: Tanggal keliru." in entry.before[0]
    assert "1 Januari 2026 – seterusnya. Diralat" in entry.before[0]
    assert appraiser_on(maria, date(2026, 1, 15)) is None
    assert appraiser_on(maria, date(2026, 1, 15), before) == city[2]["Hanna Kepala"]


def test_a_correction_needs_a_decree_only_where_one_was_recorded(client, city, office):
    held = city[2]["Maria Bidan"].assignments.get()
    facts = pick(held.post, "post") | {"kind": "definitive", "start": "2026-02-01", "reason": "Keliru"}

    assert client.post(at("correct", held.pk), facts).status_code == 302
    corrected = Assignment.objects.known().get(employee=held.employee)
    assert client.post(at("correct", corrected.pk), facts | DECREE).status_code == 302
    decided = Assignment.objects.known().get(employee=held.employee)
    refused = client.post(at("correct", decided.pk), facts | {"start": "2026-03-01"})
    assert set(refused.context["form"].errors) == {"decree", "decree_date"}


def test_what_never_was_is_withdrawn_and_stays_readable(client, city, office):
    maria = city[2]["Maria Bidan"]

    client.post(at("withdraw", maria.assignments.get().pk), {"reason": "Orang lain"})

    page = client.get(f"/pegawai/{maria.pk}/")
    assert not Assignment.objects.known().filter(employee=maria).exists()
    assert f"oleh {office.name}: Orang lain." in page.context["posts"][0].withdrawn
    assert page.context["work"] == []


def test_a_row_that_somebody_else_has_changed_shows_both(client, city, office):
    maria = city[2]["Maria Bidan"]
    held = maria.assignments.get()
    correct_assignment(held, by="test", reason="Lebih cepat", start=date(2026, 1, 10))

    page = client.post(at("end", held.pk), {"last_day": "2026-06-30", "reason": "SK ketikan"})

    assert page.status_code == 409
    assert page.context["changed"] == [("Definitif: Bidan Penyelia", "10 Januari 2026 – seterusnya")]
    assert "SK ketikan" in page.text


def test_a_second_click_leads_to_the_same_place_and_records_nothing_more(client, city, office):
    newcomer = make_employee("Dina Baru")
    facts = pick(make_post(city[0]["clinic"], city[1]["Hanna Kepala"], name="Perawat"), "post")
    facts |= {"kind": "definitive", "start": "2026-02-01", "sending_key": "satu", **DECREE}

    first, second = (client.post(at("post", newcomer.pk), facts) for _ in range(2))

    assert first.url == second.url
    assert newcomer.assignments.count() == 1
    assert SentForm.objects.count() == 1


def test_without_the_key_a_second_click_is_told_as_a_refusal(client, city, office):
    """The control to the test above."""
    newcomer = make_employee("Dina Baru")
    facts = pick(make_post(city[0]["clinic"], city[1]["Hanna Kepala"], name="Perawat"), "post")
    facts |= {"kind": "definitive", "start": "2026-02-01", **DECREE}

    statuses = [client.post(at("post", newcomer.pk), facts).status_code for _ in range(2)]

    assert statuses == [302, 422]
