"""Feedback by colleagues in the demo city: last quarter's round with its results, and one that asks now."""

from datetime import timedelta
from itertools import cycle

from django.utils import timezone

from agencies.structure.models import Unit
from feedback.colleagues.actions import open_round, prepare_round, reply
from feedback.colleagues.answering import give_answer, values_asked
from feedback.colleagues.closing import close_round
from feedback.colleagues.models import FeedbackInvitation, FeedbackSubject
from feedback.colleagues.reference_data import fill

# What colleagues saw of the seven values; one answer after the other, so that people differ.
SEEN = (
    (4, 3, 3, 4, 4, 2, 3),
    (3, 4, 3, 3, 4, 3, 4),
    (4, 4, 2, 4, 4, 3, 3),
    (3, 3, 4, 2, 4, 0, 4),
    (4, 2, 3, 3, 4, 3, 2),
    (2, 4, 4, 4, 4, 2, 4),
    (4, 3, 3, 3, 4, 4, 3),
)
SAID = (
    "Sabar menghadapi pasien yang datang berulang kali.",
    "",
    "Selalu menyiapkan laporan sebelum diminta.",
    "Kadang lupa memberi kabar bila jadwal jaga berubah.",
    "",
    "Mau mengajari rekan baru memakai aplikasi.",
    "",
    "Baik bila rapat pagi dimulai tepat waktu.",
)
SILENT = 9  # every so many-th does not answer


def ask_colleagues(people, last, current):
    """`last` and `current` are the quarters of the demo."""
    fill()
    office = people["kabid-kinerja"][0].user
    done = begun(last, ("PKM-TELUK",), office)
    answer_all(done)
    close_round(done, by=office, reason="Semua yang mau menjawab sudah menjawab.")
    midwife = people["bidan-penyelia"][0]
    subject = FeedbackSubject.objects.get(round=done, employee=midwife)
    reply(
        subject,
        text="Terima kasih. Perubahan jadwal jaga akan saya kabarkan lebih awal.",
        version=0,
        by=midwife.user,
    )
    begun(current, ("PKM-TELUK", "SD-PESISIR"), office)


def begun(quarter, units, office):
    prepared = prepare_round(
        name=f"Umpan balik rekan {quarter}",
        starts_on=quarter.start,
        ends_on=quarter.end,
        units=list(Unit.objects.filter(code__in=units)),
        choosing="drawn",
        last_day=timezone.localdate() + timedelta(days=14),
        by=office,
    )
    return open_round(prepared, by=office)


def answer_all(opened):
    keys = [value.key for value in values_asked(opened)]
    asked = FeedbackInvitation.objects.filter(subject__round=opened).select_related("rater__user", "subject")
    in_turn = asked.order_by("subject__employee__name", "rater__name")
    for number, (invitation, levels, text) in enumerate(zip(in_turn, cycle(SEEN), cycle(SAID), strict=False)):
        if number % SILENT:
            answers = dict(zip(keys, levels, strict=True))
            give_answer(invitation, answers=answers, text=text, by=invitation.rater.user)
