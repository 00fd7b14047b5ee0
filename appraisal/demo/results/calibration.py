"""The achievements of the finished quarter, drafts of the school in the open one, and a session that compares them."""

from datetime import timedelta

from django.utils import timezone

from agencies.people.reporting_line import appraiser_on
from appraisal.calibration.actions import (
    accept_proposal,
    add_items,
    call_session,
    close_session,
    keep_proposal,
    propose_rating,
)
from appraisal.organisation.actions import set_achievement
from appraisal.organisation.line import led_units_on, line_of
from appraisal.organisation.spans import Span
from appraisal.scoring.actions import save_draft, start_evaluation
from appraisal.scoring.matrix import Rating

from ..quarter import MIDWIFE, agreed_plans

SCHOOL, AGENCY = "SD-PESISIR", "DISDIK"
# By unit; the others are Baik.
ACHIEVED = {
    "DISDIK": ("istimewa", "Angka partisipasi sekolah melampaui target triwulan."),
    "KEL-RIJALI": ("butuh_perbaikan", "Dua dari lima rencana aksi belum dimulai."),
}
ORDINARY = ("baik", "Rencana aksi Perjanjian Kinerja triwulan ini terlaksana sesuai jadwal.")
NEWER = "Realisasi bulan terakhir baru masuk setelah penetapan pertama."
# By turn: (work, behaviour) of the teachers' drafts.
DRAFTS = (
    (Rating.ABOVE, Rating.ABOVE),
    (Rating.MEETS, Rating.MEETS),
    (Rating.ABOVE, Rating.MEETS),
    (Rating.MEETS, Rating.ABOVE),
    (Rating.BELOW, Rating.MEETS),
    (Rating.MEETS, Rating.MEETS),
)
BEHAVIOUR = "Hadir tepat waktu dan membantu guru lain menyiapkan bahan ajar."
FIRST_REASON = "Ketuntasan belajar kelasnya setara dengan kelas lain yang dinilai sesuai ekspektasi."
SECOND_REASON = (
    "Guru ini juga membimbing dua guru baru sepanjang triwulan; umpan baliknya seluruhnya positif."
)
CLINIC = "PKM-TELUK"
FRIENDLINESS = (
    "Sebagian kecil ibu masih mengeluhkan keramahan. Perilaku di atas ekspektasi berarti juga menjadi contoh "
    "keramahan bagi rekan."
)
TARGETS = (
    "Target triwulan ini lebih rendah daripada target triwulan sebelumnya. Apakah tetap di atas ekspektasi?"
)
KEPT = "Targetnya turun karena jumlah sasaran berkurang. Yang tercapai tetap melampaui kesepakatan, dan buktinya ada."
MINUTES = (
    "Tiga draf dibandingkan. Satu rating perilaku berubah karena keluhan tentang keramahan; satu rating hasil kerja "
    "tetap karena targetnya turun bersama jumlah sasaran. Draf lain tidak berubah."
)


def discuss_the_clinic(drafts):
    """The head of the agency compares drafts of the clinic before they are final: one changes, one stays."""
    of_clinic = [draft for draft in drafts if draft.skp.unit.code == CLINIC]
    midwife = next(draft for draft in of_clinic if draft.skp.post_name == MIDWIFE)
    others = [draft for draft in of_clinic if draft.appraiser == midwife.appraiser and draft != midwife]
    good = next(draft for draft in others if draft.work_rating == Rating.ABOVE)
    third = next(draft for draft in others if draft != good)
    chair, appraiser = (
        line_of(midwife.skp.unit.parent, timezone.localdate()).head.user,
        midwife.appraiser.user,
    )
    session = call_session(
        midwife.skp.unit.parent,
        period=midwife.period,
        held_on=timezone.localdate(),
        agenda="Membandingkan draf puskesmas yang dinilai di atas ekspektasi.",
        by=chair,
    )
    add_items(session, evaluations=[midwife.pk, good.pk, third.pk], by=chair)
    items = {item.evaluation_id: item for item in session.items.all()}
    taken = propose_rating(
        items[midwife.pk], aspect="behaviour", to_rating=Rating.MEETS, reason=FRIENDLINESS, by=chair
    )
    accept_proposal(taken, by=appraiser)
    kept = propose_rating(items[good.pk], aspect="work", to_rating=Rating.MEETS, reason=TARGETS, by=chair)
    keep_proposal(kept, reason=KEPT, by=appraiser)
    attended = list(session.participants.values_list("pk", flat=True))
    close_session(session, minutes=MINUTES, attended=attended, by=chair)


def set_achievements(period, office, today):
    """Each by the leader above; where that is the Wali Kota, by the office from his letter."""
    span = Span(period.year, period)
    letter = {"decree": "100/27/SETDA", "decree_date": min(today, period.ends_on + timedelta(days=2))}
    for unit in led_units_on(today).order_by("path"):
        level, reason = ACHIEVED.get(unit.code, ORDINARY)
        line = line_of(unit, today)
        by, facts = (office, letter) if line.is_top else (line.above.user, {})
        first = "baik" if unit.code in ACHIEVED else level
        set_achievement(unit, period=span, level=first, reason=ORDINARY[1], by=by, **facts)
        if unit.code in ACHIEVED:
            why = f"{reason} {NEWER}"
            set_achievement(unit, period=span, level=level, reason=why, by=by, seen=1, **facts)


def compare_drafts(period, today):
    """The head of the school has drafts; the head of the agency calls a session: one proposal is taken, one waits."""
    plans = [plan for plan in agreed_plans(period.year) if plan.unit.code == SCHOOL]
    drafts = []
    for plan in plans:
        appraiser = appraiser_on(plan.employee, today)
        if appraiser is None or line_of(plan.unit, today).head != appraiser:
            continue
        work, behaviour = DRAFTS[len(drafts) % len(DRAFTS)]
        draft = start_evaluation(plan, period=period, by=appraiser.user)
        drafts.append(
            save_draft(
                draft,
                version=draft.version,
                by=appraiser.user,
                work_rating=work,
                behaviour_rating=behaviour,
                behaviour_reason=BEHAVIOUR,
            )
        )
    agency = next((plan.unit.parent for plan in plans), None)
    if len(drafts) < 3 or agency is None or agency.code != AGENCY:
        return None
    chair = line_of(agency, today).head.user
    session = call_session(
        agency,
        period=period,
        held_on=today + timedelta(days=3),
        agenda="Membandingkan draf guru yang dinilai di atas ekspektasi dengan capaian kelasnya.",
        by=chair,
    )
    add_items(session, evaluations=[draft.pk for draft in drafts[:5]], by=chair)
    items = {item.evaluation_id: item for item in session.items.all()}
    taken = propose_rating(
        items[drafts[0].pk], aspect="work", to_rating=Rating.MEETS, reason=FIRST_REASON, by=chair
    )
    accept_proposal(taken, by=drafts[0].appraiser.user)
    propose_rating(
        items[drafts[1].pk], aspect="behaviour", to_rating=Rating.ABOVE, reason=SECOND_REASON, by=chair
    )
    return session
