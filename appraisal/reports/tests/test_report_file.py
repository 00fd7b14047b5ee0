"""The report as file: page, CSV and PDF say the same, and no text in it does anything."""

import csv
import re
from io import BytesIO, StringIO

import pytest
from pypdf import PdfReader

from ambon_kinerja.documents.actions import open_document
from ambon_kinerja.jobs.running import run
from appraisal.reports.actions import request_report
from appraisal.reports.data_file import HEADER, data_csv, harmless
from appraisal.reports.figures import agency_figures
from appraisal.reports.models import AgencyReport
from appraisal.reports.tables import report_tables

from .agency import City, large_agency

HOSTILE = (
    '=cmd|"/c calc"!A0 </script><script>alert(1)</script><img src=file:///etc/passwd> '
    "{{ figures }} <link rel=attachment href=file:///etc/hostname><base href=//x>"
)


def cells_of(figures):
    return {
        (table.key, row.head, label): cell
        for table in report_tables(figures).values()
        for row, cells in table.labelled_rows
        for label, cell in cells
    }


def squeezed(text):
    return re.sub(r"\s+", "", text)


@pytest.mark.slow
def test_page_csv_and_pdf_say_the_same_whatever_the_texts_are(
    client, db, after_the_quarter, files, monkeypatch
):
    def hostile(self, name, *values, _original=City.service, **more):
        return _original(self, f"{name} {HOSTILE}"[:160], *values, **more)

    monkeypatch.setattr(City, "service", hostile)
    city = large_agency()
    city.agency.name = HOSTILE[:150]
    city.agency.save(update_fields=["name"])
    city.unit.name = HOSTILE[:150]
    city.unit.save(update_fields=["name"])
    admin = city.user("personnel_office")
    report = request_report(city.agency, period=city.period, by=admin)
    run(report.job_id)
    report = AgencyReport.objects.get()
    report.job.refresh_from_db()
    assert report.job.error == ""
    client.force_login(admin)

    page = client.get(f"/laporan/{report.pk}/").content.decode()
    pdf = PdfReader(BytesIO(open_document(report.document).read()))
    [attached] = pdf.attachments["data.csv"]

    words = squeezed(" ".join(sheet.extract_text() for sheet in pdf.pages))
    lines = list(csv.reader(StringIO(attached.decode(), newline="")))
    cells = cells_of(report.figures)
    assert {tuple(line[2:5]): line[5] for line in lines[1:]} == {
        (key, harmless(row), label): cell.value if cell.number else harmless(cell.value)
        for (key, row, label), cell in cells.items()
    }
    for cell in cells.values():
        assert f">{cell.text}<" in page
        assert squeezed(cell.text) in words
    for sentence in (
        "Dari 22 indikator utama yang berdata, 12 mencapai target.",
        "Rata-rata capaiannya 91,14%.",
    ):
        assert sentence in page
        assert squeezed(sentence) in words
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert list(pdf.attachments) == ["data.csv"]
    assert squeezed("<img src=file:///etc/passwd>") in words
    assert 4 <= len(pdf.pages) <= 6
    assert [line for line in lines[1:] if line[0].startswith("=") or line[3].startswith("=")] == []


def test_the_data_file_is_rfc_4180_with_a_point_and_marks_what_is_withheld(city):
    for _ in range(3):
        city.evaluated("baik", "33.33")

    data = data_csv(agency_figures(city.agency, city.period)).decode("utf-8")
    lines = list(csv.DictReader(StringIO(data, newline="")))

    assert data.startswith(",".join(HEADER) + "\r\n")
    assert data.endswith("\r\n")
    mean = next(
        line for line in lines if line["baris"] == "Puskesmas Teluk" and line["kolom"] == "Rata-rata capaian"
    )
    assert (mean["nilai"], mean["satuan"], mean["catatan"]) == ("", "persen", "ditutup")
    share = next(line for line in lines if line["baris"] == "SKP disepakati" and line["kolom"] == "Bagian")
    assert share["nilai"] == "100.0"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1"])
def test_no_text_is_taken_for_a_formula(text):
    assert harmless(text) == f"'{text}"


def test_plain_texts_stay_as_they_are():
    assert harmless("Dinas Kesehatan") == "Dinas Kesehatan"
