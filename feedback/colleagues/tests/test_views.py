"""The pages: what each person finds on them, hostile posts, and an attacker who reads everything he may."""

import re
from datetime import timedelta
from unittest import mock
from uuid import uuid4

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.structure.models import Post
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.jobs.models import Job
from ambon_kinerja.personal_data.models import Viewing
from feedback.colleagues.actions import (
    draw_job,
    tell_nobody,
)
from feedback.colleagues.answering import give_answer
from feedback.colleagues.closing import close_job, close_round
from feedback.colleagues.models import (
    FeedbackInvitation,
    FeedbackRound,
    FeedbackSubject,
    FeedbackTally,
    ReleasedFeedback,
)
from feedback.colleagues.release import HIDDEN, Limits

from .scene import (
    KEYS,
    all_of,
    answer_about,
    build_clinic,
    invitations_about,
    join,
    opened,
    prepared,
)

pytestmark = pytest.mark.django_db
DESK = "/umpan-balik-rekan/"


@pytest.fixture
def users():
    return build_clinic()


def as_(user):
    client = Client()
    client.force_login(user)
    return client


def task_about(users, name):
    """(invitation, its rater's client)"""
    task = invitations_about(users[name].employee)[0]
    return task, as_(task.rater.user)


def address(name, pk):
    return reverse(f"feedback:colleague-{name}", args=[pk])


def sent(**changes):
    return dict.fromkeys(KEYS, "3") | {"text": ""} | changes


def finished(users, levels=(4, 4, 3, 3, 2), texts=()):
    current = opened(users)
    answer_about(users["peer1"].employee, levels, texts)
    return close_round(current, by=users["office"], reason="Selesai.")


def subject_of(users, name, feedback_round=None):
    found = FeedbackSubject.objects.filter(employee=users[name].employee)
    return (found.filter(round=feedback_round) if feedback_round else found).get()


def test_a_rater_finds_his_tasks_answers_and_finds_it_answered(users):
    opened(users)
    task, client = task_about(users, "peer1")
    assert "Orang peer1" in client.get(DESK).content.decode()

    page = client.get(address("answer", task.pk)).content.decode()
    assert page.count("<fieldset") == 7
    assert "Membantu orang lain belajar".lower() in page
    answer = client.post(address("answer", task.pk), sent())
    again = client.post(address("answer", task.pk), sent(akuntabel="1"))

    assert answer.status_code == again.status_code == 302
    assert FeedbackTally.objects.get(subject=task.subject).counts["peer"]["akuntabel"] == [0, 0, 0, 1, 0]
    assert "1 sudah Anda jawab" in client.get(DESK).content.decode()
    assert "Sudah Anda jawab" in client.get(address("answer", task.pk)).content.decode()


def test_an_answer_with_a_gap_is_explained_and_keeps_what_was_typed(users):
    opened(users)
    task, client = task_about(users, "peer1")

    page = client.post(address("answer", task.pk), sent(loyal="", text="Selalu membantu"))

    assert page.status_code == 422
    assert "Pilih satu jawaban untuk Loyal." in page.content.decode()
    assert "Selalu membantu" in page.content.decode()


@pytest.mark.parametrize(
    "hostile",
    [
        {"loyal": "5"},
        {"loyal": "3 x"},
        {"loyal": "٣"},
        {"loyal": "\x00"},
        {"loyal": ["3", "9"]},
        {"text": "a\x00b"},
        {"text": "x" * 1001},
    ],
)
def test_hostile_answers_are_refused_in_words(users, hostile):
    opened(users)
    task, client = task_about(users, "peer1")

    assert client.post(address("answer", task.pk), sent(**hostile)).status_code == 422
    assert FeedbackTally.objects.get(subject=task.subject).answers == {"peer": 0, "subordinate": 0}


def test_fields_that_were_not_asked_for_change_nothing(users):
    opened(users)
    task, client = task_about(users, "peer1")

    forged = sent(relation="subordinate", subject=str(uuid4()), rater="1", has_answered="", state="closed")
    client.post(address("answer", task.pk), forged)

    assert FeedbackTally.objects.get(subject=task.subject).answers == {"peer": 1, "subordinate": 0}


def test_after_the_last_day_the_answer_is_refused_and_still_on_the_page(users):
    current = opened(users)
    task, _ = task_about(users, "peer1")

    with time_machine.travel(current.closes_at, tick=False):
        client = as_(task.rater.user)
        page = client.post(address("answer", task.pk), sent(text="Teks saya"))

    assert page.status_code == 409
    assert "Teks saya" in page.content.decode()
    assert FeedbackTally.objects.get(subject=task.subject).answers["peer"] == 0


def test_nobody_else_opens_a_task_or_a_result(users):
    opened(users)
    task, _ = task_about(users, "peer1")
    subject = subject_of(users, "peer1")

    for name in ("peer1", "head", "peer2", "junior0", "office", "outsider"):
        user = users[name]
        client = as_(user)
        if user != task.rater.user:
            assert client.get(address("answer", task.pk)).status_code == 404, name
            assert client.post(address("answer", task.pk), sent()).status_code == 404, name
        may = name in ("peer1", "head")
        assert client.get(address("result", subject.pk)).status_code == (200 if may else 404), name


