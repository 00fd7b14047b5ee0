"""Closing a round: what may be released is kept, everything else of the answers is deleted in the same transaction."""

import secrets
from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from agencies.people.models import Employee
from agencies.people.reporting_line import appraisers_on
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import StepRefused, take
from ambon_kinerja.notices.actions import tell_many

from .actions import BATCH, PATH
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
from .queries import limits
from .release import Earlier, release_value, texts_to_release
from .rules import TIMETABLE
from .states import CLOSE

State, Outcome = FeedbackRound.State, FeedbackSubject.Outcome
EARLY = "Tulis alasan menutup sebelum hari terakhir."


@transaction.atomic
def close_round(opened, *, by, reason=""):
    """Release what may be released. Before the last day is over the personnel office says why. Raises StepRefused."""
    now = timezone.now()
    if now < opened.closes_at and (by == TIMETABLE or not reason.strip()):
        raise StepRefused(EARLY)
    closed = take(CLOSE, opened, by=by, reason=reason, changes={"closed_at": now, "seed": ""})
    subjects = list(closed.subjects.filter(outcome=Outcome.DRAWN).select_related("employee"))
    released = release(closed, subjects, [value.key for value in values_asked(closed)])
    FeedbackInvitation.objects.filter(subject__round=closed).delete()
    RaterCandidate.objects.filter(subject__round=closed).delete()
    FeedbackTally.objects.filter(subject__round=closed).delete()
    numbers = {"released": released, "too_few": len(subjects) - released}
    record_event("feedbackround.release", closed, by=by, details=numbers)
    tell_of_results(closed, subjects)
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
