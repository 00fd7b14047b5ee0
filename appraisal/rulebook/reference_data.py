"""The rules and core values the system starts with. What an office has changed since is never overwritten."""

from datetime import date

from django.db import transaction

from .models import BehaviourValue, Rule

IN_FORCE = date(2022, 2, 7)  # promulgation of PermenPANRB 6/2022
REGULATION = "PermenPANRB 6/2022"

# PermenPANRB 6/2022 art. 10 and pages 52-53: (value, its three guides)
BEHAVIOUR_VALUES = (
    (
        "Berorientasi Pelayanan",
        (
            "Memahami dan memenuhi kebutuhan masyarakat",
            "Ramah, cekatan, solutif, dan dapat diandalkan",
            "Melakukan perbaikan tiada henti",
        ),
    ),
    (
        "Akuntabel",
        (
            "Melaksanakan tugas dengan jujur, bertanggung jawab, cermat, disiplin, dan berintegritas tinggi",
            "Menggunakan kekayaan dan barang milik negara secara bertanggung jawab, efektif, dan efisien",
            "Tidak menyalahgunakan kewenangan jabatan",
        ),
    ),
    (
        "Kompeten",
        (
            "Meningkatkan kompetensi diri untuk menjawab tantangan yang selalu berubah",
            "Membantu orang lain belajar",
            "Melaksanakan tugas dengan kualitas terbaik",
        ),
    ),
    (
        "Harmonis",
        (
            "Menghargai setiap orang apa pun latar belakangnya",
            "Suka menolong orang lain",
            "Membangun lingkungan kerja yang kondusif",
        ),
    ),
    (
        "Loyal",
        (
            "Memegang teguh ideologi Pancasila, Undang-Undang Dasar Negara Republik Indonesia Tahun 1945, "
            "setia kepada Negara Kesatuan Republik Indonesia serta pemerintahan yang sah",
            "Menjaga nama baik sesama ASN, pimpinan, instansi, dan negara",
            "Menjaga rahasia jabatan dan negara",
        ),
    ),
    (
        "Adaptif",
        (
            "Cepat menyesuaikan diri menghadapi perubahan",
            "Terus berinovasi dan mengembangkan kreativitas",
            "Bertindak proaktif",
        ),
    ),
    (
        "Kolaboratif",
        (
            "Memberi kesempatan kepada berbagai pihak untuk berkontribusi",
            "Terbuka dalam bekerja sama untuk menghasilkan nilai tambah",
            "Menggerakkan pemanfaatan berbagai sumber daya untuk tujuan bersama",
        ),
    ),
)

