"""The plans of the demo city. Its heart is the regulation's worked example of a local government.

The results of the health office, the puskesmas and its staff follow PermenPANRB 6/2022, Anak Lampiran 3 (pages
162–187). There they are written qualitatively; here each indicator has a number, as form A.1.7 wants it: the targets
of pages 162–166 where the example has one, otherwise ours.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class PlannedIndicator:
    aspect: str
    statement: str
    low: str
    unit: str
    direction: str = "higher"
    high: str = ""


@dataclass(frozen=True)
class PlannedResult:
    """`under` is the position of the superior's result it serves, 0 for the first."""

    statement: str
    indicators: tuple
    under: int = 0
    kind: str = "main"


def indicator(aspect, statement, low, unit, direction="higher", high=""):
    return PlannedIndicator(aspect, statement, low, unit, direction, high)


def result(statement, *indicators, under=0, kind="main"):
    return PlannedResult(statement, indicators, under, kind)


PERCENT = "persen"

# A leader's plan has the perspective of each indicator instead of its aspect, and always one about the budget.
PERSPECTIVES = {"quantity": "process", "quality": "served", "time": "internal", "cost": "budget"}
BUDGET = result(
    "Pengelolaan anggaran unit kerja yang optimal",
    indicator("cost", "Penyerapan anggaran", "90", PERCENT, "range", "100"),
)

