"""The pages: what each shows, that typed text survives, that a second click does nothing, and what they cost."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from appraisal.monitoring.tests.agreed_plan import pdf
from appraisal.objections import actions
from appraisal.objections.figures import Counts, Shown, table_of
from appraisal.objections.models import EvaluationDocument, Objection
from appraisal.organisation.tests.achievements import achieved

from . import scenes


def as_(user):
    client = Client()
    client.force_login(user)
    return client


def to(name, *args):
    return reverse(f"appraisal:{name}", args=args)


def text(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def test_the_employee_goes_the_whole_way_in_the_browser(plan):
    cast, skp, period = plan
    document = scenes.signed(cast, skp, period)
    me, appraiser = as_(cast["self"]), as_(cast["appraiser"])
    page = to("document-detail", document.pk)
    assert "Serahkan dokumen" in text(appraiser.get(page))
    assert "Saya terima" not in text(me.get(page))
    assert appraiser.post(to("document-hand-over", document.pk)).status_code == 302
    assert me.post(to("document-receive", document.pk)).status_code == 302
    assert me.post(to("document-receive", document.pk)).status_code == 302  # a second click
    assert "paling lambat <b>Jumat, 9 Oktober 2026</b>" in text(me.get(page))
    assert me.post(to("document-return", document.pk)).status_code == 302
    started = me.post(to("objection-start", document.pk))
    objection = Objection.objects.get()
    write = to("objection-write", objection.pk)
    assert started.url == write
    assert me.post(write, {"version": 1, "reasons": "Rekap tertukar."}).status_code == 302
    cited = skp.results.first().evidence.get().pk
    sent = {"version": 2, "reasons": "Rekap tertukar.", "cited": [cited], "ajukan": "1", "sending_key": "a"}
    assert me.post(write, sent).url == to("objection-detail", objection.pk)
    assert me.post(write, sent).status_code == 302  # twice pressed, once filed

    objection.refresh_from_db()
    assert (objection.state, objection.evidence.get().cited_id) == ("filed", cited)
    shown = text(me.get(to("objection-detail", objection.pk)))
    assert "Rekap tertukar." in shown
    assert "Tarik keberatan" in shown


def test_typed_text_is_never_lost(plan):
    cast, skp, period = plan
    objection = actions.start_objection(scenes.received(cast, skp, period), by=cast["self"])
    me, write = as_(cast["self"]), to("objection-write", objection.pk)
    empty = text(me.post(write, {"version": 1, "reasons": "  ", "ajukan": "1"}), 422)
    assert "Tulis alasan keberatan Anda" in empty
    actions.save_objection(objection, version=1, reasons="Dari ponsel", by=cast["self"])
    conflict = text(me.post(write, {"version": 1, "reasons": "Dari komputer"}), 409)

    assert "Dari ponsel" in conflict
    assert "Dari komputer" in conflict
    assert 'value="2"' in conflict


def test_a_file_that_is_not_let_in_says_why_and_a_good_one_is_kept(plan):
    cast, skp, period = plan
    objection = actions.start_objection(scenes.received(cast, skp, period), by=cast["self"])
    me, address = as_(cast["self"]), to("objection-file-add", objection.pk)
    bad = SimpleUploadedFile("surat.docx", b"PK")
    assert "Berkas Office" in text(me.post(address, {"title": "Surat", "upload": bad}), 422)
    assert "Pilih berkas" in text(me.post(address, {"title": "Surat"}), 422)
    assert me.post(address, {"title": "Surat", "upload": pdf("surat.pdf")}).status_code == 302
    assert "sudah ada" in text(me.post(address, {"title": "Lagi", "upload": pdf("surat.pdf")}), 422)
    row = objection.evidence.get()
    assert me.get(to("objection-file", row.pk)).headers["Content-Disposition"].startswith("attachment")
    assert me.post(to("objection-file-remove", row.pk)).status_code == 302
    assert not objection.evidence.exists()


def test_final_results_say_so_with_the_article(plan):
    cast, skp, period = plan
    document = scenes.received(cast, skp, period, appraiser=cast["superior"], rated_by="superior")
    page = text(as_(cast["self"]).get(to("document-detail", document.pk)))

    assert "angka 11 (halaman 90)" in page
    assert "Tulis keberatan" not in page


def test_the_decider_hears_and_decides_in_the_browser(plan, now):
    cast, skp, period = plan
    objection = scenes.ready(cast, skp, period)
    superior = as_(cast["superior"])
    hearing = to("objection-hearing", objection.pk)
    sent = {"day": "2026-09-22", "hour": "09:00", "place": "Ruang rapat"}
    assert superior.post(hearing, sent).status_code == 302
    now.move_to("2026-09-22T11:00:00+09:00")
    superior = as_(cast["superior"])  # the session of yesterday is over
    for name in ("self", "appraiser"):
        assert as_(cast[name]).post(to("objection-answer", objection.pk), {"text": "Ya."}).status_code == 302
    minutes = to("objection-minutes", objection.pk)
    assert superior.post(minutes, {"version": 1, "text": "Dibahas.", "tandatangani": "1"}).status_code == 302
    decide = to("objection-decide", objection.pk)
    assert "Pilih keputusan" in text(superior.post(decide, {"reason": "Sebab"}), 422)
    facts = {"outcome": "ubah", "reason": "Sebab.", "work_rating": "meets", "behaviour_rating": "meets"}
    refused = text(superior.post(decide, facts), 422)
    assert "Tulis rekomendasi baru" in refused
    assert "Sebab." in refused
    assert superior.post(decide, facts | {"recommendation": "Lanjutkan."}).status_code == 302
    page = text(as_(cast["self"]).get(to("objection-detail", objection.pk)))
    assert "Hasil diubah" in page
    assert "Dua penilaian" in page
    assert "D.1.3" in page


@pytest.mark.parametrize(
    ("form", "boxes"),
    [("D.1.1", range(1, 8)), ("D.1.2", range(1, 8)), ("D.1.3", range(1, 12))],
)
def test_the_forms_show_every_box_and_signature(plan, form, boxes):
    cast, skp, period = plan
    if form == "D.1.2":
        document = scenes.received(cast, skp, period, appraiser=cast["superior"], rated_by="superior")
    elif form == "D.1.1":
        document = scenes.received(cast, skp, period)
    else:
        scenes.changed(cast, scenes.ready(cast, skp, period))
        document = actions.receive(EvaluationDocument.objects.get(form="D.1.3"), by=cast["self"])
    document = actions.sign_and_return(scenes.again(document), by=cast["self"])
    page = text(as_(cast["self"]).get(to("document-print", document.pk)))

    assert f"Format {form}" in page
    assert "Lambang Garuda" in page
    for number in boxes:
        assert f"{number}. " in page, number
    for words in (
        "Orang Self",
        "Orang Appraiser",
        "Orang Superior",
        "Pangkat/gol. ruang",
        "Capaian kinerja organisasi",
    ):
        assert words in page, words
    assert page.count("Ditandatangani dalam sistem") == (3 if form == "D.1.3" else 2)
    if form == "D.1.3":
        assert "Target tercapai, lihat rekap." in page
        assert "semula Butuh Perbaikan" in page


def test_a_later_move_does_not_reach_a_signed_paper(plan):
    cast, skp, period = plan
    document = scenes.signed(cast, skp, period)
    type(cast["self"].employee).objects.filter(pk=document.employee_id).update(name="Nama Baru", rank="IV/a")

    assert "Orang Self" in text(as_(cast["appraiser"]).get(to("document-print", document.pk)))


def test_the_achievement_of_the_organisation_stands_in_box_four(plan):
    cast, skp, period = plan
    achieved(cast["self"].cast_units["clinic"], "baik", by=cast["superior"].employee, period=period)
    document = scenes.signed(cast, skp, period)

    assert document.organisation_achievement == "Baik"


def test_the_dossier_is_frozen_with_its_hash(plan):
    cast, skp, period = plan
    objection = scenes.upheld(cast, scenes.ready(cast, skp, period))
    assert hashlib.sha256(objection.dossier.encode()).hexdigest() == objection.dossier_sha256
    for name in ("objection-dossier", "objection-dossier-print"):
        page = text(as_(cast["self"]).get(to(name, objection.pk)))
        assert objection.dossier_sha256 in page
        for words in (
            "Target tercapai, lihat rekap.",
            "Saya menilai menurut rekap.",
            "Rekap oleh Orang Self",
        ):
            assert words in page, words
        assert skp.results.first().evidence.get().sha256 in page


def test_the_parties_do_not_read_the_second_reading_before_the_decision(plan):
    cast, skp, period = plan
    objection = scenes.ready(cast, skp, period)
    words = "Rekap menunjukkan target tercapai."

    assert words not in text(as_(cast["self"]).get(to("objection-dossier", objection.pk)))
    assert words in text(as_(cast["superior"]).get(to("objection-dossier", objection.pk)))


def test_many_are_handed_over_and_reported_at_once(plan):
    cast, skp, period = plan
    document = scenes.signed(cast, skp, period)
    appraiser = as_(cast["appraiser"])
    assert "checkbox" in text(appraiser.get(to("document-list") + "?bagian=serahkan"))
    assert appraiser.post(to("document-hand-over-many"), {"documents": [document.pk]}).status_code == 302
    actions.sign_and_return(actions.receive(scenes.again(document), by=cast["self"]), by=cast["self"])
    report = to("document-report")
    assert "Orang Superior" in text(appraiser.get(report))
    assert "Pilih paling sedikit satu" in text(appraiser.post(report, {}), 422)
    assert appraiser.post(report, {"documents": [document.pk]}).status_code == 302
    assert "tidak lagi menunggu" in text(appraiser.post(report, {"documents": [document.pk]}), 422)
    assert as_(cast["superior"]).post(report, {"documents": [document.pk]}).status_code == 302
    assert scenes.again(document).reporting == "arrived"


def test_the_start_page_says_what_waits_for_whom(plan):
    cast, skp, period = plan
    scenes.signed(cast, skp, period)
    assert "Serahkan dokumen evaluasi" in text(as_(cast["appraiser"]).get("/"))
    document = EvaluationDocument.objects.get()
    actions.hand_over(document, by=cast["appraiser"])
    assert "Terima dan tandatangani dokumen evaluasi Anda" in text(as_(cast["self"]).get("/"))
    received = actions.receive(scenes.again(document), by=cast["self"])
    objection = actions.start_objection(received, by=cast["self"])
    saved = actions.save_objection(objection, version=1, reasons="Keliru", by=cast["self"])
    actions.file_objection(saved, version=2, by=cast["self"])
    for name, words in (
        ("superior", "Putuskan keberatan pegawai"),
        ("appraiser", "Jelaskan penilaian Anda atas keberatan"),
        ("stranger", "Nilai sebagai pembaca kedua"),
    ):
        assert words in text(as_(cast[name]).get("/")), name


def test_lists_cost_the_same_for_one_and_for_many(plan):
    cast, skp, period = plan
    appraiser, addresses = (
        as_(cast["appraiser"]),
        (to("document-list") + "?bagian=serahkan", to("document-list") + "?bagian=tim"),
    )
    scenes.signed(cast, skp, period)
    one = [queries_of(appraiser, address) for address in addresses]
    peer = scenes.agreed_plan(cast["peer"], by=cast["appraiser"], main=1, additional=0)
    scenes.signed(cast, peer, period)

    assert [queries_of(appraiser, address) for address in addresses] == one


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        text(client.get(address))
    return len(captured)


# --- public figures -------------------------------------------------------------------------------------------


def counts(upheld=0, changed=0, withdrawn=0, open=0, days=(7,) * 5):
    return Counts(upheld, changed, withdrawn, open, days=tuple(days))


def test_few_objections_are_not_shown_and_cannot_be_found_by_subtraction():
    lines, whole = table_of({"Dinas A": counts(12, 4), "Dinas B": counts(2, 1)})

    # B is hidden, and so is A: otherwise B would be the city less A.
    assert lines == [Shown("Dinas A"), Shown("Dinas B")]
    assert whole.filed == 19


def test_many_are_shown_with_their_median():
    lines, whole = table_of(
        {"A": counts(10, 5, days=(3, 5, 7)), "B": counts(6, 4, 3), "C": counts(5, 3), "D": counts(4)}
    )

    assert lines[0] == Shown("A", filed=15, upheld=10, changed=5, withdrawn=0, open=0, median_days=5)
    assert (lines[2], lines[3]) == (Shown("C"), Shown("D"))
    assert whole.filed == 40


def test_a_small_part_is_kept_back_with_enough_beside_it():
    lines, whole = table_of({"A": counts(10, 1), "B": counts(12, 4)})

    assert (lines[0].filed, lines[0].changed) == (11, None)
    assert lines[1].changed is None  # the city's five less four would be A's one
    assert whole.changed == 5


def test_the_public_page_needs_no_sign_in_and_names_nobody(plan):
    cast, skp, period = plan
    scenes.filed(cast, skp, period)
    page = text(Client().get(to("objection-figures")))

    assert "Tidak ditampilkan" in page
    assert "Orang" not in page
    assert to("objection-figures") in text(Client().get(to("objection-figures")))
