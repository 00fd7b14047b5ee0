import io
import time

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFile

from appraisal.monitoring.evidence_files import FileRefused, clean_name, examine, keep, read_kept

from .agreed_plan import pdf, picture
from .hostile_files import REFUSED


@pytest.fixture(autouse=True)
def pdf_was_drawn(monkeypatch):
    """As in a process that has drawn a PDF: its library lets Pillow read on past what is broken."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)


@pytest.mark.parametrize("case", REFUSED)
def test_a_hostile_file_is_refused_with_its_own_reason(case):
    name, content, reason = REFUSED[case]

    upload = SimpleUploadedFile("x", content() if callable(content) else content)
    upload._name = name  # as a program sends it; Django's own parser already drops some of these signs
    started = time.process_time()

    with pytest.raises(FileRefused, match=reason):
        examine(upload)

    assert time.process_time() - started < 1


def test_the_corpus_is_complete_and_its_control_files_are_let_in():
    assert len(REFUSED) >= 45
    for upload in (
        pdf("Rekap 12.5.2026.pdf"),
        pdf("laporan.v2.pdf"),
        picture("PNG", "Pasien 👩‍⚕️ العربية.png"),
    ):
        examine(upload)


def test_a_large_photo_is_drawn_smaller():
    out = io.BytesIO()
    Image.new("RGB", (4000, 3000), "teal").save(out, "JPEG")

    with Image.open(io.BytesIO(examine(SimpleUploadedFile("foto.jpg", out.getvalue())).content)) as kept:
        assert max(kept.size) <= 3000


def test_a_pdf_is_kept_byte_for_byte():
    upload = pdf()
    sent = upload.read()

    assert examine(upload).content == sent


def test_a_pdf_with_links_and_many_objects_in_streams_is_let_in():
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://ambon.go.id")
        annotation = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=link
        )
        document.pages[0].obj.Annots = pikepdf.Array([annotation])
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)

    assert examine(SimpleUploadedFile("laporan.PDF", out.getvalue())).content_type == "application/pdf"


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "foto.jpg"), ("JPEG", "FOTO.JPEG"), ("PNG", "foto.png")])
def test_a_picture_loses_place_camera_and_comment(kind, name):
    exif = Image.Exif()
    exif[0x010F] = "KameraRahasia"
    exif.get_ifd(0x8825)[1] = "S"
    upload = picture(kind, name, exif=exif, **({"comment": b"RahasiaTeks"} if kind == "JPEG" else {}))
    sent = upload.read()
    assert b"KameraRahasia" in sent

    kept = examine(upload).content

    assert b"Rahasia" not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert not image.getexif()
        assert image.size == (40, 30)


def test_what_is_hidden_behind_a_picture_is_gone():
    upload = SimpleUploadedFile("foto.png", picture("PNG").read() + b"<script>alert(1)</script>PK\x05\x06")

    assert b"script" not in examine(upload).content


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\saya\\laporan.pdf", "laporan.pdf"),
        ("lapo\x00ran\r\nSet-Cookie: a=b.pdf", "lapo ran Set-Cookie: a=b.pdf"),
        ("gnp.\u202efdp.pdf", "gnp. fdp.pdf"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
        ("  . . laporan .pdf", "laporan.pdf"),
        ("", "berkas"),
        ("...", "berkas"),
    ],
)
def test_a_name_is_cleaned_and_keeps_its_ending(sent, kept):
    assert clean_name(sent) == kept


def test_the_name_on_disk_tells_nothing_and_stays_below_the_media_folder(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path

    path = keep(examine(pdf("../../../nama-saya.pdf")))

    assert "nama-saya" not in path
    assert (tmp_path / path).resolve().is_relative_to(tmp_path)
    assert oct((tmp_path / path).stat().st_mode)[-3:] == "600"


def test_a_file_changed_on_disk_is_not_given_out(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    examined = examine(pdf())
    path = keep(examined)
    evidence = type("Row", (), {"file_path": path, "sha256": examined.sha256})
    assert read_kept(evidence) == examined.content

    (tmp_path / path).write_bytes(examined.content + b" ")

    assert read_kept(evidence) is None
