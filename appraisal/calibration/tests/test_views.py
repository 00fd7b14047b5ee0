"""Distribution and calibration in the browser, with both walls up."""

import time_machine
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from appraisal.calibration.actions import (
    accept_proposal,
    add_items,
    cancel_session,
    close_session,
    keep_proposal,
    propose_rating,
)
from appraisal.calibration.models import CalibrationProposal, CalibrationSession
from appraisal.calibration.result_part import part_for
from appraisal.organisation.tests.achievements import achieved
from appraisal.scoring.actions import finalise, save_draft
from appraisal.scoring.models import Evaluation

from .scenes import ABOVE, BELOW, MEETS, add_drafts, build_drafts, called, finished, rated

WHY = "Bandingkan dengan capaian rekan pada target yang sama."


def address(name, *args):
    return reverse(f"appraisal:{name}", args=args)


def test_a_session_from_call_to_minutes(open_as, scene, client):
    cast, period, drafts = scene
    health = cast["self"].cast_units["health"]
    browser = open_as("superior")

    called_page = browser.post(
        address("calibration-call", health.pk, period.pk),
        {"held_on": "25-09-2026", "agenda": "Membandingkan draf"},
        follow=True,
    )
    session = CalibrationSession.objects.get()
    choose = browser.get(address("calibration-choose", session.pk)).content.decode()
    chosen = {"penilaian": [str(drafts["self"].pk), str(drafts["peer"].pk)]}
    listed = browser.post(address("calibration-choose", session.pk), chosen, follow=True).content.decode()
    item = session.items.get(employee=cast["self"].employee)
    sent = {"aspect": "work", "to_rating": "above", "reason": WHY}
    proposed = browser.post(address("calibration-item", item.pk), sent, follow=True).content.decode()

    assert "Belum ada penilaian dalam agenda" in called_page.content.decode()
    assert "Orang Self" in choose
    assert "Sesuai ekspektasi" in listed
    assert "Menunggu penilai" in proposed
    proposal = CalibrationProposal.objects.get()

    assert "menunggu jawaban Anda" not in proposed

    browser = open_as("appraiser")
    asked = browser.get(address("calibration-item", item.pk)).content.decode()
    assert "1 usulan menunggu jawaban Anda." in asked
    kept = browser.post(address("calibration-answer", proposal.pk), {})
    accepted = browser.post(address("calibration-answer", proposal.pk), {"terima": "1"}, follow=True)
    again = browser.post(address("calibration-answer", proposal.pk), {"terima": "1"}, follow=True)

    assert kept.status_code == 422
    assert kept.content.decode().count("Tulis alasannya.") == 2  # above the page and at the field
    assert "berubah atas nama Anda" in accepted.content.decode()
    assert "sudah dijawab" in again.content.decode()
    assert Evaluation.objects.get(pk=drafts["self"].pk).work_rating == "above"

    browser = open_as("superior")
    missing = browser.post(address("calibration-close", session.pk), {"minutes": ""})
    closed = browser.post(
        address("calibration-close", session.pk),
        {"minutes": "Satu rating berubah.", "attended": [str(session.participants.first().pk)]},
        follow=True,
    )

    assert missing.status_code == 422
    assert "Satu rating berubah." in closed.content.decode()
    assert "tidak hadir" in closed.content.decode()


def test_the_employee_reads_on_his_result_what_changed_and_no_one_elses_name(open_as, scene):
    cast, period, drafts = scene
    session = called(cast, period, drafts.values())
    item = session.items.get(employee=cast["self"].employee)
    proposal = propose_rating(item, aspect="behaviour", to_rating="above", reason=WHY, by=cast["superior"])
    open_as("appraiser").post(address("calibration-answer", proposal.pk), {"terima": "1"})
    finished(Evaluation.objects.get(pk=drafts["self"].pk))
    template, part = part_for(Evaluation.objects.get(pk=drafts["self"].pk), cast["self"])
    text = render_to_string(template, {"part": part})

    assert "Semula sesuai ekspektasi, menjadi di atas ekspektasi." in text
    assert WHY in text
    assert "Orang" not in text


def test_the_page_of_a_result_says_that_it_was_looked_at(open_as, scene):
    cast, period, drafts = scene
    item = called(cast, period, [drafts["self"]]).items.get()
    proposal = propose_rating(item, aspect="work", to_rating="above", reason=WHY, by=cast["superior"])
    keep_proposal(proposal, by=cast["appraiser"], reason="Buktinya cukup.")
    draft = Evaluation.objects.get(pk=drafts["self"].pk)
    saved = save_draft(
        draft,
        version=draft.version,
        by=cast["appraiser"],
        ratings={result.pk: ("meets", "") for result in draft.skp.results.all()},
        work_rating="meets",
        behaviour_rating="meets",
        behaviour_reason="Konsisten.",
    )
    finalise(saved, version=saved.version, by=cast["appraiser"])

    text = open_as("self").get(address("evaluation-detail", draft.pk)).content.decode()

    assert "Tidak ada rating yang berubah karena pembahasan itu." in text
    assert WHY not in text
    assert "Orang Superior" not in text.partition('id="kalibrasi"')[2].partition("</section>")[0]


def test_offices_read_the_session_without_its_drafts(open_as, scene):
    cast, period, drafts = scene
    session = called(cast, period, drafts.values())

    office = open_as("personnel_office").get(address("calibration-session", session.pk)).content.decode()
    item = open_as("personnel_office").get(address("calibration-item", session.items.first().pk))

    assert "2 penilaian. Isinya hanya untuk peserta." in office
    assert "Orang Self" not in office
    assert item.status_code == 404


