"""Who may record what was reached, and who may say something about it. Nothing here writes."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from agencies.access.roles import Role
from agencies.access.scope import covers, employee_of
from agencies.people.reporting_line import appraiser_on, is_appraiser_on
from ambon_kinerja.row_security import as_service
from appraisal.cycle.models import Period
from appraisal.planning import terms
from appraisal.planning.rules import is_owner

from .models import Feedback

BEGINNING = "Periode ini belum mulai."
ELSEWHERE = "Periode itu di luar masa SKP ini."
OVER = "Masa penilaian {period} sudah ditutup, maka isinya tidak dapat diubah."
DECIDED = "Penilaian {period} sudah ditetapkan, maka isinya tidak dapat diubah."
WITHDRAWABLE = timedelta(hours=24)
Giver = Feedback.Giver


def voice_of(user, skp, day=None):
    """As whom `user` may speak about this plan today, or None; never about oneself (page 69 no. 6-7).

    The leader, who also writes down what the people served or others said; a colleague under the same leader;
    somebody whom the employee leads. A leader who assigned a result speaks as a leader on that result alone.
    """
    person, day = employee_of(user), day or timezone.localdate()
    if person is None or person.pk == skp.employee_id:
        return None
    theirs = appraiser_on(skp.employee, day)
    if theirs == person:
        return Giver.LEADER
    mine = appraiser_on(person, day)
    if mine is not None and mine.pk == skp.employee_id:
        return Giver.SUBORDINATE
    if mine is not None and mine == theirs:
        return Giver.PEER
    return Giver.LEADER if assigned_by(person, skp).exists() else None


def assigned_by(person, skp):
    """The results of the plan that `person` gave to the employee as a task."""
    return skp.results.filter(assigner=person, withdrawn_on=None)


def may_comment(user, skp):
    return voice_of(user, skp) is not None


def may_give_feedback(user, skp, period):
    return may_comment(user, skp) and not why_closed(skp, period)


def is_owner_or_appraiser(user, skp):
    person = employee_of(user)
    return person is not None and (
        person.pk == skp.employee_id or is_appraiser_on(person, skp.employee, timezone.localdate())
    )


def may_read_records(user, skp):
    """The forms B.1.1 to B.1.5: the employee, his appraiser and that one's own, the personnel office, the inspector."""
    if is_owner_or_appraiser(user, skp):
        return True
    person, appraiser = employee_of(user), appraiser_on(skp.employee, timezone.localdate())
    if (
        person is not None
        and appraiser is not None
        and is_appraiser_on(person, appraiser, timezone.localdate())
    ):
        return True
    return covers(user, skp.unit, Role.PERSONNEL_OFFICE, Role.INSPECTOR)


def why_closed(skp, period):
    """Why nothing may be added to this plan and period now, in Indonesian; empty when something may."""
    if skp.state != skp.State.AGREED:
        return "SKP ini belum disepakati."
    if not terms.covers(skp, period):
        return ELSEWHERE
    if timezone.localdate() < max(period.recorded_from, skp.starts_on):
        return BEGINNING
    with as_service():  # the employee may not see his own draft, but has to know that it is there
        concerned = skp.evaluations.filter(Q(period=period) | Q(period__in=Period.objects.annual_of(period)))
        rows = list(concerned.values_list("period", "state", "open_until"))
    own = [(state, until) for key, state, until in rows if key == period.pk]
    # A result that was opened again is corrected, and so is what it rests on; the old one keeps it in its receipt.
    today = timezone.localdate()
    if any(state == "draft" and until is not None and until >= today for state, until in own):
        return ""
    if period.is_over():
        return OVER.format(period=period)
    # A decided evaluation explains itself by these rows, so they stay as they were.
    if any(state != "draft" for state, _ in own):
        return DECIDED.format(period=period)
    if any(state in ("final", "acknowledged") for _, state, _ in rows):  # the whole year rests on its parts
        return DECIDED.format(period=f"Tahun {period.year}")
    return ""


def days_of(skp, period):
    """The first and last day on which something of this plan can have happened in this period."""
    return max(period.starts_on, skp.starts_on), min(period.ends_on, skp.ends_on)


def why_not_on(day, skp, period, what="Tanggal"):
    """Why `day` does not belong to the plan in this period, or ""."""
    first, last = days_of(skp, period)
    if not first <= day <= last:
        words = f"{date_format(first, 'j F Y')} sampai {date_format(last, 'j F Y')}"
        return f"{what} harus di dalam periode dan masa SKP: {words}."
    if day > timezone.localdate():
        return f"{what} tidak boleh setelah hari ini."
    return ""


def why_entry_stays(user, entry, period):
    """Why a line of progress may not be changed or taken out, or ""."""
    if not is_owner(user, entry.result.skp):
        return "Hanya pegawai itu sendiri yang mengubah catatannya."
    if entry.cited_by.exists():
        return "Catatan ini sudah dikutip dalam umpan balik, maka tidak dapat diubah."
    return why_closed(entry.result.skp, period) if period else "Belum ada periode untuk tanggal itu."


def why_evidence_stays(user, evidence):
    """Why evidence may not be taken out, or ""."""
    if evidence.added_by_id != user.pk:
        return "Hanya yang menambahkan bukti ini yang dapat menghapusnya."
    if evidence.cited_by.exists():
        return "Bukti ini sudah dikutip dalam umpan balik, maka tidak dapat dihapus."
    return why_closed(evidence.result.skp, evidence.period)


def why_feedback_stays(user, feedback):
    """Why feedback may not be withdrawn, or "": by its giver, within a day, while nothing rests on it."""
    if feedback.given_by_id != user.pk:
        return "Hanya pemberi umpan balik yang dapat menariknya."
    if feedback.answered_at:
        return "Umpan balik ini sudah ditanggapi, maka tidak dapat ditarik."
    if timezone.now() - feedback.recorded_at > WITHDRAWABLE:
        return "Umpan balik hanya dapat ditarik dalam 24 jam."
    with as_service():  # a peer may not see the evaluation, but has to know that it is there
        rests = feedback.skp.evaluations.filter(period=feedback.period).exclude(state="draft").exists()
    return "Penilaian sudah memakai umpan balik ini, maka tidak dapat ditarik." if rests else ""
