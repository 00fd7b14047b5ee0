"""What the pages tell whom: what goes on and until when, why a decision waits, and who stays unnamed."""

import re
from datetime import datetime, timedelta

import pytest

from appraisal.monitoring.actions import give_feedback
from appraisal.objections import actions
from appraisal.objections.escalating import run
from appraisal.objections.models import Deadline
from appraisal.rulebook.queries import behaviour_values

from . import scenes
from .test_pages import as_, text, to


def test_who_reads_a_second_time_stays_unnamed_for_everybody_else(plan):
    cast, skp, period = plan
    objection = scenes.filed(cast, skp, period)
    reader = objection.readings.get().reader
    pages = (
        ("document-detail", objection.document_id),
        *((name, objection.pk) for name in ("objection-detail", "objection-dossier")),
    )
    for name in ("self", "appraiser", "superior"):
        for page in pages:
            shown = as_(cast[name]).get(to(*page))
            if shown.status_code == 200:
                assert reader.name not in text(shown), (name, page)
    assert "Pembaca kedua; namanya tidak disebut" in text(as_(cast["self"]).get(to(*pages[0])))


def test_while_the_second_reader_is_awaited_the_decision_says_why_and_until_when(plan, now):
    cast, skp, period = plan
    objection = scenes.filed(cast, skp, period)
    actions.explain(objection, text="Menurut rekap.", by=cast["appraiser"])
    superior, decide = as_(cast["superior"]), to("objection-decide", objection.pk)

    page = text(superior.get(decide))
    assert "Belum dapat diputus" in page
    assert "paling lambat Kamis, 24 September 2026" in page
    assert "Pada batas putusan, Rabu, 30 September 2026, Anda dapat memutus tanpa menunggu lagi." in page
    assert 'name="outcome"' not in page  # nothing to fill in that could not be kept

    scenes.give(objection.readings.get())
    page = text(superior.get(decide))
    assert "Belum dapat diputus" not in page
    assert 'name="outcome"' in page


def test_what_was_typed_stays_when_a_wait_begins_meanwhile(plan):
    cast, skp, period = plan
    objection = scenes.filed(cast, skp, period)
    sent = {"outcome": "kuatkan", "reason": "Bukti sama."}
    page = text(as_(cast["superior"]).post(to("objection-decide", objection.pk), sent), 422)

    assert "Bukti sama." in page


def test_a_hearing_not_held_yet_is_told_before_the_decision_and_after_it(plan):
    cast, skp, period = plan
    objection = scenes.ready(cast, skp, period)
    sent = {"day": "2026-09-22", "hour": "09:00", "place": "Ruang rapat"}
    superior = as_(cast["superior"])
    assert superior.post(to("objection-hearing", objection.pk), sent).status_code == 302
    assert "Pertemuan belum dicatat" in text(superior.get(to("objection-decide", objection.pk)))
    scenes.upheld(cast, scenes.again(objection))

    assert "diputus tanpa berita acara" in text(superior.get(to("objection-detail", objection.pk)))


def test_each_reads_first_what_goes_on_and_what_he_has_to_do(plan):
    cast, skp, period = plan
    objection = scenes.filed(cast, skp, period)
    told = {
        "self": "Orang Superior memutus keberatan Anda paling lambat Rabu, 30 September 2026. Sekarang Anda tidak",
        "appraiser": "Sampaikan penjelasan Anda sebelum itu.",
        "superior": "Anda memutus keberatan ini paling lambat Rabu, 30 September 2026.",
    }
    for name, words in told.items():
        assert words in text(as_(cast[name]).get(to("objection-detail", objection.pk))), name

    actions.explain(objection, text="Menurut rekap.", by=cast["appraiser"])
    scenes.give(objection.readings.get())
    scenes.changed(cast, scenes.again(objection))
    for name in told:
        page = text(as_(cast[name]).get(to("objection-detail", objection.pk)))
        assert "Predikat menjadi Baik, semula Butuh Perbaikan." in page, name


def test_the_explanation_is_written_beside_the_reasons_it_answers(plan):
    cast, skp, period = plan
    objection = scenes.filed(cast, skp, period)

    assert objection.reasons in text(as_(cast["appraiser"]).get(to("objection-explain", objection.pk)))


