"""Every rule by its key: under which topic it stands, what its value looks like, and where it is used."""

from dataclasses import dataclass

from .outcome_rules import OUTCOME_RULES
from .shapes import Choice, Grades, Numbers, Part, Shape, Whole, Words, listed, simple, tabled

RATINGS = (
    ("above", "Di atas ekspektasi"),
    ("meets", "Sesuai ekspektasi"),
    ("below", "Di bawah ekspektasi"),
)
PREDIKATS = (
    ("sangat_baik", "Sangat Baik"),
    ("baik", "Baik"),
    ("butuh_perbaikan", "Butuh Perbaikan"),
    ("kurang", "Kurang/Misconduct"),
    ("sangat_kurang", "Sangat Kurang"),
)
ORGANISATION = (
    ("istimewa", "Istimewa"),
    ("baik", "Baik"),
    ("butuh_perbaikan", "Butuh Perbaikan"),
    ("kurang", "Kurang"),
    ("sangat_kurang", "Sangat Kurang"),
)
SHARES = (
    *((f"{code}_most", f"Paling banyak {words.partition('/')[0]}") for code, words in PREDIKATS),
    ("butuh_perbaikan_least", "Paling sedikit Butuh Perbaikan"),
    ("kurang_least", "Paling sedikit Kurang"),
    ("sangat_kurang_least", "Paling sedikit Sangat Kurang"),
    ("lower_two_least", "Paling sedikit Butuh Perbaikan dan Kurang bersama-sama"),
)
OFFICIAL_FORM = "Mengikuti bunyi formulir resmi. Berubah hanya bersama formulirnya dan versi baru program."
KEPT_BY_DATABASE = (
    "Basis data menolak predikat di luar kuadran ini. Berubah hanya bersama versi baru program."
)
FORMULA = "Rumusnya tertanam di program dan di pemeriksa struk. Berubah hanya bersama versi baru program."
WORKING_DAYS = simple(Whole(1, 90, "hari kerja"))
DAY_OF_YEAR = (
    Part("Bulan", Whole(1, 12), "month"),
    Part("Tanggal", Whole(1, 31), "day"),
)

BASIS, YEAR, REMINDERS, RATING, TERMS, OUTCOMES, LABELS = (
    "Dasar hukum",
    "Tenggat tahun kinerja",
    "Pengingat",
    "Penilaian dan distribusi",
    "Hitungan hari kerja",
    "Tindak lanjut hasil kinerja",
    "Sebutan resmi",
)
TOPICS = (BASIS, YEAR, REMINDERS, RATING, TERMS, OUTCOMES, LABELS)


@dataclass(frozen=True)
class Entry:
    """`used` says where the value counts; `locked` why nobody changes it here ("" where it may be changed)."""

    topic: str
    title: str
    shape: Shape
    used: str
    locked: str = ""


