"""What came in over the web at the demo's clinic: comments to read, a few answers set aside, one citizen to call."""

from datetime import timedelta

from feedback.citizens.actions import record_response
from feedback.citizens.actions.comments import release_comments
from feedback.citizens.elements import Element
from feedback.citizens.models import Mark
from feedback.services.models import Service

COMMENTS = (
    "Antre di pendaftaran lama, terutama hari Senin pagi.",
    "Bidannya ramah dan sabar menjelaskan.",
    "Kursi di ruang tunggu kurang, ibu hamil ada yang berdiri.",
    "Tolong nomor antrean dipanggil lebih keras.",
    "Kamar mandi bersih, air kadang mati.",
    "Jam buka loket di papan tidak sama dengan kenyataan.",
    "Terima kasih, imunisasi anak saya cepat selesai.",
)
FOUR_SET_ASIDE = [[Mark.TOO_FAST]] * 3 + [[Mark.COPIED]]


def receive_comments(today):
    service = Service.objects.get(slug="pelayanan-ibu-dan-anak")
    yesterday = today - timedelta(days=1)
    for number, comment in enumerate(COMMENTS):
        record_response(
            service,
            answers={element: 3 + (number + place) % 2 for place, element in enumerate(Element.values)},
            sending_key=f"demo-comment-{number}",
            comment=comment,
            answered_on=yesterday,
            contact="0911-000000" if number == 2 else "",
        )
    for number, marks in enumerate(FOUR_SET_ASIDE):
        record_response(
            service,
            answers=dict.fromkeys(Element.values, 1),
            sending_key=f"demo-set-aside-{number}",
            answered_on=yesterday,
            marks=marks,
        )
    release_comments(today=today)
