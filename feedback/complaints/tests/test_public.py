"""The citizens' pages: three steps without script or cookie, a code that never stands in an address, hostile input."""

import gzip
import io
from pathlib import Path

import pytest
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from agencies.access.tests.cast import build_cast
from agencies.accounts.sealing import box
from feedback.complaints import limits, sending
from feedback.complaints.attachments import SALT, sweep
from feedback.complaints.models import Complaint, ComplaintAttachment
from feedback.complaints.reference_data import fill
from feedback.complaints.restricted.models import RestrictedAttachment, RestrictedCase
from feedback.complaints.restricted.sealing import PURPOSE, unseal_bytes
from feedback.services.actions import add_service

from .scene import TEXT, a_complaint, carry, onward

pytestmark = pytest.mark.django_db
INTAKE, TRACK = "/pengaduan/", "/pengaduan/lacak/"


@pytest.fixture
def cast(monkeypatch):
    caches["shared"].clear()
    monkeypatch.setattr(sending, "FASTEST_SECONDS", 0)
    cast = build_cast()
    fill()
    return cast


def filled(cast, **changes):
    """What the browser holds before the letter is sent."""
    given = {
        "kind": "complaint",
        "about_officer": "tidak",
        "query": "",
        "target": f"u{cast['self'].cast_units['clinic'].pk}",
        "text": TEXT,
        "identity": "anonymous",
        "sending_key": sending.new_sending_key(),
        "langkah": "kirim",
    }
    return given | changes


def code_on(page):
    return page.context["code"]


def photograph():
    """A JPEG that says where it was taken."""
    picture, exif = Image.new("RGB", (40, 30), "navy"), Image.Exif()
    exif[0x010F] = "Kamera Warga"
    exif.get_ifd(0x8825)[1] = "S"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_citizen_finds_a_service_writes_checks_and_sends_without_cookie(client, cast):
    clinic = cast["self"].cast_units["clinic"]
    service = add_service(unit=clinic, name="Poli umum", slug="poli-umum", by="test")
    given = filled(cast)
    found = client.post(INTAKE, {"query": "poli", "langkah": "cari", "sending_key": given["sending_key"]})
    assert b"Poli umum, Clinic" in found.content
    assert not found.context["form"].errors

    given["target"] = f"s{service.pk}"
    letter = client.post(INTAKE, given | {"langkah": "lanjut"})
    assert letter.status_code == 200
    assert b"Ceritakan apa yang terjadi" in letter.content
    check = client.post(INTAKE, given | {"langkah": "periksa"})
    assert TEXT.encode() in check.content
    assert not Complaint.objects.exists()
    sent = client.post(INTAKE, given)

    complaint = Complaint.objects.get()
    assert (complaint.service, complaint.unit) == (service, clinic)
    assert code_on(sent).encode() in sent.content
    assert not client.cookies
    assert sent.headers["Cache-Control"] == "no-store"


def test_a_double_click_is_one_letter_and_shows_the_same_code(client, cast):
    given = filled(cast)

    assert code_on(client.post(INTAKE, given)) == code_on(client.post(INTAKE, given))
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"website": "http://x"}, "Biarkan kolom ini kosong."),
        ({"text": ""}, "Tulis laporan Anda."),
        ({"text": "a\x00b"}, "Ceritakan"),
        ({"identity": "open"}, "Isi nama Anda"),
        ({"name": "Yosep"}, "Anda memilih anonim."),
        ({"email": "a@contoh.test"}, "Centang persetujuan"),
        ({"happened_on": "2999-01-01"}, "masa depan"),
        ({"target": "u٣"}, "Cari layanan atau unit"),
        ({"target": "s999999"}, "Cari layanan atau unit"),
        ({"about_officer": ""}, "Pilih ya atau tidak."),
        ({"sending_key": "palsu"}, "tidak terkirim lengkap"),
        ({"kind": ["complaint", "x"]}, "Pilih jenis laporan."),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_its_place_and_nothing_is_lost(client, cast, changes, words):
    page = client.post(INTAKE, filled(cast, **changes))

    assert page.status_code == 422
    assert words in page.content.decode()
    assert not Complaint.objects.exists()
    if "text" not in changes:
        assert TEXT in page.content.decode()


def test_a_program_that_sends_at_once_is_asked_to_look_again(client, cast, monkeypatch):
    monkeypatch.setattr(sending, "FASTEST_SECONDS", 5)

    assert client.post(INTAKE, filled(cast)).status_code == 422
    assert not Complaint.objects.exists()


