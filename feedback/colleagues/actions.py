"""Preparing a round, choosing who may be asked, drawing, and what an employee says to his result."""

import hashlib
import json
import secrets
from collections import Counter
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from agencies.access.scope import employee_of, working_below
from agencies.people.models import Assignment, Employee
from agencies.people.reporting_line import appraisers_on, is_appraiser_on
from agencies.structure.models import Unit
from agencies.structure.queries import agencies_of
from agencies.structure.refusals import NotPossible
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.jobs.actions import queue_job
from ambon_kinerja.jobs.running import JobRefused
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, WrongState, make_sure, take
from ambon_kinerja.notices.actions import tell_many
from ambon_kinerja.workdays.words import day_words

from .drawing import Plan, draw
from .models import (
    FeedbackRound,
    FeedbackSubject,
    RaterCandidate,
    Relation,
)
from .queries import DRAW_JOB, core_values_on, is_being_drawn, job_subject, pots_of
from .rules import TIMETABLE, may_keep_round, may_reply, takes_candidates
from .states import CANCEL, OPEN
from .values import NOTHING

State, Outcome, Choosing = FeedbackRound.State, FeedbackSubject.Outcome, FeedbackRound.Choosing
PATH = "/umpan-balik-rekan/"
BATCH = 500
BEING_DRAWN = "Rekan sedang diundi. Tunggu sampai undiannya selesai."


def plan():
    return Plan(
        minimum=settings.COLLEAGUES_MINIMUM,
        each=settings.COLLEAGUES_RATERS_OF_A_RELATION,
        most=settings.COLLEAGUES_MOST_TASKS,
    )


