"""The guided move, what it brings, and the handover note it leaves."""

from datetime import date

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from agencies.access.roles import Role
from agencies.careers.models import HandoverNote
from agencies.people.assigning import assign
from agencies.people.models import Assignment
from agencies.people.reporting_line import appraiser_on
from agencies.people.tests.organisation import START, hold, make_employee, make_post
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.notices.models import Notice
from appraisal.cycle.models import Period
from appraisal.planning.models import Skp
from appraisal.planning.terms import whole_year

from .scene import account, with_role
from .test_recording import DECREE, pick

pytestmark = pytest.mark.django_db
DAY = date(2026, 8, 25)


@pytest.fixture
def office(client, city):
    user = with_role(city[0]["root"])
    client.force_login(user)
    return user


@pytest.fixture
def target(city):
    return make_post(city[0]["school"], city[1]["Paulus Guru"], name="Pengelola Kesehatan Sekolah")


def move(client, person, target, **facts):
    address = f"/pegawai/{person.pk}/pindah/"
    return client.post(address, pick(target, "post") | {"start": "2026-08-25", **DECREE} | facts)


def test_only_the_personnel_office_of_the_city_moves_people(client, city, target):
    units, _posts, people = city
    maria = people["Maria Bidan"]
    for user in (
        account(maria, "m"),
        account(people["Hanna Kepala"], "h"),
        with_role(units["health"], Role.UNIT_ADMIN),
        with_role(units["health"]),
    ):
        client.force_login(user)
        assert client.get(f"/pegawai/{maria.pk}/pindah/").status_code == 404
        assert move(client, maria, target, langkah="sahkan").status_code == 404
    assert maria.assignments.count() == 1


def test_the_second_step_shows_what_will_be_and_changes_nothing(client, city, office, target):
    maria = city[2]["Maria Bidan"]
    rows, events = Assignment.objects.count(), AuditEvent.objects.count()

    page = move(client, maria, target)

    seen = page.context["seen"]
    assert (seen.before, seen.after) == (city[2]["Hanna Kepala"], city[2]["Paulus Guru"])
    assert (seen.successor, seen.changes) == (None, [])
    assert [source for _, source in seen.rules] == [
        "halaman 65 nomor 6",
        "halaman 91 nomor 13 huruf a",
        "halaman 91 nomor 13 huruf b",
    ]
    assert (Assignment.objects.count(), AuditEvent.objects.count()) == (rows, events)
    assert not HandoverNote.objects.exists()
    assert not Notice.objects.exists()


def test_a_post_of_several_is_not_called_vacant_when_one_of_them_leaves(client, city, office, target):
    maria = city[2]["Maria Bidan"]
    assert "Kosong sejak tanggal itu" in move(client, maria, target).text
    for name in ("Ana Bidan", "Ibu Bidan"):
        hold(make_employee(name), maria.assignments.get().post)

    page = move(client, maria, target)

    assert "Masih dipegang 2 orang lain" in page.text
    assert "Kosong sejak tanggal itu" not in page.text


def test_the_third_step_moves_and_asks_for_a_handover_note(client, city, office, target):
    maria, hanna, paulus = (city[2][name] for name in ("Maria Bidan", "Hanna Kepala", "Paulus Guru"))
    for person, name in ((maria, "m"), (hanna, "h"), (paulus, "p")):
        account(person, name)

    response = move(client, maria, target, langkah="sahkan", sending_key="k")
    again = move(client, maria, target, langkah="sahkan", sending_key="k")

    note = HandoverNote.objects.get()
    assert response.url == again.url == f"/serah-terima/{note.pk}/"
    assert (note.old_appraiser, note.new_appraiser, note.from_post) == (hanna, paulus, city[1]["Maria Bidan"])
    assert [appraiser_on(maria, date(2026, 8, day)) for day in (24, 25)] == [hanna, paulus]
    assert {notice.recipient.employee for notice in Notice.objects.all()} == {maria, hanna, paulus}
    assert AuditEvent.objects.filter(action="account.end_sessions").exists()


def test_a_leader_who_moves_is_told_who_loses_him_and_who_follows(client, city, office, target):
    hanna = city[2]["Hanna Kepala"]

    page = move(client, hanna, target)

    seen = page.context["seen"]
    changes = [(each.employee.name, each.before, each.after) for each in seen.changes]
    assert changes == [("Maria Bidan", hanna, city[2]["Wali"])]
    assert "halaman 91 nomor 14 huruf a" in [source for _, source in seen.rules]


@pytest.mark.parametrize(
    ("day", "source"),
    [("2026-08-25", "halaman 91 nomor 14 huruf a"), ("2026-09-25", "halaman 91–92 nomor 14 huruf b")],
)
def test_inside_the_window_a_leader_still_evaluates_as_in_the_examples_of_the_regulation(
    client, city, office, target, day, source
):
    """25 August: no evaluation of the third quarter; 25 September: yes (pages 91-92)."""
    Period.objects.create(
        year=2026,
        number=3,
        starts_on=date(2026, 7, 1),
        ends_on=date(2026, 9, 30),
        opens_at="2026-09-20T00:00:00+09:00",
        closes_at="2026-10-11T00:00:00+09:00",
    )

    page = move(client, city[2]["Hanna Kepala"], target, start=day)

    sources = [each for _, each in page.context["seen"].rules]
    assert [each for each in sources if "nomor 14" in each] == [source]
    assert page.context["seen"].effects.period == "Triwulan III 2026"