def test_one_network_sends_only_so_much_in_an_hour(client, cast, monkeypatch):
    monkeypatch.setitem(limits.MOST, "sending", 1)
    assert client.post(INTAKE, filled(cast)).status_code == 200

    page = client.post(INTAKE, filled(cast))
    assert page.status_code == 422
    assert TEXT in page.content.decode()


def test_a_photograph_loses_its_place_waits_for_the_check_and_comes_back_as_a_download(client, cast):
    given = filled(cast, langkah="periksa")
    check = client.post(INTAKE, given | {"files": SimpleUploadedFile("bukti.jpg", photograph())})
    slip = check.context["slips"][0][0]
    code = code_on(client.post(INTAKE, filled(cast, slip=slip, sending_key=given["sending_key"])))

    attachment = ComplaintAttachment.objects.get()
    answer = client.post(TRACK, {"code": code, "tindakan": "berkas", "berkas": attachment.pk})
    content = b"".join(answer.streaming_content)
    assert not Image.open(io.BytesIO(content)).getexif()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_photograph_chosen_twice_is_listed_once(client, cast):
    given = filled(cast, langkah="periksa")
    photo = photograph()
    check = client.post(INTAKE, given | {"files": SimpleUploadedFile("bukti.jpg", photo)})
    slip = check.context["slips"][0][0]

    again = client.post(INTAKE, given | {"slip": slip, "files": SimpleUploadedFile("lagi.jpg", photo)})

    assert [text for text, _ in again.context["slips"]] == [slip]


def files_below(folder):
    return [path for path in (Path(settings.MEDIA_ROOT) / folder).rglob("*") if path.is_file()]


@pytest.mark.parametrize("about_officer", ["ya", "tidak"])
def test_what_waits_on_the_disk_is_read_with_the_slip_alone(client, cast, settings, tmp_path, about_officer):
    settings.MEDIA_ROOT = tmp_path
    given = filled(cast, about_officer=about_officer, named="Petugas loket dua", langkah="periksa")
    check = client.post(INTAKE, given | {"files": SimpleUploadedFile("bukti.jpg", photograph())})
    [slip] = [each[0] for each in check.context["slips"]]

    [waiting] = [path.read_bytes() for path in files_below(tmp_path)]
    assert not waiting.startswith(b"\xff\xd8")
    for purpose in (SALT, PURPOSE):  # nor with a key of the server
        with pytest.raises(InvalidToken):
            box(purpose).decrypt(waiting)

    sent = client.post(INTAKE, given | {"slip": slip, "langkah": "kirim"})
    assert sent.status_code == 200
    if about_officer == "ya":
        content = unseal_bytes(RestrictedAttachment.objects.get().content)
        assert not files_below(tmp_path / "pengaduan")
    else:
        [kept] = files_below(tmp_path / "pengaduan")
        content = kept.read_bytes()
    assert Image.open(io.BytesIO(content)).size == (40, 30)


