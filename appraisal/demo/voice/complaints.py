"""Four letters of citizens in four states, and one that was merged: taken in and handled by the demo's own officers."""

from agencies.people.models import User
from feedback.complaints import actions
from feedback.complaints.models import Complaint
from feedback.complaints.reference_data import fill
from feedback.services.models import Service

from ..people import address_of

Identity, Kind = Complaint.Identity, Complaint.Kind


def write_letters():
    fill()
    manager = User.objects.get(email=address_of("admin.dinkes"))
    service = Service.objects.select_related("unit").get(slug="pelayanan-ibu-dan-anak")
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
