import threading

import pytest
from django.db import DatabaseError, connection, transaction

from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.jobs.models import Job
from ambon_kinerja.lifecycle.models import StateChange
from ambon_kinerja.lifecycle.steps import (
    NotAllowed,
    Step,
    StepRefused,
    WrongState,
    history_of,
    steps_open_to,
    take,
)
from ambon_kinerja.tests.people import make_user

pytestmark = pytest.mark.django_db


def is_requester(user, job):
    return job.requested_by == user


START = Step("start", "Mulai kerjakan", ("waiting",), "running", is_requester)
STOP = Step("stop", "Hentikan", ("waiting", "running"), "cancelled", is_requester, needs_reason=True)


@pytest.fixture
def user():
    return make_user("Orang Satu")


@pytest.fixture
def job(user):
    return Job.objects.create(kind="effect", subject="a", title="A", requested_by=user)


def written():
    return (
        StateChange.objects.count(),
        AuditEvent.objects.count(),
        list(Job.objects.values_list("state", flat=True)),
    )


def test_a_stranger_may_not_take_the_step_and_nothing_is_written(job):
    with pytest.raises(NotAllowed, match=r"Anda tidak berwenang mengambil langkah “Mulai kerjakan”."):
        take(START, job, by=make_user("Orang Lain"))

    assert written() == (0, 0, ["waiting"])


def test_a_step_from_another_state_is_refused_in_words_and_nothing_is_written(job, user):
    Job.objects.filter(pk=job.pk).update(state="done")

    with pytest.raises(WrongState, match=r"“Mulai kerjakan” tidak bisa diambil dari keadaan “Selesai”."):
        take(START, job, by=user)

    assert written() == (0, 0, ["done"])


def test_the_state_is_judged_before_the_right(job):
    Job.objects.filter(pk=job.pk).update(state="done")

    with pytest.raises(WrongState):
        take(START, job, by=make_user("Orang Lain"))


def test_the_state_as_stored_decides_and_not_the_copy_in_hand(job, user):
    Job.objects.filter(pk=job.pk).update(state="done")
    job.state = "waiting"

    with pytest.raises(WrongState):
        take(START, job, by=user)


def test_the_record_as_stored_decides_who_may(job, user):
    Job.objects.filter(pk=job.pk).update(requested_by=make_user("Orang Lain"))

    with pytest.raises(NotAllowed):
        take(START, job, by=user)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_step_that_needs_words_is_refused_without_them(job, user, reason):
    with pytest.raises(StepRefused, match="Tulis alasannya"):
        take(STOP, job, by=user, reason=reason)

    assert written() == (0, 0, ["waiting"])


def test_a_step_is_stored_with_its_changes_its_row_and_its_event(job, user):
    taken = take(STOP, job, by=user, reason=" Salah pilih ", changes={"error": "berhenti"})

    job.refresh_from_db()
    change = StateChange.objects.get()
    event = AuditEvent.objects.get()
    assert (taken.state, job.state, job.error) == ("cancelled", "cancelled", "berhenti")
    assert (change.record, change.step, change.before, change.after) == (
        f"ambon_kinerja.Job:{job.pk}",
        "stop",
        "waiting",
        "cancelled",
    )
    assert (change.by, change.by_label, change.reason) == (user, "Orang Satu", "Salah pilih")
    assert (event.action, event.target, event.actor) == ("job.stop", change.record, f"user:{user.pk}")


def test_unsaved_edits_of_the_copy_in_hand_are_not_stored(job, user):
    job.title = "Diubah diam-diam"

    take(START, job, by=user)

    job.refresh_from_db()
    assert job.title == "A"


def test_a_step_without_a_person_names_the_timetable(job):
    by_timetable = Step("start", "Mulai", ("waiting",), "running", may=lambda user, job: user == "timetable")

    take(by_timetable, job, by="timetable")

    change = StateChange.objects.get()
    assert (change.by, change.by_label, AuditEvent.objects.get().actor) == (None, "timetable", "timetable")


@pytest.mark.django_db(transaction=True)
def test_a_failure_after_the_step_undoes_state_row_and_event(job, user):
    with transaction.atomic():
        take(START, job, by=user)
        transaction.set_rollback(True)

    assert written() == (0, 0, ["waiting"])


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_take_the_same_step_at_once_exactly_one_succeeds(job, user):
    """Without select_for_update in `take` several succeed."""
    start, outcomes = threading.Barrier(8), []

    def attempt():
        try:
            start.wait()
            take(START, job, by=user)
            outcomes.append("taken")
        except WrongState:
            outcomes.append("late")
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["late"] * 7 + ["taken"]
    assert written() == (1, 1, ["running"])


def test_only_the_steps_one_could_take_now_are_offered(job, user):
    other = make_user("Orang Lain")
    assert steps_open_to(user, job, (START, STOP)) == [START, STOP]
    assert steps_open_to(other, job, (START, STOP)) == []

    job = take(START, job, by=user)

    assert steps_open_to(user, job, (START, STOP)) == [STOP]


def test_the_history_is_in_order_and_of_this_record_alone(job, user, django_assert_num_queries):
    other = Job.objects.create(kind="effect", subject="b", title="B", requested_by=user)
    take(START, job, by=user)
    take(START, other, by=user)
    take(STOP, job, by=user, reason="cukup")

    with django_assert_num_queries(1):
        assert [(change.step, change.by.name) for change in history_of(job)] == [
            ("start", "Orang Satu"),
            ("stop", "Orang Satu"),
        ]


@pytest.mark.parametrize(
    "act", ["UPDATE ambon_kinerja_statechange SET reason = 'x'", "DELETE FROM ambon_kinerja_statechange"]
)
def test_even_the_owner_does_not_edit_the_history(job, user, act):
    take(START, job, by=user)

    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        with pytest.raises(DatabaseError, match="steps_are_never_edited"):
            cursor.execute(act)