HEALTH = {
    "kadinkes": (
        result(
            "Meningkatnya pelayanan kesehatan dan kemandirian masyarakat untuk hidup sehat",
            indicator("quality", "Persentase keluarga sehat", "18", PERCENT),
            indicator("quality", "Rata-rata nilai survei kepuasan masyarakat puskesmas", "80", "nilai"),
            indicator("quantity", "Komplain atas layanan Dinas Kesehatan", "40", "komplain", "lower"),
        ),
        result(
            "Meningkatnya akuntabilitas kinerja Dinas Kesehatan",
            indicator(
                "time", "Temuan hasil pemeriksaan yang ditindaklanjuti sesuai prosedur", "100", PERCENT
            ),
        ),
        result(
            "Pengelolaan anggaran Dinas Kesehatan yang optimal",
            indicator("cost", "Penyerapan anggaran", "90", PERCENT, "range", "100"),
        ),
        result(
            "Terlaksananya rencana aksi pencapaian sasaran Perjanjian Kinerja",
            indicator("time", "Rencana aksi selesai sesuai target waktu", "95", PERCENT),
            kind="additional",
        ),
    ),
    "kapuskesmas": (
        result(
            "Meningkatnya kualitas pelayanan puskesmas",
            indicator("quality", "Ibu hamil mendapatkan pelayanan antenatal sesuai standar", "100", PERCENT),
            indicator(
                "quality", "Ibu bersalin mendapatkan pelayanan persalinan sesuai standar", "100", PERCENT
            ),
            indicator(
                "quantity",
                "Komplain ibu hamil atas layanan antenatal dan persalinan",
                "8",
                "komplain",
                "lower",
            ),
        ),
        result(
            "Operasional rutin UPT Puskesmas dikelola dengan baik",
            indicator("quantity", "Jenis kegiatan operasional rutin yang dilaksanakan", "8", "jenis"),
            indicator("quantity", "Paket pemeliharaan yang dilaksanakan", "4", "paket"),
            under=1,
        ),
        result(
            "Obat dan bahan medis habis pakai (BMHP) tersedia sesuai kebutuhan",
            indicator("quantity", "Persentase penyediaan obat dan BMHP", "100", PERCENT),
        ),
        result(
            "Pengelolaan anggaran Puskesmas yang optimal",
            indicator("cost", "Penyerapan anggaran puskesmas", "90", PERCENT, "range", "100"),
            under=2,
        ),
    ),
    "bidan-penyelia": (
        result(
            "Ibu hamil dengan kehamilan fisiologis dan patologis mendapat pemeriksaan kehamilan/antenatal care"
            " sesuai perannya dalam SOP/flow chart layanan ANC",
            indicator("quantity", "Ibu hamil yang datang terlayani pemeriksaan kehamilannya", "100", PERCENT),
            indicator("quality", "Pemeriksaan kehamilan tanpa kesalahan tindakan sesuai SOP", "100", PERCENT),
            indicator("quality", "Komplain atas layanan ANC", "4", "komplain", "lower"),
        ),
        result(
            "Ibu hamil dengan kehamilan fisiologis dan patologis mendapat penanganan persalinan sesuai perannya"
            " dalam SOP/flow chart layanan persalinan",
            indicator("quantity", "Ibu hamil yang datang terlayani persalinannya", "100", PERCENT),
            indicator("quality", "Penanganan persalinan tanpa kesalahan tindakan sesuai SOP", "100", PERCENT),
            indicator("quality", "Komplain atas layanan persalinan", "4", "komplain", "lower"),
        ),
        result(
            "Rekam medis ibu hamil serta register kohortnya tercatat secara lengkap, diarsipkan dengan baik, dan"
            " dilaporkan tepat waktu",
            indicator("quantity", "Rekam medis dan register kohort tercatat sesuai kategori", "100", PERCENT),
            indicator("quality", "Kesalahan penulisan rekam medis", "2", PERCENT, "lower"),
            indicator(
                "time",
                "Hasil evaluasi rekam medis disampaikan setelah pemeriksaan",
                "1",
                "bulan",
                "range",
                "3",
            ),
        ),
        result(
            "Ibu hamil dan ibu melahirkan terdata dalam aplikasi SICANTIK sesuai pembagian tanggung jawab pendataan",
            indicator("quality", "Kesalahan data ibu hamil pada aplikasi SICANTIK", "2", PERCENT, "lower"),
            indicator("time", "Data ibu hamil diperbarui setelah pemeriksaan", "1", "hari", "lower"),
            kind="additional",
        ),
    ),
    "bidan-mahir": (
        result(
            "Ibu hamil dengan kehamilan fisiologis mendapat pemeriksaan kehamilan sesuai perannya dalam SOP ANC",
            indicator("quantity", "Ibu hamil yang datang terlayani pemeriksaan kehamilannya", "100", PERCENT),
            indicator("quality", "Komplain atas layanan ANC", "4", "komplain", "lower"),
        ),
        result(
            "Ibu hamil dengan kehamilan fisiologis mendapat penanganan persalinan sesuai perannya dalam SOP persalinan",
            indicator("quantity", "Ibu hamil yang datang terlayani persalinannya", "100", PERCENT),
        ),
        result(
            "Rekam medis ibu hamil dan register kohortnya tercatat lengkap dan dilaporkan tepat waktu",
            indicator("quality", "Kesalahan penulisan rekam medis", "3", PERCENT, "lower"),
        ),
    ),
    "bidan-terampil": (
        result(
            "Ibu hamil dengan kehamilan fisiologis mendapat pemeriksaan kehamilan sesuai perannya dalam SOP ANC",
            indicator("quantity", "Ibu hamil yang datang terlayani pemeriksaan kehamilannya", "100", PERCENT),
        ),
        result(
            "Ibu hamil dan ibu bersalin terdata dalam aplikasi SICANTIK sesuai pembagian tanggung jawab pendataan",
            indicator("quality", "Kesalahan data pada aplikasi SICANTIK", "3", PERCENT, "lower"),
            kind="additional",
        ),
    ),
    "dokter": (
        result(
            "Ibu hamil dengan kehamilan fisiologis dan patologis mendapat pemeriksaan kehamilan sesuai SOP layanan ANC",
            indicator("quality", "Pemeriksaan tanpa kesalahan tindakan sesuai SOP", "100", PERCENT),
        ),
        result(
            "Rujukan persalinan ke fasilitas yang lebih tinggi dilakukan dengan cepat dan sesuai diagnosis",
            indicator("time", "Waktu tanggap rujukan", "30", "menit", "lower"),
        ),
    ),
    "nutrisionis": (
        result(
            "Ibu hamil mendapat konseling gizi sesuai perannya dalam SOP layanan ANC",
            indicator("quantity", "Ibu hamil yang mendapat konseling gizi", "95", PERCENT),
        ),
        result(
            "Register gizi terisi lengkap dan akurat serta dilaporkan tepat waktu",
            indicator("time", "Register gizi dilaporkan paling lambat tanggal 5", "100", PERCENT),
        ),
    ),
    "loket": (
        result(
            "Pertanyaan pasien direspons dengan cepat dan ramah",
            indicator("time", "Waktu tanggap pertanyaan pasien", "5", "menit", "lower"),
            indicator("quality", "Komplain atas layanan loket", "3", "komplain", "lower"),
        ),
    ),
    "sopir": (
        result(
            "Ibu hamil yang dirujuk diantar ke tempat rujukan sesuai prosedur pendampingan",
            indicator("time", "Ambulans berangkat setelah permintaan", "10", "menit", "lower"),
            indicator("quality", "Ambulans laik jalan saat diperiksa", "100", PERCENT),
        ),
    ),
    "sekdinkes": (
        result(
            "Layanan administrasi Dinas Kesehatan berjalan tertib dan tepat waktu",
            indicator("time", "Usul kepegawaian diselesaikan dalam 5 hari kerja", "95", PERCENT),
            under=1,
        ),
    ),
    "kabid-yankes": (
        result(
            "Puskesmas memenuhi standar pelayanan minimal",
            indicator("quality", "Puskesmas yang memenuhi standar pelayanan minimal", "22", "puskesmas"),
        ),
    ),
    "adminkes": (
        result(
            "Hasil pembinaan mutu puskesmas tersedia dan ditindaklanjuti",
            indicator("quantity", "Puskesmas yang dibina setiap triwulan", "6", "puskesmas"),
        ),
    ),
}