# key: (value, what it says to a reader, source)
RULES = {
    "legal_basis": (
        "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 6 Tahun 2022 "
        "tentang Pengelolaan Kinerja Pegawai Aparatur Sipil Negara",
        "Dasar hukum penilaian kinerja pegawai",
        f"{REGULATION}, Berita Negara 2022 Nomor 155",
    ),
    "matrix": (
        "6/2022",
        "Kuadran kinerja: rating hasil kerja dan rating perilaku kerja menentukan predikat",
        f"{REGULATION}, Lampiran Bab IV, hlm. 99–103",
    ),
    "achievement": (
        {"higher": "r/t", "lower": "2 - r/t", "range": "100 di dalam rentang"},
        "Rumus capaian indikator; membantu pejabat penilai dan tidak menentukan predikat",
        "PermenPANRB 8/2021, Lampiran, hlm. 99–110",
    ),
    "suggestion": (
        {
            "above": "Sebagian besar atau seluruh hasil kerja di atas ekspektasi, "
            "dan tidak ada hasil kerja utama di bawah ekspektasi.",
            "meets": "Sebagian besar atau seluruh hasil kerja sesuai ekspektasi, "
            "dan hanya sebagian kecil hasil kerja utama di bawah ekspektasi.",
            "below": "Sebagian besar atau seluruh hasil kerja di bawah ekspektasi.",
        },
        "Panduan rating hasil kerja; pejabat penilai yang memutuskan",
        f"{REGULATION}, Lampiran Bab IV, hlm. 97–98 dan 101",
    ),
    "behaviour_guide": (
        {
            "above": "Konsisten menjalankan nilai dasar ASN dan menjaga penerapannya di dalam atau di luar unit kerja.",
            "meets": "Konsisten menjalankan nilai dasar ASN.",
            "below": "Belum konsisten menjalankan nilai dasar ASN.",
        },
        "Panduan rating perilaku kerja",
        f"{REGULATION}, Lampiran Bab IV, hlm. 98–99",
    ),
    "study_grades": (
        {
            "s1": {
                "A": {"programme": "C", "from": ["3.51", "3.01", "2.76"]},
                "B": {"programme": "C", "from": ["3.61", "3.10", "2.76"]},
                "C": {"programme": "B", "from": ["3.71", "3.20", "2.76"]},
                "abroad": {"programme": "", "from": ["3.51", "3.01", "2.76"]},
            },
            "postgraduate": {
                "A": {"programme": "C", "from": ["3.51", "3.20", "3.00"]},
                "B": {"programme": "C", "from": ["3.61", "3.25", "3.00"]},
                "C": {"programme": "B", "from": ["3.71", "3.30", "3.00"]},
                "abroad": {"programme": "", "from": ["3.51", "3.20", "3.00"]},
            },
        },
        "IPK paling rendah untuk Sangat Baik, Baik, dan Butuh Perbaikan bagi pegawai tugas belajar",
        f"{REGULATION}, Lampiran Bab II huruf B angka 5–6, hlm. 62–63",
    ),
    "plan_agreed_by": (
        {"month": 1, "day": 31},
        "SKP ditetapkan paling lambat akhir Januari tahun kinerja",
        f"{REGULATION}, Pasal 14 dan Lampiran Bab II huruf C angka 4, hlm. 65",
    ),
    "plan_agreed_after_posting": (
        {"months": 1},
        "SKP jabatan baru ditetapkan paling lambat satu bulan sejak mulai bertugas",
        f"{REGULATION}, Lampiran Bab II huruf C angka 6, hlm. 65; lamanya ditetapkan daerah",
    ),
    "appraiser_silent_days": (
        {"days": 7},
        "Atasan pejabat penilai dapat menyepakati SKP yang lewat batas waktu dan tidak ditanggapi selama sekian hari",
        f"{REGULATION}, Lampiran Bab II huruf C angka 5, hlm. 65; lamanya ditetapkan daerah",
    ),
    "periodic_feedback_times": (
        1,
        "Pimpinan memberi umpan balik berkala kepada setiap pegawai sedikitnya sekali setiap periode",
        f"{REGULATION}, Lampiran Bab III huruf C angka 6, hlm. 69; jumlahnya ketentuan Kota Ambon",
    ),
    "periodic_feedback_days_before_end": (
        14,
        "Umpan balik berkala diberikan paling lambat 14 hari sebelum periode berakhir, agar masih dapat dipakai",
        "Ketentuan Kota Ambon; PermenPANRB 6/2022 tidak menetapkan hari",
    ),
    "hand_over_working_days": (
        14,
        "Pejabat penilai menyerahkan dokumen evaluasi paling lambat 14 hari kerja sejak ditandatangani",
        f"{REGULATION}, Lampiran Bab V, hlm. 115",
    ),
    "acknowledge_working_days": (
        14,
        "Pegawai menandatangani dokumen evaluasi paling lambat 14 hari kerja sejak diterima",
        f"{REGULATION}, Lampiran Bab V, hlm. 115",
    ),
    "objection_working_days": (
        14,
        "Pegawai dapat mengajukan keberatan paling lambat 14 hari kerja sejak dokumen diterima",
        f"{REGULATION}, Pasal 29 dan Lampiran Bab V, hlm. 117",
    ),
    "objection_decision_working_days": (
        7,
        "Atasan pejabat penilai memutus keberatan paling lambat 7 hari kerja sejak diterima",
        f"{REGULATION}, Lampiran Bab V, hlm. 118",
    ),
    "report_working_days": (
        30,
        "Laporan kinerja disampaikan paling lambat 30 hari kerja setelah masa evaluasi berakhir",
        f"{REGULATION}, Lampiran Bab V, hlm. 115–116",
    ),
}


@transaction.atomic
def fill():
    """Add the values and rules that are missing; safe to run again."""
    for position, (name, guides) in enumerate(BEHAVIOUR_VALUES, start=1):
        BehaviourValue.objects.get_or_create(
            position=position, defaults={"name": name, "guides": list(guides)}
        )
    for key, (value, text, source) in RULES.items():
        Rule.objects.get_or_create(
            key=key, valid_from=IN_FORCE, defaults={"value": value, "text": text, "source": source}
        )