def end_of(day):
    """The first moment after `day` in WIT."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


@transaction.atomic
def prepare_round(*, name, starts_on, ends_on, units, choosing, last_day, by):
    """A round about everybody who works in `units` or below today. Raises NotPossible."""
    today = timezone.localdate()
    if ends_on < starts_on:
        raise NotPossible("Akhir masa tidak boleh sebelum awalnya.", "ends_on")
    if last_day <= today:
        raise NotPossible("Hari terakhir menjawab harus sesudah hari ini.", "last_day")
    prepared = FeedbackRound.objects.create(
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        choosing=choosing,
        last_day=last_day,
        closes_at=end_of(last_day),
        made_by=by if hasattr(by, "pk") else None,
    )
    prepared.units.set(units)
    if not may_keep_round(by, prepared):
        raise NotPossible("Anda tidak berwenang membuka putaran untuk unit ini.", "units")
    people = add_subjects(prepared, units, today)
    details = {"units": len(units), "subjects": len(people), "choosing": choosing}
    record_event("feedbackround.prepare", prepared, by=by, details=details)
    if choosing == Choosing.APPROVED:
        ask_for_lists(prepared, people, today)
    return prepared


def add_subjects(prepared, units, day):
    held = (
        working_below(units, day)
        .filter(kind__in=(Assignment.Kind.DEFINITIVE, Assignment.Kind.PLT), employee__is_withdrawn=False)
        .exclude(employee__kind=Employee.Kind.OFFICIAL)
    )
    # A definitive post before a Plt.: by it somebody belongs to an agency.
    work = dict(held.order_by("-kind", "-pk").values_list("employee", "post__unit"))
    if not work:
        raise NotPossible("Tidak ada pegawai yang bekerja di unit ini.", "units")
    busy = FeedbackSubject.objects.filter(
        employee__in=work.keys(), round__state__in=(State.PREPARED, State.OPEN)
    )
    if busy.exists():
        raise NotPossible("Sebagian pegawai masih dalam putaran lain yang belum ditutup.", "units")
    places = Unit.objects.in_bulk(set(work.values()))
    agencies = agencies_of(places.values())
    FeedbackSubject.objects.bulk_create(
        (
            FeedbackSubject(round=prepared, employee_id=employee, agency=agencies[unit])
            for employee, unit in work.items()
        ),
        batch_size=BATCH,
    )
    return list(work)


def ask_for_lists(prepared, people, day):
    accounts = Employee.objects.filter(pk__in=people, user__isnull=False).values_list("user", flat=True)
    leaders = {person.user_id for person in appraisers_on(people, day).values() if person.user_id}
    body = f"Untuk putaran “{prepared.name}”. Pengundian dilakukan dari daftar yang disetujui atasan."
    tell_many(
        [
            *((key, "Usulkan rekan yang mengenal pekerjaan Anda", body, PATH) for key in accounts),
            *((key, "Setujui daftar rekan untuk tim Anda", body, PATH) for key in leaders),
        ]
    )


def cancel_round(prepared, *, by, reason):
    if is_being_drawn(prepared):
        raise StepRefused(BEING_DRAWN)
    return take(CANCEL, prepared, by=by, reason=reason)


# --- who may be asked -------------------------------------------------------------------------------


def pot_of(subject, moment=None):
    return pots_of([subject.employee_id], moment or timezone.now())[subject.employee_id]


def locked_subject(subject):
    locked = FeedbackSubject.objects.select_for_update(of=("self",)).select_related("round", "employee")
    locked = locked.get(pk=subject.pk)
    if not takes_candidates(locked.round):
        raise NotPossible("Daftar rekan tidak dapat diubah lagi.", "row")
    if is_being_drawn(locked.round):
        raise NotPossible(BEING_DRAWN, "row")
    return locked


@transaction.atomic
def propose_candidates(subject, *, people, by):
    """The employee names colleagues who know his work. Raises NotPossible once his superior has decided."""
    locked = locked_subject(subject)
    if employee_of(by) != locked.employee:
        raise NotPossible("Hanya pegawai sendiri yang mengusulkan rekannya.")
    if locked.approved_at is not None:
        raise NotPossible("Atasan sudah menyetujui daftar rekan Anda.", "row")
    chosen = set(people)
    if not chosen <= pot_of(locked).keys():
        raise NotPossible("Pilih dari rekan setingkat dan bawahan Anda.", "people")
    locked.candidates.all().delete()
    RaterCandidate.objects.bulk_create(
        RaterCandidate(subject=locked, person_id=key, is_proposed=True) for key in sorted(chosen)
    )
    record_event("feedbacksubject.propose", locked, by=by, details={"proposed": len(chosen)})


@transaction.atomic
def approve_candidates(subject, *, people, by):
    """The superior decides from whom is drawn: enough colleagues, at most half of them proposed by the employee."""
    locked = locked_subject(subject)
    if not is_appraiser_on(employee_of(by), locked.employee, timezone.localdate()):
        raise NotPossible("Hanya atasan pegawai ini yang menyetujui daftarnya.")
    chosen, proposed = set(people), set(proposed_keys(locked))
    if not chosen <= pot_of(locked).keys():
        raise NotPossible("Pilih dari rekan setingkat dan bawahan pegawai ini.", "people")
    least = settings.COLLEAGUES_MINIMUM
    if len(chosen) < least:
        raise NotPossible(f"Setujui sedikitnya {least} rekan.", "people")
    if 2 * len(chosen & proposed) > len(chosen):
        raise NotPossible(
            "Paling banyak separuh daftar boleh usulan pegawai sendiri. Tambahkan rekan lain.", "people"
        )
    locked.candidates.all().delete()
    RaterCandidate.objects.bulk_create(
        RaterCandidate(subject=locked, person_id=key, is_proposed=key in proposed, is_approved=key in chosen)
        for key in sorted(chosen | proposed)
    )
    locked.approved_at = timezone.now()
    locked.save(update_fields=["approved_at"])
    record_event("feedbacksubject.approve", locked, by=by, details={"approved": len(chosen)})


def proposed_keys(subject):
    return list(subject.candidates.filter(is_proposed=True).values_list("person", flat=True))


# --- the draw -----------------------------------------------------------------------------------------


def draw_of(prepared, seed, moment):
    """The draw of a round with this seed, from the teams as they were known at `moment`."""
    subjects = prepared.subjects.filter(
        outcome__in=(Outcome.WAITING, Outcome.DRAWN, Outcome.SMALL, Outcome.BUSY)
    )
    pots = pots_of(subjects.values_list("employee", flat=True), moment)
    if prepared.choosing == Choosing.APPROVED:
        approved = {}
        rows = RaterCandidate.objects.filter(
            subject__round=prepared, subject__approved_at__isnull=False, is_approved=True
        )
        for employee, person in rows.values_list("subject__employee", "person"):
            approved.setdefault(employee, set()).add(person)
        for employee, people in approved.items():
            pots[employee] = {key: what for key, what in pots[employee].items() if key in people}
    return pots, draw(pots, seed, plan())


@transaction.atomic
def ask_for_draw(prepared, *, by):
    """The job that draws and opens a prepared round; asked twice it is the same. Raises StepRefused, NotPossible.

    Finding everybody's colleagues takes minutes for a whole city, and the draw itself stands or falls as one.
    """
    locked = FeedbackRound.objects.select_for_update(of=("self",)).get(pk=prepared.pk)
    if not may_keep_round(by, locked):
        raise NotAllowed("Anda tidak berwenang membuka putaran ini.")
    if locked.state != State.PREPARED:
        raise WrongState(f"Keadaannya sekarang “{locked.get_state_display()}”.")
    refuse_overdue(locked)
    return queue_job(
        DRAW_JOB,
        subject=job_subject(locked),
        title=f"Mengundi rekan: {locked.name}",
        by=by,
        arguments={"round": str(locked.pk)},
    )


def draw_job(job, report_progress):
    """Handler of the job: open the round once, however often it is run; returns the address of its page."""
    current = FeedbackRound.objects.get(pk=job.arguments["round"])
    if current.state != State.OPEN:
        try:
            open_round(current, by=job.requested_by or TIMETABLE, report_progress=report_progress)
        except NotPossible as refusal:
            raise JobRefused(str(refusal)) from refusal
    return reverse("feedback:colleague-round-detail", args=[current.pk])


def refuse_overdue(prepared):
    if timezone.now() >= prepared.closes_at:
        raise NotPossible("Hari terakhir menjawab sudah lewat. Batalkan putaran ini dan siapkan yang baru.")


def tell_nobody(percent, text=""):
    """In place of a job's report."""


