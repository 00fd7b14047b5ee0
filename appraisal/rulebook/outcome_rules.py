"""The rules by which an evaluation has consequences: entries of the catalogue, and the values the system starts with.

Pure, like the shapes: `appraisal/outcomes` reads the same tables for its arithmetic.
"""

from dataclasses import dataclass
from datetime import date

from .shapes import Amount, Choice, Part, Shape, Whole, Words, listed, simple, tabled

CREDIT_IN_FORCE = date(2023, 1, 1)  # PermenPANRB 1/2023 and Peraturan BKN 3/2023 count from the year 2023

LEVELS = (
    ("ahli_utama", "Ahli Utama"),
    ("ahli_madya", "Ahli Madya"),
    ("ahli_muda", "Ahli Muda"),
    ("ahli_pertama", "Ahli Pertama"),
    ("penyelia", "Penyelia"),
    ("mahir", "Mahir"),
    ("terampil", "Terampil"),
    ("pemula", "Pemula"),
)
NEEDS = (("rank", "Kenaikan pangkat"), ("level", "Kenaikan jenjang"))
PREDIKATS = (
    ("sangat_baik", "Sangat Baik"),
    ("baik", "Baik"),
    ("butuh_perbaikan", "Butuh Perbaikan/Cukup"),
    ("kurang", "Kurang"),
    ("sangat_kurang", "Sangat Kurang"),
)
PERFORMANCE = (
    ("above", "Di atas ekspektasi"),
    ("meets", "Sesuai ekspektasi"),
    ("below", "Di bawah ekspektasi"),
)
POTENTIAL = (("low", "Rendah"), ("medium", "Menengah"), ("high", "Tinggi"))

PERCENTAGES = {"sangat_baik": 150, "baik": 100, "butuh_perbaikan": 75, "kurang": 50, "sangat_kurang": 25}
COEFFICIENTS = {
    "ahli_utama": "50",
    "ahli_madya": "37.5",
    "ahli_muda": "25",
    "ahli_pertama": "12.5",
    "penyelia": "25",
    "mahir": "12.5",
    "terampil": "5",
    "pemula": "3.75",
}
# level: (for the next pangkat, for the next jenjang); the highest of both careers leads to no further jenjang
NEEDED = {
    "ahli_utama": ("200", None),
    "ahli_madya": ("150", "450"),
    "ahli_muda": ("100", "200"),
    "ahli_pertama": ("50", "100"),
    "penyelia": ("100", None),
    "mahir": ("50", "100"),
    "terampil": ("20", "60"),
    "pemula": ("15", "15"),
}
# (performance, potential): box, by PermenPANRB 3/2020
BOXES = {
    ("above", "high"): 9,
    ("meets", "high"): 8,
    ("above", "medium"): 7,
    ("below", "high"): 6,
    ("meets", "medium"): 5,
    ("above", "low"): 4,
    ("below", "medium"): 3,
    ("meets", "low"): 2,
    ("below", "low"): 1,
}
CREDIT_LAW = "PermenPANRB 1/2023; Peraturan BKN 3/2023"

COPIES = (
    "1. Kepala Kantor Regional Badan Kepegawaian Negara\n"
    "2. Pejabat fungsional yang bersangkutan\n"
    "3. Kepala Badan Kepegawaian dan Pengembangan Sumber Daya Manusia Kota Ambon\n"
    "4. Pimpinan unit kerja yang bersangkutan"
)


@dataclass(frozen=True)
class Started:
    """A rule of this file: under which title, what it looks like, where it counts, and what the system starts with."""

    title: str
    shape: Shape
    used: str
    value: object
    text: str
    source: str
    since: date | None = None
    locked: str = ""


def least(years, predikat):
    return {"years": years, "least": predikat}


REQUIREMENT = Shape(
    (
        Part("Tahun terakhir berturut-turut", Whole(1, 5, "tahun"), "years"),
        Part("Predikat paling rendah", Choice(PREDIKATS), "least"),
    )
)

