"""What waits in the citizens' rooms stands on the start page of who answers for it, and of nobody else."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.access.actions import grant_role
from agencies.access.roles import Role
from agencies.access.tests.cast import LONG_AGO, build_cast
from agencies.people.models import User
from appraisal.cycle.work import WorkItem
from appraisal.dashboard.lines_of_citizens import worklist_lines
from feedback.channels.actions.batches import finish_round, open_batch
from feedback.channels.actions.enumerators import name_enumerator
from feedback.channels.actions.keying import Typed, key_sheets
from feedback.channels.models import PaperBatch
from feedback.citizens.models import SetAside
from feedback.complaints.models import Complaint
from feedback.complaints.restricted import actions as lane
from feedback.complaints.restricted.tests import scene as conduct
from feedback.complaints.tests import scene as letters
from feedback.followup.models import FollowUpItem
from feedback.followup.tests import scene as plans
from feedback.services.actions import add_service
from feedback.services.models import Counter, CounterDuty

pytestmark = pytest.mark.django_db
LETTER, CASE, SEAL = (
    "Periksa dan jawab pengaduan warga",
    "Lanjutkan laporan perilaku",
    "Buka segel sebagai orang kedua",
)
REPLY, AGAIN = "Jawab surat yang ditujukan kepada Anda", "Selesaikan pengisian kedua lembar survei kertas"
GROUP, PAPER = "Putuskan jawaban survei yang disisihkan", "Cocokkan lembar survei kertas"
START, DRAFT, REPORT = (
    "Susun tindak lanjut survei Triwulan II 2026",
    "Lengkapi dan terbitkan tindak lanjut survei",
    "Catat pelaksanaan tindak lanjut survei",
)


@pytest.fixture
def cast():
    return build_cast()


def desk_of(client, user) -> dict[str, WorkItem]:
    client.force_login(user)
    page = client.get("/")
    assert page.status_code == 200
    return {task.label: task for task in page.context["desk"].tasks}


def told(cast, label):
    """Who has the line; asked without the second wall, so that the scopes alone hold it back from the others."""
    people, today = User.objects.select_related("employee").in_bulk(), timezone.localdate()
    return {
        name
        for name, user in cast.items()
        if label in {line.label for line in worklist_lines(people[user.pk], today)}
    }


def give(cast, name, role, unit="city"):
    units = cast["self"].cast_units
    grant_role(cast[name], role=role, unit=units[unit], start=LONG_AGO, by="test", reason="uji")


def test_letters_wait_for_their_manager_with_the_nearest_last_day(client, cast):
    first, _ = letters.carry(cast, "received", key="a")
    letters.carry(cast, "verified", key="b")
    letters.carry(cast, "waiting", key="c")  # for the citizen

    line = desk_of(client, cast["complaint_manager"])[LETTER]

    assert (line.status, line.due, line.url) == (
        "2 menunggu",
        first.due_on,
        "/kelola-pengaduan/?tenggat=unit",
    )
    assert line.detail.startswith("Tenggat terdekat")
    assert told(cast, LETTER) == {"complaint_manager"}


def test_what_is_overdue_is_counted_and_its_lateness_said(client, cast):
    letter, _ = letters.carry(cast, "received")
    Complaint.objects.filter(pk=letter.pk).update(due_on=timezone.localdate() - timedelta(3))

    line = desk_of(client, cast["complaint_manager"])[LETTER]

    assert (line.status, line.kind, line.url) == (
        "1 menunggu, 1 lewat tenggat",
        "warn",
        "/kelola-pengaduan/?tenggat=lewat",
    )
    assert line.detail.startswith("Terlambat 3 hari.")


def test_letters_of_a_unit_without_a_manager_wait_for_the_survey_office(client, cast):
    letters.a_complaint(cast, unit="schools")

    assert told(cast, LETTER) == {"survey_office"}


def test_conduct_cases_wait_for_the_lane_alone(client, cast):
    case = conduct.carry(cast, "received")

    line = desk_of(client, cast["inspector"])[CASE]

    assert (line.status, line.due, line.url) == ("1 menunggu", case.assess_by, "/laporan-perilaku/")
    assert told(cast, CASE) == set(conduct.LANE)


@pytest.mark.parametrize("name", ["self", "peer", "appraiser", "superior"])
def test_a_conduct_case_is_not_even_counted_for_who_is_too_close(client, cast, name):
    conduct.carry(cast, "received")
    give(cast, name, Role.INSPECTOR)
    give(cast, name, Role.COMPLAINT_MANAGER)

    assert CASE not in desk_of(client, cast[name])


def test_a_case_that_waits_for_the_officer_or_is_decided_asks_nothing_of_the_lane(client, cast):
    for state in ("reply_asked", "decided", "closed"):
        conduct.carry(cast, state, key=state)

    assert told(cast, CASE) == set()


def test_a_seal_waits_for_the_second_person_and_never_for_who_asked(client, cast):
    case = conduct.carry(cast, "fact_finding")
    lane.ask_seal(case, part="named", reason="Untuk pencarian fakta", by=cast["inspector"])

    assert told(cast, SEAL) == {"complaint_manager"}


def test_a_letter_waits_for_the_named_officer_alone_and_only_while_his_reply_is_asked(client, cast):
    case = conduct.carry(cast, "fact_finding")
    assert told(cast, REPLY) == set()

    case = conduct.onward(cast, case, "reply_asked")
    letter = case.letters.get(kind="reply")
    line = desk_of(client, cast["self"])[REPLY]
    assert (line.status, line.due, line.url) == (
        "1 surat",
        letter.due_on,
        f"/laporan-perilaku/jawaban/{letter.pk}/",
    )
    assert told(cast, REPLY) == {"self"}
    for name in ("appraiser", "superior", "unit_admin", "peer", *conduct.LANE):
        assert REPLY not in desk_of(client, cast[name])

    conduct.onward(cast, case, "replied")
    assert told(cast, REPLY) == set()


def test_set_aside_answers_wait_for_the_survey_office_the_oldest_first(client, cast):
    service = add_service(unit=cast["self"].cast_units["clinic"], name="Loket", slug="loket-ibu", by="test")
    SetAside.objects.create(service=service, day=date(2026, 9, 3), reasons=["lonjakan"])
    oldest = SetAside.objects.create(service=service, day=date(2026, 9, 1), reasons=["cepat"])
    SetAside.objects.create(service=service, day=date(2026, 8, 1), reasons=["cepat"], state="excluded")

    line = desk_of(client, cast["survey_office"])[GROUP]

    assert (line.status, line.url) == (
        "2 kelompok menunggu",
        f"/survei-masuk/loket-ibu/sisihan/{oldest.pk}/",
    )
    assert told(cast, GROUP) == {"survey_office"}


def test_paper_to_compare_waits_for_the_manager_who_is_not_judged_by_it(client):
    with time_machine.travel(plans.NOW, tick=False):
        cast, service = plans.build_service_of_clinic()
        batch = open_batch(
            service=service,
            counter=None,
            first_day=date(2026, 8, 3),
            last_day=date(2026, 8, 7),
            sheets=1,
            by=cast["service_manager"],
        )
        assert told(cast, PAPER) == set()
        PaperBatch.objects.filter(pk=batch.pk).update(state="comparing")
        counter = Counter.objects.create(service=service, name="Loket 1")
        give(cast, "appraiser", Role.SERVICE_MANAGER, "health")

        assert told(cast, PAPER) == {"service_manager", "survey_office", "appraiser"}
        assert desk_of(client, cast["service_manager"])[PAPER].url == f"/lembar-kertas/{batch.pk}/"
        CounterDuty.objects.create(
            counter=counter, employee=cast["self"].employee, term=(date(2026, 8, 1), None)
        )
        assert told(cast, PAPER) == {"service_manager", "survey_office"}


def test_the_second_keying_waits_for_an_enumerator_who_did_not_do_the_first(client):
    with time_machine.travel(plans.NOW, tick=False):
        cast, service = plans.build_service_of_clinic()
        day, manager = timezone.localdate(), cast["service_manager"]
        for name in ("stranger", "former", "self"):
            enumerator = cast[name].employee
            name_enumerator(unit=service.unit, employee=enumerator, start=day, last_day=day, by=manager)
        batch = open_batch(service=service, counter=None, first_day=day, last_day=day, sheets=1, by=manager)
        blank = [Typed(number=1, keyed={}, is_blank=True, version=0)]
        key_sheets(batch, typed=blank, round_number=1, by=cast["stranger"])
        assert told(cast, AGAIN) == set()

        batch = finish_round(batch, by=cast["stranger"])

        assert told(cast, AGAIN) == {"former", "self", "service_manager"}
        line = desk_of(client, cast["former"])[AGAIN]
        assert (line.status, line.url) == ("1 kumpulan menunggu", f"/lembar-kertas/{batch.pk}/")
        counter = Counter.objects.create(service=service, name="Loket 1")
        CounterDuty.objects.create(
            counter=counter, employee=cast["self"].employee, term=(date(2026, 8, 1), None)
        )
        assert told(cast, AGAIN) == {"former", "service_manager"}
        key_sheets(batch, typed=blank, round_number=2, by=cast["former"])
        assert told(cast, AGAIN) == {
            "stranger",
            "former",
            "service_manager",
        }  # any of them says that it is over
        finish_round(batch, by=cast["former"])
        assert told(cast, AGAIN) == set()


def test_a_plan_is_asked_for_then_its_draft_then_what_became_of_it(client):
    with time_machine.travel(plans.NOW, tick=False):
        cast, service = plans.build_service_of_clinic()
        plans.answered(service, 36, day=plans.SPRING.start)
        plans.lock_quarter(plans.SPRING, by=cast["survey_office"])
        assert told(cast, START) == {"service_manager"}

        plan = plans.begun(cast, service, count=0)
        assert {DRAFT} == {START, DRAFT, REPORT} & set(desk_of(client, cast["service_manager"]))

        plans.publish_plan(plans.planned_out(cast, plan), by=cast["service_manager"])
        # Promised for the next quarter.
        assert not {START, DRAFT, REPORT} & set(desk_of(client, cast["service_manager"]))
        FollowUpItem.objects.filter(plan=plan, position=1).update(due="tw2")

        line = desk_of(client, cast["service_manager"])[REPORT]
        assert (line.status, line.due, line.kind) == ("1 janji", date(2026, 6, 30), "warn")
        assert told(cast, REPORT) == {"service_manager"}


def test_at_most_fifteen_questions_for_who_has_every_role_however_much_waits(client, cast):
    for role in Role:  # an admin of the schools would be too close to the case
        give(cast, "superior", role, "health" if role == Role.UNIT_ADMIN else "city")
        give(cast, "superior", role, "clinic")
    client.force_login(cast["superior"])
    letters.a_complaint(cast, unit="schools", key="a")
    conduct.a_case(cast, unit="schools", key="b")
    client.get("/")  # counts the people without an appraiser, which is kept for five minutes
    with CaptureQueriesContext(connection) as few:
        labels = {task.label for task in client.get("/").context["desk"].tasks}
    for number in range(10):
        letters.a_complaint(cast, unit="schools", key=f"surat {number}")
        conduct.a_case(cast, unit="schools", key=f"laporan {number}")
    with CaptureQueriesContext(connection) as many:
        client.get("/")

    assert {LETTER, CASE} <= labels
    assert len(many) == len(few) <= 15