def test_what_an_objection_needs_is_not_called_optional(plan):
    cast, skp, period = plan
    objection = actions.start_objection(scenes.received(cast, skp, period), by=cast["self"])
    page = text(as_(cast["self"]).get(to("objection-write", objection.pk)))

    for words in ("Alasan keberatan", "Berkas"):
        label = re.search(rf"<(label|legend)[^>]*>\s*{words}\b.*?</\1>", page, re.S).group()
        assert "opsional" not in label, words


def test_the_document_says_first_what_waits_for_its_reader(plan):
    cast, skp, period = plan
    document = scenes.signed(cast, skp, period)
    page = to("document-detail", document.pk)
    first = "Dokumen ini menunggu Anda"
    assert f"{first} serahkan kepada pegawai paling lambat" in text(as_(cast["appraiser"]).get(page))
    actions.hand_over(document, by=cast["appraiser"])
    assert f"{first} terima, lalu Anda tandatangani paling lambat" in text(as_(cast["self"]).get(page))
    actions.receive(scenes.again(document), by=cast["self"])
    shown = text(as_(cast["self"]).get(page))
    assert "Dokumen ini menunggu tanda tangan Anda paling lambat" in shown
    assert shown.count("Menandatangani dan mengembalikan <") == 1  # the term that gave way is not told again
    assert document.deadlines.filter(kind=Deadline.Kind.RETURN).count() == 2


@pytest.mark.parametrize("is_said", [False, True])
def test_the_second_reader_is_told_where_nothing_speaks_of_behaviour(plan, is_said):
    cast, skp, period = plan
    if is_said:
        give_feedback(
            skp, period=period, by=cast["appraiser"], giver="leader", tone="positive",
            value=behaviour_values()[0], given_on=period.starts_on, text="Sigap.",
        )  # fmt: skip
    reading = scenes.filed(cast, skp, period).readings.get()
    page = text(as_(reading.reader.user).get(to("blind-reading", reading.key)))

    assert ("Tidak ada umpan balik tentang perilaku kerja pada periode ini." in page) is not is_said


ROOM = "^/(keberatan|dokumen-evaluasi)/"


def test_who_objects_is_told_of_his_own_objection_and_all_others_by_name(plan, now):
    cast, skp, period = plan
    objection = scenes.filed(cast, skp, period)
    actions.explain(objection, text="Menurut rekap.", by=cast["appraiser"])
    meets_at = datetime.fromisoformat("2026-09-22T09:00:00+09:00")
    hearing = actions.arrange_hearing(objection, meets_at=meets_at, place="Ruang rapat", by=cast["superior"])
    now.move_to(meets_at + timedelta(hours=2))
    minutes = {"text": "Keduanya didengar.", "version": hearing.version, "is_signed": True}
    actions.keep_minutes(objection, **minutes, by=cast["superior"])
    now.move_to("2026-10-01T06:30:00+09:00")
    run()  # the decider was silent
    now.move_to("2026-10-12T06:30:00+09:00")
    run()  # the employee has not returned his document
    name = cast["self"].employee.name

    told = {
        person: [
            f"{notice.subject} {notice.body}" for notice in cast[person].notices.filter(path__regex=ROOM)
        ]
        for person in ("self", "appraiser", "superior", "mayor")
    }

    for words in ("Penjelasan pejabat penilai atas", "Pertemuan tentang", "Berita acara pertemuan tentang"):
        assert any(f"{words} keberatan Anda" in each for each in told["self"]), words
        assert any(f"{words} keberatan {name}" in each for each in told["appraiser"] + told["superior"])
    assert any("Keberatan Anda belum diputus" in each for each in told["self"])
    assert any("(dokumen Anda, " in each for each in told["self"])
    assert [each for each in told["self"] if name in each] == []
    assert any("Anda tidak memutus sampai" in each for each in told["superior"])
    assert any("Diteruskan kepada Anda." in each for each in told["mayor"])
    assert any(f"Keberatan {name} belum diputus" in each for each in told["mayor"])
    assert "<title>Keberatan Anda" in text(as_(cast["self"]).get(to("objection-detail", objection.pk)))
