"""The demo city: agencies that exist in Ambon, people who exist nowhere.

Names are plants and places of the sea put together; serial numbers from 900 on are not given out.
"""

# (code, code of the parent, kind, name)
UNITS = (
    ("KOTA", None, "city", "Pemerintah Kota Ambon"),
    ("SETDA", "KOTA", "agency", "Sekretariat Daerah"),
    ("DINKES", "KOTA", "agency", "Dinas Kesehatan"),
    ("PKM-TELUK", "DINKES", "unit", "Puskesmas Teluk Dalam (contoh)"),
    ("DISDIK", "KOTA", "agency", "Dinas Pendidikan"),
    ("SD-PESISIR", "DISDIK", "unit", "SD Negeri Pesisir (contoh)"),
    ("DUKCAPIL", "KOTA", "agency", "Dinas Kependudukan dan Pencatatan Sipil"),
    ("SIRIMAU", "KOTA", "agency", "Kecamatan Sirimau"),
    ("KEL-RIJALI", "SIRIMAU", "unit", "Kelurahan Rijali"),
    ("BKPSDM", "KOTA", "agency", "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia"),
    ("INSPEKTORAT", "KOTA", "agency", "Inspektorat"),
    ("DISKOMINFO", "KOTA", "agency", "Dinas Komunikasi, Informatika, dan Persandian"),
)

