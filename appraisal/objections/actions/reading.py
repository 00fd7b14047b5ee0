"""The second reader: drawn, rates without a name, or steps back (docs/adr/0021)."""

from django.db import transaction
from django.urls import reverse

from agencies.people.models import Employee
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, WrongState, take
from ambon_kinerja.notices.actions import tell
from ambon_kinerja.workdays.words import day_words
from appraisal.monitoring.queries import results_in
from appraisal.scoring.matrix import Rating, predikat_for

from ..clocks import end_term, start_term, void_terms
from ..models import BlindReading, Deadline
from ..rules import may_read_blind
from ..second_reader.draw import drawn, pool_for, seed_of, sha256_of_pool
from ..states.readings import EXPIRE, GIVE, RECUSE
from .refusals import LONGEST_TEXT, Conflict, Refused, now_and_today, refuse_bad_texts, user_of

State, Kind = BlindReading.State, Deadline.Kind


def address_of(reading):
    return reverse("appraisal:blind-reading", kwargs={"key": reading.key})


def draw_reader(objection, *, by):
    """Draw who reads the case next, in the caller's transaction; with nobody left that is recorded as well."""
    now, today = now_and_today()
    before = list(objection.readings.all())
    attempt = len(before) + 1
    pool = pool_for(objection, without={row.reader_id for row in before if row.reader_id})
    seed = seed_of(objection, attempt)
    reader = Employee.objects.select_related("user").get(pk=drawn(seed, pool)) if pool else None
    reading = BlindReading.objects.create(
        objection=objection,
        reader=reader,
        state=State.DRAWN if reader else State.NOBODY,
        attempt=attempt,
        seed=seed,
        pool_size=len(pool),
        pool_sha256=sha256_of_pool(pool),
        drawn_at=now,
        ended_at=None if reader else now,
    )
    details = {"seed": seed, "pool": pool, "reader": reading.reader_id, "attempt": attempt}
    record_event("blindreading.draw", reading, by=by, details=details)
    if reader is not None:
        term = start_term(objection.document, Kind.READ, starts_on=today, owner=reader)
        tell(
            user_of(reader),
            subject="Anda diundi sebagai pembaca kedua sebuah keberatan",
            body=f"Nilai buktinya tanpa nama paling lambat {day_words(term.due_on)}.",
            path=address_of(reading),
        )
    return reading


def lock_drawn(reading, by):
    found = (
        BlindReading.objects.select_for_update(of=("self",)).select_related("objection").get(pk=reading.pk)
    )
    if found.state != State.DRAWN:
        raise WrongState("Pembacaan ini sudah selesai.")
    if not may_read_blind(by, found):
        raise NotAllowed("Hanya pembaca yang diundi yang dapat menilai.")
    return found


@transaction.atomic
def save_reading(reading, *, version, ratings, work_rating, behaviour_rating, reason, by):
    """Keep what the reader has so far; `ratings` is {number of a result from 1: rating}. Raises Conflict, Refused."""
    found = lock_drawn(reading, by)
    typed = {
        "ratings": {str(number): rating for number, rating in ratings.items()},
        "work_rating": work_rating,
        "behaviour_rating": behaviour_rating,
        "reason": reason.strip(),
    }
    refuse_unknown(found, typed)
    if found.version != version:
        if all(getattr(found, name) == value for name, value in typed.items()):
            return found
        raise Conflict(stored=found, typed=typed)
    for name, value in typed.items():
        setattr(found, name, value)
    found.version += 1
    found.save(update_fields=[*typed, "version"])
    return found


def refuse_unknown(reading, typed):
    errors = {}
    numbers = {str(number) for number in range(1, count_of_results(reading) + 1)}
    for number, rating in typed["ratings"].items():
        if number not in numbers or rating not in ("", *Rating.values):
            errors[f"rating-{number}"] = "Pilih salah satu rating yang tersedia."
    for name in ("work_rating", "behaviour_rating"):
        if typed[name] not in ("", *Rating.values):
            errors[name] = "Pilih salah satu rating yang tersedia."
    if len(typed["reason"]) > LONGEST_TEXT:
        errors["reason"] = f"Tulis paling banyak {LONGEST_TEXT} huruf."
    if errors:
        raise Refused(errors)


def count_of_results(reading):
    evaluation = reading.objection.document.evaluation
    return results_in(evaluation.skp_id, evaluation.period_id).count()


@transaction.atomic
def give_reading(reading, *, version, by):
    """Hand the reading in: only now its reader sees the first ratings, and the decider sees his."""
    now, today = now_and_today()
    found = lock_drawn(reading, by)
    if found.version != version:
        raise Conflict(stored=found, typed={})
    errors = {
        f"rating-{number}": f"Pilih rating untuk hasil kerja {number}."
        for number in range(1, count_of_results(found) + 1)
        if not found.ratings.get(str(number))
    }
    if not found.work_rating:
        errors["work_rating"] = "Pilih rating hasil kerja."
    if not found.behaviour_rating:
        errors["behaviour_rating"] = "Pilih rating perilaku kerja."
    if errors:
        raise Refused(errors)
    refuse_bad_texts(reason=(found.reason, "Tulis pertimbangan Anda."))
    predikat = predikat_for(work=found.work_rating, behaviour=found.behaviour_rating)
    given = take(GIVE, found, by=by, changes={"predikat": predikat, "ended_at": now})
    end_term(given.objection.document, Kind.READ, on=today)
    tell(
        user_of(given.objection.decider),
        subject="Pembaca kedua sudah menilai",
        body="Penilaiannya tanpa nama dapat Anda baca di samping penilaian pertama.",
        path=reverse("appraisal:objection-detail", kwargs={"pk": given.objection_id}),
    )
    return given


@transaction.atomic
def recuse(reading, *, reason, by):
    """The reader has recognised the case or may not read it for another reason: the next one is drawn."""
    now, _ = now_and_today()
    found = lock_drawn(reading, by)
    gone = take(RECUSE, found, by=by, reason=reason, changes={"ended_at": now, "reason": reason.strip()})
    draw_reader(gone.objection, by=by)
    return gone


def stop_reading(objection):
    """Nobody has to read any more: the case was closed, or the days ran out."""
    now, today = now_and_today()
    for reading in objection.readings.filter(state=State.DRAWN):
        take(EXPIRE, reading, by="timetable", changes={"ended_at": now})
    void_terms(objection.document, Kind.READ, on=today, outcome=Deadline.Outcome.LAPSED)
