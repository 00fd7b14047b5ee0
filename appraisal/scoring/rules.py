"""Who may appraise whom, and what is still missing before an evaluation can be final. Nothing here writes."""

from django.utils import formats, timezone

from agencies.access.models import Proposal
from agencies.access.roles import Role
from agencies.access.rules import paths_kept
from agencies.access.scope import employee_of
from agencies.people.reporting_line import is_appraiser_on
from ambon_kinerja.audit.actions import target_of
from ambon_kinerja.workdays.words import date_words
from appraisal.planning.models import Skp
from appraisal.planning.terms import covers

from .matrix import Rating
from .models import CarryOver, Evaluation
from .turns.raters import turn_in

OWN = "Anda tidak dapat menilai diri sendiri."
LATE = "Waktu untuk menilai ulang sudah lewat pada {day}. Usulkan lagi agar dibuka kembali."
ELSEWHERE = "Periode itu tidak termasuk masa SKP ini."
MOVED_RATES = "{name} pindah di dalam masa penilaian, maka ia yang menilai pegawai ini untuk periode ini."
SUPERIOR_REVISES = (
    "Hasil yang dibuka kembali ini ditetapkan atasan pejabat penilai, maka ia pula yang memperbaikinya."
)
STRANGER = "Anda bukan pejabat penilai pegawai ini pada hari ini."


def may_score(user, record, *, period=None, day=None):
    """May `user` appraise this evaluation, or this plan in `period`, at this moment?"""
    return not why_not_score(user, record, period=period, day=day)


def why_not_score(user, record, *, period=None, day=None, turn=None):
    """The reason in Indonesian, or "". `record` is an Evaluation or a Skp; `day` defaults to today in WIT.

    `turn`: the Turn, where it is known already.
    """
    skp, period = (record, period) if isinstance(record, Skp) else (record.skp, record.period)
    person, evaluation = employee_of(user), None if isinstance(record, Skp) else record
    if person is not None and person.pk == skp.employee_id:
        return OWN
    if turn is None and period is not None:
        turn = turn_in(skp, period, evaluation=evaluation, day=day)
    has_the_turn = turn is not None and person is not None and turn.person == person
    if not has_the_turn and not is_appraiser_on(person, skp.employee, day or timezone.localdate()):
        return STRANGER
    if skp.state != Skp.State.AGREED:
        return "SKP pegawai ini belum disepakati."
    if has_the_turn and turn.is_of_the_superior and not (evaluation and evaluation.open_until):
        return "" if covers(skp, period) else ELSEWHERE
    if (
        turn is not None
        and turn.is_of_the_superior
        and evaluation
        and evaluation.open_until
        and not has_the_turn
    ):
        return SUPERIOR_REVISES
    if turn is not None and turn.is_of_who_moved and not has_the_turn:
        return MOVED_RATES.format(name=turn.person)
    return why_not_open(skp, period, evaluation=evaluation) if period else ""


def why_not_open(skp, period, *, evaluation=None):
    """Why the period may not be appraised now, or ""; a revision has days of its own, whatever the window says."""
    now = timezone.now()
    if evaluation is not None and evaluation.open_until:
        return "" if is_reopened(evaluation) else LATE.format(day=date_words(evaluation.open_until))
    if not covers(skp, period):
        return ELSEWHERE
    if now < period.opens_at:
        return f"Masa penilaian {period} dibuka {in_words(period.opens_at)}."
    if not period.is_open(now):
        return f"Masa penilaian {period} sudah ditutup {in_words(period.closes_at)}."
    return ""


def in_words(moment):
    return formats.date_format(timezone.localtime(moment), r"j F Y \p\u\k\u\l H.i") + " WIT"


def is_reopened(evaluation, today=None):
    """Is it the draft of a revision whose days are running?"""
    return (
        evaluation.state == Evaluation.State.DRAFT
        and evaluation.open_until is not None
        and (today or timezone.localdate()) <= evaluation.open_until
    )


def may_propose_reopening(user, evaluation):
    """The appraiser of today or the personnel office of the unit, for what is decided or whose days ran out."""
    state = Evaluation.State
    if evaluation.state == state.DRAFT:
        is_due = evaluation.open_until is not None and not is_reopened(evaluation)
    else:
        is_due = evaluation.state in (state.FINAL, state.ACKNOWLEDGED)
    person = employee_of(user)
    if not is_due or (person is not None and person.pk == evaluation.skp.employee_id):
        return False
    return is_appraiser_on(person, evaluation.skp.employee, timezone.localdate()) or any(
        evaluation.skp.unit.path.startswith(path) for path in paths_kept(user, Role.PERSONNEL_OFFICE)
    )


def may_supersede(by, evaluation):
    """Who decided an approved proposal to open it again (docs/adr/0013)."""
    return Proposal.objects.filter(
        kind=Proposal.Kind.RESULT_REOPEN,
        state=Proposal.State.APPROVED,
        record=target_of(evaluation),
        decided_by=by if hasattr(by, "pk") else None,
    ).exists()


def may_finalise(user, evaluation):
    return may_score(user, evaluation)


def why_no_carry_over(user, skp, period):
    """Why this person may not choose the last result of the old unit for this period, or "" (page 91 no. 13 a)."""
    person = employee_of(user)
    turn = turn_in(skp, period)
    if person is None or (person.pk != skp.employee_id and turn.person != person):
        return STRANGER
    if period.is_annual:
        return "Untuk satu tahun, penilai yang baru selalu menilai sendiri (halaman 91 angka 13 huruf b)."
    if not period.starts_on < skp.starts_on <= period.ends_on:
        return "Pilihan ini hanya untuk periode terjadinya perpindahan."
    if skp.state != Skp.State.AGREED:
        return "SKP pegawai ini belum disepakati."
    return why_not_open(skp, period)


def may_carry_over(by, evaluation):
    """Both have agreed that the last result of the old unit counts."""
    return CarryOver.objects.filter(
        skp=evaluation.skp_id,
        period=evaluation.period_id,
        withdrawn_at=None,
        employee_agreed_at__isnull=False,
        appraiser_agreed_at__isnull=False,
    ).exists()


def may_acknowledge(user, evaluation):
    person = employee_of(user)
    return person is not None and person.pk == evaluation.skp.employee_id


def missing_parts(evaluation, *, results, ratings):
    """What keeps a draft from being final: {field name: sentence}, in the order of the page.

    `results` are the WorkResults of the plan, `ratings` the stored ResultRatings by result.
    """
    missing = {}
    for number, result in enumerate(results, start=1):
        row = ratings.get(result.pk)
        if row is None or not row.rating:
            missing[f"rating-{result.pk}"] = f"Pilih rating untuk hasil kerja {number}."
    if not any(result.kind == result.Kind.MAIN for result in results):
        missing["__all__"] = "SKP ini tidak memiliki hasil kerja utama."
    if not evaluation.work_rating:
        missing["work_rating"] = "Pilih rating hasil kerja."
    elif differs(evaluation) and not evaluation.work_reason.strip():
        missing["work_reason"] = "Tulis alasan mengapa rating hasil kerja berbeda dari usulan."
    if not evaluation.behaviour_rating:
        missing["behaviour_rating"] = "Pilih rating perilaku kerja."
    if not evaluation.behaviour_reason.strip():
        missing["behaviour_reason"] = "Tulis alasan singkat untuk rating perilaku kerja."
    return missing


def differs(evaluation):
    """Does the appraiser's rating of results depart from the suggestion?"""
    return bool(evaluation.suggested_rating) and evaluation.work_rating != evaluation.suggested_rating


def is_known_rating(text):
    return text == "" or text in Rating.values
