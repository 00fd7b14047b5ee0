"""Four letters of citizens in four states, and one that was merged: taken in and handled by the demo's own officers.

Those of the finished quarter are put there as they ended, so that its public figures can be seen.
"""

from datetime import timedelta

from agencies.people.models import User
from ambon_kinerja.workdays.queries import working_day_after
from feedback.complaints import actions
from feedback.complaints.actions.publishing import publish_finished
from feedback.complaints.clocks import STOPPED
from feedback.complaints.codes import key_digest
from feedback.complaints.models import Complaint, ComplaintMessage
from feedback.complaints.reference_data import fill
from feedback.services.models import Service

from ..organisation import CLINIC_SERVICE
from ..people import address_of

Identity, Kind = Complaint.Identity, Complaint.Kind
ENDED = {  # service: (kind, text, answer)
    CLINIC_SERVICE: (
        (Kind.COMPLAINT, "Loket pendaftaran baru dibuka pukul sembilan.", "Loket kini dibuka pukul 07.30."),
        (Kind.COMPLAINT, "Kipas angin di ruang tunggu rusak.", "Kipas angin sudah diganti."),
        (Kind.REQUEST, "Hari apa imunisasi campak?", "Setiap Rabu pukul 09.00 sampai 11.00 WIT."),
    ),
    "ktp-dan-kartu-keluarga": (
        (
            Kind.COMPLAINT,
            "Kartu keluarga saya belum jadi sesudah sepuluh hari.",
            "Kartunya sudah dapat diambil.",
        ),
        (Kind.REQUEST, "Apa syarat pindah alamat?", "Kartu keluarga lama dan surat pengantar RT."),
    ),
}
OF_EACH = 9  # letters of a service, enough that no figure is hidden
DAYS = (2, 5, 9, 3, 14, 7, 16)  # working days until the answer, one letter after the other
RATED = (4, 3, 3, 2, 4, 3)


def publish_figures(quarter, today):
    fill()
    for service in Service.objects.select_related("unit").filter(slug__in=ENDED):
        letters = [ended_letter(service, quarter, number) for number in range(OF_EACH)]
        ComplaintMessage.objects.bulk_create(
            ComplaintMessage(
                complaint=letter,
                kind=ComplaintMessage.Kind.ANSWER,
                text=words_of(service, number)[2],
                written_on=letter.answered_on,
                unit=service.unit,
            )
            for number, letter in enumerate(Complaint.objects.bulk_create(letters))
        )
    publish_finished(today)


def words_of(service, number):
    return ENDED[service.slug][number % len(ENDED[service.slug])]


def ended_letter(service, quarter, number):
    kind, text, _ = words_of(service, number)
    received_on = quarter.start + timedelta(days=number * 6)
    days = DAYS[number % len(DAYS)]
    answered_on = working_day_after(received_on, days)
    digest = key_digest(f"demo-{service.slug}-{number}")
    return Complaint(
        **STOPPED,
        kind=kind,
        unit=service.unit,
        service=service,
        text=text,
        identity=Identity.ANONYMOUS,
        received_on=received_on,
        key_digest=digest,
        code_digest=digest,  # of no code: nobody follows it
        state=Complaint.State.DONE,
        answered_on=answered_on,
        answered_in_time=days <= (14 if kind == Kind.COMPLAINT else 5),
        handling_days=days,
        closed_on=answered_on,
        satisfaction=RATED[number % len(RATED)],
        rated_on=answered_on,
    )


def write_letters():
    fill()
    manager = User.objects.get(email=address_of("admin.dinkes"))
    service = Service.objects.select_related("unit").get(slug=CLINIC_SERVICE)
    letter(service, Kind.REQUEST, "Apakah periksa hamil pada hari Sabtu tetap dibuka?", "demo-1")
    lamp = "Lampu tangga menuju ruang KIA mati sejak minggu lalu. Ibu hamil takut jatuh."
    asked = verified(letter(service, Kind.COMPLAINT, lamp, "demo-2"), manager)
    actions.ask(
        asked, text="Tangga sebelah mana, dari pintu depan atau samping?", by=manager, version=asked.version
    )
    queue = "Nomor antrean habis sebelum pukul delapan. Orang dari jauh pulang tanpa dilayani."
    answered = verified(letter(service, Kind.COMPLAINT, queue, "demo-3"), manager)
    twin = letter(service, Kind.COMPLAINT, "Datang pukul delapan lewat, nomor antrean sudah habis.", "demo-4")
    actions.merge(twin, main=answered, by=manager, version=twin.version)
    words = "Mulai Senin dua puluh nomor disimpan untuk warga yang datang sesudah pukul delapan."
    answered.refresh_from_db()
    actions.answer(answered, text=words, by=manager, version=answered.version)
    bench = letter(service, Kind.ASPIRATION, "Mohon tambah bangku di ruang tunggu.", "demo-5")
    bench = verified(bench, manager)
    actions.answer(bench, text="Enam bangku baru dipasang hari ini.", by=manager, version=bench.version)
    actions.accept(bench)
    actions.rate(bench, satisfaction=Complaint.Satisfaction.VERY_GOOD)


def letter(service, kind, text, key):
    given = actions.receive_complaint(
        kind=kind, unit=service.unit, service=service, text=text, identity=Identity.ANONYMOUS, sending_key=key
    )
    return given.complaint


def verified(complaint, manager):
    return actions.verify(complaint, by=manager, version=complaint.version)