def test_who_takes_part_never_sees_his_own_draft(open_as, scene):
    cast, period, drafts = scene
    session = called(cast, period, [drafts["self"]])
    session.participants.create(employee=cast["self"].employee)

    page = open_as("self").get(address("calibration-session", session.pk)).content.decode()
    item = open_as("self").get(address("calibration-item", session.items.get().pk))

    assert "Belum ada penilaian dalam agenda" in page
    assert item.status_code == 404


def test_the_distribution_page_shows_table_picture_and_asks_for_a_reason(client, db, now):
    cast, period, _ = build_drafts(members=3)
    clinic = cast["self"].cast_units["clinic"]
    achieved(clinic, "baik", by=cast["superior"].employee, period=period)
    client.force_login(cast["appraiser"])
    page = address("distribution-detail", clinic.pk, period.pk)

    shown = client.get(page).content.decode()
    missing = client.post(address("distribution-explain", clinic.pk, period.pk), {"text": ""})
    kept = client.post(
        address("distribution-explain", clinic.pk, period.pk), {"text": "Setara."}, follow=True
    )

    assert "Baik: 5 orang. Panduannya paling banyak 3 orang (70%)." in shown
    assert "<svg" in shown
    assert "tidak menghalangi penetapan" in shown
    assert missing.status_code == 422
    assert "Setara." in kept.content.decode()


def test_pages_ask_as_much_for_one_draft_as_for_many(open_as, scene):
    cast, period, drafts = scene
    browser, session = open_as("superior"), called(cast, period, drafts.values())
    pages = (
        address("calibration-session", session.pk),
        address("calibration-choose", session.pk),
        address("distribution-list"),
        address("distribution-detail", cast["self"].cast_units["health"].pk, period.pk),
    )

    def questions():
        found = []
        for page in pages:
            browser.get(page)
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(page).status_code == 200
            found.append(len(queries))
        return found

    few = questions()
    more = add_drafts(cast, period, 6)
    add_items(session, evaluations=[draft.pk for draft in more.values()], by=cast["superior"])

    assert questions() == few
    assert max(few) <= 40


def test_a_finished_session_says_what_came_of_it_and_its_table_who_changed(open_as, scene):
    cast, period, drafts = scene
    session = called(cast, period, drafts.values())
    items = {item.evaluation_id: item for item in session.items.all()}
    asked = {"aspect": "work", "to_rating": "above", "reason": WHY, "by": cast["superior"]}
    taken, kept = (propose_rating(items[drafts[name].pk], **asked) for name in ("self", "peer"))
    page = address("calibration-session", session.pk)
    assert "2 usulan menunggu jawaban penilai." in open_as("superior").get(page).content.decode()
    accept_proposal(taken, by=cast["appraiser"])
    keep_proposal(kept, reason="Target sama.", by=cast["appraiser"])
    close_session(session, minutes="Dibandingkan.", attended=[], by=cast["superior"])

    shown = open_as("superior").get(page).content.decode()

    assert "Dari 2 usulan: 1 rating berubah, 1 tetap." in shown
    assert "Hasil kerja: menjadi di atas ekspektasi, semula sesuai ekspektasi" in shown
    assert "Hasil kerja: tetap sesuai ekspektasi" in shown
    assert "Draf penilaian dalam agenda" not in shown


def test_the_picture_of_a_distribution_has_one_table(open_as, scene):
    cast, period, drafts = scene
    for draft in (*drafts.values(), *add_drafts(cast, period, 4).values()):
        finished(draft)
    session = called(cast, period)

    page = open_as("superior").get(address("calibration-session", session.pk)).content.decode()

    assert 'id="predikat-t"' in page  # the picture
    assert "Lihat sebagai tabel" not in page
    assert page.count("Jumlah pegawai menurut predikat") == 1


def test_who_leads_a_session_and_who_takes_part_find_it_on_their_desk(open_as, scene):
    cast, period, drafts = scene
    session = called(cast, period, drafts.values())

    def lines(name):
        found = {item.label: item for item in open_as(name).get("/").context["desk"].tasks}
        return {label: item for label, item in found.items() if "sesi kalibrasi" in label}

    led, joined = lines("superior"), lines("appraiser")
    assert list(led) == ["Pimpin sesi kalibrasi"]
    assert led["Pimpin sesi kalibrasi"].url == address("calibration-session", session.pk)
    assert led["Pimpin sesi kalibrasi"].detail == "Sesi Jumat, 25 September 2026."
    assert list(joined) == ["Ikuti sesi kalibrasi"]
    assert lines("self") == {}
    with time_machine.travel("2026-09-26T09:00:00+09:00", tick=False):
        (late,) = lines("superior").values()
        assert (late.label, late.kind) == ("Tutup sesi kalibrasi dengan notula", "warn")
        assert lines("appraiser")["Ikuti sesi kalibrasi"].kind == "info"
    cancel_session(session, reason="Tidak jadi.", by=cast["superior"])
    assert lines("superior") == {} == lines("appraiser")


def test_a_distribution_within_the_guide_says_so(open_as, scene):
    cast, period, drafts = scene
    health = cast["self"].cast_units["health"]
    all_drafts = [*drafts.values(), *add_drafts(cast, period, 4).values()]
    rated(all_drafts[0], ABOVE, ABOVE)
    rated(all_drafts[1], BELOW, MEETS)
    for draft in all_drafts:
        finished(draft)
    page = address("distribution-detail", health.pk, period.pk)
    within = "Distribusi ini tidak melampaui batas panduan"
    assert within not in open_as("superior").get(page).content.decode()  # nothing to compare with yet
    achieved(health, "baik", by=cast["superior"].employee, period=period)

    assert within in open_as("superior").get(page).content.decode()
