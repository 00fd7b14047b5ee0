"""What a citizen may tell about himself, as on the official form; each may be left out. Pure."""

NOT_TOLD = [("", "Tidak saya sebutkan")]
SEXES = [("P", "Perempuan"), ("L", "Laki-laki")]
AGE_BANDS = [
    ("<20", "Di bawah 20 tahun"),
    ("20-39", "20–39 tahun"),
    ("40-59", "40–59 tahun"),
    ("60+", "60 tahun ke atas"),
]
EDUCATION = [("SD", "SD"), ("SMP", "SMP"), ("SMA", "SMA/SMK"), ("S1", "Diploma/S-1"), ("S2", "S-2 ke atas")]
OCCUPATIONS = [
    ("ASN", "PNS/PPPK"),
    ("TNI/POLRI", "TNI/Polri"),
    ("SWASTA", "Pegawai swasta"),
    ("WIRAUSAHA", "Wirausaha"),
    ("NELAYAN/TANI", "Nelayan/petani"),
    ("LAINNYA", "Lainnya"),
]
DISABILITIES = [("ya", "Ya"), ("tidak", "Tidak")]
CHOICES = {
    "sex": ("Jenis kelamin", SEXES),
    "age_band": ("Usia", AGE_BANDS),
    "education": ("Pendidikan terakhir", EDUCATION),
    "occupation": ("Pekerjaan", OCCUPATIONS),
    "disability": ("Penyandang disabilitas", DISABILITIES),
}
