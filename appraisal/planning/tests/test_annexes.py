"""Form A.1.8: written by the owner, read by the appraiser, and afterwards whether the support came."""

import pytest
from django.urls import reverse

from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, WrongState
from ambon_kinerja.notices.models import Notice
from appraisal.planning import actions
from appraisal.planning.actions import Conflict
from appraisal.planning.actions.annexes import annex_content, record_support, save_annex
from appraisal.planning.actions.fingerprints import fingerprint
from appraisal.planning.models import AnnexLine, Skp
from appraisal.planning.tests.browsing import address
from appraisal.planning.tests.plans import a_plan, a_submitted_plan, an_agreed_plan

pytestmark = pytest.mark.django_db

LINES = [
    {"kind": "resource", "text": "Satu alat uji", "resource": "equipment", "if_met": None},
    {"kind": "accountability", "text": "Dilaporkan tiap bulan", "resource": "", "if_met": None},
    {"kind": "consequence", "text": "Diusulkan memimpin tim", "resource": "", "if_met": True},
]
EMPTY = fingerprint([])


def typed(*lines, seen=EMPTY, **more):
    data = {"baris-jumlah": len(lines), "seen": seen} | more
    for place, line in enumerate(lines):
        data |= {f"baris-{place}-{name}": value for name, value in line.items()}
    return data


def filled(user, lines=LINES):
    skp = a_plan(user)
    save_annex(skp, lines=lines, seen=EMPTY, by=user)
    return skp


def agreed(cast):
    skp = filled(cast["self"])
    actions.submit_skp(Skp.objects.get(pk=skp.pk), by=cast["self"])
    actions.agree_skp(Skp.objects.get(pk=skp.pk), by=cast["appraiser"])
    return Skp.objects.get(pk=skp.pk)


def test_the_annex_is_stored_in_the_order_of_the_form_and_counts_as_a_change(cast):
    skp = a_plan(cast["self"])

    save_annex(skp, lines=LINES, seen=EMPTY, by=cast["self"])

    assert annex_content(skp) == LINES
    assert Skp.objects.get().version == skp.version + 1
    assert AuditEvent.objects.filter(action="skp.save_annex").count() == 1


def test_the_same_annex_twice_changes_nothing(cast):
    skp = filled(cast["self"])
    version = Skp.objects.get().version

    save_annex(skp, lines=LINES, seen=EMPTY, by=cast["self"])

    assert Skp.objects.get().version == version


def test_a_line_that_stays_keeps_its_row(cast):
    skp = filled(cast["self"])
    kept = AnnexLine.objects.get(kind="resource").pk
    more = [LINES[0] | {"text": "Anggaran perjalanan", "resource": "budget"}, *LINES]

    save_annex(skp, lines=more, seen=fingerprint(LINES), by=cast["self"])

    assert AnnexLine.objects.get(text="Satu alat uji").pk == kept
    assert [line.position for line in AnnexLine.objects.filter(kind="resource")] == [1, 2]


def test_whoever_read_another_annex_meets_both_texts(cast):
    skp = filled(cast["self"])

    with pytest.raises(Conflict):
        save_annex(skp, lines=LINES[:1], seen=EMPTY, by=cast["self"])

    assert annex_content(skp) == LINES


def test_only_the_owner_writes_it_and_only_while_the_plan_may_change(cast):
    draft, waiting = a_plan(cast["self"]), a_submitted_plan(cast["peer"])

    with pytest.raises(NotAllowed):
        save_annex(draft, lines=LINES, seen=EMPTY, by=cast["appraiser"])
    with pytest.raises(WrongState):
        save_annex(waiting, lines=LINES, seen=EMPTY, by=cast["peer"])


def test_either_of_the_two_says_whether_the_support_came_and_the_other_is_told(cast):
    agreed(cast)
    line = AnnexLine.objects.get(kind="resource")

    record_support(line, support="refused", note="Anggaran dipotong", by=cast["self"])
    record_support(line, support="given", note="", by=cast["appraiser"])

    line.refresh_from_db()
    assert (line.support, line.support_note) == ("given", "")
    told = Notice.objects.filter(subject__startswith="Dukungan").order_by("pk")
    assert [notice.recipient for notice in told] == [cast["appraiser"], cast["self"]]
    assert "tidak terpenuhi" in told[0].subject


def test_nobody_else_says_it_nor_before_the_plan_is_agreed_nor_without_a_word_on_what_lacks(cast):
    skp = agreed(cast)
    line = AnnexLine.objects.get(kind="resource")
    other = AnnexLine.objects.get(kind="accountability")

    for person in ("peer", "superior", "personnel_office"):
        with pytest.raises(NotAllowed):
            record_support(line, support="given", note="", by=cast[person])
    with pytest.raises(StepRefused, match="belum terpenuhi"):
        record_support(line, support="partly", note=" ", by=cast["self"])
    with pytest.raises(StepRefused, match="Hanya dukungan"):
        record_support(other, support="given", note="", by=cast["self"])
    Skp.objects.filter(pk=skp.pk).update(state="draft")
    with pytest.raises(WrongState):
        record_support(line, support="given", note="", by=cast["self"])


