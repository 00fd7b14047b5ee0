"""What the checks say about sentences as they are really written, and that they leave good ones in peace."""

import re
from types import SimpleNamespace

import pytest

from appraisal.planning.checks import MOST_RESULTS, Draft, Line, between_results, draft_of, findings_in
from appraisal.planning.library.reference_data import entries

GOOD = Line("Pemohon yang terlayani dalam 15 menit", "time", 90, "persen")

# Results: (what is written, whether it tells of an activity)
RESULTS = (
    ("Melaksanakan pelayanan antenatal", True),
    ("Menyusun laporan keuangan bulanan", True),
    ("Mengikuti rapat koordinasi mingguan", True),
    ("Membantu pimpinan dalam pengelolaan surat", True),
    ("Menghadiri undangan musrenbang kecamatan", True),
    ("Menginput data SICANTIK", True),
    ("Mengarsipkan surat masuk dan surat keluar", True),
    ("Mendampingi UMKM binaan di Kecamatan Sirimau", True),
    ("Melakukan verifikasi berkas kenaikan pangkat", True),
    ("Memfasilitasi pertemuan kader posyandu", True),
    ("Mengoordinasikan penanganan sampah pasar", True),
    ("Memberikan penyuluhan gizi kepada ibu balita", True),
    ("Berpartisipasi dalam kegiatan kantor", True),
    ("Ikut serta dalam apel pagi", True),
    ("Kegiatan sosialisasi perda kawasan tanpa rokok", True),
    ("Rapat evaluasi bulanan bidang", True),
    ("Penyusunan rencana kerja anggaran", True),
    ("Pelaksanaan pendataan penerima bantuan", True),
    ("Terlaksananya kegiatan rutin perkantoran", True),
    ("Meningkatkan kualitas pelayanan loket", True),
    ("Mengajar matematika kelas delapan", True),
    ("Menerima tamu dan mengarahkan ke bagian terkait", True),
    ("Meningkatnya kualitas pelayanan puskesmas", False),
    ("Menurunnya angka kematian ibu di wilayah kerja", False),
    ("Membaiknya gizi balita di kelurahan binaan", False),
    ("Terkelolanya operasional rutin UPT Puskesmas", False),
    ("Tersedianya alat kesehatan yang layak fungsi", False),
    ("Ibu hamil mendapat pemeriksaan sesuai SOP layanan ANC", False),
    ("Pengelolaan anggaran Dinas Kesehatan yang optimal", False),
    ("Metode penghitungan pajak yang seragam dipakai semua petugas loket", False),
    ("Media informasi kelurahan mutakhir dan dibaca warga", False),
    ("Mekanisme aduan warga berjalan sampai tuntas", False),
    ("Menara telekomunikasi di kota tertata sesuai zona", False),
    ("Kegiatan usaha di pesisir mematuhi persetujuan lingkungan", False),
    ("Perjanjian sewa aset daerah diperbarui sebelum berakhir", False),
    ("Pertanyaan pasien direspons dengan cepat dan ramah", False),
    ("Rapor pendidikan sekolah binaan membaik", False),
)

# Targets in words: (what is written, whether nobody can measure it)
TARGETS = (
    ("baik", True),
    ("Optimal", True),
    ("lancar dan tertib", True),
    ("berjalan dengan lancar", True),
    ("efektif dan efisien", True),
    ("meningkat", True),
    ("sesuai kebutuhan", True),
    ("memuaskan", True),
    ("semaksimal mungkin", True),
    ("terus diupayakan", True),
    ("ditetapkan paling lambat 30 Juni", False),
    ("Predikat A", False),
    ("opini WTP", False),
    ("tersedia di tiga loket", False),
    ("meningkat dari tahun sebelumnya", False),
    ("tepat waktu sesuai jadwal", False),
    ("selesai", False),
    ("tanpa temuan material", False),
    ("terakreditasi Paripurna", False),
    ("satu dokumen", False),
    ("sebagian besar kelurahan", False),
    ("2 kali sebulan", False),
)

# Indicators: (what is written, whether it leaves no room for a mistake)
ABSOLUTES = (
    ("Pemrosesan klaim selalu tepat waktu", True),
    ("Semua pemrosesan klaim dilakukan dengan cepat", True),
    ("Petugas tidak pernah terlambat", True),
    ("Setiap surat dijawab", True),
    ("Seluruhnya tercatat", True),
    ("Laporan setiap bulan pada tanggal 5", False),
    ("Apel setiap Senin pukul 07.30", False),
    ("Kunjungan tiap triwulan ke sekolah binaan", False),
    ("Persentase surat yang dijawab dalam tiga hari", False),
    ("Sebagian besar pemohon puas", False),
)


def codes(draft, **plan):
    return [finding.code for finding in findings_in(draft, **plan)]


def test_the_tables_are_long_enough_to_mean_something():
    assert len(RESULTS) + len(TARGETS) + len(ABSOLUTES) >= 60


@pytest.mark.parametrize(("statement", "is_activity"), RESULTS)
def test_an_activity_is_told_from_a_result(statement, is_activity):
    found = codes(Draft(statement, (GOOD,)), is_for_leader=True)

    assert found == (["activity"] if is_activity else [])


@pytest.mark.parametrize(("target", "is_vague"), TARGETS)
def test_a_target_nobody_can_measure_is_pointed_out(target, is_vague):
    found = codes(Draft("Surat terjawab", (Line("Keadaan", "quality", target_text=target),)))

    assert ("unmeasurable" in found) == is_vague


