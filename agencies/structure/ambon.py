"""The agencies of Ambon as a first list: what an office then mends on the pages. No names of persons.

Confirmed is what press or government sources of 2025-2026 name; the rest is the usual shape of a city and waits for
somebody who knows. Kecamatan and kelurahan: Buku Putih Sanitasi Kota Ambon 2012 (20 kelurahan in four of the five
kecamatan). Desa and negeri have no units here: their heads are no ASN.
"""

from datetime import date

FIRST_DAY = date(
    2017, 1, 1
)  # the first year of the agencies under PP 18/2016; the day itself is not confirmed

# (code, code of the parent, kind, name, confirmed)
CITY = ("KOTA", None, "city", "Pemerintah Kota Ambon", True)
AGENCIES = (
    ("SETDA", "Sekretariat Daerah", "Sekretaris Daerah", True),
    ("SETWAN", "Sekretariat Dewan Perwakilan Rakyat Daerah", "Sekretaris DPRD", True),
    ("INSPEKTORAT", "Inspektorat", "Inspektur", True),
    ("DISDIK", "Dinas Pendidikan", "", True),
    ("DINKES", "Dinas Kesehatan", "", True),
    ("DPUPR", "Dinas Pekerjaan Umum dan Penataan Ruang", "", True),
    ("DINSOS", "Dinas Sosial", "", True),
    ("DISHUB", "Dinas Perhubungan", "", True),
    ("DISNAKERTRANS", "Dinas Tenaga Kerja dan Transmigrasi", "", False),
    ("DISPORA", "Dinas Pemuda dan Olahraga", "", True),
    ("DLHP", "Dinas Lingkungan Hidup dan Persampahan", "", True),
    ("DAMKAR", "Dinas Pemadam Kebakaran dan Penyelamatan", "", True),
    ("SATPOLPP", "Satuan Polisi Pamong Praja", "", True),
    ("DISKOMINFO", "Dinas Komunikasi, Informatika, dan Persandian", "", True),
    ("DISPARBUD", "Dinas Pariwisata dan Kebudayaan", "", True),
    ("DISKAN", "Dinas Perikanan", "", True),
    ("DISPERINDAG", "Dinas Perindustrian dan Perdagangan", "", True),
    ("DISKOPUKM", "Dinas Koperasi, Usaha Mikro, Kecil, dan Menengah", "", True),
    ("DISPUSIP", "Dinas Perpustakaan dan Kearsipan", "", True),
    ("BKPSDM", "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia", "", True),
    ("BPBD", "Badan Penanggulangan Bencana Daerah", "Kepala Pelaksana BPBD", True),
    ("DPRKP", "Dinas Perumahan Rakyat dan Kawasan Permukiman", "", False),
    ("DUKCAPIL", "Dinas Kependudukan dan Pencatatan Sipil", "", False),
    ("DPMPTSP", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", "", False),
    ("DP3AMD", "Dinas Pemberdayaan Perempuan, Perlindungan Anak, Masyarakat, dan Desa", "", False),
    ("DPPKB", "Dinas Pengendalian Penduduk dan Keluarga Berencana", "", False),
    ("DISTANKP", "Dinas Pertanian dan Ketahanan Pangan", "", False),
    ("BAPPEDA", "Badan Perencanaan Pembangunan Daerah dan Penelitian Pengembangan", "", False),
    ("BPKAD", "Badan Pengelola Keuangan dan Aset Daerah", "", False),
    ("BPPRD", "Badan Pengelola Pajak dan Retribusi Daerah", "", False),
    ("KESBANGPOL", "Badan Kesatuan Bangsa dan Politik", "", False),
)

# Posts of the Sekretariat Daerah beside its head: (code, name, code of the superior post)
ASSISTANTS = (
    ("asisten-1", "Asisten Pemerintahan dan Kesejahteraan Rakyat", "sekda"),
    ("asisten-2", "Asisten Perekonomian dan Pembangunan", "sekda"),
    ("asisten-3", "Asisten Administrasi Umum", "sekda"),
    ("staf-ahli-pembangunan", "Staf Ahli Bidang Pembangunan", "wali-kota"),
)
# Units of the Sekretariat Daerah: (code, name, code of the superior post of its head, confirmed)
DIVISIONS = (
    ("BAG-TAPEM", "Bagian Tata Pemerintahan", "asisten-1", False),
    ("BAG-HUKUM", "Bagian Hukum", "asisten-1", False),
    ("BAG-KESRA", "Bagian Kesejahteraan Rakyat", "asisten-1", False),
    ("BAG-EKONOMI", "Bagian Perekonomian", "asisten-2", False),
    ("BAG-ADPEM", "Bagian Administrasi Pembangunan", "asisten-2", False),
    ("BAG-PBJ", "Bagian Pengadaan Barang dan Jasa", "asisten-2", False),
    ("BAG-ORTALA", "Bagian Organisasi dan Tata Laksana", "asisten-3", True),
    ("BAG-UMUM", "Bagian Umum", "asisten-3", False),
    ("BAG-PROTOKOL", "Bagian Protokol dan Komunikasi Pimpinan", "asisten-3", False),
    ("BAG-RENKEU", "Bagian Perencanaan dan Keuangan", "asisten-3", False),
)
# {(code, kecamatan): its kelurahan}; one source puts Silale elsewhere, so it waits to be confirmed
DISTRICTS = {
    ("NUSANIWE", "Nusaniwe"): (
        "Benteng", "Kudamati", "Mangga Dua", "Nusaniwe", "Silale", "Urimessing", "Waihaong", "Wainitu",
    ),
    ("SIRIMAU", "Sirimau"): (
        "Ahusen", "Amantelu", "Batu Gajah", "Batu Meja", "Honipopu", "Karang Panjang", "Pandan Kasturi", "Rijali",
        "Uritetu", "Waihoka",
    ),
    ("TELUK-AMBON", "Teluk Ambon"): ("Tihu",),
    ("BAGUALA", "Teluk Ambon Baguala"): ("Lateri",),
    ("LEITIMUR-SELATAN", "Leitimur Selatan"): (),
}  # fmt: skip
UNCERTAIN = ("Silale",)


def units():
    """(code, code of the parent, kind, name, confirmed) of all units, from above to below."""
    yield CITY
    for code, name, _, confirmed in AGENCIES:
        yield code, "KOTA", "agency", name, confirmed
    for code, name, _, confirmed in DIVISIONS:
        yield code, "SETDA", "unit", name, confirmed
    for (code, name), villages in DISTRICTS.items():
        yield code, "KOTA", "agency", f"Kecamatan {name}", True
        for village in villages:
            yield code_of(village), code, "unit", f"Kelurahan {village}", village not in UNCERTAIN


def posts():
    """(code, code of the unit, name, kind, level, leads the unit, code of the superior post) from above to below."""
    yield "wali-kota", "KOTA", "Wali Kota", "kepala_daerah", "", True, None
    for code, name, head, _ in AGENCIES:
        level = "ii_a" if code == "SETDA" else "ii_b"
        yield head_code(code), code, head or f"Kepala {name}", "jpt", level, True, "wali-kota"
    for code, name, superior in ASSISTANTS:
        yield code, "SETDA", name, "jpt", "ii_b", False, superior
    for code, name, superior, _ in DIVISIONS:
        yield head_code(code), code, f"Kepala {name}", "administrator", "iii_a", True, superior
    for (code, name), villages in DISTRICTS.items():
        yield head_code(code), code, f"Camat {name}", "administrator", "iii_a", True, "sekda"
        for village in villages:
            yield (
                head_code(code_of(village)),
                code_of(village),
                f"Lurah {village}",
                "pengawas",
                "iv_a",
                True,
                head_code(code),
            )


def code_of(village):
    return "KEL-" + village.upper().replace(" ", "-")


def head_code(unit_code):
    return "sekda" if unit_code == "SETDA" else f"pimpinan-{unit_code.lower()}"