def test_a_plt_is_reminded_of_where_he_is_appraised(client, city, office, target):
    maria = city[2]["Maria Bidan"]
    vacant = make_post(city[0]["clinic"], city[1]["Hanna Kepala"], name="Kepala Puskesmas")
    assign(maria, post=vacant, kind="plt", start=START, by="test")

    page = move(client, maria, target)

    assert "halaman 89 nomor 5 dan 6" in [source for _, source in page.context["seen"].rules]
    assert [held.post for held in page.context["seen"].other_posts] == [vacant]


def test_plans_and_evaluations_that_exist_are_listed_in_words(client, city, office, target):
    maria = city[2]["Maria Bidan"]
    Skp.objects.create(employee=maria, unit=city[0]["clinic"], post_name="Bidan Penyelia", **whole_year(2026))

    page = move(client, maria, target)

    assert page.context["seen"].effects.lines == [
        "SKP 2026 untuk Bidan Penyelia, Puskesmas Hutan Contoh: draf.",
        "Belum ada bukti pada SKP ini; bukti untuk jabatan baru ditambahkan pada SKP baru.",
    ]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"start": "2026-01-01"}, "start"),  # nothing held the day before
        ({"start": "31-02-2026"}, "start"),
        ({"decree": ""}, "decree"),
        ({"post": "", "post_pilih": ""}, "post"),
    ],
)
def test_what_is_not_possible_is_said_in_the_first_step(client, city, office, target, facts, field):
    page = move(client, city[2]["Maria Bidan"], target, **facts)

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]


def test_a_post_that_is_taken_is_said_with_the_name_of_its_holder(client, city, office):
    single = make_post(city[0]["school"], city[1]["Wali"], name="Sekretaris", kind="administrator")
    hold(make_employee("Tina Sekretaris"), single)

    page = move(client, city[2]["Maria Bidan"], single)

    assert "Tina Sekretaris" in page.context["form"].errors["post"][0]


def test_going_back_keeps_what_was_typed(client, city, office, target):
    page = move(client, city[2]["Maria Bidan"], target, langkah="ubah")

    assert page.status_code == 200
    assert "SK 12/2026" in page.text


def test_the_second_step_costs_the_same_for_a_small_and_a_large_team(client, city, office, target):
    units, posts, people = city

    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert move(client, people["Hanna Kepala"], target).status_code == 200
        return len(captured)

    few = cost()
    for _ in range(12):
        hold(make_employee(), make_post(units["clinic"], posts["Hanna Kepala"]))
    assert cost() == few


# --- the note -----------------------------------------------------------------------------------


@pytest.fixture
def note(city, target):
    return HandoverNote.objects.create(
        employee=city[2]["Maria Bidan"],
        moved_on=DAY,
        from_post=city[1]["Maria Bidan"],
        to_post=target,
        old_appraiser=city[2]["Hanna Kepala"],
        new_appraiser=city[2]["Paulus Guru"],
    )


def written(client, note, **facts):
    return client.post(
        f"/serah-terima/{note.pk}/tulis/", {"text": "Capaian baik.", "version": note.version} | facts
    )


def test_the_note_is_read_by_those_it_concerns_and_by_nobody_else(client, city, note):
    units, _posts, people = city
    readers = [account(people[name], name[:2]) for name in ("Maria Bidan", "Hanna Kepala", "Paulus Guru")]
    strangers = [account(people["Wali"], "w"), with_role(units["health"], Role.UNIT_ADMIN), account()]
    for user, status in [(each, 200) for each in readers] + [(each, 404) for each in strangers]:
        client.force_login(user)
        assert client.get(f"/serah-terima/{note.pk}/").status_code == status
        if status == 404:
            assert written(client, note).status_code == 404


def test_the_old_appraiser_writes_and_signs_off_and_then_it_is_fixed(client, city, note):
    client.force_login(account(city[2]["Hanna Kepala"], "h"))
    account(city[2]["Paulus Guru"], "p")

    written(client, note)
    note.refresh_from_db()
    written(client, note, text="Capaian sangat baik.", sahkan="1")

    note.refresh_from_db()
    assert (note.text, note.signed_at is None) == ("Capaian sangat baik.", False)
    assert Notice.objects.filter(recipient__employee=city[2]["Paulus Guru"]).count() == 1
    assert client.get(f"/serah-terima/{note.pk}/tulis/").status_code == 302
    with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
        HandoverNote.objects.filter(pk=note.pk).update(text="Lain")


def test_an_unsigned_note_may_change(note):
    """The control: the trigger holds only what is signed off."""
    HandoverNote.objects.filter(pk=note.pk).update(evidence="Berkas")

    note.refresh_from_db()
    assert note.evidence == "Berkas"


def test_the_employee_and_the_new_appraiser_cannot_write(client, city, note):
    for name in ("Maria Bidan", "Paulus Guru"):
        client.force_login(account(city[2][name], name[:1]))
        assert written(client, note).status_code == 302
    note.refresh_from_db()
    assert note.text == ""


def test_who_is_slower_sees_the_other_text(client, city, note):
    client.force_login(account(city[2]["Hanna Kepala"], "h"))
    written(client, note, text="Pertama")

    page = written(client, note, text="Kedua")

    assert page.status_code == 409
    assert ("Catatan", "Pertama") in page.context["changed"]
    assert "Kedua" in page.text


def test_an_empty_note_is_refused_and_markup_stays_text(client, city, note):
    client.force_login(account(city[2]["Hanna Kepala"], "h"))

    empty = written(client, note, text=" ")
    written(client, note, text="<script>alert(1)</script>", evidence="javascript:alert(1)")

    page = client.get(f"/serah-terima/{note.pk}/")
    assert empty.context["form"].errors == {"text": ["Tulis catatannya."]}
    assert "<script>alert" not in page.text
    assert 'href="javascript' not in page.text