def test_a_task_of_another_round_is_gone_with_it(users):
    current = opened(users)
    task, client = task_about(users, "peer1")
    close_round(current, by=users["office"], reason="Selesai.")

    assert client.get(address("answer", task.pk)).status_code == 404
    assert client.post(address("answer", task.pk), sent()).status_code == 404


def test_the_employee_and_his_superior_read_the_result_and_the_superior_is_noted(users):
    finished(users, texts=["Cepat", "Ramah", "Rapi"])
    subject = subject_of(users, "peer1")

    own = as_(users["peer1"]).get(address("result", subject.pk)).content.decode()
    above = as_(users["head"]).get(address("result", subject.pk)).content.decode()

    for page in (own, above):
        assert "5 rekan menjawab" in page
        assert "Ramah" in page
        assert page.count("<svg") >= 7
    assert "Simpan tanggapan" in own
    assert "Simpan tanggapan" not in above
    assert Viewing.objects.filter(kind="colleague_feedback").count() == 1


def test_the_office_reads_sums_of_at_least_five_people_only(users):
    done = finished(users)
    page = as_(users["office"]).get(address("round-detail", done.pk)).content.decode()
    assert "Hasil kurang dari lima pegawai" in page

    subjects = FeedbackSubject.objects.filter(round=done).exclude(employee=users["peer1"].employee)
    row = ReleasedFeedback.objects.get()
    for subject in subjects[:4]:
        ReleasedFeedback.objects.create(subject=subject, answers=5, values=row.values)
    page = as_(users["office"]).get(address("round-detail", done.pk)).content.decode()
    assert "Hasil kurang dari lima pegawai" not in page
    assert ">10<" in page
    assert "Orang peer1" not in page


def test_progress_is_told_without_names_and_from_five_answers_on(users):
    current = opened(users)
    office = as_(users["office"])
    answer_about(users["peer1"].employee, (4, 4, 3, 3))
    assert "sudah menjawab" not in office.get(address("round-detail", current.pk)).content.decode()

    answer_about(users["peer2"].employee, (4,))
    page = office.get(address("round-detail", current.pk)).content.decode()
    assert re.search(r"5 dari \d+ sudah menjawab", page)
    assert "Orang peer" not in page


def test_the_office_prepares_opens_checks_and_closes_a_round(users):
    office, today = as_(users["office"]), timezone.localdate()
    facts = {
        "name": "Semester I",
        "starts_on": today - timedelta(days=100),
        "ends_on": today,
        "units": [users["office"].health.pk],
        "choosing": "drawn",
        "last_day": today + timedelta(days=5),
        "sending_key": "a",
    }
    wrong = office.post(reverse("feedback:colleague-round-add"), facts | {"last_day": today, "units": []})
    assert wrong.status_code == 422
    assert "Pilih unit dari daftar." in wrong.content.decode()

    made = office.post(reverse("feedback:colleague-round-add"), facts)
    assert office.post(reverse("feedback:colleague-round-add"), facts).url == made.url
    current = FeedbackRound.objects.get()
    office.post(address("round-open", current.pk))
    office.post(address("round-open", current.pk))  # a double click
    job = Job.objects.get(kind="colleague_draw")
    waiting = office.get(made.url).content.decode()
    assert "Mengundi rekan: Semester I" in waiting
    assert 'http-equiv="refresh"' in waiting
    assert "Undi rekan dan buka" not in waiting
    assert office.get(address("round-draw", current.pk)).status_code == 404
    assert draw_job(job, tell_nobody) == made.url
    assert "Periksa sekarang" in office.get(address("round-draw", current.pk)).content.decode()
    detail = office.get(made.url).content.decode()
    assert "Tim terlalu kecil".lower() in detail.lower()
    assert "Orang junior0" in detail
    current.refresh_from_db()
    assert current.seed not in detail
    assert current.seed_sha256 in detail

    assert (
        office.post(address("round-close", current.pk), {"reason": "", "sending_key": "b"}).status_code == 422
    )
    office.post(address("round-close", current.pk), {"reason": "Selesai", "sending_key": "b"})
    closing = Job.objects.get(kind="colleague_close")
    detail = office.get(made.url).content.decode()
    assert "Menutup putaran: Semester I" in detail
    assert "Tutup putaran sekarang" not in detail
    assert close_job(closing, tell_nobody) == made.url
    current.refresh_from_db()
    assert current.state == "closed"


