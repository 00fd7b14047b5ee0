"""What happens in a quarter: realisations, evidence, feedback, evaluations.

The midwife's quarter follows PermenPANRB 6/2022, Anak Lampiran 5 (pages 227–231): good at antenatal care, complaints
about friendliness at births, quick and careful. Everybody else's figures come from a fixed pattern.
"""

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.people.reporting_line import appraiser_on
from appraisal.monitoring.actions import (
    add_evidence_file,
    add_evidence_link,
    give_feedback,
    record_realisations,
)
from appraisal.planning.models import Skp
from appraisal.rulebook.queries import behaviour_values
from appraisal.scoring.actions import acknowledge, finalise, save_draft, start_evaluation
from appraisal.scoring.matrix import Rating
from appraisal.scoring.models import Evaluation
from appraisal.scoring.suggestion import suggested_rating

from .evidence_file import backing_of, small_pdf
from .monitoring import carry_on, note_a_little, peer_of

ABOVE, MEETS, BELOW = Rating.ABOVE, Rating.MEETS, Rating.BELOW

MIDWIFE = "Bidan Penyelia"
# By result, then by indicator; and the rating of each result with the appraiser's words.
MIDWIFE_REALISED = (("100", "100", "3"), ("100", "100", "5"), ("98", "1.5", "2"), ("1.8", "1"))
MIDWIFE_RATINGS = (
    (ABOVE, "Ibu hamil tetap dilayani di luar jam operasional; tidak ada kesalahan tindakan."),
    (MEETS, "Penanganan tanpa kesalahan, tetapi masih ada komplain tentang keramahan."),
    (MEETS, "Rekam medis hampir lengkap dan dilaporkan tepat waktu."),
    (MEETS, "Data SICANTIK mutakhir sehari setelah pemeriksaan."),
)
MIDWIFE_FEEDBACK = (
    (0, "leader", "positive", "Sudah baik, pertahankan. Ibu hamil dipantau agar rutin memeriksakan diri."),
    (
        1,
        "leader",
        "mixed",
        "Ada komplain dari sebagian kecil ibu tentang keramahan. Perbaiki pada triwulan berikutnya.",
    ),
)
MIDWIFE_ON_VALUES = (
    (1, "served", "mixed", "Kurang ramah dalam menangani pasien, tetapi sangat cekatan."),
    (2, "leader", "positive", "Bertanggung jawab dan teliti; hampir tidak pernah salah dalam penanganan."),
    (3, "peer", "positive", "Siap membantu dan membagi pengetahuan kepada bidan mahir dan terampil."),
    (4, "leader", "positive", "Senang membantu rekan kerja."),
    (7, "peer", "positive", "Melibatkan bidan lain dan tidak segan meminta bantuan."),
)

# How far an ordinary plan is from its target, by turn: (share of the target, rating of every result, behaviour).
PATTERNS = (
    ("1.00", MEETS, MEETS),
    ("1.12", ABOVE, ABOVE),
    ("1.02", MEETS, ABOVE),
    ("0.78", BELOW, MEETS),
    ("1.10", ABOVE, MEETS),
)
MISCONDUCT = ("1.01", MEETS, BELOW)
ABSENT_WITHOUT_WORD = 29  # the one plan in which behaviour is below expectation
BEHAVIOUR_WORDS = {
    ABOVE: "Konsisten dan menjadi contoh bagi rekan kerja.",
    MEETS: "Konsisten sesuai nilai dasar.",
    BELOW: "Beberapa kali tidak hadir tanpa kabar; sudah dibicarakan dan dicatat.",
}
WITHOUT_EVALUATION = 17  # every so many-th plan is left unrated, as in life


def agreed_plans(year):
    return list(
        Skp.objects.plans()
        .filter(year=year, state=Skp.State.AGREED)
        .select_related("employee__user", "unit")
        .prefetch_related("results__indicators")
        .order_by("pk")
    )


def work_through(period, today, *, discuss):
    """Everybody records, most are rated and have read their result; `discuss` gets the drafts before they are final."""
    drafts = []
    for number, skp in enumerate(agreed_plans(period.year)):
        appraiser = appraiser_on(skp.employee, today).user
        if skp.post_name == MIDWIFE:
            midwife_records(skp, period, appraiser)
            words = "Cekatan dan teliti; keramahan perlu ditingkatkan."
            drafts.append((None, draft_for(skp, period, appraiser, MIDWIFE_RATINGS, ABOVE, words)))
            continue
        share, rating, behaviour = pattern_of(number)
        record_share(skp, period, Decimal(share))
        comment_on_first_result(skp, period, appraiser, rating)
        if number % WITHOUT_EVALUATION == WITHOUT_EVALUATION - 1:
            continue
        ratings = [(rating, "")] * len(skp.results.all())
        words = BEHAVIOUR_WORDS[behaviour]
        drafts.append((number, draft_for(skp, period, appraiser, ratings, behaviour, words)))
    discuss([draft for _, draft in drafts])
    for number, draft in drafts:
        now = Evaluation.objects.get(pk=draft.pk)
        evaluation = finalise(now, version=now.version, by=draft.appraiser.user)
        if number and number % 3:
            acknowledge(evaluation, by=draft.skp.employee.user)


