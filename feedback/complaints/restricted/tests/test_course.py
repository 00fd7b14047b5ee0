"""From the citizen's words to an outcome: what each may say, hear and decide, and what silence brings."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.access.actions import grant_role
from agencies.access.tests.cast import LONG_AGO, build_cast
from ambon_kinerja.lifecycle.steps import NotAllowed, WrongState
from ambon_kinerja.notices.models import Notice
from ambon_kinerja.personal_data.reference_data import fill
from feedback.complaints.queries import complaint_by_code
from feedback.complaints.reference_data import fill as fill_terms
from feedback.complaints.restricted import actions, clocks
from feedback.complaints.restricted.models import RestrictedCase, RestrictedMessage
from feedback.complaints.restricted.queries import case_by_code, letters_for
from feedback.complaints.restricted.reading import covered, thread_of

from .scene import (
    ANSWER,
    CONTACT,
    FINDING,
    FIRST,
    NAMED,
    SECOND,
    SUBSTANCE,
    TEXT,
    a_case,
    carry,
    onward,
    open_part,
    substantiated_about,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return build_cast()


def today():
    return timezone.localdate()


def about_self(cast):
    return substantiated_about(
        cast["self"].employee, today() - timedelta(days=1), today() + timedelta(days=1)
    )


def test_a_double_click_gives_the_same_case_and_the_same_code(cast):
    first, second = a_case(cast), a_case(cast)

    assert (first, first.code) == (second, second.code)
    assert RestrictedCase.objects.count() == 1
    assert case_by_code(first.code.lower()) == first
    assert case_by_code("x" * 26) is case_by_code("") is None


def test_a_contact_without_consent_is_not_kept_and_one_with_is_taken_back_as_easily(cast):
    assert a_case(cast, key="a", contact=CONTACT).contact == ""
    case = a_case(cast, key="b", contact=CONTACT, consent=True)
    assert case.contact == CONTACT

    actions.withdraw_contact(case)

    case.refresh_from_db()
    assert (case.contact, case.consent_at) == ("", None)


def test_hostile_words_are_kept_readable(cast):
    case = actions.receive(
        service=None,
        unit=cast["self"].cast_units["clinic"],
        text="a\x00b\ud800 " + "x" * 50_000,
        named="٣\x00" + "y" * 5_000,
        sending_key="\ud800" * 300,
    )

    case.refresh_from_db()
    assert (case.text[:3], len(case.text)) == ("ab?", 10_000)
    with pytest.raises(actions.Refused):
        a_case(cast, key="z", named=" \x00 ")


def test_the_lane_reads_the_words_without_the_names(cast):
    case = a_case(cast, contact=CONTACT, consent=True)
    actions.write_as_citizen(case, text="Saya Yosep, telepon 081234567890. Rina tertawa.", sending_key="m")

    assert covered(case, case.text).startswith("Saya datang pukul sembilan. [nama disegel] di ")
    (message,) = thread_of(case, for_lane=True)
    assert not any(word in message["text"] for word in ("Yosep", "Rina", "0812"))
    assert "Yosep" in thread_of(case, for_lane=False)[0]["text"]


def test_the_officer_is_recognised_only_behind_an_open_seal(cast):
    case = a_case(cast)
    grant_city(cast, SECOND)
    me = cast["self"].employee
    with pytest.raises(actions.Refused, match="segel"):
        actions.identify(case, officer=me, by=cast[FIRST])
    open_part(cast, case, "named")

    assert actions.identify(case, officer=me, by=cast[FIRST]).officer == str(me.pk)


def grant_city(cast, name):
    city = cast["self"].cast_units["city"]
    grant_role(cast[name], role="complaint_manager", unit=city, start=LONG_AGO, by="test", reason="x")


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (f"Yosep mengadu. {SUBSTANCE}", "menunjuk pelapor: Yosep"),
        ("Hubungi 081234567890", "menunjuk pelapor"),
        (TEXT, "kata Anda sendiri"),
        (f"Katanya: {TEXT[28:]}", "kata Anda sendiri"),
    ],
)
def test_what_leaves_the_lane_neither_names_nor_quotes_the_reporter(cast, words, refusal):
    case = carry(cast, "fact_finding")
    with pytest.raises(actions.Refused, match=refusal):
        actions.ask_reply(case, substance=words, by=cast[FIRST])
    with pytest.raises(actions.Refused, match=refusal):
        actions.decide(case, outcome="not_substantiated", finding=words, by=cast[FIRST])

    case.refresh_from_db()
    assert (case.state, case.reply_asked_at) == ("fact_finding", None)


def test_the_named_sees_nothing_before_he_is_asked_then_the_substance_alone_and_answers_once(cast):
    case = carry(cast, "fact_finding")
    assert letters_for(cast["self"]) == []

    onward(cast, case, "reply_asked")

    (letter,) = letters_for(cast["self"])
    assert (letter.substance, letter.due_on > today()) == (SUBSTANCE, True)
    assert all(letters_for(cast[name]) == [] for name in cast if name != "self")
    with pytest.raises(NotAllowed):
        actions.reply(letter, text="Bukan saya", by=cast["peer"])
    actions.reply(letter, text=ANSWER, by=cast["self"])
    with pytest.raises(WrongState):
        actions.reply(letter, text="Lagi", by=cast["self"])
    assert letters_for(cast["self"])[0].answer == ANSWER


def test_nothing_is_substantiated_unheard_not_even_past_the_actions(cast):
    case = carry(cast, "fact_finding")
    with pytest.raises(actions.Refused, match="hak jawab"):
        actions.decide(case, outcome="substantiated", finding=FINDING, by=cast[FIRST])
    with pytest.raises(IntegrityError, match="unheard"), transaction.atomic():
        RestrictedCase.objects.filter(pk=case.pk).update(outcome="substantiated", decided_at=timezone.now())

    actions.decide(case, outcome="undecidable", finding=FINDING, by=cast[FIRST])
    assert not Notice.objects.filter(recipient=cast["self"]).exists()  # he was never asked, so he never hears


def test_only_a_substantiated_outcome_becomes_feedback_with_the_reply_and_without_the_reporter(cast):
    for outcome in ("not_substantiated", "undecidable"):
        carry(cast, "closed", key=outcome, outcome=outcome)
    carry(cast, "replied", key="open")
    assert about_self(cast) == []

    carry(cast, "closed", key="yes")

    (found,) = about_self(cast)
    assert (found.text, found.decided_on, found.reply) == (FINDING, today(), ANSWER)
    assert (
        substantiated_about(cast["self"].employee, today() - timedelta(days=9), today() - timedelta(days=1))
        == []
    )
    assert substantiated_about(cast["peer"].employee, today(), today()) == []


def test_the_outcome_is_told_to_the_citizen_and_to_the_officer_who_was_asked(cast):
    case = carry(cast, "decided")

    assert thread_of(case, for_lane=False)[-1]["text"] == f"Putusan: Terbukti. {FINDING}"
    assert letters_for(cast["self"])[0].case.outcome == "substantiated"


def test_notes_of_the_lane_stay_in_the_lane(cast):
    case = carry(cast, "fact_finding")
    actions.write(case, text="Rekaman diminta", is_note=True, by=cast[FIRST])
    actions.write(case, text="Jam berapa?", by=cast[FIRST])

    assert [each["text"] for each in thread_of(case, for_lane=False)] == ["Jam berapa?"]
    assert len(thread_of(case, for_lane=True)) == 2


def test_the_superior_is_told_on_demand_alone_and_only_after_the_officer_was_asked(cast):
    early = carry(cast, "fact_finding", key="a")
    with pytest.raises(actions.Refused, match="Atasan baru"):
        actions.inform_superior(early, substance=SUBSTANCE, by=cast[FIRST])
    case = carry(cast, "decided", key="b")
    assert letters_for(cast["appraiser"]) == []

    actions.inform_superior(case, substance=SUBSTANCE, by=cast[FIRST])

    assert [letter.substance for letter in letters_for(cast["appraiser"])] == [SUBSTANCE]
    assert letters_for(cast["superior"]) == []


@pytest.mark.parametrize("name", ["self", "appraiser", "superior", "unit_admin", "personnel_office", "peer"])
def test_nobody_outside_the_lane_moves_a_case(cast, name):
    case, by = carry(cast, "fact_finding"), cast[name]
    for act in (
        lambda: actions.write(case, text="x", by=by),
        lambda: actions.ask_reply(case, substance=SUBSTANCE, by=by),
        lambda: actions.decide(case, outcome="undecidable", finding=FINDING, by=by),
        lambda: actions.hand_over(case, to="x", words="y", by=by),
        lambda: actions.identify(case, officer=cast["peer"].employee, by=by),
        lambda: actions.begin(carry(cast, "received", key="n"), by=by),
        lambda: actions.close(carry(cast, "decided", key="d"), by=by),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_case_handed_over_is_over_and_the_citizen_hears_to_whom(cast):
    case = carry(cast, "received")
    case = actions.hand_over(case, to="Inspektorat", words="Ini soal disiplin.", by=cast[SECOND])

    assert case.is_over
    assert "Inspektorat" in thread_of(case, for_lane=False)[-1]["text"]
    with pytest.raises(actions.Refused):
        actions.write_as_citizen(case, text="Halo", sending_key="x")


def test_a_case_about_a_service_goes_on_as_an_ordinary_one_under_the_same_code_and_nothing_leads_back(cast):
    fill_terms()
    case = a_case(cast, contact=CONTACT, consent=True)
    with pytest.raises(actions.Refused, match="menunjuk pegawai: Rina"):
        actions.make_ordinary(case, text="Ibu Rina di loket lambat.", by=cast[FIRST])

    done = actions.make_ordinary(case, text="Antrean di loket terlalu panjang.", by=cast[FIRST])

    ordinary = complaint_by_code(case.code)
    assert (ordinary.text, ordinary.identity) == ("Antrean di loket terlalu panjang.", "anonymous")
    assert case_by_code(case.code) is None
    assert done.is_over
    assert str(case.pk) not in str(vars(ordinary))


def test_a_message_sent_twice_is_kept_once(cast):
    case = carry(cast, "received")
    for _ in range(2):
        actions.write_as_citizen(case, text="Halo", sending_key="x")

    assert RestrictedMessage.objects.count() == 1


def test_the_officers_silence_lets_the_lane_go_on_the_day_after_his_term(cast):
    case = carry(cast, "reply_asked")
    due = case.letters.get().due_on
    assert clocks.run_terms(today=due)["reply"] == 0

    assert clocks.run_terms(today=due + timedelta(days=1))["reply"] == 1

    case.refresh_from_db()
    assert case.state == "replied"
    assert clocks.run_terms(today=due + timedelta(days=2))["reply"] == 0


def test_a_decided_case_closes_after_ten_working_days_without_a_word(cast):
    case = carry(cast, "decided")
    last = clocks.term("close", today())
    assert clocks.run_terms(today=last)["closed"] == 0

    assert clocks.run_terms(today=last + timedelta(days=1))["closed"] == 1

    case.refresh_from_db()
    assert (case.state, case.closed_at is not None) == ("closed", True)


def test_a_late_case_reminds_its_lane_once_a_day_and_nobody_else(cast):
    case = carry(cast, "received")
    Notice.objects.all().delete()
    late = case.assess_by + timedelta(days=1)

    assert [clocks.run_terms(today=late)["reminded"] for _ in range(2)] == [1, 0]
    assert {notice.recipient for notice in Notice.objects.all()} == {cast[FIRST], cast[SECOND]}


def test_after_the_retention_nobody_is_left_in_it_and_the_outcome_stays(cast):
    fill()
    file = SimpleNamespace(name="foto.png", content_type="image/png", content=b"x")
    case = carry(cast, "closed", attachments=[file])
    actions.write(carry(cast, "received", key="young"), text="x", by=cast[FIRST])
    open_part(cast, case, "named")
    assert clocks.erase_old() == 0
    now = timezone.now() + timedelta(days=24 * 31 + 10)

    assert (clocks.erase_old(now=now), clocks.erase_old(now=now)) == (1, 0)

    case.refresh_from_db()
    assert case.named == case.text == case.contact == case.officer == case.officer_mark == case.finding == ""
    assert (case.name_marks, case.attachments.count(), case.outcome) == ([], 0, "substantiated")
    assert set(case.messages.values_list("text", flat=True)) == {""}
    assert letters_for(cast["self"]) == about_self(cast) == []
    with pytest.raises(actions.Refused, match="sudah dihapus"):
        actions.ask_seal(case, part="named", reason="x", by=cast[FIRST])
    assert NAMED not in str(vars(case))
