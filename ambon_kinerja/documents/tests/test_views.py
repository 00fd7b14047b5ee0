import tempfile

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ambon_kinerja.documents import forms, limits
from ambon_kinerja.documents.actions import issue_document, open_document, revoke_document
from ambon_kinerja.documents.store import folder

pytestmark = pytest.mark.django_db
VERIFY = "/verifikasi/"


@pytest.fixture(autouse=True)
def own_folder_and_no_count(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    cache.clear()


def issue(subject_key="dinas-contoh", **changes):
    return issue_document(
        **{
            "kind": "LAP",
            "subject_key": subject_key,
            "title": "Laporan Dinas Contoh",
            "unit_name": "Dinas Contoh",
            "period_label": "Triwulan III 2026",
            "html_for": lambda seal: f"<html lang=id><h1>{seal.number}</h1></html>",
            "by": "Siti Rahasia",
        }
        | changes
    )


def address(document):
    return reverse("ambon_kinerja:document-verify-code", args=[document.code])


def upload(data, name="laporan.pdf"):
    return {"berkas": SimpleUploadedFile(name, data, "application/pdf")}


def bytes_of(document):
    return open_document(document).read()


def test_a_genuine_file_is_told_from_one_with_a_flipped_byte(client):
    document = issue()
    data = bytes_of(document)
    flipped = bytearray(data)
    flipped[len(data) // 2] ^= 1

    genuine = client.post(address(document), upload(data))
    changed = client.post(address(document), upload(bytes(flipped)))

    assert "Cocok: berkas ini asli" in genuine.text
    assert "Tidak cocok" not in genuine.text
    assert "Tidak cocok: berkas ini bukan aslinya" in changed.text
    assert "Cocok: berkas" not in changed.text


def test_the_file_alone_finds_its_document(client):
    document = issue()
    data = bytes_of(document)

    found = client.post(VERIFY, upload(data))
    unknown = client.post(VERIFY, upload(data + b" "))

    assert "Cocok: berkas ini asli" in found.text
    assert document.number in found.text
    assert "Tidak cocok" in unknown.text
    assert document.number not in unknown.text


def test_the_genuine_file_of_another_document_is_named(client):
    document, other = issue("a"), issue("b")

    answer = client.post(address(document), upload(bytes_of(other)))

    assert "Tidak cocok: berkas ini dokumen lain" in answer.text
    assert other.number in answer.text


def test_the_page_says_what_was_issued_and_names_no_person(client):
    document = issue()

    page = client.get(address(document))

    facts = [
        document.title,
        document.number,
        "Dinas Contoh",
        "Triwulan III 2026",
        "Berlaku",
        document.sha256[:8],
    ]
    assert [fact for fact in facts if fact not in page.text] == []
    assert "Siti Rahasia" not in page.text
    assert "bukan tanda tangan elektronik" in page.text


def test_a_replaced_document_names_its_successor(client):
    document = issue()
    successor = issue()

    page = client.get(address(document))

    assert "Diganti" in page.text
    assert successor.number in page.text
    assert successor.code not in page.text


def test_a_revoked_document_is_red_in_words_and_keeps_its_reason_private(client):
    document = issue(is_public=True)
    revoke_document(document, by="Siti Rahasia", reason="Rahasia besar")

    page = client.get(address(document))
    download = client.get(address(document) + "unduh/")

    assert "Dicabut" in page.text
    assert "Jangan gunakan isinya" in page.text
    assert "Rahasia besar" not in page.text
    assert download.status_code == 404


def test_a_genuine_file_of_a_replaced_document_is_not_called_valid(client):
    document = issue()
    data = bytes_of(document)
    issue()

    answer = client.post(address(document), upload(data))

    assert "Cocok: berkas ini asli" in answer.text
    assert "tidak berlaku lagi" in answer.text


@pytest.mark.parametrize("code", ["x" * 22, "x", "'; DROP TABLE", "%00", "ｘ" * 22, "x" * 3000])
def test_a_wrong_code_is_not_found_in_the_same_words(client, code):
    page = client.get(f"/v/{code}/")

    assert page.status_code == 404
    assert "Dokumen tidak ditemukan" in page.text


def test_a_code_may_be_typed_in_groups_or_pasted_as_an_address(client):
    document = issue()
    code = document.code

    answers = [
        client.get(VERIFY, {"kode": text})
        for text in (code, f"  {code[:4]} {code[4:]} ", f"https://kinerja.ambon.go.id/v/{code}/")
    ]

    assert [answer.headers.get("Location") for answer in answers] == [address(document)] * 3


@pytest.mark.parametrize("text", ["", " ", "pendek", "x" * 23, "x" * 500, "\x00" * 22])
def test_a_text_that_is_no_code_is_shown_again_with_the_reason(client, text):
    page = client.get(VERIFY, {"kode": text})

    assert page.status_code == 200
    [reason] = page.context["code_form"].errors["kode"]
    assert "Ada masalah" in page.text
    assert page.text.count(reason) == 2


@pytest.mark.parametrize("data", [None, b""], ids=["no file", "empty file"])
def test_without_a_file_the_page_says_so(client, data):
    page = client.post(VERIFY, {} if data is None else upload(data))

    assert page.status_code == 422
    assert ("Berkas itu kosong" if data == b"" else "Pilih berkas yang ingin Anda periksa") in page.text


def test_a_file_beyond_the_limit_is_refused(client, monkeypatch):
    monkeypatch.setattr(forms, "MOST_BYTES", 1000)

    page = client.post(VERIFY, upload(b"x" * 1001))

    assert page.status_code == 422
    assert "Berkas harus lebih kecil dari 20 MB" in page.text


def test_an_uploaded_file_is_kept_nowhere(client, settings, tmp_path, monkeypatch):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", None)

    page = client.post(VERIFY, upload(b"x" * 200_000))

    assert page.status_code == 200
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_hostile_file_name_is_only_text(client):
    page = client.post(VERIFY, upload(b"x", name="<script>alert(1)</script>.pdf"))

    assert "<script>alert" not in page.text


def test_only_public_documents_can_be_downloaded_by_code(client):
    private, public = issue("a"), issue("b", is_public=True)

    refused = client.get(address(private) + "unduh/")
    given = client.get(address(public) + "unduh/")

    assert refused.status_code == 404
    assert "unduh/" not in client.get(address(private)).text
    assert "unduh/" in client.get(address(public)).text
    assert b"".join(given.streaming_content) == bytes_of(public)
    assert (
        given.headers["Content-Disposition"]
        == f'attachment; filename="{public.number.replace("/", "-")}.pdf"'
    )


def test_a_damaged_file_is_not_given_out(client):
    document = issue(is_public=True)
    (folder() / document.file_path).write_bytes(b"%PDF-1.7 something else")

    answer = client.get(address(document) + "unduh/")

    assert answer.status_code == 500
    assert "tidak utuh" in answer.text


def test_the_pages_stay_out_of_search_engines_caches_and_referrers(client):
    document = issue(is_public=True)

    for path in (VERIFY, address(document), address(document) + "unduh/", "/v/salah/"):
        headers = client.get(path).headers
        assert headers["X-Robots-Tag"] == "noindex, nofollow"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in headers


def test_who_asks_too_often_is_asked_to_wait(client, monkeypatch):
    monkeypatch.setattr(limits, "MOST_CHECKS", 3)

    answers = [client.get(VERIFY).status_code for _ in range(4)]
    other = client.get(VERIFY, REMOTE_ADDR="192.0.2.7").status_code

    assert (answers, other) == ([200, 200, 200, 429], 200)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_nothing_but_looking_and_comparing_is_possible(client, method):
    assert getattr(client, method)(VERIFY).status_code == 405