# (code, unit, name, kind, leads the unit, code of the superior post, how many hold it, rank of its holders)
POSTS = (
    ("wali-kota", "KOTA", "Wali Kota", "kepala_daerah", True, None, 1, ""),
    ("sekda", "SETDA", "Sekretaris Daerah", "jpt", True, "wali-kota", 1, "Pembina Utama Muda, IV/c"),
    ("kadinkes", "DINKES", "Kepala Dinas Kesehatan", "jpt", True, "wali-kota", 1, "Pembina Utama Muda, IV/c"),
    ("sekdinkes", "DINKES", "Sekretaris Dinas", "administrator", False, "kadinkes", 1, "Pembina, IV/a"),
    (
        "kabid-yankes",
        "DINKES",
        "Kepala Bidang Pelayanan Kesehatan",
        "administrator",
        False,
        "kadinkes",
        1,
        "Pembina, IV/a",
    ),
    (
        "adminkes",
        "DINKES",
        "Administrator Kesehatan Ahli Muda",
        "jf_keahlian",
        False,
        "kabid-yankes",
        2,
        "Penata, III/c",
    ),
    ("kapuskesmas", "PKM-TELUK", "Kepala Puskesmas", "jf_keahlian", True, "kadinkes", 1, "Pembina, IV/a"),
    ("dokter", "PKM-TELUK", "Dokter Ahli Muda", "jf_keahlian", False, "kapuskesmas", 2, "Penata, III/c"),
    (
        "bidan-penyelia",
        "PKM-TELUK",
        "Bidan Penyelia",
        "jf_keterampilan",
        False,
        "kapuskesmas",
        1,
        "Penata Tk. I, III/d",
    ),
    (
        "bidan-mahir",
        "PKM-TELUK",
        "Bidan Mahir",
        "jf_keterampilan",
        False,
        "kapuskesmas",
        1,
        "Penata Muda Tk. I, III/b",
    ),
    (
        "bidan-terampil",
        "PKM-TELUK",
        "Bidan Terampil",
        "jf_keterampilan",
        False,
        "kapuskesmas",
        2,
        "Pengatur, II/c",
    ),
    (
        "nutrisionis",
        "PKM-TELUK",
        "Nutrisionis Mahir",
        "jf_keterampilan",
        False,
        "kapuskesmas",
        1,
        "Penata Muda, III/a",
    ),
    ("loket", "PKM-TELUK", "Petugas Loket", "pelaksana", False, "kapuskesmas", 2, "Pengatur Muda, II/a"),
    ("sopir", "PKM-TELUK", "Sopir Ambulans", "pelaksana", False, "kapuskesmas", 1, "Juru Tk. I, I/d"),
    ("kadisdik", "DISDIK", "Kepala Dinas Pendidikan", "jpt", True, "wali-kota", 1, "Pembina Tk. I, IV/b"),
    ("sekdisdik", "DISDIK", "Sekretaris Dinas", "administrator", False, "kadisdik", 1, "Pembina, IV/a"),
    (
        "kepsek",
        "SD-PESISIR",
        "Kepala Sekolah (Guru Ahli Madya)",
        "jf_keahlian",
        True,
        "kadisdik",
        1,
        "Pembina, IV/a",
    ),
    ("guru-muda", "SD-PESISIR", "Guru Ahli Muda", "jf_keahlian", False, "kepsek", 4, "Penata, III/c"),
    ("guru-pertama", "SD-PESISIR", "Guru Ahli Pertama", "jf_keahlian", False, "kepsek", 6, "IX"),
    ("kadukcapil", "DUKCAPIL", "Kepala Dinas", "jpt", True, "wali-kota", 1, "Pembina Utama Muda, IV/c"),
    (
        "kabid-dafduk",
        "DUKCAPIL",
        "Kepala Bidang Pendaftaran Penduduk",
        "administrator",
        False,
        "kadukcapil",
        1,
        "Pembina, IV/a",
    ),
    (
        "operator-siak",
        "DUKCAPIL",
        "Operator Layanan Kependudukan",
        "pelaksana",
        False,
        "kabid-dafduk",
        6,
        "Pengatur, II/c",
    ),
    (
        "adb",
        "DUKCAPIL",
        "Administrator Database Kependudukan Ahli Pertama",
        "jf_keahlian",
        False,
        "kabid-dafduk",
        2,
        "Penata Muda, III/a",
    ),
    ("camat", "SIRIMAU", "Camat", "administrator", True, "sekda", 1, "Pembina Tk. I, IV/b"),
    ("sekcam", "SIRIMAU", "Sekretaris Kecamatan", "administrator", False, "camat", 1, "Penata Tk. I, III/d"),
    ("kasi-yanum", "SIRIMAU", "Kepala Seksi Pelayanan Umum", "pengawas", False, "camat", 1, "Penata, III/c"),
    (
        "pengadministrasi",
        "SIRIMAU",
        "Pengadministrasi Perkantoran",
        "pelaksana",
        False,
        "kasi-yanum",
        3,
        "Pengatur, II/c",
    ),
    ("lurah", "KEL-RIJALI", "Lurah", "pengawas", True, "camat", 1, "Penata Tk. I, III/d"),
    (
        "seklur",
        "KEL-RIJALI",
        "Sekretaris Kelurahan",
        "pengawas",
        False,
        "lurah",
        1,
        "Penata Muda Tk. I, III/b",
    ),
    (
        "pelayanan-lurah",
        "KEL-RIJALI",
        "Pengelola Layanan Kelurahan",
        "pelaksana",
        False,
        "lurah",
        4,
        "Pengatur, II/c",
    ),
    ("kaban", "BKPSDM", "Kepala Badan", "jpt", True, "wali-kota", 1, "Pembina Utama Muda, IV/c"),
    (
        "kabid-kinerja",
        "BKPSDM",
        "Kepala Bidang Penilaian Kinerja",
        "administrator",
        False,
        "kaban",
        1,
        "Pembina, IV/a",
    ),
    (
        "analis-sdm",
        "BKPSDM",
        "Analis SDM Aparatur Ahli Pertama",
        "jf_keahlian",
        False,
        "kabid-kinerja",
        2,
        "Penata Muda, III/a",
    ),
    ("inspektur", "INSPEKTORAT", "Inspektur", "jpt", True, "wali-kota", 1, "Pembina Utama Muda, IV/c"),
    ("auditor", "INSPEKTORAT", "Auditor Ahli Muda", "jf_keahlian", False, "inspektur", 2, "Penata, III/c"),
    ("kadiskominfo", "DISKOMINFO", "Kepala Dinas", "jpt", True, "wali-kota", 1, "Pembina Tk. I, IV/b"),
    (
        "prakom",
        "DISKOMINFO",
        "Pranata Komputer Ahli Muda",
        "jf_keahlian",
        False,
        "kadiskominfo",
        1,
        "Penata, III/c",
    ),
    (
        "kabag-organisasi",
        "SETDA",
        "Kepala Bagian Organisasi",
        "administrator",
        False,
        "sekda",
        1,
        "Pembina, IV/a",
    ),
)

