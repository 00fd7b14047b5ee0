"""What goes on in the open quarter: steps agreed on, lines of progress, feedback by colleagues, and an answer.

The midwife's is told in full; the others of her puskesmas note a little, so that the head has a team to look at and
some feedback to give.
"""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from agencies.people.reporting_line import appraiser_on, subordinates_on
from appraisal.monitoring.actions import (
    agree_steps,
    answer_feedback,
    ask_for_feedback,
    give_feedback,
    note_progress,
    save_step,
    state_progress,
)
from appraisal.rulebook.queries import behaviour_values

# By result of the midwife's plan: (step, days until it is due, agreed).
STEPS = (
    (0, "Menyusun jadwal kelas ibu hamil bersama kader", 14, True),
    (0, "Mendata ibu hamil yang belum memeriksakan diri per posyandu", 30, True),
    (1, "Melatih komunikasi yang ramah saat pertolongan persalinan", 45, True),
    (2, "Memeriksa kelengkapan rekam medis setiap Jumat", 60, False),
)
# (days ago, result, text, whether an amount is counted, with a photo)
PROGRESS = (
    (1, 0, "Kelas ibu hamil di Posyandu Melati; tiga ibu baru terdaftar.", True, True),
    (2, 3, "Data SICANTIK minggu ini selesai dimutakhirkan.", False, False),
    (4, 1, "Dua persalinan ditangani bersama bidan mahir tanpa kesalahan.", False, False),
    (7, 0, "Kunjungan rumah ke lima ibu hamil risiko tinggi.", True, False),
    (9, 2, "Rekam medis ANC minggu lalu lengkap.", False, False),
)
PEER_WORDS = "Membagi pengetahuan dengan sabar. Akan lebih baik bila jadwal kelas dibagikan lebih awal."
ANSWER = "Terima kasih. Mulai bulan depan jadwal saya bagikan setiap tanggal 25."


def carry_on(skp, period, today):
    """The midwife's open quarter."""
    employee, appraiser = skp.employee.user, appraiser_on(skp.employee, today).user
    results = list(skp.results.all())
    agree_on_steps(skp, results, today, employee, appraiser)
    for ago, place, text, counts, with_photo in PROGRESS:
        day = max(today - timedelta(days=ago), period.starts_on)
        result = results[place]
        facts = first_measure(result) if counts else {}
        note_progress(
            result, day=day, text=text, by=employee, upload=photo() if with_photo else None, **facts
        )
    peer = peer_of(skp, today)
    if peer is None:
        return
    values = {value.position: value for value in behaviour_values()}
    said = give_feedback(
        skp,
        period=period,
        giver="peer",
        tone="mixed",
        text=PEER_WORDS,
        given_on=today,
        by=peer,
        value=values[7],
    )
    answer_feedback(said, text=ANSWER, by=employee)
    ask_for_feedback(
        skp.employee, asked=peer.employee, text="Cara saya memimpin kelas ibu hamil bulan ini", by=employee
    )
    state_progress(
        skp,
        period=period,
        shows_progress=True,
        follow_ups=["appreciate"],
        by=appraiser,
        note="Kunjungan rumah dipertahankan.",
    )


def agree_on_steps(skp, results, today, employee, appraiser):
    for place, text, days, is_agreed in STEPS:
        due_on = min(today + timedelta(days=days), skp.ends_on)
        step = save_step(results[place], text=text, due_on=due_on, by=employee)
        if is_agreed:
            agree_steps(skp, by=appraiser, seen={step.pk: step.version})


def note_a_little(skp, period, today, number):
    """One line for somebody else's first result, on a day of his own."""
    day = max(today - timedelta(days=number % 12), period.starts_on)
    result = skp.results.all()[0]
    note_progress(
        result, day=day, text=f"{result.statement[:90]}: berjalan sesuai rencana.", by=skp.employee.user
    )


def first_measure(result):
    indicator = next((one for one in result.indicators.all() if one.is_numeric), None)
    return {"indicator": indicator, "amount": Decimal(5)} if indicator else {}


def peer_of(skp, day):
    """A colleague under the same leader, who has an account."""
    leader = appraiser_on(skp.employee, day)
    peers = subordinates_on(leader, day).exclude(pk=skp.employee_id).select_related("user").order_by("pk")
    return next((peer.user for peer in peers if peer.user_id), None)


def photo():
    """A picture that nobody is on."""
    picture = Image.new("RGB", (480, 320), "#0b5c73")
    ImageDraw.Draw(picture).rectangle((120, 80, 360, 240), fill="#f6f3ee")
    out = BytesIO()
    picture.save(out, "JPEG")
    return SimpleUploadedFile("kelas-ibu.jpg", out.getvalue(), content_type="image/jpeg")