@pytest.mark.parametrize(("statement", "is_absolute"), ABSOLUTES)
def test_words_that_leave_no_room_for_a_mistake_are_pointed_out(statement, is_absolute):
    draft = Draft("Klaim terproses", (Line(statement, "quality", 95, "persen"),))

    assert ("absolute" in codes(draft)) == is_absolute


def test_an_absolute_target_is_left_in_peace_once_its_owner_says_why_and_for_leaders():
    lines = (Line("Semua pasien selamat", "quality", 95, "persen"),)

    assert "absolute" in codes(Draft("Pasien selamat", lines))
    assert codes(Draft("Pasien selamat", lines, ground="life")) == []
    assert codes(Draft("Pasien selamat", lines), is_for_leader=True) == []


@pytest.mark.parametrize(
    ("statement", "reworded"),
    [
        ("Menyusun laporan bulanan", "“Laporan bulanan tersusun dan diterima pimpinan”"),
        ("Penyusunan renja dinas dengan teliti", "“Renja dinas tersusun dan diterima pimpinan”"),
        ("Meningkatkan kualitas layanan", "“Kualitas layanan meningkat”"),
        ("Menata arsip ruang rapat", "“arsip ruang rapat”"),
        ("Mengikuti diklat", "siapa yang memakainya"),
        ("Melaksanakan", "Sebut bendanya"),
    ],
)
def test_a_rewording_begins_with_the_thing_and_says_its_state(statement, reworded):
    (finding,) = findings_in(Draft(statement, (GOOD,)))

    assert reworded in finding.words


def test_gaps_are_what_the_regulation_asks_of_each_approach():
    nothing = Draft(" ")
    no_target = Draft("Surat terjawab", (Line("Surat terjawab hari itu", "time"),))
    narrative = Draft("Layanan membaik", (Line("Komplain berkurang dari tahun sebelumnya", "quality"),))

    gaps = [finding.code for finding in findings_in(nothing) if finding.is_gap]

    assert gaps == ["no_statement", "no_indicator"]
    assert codes(no_target) == ["no_target"]
    assert codes(narrative, is_qualitative=True) == []
    assert codes(Draft("Layanan membaik", (Line("", "quality", 5, "poin"),))) == ["no_measure"]


def test_a_qualitative_narrative_that_says_nothing_is_pointed_out():
    draft = Draft("Layanan membaik", (Line("Pelayanan berjalan lancar", "quality"),))

    assert codes(draft, is_qualitative=True) == ["unmeasurable"]


def test_a_number_without_a_unit_and_a_product_without_a_day_are_pointed_out():
    no_unit = Draft("Surat terjawab", (Line("Surat dijawab", "time", 95),))
    no_day = Draft("Pedoman dipakai", (Line("Pedoman baru", "quantity", 1, "dokumen"),))
    with_day = Draft(
        "Pedoman dipakai", (Line("Pedoman baru ditetapkan sebelum Juli", "quantity", 1, "dokumen"),)
    )
    monthly = Draft("Stok terpantau", (Line("Catatan stok", "quantity", 12, "laporan"),))

    assert [codes(one) for one in (no_unit, no_day, with_day, monthly)] == [
        ["no_unit"],
        ["no_deadline"],
        [],
        [],
    ]


def test_an_index_or_a_value_needs_no_unit():
    for statement in ("Indeks kualitas layanan", "Nilai Akuntabilitas Kinerja", "Skor survei"):
        assert codes(Draft("Layanan membaik", (Line(statement, "quality", 85),))) == []


def test_the_same_twice_and_too_much_are_pointed_out():
    twice = Draft(
        "Surat terjawab", (GOOD, Line("pemohon yang terlayani dalam 15  menit.", "quality", 5, "nilai"))
    )
    results = [Draft("Surat terjawab", (GOOD,)), Draft("surat  Terjawab!", (GOOD,))]
    many = [Draft(f"Hasil nomor {number}", (GOOD,)) for number in range(MOST_RESULTS + 1)]

    assert codes(twice) == ["duplicate"]
    assert [(index, finding.code) for index, finding in between_results(results)] == [(1, "duplicate")]
    assert [(index, finding.code) for index, finding in between_results(many)] == [(None, "too_many")]


def test_our_own_examples_raise_nothing():
    alarms = [
        (entry.statement, finding.words)
        for entry in entries()
        for finding in findings_in(draft_of(stand_in(entry)), is_for_leader=entry.audience == "leader")
    ]

    assert alarms == []


def stand_in(entry):
    """An example as if it were stored in a plan."""
    rows = [SimpleNamespace(**one, withdrawn_on=None) for one in entry.indicators]
    return SimpleNamespace(
        statement=entry.statement, absolute_ground="", indicators=SimpleNamespace(all=lambda: rows)
    )


def test_the_library_serves_many_posts_with_several_results_each():
    by_post = {}
    for entry in entries():
        by_post.setdefault(tuple(entry.posts), []).append(entry)

    assert len(by_post) >= 25
    assert {posts[0]: len(found) for posts, found in by_post.items() if not 3 <= len(found) <= 5} == {}
    assert all(entry.indicators for entry in entries())
    assert not [entry.statement for entry in entries() if re.search(r"100 persen", str(entry.indicators))]