FIRST_NAMES = (
    "Melati",
    "Bayu",
    "Cempaka",
    "Jati",
    "Kenanga",
    "Damar",
    "Dahlia",
    "Gading",
    "Anggrek",
    "Pala",
    "Teratai",
    "Surya",
    "Mawar",
    "Kayu",
    "Seroja",
    "Lontar",
    "Wijaya",
    "Tanjung",
    "Soka",
    "Meranti",
    "Flamboyan",
    "Sagu",
    "Kemuning",
    "Beringin",
)
LAST_NAMES = (
    "Samudra",
    "Teluk",
    "Karang",
    "Angin",
    "Pesisir",
    "Muara",
    "Ombak",
    "Pasir",
    "Gelombang",
    "Tanjungan",
)

# (code of the post whose first holder gets it, role, unit, why)
GRANTS = (
    ("kabid-kinerja", "personnel_office", "KOTA", "Bidang tugas penilaian kinerja"),
    ("sekdinkes", "unit_admin", "DINKES", "Pengelola kepegawaian dinas"),
    ("sekcam", "unit_admin", "SIRIMAU", "Pengelola kepegawaian kecamatan"),
    ("auditor", "inspector", "KOTA", "Pengawasan penilaian kinerja"),
    ("prakom", "system_admin", "KOTA", "Pengelola sistem"),
    ("kabag-organisasi", "service_manager", "KOTA", "Pembinaan pelayanan publik"),
    ("sekdinkes", "service_manager", "DINKES", "Pengelola layanan dinas"),
    ("sekdinkes", "complaint_manager", "DINKES", "Pejabat penghubung pengaduan"),
)

# (post, sign-in name, what one sees with it)
ACCOUNTS = (
    ("bidan-penyelia", "bidan", "Pegawai: SKP, bukti, dan hasil penilaiannya"),
    ("kapuskesmas", "kapuskesmas", "Pejabat penilai bidan dan stafnya"),
    ("kadinkes", "kadinkes", "Atasan pejabat penilai"),
    ("kepsek", "kepsek", "Pejabat penilai para guru"),
    ("kadisdik", "kadisdik", "Memimpin sesi kalibrasi Dinas Pendidikan"),
    ("kabid-kinerja", "bkpsdm", "BKPSDM: pegawai, impor, periode, laporan"),
    ("sekdinkes", "admin.dinkes", "Admin unit, pengelola layanan, dan pengelola pengaduan Dinas Kesehatan"),
    (
        "auditor",
        "inspektorat",
        "Inspektorat: membaca hasil akhir, bukti, dan peran; menangani laporan perilaku",
    ),
    ("prakom", "admin", "Admin sistem: akun, peran, pekerjaan latar, hari libur"),
    (
        "kabag-organisasi",
        "organisasi",
        "Bagian Organisasi: layanan, kuesioner, survei, dan pengaduan seluruh kota",
    ),
)

CLINIC_SERVICE = "pelayanan-ibu-dan-anak"
# (slug, unit, name, what it is)
SERVICES = (
    (
        CLINIC_SERVICE,
        "PKM-TELUK",
        "Pelayanan ibu dan anak",
        "Pemeriksaan kehamilan, persalinan, dan imunisasi.",
    ),
    (
        "ktp-dan-kartu-keluarga",
        "DUKCAPIL",
        "KTP dan kartu keluarga",
        "Perekaman KTP elektronik dan perubahan kartu keluarga.",
    ),
    (
        "surat-keterangan-kelurahan",
        "KEL-RIJALI",
        "Surat keterangan kelurahan",
        "Surat keterangan domisili dan usaha.",
    ),
)


def person_name(number):
    """A name for the `number`-th person; no two among the first 240 are alike."""
    first = FIRST_NAMES[number % len(FIRST_NAMES)]
    return f"{first} {LAST_NAMES[(number + number // 120) % len(LAST_NAMES)]}"


def person_nip(number, *, temporary=False):
    """A well-formed NIP (PNS, or PPPK when `temporary`) that nobody holds: serial 900 and above."""
    born = f"{1970 + number % 25}{1 + number % 12:02}{1 + number % 28:02}"
    started = int(born[:4]) + 24
    month = "21" if temporary else f"{1 + number % 12:02}"
    return f"{born}{max(started, 2021) if temporary else started}{month}{1 + number % 2}{900 + number % 100}"
