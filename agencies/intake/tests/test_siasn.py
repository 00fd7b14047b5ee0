"""An export of SIASN: known by its headings, matched by names, and read no further than needed."""

import json
from io import BytesIO

import pytest

from agencies.intake.actions import apply_import, receive_upload
from agencies.intake.models import ImportBatch
from agencies.intake.reading.siasn import HEADINGS, NEEDED
from agencies.people.models import Employee
from agencies.people.tests.organisation import make_post, make_unit

from .test_actions import city, terms  # noqa: F401
from .workbook_files import workbook_of

pytestmark = pytest.mark.django_db
PERSON = {
    "NIP BARU": "198609262015051001",
    "NAMA": "PETRUS CONTOH",
    "GELAR DEPAN": "dr.",
    "GELAR BELAKANG": "S.Kep.",
    "TANGGAL LAHIR": "26-09-1986",
    "NIK": "8171000000000001",
    "AGAMA NAMA": "RAHASIA",
    "KEDUDUKAN HUKUM NAMA": "Aktif",
    "STATUS CPNS PNS": "P",
    "GOL AKHIR NAMA": "III/a",
    "JABATAN NAMA": "bidan",
    "TMT JABATAN": "02-01-2026",
    "UNOR NAMA": "dinas  kesehatan",
    "EMAIL GOV": "petrus@contoh.test",
}


@pytest.fixture
def named_city(city):  # noqa: F811
    type(city.health).objects.filter(pk=city.health.pk).update(name="Dinas Kesehatan")
    return city


def line(changes, headings=HEADINGS):
    return [(PERSON | changes).get(heading, "") for heading in headings]


def receive(*people, headings=HEADINGS):
    file = workbook_of(*(line(person, headings) for person in people), headings=list(headings))
    return receive_upload(file, file_name="siasn.xlsx", by="test")


def reasons(batch):
    return [(fault["cell"], fault["column"], fault["reason"]) for fault in batch.faults]


def test_the_needed_columns_stand_in_the_export():
    assert {column.label for column in NEEDED} <= set(HEADINGS)
    assert len(HEADINGS) == len(set(HEADINGS)) == 69


def test_an_export_is_matched_by_names_and_applied(named_city):
    batch = receive({})

    assert (batch.layout, batch.faults, batch.changes["suspicious"]) == ("siasn", [], [])
    apply_import(batch, by="test")
    employee = Employee.objects.get()
    assert (employee.name, employee.kind, employee.rank) == (
        "dr. PETRUS CONTOH, S.Kep.", "pns", "Penata Muda, III/a",
    )  # fmt: skip
    assert [code for code, *_ in terms()] == ["BIDAN"]


def test_the_order_is_free_and_csv_is_the_same(named_city):
    headings = list(reversed(HEADINGS))
    text = "\n".join(";".join(cells) for cells in (headings, line({}, headings)))

    batch = receive_upload(BytesIO(text.encode()), file_name="siasn.csv", by="test")

    assert (batch.layout, batch.faults, batch.counts["new"]) == ("siasn", [], 1)


def test_what_is_not_needed_is_named_and_never_kept(named_city):
    batch = receive({})

    kept = json.dumps([ImportBatch.objects.values("rows", "changes", "faults").get()])
    assert "8171000000000001" not in kept
    assert "RAHASIA" not in kept
    assert {"NIK", "AGAMA NAMA"} <= set(batch.ignored)


def test_a_name_in_capitals_is_no_change(named_city):
    apply_import(receive({}), by="test")
    Employee.objects.update(name="dr. Petrus Contoh, S.Kep.")

    assert receive({}).counts["unchanged"] == 1


@pytest.mark.parametrize(
    ("person", "column", "words"),
    [
        (
            {"UNOR NAMA": "Dinas Kesehatn"},
            "UNOR NAMA",
            "tidak ada di sistem ini. Maksud Anda “Dinas Kesehatan”?",
        ),
        ({"UNOR NAMA": "Zzz"}, "UNOR NAMA", "Unit “Zzz” tidak ada di sistem ini."),
        ({"JABATAN NAMA": "Bidann"}, "JABATAN NAMA", "Maksud Anda “Bidan”?"),
        ({"NIP BARU": "1,98609E+17"}, "NIP BARU", "Excel"),
        ({"TMT JABATAN": ""}, "TMT JABATAN", "TMT JABATAN belum diisi."),
        ({"GOL AKHIR NAMA": "V/a"}, "GOL AKHIR NAMA", "I/a sampai IV/e"),
    ],
)
def test_faults_are_named_by_the_headings_of_siasn(named_city, person, column, words):
    [(cell, found, reason)] = reasons(receive(person))

    assert (found, words in reason) == (column, True)
    assert cell.endswith("2")


def test_a_name_that_fits_two_posts_is_refused(named_city):
    other = make_unit(named_city.school, name="Dinas Kesehatan")
    make_post(other, named_city.posts["GURU"], name="Bidan")

    [(_cell, column, reason)] = reasons(receive({}))

    assert column == "UNOR NAMA"
    assert reason.startswith("Ada 2 jabatan “bidan” di unit bernama")


@pytest.mark.parametrize(
    ("person", "kind"),
    [
        ({"STATUS CPNS PNS": "C"}, "cpns"),
        ({"NIP BARU": "199001012023211001", "TANGGAL LAHIR": "", "GOL AKHIR NAMA": "IX"}, "pppk"),
        ({"NIP BARU": "199001012023211001", "TANGGAL LAHIR": "", "GOL AKHIR NAMA": "IX",
          "KEDUDUKAN HUKUM NAMA": "PPPK Paruh Waktu Aktif"}, "pppk_pw"),
    ],
)  # fmt: skip
def test_the_kind_follows_from_nip_status_and_standing(named_city, person, kind):
    batch = receive(person)
    assert batch.faults == []
    apply_import(batch, by="test")

    assert Employee.objects.get().kind == kind


def test_a_birth_date_against_the_nip_and_a_standing_are_suspicious(named_city):
    batch = receive({"TANGGAL LAHIR": "27-09-1986", "KEDUDUKAN HUKUM NAMA": "CLTN"})

    assert [line["label"] for line in batch.changes["suspicious"]] == ["Tanggal lahir", "Kedudukan hukum"]
    assert batch.faults == []


def test_missing_headings_are_named():
    from agencies.intake.reading.layouts import UnreadableFile

    with pytest.raises(UnreadableFile, match=r"Yang belum ada: NAMA.*SIASN"):
        receive({}, headings=[heading for heading in HEADINGS if heading != "NAMA"])
