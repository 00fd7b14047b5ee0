from datetime import date, timedelta

import pytest
from django.utils import timezone

from agencies.access.tests.cast import build_cast
from agencies.people.assigning import correct_assignment
from ambon_kinerja.jobs.models import Job
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from appraisal.corrections.actions import close_case, find_cases, find_cases_job, note_change
from appraisal.corrections.models import CorrectionCase
from appraisal.scoring.models import Evaluation
from appraisal.tests.finished import finished_evaluation

pytestmark = pytest.mark.django_db
DECIDED_ON = date(2026, 6, 15)
AFTERWARDS = DECIDED_ON + timedelta(30)


@pytest.fixture
def cast():
    return build_cast()


@pytest.fixture
def result(cast):
    """Decided in June by the one who, as then known, was the appraiser."""
    moment = timezone.make_aware(timezone.datetime.combine(DECIDED_ON, timezone.datetime.min.time()))
    return finished_evaluation(
        cast["self"].employee,
        appraiser=cast["appraiser"].employee,
        unit=cast["self"].cast_units["clinic"],
        finalised_at=moment,
    )


def appraiser_came_later(cast):
    """It turns out that the appraiser took office only in July: until then the post was vacant."""
    held = cast["appraiser"].employee.assignments.known().get()
    correct_assignment(held, start=date(2026, 7, 1), reason="SK baru ditemukan", by="test")


def test_a_correction_opens_a_case_and_leaves_the_result_as_it_is(cast, result):
    before = Evaluation.objects.filter(pk=result.pk).values().get()
    appraiser_came_later(cast)

    opened = find_cases(date(2026, 1, 1), AFTERWARDS, reason="SK baru ditemukan")

    assert [(case.evaluation, case.appraiser_now) for case in opened] == [(result, cast["superior"].employee)]
    assert Evaluation.objects.filter(pk=result.pk).values().get() == before


def test_without_a_correction_there_is_no_case(result):
    assert find_cases(date(2026, 1, 1), AFTERWARDS) == []


def test_a_result_decided_on_other_days_is_not_looked_at(cast, result):
    appraiser_came_later(cast)

    assert find_cases(DECIDED_ON + timedelta(1), AFTERWARDS) == []
    assert find_cases(date(2026, 1, 1), DECIDED_ON) == []


def test_looking_twice_opens_one_case(cast, result):
    appraiser_came_later(cast)
    find_cases(date(2026, 1, 1), AFTERWARDS)

    assert find_cases(date(2026, 1, 1), AFTERWARDS) == []
    assert CorrectionCase.objects.count() == 1


def test_a_case_whose_cause_is_gone_is_closed(cast, result):
    appraiser_came_later(cast)
    (case,) = find_cases(date(2026, 1, 1), AFTERWARDS)
    held = cast["appraiser"].employee.assignments.known().get()
    correct_assignment(held, start=date(2026, 1, 1), reason="ternyata benar", by="test")

    find_cases(date(2026, 1, 1), AFTERWARDS)

    case.refresh_from_db()
    assert (case.state, case.conclusion[:22]) == ("closed", "Menurut data sekarang ")


def test_the_search_is_a_job_told_by_the_floor_below(cast, result):
    appraiser_came_later(cast)
    Job.objects.filter(kind="correction_cases").delete()

    note_change(first_day=date(2026, 1, 1), until=AFTERWARDS, by=cast["personnel_office"], reason="ralat")
    address = find_cases_job(Job.objects.get(kind="correction_cases"), lambda percent, text="": None)

    assert address == "/hasil/ralat/"
    assert CorrectionCase.objects.get().reason == "ralat"


def test_only_the_personnel_office_concludes_and_only_once(cast, result):
    appraiser_came_later(cast)
    (case,) = find_cases(date(2026, 1, 1), AFTERWARDS)

    for person in ("self", "appraiser", "superior", "unit_admin", "inspector", "system_admin"):
        with pytest.raises(NotAllowed):
            close_case(case, by=cast[person], conclusion="x")
    with pytest.raises(StepRefused, match="Tulis alasannya"):
        close_case(case, by=cast["personnel_office"], conclusion=" ")
    closed = close_case(case, by=cast["personnel_office"], conclusion="Tidak berpengaruh.")

    assert closed.conclusion == "Tidak berpengaruh."
    with pytest.raises(StepRefused):
        close_case(case, by=cast["personnel_office"], conclusion="lagi")


def test_the_result_page_tells_the_employee(client, cast, result):
    appraiser_came_later(cast)
    (case,) = find_cases(date(2026, 1, 1), AFTERWARDS, reason="SK baru ditemukan")
    close_case(case, by=cast["personnel_office"], conclusion="Tidak berpengaruh pada isi.")
    Evaluation.objects.filter(pk=result.pk)
    client.force_login(cast["personnel_office"])

    page = client.get("/hasil/ralat/")

    assert "Orang Self" in page.text
    assert "Orang Superior" in page.text


def test_the_page_keeps_what_was_typed(client, cast, result):
    appraiser_came_later(cast)
    (case,) = find_cases(date(2026, 1, 1), AFTERWARDS)
    client.force_login(cast["personnel_office"])
    address = f"/hasil/ralat/{case.pk}/"

    empty = client.post(address, {"kesimpulan": " "})
    long = client.post(address, {"kesimpulan": "x" * 1001})
    right = client.post(address, {"kesimpulan": "Tidak berpengaruh."})

    assert (empty.status_code, long.status_code, right.status_code) == (422, 422, 302)
    assert "Tulis kesimpulannya." in empty.text
    assert "x" * 1001 in long.text


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_many(
    client, cast, result, django_assert_max_num_queries
):
    appraiser_came_later(cast)
    find_cases(date(2026, 1, 1), AFTERWARDS)
    client.force_login(cast["personnel_office"])

    with django_assert_max_num_queries(9):
        client.get("/hasil/ralat/")
