"""The officers' pages: a list that stays quick, acts on pages of their own, both texts when two were at work."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.access.tests.cast import build_cast
from feedback.complaints.models import Complaint

from .scene import MANAGER, TEXT, a_complaint, carry, onward

pytestmark = pytest.mark.django_db
LIST = "/kelola-pengaduan/"


@pytest.fixture
def cast():
    return build_cast()


def page_of(complaint, step=""):
    return f"{LIST}{complaint.pk}/" + (f"{step}/" if step else "")


def act(client, complaint, step, **fields):
    return client.post(
        page_of(complaint, step), {"version": complaint.version, "sending_key": "kunci"} | fields
    )


def test_the_list_asks_as_much_for_many_letters_as_for_one(client, cast):
    client.force_login(cast[MANAGER])
    carry(cast, "verified", key="0")
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    for number in range(1, 8):
        carry(cast, "verified", key=str(number))
    with CaptureQueriesContext(connection) as many:
        page = client.get(LIST)

    assert len(many) == len(one)
    assert page.context["page"].paginator.count == 8


def test_the_list_filters_by_state_kind_and_clock_and_forgives_strange_words(client, cast):
    client.force_login(cast[MANAGER])
    late, _ = a_complaint(cast, key="a", kind="request")
    Complaint.objects.filter(pk=late.pk).update(due_on="2020-01-01")
    carry(cast, "done", key="b")

    def shown(**asked):
        return {each.pk for each in client.get(LIST, asked).context["page"]}

    assert shown(keadaan="received") == shown(jenis="request") == shown(tenggat="lewat") == {late.pk}
    assert len(shown(keadaan="\x00", jenis="٣", halaman="-1")) == 2


def test_an_officer_leads_a_letter_from_verifying_to_the_answer_and_sees_no_name_of_who_is_anonymous(
    client, cast
):
    complaint, _ = a_complaint(cast, email="a@contoh.test", consent=True)
    client.force_login(cast[MANAGER])

    assert act(client, complaint, "verifikasi", sending_key="a").status_code == 302
    complaint.refresh_from_db()
    form = client.get(page_of(complaint, "jawab")).content.decode()
    assert "Jangan tulis nama" in form
    assert act(client, complaint, "jawab", text="").status_code == 422
    assert act(client, complaint, "jawab", text="Sudah diperbaiki.").status_code == 302
    detail = client.get(page_of(complaint)).content.decode()
    assert "Sudah diperbaiki." in detail
    assert "a@contoh.test" not in detail
    assert client.post(page_of(complaint, "kontak")).status_code == 404


@pytest.mark.parametrize(
    ("state", "says", "first_act"),
    [
        ("received", "Periksa laporan ini, lalu verifikasi paling lambat", "Verifikasi"),
        ("verified", "Jawab laporan ini paling lambat", "Jawab"),
        ("waiting", "Sudah dijawab. Bila pelapor tidak membalas sampai", None),
        ("done", "Tidak ada yang perlu dikerjakan.", None),
        ("merged", "Jawaban laporan itu dibaca pelapor ini juga.", None),
    ],
)
def test_the_letter_says_first_how_it_stands_and_offers_the_act_that_is_due(
    client, cast, state, says, first_act
):
    complaint, _ = carry(cast, state)
    client.force_login(cast[MANAGER])

    page = client.get(page_of(complaint))

    assert says in page.content.decode()
    offered = page.context["first_act"]
    assert (offered and offered.label) == first_act
    assert offered not in page.context["acts"]
    client.force_login(cast["inspector"])
    read_only = client.get(page_of(complaint)).content.decode()
    assert ("Menunggu petugas unit" in read_only) is (first_act is not None)


def test_the_list_says_first_how_much_waits_and_how_much_waits_too_long(client, cast):
    client.force_login(cast[MANAGER])
    assert "Tidak ada laporan yang menunggu petugas unit." in client.get(LIST).content.decode()
    late, _ = carry(cast, "verified", key="a")
    carry(cast, "received", key="b")
    carry(cast, "waiting", key="c")
    assert "2 laporan menunggu petugas unit</b>; tenggat terdekat" in client.get(LIST).content.decode()

    Complaint.objects.filter(pk=late.pk).update(due_on="2020-01-01")
    page = client.get(LIST, {"keadaan": "done"}).content.decode()  # whatever is filtered
    assert "2 laporan menunggu petugas unit</b>, 1 di antaranya lewat tenggat" in page


def test_a_form_says_truly_who_reads_what_is_typed(client, cast):
    complaint, _ = carry(cast, "verified")
    client.force_login(cast[MANAGER])

    for step, is_read in (("jawab", True), ("tolak", True), ("teruskan", False), ("naikkan", False)):
        page = client.get(page_of(complaint, step)).content.decode()
        assert ("dibaca pelapor" in page) is is_read
        assert ("dibaca petugas saja" in page) is not is_read


def test_who_merges_reads_the_beginning_of_the_others_without_names(client, cast):
    complaint, _ = a_complaint(cast, key="a")
    a_complaint(cast, key="b", text="Lampu tangga mati. Telepon saya 081234567890.")
    client.force_login(cast[MANAGER])

    page = client.get(page_of(complaint, "gabung")).content.decode()

    assert "Lampu tangga mati." in page
    assert "081234567890" not in page


def test_a_second_click_is_harmless_and_a_second_officer_gets_both_texts(client, cast):
    complaint, _ = carry(cast, "verified")
    client.force_login(cast[MANAGER])
    first = act(client, complaint, "jawab", text="Jawaban pertama.")
    again = act(client, complaint, "jawab", text="Jawaban pertama.")
    assert (first.status_code, again.status_code) == (302, 302)
    assert complaint.messages.count() == 1

    other = act(client, complaint, "jawab", text="Jawaban kedua.", sending_key="lain")
    words = other.content.decode()
    assert other.status_code == 409
    assert "Jawaban pertama." in words
    assert "Jawaban kedua." in words
    assert complaint.messages.count() == 1


def test_a_letter_is_forwarded_to_a_unit_found_by_its_name(client, cast):
    complaint, _ = carry(cast, "verified")
    client.force_login(cast[MANAGER])
    schools = cast["self"].cast_units["schools"]

    found = act(client, complaint, "teruskan", unit="school", reason="Urusan sekolah.", cari="unit")
    assert "Schools" in found.content.decode()
    assert "Urusan sekolah." in found.content.decode()
    sent = act(client, complaint, "teruskan", unit="school", unit_pilih=schools.pk, reason="Urusan sekolah.")
    assert sent.headers["Location"] == LIST
    assert client.get(page_of(complaint)).status_code == 404


def test_a_letter_is_merged_by_number_and_strange_numbers_are_refused_at_the_field(client, cast):
    complaint, _ = a_complaint(cast, key="a")
    main, _ = a_complaint(cast, key="b")
    client.force_login(cast[MANAGER])

    for number in ("", "٣", "P-999999", complaint.number, "9" * 40):
        assert act(client, complaint, "gabung", main=number).status_code == 422
    assert act(client, complaint, "gabung", main=main.number.lower()).status_code == 302


def test_who_only_reads_sees_the_words_screened_and_no_acts(client, cast):
    complaint, _ = a_complaint(cast, text=f"{TEXT} Telepon saya 081234567890.")
    for name, sees in (("complaint_manager", True), ("inspector", False), ("appraiser", False)):
        client.force_login(cast[name])
        page = client.get(page_of(complaint)).content.decode()
        assert ("081234567890" in page) is sees
        assert ("Verifikasi</a>" in page) is sees
        assert client.get(page_of(complaint, "verifikasi")).status_code == (200 if sees else 404)


def test_an_act_that_does_not_fit_the_state_leads_back_to_the_letter(client, cast):
    complaint, _ = carry(cast, "done")
    client.force_login(cast[MANAGER])

    assert client.get(page_of(complaint, "jawab")).status_code == 302
    assert act(client, complaint, "jawab", text="Lagi.").status_code == 422
    assert client.get(page_of(complaint, "tidak-ada")).status_code == 404


def test_the_office_of_the_city_adds_a_term_and_others_only_read_them(client, cast):
    a_complaint(cast)
    new = {
        "kind": "verify",
        "days": "4",
        "valid_from": "2027-01-01",
        "source": "SK Wali Kota",
        "sending_key": "k",
    }
    client.force_login(cast[MANAGER])
    assert client.post(f"{LIST}tenggat/", new).status_code == 404

    client.force_login(cast["survey_office"])
    assert client.post(f"{LIST}tenggat/", new | {"days": "0"}).status_code == 422
    assert client.post(f"{LIST}tenggat/", new).status_code == 302
    assert "SK Wali Kota" in client.get(f"{LIST}tenggat/").content.decode()


def test_a_raised_letter_shows_its_level_and_the_head_reads_it(client, cast):
    complaint, _ = carry(cast, "verified")
    client.force_login(cast[MANAGER])
    assert act(client, complaint, "naikkan", reason="Perlu anggaran.").status_code == 302
    onward(cast, Complaint.objects.get(pk=complaint.pk), "answer")

    client.force_login(cast["appraiser"])
    assert "Perlu anggaran." in client.get(page_of(complaint)).content.decode()
