"""Changing the facts of a person, moving him with a handover note, and what is asked about a line."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.access.roles import Role
from agencies.access.scope import employee_of
from agencies.people.assigning import move
from agencies.people.models import Assignment, Employee
from agencies.people.reporting_line import appraiser_on
from agencies.structure.refusals import NotPossible
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import take
from ambon_kinerja.notices.actions import tell
from ambon_kinerja.workdays.words import date_words

from .models import HandoverNote, LineRequest
from .queries import facts_version, office_users
from .rules import may_write_handover
from .states import DECLINE, FORWARD, MEND, WITHDRAW

FACTS = ("name", "kind", "nip", "rank", "email")


@transaction.atomic
def change_employee(employee, *, by, version, reason, **facts):
    """Change name, kind, NIP, rank or e-mail. Raises NotPossible when somebody was faster than `version`."""
    locked = Employee.objects.select_for_update(of=("self",)).get(pk=employee.pk)
    if facts_version(locked) != version:
        raise NotPossible("Data pegawai ini sudah diubah orang lain.", "row")
    changed = [name for name in FACTS if name in facts and getattr(locked, name) != facts[name]]
    for name in changed:
        setattr(locked, name, facts[name])
    try:
        with transaction.atomic():
            locked.save(update_fields=changed)
    except IntegrityError as broken:
        raise NotPossible("NIP ini sudah dipakai pegawai lain.", "nip") from broken
    details = {"changed": changed, "history": facts_version(locked)}
    record_event("employee.change", locked, by=by, reason=reason, details=details)
    return locked


@transaction.atomic
def move_employee(employee, *, post, start, by, decree, decree_date):
    """Move `employee` to `post` from `start` on and ask his old appraiser for a handover note.

    Raises NotPossible as `people.assigning.move` does. Returns the HandoverNote.
    """
    before = appraiser_on(employee, start)
    held = Assignment.objects.on(start).filter(employee=employee, kind=Assignment.Kind.DEFINITIVE).first()
    assignment = move(employee, post=post, start=start, by=by, decree=decree, decree_date=decree_date)
    after = appraiser_on(employee, start)
    note = HandoverNote.objects.create(
        employee=employee,
        moved_on=start,
        from_post=held.post if held else previous_post(assignment),
        to_post=post,
        old_appraiser=before,
        new_appraiser=after,
        asked_by=by,
    )
    record_event(
        "handover.ask", note, by=by, reason=decree, details={"employee": employee.pk, "start": start}
    )
    tell_of_move(note)
    return note


def previous_post(assignment):
    """The post held until the day before `assignment` begins."""
    held = Assignment.objects.known().filter(
        employee=assignment.employee, kind=assignment.kind, term__endswith=assignment.term.lower
    )
    return held.select_related("post").get().post


def tell_of_move(note):
    path = f"/serah-terima/{note.pk}/"
    day = date_words(note.moved_on)
    if note.old_appraiser:
        tell(
            note.old_appraiser.user,
            subject=f"Tulis catatan serah terima {note.employee.name}",
            body=f"Ia pindah ke {note.to_post.name} mulai {day}. Penilai barunya memerlukan catatan Anda.",
            path=path,
        )
    tell(
        note.employee.user,
        subject=f"Anda pindah ke {note.to_post.name} mulai {day}",
        body="Susun SKP di jabatan baru bersama pimpinan baru. Catatan serah terima dapat Anda baca di sini.",
        path=path,
    )
    if note.new_appraiser and note.new_appraiser != note.old_appraiser:
        tell(
            note.new_appraiser.user,
            subject=f"{note.employee.name} Anda nilai mulai {day}",
            body="Catatan serah terima dari penilai lama dapat Anda baca di sini.",
            path=path,
        )


@transaction.atomic
def write_handover(note, *, text, evidence, version, by, sign=False):
    """Keep the note; with `sign` it is signed off and never changes again. Raises NotPossible."""
    locked = HandoverNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
    if locked.signed_at is not None:
        raise NotPossible("Catatan ini sudah disahkan, jadi tidak dapat diubah lagi.", "row")
    if not may_write_handover(by, locked):
        raise NotPossible("Anda tidak berwenang menulis catatan ini.")
    if locked.version != version:
        raise NotPossible("Catatan ini sudah diubah orang lain.", "row")
    now = timezone.now()
    locked.text, locked.evidence, locked.version = text, evidence, version + 1
    locked.written_by, locked.written_at = by, now
    locked.signed_at = now if sign else None
    locked.save(update_fields=["text", "evidence", "version", "written_by", "written_at", "signed_at"])
    record_event("handover.sign" if sign else "handover.write", locked, by=by)
    if sign:
        for person in {locked.employee, locked.new_appraiser} - {None, employee_of(by)}:
            tell(
                person.user,
                subject=f"Catatan serah terima {locked.employee.name} sudah disahkan",
                path=f"/serah-terima/{locked.pk}/",
            )
    return locked


# --- what people ask about their line -----------------------------------------------------------


@transaction.atomic
def ask_about_line(employee, *, by, wrong, since, wanted=None, evidence=""):
    """Ask for a correction of one's own line. Raises NotPossible while another one waits."""
    today = timezone.localdate()
    held = Assignment.objects.on(today).filter(employee=employee, kind__in=("definitive", "plt"))
    work = held.select_related("post__unit").order_by("kind", "pk").first()
    try:
        with transaction.atomic():
            request = LineRequest.objects.create(
                employee=employee,
                asked_by=by,
                unit=work.post.unit if work else None,
                shown_appraiser=appraiser_on(employee, today),
                wanted_appraiser=wanted,
                since=since,
                wrong=wrong,
                evidence=evidence,
            )
    except IntegrityError as broken:
        if "nobody_asks" in str(broken):
            raise NotPossible("Anda tidak dapat menjadi penilai diri sendiri.", "wanted") from broken
        raise NotPossible("Permintaan Anda yang lalu masih menunggu jawaban.") from broken
    record_event("linerequest.ask", request, by=by, details={"employee": employee.pk})
    for user in office_users(request.unit, Role.UNIT_ADMIN) or office_users(None, Role.PERSONNEL_OFFICE):
        tell(
            user,
            subject="Ada permintaan perbaikan penilai",
            body="Seorang pegawai melaporkan bahwa penilainya keliru.",
            path=f"/penilai/permintaan/{request.pk}/",
        )
    return request


@transaction.atomic
def forward_request(request, *, by):
    """From the unit admin on to the personnel office of the city."""
    forwarded = take(FORWARD, request, by=by)
    for user in office_users(None, Role.PERSONNEL_OFFICE):
        tell(
            user,
            subject="Permintaan perbaikan penilai diteruskan kepada BKPSDM",
            path=f"/penilai/permintaan/{request.pk}/",
        )
    tell(forwarded.asked_by, subject="Permintaan Anda diteruskan ke BKPSDM", path="/akun/penilai/")
    return forwarded


@transaction.atomic
def answer_request(request, *, by, reason, mended):
    """Say what became of it: mended, or declined with the reason. Raises StepRefused."""
    step = MEND if mended else DECLINE
    answered = take(
        step, request, by=by, reason=reason, changes={"answer": reason, "answered_at": timezone.now()}
    )
    tell(
        answered.asked_by,
        subject=f"Permintaan Anda tentang penilai: {answered.get_state_display().lower()}",
        body=reason,
        path="/akun/penilai/",
    )
    return answered


def withdraw_request(request, *, by):
    return take(WITHDRAW, request, by=by)
