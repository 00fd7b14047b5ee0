"""What came in over the web at the demo's clinic: comments to read, a few answers set aside, one citizen to call.

And a question of its own that the clinic asked in the finished quarter, beside the nine.
"""

from datetime import timedelta

from django.forms.models import model_to_dict

from feedback.citizens.actions import record_response
from feedback.citizens.actions.comments import release_comments
from feedback.citizens.actions.questionnaires import ask
from feedback.citizens.elements import Element, Kind
from feedback.citizens.models import Mark, Questionnaire
from feedback.citizens.queries import questionnaire_on
from feedback.services.models import Service

from ..organisation import CLINIC_SERVICE

COMMENTS = (
    "Antre di pendaftaran lama, terutama hari Senin pagi.",
    "Bidannya ramah dan sabar menjelaskan.",
    "Kursi di ruang tunggu kurang, ibu hamil ada yang berdiri.",
    "Tolong nomor antrean dipanggil lebih keras.",
    "Kamar mandi bersih, air kadang mati.",
    "Jam buka loket di papan tidak sama dengan kenyataan.",
    "Terima kasih, imunisasi anak saya cepat selesai.",
)
WAITING_ROOM = {
    "element": "ruang-tunggu",
    "local_label": "Kenyamanan ruang tunggu",
    "text": "Bagaimana pendapat Anda tentang kenyamanan ruang tunggu?",
    "hint": "Misalnya tempat duduk, udara, dan ruang untuk anak.",
    "option_1": "Tidak nyaman",
    "option_2": "Kurang nyaman",
    "option_3": "Nyaman",
    "option_4": "Sangat nyaman",
}
SAT_THERE = (4, 3, 2, 3, 4, 3, 1)  # one answer after the other
FOUR_SET_ASIDE = [[Mark.TOO_FAST]] * 3 + [[Mark.COPIED]]


def ask_about_the_waiting_room(quarter):
    """The questionnaire with the clinic's own question, for that quarter's answers alone."""
    usual = questionnaire_on(quarter.start)
    version = Questionnaire.objects.create(
        kind=Kind.FREE,
        name="Kuesioner SKM dengan ruang tunggu",
        legal_basis=usual.legal_basis,
        valid_from=quarter.start,
    )
    nine = [
        model_to_dict(each, exclude=("id", "questionnaire", "position")) for each in usual.questions.all()
    ]
    ask(version, [*nine, WAITING_ROOM])
    return version


def said_of_the_waiting_room(number):
    return {WAITING_ROOM["element"]: SAT_THERE[number % len(SAT_THERE)]}


def receive_comments(today):
    service = Service.objects.get(slug=CLINIC_SERVICE)
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
