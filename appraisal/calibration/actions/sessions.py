"""Calling a session, choosing what it talks about, closing it with minutes."""

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import formats, timezone

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, WrongState, take
from ambon_kinerja.notices.actions import tell

from ..models import CalibrationItem, CalibrationParticipant, CalibrationProposal, CalibrationSession
from ..queries import drafts_to_talk_about, leaders_for, read
from ..rules import may_call, may_chair, person_of
from ..states.proposals import LAPSE
from ..states.sessions import CANCEL, CLOSE

ENDED = "Sesi ini sudah berakhir."


class Conflict(Exception):
    """The session was changed since it was read; `stored` is it as it is now."""

    def __init__(self, stored):
        self.stored = stored
        super().__init__("Sesi ini sudah berubah sejak Anda membukanya.")


@transaction.atomic
def call_session(unit, *, period, held_on, agenda, by):
    """The open session of the unit and period: a new one with its leaders invited, or the one there is."""
    if not may_call(by, unit):
        raise NotAllowed("Sesi kalibrasi dipanggil oleh pimpinan unit.")
    if not agenda.strip():
        raise StepRefused("Isi agenda.")
    found = CalibrationSession.objects.filter(unit=unit, period=period, state="open").first()
    if found:
        return found
    try:
        with transaction.atomic():
            session = CalibrationSession.objects.create(
                unit=unit, period=period, held_on=held_on, agenda=agenda.strip(), called_by=person_of(by)
            )
    except IntegrityError:  # the button was pressed twice at the same moment
        return CalibrationSession.objects.get(unit=unit, period=period, state="open")
    invited = leaders_for(unit, timezone.localdate())
    CalibrationParticipant.objects.bulk_create(
        CalibrationParticipant(session=session, employee=employee, post_name=post, is_chair=chairs)
        for employee, post, chairs in invited
    )
    record_event("calibrationsession.call", session, by=by, details={"invited": len(invited)})
    for employee, _, _ in invited:
        if employee != person_of(by):
            tell(
                employee.user,
                subject=f"Sesi kalibrasi {unit.name}, {period}",
                body=f"Tanggal {formats.date_format(held_on, 'l, j F Y')}. Agenda: {session.agenda}",
                path=page_of(session),
            )
    return session


def page_of(session):
    return reverse("appraisal:calibration-session", args=[session.pk])


def locked(session, by):
    """The open session, held until the transaction ends; refused to anybody but its chair."""
    found = CalibrationSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if found.state != found.State.OPEN:
        raise WrongState(ENDED)
    if not may_chair(by, found):
        raise NotAllowed("Sesi ini dipimpin oleh pimpinan unit.")
    return found


@transaction.atomic
def save_agenda(session, *, by, version, held_on, agenda):
    """Another day or agenda. Raises Conflict when somebody has changed it since; the same again is no conflict."""
    stored = locked(session, by)
    if (stored.held_on, stored.agenda) == (held_on, agenda.strip()):
        return stored
    if stored.version != version:
        raise Conflict(stored)
    stored.held_on, stored.agenda = held_on, agenda.strip()
    stored.version += 1
    stored.save(update_fields=["held_on", "agenda", "version"])
    record_event("calibrationsession.save", stored, by=by, details={"version": stored.version})
    return stored


@transaction.atomic
def add_items(session, *, evaluations, by):
    """Put these drafts on the agenda; those that stand there already, or may not, are passed over. Returns how many."""
    stored = locked(session, by)
    known = set(stored.items.values_list("evaluation", flat=True))
    wanted = read(drafts_to_talk_about(stored).filter(pk__in=evaluations))
    added = CalibrationItem.objects.bulk_create(
        CalibrationItem(session=stored, evaluation_id=draft.evaluation, employee_id=draft.employee)
        for draft in wanted
        if draft.evaluation not in known
    )
    if added:
        record_event("calibrationsession.add", stored, by=by, details={"drafts": len(added)})
    return len(added)


@transaction.atomic
def drop_item(item, *, by):
    """Take a draft off the agenda as long as nothing was proposed about it."""
    session = locked(item.session, by)
    if item.proposals.exists():
        raise StepRefused("Sudah ada usulan tentang penilaian ini, jadi tidak dapat dikeluarkan.")
    item.delete()
    record_event("calibrationsession.drop", session, by=by)


@transaction.atomic
def close_session(session, *, by, minutes, attended=()):
    """End it with minutes and who was there; what nobody answered lapses, and no rating follows from it."""
    stored = locked(session, by)
    if not minutes.strip():
        raise StepRefused("Tulis notula.")
    waiting = CalibrationProposal.objects.filter(item__session=stored, state="open")
    for proposal in waiting.select_related("item__session"):
        take(LAPSE, proposal, by=by)
    stored.participants.filter(pk__in=attended).update(attended=True)
    closed = take(CLOSE, stored, by=by, changes={"minutes": minutes.strip(), "closed_at": timezone.now()})
    for participant in closed.participants.select_related("employee__user"):
        if participant.employee != person_of(by):
            tell(participant.employee.user, subject=f"Notula {closed}", path=page_of(closed))
    return closed


@transaction.atomic
def cancel_session(session, *, by, reason):
    """Call it off; what was proposed and not answered lapses."""
    stored = locked(session, by)
    waiting = CalibrationProposal.objects.filter(item__session=stored, state="open")
    for proposal in waiting.select_related("item__session"):
        take(LAPSE, proposal, by=by)
    return take(CANCEL, stored, by=by, reason=reason)