SCHOOL = {
    "kadisdik": (
        result(
            "Meningkatnya mutu layanan pendidikan dasar",
            indicator(
                "quality", "Satuan pendidikan dengan literasi di atas kompetensi minimum", "70", PERCENT
            ),
            indicator("quality", "Angka putus sekolah dasar", "0.5", PERCENT, "lower"),
        ),
    ),
    "sekdisdik": (
        result(
            "Layanan administrasi pendidik berjalan tertib dan tepat waktu",
            indicator("time", "Usul kenaikan pangkat diteruskan dalam 5 hari kerja", "95", PERCENT),
        ),
    ),
    "kepsek": (
        result(
            "Meningkatnya mutu pembelajaran di sekolah",
            indicator("quality", "Murid yang mencapai kompetensi minimum literasi", "75", PERCENT),
            indicator("quantity", "Guru yang disupervisi setiap triwulan", "10", "guru"),
        ),
        result(
            "Sekolah aman dan nyaman bagi murid",
            indicator("quantity", "Kejadian perundungan", "1", "kejadian", "lower"),
        ),
    ),
    "guru-muda": (
        result(
            "Murid mencapai kompetensi minimum literasi dan numerasi di kelasnya",
            indicator("quality", "Murid yang mencapai kompetensi minimum", "75", PERCENT),
            indicator("quantity", "Pertemuan yang terlaksana sesuai rencana", "95", PERCENT),
        ),
        result(
            "Rekan guru memperoleh praktik pembelajaran yang baik",
            indicator("quantity", "Praktik baik yang dibagikan", "2", "kegiatan"),
            kind="additional",
        ),
    ),
    "guru-pertama": (
        result(
            "Murid mencapai kompetensi minimum literasi dan numerasi di kelasnya",
            indicator("quality", "Murid yang mencapai kompetensi minimum", "70", PERCENT),
            indicator("quantity", "Pertemuan yang terlaksana sesuai rencana", "95", PERCENT),
        ),
    ),
}

