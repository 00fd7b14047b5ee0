"""Guidance and counselling of "self" in the states the access table asks for."""

from datetime import timedelta

from django.utils import timezone

from appraisal.guidance.competences import fixed_rows
from appraisal.guidance.models import (
    BehaviourReport,
    CompetenceReview,
    CompetenceScore,
    Counselling,
    Guidance,
    GuidanceOpinion,
)
from appraisal.guidance.statements import STATEMENTS, as_kept
from appraisal.rulebook.models import BehaviourValue

FILLED = {
    "employee_part": {
        "tujuan": [
            {"indikator": "Komplain", "baseline": "8", "target": "2", "strategi": "Menyapa lebih dahulu"}
        ],
        "fakta": [
            {"target_skp": "2", "progres": "5", "masalah": "Antrean panjang", "penyebab": "Jadwal bertumpuk"}
        ],
        "peluang": "Mengatur ulang jadwal.",
    },
    "guide_part": {"langkah": [{"indikator": "Komplain", "strategi": "Jadwal baru", "penyesuaian": "tidak"}]},
}


def build_guidance_records(cast, unit):
    """ "peer" guides with a special assignment; "stranger" counsels."""
    return build_guidances(cast, unit) | build_counsellings(cast, unit)


def build_guidances(cast, unit):
    now = timezone.now()
    me, appraiser, guide = (cast[name].employee for name in ("self", "appraiser", "peer"))
    common = {
        "employee": me,
        "appraiser": appraiser,
        "unit": unit,
        "year": now.year,
        "kind": "coaching",
        "topic": "Komplain di ruang bersalin",
    }
    meeting = {"guide": guide, "meets_at": now - timedelta(hours=1), "place": "Ruang rapat"}
    signed = {"guide_signed_at": now}
    done = signed | {"employee_signed_at": now}
    found = {
        "asked": Guidance.objects.create(**common),
        "planned": Guidance.objects.create(state="planned", **common, **meeting, **FILLED),
        "signed": Guidance.objects.create(state="signed", **common, **meeting, **FILLED, **signed),
        "done": Guidance.objects.create(state="done", **common, **meeting, **FILLED, **done),
        "reported": Guidance.objects.create(state="reported", **common, **meeting, **FILLED, **done),
    }
    answers = as_kept(dict.fromkeys(range(1, len(STATEMENTS) + 1), ("ya", "")))
    GuidanceOpinion.objects.create(guidance=found["reported"], employee=me, answers=answers)
    review = CompetenceReview.objects.create(
        guidance=found["reported"], recommendation="Pelatihan komunikasi", written_by=guide, sent_at=now
    )
    rows = [*fixed_rows(), ("technical", 1, "Asuhan persalinan")]
    CompetenceScore.objects.bulk_create(
        CompetenceScore(review=review, group=group, position=position, name=name, score=3, reason="Cukup")
        for group, position, name in rows
    )
    return {f"guidance_{state}": guidance.pk for state, guidance in found.items()}


def a_report(cast, unit, **facts):
    now = timezone.now()
    complete = {
        "employee": cast["self"].employee,
        "appraiser": cast["appraiser"].employee,
        "unit": unit,
        "value": BehaviourValue.objects.first(),
        "communicated_on": timezone.localdate() - timedelta(days=7),
        "communicated_how": "Dibicarakan di ruang kerja.",
        "other_feedback": "Catatan dari warga.",
        "problem": "Sering terlambat.",
        "is_common": False,
        "tried": "Menegur dua kali.",
        "state": "sent",
        "sent_at": now,
    }
    return BehaviourReport.objects.create(**(complete | facts))


def a_counselling(cast, report, **facts):
    common = {
        "report": report,
        "employee": cast["self"].employee,
        "counsellor": cast["stranger"].employee,
        "counsellor_kind": "independent",
        "basis": "Surat penunjukan 12/2026",
        "meets_at": timezone.now() - timedelta(hours=1),
        "place": "Ruang konseling",
    }
    return Counselling.objects.create(**(common | facts))


def build_counsellings(cast, unit):
    now = timezone.now()
    concluded = {
        "counsellor_kind": "official",
        "state": "concluded",
        "conclusion": "Dianjurkan pelatihan pelayanan prima.",
        "concluded_at": now,
    }
    return {
        "behaviour_draft": a_report(cast, unit, state="draft", sent_at=None).pk,
        "behaviour_sent": a_report(cast, unit).pk,
        "counselling": a_counselling(cast, a_report(cast, unit, state="decided")).pk,
        "counselling_concluded": a_counselling(cast, a_report(cast, unit, state="decided"), **concluded).pk,
    }
