"""Finding whom a role is proposed for, among all accounts, without a script."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.access.models import Proposal
from agencies.access.scope import visible_accounts
from agencies.people.actions import open_account, set_account_active

from .offices import office
from .test_rights_views import form_for

pytestmark = pytest.mark.django_db
PAGE = "/akses/usulkan/"


def namesake(number, **facts):
    return open_account(email=f"maria{number}@contoh.test", name="Maria Contoh", by="test", **facts)


def search(client, text, cast=None):
    typed = form_for(cast, akun=text) if cast else {"akun": text}
    return client.post(PAGE, typed | {"cari": "akun"})


def found(page):
    return [option.record for option in page.context["form"].fields["akun"].widget.found]


def test_searching_shows_who_fits_and_keeps_what_was_typed(browse, cast):
    client, people = browse("personnel_office"), [namesake(1), namesake(2)]

    page = search(client, "maria contoh", cast)

    assert (page.status_code, found(page)) == (200, people)
    assert "maria2@contoh.test" in page.text
    assert "Surat tugas 7" in page.text
    assert "Pilih peran." not in page.text
    assert not Proposal.objects.exists()


def test_the_chosen_one_is_proposed(browse, cast):
    client, (_, second) = browse("personnel_office"), (namesake(1), namesake(2))
    typed = form_for(cast, akun="maria") | {"akun_untuk": "maria", "akun_pilih": str(second.pk)}

    client.post(PAGE, typed)

    assert Proposal.objects.get().beneficiary == second


def test_two_who_fit_are_never_guessed_between(browse, cast):
    namesake(1)
    namesake(2)

    page = browse("personnel_office").post(PAGE, form_for(cast, akun="maria"))

    assert page.status_code == 422
    assert "Pilih satu dari daftar yang ditemukan." in page.text
    assert not Proposal.objects.exists()


def test_a_choice_found_by_other_words_does_not_count(browse, cast):
    first = namesake(1)
    namesake(2)
    typed = form_for(cast, akun="maria") | {"akun_untuk": "petrus", "akun_pilih": str(first.pk)}

    assert browse("personnel_office").post(PAGE, typed).status_code == 422
    assert not Proposal.objects.exists()


def test_the_end_of_a_nip_and_a_whole_one_find_him(browse, cast):
    client, nip = browse("personnel_office"), cast["peer"].employee.nip

    assert found(search(client, nip[-6:])) == [cast["peer"]]
    assert found(search(client, f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}")) == [cast["peer"]]


def test_closed_accounts_and_those_out_of_reach_are_not_found(browse, cast):
    closed = namesake(1)
    set_account_active(closed, active=False, by="test", reason="Pensiun")

    page = search(browse("personnel_office"), "maria contoh")

    assert found(page) == []
    assert "Tidak ada akun aktif dengan nama, surel, atau NIP itu." in page.text


def test_an_office_of_one_agency_finds_its_own_people_only(client, cast):
    local = office(cast, "local", unit="health")
    client.force_login(local)
    mine = visible_accounts(local).exclude(pk=local.pk).first()

    assert found(search(client, mine.email)) == [mine]
    assert found(search(client, cast["system_admin"].email)) == []


def test_a_search_asks_the_same_for_one_and_for_thirty_and_shows_eight(browse, cast):
    client = browse("personnel_office")

    def cost():
        with CaptureQueriesContext(connection) as captured:
            search(client, "maria contoh")
        return len(captured)

    namesake(0)
    cost()
    few = cost()
    for number in range(1, 30):
        namesake(number)

    assert cost() == few
    assert len(found(search(client, "maria contoh"))) == 8


@pytest.mark.parametrize("person", ["superior", "inspector", "unit_admin"])
def test_who_keeps_no_access_searches_nobody(browse, person):
    assert search(browse(person), "maria").status_code == 404