CIVIL_REGISTRY = {
    "kadukcapil": (
        result(
            "Meningkatnya kepemilikan dokumen kependudukan",
            indicator("quantity", "Kepemilikan akta kelahiran anak", "98", PERCENT),
            indicator("quality", "Indeks kepuasan masyarakat", "88.31", "nilai"),
        ),
    ),
    "kabid-dafduk": (
        result(
            "Dokumen pendaftaran penduduk terbit tepat waktu",
            indicator("time", "Waktu penerbitan kartu keluarga", "1", "hari", "lower"),
            indicator("quantity", "Perekaman KTP elektronik", "99", PERCENT),
        ),
    ),
    "operator-siak": (
        result(
            "Permohonan warga di loket selesai tepat waktu dan benar",
            indicator(
                "quantity", "Permohonan yang diselesaikan setiap hari", "20", "permohonan", "range", "40"
            ),
            indicator("quality", "Dokumen yang dikembalikan karena salah ketik", "1", PERCENT, "lower"),
        ),
    ),
    "adb": (
        result(
            "Basis data kependudukan bersih dari data ganda",
            indicator("quality", "Data ganda yang ditemukan", "50", "data", "lower"),
        ),
    ),
}

DISTRICT = {
    "sekda": (
        result(
            "Meningkatnya kualitas pelayanan publik dan tata kelola Kota Ambon",
            indicator("quality", "Indeks kepuasan masyarakat Kota Ambon", "88.31", "nilai"),
        ),
    ),
    "camat": (
        result(
            "Meningkatnya kualitas pelayanan kecamatan dan kelurahan",
            indicator("quality", "Indeks kepuasan masyarakat kecamatan", "85", "nilai"),
            indicator("time", "Pengaduan warga dijawab dalam 5 hari kerja", "95", PERCENT),
        ),
    ),
    "sekcam": (
        result(
            "Layanan administrasi kecamatan berjalan tertib dan tepat waktu",
            indicator("time", "Laporan bulanan disampaikan paling lambat tanggal 5", "100", PERCENT),
        ),
    ),
    "kasi-yanum": (
        result(
            "Permohonan pelayanan umum selesai sesuai standar pelayanan",
            indicator("time", "Permohonan selesai sesuai standar waktu", "95", PERCENT),
        ),
    ),
    "pengadministrasi": (
        result(
            "Surat masuk dan keluar tercatat dan diteruskan pada hari yang sama",
            indicator("time", "Surat yang diteruskan pada hari yang sama", "98", PERCENT),
        ),
    ),
    "lurah": (
        result(
            "Warga kelurahan memperoleh surat keterangan dengan mudah dan cepat",
            indicator("time", "Waktu penerbitan surat keterangan", "30", "menit", "lower"),
            indicator("quality", "Warga yang puas atas pelayanan kelurahan", "85", PERCENT),
        ),
    ),
    "seklur": (
        result(
            "Data penduduk dan arsip kelurahan mutakhir",
            indicator("quality", "RT yang datanya mutakhir", "100", PERCENT),
        ),
    ),
    "pelayanan-lurah": (
        result(
            "Surat keterangan warga terbit benar dan tepat waktu",
            indicator("time", "Waktu penerbitan surat keterangan", "30", "menit", "lower"),
            indicator("quality", "Surat yang dikoreksi", "2", PERCENT, "lower"),
        ),
    ),
}

PLANS = HEALTH | SCHOOL | CIVIL_REGISTRY | DISTRICT

# Ekspektasi khusus pimpinan for the midwife (pages 185–186), by position of the value.
EXPECTATIONS = {
    "bidan-penyelia": {
        3: "Bersedia mengajarkan pengetahuan dan keterampilan yang dimiliki kepada orang lain.",
        4: "Membantu rekan kerja yang membutuhkan.",
        5: "Mengutamakan kepentingan organisasi dan melaksanakan tugas dari atasan dengan sungguh-sungguh.",
        7: "Aktif berpartisipasi dan berkontribusi sesuai keahliannya.",
    }
}