CATALOGUE = {
    "legal_basis": Entry(BASIS, "Dasar hukum penilaian kinerja", simple(Words(500)), "Bacaan semua pegawai"),
    "legal_basis_distribution": Entry(
        BASIS, "Dasar panduan penetapan predikat", simple(Words(500)), "Bacaan pejabat penilai"
    ),
    "plan_agreed_by": Entry(
        YEAR, "SKP disepakati paling lambat", Shape(DAY_OF_YEAR), "Tenggat perencanaan saat tahun dibuka"
    ),
    "plan_agreed_after_posting": Entry(
        YEAR,
        "SKP disepakati setelah menempati jabatan baru",
        Shape((Part("Bulan", Whole(1, 6, "bulan"), "months"),)),
        "SKP, pengingat, dan beranda pegawai yang baru menempati jabatan",
    ),
    "appraiser_silent_days": Entry(
        YEAR,
        "Atasan penilai dapat menyepakati SKP yang didiamkan",
        Shape((Part("Hari", Whole(1, 60, "hari"), "days"),)),
        "SKP yang lewat batas waktu",
    ),
    "periodic_feedback_times": Entry(
        YEAR, "Umpan balik berkala setiap periode", simple(Whole(1, 12, "kali")), "Umpan balik yang terutang"
    ),
    "periodic_feedback_days_before_end": Entry(
        YEAR,
        "Umpan balik berkala sebelum periode berakhir",
        simple(Whole(0, 60, "hari sebelumnya")),
        "Umpan balik yang terutang",
    ),
    "documentation_working_days": Entry(
        YEAR, "Mencatat kemajuan setelah periode berakhir", WORKING_DAYS, "Tenggat dokumentasi"
    ),
    "feedback_working_days": Entry(
        YEAR, "Umpan balik berkala setelah periode berakhir", WORKING_DAYS, "Tenggat umpan balik"
    ),
    "evaluation_working_days": Entry(
        YEAR, "Masa penilaian setelah periode berakhir", WORKING_DAYS, "Tenggat penilaian periode"
    ),
    "period_closes_itself": Entry(
        YEAR,
        "Menutup periode setelah masa penilaian berakhir",
        Shape(
            (
                Part(
                    "Tanpa ditutup BKPSDM",
                    Choice((("yes", "Menutup sendiri"), ("no", "Tetap terbuka"))),
                    "itself",
                ),
                Part("Setelah masa penilaian", Whole(1, 60, "hari kerja"), "days"),
            )
        ),
        "Penutupan periode; atasan pejabat penilai diberi tahu saat itu",
    ),
    "organisation_achievement_working_days": Entry(
        YEAR,
        "Menetapkan capaian organisasi setelah periode berakhir",
        WORKING_DAYS,
        "Tenggat pimpinan di atas unit",
    ),
    "annual_achievement_by": Entry(
        YEAR,
        "Capaian organisasi tahunan dipakai bila ditetapkan paling lambat (tahun berikutnya)",
        Shape(DAY_OF_YEAR),
        "Penilaian tahunan; setelah itu dipakai capaian tahun sebelumnya",
    ),
    "annual_evaluation": Entry(
        YEAR,
        "Masa penilaian tahunan",
        Shape(
            (
                Part("Dibuka bulan (tahun kinerja)", Whole(1, 12), "opens_month"),
                Part("Dibuka tanggal", Whole(1, 31), "opens_day"),
                Part("Ditutup bulan (tahun berikutnya)", Whole(1, 12), "closes_month"),
                Part("Ditutup tanggal", Whole(1, 31), "closes_day"),
            )
        ),
        "Masa penilaian tahunan saat tahun dibuka",
    ),
    "reminder_working_days_before": Entry(
        REMINDERS,
        "Diingatkan sebelum tenggat",
        simple(Numbers(0, 30, 5, "hari kerja sebelumnya")),
        "Surat pengingat harian",
    ),
    "escalation_working_days_after": Entry(
        REMINDERS,
        "Diberitahukan setelah tenggat lewat",
        listed(
            Whole(1, 60, "hari kerja"),
            ("person", "Kepada yang bersangkutan"),
            ("appraiser", "Kepada pejabat penilainya"),
            ("superior", "Kepada atasan pejabat penilai dan admin unit"),
        ),
        "Surat pengingat harian",
    ),
    "suggestion": Entry(
        RATING, "Panduan rating hasil kerja", listed(Words(), *RATINGS), "Halaman penilaian", OFFICIAL_FORM
    ),
    "study_grades": Entry(
        RATING,
        "Batas IPK pegawai tugas belajar",
        listed(
            Grades(),
            ("s1", "Strata 1: Sangat Baik / Baik / Butuh Perbaikan"),
            ("postgraduate", "Profesi, Strata 2, Strata 3: Sangat Baik / Baik / Butuh Perbaikan"),
        ),
        "SKP pegawai tugas belajar",
        OFFICIAL_FORM,
    ),
    "behaviour_guide": Entry(
        RATING, "Panduan rating perilaku kerja", listed(Words(), *RATINGS), "Halaman penilaian", OFFICIAL_FORM
    ),
    "matrix": Entry(
        RATING,
        "Kuadran yang dipakai",
        simple(Choice((("6/2022", "Kuadran PermenPANRB 6/2022"),))),
        "Struk penilaian",
        KEPT_BY_DATABASE,
    ),
    "matrix_cells": Entry(
        RATING,
        "Kuadran kinerja",
        tabled(Choice(PREDIKATS), rows=RATINGS, columns=RATINGS, head="Hasil kerja ↓, perilaku kerja →"),
        "Predikat setiap penilaian",
        KEPT_BY_DATABASE,
    ),
    "achievement": Entry(
        RATING,
        "Rumus capaian indikator",
        listed(
            Words(),
            ("higher", "Makin tinggi makin baik"),
            ("lower", "Makin rendah makin baik"),
            ("range", "Dalam rentang"),
        ),
        "Capaian di halaman penilaian",
        FORMULA,
    ),
    "evidence_gate": Entry(
        RATING,
        "Bukti untuk rating hasil kerja",
        simple(Choice((("cited", "Di atas dan di bawah ekspektasi perlu bukti yang dirujuk"),))),
        "Penetapan penilaian; cakupan bukti pada struk",
        FORMULA,
    ),
    "backdated_evidence_days": Entry(
        RATING,
        "Bukti ditandai bila bertanggal jauh sebelum diunggah",
        simple(Whole(1, 366, "hari")),
        "Tanda pada bukti di halaman penilaian; tidak mengubah rating",
    ),
    "early_feedback_days": Entry(
        RATING,
        "Umpan balik mendahului rating di bawah ekspektasi",
        simple(Whole(1, 180, "hari")),
        "Penetapan rating di bawah ekspektasi",
    ),
    "organisation_rating": Entry(
        RATING,
        "Capaian organisasi menjadi rating hasil kerja pimpinannya",
        listed(Choice(RATINGS), *ORGANISATION),
        "Rating hasil kerja yang disarankan bagi pimpinan unit",
    ),
    "distribution_guide": Entry(
        RATING,
        "Panduan pola distribusi predikat (persen pegawai)",
        tabled(
            Whole(0, 100, "%", optional=True), rows=ORGANISATION, columns=SHARES, head="Capaian organisasi"
        ),
        "Peringatan pada halaman distribusi; tidak mengubah rating",
    ),
    "distribution_somebody_below": Entry(
        RATING,
        "Harus ada predikat Butuh Perbaikan atau Kurang",
        listed(Choice((("yes", "Ya, sedikitnya seorang"), ("no", "Tidak"))), *ORGANISATION),
        "Peringatan pada halaman distribusi; tidak mengubah rating",
    ),
    "distribution_size_minimum": Entry(
        RATING,
        "Pola distribusi diperiksa mulai",
        simple(Whole(2, 50, "pegawai")),
        "Peringatan distribusi dan angka per penilai",
    ),
    "hand_over_working_days": Entry(
        TERMS, "Menyerahkan dokumen evaluasi kepada pegawai", WORKING_DAYS, "Batas waktu penilai"
    ),
    "acknowledge_working_days": Entry(
        TERMS, "Pegawai menandatangani dokumen evaluasi", WORKING_DAYS, "Batas waktu pegawai"
    ),
    "objection_working_days": Entry(
        TERMS, "Mengajukan keberatan", WORKING_DAYS, "Batas keberatan di halaman hasil"
    ),
    "objection_decision_working_days": Entry(
        TERMS, "Memutus keberatan", WORKING_DAYS, "Batas waktu atasan pejabat penilai"
    ),
    "blind_reading_working_days": Entry(
        TERMS, "Pembaca kedua menilai tanpa nama", WORKING_DAYS, "Batas waktu pembaca kedua atas keberatan"
    ),
    "superior_sign_working_days": Entry(
        TERMS,
        "Atasan menandatangani bila penilai tidak menilai",
        WORKING_DAYS,
        "Batas waktu atasan pejabat penilai",
    ),
    "superior_hand_over_working_days": Entry(
        TERMS, "Atasan menyerahkan dokumen kepada pegawai", WORKING_DAYS, "Batas waktu atasan pejabat penilai"
    ),
    "superior_acknowledge_working_days": Entry(
        TERMS, "Pegawai mengembalikan dokumen dari atasan", WORKING_DAYS, "Batas waktu pegawai"
    ),
    "report_working_days": Entry(
        TERMS, "Menyampaikan laporan kinerja", WORKING_DAYS, "Batas waktu laporan perangkat daerah"
    ),
    **{
        key: Entry(OUTCOMES, rule.title, rule.shape, rule.used, rule.locked)
        for key, rule in OUTCOME_RULES.items()
    },
    "rating_labels": Entry(
        LABELS, "Sebutan rating", listed(Words(60), *RATINGS), "Semua halaman dan dokumen", OFFICIAL_FORM
    ),
    "predikat_labels": Entry(
        LABELS, "Sebutan predikat", listed(Words(60), *PREDIKATS), "Semua halaman dan dokumen", OFFICIAL_FORM
    ),
    "organisation_labels": Entry(
        LABELS,
        "Sebutan capaian kinerja organisasi",
        listed(Words(60), *ORGANISATION),
        "Formulir evaluasi",
        OFFICIAL_FORM,
    ),
}
# Read when a period is appraised, as they are in force on its last day.
JUDGING = (
    "legal_basis",
    "legal_basis_distribution",
    "matrix",
    "matrix_cells",
    "achievement",
    "suggestion",
    "behaviour_guide",
    "evidence_gate",
    "backdated_evidence_days",
    "early_feedback_days",
    "organisation_rating",
    "distribution_guide",
    "distribution_somebody_below",
    "distribution_size_minimum",
)
