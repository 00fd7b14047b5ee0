"""What happens to a letter: taken in once, handled by version, answered, merged, escalated, closed by time."""

import pytest
from django.db import IntegrityError, transaction

from agencies.access.tests.cast import build_cast
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.lifecycle.models import StateChange
from ambon_kinerja.lifecycle.steps import NotAllowed, WrongState, take
from ambon_kinerja.notices.models import Notice
from feedback.complaints import actions, states
from feedback.complaints.actions.receiving import take_over
from feedback.complaints.codes import digest_of
from feedback.complaints.models import Complaint, ComplaintMessage
from feedback.complaints.queries import (
    complaint_by_code,
    thread_for_citizen,
    thread_for_officer,
    visible_complaints,
)
from feedback.complaints.rules import REPORTER, TIMETABLE

from .scene import MANAGER, MONDAY, PATHS, TEXT, a_complaint, carry, onward

pytestmark = pytest.mark.django_db
State, Clock = Complaint.State, Complaint.Clock


@pytest.fixture
def cast():
    return build_cast()


def test_the_same_form_sent_twice_is_one_letter_with_the_same_code(cast):
    first, code = a_complaint(cast)
    second, again = a_complaint(cast)

    assert (first.pk, code) == (second.pk, again)
    assert Complaint.objects.count() == 1


def test_only_the_digest_of_a_code_is_kept_and_other_keys_give_other_codes(cast):
    complaint, code = a_complaint(cast)
    _, other = a_complaint(cast, key="lain")

    assert len(code.replace("-", "")) == 26
    assert code != other
    kept = [str(value) for value in Complaint.objects.filter(pk=complaint.pk).values_list()[0]]
    assert all(code not in value and code.replace("-", "") not in value for value in kept)
    assert complaint_by_code(code.lower().replace("-", " ")) == complaint
    assert complaint_by_code("x" * 26) is None


def test_nothing_that_is_kept_tells_the_hour_or_the_place_of_an_anonymous_letter(cast):
    complaint, _ = a_complaint(cast, name="Yosep", email="yosep@contoh.test", phone="0811", consent=True)

    assert (complaint.name, complaint.phone, complaint.email) == ("", "", "yosep@contoh.test")
    assert not [
        f
        for f in Complaint._meta.fields
        if f.get_internal_type() in ("DateTimeField", "GenericIPAddressField")
    ]
    assert not [f for f in ComplaintMessage._meta.fields if f.get_internal_type() == "DateTimeField"]
    assert not AuditEvent.objects.filter(target=f"feedback.Complaint:{complaint.pk}").exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.filter(pk=complaint.pk).update(name="Yosep")


def test_contact_without_consent_is_not_kept(cast):
    complaint, _ = a_complaint(cast, identity="open", name="Yosep", email="yosep@contoh.test")

    assert (complaint.name, complaint.email, complaint.consent_version) == ("", "", "")
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.filter(pk=complaint.pk).update(email="yosep@contoh.test")


@pytest.mark.parametrize("state", PATHS)
def test_no_step_starts_from_a_state_or_by_a_person_it_is_not_meant_for(cast, state):
    complaint, _ = carry(cast, state)
    names = (MANAGER, "service_manager", "survey_office", "inspector", "superior", "self", "outsider")
    people = [*(cast[name] for name in names), REPORTER, TIMETABLE]
    allowed = {(step.name, str(by)) for step in states.STEPS for by in people if is_meant(step, by, cast)}
    took = set()
    for step in states.STEPS:
        for by in people:
            sid = transaction.savepoint()
            try:
                take(step, complaint, by=by, reason="uji", changes=changes_for(step, complaint, cast))
            except (WrongState, NotAllowed):
                pass
            else:
                took.add((step.name, str(by)))
            finally:
                transaction.savepoint_rollback(sid)

    may_start = {step.name for step in states.STEPS if state in step.sources}
    assert {name for name, _ in took} <= may_start
    assert took <= allowed
    officers = {step.name for step in states.OFFICER_STEPS if step.name != "close"} & may_start
    assert {name for name, by in took if by == str(cast[MANAGER])} - {"close"} == officers


