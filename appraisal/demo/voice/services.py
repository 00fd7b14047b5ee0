"""The standards of the demo's services, a counter with its officer, a sheet of codes, and how many were served."""

from datetime import timedelta

from agencies.people.models import User
from feedback.services.actions.catalogue import change_service, count_users
from feedback.services.actions.counters import add_counter, put_on_duty
from feedback.services.actions.sheets import make_sheet
from feedback.services.models import Service
from feedback.services.periods import quarter_of

from ..organisation import CLINIC_SERVICE
from ..people import address_of

COMPLAINTS = (
    "Di loket, di kotak saran, atau di halaman “Pengaduan”. Pengaduan dijawab paling lama 5 hari kerja."
)
STANDARDS = {
    CLINIC_SERVICE: {
        "requirements": "KTP atau kartu keluarga\nBuku KIA\nKartu BPJS Kesehatan bila ada",
        "procedure": "Ambil nomor antrean\nDaftar di loket\nPemeriksaan di ruang KIA\nAmbil obat atau vitamin",
        "duration": "Paling lama 60 menit sejak mendaftar",
        "cost": "Gratis bagi peserta BPJS Kesehatan dan warga Kota Ambon",
        "product": "Pemeriksaan, imunisasi, dan catatan di buku KIA",
        "complaints": COMPLAINTS,
        "opening_hours": "Senin–Sabtu, 08.00–13.00 WIT",
        "place": "Puskesmas Teluk Dalam, lantai 1, ruang KIA",
    },
    "ktp-dan-kartu-keluarga": {
        "requirements": "Kartu keluarga lama\nSurat keterangan yang mengubah data, misalnya akta kelahiran",
        "procedure": "Ambil nomor antrean\nSerahkan berkas di loket\nPerekaman atau pemeriksaan data\nAmbil dokumen",
        "duration": "1 hari kerja sejak berkas lengkap",
        "cost": "Gratis",
        "product": "KTP elektronik atau kartu keluarga",
        "complaints": COMPLAINTS,
        "opening_hours": "Senin–Jumat, 08.00–15.00 WIT",
        "place": "Kantor Dinas Kependudukan dan Pencatatan Sipil, lantai 1",
    },
}
# (service, counter, post of its officer)
COUNTERS = (
    (CLINIC_SERVICE, "Loket Pendaftaran", "loket"),
    (CLINIC_SERVICE, "Ruang KIA", "bidan-penyelia"),
    ("ktp-dan-kartu-keluarga", "Loket 1", None),
)
USERS = {CLINIC_SERVICE: 1240, "ktp-dan-kartu-keluarga": 5310, "surat-keterangan-kelurahan": 96}


def keep_services(people, today):
    """By the managers of the agency and of the city; the village's standard is not written yet."""
    city = User.objects.get(email=address_of("organisasi"))
    services = {service.slug: service for service in Service.objects.select_related("unit")}
    for slug, texts in STANDARDS.items():
        change_service(services[slug], seen=1, by=city, **texts)
    quarter = quarter_of(today)
    start, last = quarter.start, quarter.preceding()
    counters = []
    for slug, name, post in COUNTERS:
        counter = add_counter(services[slug], name=name, by=city)
        counters.append(counter)
        if post:
            put_on_duty(counter, employee=people[post][0], start=start, by=city)
    for slug, users in USERS.items():
        count_users(services[slug], year=last.year, quarter=last.number, users=users, by=city)
    make_sheet(
        services[CLINIC_SERVICE],
        key="demo",
        count=16,
        first_day=today,
        last_day=today + timedelta(days=4),
        counter=counters[0],
        by=User.objects.get(email=address_of("admin.dinkes")),
    )
