"""Opening a round, the draw, answering once, and what is left after the closing."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from agencies.structure.refusals import NotPossible
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.lifecycle.steps import StepRefused
from ambon_kinerja.notices.models import Notice
from feedback.colleagues import answering, closing
from feedback.colleagues.actions import (
    approve_candidates,
    cancel_round,
    open_round,
    propose_candidates,
    reply,
)
from feedback.colleagues.answering import WrongAnswers, give_answer
from feedback.colleagues.checking import draw_is_as_recorded
from feedback.colleagues.closing import close_round
from feedback.colleagues.models import (
    FeedbackInvitation,
    FeedbackRound,
    FeedbackSubject,
    FeedbackTally,
    RaterCandidate,
    ReleasedFeedback,
)
from feedback.colleagues.reminding import remind
from feedback.colleagues.tasks import keep_rounds

from .scene import (
    KEYS,
    all_of,
    answer_about,
    build_clinic,
    invitations_about,
    opened,
    prepared,
    released_about,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def users():
    return build_clinic()


def person(users, name):
    return users[name].employee


def closed(users, opened_round):
    return close_round(opened_round, by=users["office"], reason="Semua sudah menjawab.")


def subject_of(users, name):
    return FeedbackSubject.objects.get(employee=person(users, name))


def test_everybody_with_enough_colleagues_is_drawn_and_small_teams_are_told_why(users):
    opened(users)

    drawn = FeedbackSubject.objects.filter(outcome="drawn").values_list("employee__name", flat=True)
    small = FeedbackSubject.objects.filter(outcome="small").values_list("employee__name", flat=True)
    assert set(drawn) == {"Orang head"} | {f"Orang peer{number}" for number in range(8)}
    assert set(small) == {f"Orang junior{number}" for number in range(3)}
    assert not FeedbackInvitation.objects.filter(subject__outcome="small").exists()


def test_only_peers_and_subordinates_are_asked_and_nobody_about_himself(users):
    opened(users)

    for invitation in FeedbackInvitation.objects.select_related("subject__employee", "rater"):
        about, rater = invitation.subject.employee.name, invitation.rater.name
        assert about != rater
        if invitation.relation == "peer":
            assert about.startswith("Orang peer")
            assert rater.startswith("Orang peer")
        else:
            assert about == "Orang head" or (about == "Orang peer0" and rater.startswith("Orang junior"))


def test_drawing_again_with_the_kept_seed_gives_the_same_and_a_changed_invitation_shows(users):
    current = opened(users)
    assert draw_is_as_recorded(current)

    FeedbackInvitation.objects.filter(pk=invitations_about(person(users, "peer1"))[0].pk).delete()

    assert not draw_is_as_recorded(current)


def test_the_trail_of_the_draw_holds_numbers_and_no_pair(users):
    opened(users)

    event = AuditEvent.objects.get(action="feedbackround.draw")
    assert '"drawn": 9' in event.payload
    assert '"invitations"' in event.payload
    assert_no_pair()


def assert_no_pair():
    """Neither the trail nor a notice says of anybody whom he was asked about."""
    told = [
        f"{event.target} {event.payload}"
        for event in AuditEvent.objects.filter(action__startswith="feedback")
    ]
    for invitation in FeedbackInvitation.objects.select_related("subject__employee", "rater"):
        assert not any(str(invitation.pk) in text for text in told)
        for notice in Notice.objects.filter(recipient=invitation.rater.user):
            about = invitation.subject.employee.name
            assert about not in notice.subject + notice.body
            assert str(invitation.pk) not in notice.path


def test_an_answer_is_counted_once_however_often_it_is_sent(users):
    opened(users)
    task = invitations_about(person(users, "peer1"))[0]

    assert give_answer(task, answers=all_of(3), by=task.rater.user)
    assert not give_answer(task, answers=all_of(1), by=task.rater.user)

    tally = FeedbackTally.objects.get(subject=task.subject)
    assert tally.answers["peer"] == 1
    assert all(tally.counts["peer"][key] == [0, 0, 0, 1, 0] for key in KEYS)


def test_an_answer_leaves_no_event_no_moment_and_no_row(users):
    opened(users)
    events, tallies = AuditEvent.objects.count(), FeedbackTally.objects.count()

    answer_about(person(users, "peer1"), (4, 3), ["Selalu siap"])

    assert AuditEvent.objects.count() == events
    assert FeedbackTally.objects.count() == tallies
    kept = {field.name for field in FeedbackInvitation._meta.get_fields() if field.concrete}
    assert kept == {"id", "subject", "rater", "relation", "has_answered"}


def test_the_rows_about_one_person_do_not_tell_who_answered_last(users):
    """All invitations about him carry the same transaction number, whoever answered, in the same order of rows."""
    opened(users)
    about = person(users, "peer1")
    answer_about(about, (4, 3, 2))

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT xmin::text), count(DISTINCT cmin::text) FROM feedback_feedbackinvitation"
            " WHERE subject_id = %s",
            [subject_of(users, "peer1").pk],
        )
        assert cursor.fetchone() == (1, 1)


def test_who_was_not_asked_cannot_answer(users):
    opened(users)
    task = invitations_about(person(users, "peer1"))[0]

    for name in ("head", "peer1", "outsider", "office"):
        with pytest.raises(NotPossible):
            give_answer(task, answers=all_of(4), by=users[name])


@pytest.mark.parametrize(
    "answers",
    [
        {},
        all_of(5),
        all_of(-1),
        all_of("3"),
        all_of(True),
        all_of(3) | {"kesetiaan": 4},
        dict.fromkeys(KEYS[1:], 3),
    ],
)
def test_answers_that_were_not_asked_for_are_refused_whole(users, answers):
    opened(users)
    task = invitations_about(person(users, "peer1"))[0]

    with pytest.raises(WrongAnswers):
        give_answer(task, answers=answers, by=task.rater.user)

    assert FeedbackTally.objects.get(subject=task.subject).answers["peer"] == 0


def test_the_last_second_counts_and_the_first_after_it_does_not(users):
    current = opened(users)
    first, second = invitations_about(person(users, "peer1"))[:2]

    with time_machine.travel(current.closes_at - timedelta(seconds=1), tick=False):
        assert give_answer(first, answers=all_of(4), by=first.rater.user)
    with time_machine.travel(current.closes_at, tick=False), pytest.raises(NotPossible):
        give_answer(second, answers=all_of(4), by=second.rater.user)
    assert timezone.localtime(current.closes_at).strftime("%H:%M:%S %z") == "00:00:00 +0900"


def test_after_the_closing_only_what_may_be_read_is_left(users):
    current = opened(users)
    about = person(users, "peer1")
    answer_about(about, (4, 4, 3, 3, 2), ["Cepat", "Ramah", "Perlu mendengar"])
    answer_about(person(users, "peer2"), (4, 4, 3, 1))

    done = closed(users, current)

    assert not FeedbackInvitation.objects.exists()
    assert not FeedbackTally.objects.exists()
    assert done.seed == ""
    assert set(ReleasedFeedback.objects.values_list("subject__employee", flat=True)) == {about.pk}
    assert subject_of(users, "peer2").outcome == "few"
    (released,) = released_about(about, done.starts_on, done.ends_on)
    assert released.answers == 5
    assert [value.key for value in released.values] == KEYS  # in the order of the regulation
    assert all(value.table == (0, 0, 1, 2, 2) for value in released.values)
    assert sorted(released.texts) == ["Cepat", "Perlu mendengar", "Ramah"]
    assert released_about(person(users, "peer2"), done.starts_on, done.ends_on) == []


def test_texts_are_kept_and_released_in_an_order_drawn_by_lot(users, monkeypatch):
    monkeypatch.setattr(answering.secrets, "randbelow", lambda _: 0)
    current = opened(users)
    about = person(users, "peer1")
    answer_about(about, (4, 4, 3, 3, 2), ["Cepat", "Ramah", "Perlu mendengar"])
    assert FeedbackTally.objects.get(subject__employee=about).texts == ["Perlu mendengar", "Ramah", "Cepat"]
    monkeypatch.setattr(closing.secrets.SystemRandom, "shuffle", lambda _, rows: rows.sort())

    done = closed(users, current)

    (released,) = released_about(about, done.starts_on, done.ends_on)
    assert released.texts == ("Cepat", "Perlu mendengar", "Ramah")


def test_two_texts_are_not_released(users):
    current = opened(users)
    about = person(users, "peer1")
    answer_about(about, (4, 4, 3, 3, 2), ["Cepat", "Ramah"])

    done = closed(users, current)

    (released,) = released_about(about, done.starts_on, done.ends_on)
    assert released.texts == ()


def test_peers_and_subordinates_stand_apart_only_where_both_are_enough(users):
    current = opened(users)
    about = person(users, "peer0")  # seven peers, three juniors
    answer_about(about, (4, 4, 3, 3, 2, 2, 4, 3, 2, 1))

    done = closed(users, current)

    (released,) = released_about(about, done.starts_on, done.ends_on)
    assert released.answers == 10
    assert all(value.table and not value.by_relation for value in released.values)


def test_what_identifies_is_masked_before_it_is_kept(users):
    opened(users)
    task, other = invitations_about(person(users, "peer1"))[:2]
    words = f"Hubungi\n\n 081234567890  ya, salam dari {other.rater.name.split()[-1]}"

    give_answer(task, answers=all_of(4), text=words, by=task.rater.user)

    (text,) = FeedbackTally.objects.get(subject=task.subject).texts
    assert "081234567890" not in text
    assert "\n" not in text
    assert other.rater.name.split()[-1] not in text


def test_an_early_closing_needs_a_reason_and_the_timetable_closes_on_time(users):
    current = opened(users)
    with pytest.raises(StepRefused):
        close_round(current, by=users["office"])

    keep_rounds()
    current.refresh_from_db()
    assert current.state == "open"
    with time_machine.travel(current.closes_at, tick=False):
        keep_rounds()
    current.refresh_from_db()
    assert current.state == "closed"


def test_everybody_is_reminded_in_the_same_words_once(users):
    current = opened(users)
    answer_about(person(users, "peer1"), (4, 3, 2))
    asked = set(FeedbackInvitation.objects.values_list("rater__user", flat=True))
    Notice.objects.all().delete()

    assert remind(current) == len(asked)
    assert remind(current) == 0

    assert set(Notice.objects.values_list("recipient", flat=True)) == asked
    assert Notice.objects.values("subject", "body", "path").distinct().count() == 1


def test_nobody_is_in_two_rounds_at_once(users):
    prepared(users)
    with pytest.raises(NotPossible):
        prepared(users)


def test_a_cancelled_round_asks_nobody(users):
    current = prepared(users)
    cancel_round(current, by=users["office"], reason="Salah unit.")
    with pytest.raises(StepRefused):
        open_round(current, by=users["office"])
    assert not FeedbackInvitation.objects.exists()


def test_the_superior_approves_a_list_that_is_not_the_employees_own(users):
    current = prepared(users, choosing="approved")
    subject, head = subject_of(users, "peer1"), users["head"]
    peers = [person(users, f"peer{number}").pk for number in (0, 2, 3, 4, 5, 6, 7)]
    propose_candidates(subject, people=peers[:4], by=users["peer1"])

    with pytest.raises(NotPossible, match="separuh"):
        approve_candidates(subject, people=peers[:6], by=head)
    with pytest.raises(NotPossible, match="sedikitnya 5"):
        approve_candidates(subject, people=peers[2:6], by=head)
    with pytest.raises(NotPossible, match="Pilih dari"):
        approve_candidates(subject, people=[*peers[2:], head.employee.pk], by=head)
    with pytest.raises(NotPossible, match="Hanya atasan"):
        approve_candidates(subject, people=peers[2:], by=users["peer2"])
    approve_candidates(subject, people=peers[2:], by=head)
    with pytest.raises(NotPossible):
        propose_candidates(subject, people=peers[:1], by=users["peer1"])
    open_round(current, by=users["office"])

    asked = {invitation.rater_id for invitation in invitations_about(subject.employee)}
    assert asked == set(peers[2:])
    assert_no_pair_in_candidates_after(users, current)


def assert_no_pair_in_candidates_after(users, current):
    closed(users, current)
    assert not RaterCandidate.objects.exists()


def test_a_list_nobody_approved_leaves_the_whole_team_in_the_pot(users):
    current = prepared(users, choosing="approved")
    mine = person(users, "peer2").pk
    propose_candidates(subject_of(users, "peer1"), people=[mine], by=users["peer1"])

    open_round(current, by=users["office"])

    assert len(invitations_about(person(users, "peer1"))) == 7


def test_the_employee_answers_to_his_result_and_a_second_tab_is_told(users):
    current = opened(users)
    answer_about(person(users, "peer1"), (4, 4, 3, 3, 2))
    closed(users, current)
    subject = subject_of(users, "peer1")

    reply(subject, text="Terima kasih.", version=0, by=users["peer1"])
    with pytest.raises(NotPossible):
        reply(subject, text="Lain.", version=0, by=users["peer1"])
    with pytest.raises(NotPossible):
        reply(subject, text="Saya.", version=1, by=users["head"])

    assert released_about(subject.employee, current.starts_on, current.ends_on)[0].reply == "Terima kasih."


def test_the_database_releases_nothing_of_fewer_than_five(users):
    opened(users)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReleasedFeedback.objects.create(subject=subject_of(users, "peer1"), answers=4, values=[])


def test_a_closed_round_keeps_no_seed(users):
    current = opened(users)
    with pytest.raises(IntegrityError), transaction.atomic():
        FeedbackRound.objects.filter(pk=current.pk).update(state="closed")


def test_the_log_of_an_answer_names_nobody(users, caplog):
    opened(users)
    with caplog.at_level(logging.DEBUG):
        answer_about(person(users, "peer1"), (4, 3))

    said = "".join(
        record.getMessage() for record in caplog.records if not record.name.startswith("django.db")
    )
    assert "Orang" not in said
