"""The official questionnaire of the citizens' survey (PermenPANRB 14/2017, annex), in the order it is asked."""

from datetime import date

from .elements import Element, Kind
from .models import Question, Questionnaire

OFFICIAL = "Kuesioner SKM sembilan unsur"
VALID_FROM = date(2017, 5, 1)
FITTING = ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai")

# (element, question, answers 1 to 4, what it means in plain words, the same in Melayu Ambon).
# The form asks about facilities before complaints; the annex the other way round.
QUESTIONS = (
    (
        Element.REQUIREMENTS,
        "Bagaimana pendapat Anda tentang kesesuaian persyaratan pelayanan dengan jenis pelayanannya?",
        FITTING,
        "Apakah surat dan syarat yang diminta memang perlu?",
        "Surat-surat yang dong minta tu memang perlu ka?",
    ),
    (
        Element.PROCEDURE,
        "Bagaimana pemahaman Anda tentang kemudahan prosedur pelayanan di unit ini?",
        ("Tidak mudah", "Kurang mudah", "Mudah", "Sangat mudah"),
        "Apakah langkah-langkahnya mudah diikuti?",
        "Urusannya gampang ka, seng bolak-balik?",
    ),
    (
        Element.TIME,
        "Bagaimana pendapat Anda tentang kecepatan waktu dalam memberikan pelayanan?",
        ("Tidak cepat", "Kurang cepat", "Cepat", "Sangat cepat"),
        "Apakah Anda dilayani tanpa menunggu lama?",
        "Dapa layani capat ka, seng tunggu lama?",
    ),
    (
        Element.COST,
        "Bagaimana pendapat Anda tentang kewajaran biaya atau tarif dalam pelayanan?",
        ("Sangat mahal", "Cukup mahal", "Murah", "Gratis"),
        "Apakah biayanya pantas? Pilih “Gratis” bila Anda tidak membayar.",
        "Bayarannya pantas ka? Kalo seng bayar, pilih “Gratis”.",
    ),
    (
        Element.PRODUCT,
        "Bagaimana pendapat Anda tentang kesesuaian produk pelayanan antara yang tercantum dalam standar pelayanan"
        " dan hasil yang diberikan?",
        FITTING,
        "Apakah yang Anda terima sesuai dengan yang dijanjikan?",
        "Yang katong dapa sama deng yang dong janji ka?",
    ),
    (
        Element.COMPETENCE,
        "Bagaimana pendapat Anda tentang kompetensi atau kemampuan petugas dalam pelayanan?",
        ("Tidak kompeten", "Kurang kompeten", "Kompeten", "Sangat kompeten"),
        "Apakah petugas mengerti pekerjaannya?",
        "Petugas tau dong pung karja ka?",
    ),
    (
        Element.BEHAVIOUR,
        "Bagaimana pendapat Anda tentang perilaku petugas dalam hal kesopanan dan keramahan?",
        ("Tidak sopan dan ramah", "Kurang sopan dan ramah", "Sopan dan ramah", "Sangat sopan dan ramah"),
        "Apakah petugas sopan dan ramah kepada Anda?",
        "Petugas sopan deng manis bahasa ka?",
    ),
    (
        Element.FACILITIES,
        "Bagaimana pendapat Anda tentang kualitas sarana dan prasarana?",
        ("Buruk", "Cukup", "Baik", "Sangat baik"),
        "Apakah tempat dan peralatannya bersih, nyaman, dan berfungsi?",
        "Tampa deng barang-barangnya barsih deng bae ka?",
    ),
    (
        Element.COMPLAINTS,
        "Bagaimana pendapat Anda tentang penanganan pengaduan pengguna layanan?",
        ("Tidak ada", "Ada tetapi tidak berfungsi", "Berfungsi kurang maksimal", "Dikelola dengan baik"),
        "Apakah ada tempat mengadu, dan apakah aduan ditanggapi?",
        "Ada tampa mangadu ka, deng dong balas ka?",
    ),
)


def fill():
    """Add the official questionnaire when it is missing; one that was edited stays as it is."""
    questionnaire, is_new = Questionnaire.objects.get_or_create(
        kind=Kind.GENERAL,
        valid_from=VALID_FROM,
        defaults={"name": OFFICIAL, "legal_basis": "PermenPANRB 14/2017, lampiran"},
    )
    if not is_new:
        return
    Question.objects.bulk_create(
        Question(
            questionnaire=questionnaire,
            element=element,
            position=position,
            text=text,
            hint=hint,
            hint_ambon=hint_ambon,
            **{f"option_{value}": words for value, words in enumerate(options, 1)},
        )
        for position, (element, text, options, hint, hint_ambon) in enumerate(QUESTIONS, 1)
    )