def is_meant(step, by, cast):
    if step in states.OFFICER_STEPS:
        return by == cast[MANAGER]
    return by == (TIMETABLE if step is states.LAPSE else REPORTER)


def changes_for(step, complaint, cast):
    """What the constraints ask of the target state."""
    closed = step.target in ("refused", "merged", "done", "transferred")
    changes = {"closed_on": MONDAY if closed else None}
    if step is states.MERGE:
        changes["merged_into"] = a_complaint(cast, key="utama")[0]
    if step is states.TRANSFER:
        changes["sp4n_number"] = "1"
    return changes


def test_two_officers_at_once_meet_as_a_conflict_and_the_first_stays(cast):
    complaint, _ = carry(cast, "verified")
    seen = complaint.version
    onward(cast, complaint, "answer", version=seen)

    with pytest.raises(actions.Conflict):
        onward(cast, complaint, "ask", version=seen)
    assert [m.kind for m in complaint.messages.all()] == ["answer"]


def test_an_answer_written_before_the_citizen_added_words_is_a_conflict_too(cast):
    complaint, _ = carry(cast, "verified")
    actions.add_words(complaint, text="Satu hal lagi.", key="tambahan")

    with pytest.raises(actions.Conflict):
        onward(cast, complaint, "answer", version=complaint.version)


def test_a_reply_sent_twice_is_in_the_thread_once(cast):
    complaint, _ = carry(cast, "waiting")
    for _ in range(2):
        onward(cast, complaint, "reply", key="sekali")

    assert complaint.messages.filter(kind="addition").count() == 1


def test_the_writer_of_a_duplicate_reads_the_answer_of_the_main_letter_and_nothing_else_of_it(cast):
    main, _ = a_complaint(cast, key="utama")
    twin, _ = a_complaint(cast, key="kembar")
    actions.add_words(main, text="Rahasia saya.", key="x")
    main.refresh_from_db()
    onward(cast, twin, "merge", main=main)
    main = onward(cast, main, "verify")
    onward(cast, main, "answer")

    shown = [message.text for message in thread_for_citizen(Complaint.objects.get(pk=twin.pk))]
    assert "Loket ketiga sudah dibuka." in shown
    assert "Rahasia saya." not in shown


def test_duplicates_follow_when_their_main_letter_is_merged_itself(cast):
    twin, _ = a_complaint(cast, key="a")
    first, _ = a_complaint(cast, key="b")
    second, _ = a_complaint(cast, key="c")
    onward(cast, twin, "merge", main=first)
    onward(cast, first, "merge", main=second)

    assert set(second.duplicates.all()) == {twin, first}


def test_a_letter_is_merged_only_into_one_the_officer_handles_and_that_is_alive(cast):
    complaint, _ = a_complaint(cast, key="a")
    elsewhere, _ = a_complaint(cast, key="b", unit="schools")
    finished, _ = carry(cast, "done", key="c")

    for main in (elsewhere, finished, complaint):
        with pytest.raises(actions.Refused):
            onward(cast, complaint, "merge", main=main)


def test_a_forwarded_letter_leaves_the_sight_of_the_first_unit_and_the_clock_runs_on(cast):
    complaint, _ = carry(cast, "verified")
    due = complaint.due_on
    schools = cast["self"].cast_units["schools"]
    moved = onward(cast, complaint, "forward", unit=schools)

    assert moved.due_on == due
    assert not visible_complaints(cast[MANAGER]).filter(pk=complaint.pk).exists()
    # The schools have no manager of complaints: the office of the whole city hears of it.
    office = cast["survey_office"]
    assert Notice.objects.filter(recipient=office, subject__contains=moved.number).exists()
    assert visible_complaints(office).filter(pk=moved.pk).exists()
    assert onward(cast, moved, "begin", by="survey_office").state == State.IN_PROGRESS


