"""The rows and the scale of form B.1.9 (PermenPANRB 6/2022 pages 84-85). Pure."""

MANAGERIAL = (
    "Integritas",
    "Kerjasama",
    "Komunikasi",
    "Orientasi pada Hasil",
    "Pelayanan Publik",
    "Pengembangan Diri dan Orang Lain",
    "Mengelola Perubahan",
    "Pengambilan Keputusan",
)
SOCIOCULTURAL = ("Perekat dan Pemersatu Bangsa",)
MOST_TECHNICAL = 10

# (score, label, official description)
SCALE = (
    (
        1,
        "Sangat Kurang",
        "Diberikan apabila pegawai yang dinilai kompetensinya jauh di bawah standar kompetensi yang dipersyaratkan"
        " pada jabatan pegawai bersangkutan (tidak ada indikator kompetensi yang dipenuhi).",
    ),
    (
        2,
        "Kurang memadai",
        "Diberikan apabila pegawai yang dinilai kompetensinya di bawah standar kompetensi yang dipersyaratkan pada"
        " jabatan pegawai yang bersangkutan (1–2 indikator kompetensi yang dipenuhi).",
    ),
    (
        3,
        "Memadai",
        "Diberikan apabila pegawai yang dinilai kompetensinya sesuai standar kompetensi yang dipersyaratkan pada"
        " jabatan pegawai yang bersangkutan (3 indikator kompetensi yang dipenuhi).",
    ),
    (
        4,
        "Di atas memadai",
        "Diberikan apabila pegawai yang dinilai kompetensinya di atas standar kompetensi yang dipersyaratkan pada"
        " jabatan pegawai yang bersangkutan (3 indikator kompetensi dipenuhi dan menunjukkan perilaku di atas level"
        " kompetensinya).",
    ),
    (
        5,
        "Istimewa",
        "Diberikan apabila pegawai yang dinilai kompetensinya jauh di atas standar kompetensi yang dipersyaratkan"
        " pada jabatan pegawai yang bersangkutan (3 indikator perilaku dipenuhi dan menunjukkan perilaku jauh di"
        " atas level kompetensinya).",
    ),
)
LABELS = {score: label for score, label, _ in SCALE}


def fixed_rows():
    """[(group, position, name)] of the rows that every review has."""
    return [
        *(("managerial", position, name) for position, name in enumerate(MANAGERIAL, start=1)),
        *(("sociocultural", position, name) for position, name in enumerate(SOCIOCULTURAL, start=1)),
    ]
