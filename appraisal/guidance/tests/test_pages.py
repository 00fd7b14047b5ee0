"""The pages as a browser without a script meets them: nothing typed is lost, nothing happens twice."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.people.models import User
from appraisal.guidance import actions
from appraisal.guidance.models import BehaviourReport, CompetenceReview, Guidance, GuidanceOpinion

from .records import a_counselling, a_report, build_guidance_records
from .scenes import (
    a_done_guidance,
    a_filled_guidance,
    all_answers,
    all_rows,
    an_open_guidance,
)

pytestmark = pytest.mark.django_db
HOSTILE = "</textarea><script>alert(1)</script>"


def page(name, record):
    return reverse(f"appraisal:{name}", args=[record.pk])


def coaching_data(*rows, **changes):
    data = {
        "version": "1",
        "tujuan-baris": str(max(len(rows), 1)),
        "fakta-baris": "1",
        "peluang": "Jadwal baru",
    }
    for number, row in enumerate(rows):
        data |= {f"tujuan-{number}-{name}": value for name, value in row.items()}
    return data | changes


def test_rows_come_and_go_without_a_script_and_every_word_stays(browse, cast):
    guidance = an_open_guidance(cast)
    client, address = browse("self"), page("guidance-prepare", guidance)
    rows = [{"indikator": HOSTILE, "target": "x" * 1200}, {"indikator": "Kedua"}]

    more = client.post(address, coaching_data(*rows, tambah_baris="tujuan"))
    less = client.post(address, coaching_data(*rows, hapus_baris="tujuan:0"))

    assert [more.status_code, less.status_code] == [200, 200]
    form = more.context["form"]
    assert form["tujuan-baris"].value() == "3"
    assert (form["tujuan-0-indikator"].value(), form["tujuan-1-indikator"].value()) == (HOSTILE, "Kedua")
    assert form["peluang"].value() == "Jadwal baru"
    assert HOSTILE not in more.content.decode()
    assert less.context["form"]["tujuan-0-indikator"].value() == "Kedua"
    assert Guidance.objects.get().employee_part == {}


@pytest.mark.parametrize("count", ["-1", "0", "11", "9999999", "٣", "", "x"])
def test_a_forged_number_of_rows_does_no_harm(browse, cast, count):
    guidance = an_open_guidance(cast)

    answer = browse("self").post(
        page("guidance-prepare", guidance), coaching_data({"indikator": "A"}, **{"tujuan-baris": count})
    )

    assert answer.status_code == 302
    assert Guidance.objects.get().employee_part["tujuan"][0]["indikator"] == "A"


def test_what_is_too_long_is_said_at_its_field_and_kept(browse, cast):
    guidance = an_open_guidance(cast)

    answer = browse("self").post(
        page("guidance-prepare", guidance), coaching_data({"indikator": "x" * 1001, "target": "2"})
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "tujuan-0-indikator": ["Indikator kinerja individu baris 1: tulis paling banyak 1.000 huruf."]
    }
    assert "x" * 1001 in answer.content.decode()


def test_two_windows_meet_both_texts_and_the_second_save_can_still_win(browse, cast):
    guidance = an_open_guidance(cast)
    client, address = browse("self"), page("guidance-prepare", guidance)
    client.post(address, coaching_data({"indikator": "Jendela satu"}))

    answer = client.post(address, coaching_data({"indikator": "Jendela dua"}))
    text = answer.content.decode()

    assert answer.status_code == 409
    assert "Jendela satu" in text
    assert "Jendela dua" in text
    assert "Disimpan oleh Anda di jendela lain, " in text
    again = client.post(
        address,
        coaching_data({"indikator": "Jendela dua"}, version=answer.context["form"]["version"].value()),
    )
    assert again.status_code == 302
    assert Guidance.objects.get().employee_part["tujuan"][0]["indikator"] == "Jendela dua"


def test_what_was_typed_while_the_form_was_signed_is_shown_once_more(browse, cast):
    guidance = a_filled_guidance(cast)
    versions = (guidance.employee_version, guidance.guide_version)
    actions.sign(guidance, versions=versions, by=cast["appraiser"])

    answer = browse("self").post(
        page("guidance-prepare", guidance), coaching_data({"indikator": "Terlambat"})
    )

    assert answer.status_code == 409
    assert "Terlambat" in answer.content.decode()


def test_what_is_sent_after_the_session_has_ended_waits_behind_the_sign_in_page(browse, cast):
    guidance = an_open_guidance(cast)
    client = browse("self")
    User.objects.filter(pk=cast["self"].pk).update(session_epoch=7)

    answer = client.post(page("guidance-prepare", guidance), coaching_data({"indikator": "Jangan hilang"}))

    assert answer.status_code in (302, 401)
    assert Guidance.objects.get().employee_part == {}


def test_pressing_a_button_twice_opens_one_guidance(browse, cast):
    client, address = browse("appraiser"), reverse("appraisal:guidance-open", args=[cast["self"].employee.pk])
    data = {
        "kind": "coaching",
        "topic": "Komplain",
        "day": timezone.localdate().isoformat(),
        "hour": "09:00",
        "place": "Aula",
        "guide": "",
        "sending_key": "satu",
    }

    first, second = client.post(address, data), client.post(address, data)

    assert first["Location"] == second["Location"] == page("guidance-detail", Guidance.objects.get())


def test_searching_for_a_guide_keeps_what_was_typed_and_shows_no_nip(browse, cast):
    address = reverse("appraisal:guidance-open", args=[cast["self"].employee.pk])

    answer = browse("appraiser").post(address, {"topic": "Komplain", "guide": "peer", "cari": "guide"})
    text = answer.content.decode()

    assert answer.status_code == 200
    assert "Orang Peer" in text
    assert 'value="Komplain"' in text
    assert cast["peer"].employee.nip[-6:] not in text


def test_the_guide_is_told_what_lacks_before_he_can_sign(browse, cast):
    guidance = an_open_guidance(cast)

    answer = browse("appraiser").get(page("guidance-sign", guidance))

    assert "Belum dapat ditandatangani" in answer.content.decode()
    assert "Tandatangani</button>" not in answer.content.decode()


def test_the_whole_way_in_the_browser(browse, cast):
    guidance = a_filled_guidance(cast)
    versions = {"employee_version": guidance.employee_version, "guide_version": guidance.guide_version}
    for person, name, data in (
        ("appraiser", "guidance-sign", versions),
        ("self", "guidance-confirm", {}),
        ("self", "guidance-opinion", {f"jawaban-{number}": "ya" for number in range(1, 10)}),
        ("appraiser", "guidance-review", review_data(kirim="1")),
        ("appraiser", "guidance-report", {}),
        ("superior", "guidance-follow", {"words": "Pelatihan"}),
    ):
        answer = browse(person).post(page(name, guidance), data)
        assert answer.status_code == 302, (name, answer.context and answer.context["form"].errors)

    guidance.refresh_from_db()
    assert guidance.state == "closed"
    assert (
        GuidanceOpinion.objects.count() == CompetenceReview.objects.filter(sent_at__isnull=False).count() == 1
    )


def review_data(**changes):
    data = {"version": "0", "teknis-baris": "1", "nama-0": "Asuhan", "recommendation": "Pelatihan"}
    keys = [f"managerial-{at}" for at in range(1, 9)] + ["sociocultural-1", "technical-0"]
    for key in keys:
        data |= {f"nilai-{key}": "3", f"alasan-{key}": "Cukup"}
    return data | changes


def test_a_statement_without_an_answer_is_named_and_the_others_stay(browse, cast):
    guidance = a_done_guidance(cast)
    data = {f"jawaban-{number}": "ya" for number in range(1, 9)} | {"catatan-1": "Catatan saya"}

    answer = browse("self").post(page("guidance-opinion", guidance), data)

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"jawaban-9": ["Jawab pernyataan 9."]}
    assert "Catatan saya" in answer.content.decode()


def test_the_leader_finds_no_answer_of_the_employee_on_any_page(browse, cast):
    guidance = a_done_guidance(cast)
    answers = all_answers() | {2: ("tidak", "Tidak dihargai")}
    actions.give_opinion(guidance, answers=answers, by=cast["self"])
    client = browse("appraiser")

    assert client.get(page("guidance-opinion", guidance)).status_code == 404
    assert client.get(page("guidance-opinion-print", guidance)).status_code == 404
    assert "Tidak dihargai" not in client.get(page("guidance-detail", guidance)).content.decode()
    assert "Tidak dihargai" in browse("superior").get(page("guidance-opinion", guidance)).content.decode()


def test_technical_rows_come_and_go_and_a_nameless_score_is_refused(browse, cast):
    guidance = a_done_guidance(cast)
    client, address = browse("appraiser"), page("guidance-review", guidance)

    more = client.post(address, review_data(tambah_baris="1"))
    nameless = client.post(address, review_data(**{"nama-0": ""}))

    assert more.context["form"].count == 2
    assert more.context["form"]["nama-0"].value() == "Asuhan"
    assert nameless.status_code == 422
    assert nameless.context["form"].errors == {"nama-0": ["Isi nama kompetensi teknis 1."]}


def test_a_draft_of_the_review_is_its_writers_alone(browse, cast):
    guidance = a_done_guidance(cast, guide="peer")
    facts = {"recommendation": "Draf rahasia", "version": 0, "by": cast["peer"]}
    actions.save_review(guidance, rows=all_rows(), **facts)

    assert browse("self").get(page("guidance-review-print", guidance)).status_code == 404
    assert browse("appraiser").get(page("guidance-review-print", guidance)).status_code == 404
    assert "Draf rahasia" in browse("peer").get(page("guidance-review-print", guidance)).content.decode()


PRINTED = {
    "guidance-print": (
        "Format B.1.6",
        "Baseline target (jika ada)",
        "Fakta: di mana saya sekarang?",
        "Penyesuaian ukuran keberhasilan dan target",
        "Pimpinan/pihak lain yang diberikan penugasan khusus",
        "dilakukan perubahan SKP",
    ),
    "guidance-opinion-print": ("Format B.1.8", "Subjek", "Kriteria", "Saya merasa diperhatikan dan dipahami"),
    "guidance-review-print": ("Format B.1.9", "Perekat dan Pemersatu Bangsa", "Deskripsi skala", "Istimewa"),
    "behaviour-report-print": ("Format B.1.10", "Retrospektif", "nilai dasar ASN", "Sering terlambat"),
}


@pytest.mark.parametrize("name", PRINTED)
def test_the_paper_form_has_the_regulations_title_columns_and_signatures(browse, cast, name):
    records = build_guidance_records(cast, cast["self"].cast_units["clinic"])
    key = records["behaviour_sent" if name.startswith("behaviour") else "guidance_reported"]

    text = browse("self").get(reverse(f"appraisal:{name}", args=[key])).content.decode()

    for words in (
        *PRINTED[name],
        "Pegawai yang dinilai",
        "Pejabat penilai kinerja",
        "Orang Appraiser",
        "Ambon,",
    ):
        assert words in text, words


def test_form_b_1_7_prints_its_journal(browse, cast):
    guidance = an_open_guidance(cast, kind="mentoring")
    actions.save_part(
        guidance, part="guide", content={"jurnal": [{"materi": "Mengamati"}]}, version=1, by=cast["appraiser"]
    )

    text = browse("self").get(page("guidance-print", guidance)).content.decode()

    for words in ("Format B.1.7", "Jurnal mentoring", "Target waktu rencana aksi", "Mengamati"):
        assert words in text


SECTIONS = {
    "saya": "self",
    "membimbing": "peer",
    "tim": "appraiser",
    "laporan": "superior",
    "tanggapan": "superior",
    "perilaku": "personnel_office",
    "konseling": "personnel_office",
}


@pytest.mark.parametrize("section", SECTIONS)
def test_a_list_costs_the_same_queries_for_one_row_and_for_many(browse, cast, section):
    unit, address = (
        cast["self"].cast_units["clinic"],
        f"{reverse('appraisal:guidance-list')}?bagian={section}",
    )
    client = browse(SECTIONS[section])

    def cost():
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        assert answer.status_code == 200
        return len(queries), len(answer.context["page"].object_list)

    def more():
        build_guidance_records(cast, unit)
        a_counselling(cast, a_report(cast, unit, state="decided"))

    more()
    client.get(address)
    few, rows = cost()
    for _ in range(3):
        more()
    many, more_rows = cost()

    assert rows > 0
    assert more_rows > rows
    assert many == few <= 45


def test_an_unfinished_report_shows_what_it_lacks_and_keeps_every_word(browse, cast):
    client = browse("appraiser")
    client.post(reverse("appraisal:behaviour-report-begin", args=[cast["self"].employee.pk]))
    report = BehaviourReport.objects.get()
    saved = client.post(page("behaviour-report-edit", report), {"version": "1", "problem": "Terlambat"})
    other = client.post(page("behaviour-report-edit", report), {"version": "1", "problem": "Lain sekali"})
    detail = client.get(page("behaviour-report", report)).content.decode()

    assert (saved.status_code, other.status_code) == (302, 409)
    assert "Lain sekali" in other.content.decode()
    assert "Terlambat" in other.content.decode()
    assert "Belum dapat dilaporkan" in detail
    assert "Laporkan kepada BKPSDM</button>" not in detail


def test_the_start_page_counts_what_waits_here(browse, cast):
    an_open_guidance(cast)

    tasks = {task.label: task.status for task in browse("self").get("/").context["desk"].tasks}

    assert tasks["Lanjutkan bimbingan kinerja"] == "1 menunggu"
