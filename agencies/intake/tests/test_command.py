from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from agencies.intake.models import ImportBatch
from agencies.intake.report import lines_of
from agencies.people.models import Employee

from .test_actions import city  # noqa: F401
from .test_csv_files import text_of
from .workbook_files import workbook_of

pytestmark = pytest.mark.django_db


def written(tmp_path, *rows):
    path = tmp_path / "pegawai dengan spasi.xlsx"
    path.write_bytes(workbook_of(*rows).getvalue())
    return path


def test_a_good_file_is_applied(city, tmp_path):  # noqa: F811
    out = StringIO()

    call_command("import_employees", written(tmp_path, {}), stdout=out)

    assert (
        "1 baris: 1 baru, 0 berubah, 0 tetap, 0 tidak ada di berkas, 0 mencurigakan, 0 kesalahan."
        in out.getvalue()
    )
    assert Employee.objects.count() == 1
    assert ImportBatch.objects.get().state == "applied"


def test_a_dry_run_reports_and_changes_nothing(city, tmp_path):  # noqa: F811
    out = StringIO()

    call_command("import_employees", written(tmp_path, {}), "--dry-run", stdout=out)

    assert "1 baru" in out.getvalue()
    assert not Employee.objects.exists()
    assert not ImportBatch.objects.exists()


def test_faults_are_told_by_cell_and_end_in_failure(city, tmp_path):  # noqa: F811
    out = StringIO()

    with pytest.raises(CommandError, match="Tidak ada data yang berubah"):
        call_command("import_employees", written(tmp_path, {}, {"nip": "123"}), stdout=out)

    assert "A3 NIP: NIP harus 18 angka; yang tertulis 3 angka." in out.getvalue()
    assert not Employee.objects.exists()


def test_a_file_that_is_missing_or_no_workbook_is_told(tmp_path):
    text = tmp_path / "x.xlsx"
    text.write_text("NIP")

    for path in (tmp_path / "nothing.xlsx", text):
        with pytest.raises(CommandError):
            call_command("import_employees", path)


def test_a_csv_file_is_read_as_well(city, tmp_path):  # noqa: F811
    path = tmp_path / "pegawai.csv"
    path.write_text(text_of({}), encoding="utf-8")

    call_command("import_employees", path, stdout=StringIO())

    assert Employee.objects.count() == 1


def test_the_command_says_what_the_page_says(city, tmp_path):  # noqa: F811
    out = StringIO()
    call_command("import_employees", written(tmp_path, {}), stdout=out)

    batch = ImportBatch.objects.get()
    assert list(lines_of(batch)) == out.getvalue().splitlines()[:-1]
    assert "  baris 2: Petrus Contoh: Pegawai baru: Bidan" in out.getvalue()


def test_what_is_suspicious_is_applied_only_when_confirmed(city, tmp_path):  # noqa: F811
    path = written(tmp_path, {}, {"nip": "198609262015051002"})

    with pytest.raises(CommandError, match="1 hal yang mencurigakan"):
        call_command("import_employees", path, stdout=StringIO())
    assert not Employee.objects.exists()
    call_command("import_employees", path, "--confirmed", stdout=StringIO())
    assert Employee.objects.count() == 2
