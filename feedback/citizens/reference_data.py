"""The official questionnaire of the citizens' survey (PermenPANRB 14/2017, annex), in the order it is asked."""

from datetime import date

from .elements import Element
from .models import Question, Questionnaire

OFFICIAL = "Kuesioner SKM sembilan unsur"
VALID_FROM = date(2017, 5, 1)
FITTING = ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai")

# (element, question, answers 1 to 4). The form asks about facilities before complaints; the annex the other way round.
QUESTIONS = (
    (
        Element.REQUIREMENTS,
        "Bagaimana pendapat Anda tentang kesesuaian persyaratan pelayanan dengan jenis pelayanannya?",
        FITTING,
    ),
    (
        Element.PROCEDURE,
        "Bagaimana pemahaman Anda tentang kemudahan prosedur pelayanan di unit ini?",
        ("Tidak mudah", "Kurang mudah", "Mudah", "Sangat mudah"),
    ),
    (
        Element.TIME,
        "Bagaimana pendapat Anda tentang kecepatan waktu dalam memberikan pelayanan?",
        ("Tidak cepat", "Kurang cepat", "Cepat", "Sangat cepat"),
    ),
    (
        Element.COST,
        "Bagaimana pendapat Anda tentang kewajaran biaya atau tarif dalam pelayanan?",
        ("Sangat mahal", "Cukup mahal", "Murah", "Gratis"),
    ),
    (
        Element.PRODUCT,
        "Bagaimana pendapat Anda tentang kesesuaian produk pelayanan antara yang tercantum dalam standar pelayanan"
        " dan hasil yang diberikan?",
        FITTING,
    ),
    (
        Element.COMPETENCE,
        "Bagaimana pendapat Anda tentang kompetensi atau kemampuan petugas dalam pelayanan?",
        ("Tidak kompeten", "Kurang kompeten", "Kompeten", "Sangat kompeten"),
    ),
    (
        Element.BEHAVIOUR,
        "Bagaimana pendapat Anda tentang perilaku petugas dalam hal kesopanan dan keramahan?",
        ("Tidak sopan dan ramah", "Kurang sopan dan ramah", "Sopan dan ramah", "Sangat sopan dan ramah"),
    ),
    (
        Element.FACILITIES,
        "Bagaimana pendapat Anda tentang kualitas sarana dan prasarana?",
        ("Buruk", "Cukup", "Baik", "Sangat baik"),
    ),
    (
        Element.COMPLAINTS,
        "Bagaimana pendapat Anda tentang penanganan pengaduan pengguna layanan?",
        ("Tidak ada", "Ada tetapi tidak berfungsi", "Berfungsi kurang maksimal", "Dikelola dengan baik"),
    ),
)


def fill():
    """Add the official questionnaire when it is missing; one that was edited stays as it is."""
    questionnaire, is_new = Questionnaire.objects.get_or_create(
        valid_from=VALID_FROM, defaults={"name": OFFICIAL, "legal_basis": "PermenPANRB 14/2017, lampiran"}
    )
    if not is_new:
        return
    Question.objects.bulk_create(
        Question(
            questionnaire=questionnaire,
            element=element,
            position=position,
            text=text,
            **{f"option_{value}": words for value, words in enumerate(options, 1)},
        )
        for position, (element, text, options) in enumerate(QUESTIONS, 1)
    )