OUTCOME_RULES = {
    "credit_percentages": Started(
        "Persentase angka kredit menurut predikat",
        listed(Whole(0, 200, "%"), *PREDIKATS),
        "Konversi predikat ke angka kredit",
        PERCENTAGES,
        "Predikat dikonversi menjadi persentase koefisien angka kredit tahunan",
        CREDIT_LAW,
        CREDIT_IN_FORCE,
    ),
    "credit_coefficients": Started(
        "Koefisien angka kredit setiap tahun menurut jenjang",
        listed(Amount("0", "100"), *LEVELS),
        "Konversi predikat ke angka kredit",
        COEFFICIENTS,
        "Angka kredit tahunan adalah persentase predikat kali koefisien jenjang",
        f"{CREDIT_LAW}; Muda, Utama, dan Pemula perlu dipastikan BKPSDM",
        CREDIT_IN_FORCE,
    ),
    "credit_needs": Started(
        "Kebutuhan angka kredit kumulatif",
        tabled(Amount("0", "1000", optional=True), rows=LEVELS, columns=NEEDS, head="Jenjang"),
        "Penetapan angka kredit (PAK)",
        {
            f"{level}.{kind}": need
            for level, needs in NEEDED.items()
            for (kind, _), need in zip(NEEDS, needs, strict=True)
        },
        "Angka kredit kumulatif dalam jenjang yang diperlukan untuk naik pangkat dan jenjang",
        CREDIT_LAW,
        CREDIT_IN_FORCE,
    ),
    "credit_days_of_a_month": Started(
        "Hari bertugas agar satu bulan dihitung",
        simple(Whole(1, 28, "hari")),
        "Bulan dalam konversi angka kredit",
        15,
        "Satu bulan dihitung bila pejabat fungsional bertugas di jenjang itu sedikitnya sekian hari",
        "Ditetapkan BKPSDM; PermenPANRB 1/2023 tidak menyebut jumlah harinya",
        CREDIT_IN_FORCE,
    ),
    "credit_copies": Started(
        "Tembusan formulir angka kredit",
        simple(Words(1000)),
        "Konversi, akumulasi, dan penetapan angka kredit",
        COPIES,
        "Kepada siapa tembusan formulir angka kredit disampaikan",
        "Peraturan BKN 3/2023, contoh formulir; PermenPANRB 1/2023; nama kantor perlu dipastikan BKPSDM",
        CREDIT_IN_FORCE,
    ),
    "promotion_requirement": Started(
        "Syarat kinerja kenaikan pangkat",
        REQUIREMENT,
        "Daftar kenaikan pangkat",
        least(2, "baik"),
        "Kenaikan pangkat meminta predikat paling rendah Baik dalam dua tahun terakhir",
        "PP 30/2019; PermenPANRB 6/2022, Lampiran Bab V, hlm. 117; surat BKD perlu dipastikan BKPSDM",
    ),
    "renewal_requirement": Started(
        "Syarat kinerja perpanjangan perjanjian kerja PPPK",
        REQUIREMENT,
        "Daftar perpanjangan PPPK",
        least(1, "baik"),
        "Perpanjangan perjanjian kerja memakai predikat tahun terakhir",
        "PP 49/2018; PermenPANRB 6/2022; predikat paling rendah perlu dipastikan BKPSDM",
    ),
    "raise_requirement": Started(
        "Syarat kinerja kenaikan gaji berkala (KGB)",
        REQUIREMENT,
        "Daftar kenaikan gaji berkala",
        least(2, "baik"),
        "Kenaikan gaji berkala meminta predikat paling rendah Baik dalam dua tahun terakhir",
        "PP 7/1977 pasal 11; PermenPANRB 6/2022; perlu dipastikan BKPSDM",
    ),
    "succession_requirement": Started(
        "Syarat kinerja prioritas kelompok rencana suksesi",
        REQUIREMENT,
        "Daftar suksesi dan usulan penghargaan",
        least(2, "sangat_baik"),
        "Prioritas rencana suksesi bagi pegawai Sangat Baik dua tahun berturut-turut",
        "PermenPANRB 6/2022 pasal 31; PermenPANRB 3/2020; jumlah tahun perlu dipastikan BKPSDM",
    ),
    "reward_requirement": Started(
        "Syarat kinerja usulan penghargaan",
        REQUIREMENT,
        "Daftar usulan penghargaan",
        least(1, "sangat_baik"),
        "Penghargaan dapat diusulkan bagi pegawai yang Sangat Baik pada tahun terakhir",
        "PermenPANRB 6/2022 pasal 31; jumlah tahun perlu dipastikan BKPSDM",
    ),
    "talent_performance": Started(
        "Predikat menjadi sumbu kinerja kotak talenta",
        listed(Choice(PERFORMANCE), *PREDIKATS),
        "Kotak talenta",
        {
            "sangat_baik": "above",
            "baik": "meets",
            "butuh_perbaikan": "below",
            "kurang": "below",
            "sangat_kurang": "below",
        },
        "Predikat tahunan menentukan letak pegawai pada sumbu kinerja",
        "PermenPANRB 3/2020; pemetaan lima ke tiga tingkat perlu dipastikan BKPSDM",
    ),
    "talent_boxes": Started(
        "Nomor sembilan kotak talenta",
        tabled(Whole(1, 9), rows=PERFORMANCE, columns=POTENTIAL, head="Kinerja ↓, potensial →"),
        "Kotak talenta",
        {f"{performance}.{potential}": box for (performance, potential), box in BOXES.items()},
        "Pertemuan kinerja dan potensial menjadi nomor kotak",
        "PermenPANRB 3/2020",
        locked="Nomor kotak mengikuti PermenPANRB 3/2020. Berubah hanya bersama versi baru program.",
    ),
    "potential_years": Started(
        "Hasil asesmen potensi dipakai selama",
        simple(Whole(1, 10, "tahun")),
        "Kotak talenta",
        3,
        "Sesudah sekian tahun hasil asesmen potensi tidak dipakai lagi",
        "Ditetapkan BKPSDM; PermenPANRB 3/2020 tidak menyebut jumlah tahunnya",
    ),
    "allowance_factor": Started(
        "Faktor tunjangan menurut predikat",
        listed(Whole(0, 100, "%"), *PREDIKATS),
        "Daftar faktor tunjangan setiap bulan",
        {"sangat_baik": 100, "baik": 100, "butuh_perbaikan": 70, "kurang": 40, "sangat_kurang": 0},
        "Persentase bagian kinerja dari tunjangan menurut predikat; besaran uang tidak dihitung di sini",
        "PermenPANRB 6/2022 pasal 32; PP 12/2019 pasal 58; persentase contoh, harus dipastikan BKPSDM",
    ),
}