def test_who_does_not_know_the_unit_writes_to_the_city_and_its_office_leads_the_letter_on(cast):
    complaint, _ = a_complaint(cast, unit="city")

    assert not visible_complaints(cast[MANAGER]).filter(pk=complaint.pk).exists()
    moved = onward(cast, complaint, "forward", by="survey_office")
    assert visible_complaints(cast[MANAGER]).filter(pk=moved.pk).exists()
    assert not visible_complaints(cast["survey_office"]).filter(pk=moved.pk).exists()


def test_no_notice_carries_a_word_of_the_letter_or_of_its_writer(cast):
    complaint, _ = a_complaint(cast, identity="open", name="Yosep Latu", consent=True)
    onward(cast, complaint, "verify")

    said = " ".join(f"{n.subject} {n.body}" for n in Notice.objects.all())
    assert complaint.number in said
    assert "Antrean" not in said
    assert "Yosep" not in said


def test_an_officer_closes_only_what_was_answered(cast):
    complaint, _ = carry(cast, "in_progress")

    with pytest.raises(NotAllowed):
        onward(cast, complaint, "close")
    answered = onward(cast, complaint, "answer")
    back = onward(cast, answered, "reply")
    assert onward(cast, back, "close").state == State.DONE


def test_handling_is_rated_when_it_is_finished_and_not_before(cast):
    complaint, _ = carry(cast, "waiting")
    with pytest.raises(actions.Refused):
        actions.rate(complaint, satisfaction=4)

    onward(cast, complaint, "accept")
    assert actions.rate(complaint, satisfaction=4).satisfaction == 4


def test_the_contact_of_an_anonymous_letter_is_opened_by_nobody_and_others_leave_a_trace(cast):
    anonymous, _ = a_complaint(cast, email="yosep@contoh.test", consent=True)
    known, _ = a_complaint(cast, key="b", identity="confidential", name="Yosep", consent=True)

    with pytest.raises(NotAllowed):
        actions.open_contact(anonymous, by=cast[MANAGER])
    with pytest.raises(NotAllowed):
        actions.open_contact(known, by=cast["inspector"])
    assert actions.open_contact(known, by=cast[MANAGER]) == [("Nama", "Yosep")]
    assert AuditEvent.objects.filter(action="complaint.contact").count() == 1


def test_who_does_not_handle_a_letter_reads_the_citizens_words_screened(cast):
    complaint, _ = carry(cast, "waiting")
    onward(cast, complaint, "reply", key="x")
    ComplaintMessage.objects.filter(kind="addition").update(text="Hubungi saya di 081234567890.")

    handled = thread_for_officer(complaint, cast[MANAGER])
    read = thread_for_officer(complaint, cast["inspector"])
    assert "081234567890" in handled[-1].text
    assert "081234567890" not in read[-1].text


def test_who_reads_what(cast):
    clinic, _ = a_complaint(cast)
    names = {name for name, user in cast.items() if visible_complaints(user).filter(pk=clinic.pk).exists()}

    assert names == {"complaint_manager", "inspector", "appraiser", "superior", "mayor"}


def test_a_case_of_the_restricted_lane_becomes_an_ordinary_letter_under_its_own_code(cast):
    a_complaint(cast)
    unit = cast["self"].cast_units["clinic"]
    letter = take_over(unit=unit, service=None, text=TEXT, code_digest=digest_of("ABCD2345"))

    assert letter == take_over(unit=unit, service=None, text=TEXT, code_digest=digest_of("ABCD2345"))
    assert letter.identity == "anonymous"


def test_the_trail_of_a_citizens_step_names_nobody(cast):
    complaint, _ = carry(cast, "reopened")

    mine = StateChange.objects.filter(
        record=f"feedback.Complaint:{complaint.pk}", step__in=("accept", "reopen")
    )
    assert {(change.by_id, change.by_label) for change in mine} == {(None, REPORTER)}
    assert "Masih lama." not in " ".join(change.reason for change in mine)
