"""The second reader: who may be drawn, and that nothing he gets says whose case it is (moonshot M9, Done-when 5)."""

import hashlib
import io
import re

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.lifecycle.steps import NotAllowed, WrongState
from appraisal.monitoring.actions import add_evidence_file
from appraisal.objections import actions
from appraisal.objections.models import BlindReading
from appraisal.objections.second_reader.draw import drawn, pool_for, sha256_of_pool
from appraisal.objections.second_reader.masking import masked, pattern_of, says_whose, terms_of
from appraisal.objections.second_reader.nameless_files import nameless
from appraisal.scoring.matrix import Rating

from . import scenes


def written_pdf(words, *, author="Orang Self"):
    """A PDF with a line of text, properties, and an XMP packet that name somebody."""
    document = pikepdf.new()
    document.add_blank_page()
    page = document.pages[0]
    page.Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(
            F1=pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
        )
    )
    page.Contents = document.make_stream(f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET".encode("latin-1"))
    with document.open_metadata() as meta:
        meta["dc:creator"] = [author]
        meta["dc:title"] = f"Rekap {author}"
    document.docinfo["/Author"] = author
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


# --- masking, pure -------------------------------------------------------------------------------------------


PATTERN = pattern_of(
    terms_of(
        people={"Dr. Maria Latuconsina, S.Kep"}, nips={"198001012005011903"}, posts={"Bidan Penyelia"},
        units={"Puskesmas Poka", "Puskesmas Teluk Dalam"},
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Maria rajin.", "[disamarkan] rajin."),
        ("bu MARIA dan Latuconsina", "bu [disamarkan] dan [disamarkan]"),
        ("NIP 19800101 200501 1 903", "NIP [disamarkan]"),
        ("Rp1.500.000.000.000 terserap", "Rp1.500.000.000.000 terserap"),
        ("telepon 0812-3456-7890", "telepon [disamarkan]"),
        ("surel m.latu@contoh.test", "surel [disamarkan]"),
        ("lihat https://contoh.test/maria", "lihat [disamarkan]"),
        ("di Poka bagus", "di [disamarkan] bagus"),
        ("termasuk dalam ukuran di Teluk", "termasuk dalam ukuran di [disamarkan]"),
        ("di Puskesmas Teluk Dalam", "di [disamarkan]"),
        ("Bidan Penyelia itu", "[disamarkan] itu"),
        ("dinilai Di Atas Ekspektasi", "dinilai [disamarkan]"),
        ("predikat kinerja Sangat Baik", "[disamarkan]"),
        ("480 ibu hamil dilayani baik", "480 ibu hamil dilayani baik"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_text_loses_what_says_whose_it_is_and_nothing_else(text, left):
    assert masked(text, PATTERN) == left


def test_a_name_broken_by_spaces_is_found():
    assert says_whose("oleh  Maria\nLatuconsina", PATTERN)
    assert not says_whose("oleh pegawai lain", PATTERN)


def test_a_pdf_loses_its_metadata_and_one_that_names_somebody_is_kept_back():
    plain = written_pdf("Rekap kunjungan", author="Maria Latuconsina")
    shown = nameless(plain, "application/pdf", PATTERN)

    assert b"Maria" in plain
    assert b"Latuconsina" in plain
    with pikepdf.open(io.BytesIO(shown)) as document:
        assert not document.docinfo
        assert "/Metadata" not in document.Root
        assert len(document.pages) == 1
    assert b"Maria" not in shown
    assert b"Latuconsina" not in shown
    assert nameless(written_pdf("Dibuat Maria Latuconsina"), "application/pdf", PATTERN) is None
    assert nameless(b"%PDF-broken", "application/pdf", PATTERN) is None


def test_a_pdf_drawn_by_the_application_itself_is_read():
    """Fonts with codes of their own, as most programs write them."""
    weasyprint = pytest.importorskip("weasyprint")
    made = weasyprint.HTML(string="<p>Dibuat oleh Maria Latuconsina</p>").write_pdf()
    other = weasyprint.HTML(string="<p>Dibuat oleh seseorang</p>").write_pdf()

    assert nameless(made, "application/pdf", PATTERN) is None
    assert nameless(other, "application/pdf", PATTERN)


# --- drawing ----------------------------------------------------------------------------------------------------


def test_the_pool_holds_officials_outside_the_line_and_the_agency_alone(plan):
    cast, skp, period = plan
    far = scenes.add_head(cast, "arsip", 41)
    near = scenes.add_head(cast, "gizi", 42, unit=None, under="superior")  # led by the decider
    objection = scenes.filed(cast, skp, period)
    pool = pool_for(objection)

    assert far.pk in pool
    assert cast["stranger"].employee.pk in pool
    for name in ("self", "appraiser", "superior", "mayor", "peer", "former", "acting"):
        assert cast[name].employee.pk not in pool, name
    assert near.pk not in pool


def test_the_draw_can_be_done_again_from_what_was_recorded(plan):
    cast, skp, period = plan
    for number, name in enumerate(("arsip", "pangan", "pemuda"), start=41):
        scenes.add_head(cast, name, number)
    objection = scenes.filed(cast, skp, period)
    reading = objection.readings.get()
    event = AuditEvent.objects.get(action="blindreading.draw")
    pool = pool_for(objection)

    assert reading.reader_id == drawn(reading.seed, pool)
    assert (reading.pool_size, reading.pool_sha256) == (len(pool), sha256_of_pool(pool))
    assert reading.seed in event.payload
    assert str(pool)[1:-1] in event.payload


def test_every_seed_falls_on_somebody_and_no_one_is_favoured():
    pool = list(range(10))
    hits = [drawn(hashlib.sha256(str(number).encode()).hexdigest(), pool) for number in range(5000)]
    assert set(hits) == set(pool)
    assert max(hits.count(one) for one in pool) < 620


def test_who_steps_back_is_not_drawn_again_and_an_empty_pool_is_recorded(plan):
    cast, skp, period = plan
    objection = scenes.filed(cast, skp, period)
    reading = objection.readings.get()
    assert reading.reader == cast["stranger"].employee
    actions.recuse(reading, reason="Saya mengenali orangnya.", by=cast["stranger"])

    second = objection.readings.order_by("-attempt").first()
    assert (second.state, second.reader, second.pool_size) == ("nobody", None, 0)
    assert scenes.again(reading).state == "recused"


def test_only_the_drawn_reader_reads_and_only_once(plan):
    cast, skp, period = plan
    reading = scenes.filed(cast, skp, period).readings.get()
    facts = {"ratings": {1: "meets"}, "work_rating": "meets", "behaviour_rating": "meets", "reason": "x"}
    for name in ("self", "appraiser", "superior", "peer", "inspector"):
        with pytest.raises(NotAllowed):
            actions.save_reading(reading, version=1, by=cast[name], **facts)
    saved = actions.save_reading(reading, version=1, by=cast["stranger"], **facts)
    with pytest.raises(actions.Refused, match="hasil kerja 2"):
        actions.give_reading(saved, version=2, by=cast["stranger"])
    given = scenes.give(saved)
    assert given.predikat == "baik"
    with pytest.raises(WrongState):
        actions.save_reading(given, version=given.version, by=cast["stranger"], **facts)


# --- the page ---------------------------------------------------------------------------------------------------


@pytest.fixture
def case(plan):
    """(cast, objection, reading, client of the reader) with a file that names the employee in its metadata."""
    cast, skp, period = plan
    upload = SimpleUploadedFile("rekap-orang-self.pdf", written_pdf("Rekap kunjungan", author="Orang Self"))
    add_evidence_file(
        skp.results.last(), period=period, title="Rekap Orang Self", dated=period.starts_on, upload=upload,
        by=cast["self"],
    )  # fmt: skip
    named = SimpleUploadedFile("b.pdf", written_pdf("Dibuat oleh Orang Self", author="x"))
    add_evidence_file(
        skp.results.last(),
        period=period,
        title="Bernama",
        dated=period.starts_on,
        upload=named,
        by=cast["self"],
    )
    objection = scenes.filed(cast, skp, period)
    reading = objection.readings.get()
    client = Client()
    client.force_login(reading.reader.user)
    return cast, objection, reading, client


def secrets_of(objection):
    """Everything that must not reach the reader, in lower case."""
    evaluation = objection.document.evaluation
    people = [objection.employee, objection.appraiser, objection.decider]
    words = [person.name for person in people] + [person.nip for person in people if person.nip]
    words += [part for person in people for part in person.name.split() if part != "Orang"]
    words += [scenes.FIRST_REASON, evaluation.get_predikat_display(), evaluation.note, objection.reasons]
    words += [head["post"] for head in objection.document.parties.values() if head]
    words += [objection.unit.name, "rekap-orang-self", "clinic", "health"]
    words += [
        evaluation.receipt_sha256,
        *(str(row.sha256) for row in evaluation.skp.results.first().evidence.all()),
    ]
    return sorted({word.lower() for word in words if word})


def found_in(text, words):
    text = text.lower()
    return [word for word in words if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)]


def test_the_blind_page_says_nothing_of_whose_case_it_is(case):
    _cast, objection, reading, client = case
    response = client.get(reverse("appraisal:blind-reading", args=[reading.key]))
    page = response.content.decode()

    assert response.status_code == 200
    assert "Ibu hamil mendapat layanan" in page
    assert "[disamarkan]" in page
    words = [word for word in secrets_of(objection) if word != "self"]
    assert found_in(re.sub(r"<nav class=\"menu\".*?</nav>", "", page, flags=re.DOTALL), words) == []
    assert found_in(str(response.headers), words) == []
    assert not re.search(r"<input[^>]*type=\"radio\"[^>]*checked", page)
    assert "<img" not in re.sub(r"<header.*?</header>", "", page, flags=re.DOTALL)
    for kind in ("keberatan", "hasil", "penilaian", "dokumen-evaluasi", "skp", "pegawai"):
        assert not re.search(rf"/{kind}/\d", page), kind  # no address leads to the case


def test_the_control_a_page_with_names_is_noticed(case):
    cast, objection, _, _ = case
    client = Client()
    client.force_login(cast["superior"])
    page = client.get(reverse("appraisal:objection-detail", args=[objection.pk])).content.decode()

    assert {"orang self", "orang appraiser", "butuh perbaikan"} <= set(found_in(page, secrets_of(objection)))


def test_files_come_under_neutral_names_without_metadata(case):
    _cast, objection, reading, client = case
    words = [word for word in secrets_of(objection) if word != "self"] + ["orang self"]
    opened, closed = 0, 0
    for number in range(1, 6):
        response = client.get(reverse("appraisal:blind-file", args=[reading.key, number]))
        assert found_in(str(response.headers), words) == []
        if response.status_code == 200:
            opened += 1
            content = b"".join(response.streaming_content)
            assert response.headers["Content-Disposition"] == f'attachment; filename="bukti-{number}.pdf"'
            assert b"Orang" not in content
            assert b"Self" not in content
            assert "sandbox" in response.headers["Content-Security-Policy"]
        else:
            closed += response.status_code == 410
    assert (opened, closed) == (
        2,
        3,
    )  # two are shown; one names the employee, two numbers have nothing behind them


def test_afterwards_he_sees_both_and_the_decider_only_then(case):
    cast, objection, reading, client = case
    superior = Client()
    superior.force_login(cast["superior"])
    here = reverse("appraisal:objection-detail", args=[objection.pk])
    assert "Dua penilaian" not in superior.get(here).content.decode()
    address = reverse("appraisal:blind-reading", args=[reading.key])
    draft = {"version": 1, "rating-1": "meets", "rating-2": "above", "work_rating": "above"}
    assert client.post(address, draft).status_code == 302
    draft |= {"version": 2, "behaviour_rating": "above", "reason": "Bukti lengkap.", "serahkan": "1"}
    assert "Dua penilaian" not in superior.get(here).content.decode()
    assert client.post(address, draft).status_code == 302

    page = client.get(address).content.decode()
    assert "Butuh Perbaikan" in page
    assert "Sangat Baik" in page
    assert found_in(page, ["orang appraiser", "orang superior"]) == []
    assert "Dua penilaian" in superior.get(here).content.decode()
    employee = Client()
    employee.force_login(cast["self"])
    assert "Dua penilaian" not in employee.get(here).content.decode()  # the parties read it with the decision


def test_an_incomplete_reading_keeps_what_was_typed(case):
    _cast, _objection, reading, client = case
    address = reverse("appraisal:blind-reading", args=[reading.key])
    response = client.post(
        address, {"version": 1, "rating-1": "meets", "reason": "Setengah.", "serahkan": "1"}
    )

    assert response.status_code == 422
    assert "Pilih rating hasil kerja" in response.content.decode()
    assert "Setengah." in response.content.decode()
    actions.save_reading(
        reading,
        version=1,
        ratings={},
        work_rating="below",
        behaviour_rating="",
        reason="Lain",
        by=reading.reader.user,
    )
    conflict = client.post(address, {"version": 1, "reason": "Punya saya"})
    assert conflict.status_code == 409
    assert "Punya saya" in conflict.content.decode()
    assert "Lain" in conflict.content.decode()


def test_nobody_else_finds_the_page(case):
    cast, objection, reading, client = case
    for name in ("self", "appraiser", "superior", "personnel_office", "inspector", "peer"):
        other = Client()
        other.force_login(cast[name])
        assert other.get(reverse("appraisal:blind-reading", args=[reading.key])).status_code == 404, name
        assert other.get(reverse("appraisal:blind-file", args=[reading.key, 1])).status_code == 404, name
    assert client.get(reverse("appraisal:objection-detail", args=[objection.pk])).status_code == 404
    assert client.get(reverse("appraisal:objection-dossier", args=[objection.pk])).status_code == 404


def test_in_the_second_reading_the_labels_are_those_of_the_matrix(plan):
    cast, skp, period = plan
    reading = scenes.filed(cast, skp, period).readings.get()

    assert scenes.give(reading, Rating.ABOVE).predikat == "sangat_baik"
    assert BlindReading.objects.get().state == "given"


def test_a_plain_picture_is_handed_on_as_it_lies_there():
    assert nameless(b"\x89PNG", "image/png", PATTERN) == b"\x89PNG"
