"""A rule changes by two persons, from a day on, and nothing that is finished with it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from agencies.access.actions import grant_role
from agencies.access.actions.proposals import approve_proposal, refuse_proposal
from agencies.access.models import Proposal
from agencies.access.queries import proposals_awaiting
from agencies.access.tests.cast import build_cast
from agencies.people.actions import open_account
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from appraisal.cycle.models import Period
from appraisal.rulebook.actions import propose_change
from appraisal.rulebook.models import Rule
from appraisal.rulebook.queries import rule_on, value_on
from appraisal.rulebook.reference_data import fill
from appraisal.scoring.models import Evaluation
from appraisal.tests.finished import finished_evaluation

pytestmark = pytest.mark.django_db
KEY = "objection_working_days"
NOW = "2026-09-21T10:00:00+09:00"
NEW_YEAR = date(2027, 1, 1)
PAGE = reverse("appraisal:rule-propose", args=[KEY])
SENT = {
    "nilai": "10",
    "valid_from": "01-01-2027",
    "text": "Keberatan paling lambat 10 hari kerja",
    "source": "Peraturan Wali Kota, Pasal 3",
    "reason": "Disepakati dalam rapat.",
}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def cast(db):
    fill()
    cast = build_cast()
    second = open_account(email="kedua@contoh.test", name="Orang kedua", by="test")
    city = cast["self"].cast_units["city"]
    grant_role(second, role="personnel_office", unit=city, start=date(2020, 1, 1), by="test", reason="uji")
    return cast | {"second": second}


def proposed(cast, *, by="personnel_office", key=KEY, value=10, valid_from=NEW_YEAR):
    change = propose_change(
        key, valid_from=valid_from, value=value, text="Bunyi", source="Dasar", reason="Alasan", by=cast[by]
    )
    return Proposal.objects.get(record=f"appraisal.RuleChange:{change.pk}")


def test_the_second_persons_approval_makes_a_version_beside_the_old_one(cast):
    proposal = proposed(cast)
    waiting = value_on(KEY, NEW_YEAR)

    approve_proposal(proposal, by=cast["second"])

    assert waiting == 14
    assert [value_on(KEY, day) for day in (NEW_YEAR - timedelta(days=1), NEW_YEAR)] == [14, 10]
    assert rule_on(KEY, NEW_YEAR).change.proposed_by == cast["personnel_office"]
    assert AuditEvent.objects.filter(action="rule.change").count() == 1


def test_nobody_decides_on_his_own_change_and_no_other_office_decides_at_all(cast):
    proposal = proposed(cast)
    able = {person for person, user in cast.items() if proposals_awaiting(user).exists()}

    assert able == {"second"}
    for person in cast.keys() - able:
        with pytest.raises(NotAllowed):
            approve_proposal(proposal, by=cast[person])


def test_only_the_personnel_office_proposes(cast):
    for person in cast.keys() - {"personnel_office", "second"}:
        with pytest.raises(NotAllowed):
            proposed(cast, by=person)


def test_what_the_program_keeps_itself_cannot_be_proposed(cast):
    with pytest.raises(NotAllowed):
        proposed(cast, key="matrix", value="6/2022")


def test_a_refused_change_leaves_the_rule_and_another_may_be_proposed(cast):
    refuse_proposal(proposed(cast), by=cast["second"], reason="Belum perlu")

    assert Rule.objects.filter(key=KEY).count() == 1
    assert proposed(cast, value=9)


def test_one_change_of_a_rule_waits_at_a_time_and_the_same_sent_twice_is_one(cast):
    first = proposed(cast)

    assert proposed(cast) == first
    with pytest.raises(StepRefused, match="masih menunggu"):
        proposed(cast, value=9)


def test_a_change_never_begins_in_a_period_that_is_finished(cast):
    finished_period()

    with pytest.raises(StepRefused, match="1 Juli 2026"):
        proposed(cast, valid_from=date(2026, 6, 30))
    assert proposed(cast, valid_from=date(2026, 7, 1))


def test_a_period_that_finished_while_the_change_waited_stops_it(cast):
    proposal = proposed(cast, valid_from=date(2026, 6, 1))
    finished_period()

    with pytest.raises(StepRefused, match="sudah selesai dinilai"):
        approve_proposal(proposal, by=cast["second"])
    assert Rule.objects.filter(key=KEY).count() == 1


@pytest.mark.parametrize("value", [0, "10", 10.5, None, {"x": 1}])
def test_a_value_that_does_not_fit_is_refused_by_the_act_itself(cast, value):
    with pytest.raises(StepRefused):
        proposed(cast, value=value)


def test_nothing_finished_is_recalculated(cast):
    own = cast["self"]
    evaluation = finished_evaluation(
        own.employee, appraiser=cast["appraiser"].employee, unit=own.cast_units["clinic"]
    )
    before = Evaluation.objects.filter(pk=evaluation.pk).values().get()
    deadlines = list(Period.objects.values_list("opens_at", "closes_at"))

    approve_proposal(proposed(cast, key="legal_basis", value="Peraturan baru"), by=cast["second"])
    approve_proposal(proposed(cast, key="evaluation_working_days", value=3), by=cast["second"])

    assert Evaluation.objects.filter(pk=evaluation.pk).values().get() == before
    assert list(Period.objects.values_list("opens_at", "closes_at")) == deadlines


def test_the_database_changes_no_version_and_no_proposed_value(cast):
    change = proposed(cast)
    for act in (
        lambda: Rule.objects.filter(key=KEY).update(value=3),
        lambda: Rule.objects.filter(key=KEY).delete(),
        lambda: type(change).objects.get() and rule_change_rewritten(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def rule_change_rewritten():
    from appraisal.rulebook.models import RuleChange

    RuleChange.objects.update(value=3)


# --- pages --------------------------------------------------------------------------------------


def test_everybody_reads_what_held_on_a_day_and_since_when(client, cast):
    approve_proposal(proposed(cast), by=cast["second"])
    client.force_login(cast["self"])
    address = reverse("appraisal:rule-detail", args=[KEY])

    def current(day):
        return client.get(address, {"tanggal": day}).context["current"]["parts"]

    assert current("2026-12-31") == [("Nilai", "14 hari kerja")]
    assert current("2027-01-01") == [("Nilai", "10 hari kerja")]
    page = client.get(address).content.decode()
    assert "Diusulkan Orang personnel_office" in page
    assert "Usulkan perubahan" not in page
    listed = client.get(reverse("appraisal:rule-list"), {"tanggal": "2027-01-01"}).content.decode()
    assert "Bunyi" in page
    assert f'{address}?tanggal=2027-01-01">Mengajukan keberatan' in listed


def test_the_office_looks_at_the_effects_before_it_sends(client, cast):
    client.force_login(cast["personnel_office"])

    seen = client.post(PAGE, SENT)
    nothing = Proposal.objects.count()
    answer = client.post(PAGE, SENT | {"ajukan": "1"})
    again = client.post(PAGE, SENT | {"ajukan": "1"})

    assert "14 hari kerja" in seen.content.decode()
    assert "10 hari kerja" in seen.content.decode()
    assert (seen.status_code, nothing, Proposal.objects.count()) == (200, 0, 1)
    assert answer["Location"] == again["Location"]
    client.force_login(cast["second"])
    assert "14 hari kerja" in client.get(answer["Location"]).content.decode()


def test_the_effects_name_the_open_periods_that_would_be_judged_by_it(client, cast):
    now = timezone.now()
    Period.objects.create(
        year=2026,
        number=4,
        starts_on=date(2026, 10, 1),
        ends_on=date(2026, 12, 31),
        opens_at=now + timedelta(days=90),
        closes_at=now + timedelta(days=120),
    )
    client.force_login(cast["personnel_office"])
    page = reverse("appraisal:rule-propose", args=["legal_basis"])
    sent = SENT | {"nilai": "Peraturan baru"}

    touched = client.post(page, sent | {"valid_from": "01-12-2026"}).content.decode()
    untouched = client.post(page, sent).content.decode()

    assert "Triwulan IV 2026 akan dinilai menurut nilai baru." in touched
    assert "Triwulan IV 2026" not in untouched


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"nilai": "0"}, "Isi bilangan bulat antara 1 dan 90."),
        ({"nilai": "sepuluh"}, "Isi bilangan bulat antara 1 dan 90."),
        ({"valid_from": "31-02-2027"}, "Tulis tanggal seperti 31-12-2026."),
        ({"valid_from": "2150-01-01"}, "Isi tanggal antara tahun 2022 dan 2099."),
        ({"source": ""}, "Isi dasarnya."),
        ({"reason": " "}, "Tulis alasannya."),
    ],
)
def test_wrong_input_is_explained_at_its_field(client, cast, changes, words):
    client.force_login(cast["personnel_office"])

    answer = client.post(PAGE, SENT | changes | {"ajukan": "1"})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Proposal.objects.count() == 0


def test_a_table_is_proposed_cell_by_cell_and_an_empty_cell_sets_no_bound(client, cast):
    client.force_login(cast["personnel_office"])
    key = "distribution_guide"
    form = client.get(reverse("appraisal:rule-propose", args=[key])).context["form"]
    sent = {name: "" if value is None else str(value) for name, value in form.initial.items()}
    sent |= {name: SENT[name] for name in ("valid_from", "text", "source", "reason")}
    sent["nilai-istimewa-sangat_baik_most"] = "65"

    client.post(reverse("appraisal:rule-propose", args=[key]), sent | {"ajukan": "1"})
    approve_proposal(Proposal.objects.get(), by=cast["second"])

    value = value_on(key, NEW_YEAR)
    assert (value["istimewa.sangat_baik_most"], value["istimewa.kurang_most"]) == (65, None)


def finished_period():
    now = timezone.now()
    return Period.objects.create(
        year=2026,
        number=2,
        starts_on=date(2026, 4, 1),
        ends_on=date(2026, 6, 30),
        opens_at=now - timedelta(days=60),
        closes_at=now - timedelta(days=30),
    )