@transaction.atomic
def open_round(prepared, *, by, report_progress=tell_nobody):
    """Draw and ask. What is recorded of the draw are its numbers and fingerprints. Raises StepRefused, NotPossible."""
    locked = FeedbackRound.objects.select_for_update(of=("self",)).get(pk=prepared.pk)
    now = timezone.now()
    make_sure(OPEN, locked, by=by)
    refuse_overdue(locked)
    seed = secrets.token_hex(32)
    report_progress(5, "Mencari rekan setiap pegawai")
    pots, drawn = draw_of(locked, seed, now)
    report_progress(50, "Menyimpan hasil undian")
    fingerprints = {
        "seed_sha256": hashlib.sha256(seed.encode()).hexdigest(),
        "draw_sha256": drawn.digest(seed),
    }
    keep_draw(locked, pots, drawn)
    loads = drawn.loads
    report_progress(85, "Memberi tahu rekan yang diundi")
    ask_raters(locked, loads)
    # The trail last: whoever else has something to record waits from here to the end, and the above takes a minute.
    opened = take(OPEN, locked, by=by, changes={"drawn_at": now, "seed": seed, **fingerprints})
    record_event(
        "feedbackround.draw",
        opened,
        by=by,
        details={
            "drawn": len(drawn.raters),
            "not_drawn": dict(Counter(drawn.not_drawn.values())),
            "invitations": sum(loads.values()),
            "most_tasks": max(loads.values(), default=0),
            **fingerprints,
        },
    )
    return opened


