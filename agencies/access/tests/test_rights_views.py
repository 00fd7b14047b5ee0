"""The pages of rights, proposals and accounts, as the offices use them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.access.actions import grant_role
from agencies.access.actions.proposals import approve_proposal
from agencies.access.models import Proposal, RoleGrant
from agencies.access.roles import SENTENCES, Role
from agencies.access.scope import has_role, visible_accounts
from agencies.people.actions import hire, open_account
from agencies.people.models import User
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.notices.models import Notice

from .cast import LONG_AGO, OFFICES, synthetic_nip
from .offices import a_proposal, in_days, office

pytestmark = pytest.mark.django_db


def people_on(page):
    return [grant.user.name for grant in page.context["page"]]


# --- who holds which right ---------------------------------------------------------------------------


def test_the_list_says_each_right_as_a_sentence_with_place_term_and_giver(browse, cast):
    approve_proposal(a_proposal(cast, end=in_days(30)), by=cast["system_admin"])

    page = browse("personnel_office").get("/akses/").text

    assert all(sentence in page for sentence in SENTENCES.values())
    assert "di Health dan unit di bawahnya" in page
    assert "Diusulkan Orang personnel_office, disetujui Orang system_admin" in page
    assert "Dibuat operator di peladen" in page


def test_the_list_is_filtered_by_unit_role_person_and_day(browse, cast):
    units, client = cast["self"].cast_units, browse("inspector")
    everybody = people_on(client.get("/akses/"))

    assert len(everybody) == len(OFFICES)
    assert people_on(client.get("/akses/", {"unit": units["health"].pk})) == [
        "Orang complaint_manager",
        "Orang service_manager",
        "Orang unit_admin",
    ]
    assert people_on(client.get("/akses/", {"peran": "system_admin"})) == ["Orang system_admin"]
    assert people_on(client.get("/akses/", {"cari": "ORANG other"})) == ["Orang other_admin"]
    assert people_on(client.get("/akses/", {"tanggal": "31-12-2019"})) == []
    assert people_on(client.get("/akses/", {"tanggal": "31-02-2026", "peran": "x", "unit": "0"})) == everybody


def test_the_search_keeps_a_whole_nip_out_of_the_address(browse, cast):
    answer = browse("inspector").post("/akses/", {"cari": cast["self"].employee.nip, "peran": "unit_admin"})

    assert answer["Location"] == f"/akses/?cari={cast['self'].employee.nip[-8:]}&peran=unit_admin"


def test_the_lists_cost_the_same_for_few_and_for_many(browse, cast):
    client = browse("personnel_office")
    a_proposal(cast, by="system_admin")
    hire(name="Baru", nip=synthetic_nip(19), kind="pns", by="test")

    def cost(address):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    pages = ("/akses/", "/akses/usulan/", "/akses/akun/", "/akses/akun/?tampil=tanpa")
    few = [cost(page) for page in pages]
    for number in range(20):
        user = open_account(email=f"n{number}@contoh.test", name=f"Orang {number}", by="test")
        grant_role(
            user,
            role="inspector",
            unit=cast["self"].cast_units["city"],
            start=LONG_AGO,
            by="test",
            reason="x",
        )
        cast[f"n{number}"] = open_account(email=f"m{number}@contoh.test", name=f"Warga {number}", by="test")
        a_proposal(cast, to=f"n{number}", by="system_admin")
        hire(name=f"Baru {number}", nip=synthetic_nip(20 + number), kind="pns", by="test")

    assert [cost(page) for page in pages] == few
    assert max(few) <= 14


def test_an_office_of_one_agency_sees_and_ends_what_lies_there_only(client, cast):
    cast["local"] = office(cast, "local", unit="health")
    client.force_login(cast["local"])

    assert people_on(client.get("/akses/")) == [
        "Orang complaint_manager",
        "Orang local",
        "Orang service_manager",
        "Orang unit_admin",
    ]
    others = RoleGrant.objects.get(user=cast["other_admin"])
    assert client.get(f"/akses/peran/{others.pk}/akhiri/").status_code == 404
    assert not visible_accounts(cast["local"]).filter(pk=cast["stranger"].pk).exists()
    assert visible_accounts(cast["local"]).filter(pk=cast["self"].pk).exists()


def test_a_right_is_ended_on_a_day_with_a_reason(browse, cast):
    grant, client = cast["unit_admin"].role_grants.get(), browse("system_admin")
    address = f"/akses/peran/{grant.pk}/akhiri/"

    past = client.post(address, {"tanggal": in_days(-1), "alasan": "Pindah"})
    client.post(address, {"tanggal": in_days(3), "alasan": "Pindah tugas"})

    assert past.status_code == 422
    assert "Isi hari ini atau hari sesudahnya." in past.text
    assert has_role(cast["unit_admin"], Role.UNIT_ADMIN, day=in_days(2))
    assert not has_role(cast["unit_admin"], Role.UNIT_ADMIN, day=in_days(3))
    grant.refresh_from_db()
    assert (grant.ended_by, grant.end_reason) == (cast["system_admin"], "Pindah tugas")


def test_a_right_ended_today_shuts_its_pages_with_the_next_request(client, cast):
    grant = cast["inspector"].role_grants.get()
    client.force_login(cast["personnel_office"])
    client.post(f"/akses/peran/{grant.pk}/akhiri/", {"tanggal": in_days(0), "alasan": "Selesai"})

    cast["inspector"].refresh_from_db()
    client.force_login(cast["inspector"])
    assert client.get("/akses/").status_code == 404


# --- proposing and deciding ------------------------------------------------------------------------


def form_for(cast, **changes):
    facts = {"akun": cast["outsider"].email, "peran": "inspector", "unit": cast["self"].cast_units["city"].pk}
    return facts | {"mulai": in_days(0), "sampai": "", "alasan": "Surat tugas 7"} | changes


def test_the_way_through_the_pages(client, cast):
    client.force_login(cast["personnel_office"])
    sent = client.post("/akses/usulkan/", form_for(cast))
    assert "Tarik usulan" in client.get(sent["Location"]).text
    assert client.post(f"{sent['Location']}setujui/").status_code == 404

    client.force_login(cast["system_admin"])
    assert "1 usulan menunggu keputusan Anda" in client.get("/akses/").text
    page = client.get(sent["Location"]).text
    assert "Setujui" in page
    assert SENTENCES[Role.INSPECTOR] in page
    client.post(f"{sent['Location']}setujui/")

    assert has_role(cast["outsider"], Role.INSPECTOR)
    assert Notice.objects.filter(recipient=cast["outsider"], subject__contains="Inspektorat").exists()
    client.post(f"{sent['Location']}setujui/")
    assert RoleGrant.objects.filter(user=cast["outsider"]).count() == 1


def test_refusing_needs_a_reason_and_tells_the_proposer(client, cast):
    proposal = a_proposal(cast)
    client.force_login(cast["system_admin"])

    empty = client.post(f"/akses/usulan/{proposal.pk}/tolak/", {"alasan": " "})
    client.post(f"/akses/usulan/{proposal.pk}/tolak/", {"alasan": "Tanpa surat tugas"})

    assert empty.status_code == 422
    assert Proposal.objects.get().state == "refused"
    assert Notice.objects.filter(recipient=cast["personnel_office"], body="Tanpa surat tugas").exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"akun": "tidak@ada.test"}, "Tidak ada akun aktif dengan nama, surel, atau NIP itu."),
        ({"akun": "personnel_office@contoh.test"}, "Anda tidak dapat mengusulkan peran untuk diri sendiri."),
        ({"peran": "raja"}, "Pilih peran."),
        ({"unit": "0"}, "Pilih unit dari daftar."),
        ({"mulai": "31-02-2026"}, "Isi tanggal seperti 31-12-2026."),
        ({"mulai": "2020-01-01"}, "Isi hari ini atau hari sesudahnya."),
        ({"sampai": "2020-01-01"}, "Hari terakhir tidak boleh sebelum hari pertama."),
        ({"alasan": "x" * 501}, "Dasar atau alasan paling panjang 500 tanda."),
    ],
)
def test_what_is_wrong_with_a_proposal_is_said_and_nothing_typed_is_lost(browse, cast, changes, words):
    page = browse("personnel_office").post("/akses/usulkan/", form_for(cast, **changes))

    assert page.status_code == 422
    assert words in page.text
    assert form_for(cast, **changes)["alasan"] in page.text
    assert not Proposal.objects.exists()


def test_the_form_is_filled_from_an_account_and_ignores_nonsense(browse, cast):
    client = browse("personnel_office")

    assert cast["peer"].email in client.get("/akses/usulkan/", {"akun": cast["peer"].pk}).text
    for nonsense in ("x", "٣", "9" * 40, "-1"):
        assert client.get("/akses/usulkan/", {"akun": nonsense}).status_code == 200


@pytest.mark.parametrize("person", ["system_admin", "personnel_office", "inspector"])
def test_a_role_proposal_is_read_by_the_offices_alone(browse, cast, person):
    proposal = a_proposal(cast)

    assert browse(person).get(f"/akses/usulan/{proposal.pk}/").status_code == 200
    for stranger in ("self", "appraiser", "superior", "unit_admin", "other_admin", "outsider"):
        assert browse(stranger).get(f"/akses/usulan/{proposal.pk}/").status_code == 404
        assert browse(stranger).post(f"/akses/usulan/{proposal.pk}/setujui/").status_code == 404


# --- accounts -----------------------------------------------------------------------------------------


def test_accounts_are_searched_by_name_address_and_nip_tail(browse, cast):
    client, tail = browse("system_admin"), cast["peer"].employee.nip[-6:]

    def found(**query):
        return [account.name for account in client.get("/akses/akun/", query).context["page"]]

    assert found(cari="peer") == found(cari="PEER@contoh") == found(cari=tail) == ["Orang Peer"]
    assert found(tampil="nonaktif") == []
    assert len(found()) == len(cast)


def test_an_account_is_opened_for_an_employee_and_invited(browse, cast, settings):
    settings.INVITATION = f"{__name__}.remember"
    invited.clear()
    employee = hire(name="Orang Baru", nip=synthetic_nip(50), kind="pns", by="test")
    client = browse("personnel_office")
    assert "Orang Baru" in client.get("/akses/akun/", {"tampil": "tanpa"}).text

    taken = client.post(f"/akses/akun/buka/{employee.pk}/", {"surel": "PEER@contoh.test"})
    answer = client.post(f"/akses/akun/buka/{employee.pk}/", {"surel": "Baru@contoh.test"})

    user = User.objects.get(email="baru@contoh.test")
    assert (taken.status_code, "sudah dipakai akun lain" in taken.text) == (422, True)
    assert answer["Location"] == f"/akses/akun/{user.pk}/"
    assert (user.employee, invited) == (employee, [(user, cast["personnel_office"])])
    assert client.get(f"/akses/akun/buka/{employee.pk}/").status_code == 404


invited = []


def remember(user, *, by):
    invited.append((user, by))


def test_an_account_is_closed_and_opened_again_with_a_reason(client, cast):
    peer, other = cast["peer"], type(client)()
    other.force_login(peer)
    client.force_login(cast["system_admin"])
    address = f"/akses/akun/{peer.pk}/"

    assert client.post(f"{address}nonaktifkan/", {"alasan": ""}).status_code == 422
    client.post(f"{address}nonaktifkan/", {"alasan": "Pensiun"})
    assert "Nonaktif" in client.get(address).text
    assert other.get("/").status_code == 302
    client.post(f"{address}nonaktifkan/", {"alasan": "Pensiun"})
    client.post(f"{address}aktifkan/", {"alasan": "Keliru"})

    peer.refresh_from_db()
    assert peer.is_active
    trail = AuditEvent.objects.exclude(action="account.end_sessions").order_by("position")
    assert list(trail.values_list("action", flat=True))[-2:] == ["account.deactivate", "account.activate"]


def test_nobody_closes_his_own_account(browse, cast):
    me = cast["system_admin"]

    answer = browse("system_admin").post(f"/akses/akun/{me.pk}/nonaktifkan/", {"alasan": "x"}, follow=True)

    me.refresh_from_db()
    assert me.is_active
    assert "akun Anda sendiri" in answer.text


def test_a_system_admin_finds_no_way_to_an_appraisal(browse, cast):
    page = browse("system_admin").get(f"/akses/akun/{cast['self'].pk}/").text

    assert "/skp/" not in page
    assert "/hasil/" not in page
    assert "/pegawai/" not in page


def test_the_menu_offers_access_to_those_who_read_it(browse, cast):
    shown = {person for person in cast if 'href="/akses/"' in browse(person).get("/akun/").text}

    assert shown == {"personnel_office", "system_admin", "inspector"}
