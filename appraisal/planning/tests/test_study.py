"""Study leave belongs to the plan of the year, needs to be on record, and brings its two usual results."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from agencies.people.assigning import enter_state
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from appraisal.planning import actions
from appraisal.planning.actions import Conflict
from appraisal.planning.actions.fingerprints import fingerprint
from appraisal.planning.actions.study import add_study_results, remove_study, save_study, study_content
from appraisal.planning.models import Skp, StudyPlan, WorkResult
from appraisal.planning.tests.browsing import address, said
from appraisal.planning.tests.plans import YEAR, a_plan

pytestmark = pytest.mark.django_db

VALUES = {
    "institution": "Universitas Pattimura",
    "programme": "Magister Kebijakan Publik",
    "level": "postgraduate",
    "is_abroad": False,
    "university_accreditation": "B",
    "programme_accreditation": "C",
    "starts_on": date(YEAR, 7, 1),
    "ends_on": date(YEAR + 2, 6, 30),
}
NONE = fingerprint(None)


@pytest.fixture
def student(cast):
    enter_state(
        cast["self"].employee, kind="study", start=VALUES["starts_on"], end=VALUES["ends_on"], by="test"
    )
    return cast["self"]


def studying(user):
    skp = a_plan(user)
    save_study(skp, values=VALUES, seen=NONE, by=user)
    return skp


def test_a_leave_that_begins_in_mid_year_belongs_to_the_plan_of_that_year(student):
    skp = studying(student)

    assert Skp.objects.count() == 1
    assert StudyPlan.objects.get().skp == skp


def test_a_leave_that_ends_in_mid_year_stays_in_the_plan_of_that_year(cast):
    begun, ends = date(YEAR - 2, 8, 1), date(YEAR, 7, 31)
    enter_state(cast["self"].employee, kind="study", start=begun, end=ends, by="test")
    skp = a_plan(cast["self"])

    save_study(skp, values=VALUES | {"starts_on": begun, "ends_on": ends}, seen=NONE, by=cast["self"])

    assert StudyPlan.objects.get().ends_on == ends


def test_without_a_recorded_leave_the_personnel_office_is_named(cast, browse):
    skp = a_plan(cast["self"])

    with pytest.raises(StepRefused, match="BKPSDM"):
        save_study(skp, values=VALUES, seen=NONE, by=cast["self"])

    assert "Minta BKPSDM mencatatnya" in browse("self").get(address("study", skp)).content.decode()


def test_a_leave_of_another_year_does_not_count(cast):
    enter_state(
        cast["self"].employee, kind="study", start=date(YEAR - 3, 1, 1), end=date(YEAR - 1, 12, 31), by="test"
    )

    with pytest.raises(StepRefused, match="BKPSDM"):
        save_study(a_plan(cast["self"]), values=VALUES, seen=NONE, by=cast["self"])


def test_abroad_there_is_no_accreditation_and_the_same_twice_changes_nothing(student):
    skp = a_plan(student)
    for _ in range(2):
        save_study(skp, values=VALUES | {"is_abroad": True}, seen=NONE, by=student)

    assert study_content(skp)["university_accreditation"] == ""
    assert Skp.objects.get().version == skp.version + 1


def test_whoever_read_something_else_meets_both(student):
    skp = studying(student)

    with pytest.raises(Conflict):
        save_study(skp, values=VALUES | {"institution": "Lain"}, seen=NONE, by=student)


def test_only_the_owner_writes_it(student, cast):
    with pytest.raises(NotAllowed):
        save_study(a_plan(student), values=VALUES, seen=NONE, by=cast["appraiser"])


def test_one_click_adds_the_two_usual_results_once_with_targets_that_can_be_changed(student, browse):
    skp = studying(student)
    client = browse("self")

    for _ in range(2):
        client.post(reverse("appraisal:study-results", args=[skp.pk]))

    added = WorkResult.objects.filter(skp=skp, origin="study").order_by("position")
    assert [result.kind for result in added] == ["main", "main"]
    assert [result.indicators.get().target_low for result in added] == [Decimal("3.25"), Decimal(100)]
    assert client.get(reverse("appraisal:result-edit", args=[skp.pk, added[0].pk])).status_code == 200


def test_the_results_stay_when_the_leave_is_taken_out(student):
    skp = studying(student)
    add_study_results(skp, by=student)

    remove_study(skp, by=student)

    assert not StudyPlan.objects.exists()
    assert WorkResult.objects.filter(origin="study").count() == 2
    with pytest.raises(StepRefused, match="Isi dahulu"):
        add_study_results(skp, by=student)


def test_the_table_of_the_regulation_shows_the_row_that_holds(student, browse):
    skp = studying(student)

    page = browse("self").get(address("study", skp)).content.decode()

    row = page.split('<tr class="current">')[1].split("</tr>")[0]
    assert page.count('class="current"') == 1
    assert ">B " in row
    assert "3,25–3,60" in row
    assert "hlm. 62–63" in page
    assert "Luar negeri" not in page


def test_who_reads_the_plan_reads_the_leave_but_finds_no_empty_page(student, cast, browse):
    plain = a_plan(cast["peer"])
    skp = studying(student)
    actions.submit_skp(Skp.objects.get(pk=skp.pk), by=student)

    assert browse("appraiser").get(address("study", skp)).status_code == 200
    assert browse("appraiser").get(address("study", plain)).status_code == 404


def test_what_is_typed_is_checked_and_kept(student, browse):
    skp = a_plan(student)
    sent = VALUES | {
        "starts_on": "2026-07-01",
        "ends_on": "2026-06-30",
        "university_accreditation": "",
        "seen": NONE,
    }
    sent = {name: value for name, value in sent.items() if name != "is_abroad"}

    answer = browse("self").post(address("study-edit", skp), sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Pilih akreditasi institusi." in page
    assert "Batas waktu kelulusan harus setelah tanggal mulai." in page
    assert "Universitas Pattimura" in page


def test_an_agreed_plan_is_not_changed_here(student, cast, browse):
    skp = studying(student)
    Skp.objects.filter(pk=skp.pk).update(state="submitted")

    answer = browse("self").post(reverse("appraisal:study-remove", args=[skp.pk]), follow=True)

    assert said(answer) == ["SKP ini dalam keadaan “Diajukan”, jadi tidak bisa diubah."]
    assert StudyPlan.objects.exists()