KEEP_OUTCOMES = """
    UPDATE feedback_feedbacksubject subject SET outcome = drawn.outcome, marks = drawn.marks::jsonb
    FROM unnest(%s::uuid[], %s::text[], %s::text[]) drawn (id, outcome, marks) WHERE subject.id = drawn.id
"""
INVITE = """
    INSERT INTO feedback_feedbackinvitation (id, subject_id, rater_id, relation, has_answered)
    SELECT gen_random_uuid(), drawn.*, false FROM unnest(%s::uuid[], %s::bigint[], %s::text[]) drawn
"""
BEGIN_TALLIES = """
    INSERT INTO feedback_feedbacktally (id, subject_id, answers, counts, texts)
    SELECT gen_random_uuid(), drawn, %s::jsonb, %s::jsonb, '{}' FROM unnest(%s::uuid[]) drawn
"""


def keep_draw(opened, pots, drawn):
    """One statement for each table: for a whole city these are fifty thousand rows."""
    subjects = dict(opened.subjects.order_by().values_list("employee", "pk"))
    outcomes = [
        (pk, drawn.not_drawn.get(employee, Outcome.DRAWN), json.dumps(marks_of(employee, pots[employee])))
        for employee, pk in subjects.items()
    ]
    invitations = [
        (subjects[employee], rater, relation)
        for employee, raters in drawn.raters.items()
        for rater, relation in sorted(raters.items())
    ]
    keys = [value.key for value in core_values_on(timezone.localdate())]
    answers = dict.fromkeys(Relation.values, 0)
    counts = dict.fromkeys(Relation.values, dict.fromkeys(keys, NOTHING))
    with connection.cursor() as cursor:
        cursor.execute(KEEP_OUTCOMES, columns(outcomes, 3))
        cursor.execute(INVITE, columns(invitations, 3))
        asked = [subjects[employee] for employee in drawn.raters]
        cursor.execute(BEGIN_TALLIES, [json.dumps(answers), json.dumps(counts), asked])


def columns(rows, width):
    """The rows as `width` lists, also where there are none."""
    return [[row[place] for row in rows] for place in range(width)]


def marks_of(employee, pot):
    """{relation: sorted marks}: equal for the same two people in every round, and readable by nobody."""
    key = salted_hmac("feedback.colleagues.pot", "", algorithm="sha256")
    marks = {}
    for person, relation in pot.items():
        mark = key.copy()
        mark.update(f"{employee}:{person}".encode())
        marks.setdefault(relation, []).append(mark.hexdigest()[:20])
    return {relation: sorted(found) for relation, found in marks.items()}


def ask_raters(opened, loads):
    accounts = dict(Employee.objects.filter(pk__in=loads).values_list("pk", "user"))
    tell_many(
        (
            accounts[rater],
            f"Anda diminta memberi umpan balik tentang {load} rekan",
            f"Paling lambat {day_words(opened.last_day)}. Jawaban Anda digabung dengan jawaban rekan lain, tanpa nama.",
            PATH,
        )
        for rater, load in sorted(loads.items())
    )


# --- the right of reply -------------------------------------------------------------------------------


@transaction.atomic
def reply(subject, *, text, version, by):
    """What the employee says to his result; his superior reads it. Raises NotPossible."""
    locked = FeedbackSubject.objects.select_for_update(of=("self",)).get(pk=subject.pk)
    if not may_reply(by, locked):
        raise NotPossible("Hanya pegawai sendiri yang menanggapi hasilnya.")
    if locked.reply_version != version:
        raise NotPossible("Tanggapan ini sudah diubah di tempat lain.", "row")
    locked.reply, locked.reply_version = text.strip(), version + 1
    locked.save(update_fields=["reply", "reply_version"])
    record_event("feedbacksubject.reply", locked, by=by)
    return locked