def pattern_of(number):
    return MISCONDUCT if number == ABSENT_WITHOUT_WORD else PATTERNS[number % len(PATTERNS)]


def begin(period, today):
    """The open quarter: the midwife and every second employee have recorded something; nobody is rated yet."""
    for number, skp in enumerate(agreed_plans(period.year)):
        if skp.post_name == MIDWIFE:
            appraiser = appraiser_on(skp.employee, today).user
            midwife_records(skp, period, appraiser, first_day=today)
            carry_on(skp, period, today)
        elif number % 2 and number % 5:
            record_share(skp, period, Decimal("0.98"))
            note_a_little(skp, period, today, number)


def midwife_records(skp, period, appraiser, first_day=None):
    results = list(skp.results.all())
    record(skp, period, MIDWIFE_REALISED)
    day = first_day or period.ends_on - timedelta(days=9)
    add_evidence_file(
        results[0],
        period=period,
        title="Rekapitulasi pemeriksaan kehamilan",
        dated=day,
        upload=SimpleUploadedFile(
            "rekap-anc.pdf", small_pdf(f"Rekapitulasi ANC, {period}"), content_type="application/pdf"
        ),
        by=skp.employee.user,
    )
    add_evidence_link(
        results[3],
        period=period,
        title="Tangkapan data SICANTIK",
        dated=day,
        link="https://sicantik.contoh.test/rekap",
        by=skp.employee.user,
    )
    about = {"skp": skp, "period": period, "given_on": day, "by": appraiser, "peer": peer_of(skp, day)}
    for position, giver, tone, text in MIDWIFE_FEEDBACK:
        say(about, giver, tone, text, result=results[position])
    values = {value.position: value for value in behaviour_values()}
    for position, giver, tone, text in MIDWIFE_ON_VALUES:
        say(about, giver, tone, text, value=values[position])


def say(about, giver, tone, text, **on):
    give_feedback(
        about["skp"],
        period=about["period"],
        given_on=about["given_on"],
        by=about["peer"] if giver == "peer" else about["by"],
        giver=giver,
        tone=tone,
        text=text,
        kind="periodic" if giver == "leader" else "incidental",
        **on,
    )


def record(skp, period, values):
    rows = {
        indicator.pk: (Decimal(value), "", None)
        for result, row in zip(skp.results.all(), values, strict=True)
        for indicator, value in zip(result.indicators.all(), row, strict=True)
    }
    record_realisations(skp, period=period, rows=rows, by=skp.employee.user)


def record_share(skp, period, share):
    """Each indicator at `share` of its target, towards the better side; ranges are met in the middle."""
    rows = {}
    for result in skp.results.all():
        for indicator in result.indicators.all():
            if indicator.is_numeric:
                rows[indicator.pk] = (realised_at(indicator, share), "", None)
            else:
                reached = "Tercapai" if share >= 1 else "Hampir tercapai"
                words = f"{reached} menurut catatan harian unit sampai akhir triwulan."
                rows[indicator.pk] = (words, "", None)
    record_realisations(skp, period=period, rows=rows, by=skp.employee.user)


def realised_at(indicator, share):
    if indicator.direction == indicator.Direction.RANGE:
        value = (indicator.target_low + indicator.target_high) / 2
    elif indicator.direction == indicator.Direction.LOWER:
        value = indicator.target_low * (2 - share)
    else:
        value = indicator.target_low * share
        if indicator.unit == "persen":
            value = min(value, Decimal(100))
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def comment_on_first_result(skp, period, appraiser, rating):
    words = {
        ABOVE: ("positive", "Hasilnya melampaui yang disepakati. Bagikan caranya kepada rekan."),
        MEETS: ("positive", "Sesuai kesepakatan. Pertahankan."),
        BELOW: ("needs_work", "Target belum tercapai. Kita bahas hambatannya dan dukungan yang diperlukan."),
    }
    tone, text = words[rating]
    about = {"skp": skp, "period": period, "given_on": period.ends_on - timedelta(days=20), "by": appraiser}
    say(about, "leader", tone, text, result=skp.results.all()[0])


def draft_for(skp, period, appraiser, ratings, behaviour, behaviour_reason):
    results = list(skp.results.all())
    suggestion = suggested_rating(
        main=[rating for result, (rating, _) in zip(results, ratings, strict=True) if result.kind == "main"],
        additional=[
            rating for result, (rating, _) in zip(results, ratings, strict=True) if result.kind != "main"
        ],
    )
    evaluation = start_evaluation(skp, period=period, by=appraiser)
    given = {result.pk: each for result, each in zip(results, ratings, strict=True)}
    return save_draft(
        evaluation,
        version=evaluation.version,
        by=appraiser,
        ratings=given,
        backing=backing_of(skp, period, given),
        work_rating=suggestion.rating,
        behaviour_rating=behaviour,
        behaviour_reason=behaviour_reason,
        note="Lanjutkan dialog kinerja setiap bulan.",
    )
