"""What was promised after the finished quarter, what became of it, and a problem with a solution that is tried."""

from datetime import timedelta

from django.utils import timezone

from agencies.people.models import User
from feedback.followup.actions import (
    analyse,
    publish_plan,
    realise,
    record_problem,
    save_item,
    start_plan,
    try_solution,
)
from feedback.followup.queries import posts_for, slots_from
from feedback.services.models import Service

from ..organisation import CLINIC_SERVICE
from ..people import address_of

PROGRAMMES = {
    "biaya": "Papan tarif dipasang di pintu masuk: pelayanan ibu dan anak gratis dengan kartu JKN.",
    "prosedur": "Alur pelayanan digambar di satu lembar dan dibagikan di meja pendaftaran.",
    "persyaratan": "Daftar berkas yang perlu dibawa ditempel di ruang tunggu dan diumumkan lewat kader posyandu.",
    "waktu": "Pendaftaran dibuka pukul 07.30 dan nomor antrean diberikan menurut jam kedatangan.",
    "sarana": "Kursi ruang tunggu ditambah sepuluh dan kipas angin diperbaiki.",
}
ELSE = "Petugas berlatih bersama setengah hari, lalu hasilnya dibahas pada lokakarya mini."


def follow_up(quarter):
    """After the results of the quarter are locked."""
    by = User.objects.get(email=address_of("admin.dinkes"))
    service = Service.objects.select_related("unit").get(slug=CLINIC_SERVICE)
    plan = start_plan(service=service, quarter=quarter, by=by)
    post = posts_for(service.unit).filter(leads_unit=True, unit=service.unit).first()
    when = slots_from(quarter)[0][0]
    for item in plan.items.all():
        programme = PROGRAMMES.get(item.element, ELSE)
        save_item(item, version=item.version, programme=programme, when=when, post=post, by=by)
    publish_plan(plan, by=by)
    done, missed, _ = plan.items.all()
    today = timezone.localdate()
    realise(
        done,
        version=done.version,
        outcome="done",
        description="Sudah dipasang dan dijelaskan pada kelas ibu hamil.",
        realised_on=max(quarter.start, today - timedelta(days=3)),
        by=by,
    )
    realise(
        missed,
        version=missed.version,
        outcome="not_done",
        obstacles="Percetakan baru selesai bulan depan.",
        by=by,
    )
    problem = record_problem(
        unit=None,
        service=service,
        source="comments",
        element="waktu",
        title="Antrean imunisasi menumpuk pada Senin pagi",
        text="Banyak keluarga datang pada jam yang sama dan menunggu lebih dari satu jam.",
        is_public=True,
        by=by,
    )
    problem = analyse(
        problem, version=problem.version, cause="Semua posyandu memberi jadwal hari Senin.", by=by
    )
    try_solution(
        problem,
        version=problem.version,
        text="Jadwal imunisasi dibagi menurut kelurahan: Senin, Rabu, dan Jumat.",
        starts_on=quarter.following().start,
        ends_on=quarter.following().end,
        post=post,
        by=by,
    )
