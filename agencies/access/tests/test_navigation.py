"""Which places the menu offers whom, and under which heading."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from agencies.access.navigation import FEW, PLACES, menu
from agencies.access.roles import Role

from .cast import build_cast

EMPLOYEE = {"everyone", "employee"}
SUPERVISOR = EMPLOYEE | {"supervisor"}
EVERYTHING = {*SUPERVISOR, *Role, "enumerator", "counter_officer"}

OWN = "Kinerja (Kinerja saya, Kemajuan, Umpan balik, Umpan balik rekan, Bimbingan dan konseling)"
RESULTS = "Hasil penilaian (Dokumen evaluasi, Keberatan, Tindak lanjut"
UNITS = "Perencanaan unit, Kemajuan unit, Capaian organisasi"


def sketch(traits, path="/"):
    """["Beranda", "Kinerja (Kemajuan, Keberatan)", …], the row as it is read."""
    row = []
    for group in menu(traits, path):
        labels = [place.label for place in group.places]
        row += [f"{group.heading} ({', '.join(labels)})"] if group.heading else labels
    return row


@pytest.mark.parametrize(
    ("traits", "row"),
    [
        ({"everyone"}, ["Beranda", "Aturan"]),
        (
            {"everyone", Role.SYSTEM_ADMIN},
            ["Beranda", "Organisasi", "Akses", "Aturan", "Data pribadi", "Hari libur", "Pekerjaan"],
        ),
        (EMPLOYEE, ["Beranda", OWN, f"{RESULTS})", "Organisasi", "Aturan"]),
        (
            EMPLOYEE | {"counter_officer"},
            ["Beranda", OWN, f"{RESULTS})", "Kode survei loket", "Organisasi", "Aturan"],
        ),
        (
            SUPERVISOR,
            [
                *("Beranda", OWN, f"{RESULTS})"),
                f"Tim dan unit (Tim saya, Pantauan tim, {UNITS}, Kalibrasi)",
                *("Pengaduan warga", "Organisasi", "Aturan"),
            ],
        ),
        (
            {"everyone", Role.PERSONNEL_OFFICE},
            [
                "Beranda",
                "Kinerja (Umpan balik rekan, Bimbingan dan konseling)",
                f"{RESULTS}, Ralat)",
                f"Tim dan unit ({UNITS}, Kalibrasi)",
                "Kepegawaian (Pegawai, Penilai, Organisasi, Impor pegawai, Akses)",
                "Laporan dan aturan (Laporan, Periode, Aturan, Pustaka contoh)",
                "Tata usaha (Data pribadi, Hari libur, Pekerjaan)",
            ],
        ),
        (
            {"everyone", Role.INSPECTOR},
            [
                "Beranda",
                "Hasil penilaian (Dokumen evaluasi, Keberatan, Ralat)",
                f"Tim dan unit ({UNITS}, Kalibrasi)",
                "Suara warga (Pengaduan warga, Laporan perilaku)",
                "Kepegawaian (Pegawai, Organisasi, Akses)",
                "Laporan dan aturan (Laporan, Aturan)",
            ],
        ),
        (
            {"everyone", Role.UNIT_ADMIN},
            [
                "Beranda",
                f"Tim dan unit ({UNITS})",
                "Kepegawaian (Pegawai, Penilai, Organisasi)",
                "Laporan dan aturan (Laporan, Aturan)",
                "Pekerjaan",
            ],
        ),
        (
            {"everyone", Role.SERVICE_MANAGER, Role.COMPLAINT_MANAGER},
            [
                "Beranda",
                "Suara warga (Pengaduan warga, Laporan perilaku, Survei di loket, Survei masuk, Hasil survei,"
                " Tindak lanjut survei, Layanan)",
                "Organisasi",
                "Aturan",
            ],
        ),
    ],
)
def test_everybody_finds_his_places_under_their_heading(traits, row):
    assert sketch(traits) == row


def test_eight_places_are_a_row_and_nine_are_grouped():
    eight = {"everyone", Role.SYSTEM_ADMIN, "counter_officer"}

    assert len(sketch(eight)) == FEW
    assert "Tata usaha (Data pribadi, Hari libur, Pekerjaan)" in sketch(eight | {"enumerator"})


def test_every_place_stands_once_and_the_row_is_short_for_whoever_is_everything():
    names = [name for places in PLACES.values() for _, name, _ in places]

    assert len(names) == len(set(names))
    assert sum(len(group.places) for group in menu(EVERYTHING, "/")) == len(names)
    assert len(sketch(EVERYTHING)) == 8


def test_the_guide_names_every_place_under_its_heading():
    guide = (Path(settings.BASE_DIR) / "docs/panduan/README.md").read_text()
    table = re.search(r"## Menu\n.*?\n\|---\|---\|\n(.*?)\n\n", guide, re.DOTALL).group(1)

    assert table.splitlines() == [
        f"| {heading} | {', '.join(label for label, _, _ in places)} |"
        for heading, places in PLACES.items()
        if heading
    ]


def test_the_group_with_the_page_is_marked_and_no_other():
    groups = menu(EVERYTHING, "/keberatan/1/")

    assert [group.heading for group in groups if group.current] == ["Hasil penilaian"]
    assert [place.label for group in groups for place in group.places if place.current] == ["Keberatan"]


def test_the_page_marks_the_place_and_its_heading(client, db):
    client.force_login(build_cast()["self"])
    page = client.get("/organisasi/").text
    own = client.get("/kinerja-saya/").text

    assert page.count('aria-current="page">Organisasi</a>') == 1
    assert "<summary aria-current" not in page
    assert '<details name="menu"><summary aria-current="true">Kinerja</summary>' in own
    assert own.count("<summary aria-current") == 1
    assert "<details open" not in own