def test_proposing_and_approving_by_the_pages(users):
    prepared(users, choosing="approved")
    subject = subject_of(users, "peer1")
    peers = [users[f"peer{number}"].employee.pk for number in (0, 2, 3, 4, 5, 6)]
    mine, above = as_(users["peer1"]), as_(users["head"])

    assert "Usulkan rekan" in mine.get(DESK).content.decode()
    assert mine.post(address("propose", subject.pk), {"people": peers[:2]}).status_code == 302
    page = above.get(address("approve", subject.pk)).content.decode()
    assert page.count(" checked") == 2
    assert above.post(address("approve", subject.pk), {"people": peers[:3]}).status_code == 422
    assert above.post(address("approve", subject.pk), {"people": [*peers, 99999999]}).status_code == 422
    assert above.post(address("approve", subject.pk), {"people": peers}).status_code == 302
    assert mine.post(address("propose", subject.pk), {"people": peers[:1]}).status_code == 409
    assert mine.get(address("approve", subject.pk)).status_code == 404


def test_two_tabs_with_a_reply_show_both_texts(users):
    finished(users)
    subject, client = subject_of(users, "peer1"), as_(users["peer1"])
    client.post(address("reply", subject.pk), {"text": "Pertama", "version": "0"})

    page = client.post(address("reply", subject.pk), {"text": "Kedua", "version": "0"})

    assert page.status_code == 409
    assert "Pertama" in page.content.decode()
    assert "Kedua" in page.content.decode()


def test_the_desk_asks_as_much_for_one_task_as_for_many(users):
    opened(users)
    rater = invitations_about(users["peer1"].employee)[0].rater
    client = as_(rater.user)
    client.get(DESK)

    with CaptureQueriesContext(connection) as many:
        client.get(DESK)
    kept = FeedbackInvitation.objects.filter(rater=rater).first()
    FeedbackInvitation.objects.filter(rater=rater).exclude(pk=kept.pk).delete()
    with CaptureQueriesContext(connection) as one:
        client.get(DESK)

    assert len(one) == len(many)


# --- the attacker at the pages ----------------------------------------------------------------------


def everything_seen(users):
    """What those who are not asked may open about peer1 and his round, and what the trail says."""
    result = address("result", subject_of(users, "peer1").pk)
    detail = address("round-detail", FeedbackRound.objects.get().pk)
    pages = (("peer1", DESK), ("peer1", result), ("head", DESK), ("head", result), ("office", detail))
    told = [as_(users[name]).get(path).content.decode() for name, path in pages]
    return told + [f"{event.action} {event.payload}" for event in AuditEvent.objects.order_by("position")]


def test_while_a_round_is_open_nobody_sees_any_difference_between_two_answers(users):
    """The same person answers 4 in one world and 1 in the other: every page, event and notice is the same."""
    opened(users)
    task = invitations_about(users["peer1"].employee)[0]
    seen = []
    with mock.patch("feedback.colleagues.views.results.note_viewing"):
        for level in (4, 1):
            with transaction.atomic():
                give_answer(task, answers=all_of(level), text="Catatan" * level, by=task.rater.user)
                # A token against forged requests is another one on every page.
                seen.append([re.sub(r'value="[^"]*"', "", page) for page in everything_seen(users)])
                transaction.set_rollback(True)

    assert seen[0] == seen[1]


def second_round_with_a_new_colleague(users, level):
    """Everybody answers as before about peer1, and one who has come since answers `level`."""
    done = finished(users, levels=(4, 4, 3, 3, 2, 3, 4))
    post = Post.objects.get(code="peer7")
    join(users, "newcomer", post)
    with time_machine.travel(timezone.now() + timedelta(days=200)):
        current = opened(users, name="Semester II")
        asked = {task.rater_id: task for task in invitations_about(users["peer1"].employee)}
        new = asked.pop(users["newcomer"].employee.pk)
        for task, said in zip(
            sorted(asked.values(), key=lambda each: each.pk), (4, 4, 3, 3, 2, 3, 4), strict=True
        ):
            give_answer(task, answers=all_of(said), by=task.rater.user)
        give_answer(new, answers=all_of(level), by=users["newcomer"])
        again = close_round(current, by=users["office"], reason="Selesai.")
    return done, again


def values_of(users, feedback_round):
    return ReleasedFeedback.objects.get(subject=subject_of(users, "peer1", feedback_round)).values


def test_a_new_colleague_is_not_found_by_subtracting_two_rounds(users):
    done, again = second_round_with_a_new_colleague(users, 1)

    assert all(value["table"] for value in values_of(users, done))
    assert not any(value["table"] for value in values_of(users, again))
    page = as_(users["peer1"]).get(address("result", subject_of(users, "peer1", again).pk)).content.decode()
    assert page.count(HIDDEN) == 7


def test_with_the_comparison_switched_off_subtracting_finds_him(users):
    with mock.patch("feedback.colleagues.closing.limits", return_value=Limits(looks_back=False)):
        done, again = second_round_with_a_new_colleague(users, 1)

    before, after = values_of(users, done)[0]["table"], values_of(users, again)[0]["table"]
    assert [now - then for then, now in zip(before, after, strict=True)] == [0, 1, 0, 0, 0]
