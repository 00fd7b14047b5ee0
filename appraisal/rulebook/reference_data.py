"""The rules and core values the system starts with. What an office has changed since is never overwritten."""

from datetime import date

from django.db import transaction

from .catalogue import ORGANISATION, PREDIKATS, RATINGS
from .distribution_table import GUIDE, SIZE_MINIMUM, SOMEBODY_BELOW
from .models import BehaviourValue, Rule
from .outcome_rules import OUTCOME_RULES

IN_FORCE = date(2022, 2, 7)  # promulgation of PermenPANRB 6/2022
REGULATION = "PermenPANRB 6/2022"
BY_THE_CITY = f"Ditetapkan BKPSDM; {REGULATION} tidak menyebut jumlah harinya"
CIRCULAR = f"SE Menteri PANRB 3/2023; {REGULATION}, Lampiran Bab IV, hlm. 92–97"

# Pages 99-103: rating of work results, then the predikat for behaviour above, as, and below expectation
QUADRANT = {
    "above": ("sangat_baik", "baik", "kurang"),
    "meets": ("baik", "baik", "kurang"),
    "below": ("butuh_perbaikan", "butuh_perbaikan", "sangat_kurang"),
}

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
    "evidence_gate": (
        "cited",
        "Rating hasil kerja di atas atau di bawah ekspektasi merujuk bukti di dalam periode; cakupan bukti adalah"
        " bagian hasil kerja yang berdiri di atas bukti, dibulatkan ke persen penuh",
        f"Ketentuan Kota Ambon; {REGULATION}, Lampiran Bab IV, hlm. 97–98",
    ),
    "backdated_evidence_days": (
        30,
        "Bukti yang bertanggal lebih dari 30 hari sebelum diunggah diberi tanda",
        f"Ketentuan Kota Ambon; {REGULATION} tidak menyebut jumlah harinya",
    ),
    "early_feedback_days": (
        30,
        "Rating hasil kerja di bawah ekspektasi didahului umpan balik yang tercatat sedikitnya 30 hari sebelumnya",
        f"Ketentuan Kota Ambon; {REGULATION} Pasal 17–19 mewajibkan umpan balik tanpa menyebut jumlah harinya",
    ),
    "hand_over_working_days": (
        14,
        "Pejabat penilai menyerahkan dokumen evaluasi paling lambat 14 hari kerja sejak ditandatangani",
        f"{REGULATION}, Lampiran Bab V, hlm. 114",
    ),
    "acknowledge_working_days": (
        14,
        "Pegawai menandatangani dokumen evaluasi paling lambat 14 hari kerja sejak diterima",
        f"{REGULATION}, Lampiran Bab V, hlm. 114",
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
    "blind_reading_working_days": (
        3,
        "Pembaca kedua menilai tanpa nama paling lambat 3 hari kerja sejak ditunjuk undian",
        BY_THE_CITY,
    ),
    "report_working_days": (
        30,
        "Laporan kinerja disampaikan paling lambat 30 hari kerja setelah masa evaluasi berakhir",
        f"{REGULATION}, Lampiran Bab V, hlm. 115–116",
    ),
    "legal_basis_distribution": (
        "Surat Edaran Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 3 Tahun 2023 "
        "tentang Tata Cara Penetapan Predikat Kinerja Pegawai Aparatur Sipil Negara",
        "Dasar panduan pola distribusi predikat",
        f"SE Menteri PANRB 3/2023, untuk {REGULATION} Lampiran Bab IV",
    ),
    "documentation_working_days": (
        5,
        "Kemajuan dan bukti suatu periode dicatat paling lambat 5 hari kerja setelah periode berakhir",
        BY_THE_CITY,
    ),
    "feedback_working_days": (
        5,
        "Pimpinan memberi umpan balik berkala paling lambat 5 hari kerja setelah periode berakhir",
        f"{REGULATION}, Pasal 18; jumlah harinya ditetapkan BKPSDM",
    ),
    "evaluation_working_days": (
        10,
        "Penilaian suatu periode ditetapkan paling lambat 10 hari kerja setelah periode berakhir",
        f"{REGULATION}, Pasal 24; jumlah harinya ditetapkan BKPSDM",
    ),
    "period_closes_itself": (
        {"itself": "yes", "days": 2},
        "Periode yang tidak ditutup BKPSDM menutup sendiri dua hari kerja setelah masa penilaian berakhir",
        BY_THE_CITY,
    ),
    "annual_evaluation": (
        {"opens_month": 12, "opens_day": 1, "closes_month": 1, "closes_day": 31},
        "Evaluasi tahunan dilakukan pada akhir Desember, paling lambat akhir Januari tahun berikutnya",
        f"{REGULATION}, Lampiran Bab IV, hlm. 90",
    ),
    "reminder_working_days_before": (
        [7, 3, 1],
        "Yang masih berutang diingatkan beberapa hari kerja sebelum tenggat",
        BY_THE_CITY,
    ),
    "escalation_working_days_after": (
        {"person": 1, "appraiser": 3, "superior": 5},
        "Tenggat yang lewat diberitahukan berjenjang",
        f"{REGULATION}, Lampiran hlm. 65 dan 90; jumlah harinya ditetapkan BKPSDM",
    ),
    "matrix_cells": (
        {
            f"{work}.{behaviour}": predikat
            for work, cells in QUADRANT.items()
            for (behaviour, _), predikat in zip(RATINGS, cells, strict=True)
        },
        "Pertemuan rating hasil kerja dan rating perilaku kerja menjadi predikat",
        f"{REGULATION}, Lampiran Bab IV, hlm. 99–103",
    ),
    "organisation_rating": (
        {
            "istimewa": "above",
            "baik": "meets",
            "butuh_perbaikan": "below",
            "kurang": "below",
            "sangat_kurang": "below",
        },
        "Bila yang dinilai memimpin organisasi, capaian organisasinya menjadi rating hasil kerjanya",
        f"{CIRCULAR}; pemetaan lima ke tiga tingkat perlu dipastikan BKPSDM",
    ),
    "distribution_guide": (
        GUIDE,
        "Pola distribusi sebagai bahan pertimbangan; tanda – berarti tidak dibatasi",
        CIRCULAR,
    ),
    "distribution_somebody_below": (
        SOMEBODY_BELOW,
        "Apakah harus ada pegawai dengan predikat Butuh Perbaikan atau Kurang, sedikitnya seorang",
        CIRCULAR,
    ),
    "distribution_size_minimum": (
        SIZE_MINIMUM,
        "Di bawah jumlah ini pola distribusi tidak diperiksa dan angkanya tidak ditampilkan per penilai",
        f"Ditetapkan BKPSDM; {REGULATION} dan SE Menteri PANRB 3/2023 tidak menyebut jumlahnya",
    ),
    "organisation_achievement_working_days": (
        3,
        "Capaian kinerja organisasi suatu periode ditetapkan sekian hari kerja setelah periode berakhir",
        f"{REGULATION}, Lampiran Bab IV huruf B angka 1, hlm. 92–93; jumlah harinya ditetapkan BKPSDM",
    ),
    "annual_achievement_by": (
        {"month": 1, "day": 31},
        "Capaian tahunan yang keluar setelah tanggal ini tidak dipakai; yang dipakai capaian tahun sebelumnya",
        f"{REGULATION}, Lampiran Bab IV huruf B angka 1 huruf f, hlm. 94",
    ),
    "superior_sign_working_days": (
        14,
        "Bila penilai tidak menilai, atasannya menandatangani dalam 14 hari kerja",
        f"{REGULATION}, Lampiran Bab V, hlm. 115",
    ),
    "superior_hand_over_working_days": (
        7,
        "Atasan pejabat penilai menyerahkan dokumen evaluasi dalam 7 hari kerja",
        f"{REGULATION}, Lampiran Bab V, hlm. 116",
    ),
    "superior_acknowledge_working_days": (
        7,
        "Pegawai mengembalikan dokumen dari atasan pejabat penilai dalam 7 hari kerja",
        f"{REGULATION}, Lampiran Bab V, hlm. 116",
    ),
    "rating_labels": (
        dict(RATINGS),
        "Tiga tingkat rating hasil kerja dan rating perilaku kerja",
        f"{REGULATION}, Lampiran Bab IV, hlm. 97–99",
    ),
    "predikat_labels": (
        dict(PREDIKATS),
        "Lima predikat kinerja pegawai",
        f"{REGULATION}, Lampiran Bab IV, hlm. 99–103",
    ),
    "organisation_labels": (
        dict(ORGANISATION),
        "Lima tingkat capaian kinerja organisasi",
        f"{REGULATION}, Lampiran Bab IV, hlm. 92–94",
    ),
}

RULES |= {key: (rule.value, rule.text, rule.source) for key, rule in OUTCOME_RULES.items()}
SINCE = {key: rule.since for key, rule in OUTCOME_RULES.items() if rule.since}  # the others: IN_FORCE


@transaction.atomic
def fill():
    """Add the values and rules that are missing; safe to run again."""
    positions = set(BehaviourValue.objects.values_list("position", flat=True))
    BehaviourValue.objects.bulk_create(
        (
            BehaviourValue(position=position, name=name, guides=list(guides))
            for position, (name, guides) in enumerate(BEHAVIOUR_VALUES, start=1)
            if position not in positions
        ),
        ignore_conflicts=True,
    )
    rules = set(Rule.objects.values_list("key", "valid_from"))
    Rule.objects.bulk_create(
        (
            Rule(key=key, valid_from=since, value=value, text=text, source=source)
            for key, (value, text, source) in RULES.items()
            if (key, since := SINCE.get(key, IN_FORCE)) not in rules
        ),
        ignore_conflicts=True,
    )
