"""Closing a round: what may be released is kept, everything else of the answers is deleted in the same transaction."""

import secrets
from collections import defaultdict

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from agencies.people.models import Employee
from agencies.people.reporting_line import appraisers_on
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.jobs.actions import queue_job
from ambon_kinerja.jobs.models import Job
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, WrongState, make_sure, take
from ambon_kinerja.notices.actions import tell_many

from .actions import BATCH, PATH, tell_nobody
from .answering import values_asked
from .models import (
    FeedbackInvitation,
    FeedbackRound,
    FeedbackSubject,
    FeedbackTally,
    RaterCandidate,
    Relation,
    ReleasedFeedback,
)
from .queries import CLOSE_JOB, job_subject, limits
from .release import Earlier, release_value, texts_to_release
from .rules import TIMETABLE, may_close
from .states import CLOSE

State, Outcome = FeedbackRound.State, FeedbackSubject.Outcome
EARLY = "Tulis alasan menutup sebelum hari terakhir."


@transaction.atomic
def ask_for_closing(opened, *, by, reason=""):
    """The job that closes an open round; asked twice it is the same. Raises StepRefused.

    For a whole city everybody's result is compared with the rounds before and thousands are told.
    """
    locked = FeedbackRound.objects.select_for_update(of=("self",)).get(pk=opened.pk)
    if not may_close(by, locked):
        raise NotAllowed("Anda tidak berwenang menutup putaran ini.")
    if locked.state != State.OPEN:
        raise WrongState(f"Keadaannya sekarang “{locked.get_state_display()}”.")
    refuse_early(locked, by, reason)
    return queue_job(
        CLOSE_JOB,
        subject=job_subject(locked),
        title=f"Menutup putaran: {locked.name}",
        by=by,
        arguments={"round": str(locked.pk), "reason": reason},
    )


def close_job(job, report_progress):
    """Handler of the job: close the round once, however often it is run; returns the address of its page.

    The reason is with the step from here on and nowhere else.
    """
    current = FeedbackRound.objects.get(pk=job.arguments["round"])
    if current.state == State.OPEN:
        close_round(
            current,
            by=job.requested_by or TIMETABLE,
            reason=job.arguments["reason"],
            report_progress=report_progress,
        )
    Job.objects.filter(pk=job.pk).update(arguments={"round": job.arguments["round"]})
    return reverse("feedback:colleague-round-detail", args=[current.pk])


def refuse_early(opened, by, reason):
    if timezone.now() < opened.closes_at and (by == TIMETABLE or not reason.strip()):
        raise StepRefused(EARLY)


@transaction.atomic
def close_round(opened, *, by, reason="", report_progress=tell_nobody):
    """Release what may be released. Before the last day is over the personnel office says why. Raises StepRefused."""
    refuse_early(opened, by, reason)
    locked = FeedbackRound.objects.select_for_update(of=("self",)).get(pk=opened.pk)
    make_sure(CLOSE, locked, by=by)
    subjects = list(locked.subjects.filter(outcome=Outcome.DRAWN).select_related("employee"))
    report_progress(5, "Menghitung hasil setiap pegawai")
    released = release(locked, subjects, [value.key for value in values_asked(locked)])
    report_progress(60, "Menghapus jawaban dan permintaannya")
    FeedbackInvitation.objects.filter(subject__round=locked).delete()
    RaterCandidate.objects.filter(subject__round=locked).delete()
    FeedbackTally.objects.filter(subject__round=locked).delete()
    report_progress(80, "Memberi tahu pegawai dan atasannya")
    tell_of_results(locked, subjects)
    # The trail last: whoever else has something to record waits from here to the end.
    changes = {"closed_at": timezone.now(), "seed": ""}
    closed = take(CLOSE, locked, by=by, reason=reason, changes=changes)
    numbers = {"released": released, "too_few": len(subjects) - released}
    record_event("feedbackround.release", closed, by=by, details=numbers)
    return closed


def release(closed, subjects, keys):
    """Writes the ReleasedFeedback of those of whom enough answered; returns of how many."""
    tallies = {
        tally.subject_id: tally
        for tally in FeedbackTally.objects.select_for_update().filter(subject__round=closed).order_by("pk")
    }
    earlier = earlier_rounds(closed, subjects)
    rows = []
    for subject in subjects:
        row = released_of(subject, tallies[subject.pk], earlier[subject.employee_id], keys, limits())
        subject.outcome = Outcome.RELEASED if row else Outcome.FEW
        if row:
            rows.append(row)
    ReleasedFeedback.objects.bulk_create(rows, batch_size=BATCH)
    FeedbackSubject.objects.bulk_update(subjects, ["outcome"], batch_size=BATCH)
    return len(rows)


def earlier_rounds(closed, subjects):
    """{employee key: [FeedbackSubject]} of all rounds closed before, with what was released."""
    found = defaultdict(list)
    rows = FeedbackSubject.objects.filter(
        employee__in=[subject.employee_id for subject in subjects], released__isnull=False
    )
    for row in rows.exclude(round=closed).select_related("released"):
        found[row.employee_id].append(row)
    return found


def released_of(subject, tally, earlier, keys, bounds):
    answers = sum(tally.answers.values())
    if answers < bounds.minimum:
        return None
    texts = texts_to_release(tally.texts, answers, bounds)
    secrets.SystemRandom().shuffle(texts)
    return ReleasedFeedback(
        subject=subject,
        answers=answers,
        values=[value_of(key, subject, tally, earlier, bounds) for key in keys],
        texts=texts,
    )


def value_of(key, subject, tally, earlier, bounds):
    """One value as it is released. By relation only where both may be shown, and the whole."""
    parts = {relation: tuple(tally.counts[relation][key]) for relation in Relation.values}
    before = {
        relation: [seen_before(key, relation, then, subject) for then in earlier]
        for relation in (None, *Relation.values)
    }
    table, shown = release_value(parts, before, bounds)
    return {"key": key, "table": table, **shown}


def seen_before(key, relation, then, subject):
    """What an earlier round tells of this value, of all or of one relation."""
    value = next((each for each in then.released.values if each["key"] == key), {})
    table = value.get(relation or "table")
    before, now = marked(then.marks, relation), marked(subject.marks, relation)
    return Earlier(
        table=tuple(table) if table else None,
        size=sum(table) if table else None if relation else then.released.answers,
        joined=len(now - before),
        left=len(before - now),
    )


def marked(marks, relation):
    return set(marks.get(relation, ())) if relation else set().union(*marks.values())


def tell_of_results(closed, subjects):
    keys = [subject.employee_id for subject in subjects]
    accounts = dict(Employee.objects.filter(pk__in=keys, user__isnull=False).values_list("pk", "user"))
    leaders = {
        person.user_id for person in appraisers_on(keys, timezone.localdate()).values() if person.user_id
    }
    subject = f"Umpan balik rekan: putaran “{closed.name}” selesai"
    tell_many(
        [
            *(
                (
                    accounts[each.employee_id],
                    subject,
                    "Baca hasilnya dan, bila perlu, tulis tanggapan Anda."
                    if each.outcome == Outcome.RELEASED
                    else "Jawaban tentang Anda belum cukup, jadi tidak ada hasil yang ditampilkan.",
                    f"{PATH}hasil/{each.pk}/",
                )
                for each in subjects
                if each.employee_id in accounts
            ),
            *((key, subject, "Hasil tim Anda dapat dibaca di sini.", PATH) for key in leaders),
        ]
    )
