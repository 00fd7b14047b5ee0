"""The drill: an account was taken over; who has to be told?"""

from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from agencies.people.actions import change_password
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.personal_data.actions import note_viewing
from ambon_kinerja.personal_data.breach import COLUMNS, Span, affected
from ambon_kinerja.personal_data.models import Viewing
from ambon_kinerja.personal_data.sheets import as_csv, as_xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture
def span(cast):
    """The inspector's account is in wrong hands from now on: it opens two people's pages and changes a password."""
    since = timezone.now()
    note_viewing(cast["inspector"], about=cast["self"].employee, kind="evaluation")
    note_viewing(cast["inspector"], about=cast["peer"].employee, kind="skp")
    note_viewing(cast["personnel_office"], about=cast["stranger"].employee, kind="skp")
    change_password(cast["former"], password="kata-sandi-baru-1", by=cast["inspector"])
    return Span(since=since, account=cast["inspector"])


def names(people):
    return [person.contact["name"] for person in people]


def test_those_whose_pages_were_opened_and_those_who_were_changed_are_found(span):
    people, others = affected(span)

    assert names(people) == ["Orang Former", "Orang Peer", "Orang Self", "Orang inspector"]
    assert {person.contact["name"]: list(person.what) for person in people} == {
        "Orang Self": ["Penilaian"],
        "Orang Peer": ["Sasaran Kinerja Pegawai (SKP)"],
        "Orang Former": ["Kata sandi diganti", "Semua sesi diakhiri"],
        "Orang inspector": ["Akun yang diambil alih"],
    }
    assert others == {}


def test_without_an_account_everybody_in_the_span_is_found(span, cast):
    people, _ = affected(Span(since=span.since))

    assert set(names(people)) == {"Orang Former", "Orang Peer", "Orang Self", "Orang Stranger"}


def test_before_the_span_nobody_is_found(span):
    assert affected(Span(since=span.since - timedelta(days=2), until=span.since))[0] != []
    assert affected(Span(since=span.since - timedelta(days=2), until=span.since - timedelta(days=1)))[0] == []


def test_one_kind_of_data_alone(span):
    assert names(affected(Span(since=span.since, table="appraisal.Evaluation"))[0]) == ["Orang Self"]


def test_an_act_on_what_is_nobodys_is_told_apart(span, cast):
    from django.db import transaction

    from ambon_kinerja.audit.actions import record_event

    with transaction.atomic():
        record_event("employees.import", "agencies.ImportBatch:5", by=cast["inspector"])

    assert affected(span)[1] == {"Impor pegawai diterapkan: Berkas impor pegawai nomor 5": 1}


def test_the_list_costs_the_same_for_two_people_and_for_more(span, cast):
    with CaptureQueriesContext(connection) as few:
        affected(span)
    for person in ("appraiser", "superior", "acting", "stranger"):
        note_viewing(cast["inspector"], about=cast[person].employee, kind="skp")
    with CaptureQueriesContext(connection) as more:
        people, _ = affected(span)

    assert (len(people), len(more)) == (8, len(few))


def test_the_officer_counts_first_and_takes_the_list_out_with_a_reason(client, span, cast):
    client.force_login(cast["system_admin"])
    today = timezone.localdate().isoformat()
    asked = {"sejak": today, "akun": cast["inspector"].email}

    page = client.post("/data-pribadi/insiden/", asked | {"hitung": ""}).content.decode()
    refused = client.post("/data-pribadi/insiden/", asked | {"unduh": "", "alasan": "x"})
    answer = client.post("/data-pribadi/insiden/", asked | {"unduh": "", "alasan": "Akun dibajak 20-11-2026"})

    sheet = load_workbook(BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    event = AuditEvent.objects.get(action="breach.export")
    assert "orang terdampak</h2>" in page
    assert (refused.status_code, "Tulis alasan mengunduh" in refused.content.decode()) == (422, True)
    assert f'value="{cast["inspector"].email}"' in refused.content.decode()
    assert rows[0] == COLUMNS
    self_row = next(row for row in rows if row[0] == "Orang Self")
    assert self_row[1:3] == (cast["self"].employee.nip, "self@contoh.test")
    assert (event.actor, "Akun dibajak 20-11-2026" in event.payload) == (
        f"user:{cast['system_admin'].pk}",
        True,
    )


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"sejak": ""}, "Isi tanggal mulai."),
        ({"sejak": "31-31-2026"}, "Tulis tanggal seperti 25-12-2026."),
        ({"sejak": "2999-01-01"}, "Tanggal mulai tidak boleh di masa depan."),
        ({"sejak": "2026-02-02", "sampai": "2026-02-01"}, "Tanggal akhir tidak boleh sebelum tanggal mulai."),
        ({"sejak": "2026-02-02", "akun": "tidak@ada.test"}, "Tidak ada akun dengan surel ini."),
        ({"sejak": "2026-02-02", "tabel": "x.Y"}, "Pilih jenis data dari daftar."),
    ],
)
def test_a_wrong_question_is_explained(client, cast, sent, words):
    client.force_login(cast["personnel_office"])

    answer = client.post("/data-pribadi/insiden/", sent | {"hitung": ""})

    assert (answer.status_code, words in answer.content.decode()) == (422, True)


def test_the_drill_with_the_command_is_done_in_seconds(span, cast, tmp_path):
    file, out = tmp_path / "daftar.csv", StringIO()
    today = timezone.localdate().isoformat()
    options = {"since": today, "viewer": cast["inspector"].email, "stdout": out}

    call_command("breach_list", output=file, reason="Latihan insiden", **options)

    lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Nama,NIP,Surel")
    assert any("Orang Peer" in line for line in lines)
    assert f"{len(lines) - 1} orang terdampak." in out.getvalue()
    assert AuditEvent.objects.filter(action="breach.export", actor="breach_list").count() == 1


def test_the_command_refuses_what_it_cannot_answer(cast, tmp_path):
    for options in (
        {"since": "kemarin"},
        {"since": "2026-01-01", "table": "x.Y"},
        {"since": "2026-01-01", "viewer": "tidak@ada.test"},
        {"since": "2026-01-01", "output": tmp_path / "a.pdf"},
        {"since": "2026-01-01", "output": tmp_path / "a.csv"},
    ):
        with pytest.raises(CommandError):
            call_command("breach_list", **options)
    assert list(tmp_path.iterdir()) == []


HOSTILE = ["=1+1", "+1", "-1", "@x", " =1", "\t=1", "＝1", "biasa", "a\r\n=b", "\u202e=1"]


def test_no_cell_of_the_csv_begins_a_formula():
    lines = as_csv(["Nama"], [[text] for text in HOSTILE]).decode("utf-8-sig").splitlines()

    assert len(lines) == len(HOSTILE) + 1
    assert [line for line in lines if line.lstrip(' "').startswith(tuple("=+-@＝＋－＠\t"))] == []


def test_no_cell_of_the_workbook_is_a_formula_and_a_nip_keeps_its_digits():
    sheet = load_workbook(
        BytesIO(as_xlsx(["Nama"], [[text] for text in [*HOSTILE, "198001012005011900"]]))
    ).active

    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert cells[-1].value == "198001012005011900"
    assert cells[0].quotePrefix is True


def test_a_viewing_of_somebody_who_is_gone_stays_in_the_list(span, cast):
    Viewing.objects.create(
        viewer=cast["inspector"],
        about="agencies.Employee:999999",
        kind="skp",
        day=timezone.localdate(),
        at=timezone.now(),
    )

    assert "Data kepegawaian nomor 999999" in names(affected(span)[0])
