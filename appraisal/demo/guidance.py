"""One coaching that is over and waits to be reported, and one mentoring under way."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from agencies.people.reporting_line import appraiser_on
from appraisal.guidance.actions import (
    confirm,
    give_opinion,
    open_guidance,
    save_part,
    save_review,
    sign,
)
from appraisal.guidance.competences import fixed_rows

COACHING_OF, MENTORING_OF, MENTOR = "bidan-penyelia", "bidan-mahir", "bidan-penyelia"

COACHING_EMPLOYEE = {
    "tujuan": [
        {
            "indikator": "Jumlah komplain ibu tentang keramahan",
            "baseline": "6 komplain",
            "target": "paling banyak 2 komplain",
            "strategi": "Menyapa lebih dahulu dan menjelaskan setiap tindakan",
        }
    ],
    "fakta": [
        {
            "target_skp": "paling banyak 2 komplain",
            "progres": "4 komplain sampai pertengahan triwulan; dua bidan sudah dilatih menyapa",
            "masalah": "Komplain muncul pada jam ramai",
            "penyebab": "Pendaftaran dan pemeriksaan ditangani orang yang sama",
        }
    ],
    "peluang": "Memisahkan meja pendaftaran pada jam ramai, dan meminta satu tenaga bantuan setiap Senin dan Kamis.",
}
COACHING_GUIDE = {
    "langkah": [
        {
            "indikator": "Jumlah komplain ibu tentang keramahan",
            "strategi": "Meja pendaftaran dipisah; kapuskesmas menugaskan tenaga bantuan mulai minggu depan",
            "penyesuaian": "tidak",
        }
    ]
}
MENTORING_EMPLOYEE = {
    "maksud": "Yakin menangani kegawatdaruratan persalinan. Langkah: mendampingi mentor, lalu menangani sendiri.",
    "tujuan": [
        {
            "keahlian": "Penanganan perdarahan pascapersalinan",
            "jangka_waktu": "3 bulan",
            "perubahan": "Dapat menangani tanpa menunggu bidan penyelia",
            "ukuran": "5 simulasi tanpa kesalahan langkah",
        }
    ],
}
MENTORING_JOURNAL = {
    "jurnal": [
        {
            "waktu_tempat": "Minggu pertama, ruang bersalin",
            "materi": "Mengamati penanganan oleh mentor",
            "rencana_aksi": "Menulis urutan langkah dari pengamatan",
            "target_waktu": "Akhir minggu kedua",
        }
    ]
}
REVIEW_WORDS = {
    3: "Sesuai standar jabatan dalam pengamatan sehari-hari.",
    4: "Menjadi rujukan bidan lain di puskesmas.",
}
STRONG = ("Orientasi pada Hasil", "Pelayanan Publik", "Pengembangan Diri dan Orang Lain")


def guide_people(people, today):
    """Held a week ago and still open: both by the acts of the people themselves."""
    coach(people[COACHING_OF][0], today)
    mentor(people[MENTORING_OF][0], people[MENTOR][0], today)


def coach(employee, today):
    leader = appraiser_on(employee, today)
    guidance = open_guidance(
        employee,
        kind="coaching",
        topic="Komplain tentang keramahan di ruang bersalin",
        guide=None,
        meets_at=morning(today - timedelta(days=7)),
        place="Ruang kepala puskesmas",
        by=leader.user,
    )
    guidance = save_part(
        guidance,
        part="employee",
        content=COACHING_EMPLOYEE,
        version=1,
        by=employee.user,
        is_ready=True,
    )
    guidance = save_part(guidance, part="guide", content=COACHING_GUIDE, version=1, by=leader.user)
    versions = (guidance.employee_version, guidance.guide_version)
    guidance = confirm(sign(guidance, versions=versions, by=leader.user), by=employee.user)
    answers = dict.fromkeys(range(1, 10), ("ya", "")) | {6: ("sebagian", "Kadang langsung memberi jawaban.")}
    give_opinion(guidance, answers=answers, by=employee.user)
    rows = [*fixed_rows(), ("technical", 1, "Asuhan persalinan normal")]
    save_review(
        guidance,
        rows=[scored(*row) for row in rows],
        recommendation="Mengikuti pelatihan komunikasi pelayanan; menjadi mentor bidan mahir.",
        version=0,
        by=leader.user,
        send=True,
    )


def scored(group, position, name):
    score = 4 if name in STRONG else 3
    return {"group": group, "position": position, "name": name, "score": score, "reason": REVIEW_WORDS[score]}


def mentor(employee, guide, today):
    leader = appraiser_on(employee, today)
    guidance = open_guidance(
        employee,
        kind="mentoring",
        topic="Kegawatdaruratan persalinan",
        guide=guide,
        meets_at=morning(today - timedelta(days=3)),
        place="Ruang bersalin",
        by=leader.user,
    )
    guidance = save_part(
        guidance,
        part="employee",
        content=MENTORING_EMPLOYEE,
        version=1,
        by=employee.user,
        is_ready=True,
    )
    save_part(guidance, part="guide", content=MENTORING_JOURNAL, version=1, by=guide.user)


def morning(day):
    return timezone.make_aware(datetime.combine(day, time(9)))