def test_a_ready_made_sentence_and_a_row_come_without_storing_or_losing_a_word(cast, browse):
    skp = a_plan(cast["self"])
    line = {"kind": "resource", "text": "Tulisan saya", "resource": "budget"}

    page = browse("self").post(address("annex-edit", skp), typed(line, kalimat="bulanan")).content.decode()
    more = browse("self").post(address("annex-edit", skp), typed(line, tambah="resource")).content.decode()
    less = browse("self").post(address("annex-edit", skp), typed(line, hapus="0")).content.decode()

    assert "Tulisan saya</textarea>" in page
    assert "paling lambat tanggal 5 bulan berikutnya" in page.partition("<main")[2].split("<details")[2]
    assert more.count(">Dukungan 2") == 1
    assert "Tulisan saya" not in less
    assert not AnnexLine.objects.exists()


def test_a_typed_annex_is_stored_and_read_by_the_appraiser_who_agrees(cast, browse):
    skp = a_plan(cast["self"])
    rows = (
        {"kind": "resource", "text": "Satu alat uji", "resource": "equipment"},
        {"kind": "accountability", "text": ""},
        {"kind": "consequence", "text": "Diusulkan memimpin tim", "if_met": "ya"},
    )

    answer = browse("self").post(address("annex-edit", skp), typed(*rows))
    actions.submit_skp(Skp.objects.get(), by=cast["self"])
    page = browse("appraiser").get(address("skp-agree", skp)).content.decode()

    assert answer.status_code == 302
    assert "Satu alat uji" in page
    assert "Diusulkan memimpin tim" in page


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"kind": "resource", "text": "Alat"}, "Pilih jenis dukungan untuk dukungan 1."),
        ({"kind": "consequence", "text": "Teguran"}, "Pilih kapan konsekuensi 1 berlaku."),
        ({"kind": "accountability", "text": "x" * 1001}, "Satu baris paling banyak 1.000 huruf."),
    ],
)
def test_what_lacks_is_said_at_the_line_and_the_text_stays(cast, browse, line, words):
    skp = a_plan(cast["self"])

    answer = browse("self").post(address("annex-edit", skp), typed(line))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(words) == 2
    assert line["text"] in page


def test_a_forged_count_stores_nothing(cast, browse):
    skp = a_plan(cast["self"])
    line = {"kind": "accountability", "text": "Hilang?"}

    for count in ("0", "-1", "999"):
        data = typed(line) | {"baris-jumlah": count}
        assert browse("self").post(address("annex-edit", skp), data).status_code == 422
    assert not AnnexLine.objects.exists()


def test_two_windows_meet_with_both_texts_and_mine_can_still_be_saved(cast, browse):
    skp = filled(cast["self"])
    mine = {"kind": "accountability", "text": "Tulisan saya"}

    answer = browse("self").post(address("annex-edit", skp), typed(mine))
    page = answer.content.decode()
    browse("self").post(address("annex-edit", skp), typed(mine, seen=fingerprint(LINES)))

    assert answer.status_code == 409
    assert "Satu alat uji" in page
    assert "Tulisan saya</textarea>" in page
    assert f'name="seen" value="{fingerprint(LINES)}"' in page
    assert [line["text"] for line in annex_content(skp)] == ["Tulisan saya"]


def test_the_state_of_a_support_is_recorded_on_its_page(cast, browse):
    skp = agreed(cast)
    line = AnnexLine.objects.get(kind="resource")
    page = reverse("appraisal:annex-support", args=[skp.pk, line.pk])

    refused = browse("appraiser").post(page, {"support": "partly", "note": ""})
    stored = browse("appraiser").post(page, {"support": "partly", "note": "Alat datang tanpa reagen"})

    assert (refused.status_code, stored.status_code) == (422, 302)
    assert "Tulis apa yang belum terpenuhi." in refused.content.decode()
    assert "Alat datang tanpa reagen" in browse("self").get(address("annex", skp)).content.decode()


def test_the_printed_form_has_its_three_parts_and_both_signatures(cast, browse):
    skp = agreed(cast)

    page = browse("self").get(address("annex-print", skp)).content.decode()

    for words in (
        "DUKUNGAN SUMBER DAYA",
        "SKEMA PERTANGGUNGJAWABAN",
        "KONSEKUENSI",
        "Pegawai yang Dinilai",
        "Pejabat Penilai Kinerja",
        "Apabila memenuhi ekspektasi pimpinan, maka: Diusulkan memimpin tim",
        skp.appraiser.name,
    ):
        assert words in page
    assert "<form" not in page


def test_an_agreed_plan_of_another_is_not_reached_by_its_line(cast, browse):
    skp = agreed(cast)
    other = an_agreed_plan(cast["peer"], cast["appraiser"])
    line = AnnexLine.objects.get(skp=skp, kind="resource")

    found = browse("appraiser").get(reverse("appraisal:annex-support", args=[other.pk, line.pk]))

    assert found.status_code == 404
