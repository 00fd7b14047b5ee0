"""The columns of a SIASN export of ASN data ("data utama"), as a reference table.

The headings and their order were compiled from public sources: programs on public code hosts that read such a file
(e.g. the list of expected headings in an importer, 69 columns from PNS ID to ESELON NAMA, seen in 2026). BKN
publishes no specification. The order is documentation only: a file is recognised by its headings, in any order, and
columns that are not in `NEEDED` are left unread.

Personal data are kept to the minimum (UU 27/2022 Art. 16(2)a, 20): of the 69 columns twelve are read, and of those
the birth date and the kedudukan hukum only to hold them against the rest. NIK, religion, marital state, address,
telephone number, NPWP and BPJS are never read.
"""

from agencies.people.models import Employee

from .columns import Column, Layout, day, email, known_nip, name, nip, text_up_to

HEADINGS = (
    "PNS ID", "NIP BARU", "NIP LAMA", "NAMA", "GELAR DEPAN", "GELAR BELAKANG", "TEMPAT LAHIR ID", "TEMPAT LAHIR NAMA",
    "TANGGAL LAHIR", "JENIS KELAMIN", "AGAMA ID", "AGAMA NAMA", "JENIS KAWIN ID", "JENIS KAWIN NAMA", "NIK",
    "NOMOR HP", "EMAIL", "EMAIL GOV", "ALAMAT", "NPWP NOMOR", "BPJS", "JENIS PEGAWAI ID", "JENIS PEGAWAI NAMA",
    "KEDUDUKAN HUKUM ID", "KEDUDUKAN HUKUM NAMA", "STATUS CPNS PNS", "KARTU ASN VIRTUAL", "NOMOR SK CPNS",
    "TANGGAL SK CPNS", "TMT CPNS", "NOMOR SK PNS", "TANGGAL SK PNS", "TMT PNS", "GOL AWAL ID", "GOL AWAL NAMA",
    "GOL AKHIR ID", "GOL AKHIR NAMA", "TMT GOLONGAN", "MK TAHUN", "MK BULAN", "JENIS JABATAN ID",
    "JENIS JABATAN NAMA", "JABATAN ID", "JABATAN NAMA", "TMT JABATAN", "TINGKAT PENDIDIKAN ID",
    "TINGKAT PENDIDIKAN NAMA", "PENDIDIKAN ID", "PENDIDIKAN NAMA", "TAHUN LULUS", "KPKN ID", "KPKN NAMA",
    "LOKASI KERJA ID", "LOKASI KERJA NAMA", "UNOR ID", "UNOR NAMA", "INSTANSI INDUK ID", "INSTANSI INDUK NAMA",
    "INSTANSI KERJA ID", "INSTANSI KERJA NAMA", "SATUAN KERJA INDUK ID", "SATUAN KERJA INDUK NAMA",
    "SATUAN KERJA KERJA ID", "SATUAN KERJA KERJA NAMA", "IS VALID NIK", "NAMA SEKOLAH", "FLAG IKD", "ESELON ID",
    "ESELON NAMA",
)  # fmt: skip
TELLS_SIASN = "nip baru"
PART_TIME = "paruh waktu"
CPNS = ("c", "cpns")


NEEDED = (
    Column("nip", "NIP BARU", True, nip, "Nomor Induk Pegawai, atau NI PPPK.", "198609262015051001"),
    Column("name", "NAMA", True, name, "Nama tanpa gelar.", "CONTOH PEGAWAI"),
    Column("front", "GELAR DEPAN", False, text_up_to(40), "Gelar di depan nama.", "dr."),
    Column("back", "GELAR BELAKANG", False, text_up_to(60), "Gelar di belakang nama.", "A.Md.Keb."),
    Column("born", "TANGGAL LAHIR", False, day, "Dibandingkan dengan NIP; tidak disimpan.", "26-09-1986", is_date=True),
    Column(
        "standing", "KEDUDUKAN HUKUM NAMA", False, text_up_to(120),
        "Menunjukkan siapa yang tidak aktif dan siapa PPPK Paruh Waktu; tidak disimpan.", "Aktif",
    ),
    Column("kind", "STATUS CPNS PNS", False, text_up_to(40), "C untuk CPNS, P untuk PNS.", "P"),
    Column("rank", "GOL AKHIR NAMA", False, text_up_to(60), "Golongan sekarang.", "III/c"),
    Column("post", "JABATAN NAMA", True, text_up_to(200), "Nama jabatan, sama dengan nama di sistem ini.", "Bidan"),
    Column("unit", "UNOR NAMA", True, text_up_to(200), "Nama unit kerja, sama dengan nama di sistem ini.", "Puskesmas"),
    Column("start", "TMT JABATAN", True, day, "Hari pertama di jabatan itu.", "02-01-2026", is_date=True),
    Column("email", "EMAIL GOV", False, email, "Alamat surel dinas.", "contoh@ambon.test"),
)  # fmt: skip


def facts_of(values):
    """The facts of an Entry: titles joined to the name, the kind from NIP, status and kedudukan hukum."""
    front, back = values["front"], values["back"]
    full_name = " ".join(filter(None, [front, values["name"]])) + (f", {back}" if back else "")
    facts = {
        key: values[key] for key in ("nip", "rank", "post", "unit", "start", "email", "born", "standing")
    }
    return facts | {"name": full_name, "kind": kind_of(values), "end": None}


def kind_of(values):
    if known_nip(values["nip"]).kind == "PPPK":
        is_part_time = PART_TIME in f"{values['standing']} {values['kind']}".lower()
        return Employee.Kind.PPPK_PART_TIME if is_part_time else Employee.Kind.PPPK
    return Employee.Kind.CPNS if (values["kind"] or "").lower() in CPNS else Employee.Kind.PNS


SIASN = Layout("siasn", "ekspor SIASN", NEEDED, complete=facts_of, by_name=True, ignores_others=True)