def test_what_was_never_sent_still_goes_after_a_day(client, cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.post(
        INTAKE, filled(cast, langkah="periksa") | {"files": SimpleUploadedFile("bukti.jpg", photograph())}
    )

    assert (sweep(), len(files_below(tmp_path))) == (0, 1)
    assert (sweep(older_than_seconds=-1), files_below(tmp_path)) == (1, [])


def test_a_slip_counts_only_with_the_form_it_was_given_to(client, cast):
    check = client.post(
        INTAKE, filled(cast, langkah="periksa") | {"files": SimpleUploadedFile("bukti.jpg", photograph())}
    )
    client.post(INTAKE, filled(cast, slip=check.context["slips"][0][0]))

    assert Complaint.objects.exists()
    assert not ComplaintAttachment.objects.exists()


@pytest.mark.parametrize("name", ["skrip.svg", "laman.html", "palsu.jpg"])
def test_a_file_of_another_kind_is_refused_and_the_text_stays(client, cast, name):
    upload = SimpleUploadedFile(name, b"<script>alert(1)</script>")
    page = client.post(INTAKE, filled(cast, langkah="periksa") | {"files": upload})

    assert page.status_code == 422
    assert TEXT in page.content.decode()
    assert "files" in page.context["form"].errors


def test_a_letter_about_an_officer_goes_to_the_restricted_lane_and_looks_the_same(client, cast):
    given = filled(cast, about_officer="ya", named="Petugas loket dua", contact="")
    ordinary, restricted = client.post(INTAKE, filled(cast)), client.post(INTAKE, given)

    assert Complaint.objects.count() == 1
    assert RestrictedCase.objects.count() == 1
    assert len(code_on(ordinary)) == len(code_on(restricted))
    assert code_on(restricted) == code_on(client.post(INTAKE, given))
    thread = client.post(TRACK, {"code": code_on(restricted)})
    assert thread.status_code == 200
    assert "Laporan Anda" in thread.content.decode()


def test_wrong_codes_get_one_answer_whatever_they_look_like_and_then_none(client, cast, monkeypatch):
    a_complaint(cast)
    wrong = ["x", "A" * 26, "ABCD-" * 6, "'; DROP TABLE", "٣" * 26, "a" * 150]
    pages = [client.post(TRACK, {"code": code}) for code in wrong]
    half = "code=%ED%A0%80"  # half a character
    pages.append(client.post(TRACK, half, content_type="application/x-www-form-urlencoded"))
    assert {page.status_code for page in pages} == {422}
    assert all("Kode ini tidak kami kenal" in page.content.decode() for page in pages)

    monkeypatch.setitem(limits.MOST, "wrong-code", 1)
    assert client.post(TRACK, {"code": "y"}).status_code == 429


def test_a_code_in_the_address_opens_nothing_and_the_page_tells_nobody_where_it_was(client, cast):
    _, code = a_complaint(cast)

    assert TEXT not in client.get(TRACK, {"code": code}).content.decode()
    page = client.post(TRACK, {"code": code})
    assert TEXT in page.content.decode()
    assert code not in page.request["PATH_INFO"] + page.request["QUERY_STRING"]
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"


def test_the_citizen_answers_a_question_reopens_rates_and_erases_with_his_code_alone(client, cast):
    complaint, code = carry(cast, "verified", email="a@contoh.test", consent=True)
    onward(cast, complaint, "ask")

    def act(word, **more):
        page = client.post(
            TRACK, {"code": code, "tindakan": word, "sending_key": sending.new_sending_key()} | more
        )
        complaint.refresh_from_db()
        return page

    assert act("balas", text="").status_code == 422
    assert act("balas", text="Hari Senin.").status_code == 200
    assert complaint.state == "in_progress"
    onward(cast, complaint, "answer")
    complaint.refresh_from_db()
    assert act("terima").status_code == 200
    assert complaint.state == "done"
    assert act("nilai", satisfaction="9").status_code == 422
    assert act("nilai", satisfaction="3").status_code == 200
    assert complaint.satisfaction == 3
    assert act("buka", text="Belum beres.").status_code == 200
    assert complaint.state == "reopened"
    assert act("hapus-kontak").status_code == 200
    assert complaint.email == ""
    assert act("berkas", berkas="1").status_code == 404
    assert act("tidak-ada").status_code == 200


def test_the_thread_speaks_to_its_writer_and_asks_for_a_reply_only_where_one_is_awaited(client, cast):
    complaint, code = carry(cast, "verified")
    fresh = client.post(TRACK, {"code": code}).content.decode()
    assert "Ada yang ingin Anda tambahkan?" in fresh
    assert "Kirim keterangan" in fresh
    words = {"tindakan": "balas", "text": "Loket dua.", "sending_key": sending.new_sending_key()}
    added = client.post(TRACK, {"code": code} | words).content.decode()
    assert "Keterangan Anda sudah masuk." in added
    complaint.refresh_from_db()
    onward(cast, complaint, "ask")

    asked = client.post(TRACK, {"code": code}).content.decode()

    assert "Menunggu Anda" in asked
    assert "Menunggu pelapor" not in asked
    assert "Tulis balasan Anda" in asked


def test_a_note_between_officers_is_not_shown_to_the_citizen(client, cast):
    complaint, code = carry(cast, "verified")
    onward(cast, complaint, "forward")

    page = client.post(TRACK, {"code": code}).content.decode()
    assert "Urusan dinas." not in page
    assert "diteruskan kepada Health" in page


@pytest.mark.parametrize("path", [INTAKE, TRACK, "/pengaduan/angka/"])
def test_pages_weigh_little(client, cast, path):
    page = client.get(path)
    styles = sum(
        len(gzip.compress(Path(finders.find(f"css/{name}.css")).read_bytes()))
        for name in ("tokens", "base", "components", "print")
    )

    assert len(gzip.compress(page.content)) + styles <= 60_000
    assert b"<script" not in page.content
