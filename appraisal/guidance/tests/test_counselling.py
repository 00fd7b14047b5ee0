"""A problem of behaviour: spoken of first, reported with its feedback, decided by the office, concluded."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ambon_kinerja.lifecycle.steps import NotAllowed, WrongState
from appraisal.guidance import actions
from appraisal.guidance.models import BehaviourReport, Counselling
from appraisal.guidance.queries import counsellings_awaiting, reports_awaiting
from appraisal.monitoring.actions import give_feedback
from appraisal.monitoring.tests.agreed_plan import at, build_plan
from appraisal.rulebook.models import BehaviourValue
from appraisal.tests.test_row_security import ask

from .records import a_counselling, a_report

pytestmark = pytest.mark.django_db
OTHERS = (
    "self",
    "superior",
    "peer",
    "stranger",
    "unit_admin",
    "inspector",
    "system_admin",
    "personnel_office",
)


def unit_of(cast):
    return cast["self"].cast_units["clinic"]


def a_full_draft(cast, **changes):
    report = actions.begin_report(cast["self"].employee, by=cast["appraiser"])
    facts = {
        "value": BehaviourValue.objects.first(),
        "communicated_on": timezone.localdate(),
        "communicated_how": "Di ruang kerja",
        "other_feedback": "Catatan warga",
        "problem": "Terlambat",
        "is_common": False,
        "tried": "Menegur",
    }
    return actions.save_report(report, version=1, by=cast["appraiser"], **(facts | changes))


def test_two_clicks_begin_one_draft_and_only_the_appraiser_begins_one(cast):
    for name in OTHERS:
        with pytest.raises(NotAllowed):
            actions.begin_report(cast["self"].employee, by=cast[name])
    first = actions.begin_report(cast["self"].employee, by=cast["appraiser"])

    assert actions.begin_report(cast["self"].employee, by=cast["appraiser"]) == first


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        ({"communicated_on": None}, "Isi tanggal Anda membicarakannya"),
        ({"communicated_how": ""}, "isi pembicaraan"),
        ({"other_feedback": ""}, "Lampirkan umpan balik"),
        ({"is_common": None}, "pegawai lain"),
        ({"tried": " "}, "sudah Anda lakukan"),
        ({"value": None}, "nilai dasar"),
    ],
)
def test_a_report_is_sent_only_after_a_talk_with_its_feedback_and_complete(cast, lacking, words):
    report = a_full_draft(cast, **lacking)

    with pytest.raises(actions.Refused, match=words):
        actions.send_report(report, version=report.version, by=cast["appraiser"])

    report.refresh_from_db()
    assert report.state == "draft"


def test_a_talk_in_the_future_is_no_talk(cast):
    with pytest.raises(actions.Refused) as refusal:
        a_full_draft(cast, communicated_on=timezone.localdate() + timedelta(days=1))

    assert refusal.value.about == "communicated_on"


@at()
def test_feedback_on_that_value_is_attached_and_on_another_does_not_count():
    cast, skp, period = build_plan()
    first, second = BehaviourValue.objects.all()[:2]

    def say(value):
        facts = {"giver": "leader", "tone": "needs_work", "text": "X", "given_on": timezone.localdate()}
        return give_feedback(skp, period=period, value=value, by=cast["appraiser"], **facts)

    right, wrong = say(first), say(second)
    report = a_full_draft(cast, other_feedback="", feedback=[wrong])
    with pytest.raises(actions.Refused, match="Lampirkan"):
        actions.send_report(report, version=report.version, by=cast["appraiser"])
    facts = {"value": first, "feedback": [right], "version": report.version}
    report = actions.save_report(report, by=cast["appraiser"], **facts)

    sent = actions.send_report(report, version=report.version, by=cast["appraiser"])

    assert list(sent.feedback.all()) == [right]


@at()
def test_feedback_about_somebody_else_cannot_be_attached():
    cast, skp, period = build_plan()
    facts = {"giver": "leader", "tone": "needs_work", "text": "X", "given_on": timezone.localdate()}
    other = give_feedback(
        skp, period=period, value=BehaviourValue.objects.first(), by=cast["appraiser"], **facts
    )
    report = actions.begin_report(cast["peer"].employee, by=cast["appraiser"])

    with pytest.raises(actions.Refused) as refusal:
        actions.save_report(report, version=1, by=cast["appraiser"], feedback=[other])

    assert refusal.value.about == "feedback"


def test_the_second_window_is_told(cast):
    report = a_full_draft(cast)

    with pytest.raises(actions.Conflict):
        actions.save_report(report, version=1, by=cast["appraiser"], problem="Lain")
    with pytest.raises(actions.Conflict):
        actions.send_report(report, version=1, by=cast["appraiser"])

    assert actions.save_report(report, version=1, by=cast["appraiser"], problem="Terlambat") == report


def name(report, cast, *, by="personnel_office", kind="independent", counsellor="stranger"):
    return actions.name_counsellor(
        report,
        counsellor=cast[counsellor].employee,
        kind=kind,
        basis="Surat 1",
        meets_at=timezone.now(),
        place="Ruang",
        by=cast[by],
    )


def test_the_personnel_office_alone_decides_and_once(cast):
    report = a_report(cast, unit_of(cast))
    for person in ("self", "appraiser", "superior", "unit_admin", "inspector", "system_admin"):
        with pytest.raises(NotAllowed):
            name(report, cast, by=person)
    counselling = name(report, cast)

    report.refresh_from_db()
    assert (report.state, counselling.state) == ("decided", "scheduled")
    with pytest.raises(WrongState):
        name(report, cast)


def test_after_one_was_called_off_another_counsellor_is_named(cast):
    report = a_report(cast, unit_of(cast))
    actions.cancel_counselling(name(report, cast), by=cast["personnel_office"])
    assert reports_awaiting(cast["personnel_office"]).get() == report

    assert name(report, cast, counsellor="peer").counsellor == cast["peer"].employee


@pytest.mark.parametrize(
    ("kind", "counsellor"),
    [
        ("independent", "self"),
        ("independent", "appraiser"),
        ("independent", "superior"),
        ("appraiser", "superior"),
        ("appraiser", "stranger"),
    ],
)
def test_a_counsellor_is_who_the_regulation_allows(cast, kind, counsellor):
    with pytest.raises(actions.Refused) as refusal:
        name(a_report(cast, unit_of(cast)), cast, kind=kind, counsellor=counsellor)

    assert refusal.value.about == "counsellor"


def test_a_report_without_counselling_is_answered(cast):
    report = a_report(cast, unit_of(cast))
    with pytest.raises(actions.Refused):
        actions.dismiss_report(report, answer=" ", by=cast["personnel_office"])

    dismissed = actions.dismiss_report(report, answer="Sudah membaik", by=cast["personnel_office"])

    assert (dismissed.state, dismissed.answer) == ("dismissed", "Sudah membaik")


@pytest.mark.parametrize("person", [*OTHERS, "appraiser"])
def test_only_the_two_write_the_journal(cast, person):
    counselling = a_counselling(cast, a_report(cast, unit_of(cast), state="decided"))

    def write():
        facts = {"noted_on": timezone.localdate(), "text": "X"}
        return actions.add_note(counselling, by=cast[person], **facts).text

    if person in ("self", "stranger"):
        assert ask(cast[person], write) == "X"
    else:
        with pytest.raises(NotAllowed):
            ask(cast[person], write)


def test_the_record_is_a_draft_until_it_is_signed_and_only_then_comes_the_conclusion(cast):
    counselling = a_counselling(cast, a_report(cast, unit_of(cast), state="decided"))
    counsellor = cast["stranger"]

    def save(text, version, **more):
        return ask(
            counsellor,
            lambda: actions.save_record(counselling, text=text, version=version, by=counsellor, **more),
        )

    def conclude():
        return ask(counsellor, lambda: actions.conclude(counselling, conclusion="Selesai", by=counsellor))

    first = save("Draf", 0)
    with pytest.raises(actions.Conflict):
        save("Lain", 0)
    with pytest.raises(actions.Refused, match="Tandatangani dahulu"):
        conclude()
    signed = save("Akhir", first.version, is_signed=True)
    with pytest.raises(WrongState):
        save("Sesudah", signed.version)

    assert conclude().state == "concluded"


@pytest.mark.parametrize(
    ("kind", "who"),
    [("independent", ["personnel_office"]), ("appraiser", ["superior"]), ("official", ["superior"])],
)
def test_the_follow_up_waits_for_those_whom_page_88_names_and_for_no_party(cast, kind, who):
    counselling = a_counselling(
        cast,
        a_report(cast, unit_of(cast), state="decided"),
        counsellor_kind=kind,
        counsellor=cast["appraiser" if kind == "appraiser" else "stranger"].employee,
        state="concluded",
        conclusion="Selesai",
        concluded_at=timezone.now(),
    )
    people = {"self", "stranger", "appraiser", "superior", "personnel_office", "unit_admin", "peer"}
    waiting = [person for person in sorted(people) if counsellings_awaiting(cast[person]).exists()]
    assert waiting == who
    for person in people - set(who):
        with pytest.raises(NotAllowed):
            actions.follow_counselling(counselling, words="Cuti", by=cast[person])

    assert actions.follow_counselling(counselling, words="Cuti", by=cast[who[0]]).state == "closed"


@pytest.mark.parametrize(
    ("model", "constraint", "change"),
    [
        (BehaviourReport, "a_report_of_behaviour_follows_a_talk_and_is_complete", {"communicated_on": None}),
        (BehaviourReport, "a_dismissed_report_says_why", {"state": "dismissed"}),
        (Counselling, "concluded_counselling_says_what_follows", {"state": "concluded"}),
    ],
)
def test_the_database_keeps_the_promise(cast, model, constraint, change):
    a_counselling(cast, a_report(cast, unit_of(cast), state="decided"))

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model.objects.update(**change)
