"""A quarter is locked once and stays as it was; until then figures move in steps of ten answers."""

from datetime import date

import pytest
import time_machine
from django.db import InternalError, transaction

from agencies.access.tests.cast import build_cast
from ambon_kinerja.audit.models import AuditEvent
from feedback.citizens.models import SetAside, SurveyResponse
from feedback.citizens.reference_data import fill
from feedback.results.actions import CannotLock, day_to_show, lock_quarter, refresh_running
from feedback.results.models import ChangeAfterLock, LockedResult, QuarterLock, RunningFigure
from feedback.results.published.counters import counter_lines
from feedback.results.published.pages import shown_for, year_of
from feedback.results.queries import changes_after
from feedback.results.rollup import hash_of, rebuild
from feedback.services.actions import add_service
from feedback.services.models import Counter, CounterDuty
from feedback.services.periods import Quarter

from .counted import answer_counts
from .scene import answer, mixed, second_service

pytestmark = pytest.mark.django_db
QUARTER = Quarter(2026, 3)


@pytest.fixture
def cast():
    fill()
    return build_cast()


@pytest.fixture
def service(cast):
    return add_service(unit=cast["self"].cast_units["clinic"], name="Gizi", slug="gizi", by="test")


@pytest.fixture
def office(cast):
    return cast["survey_office"]


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel("2026-11-20T10:00:00+09:00", tick=False):
        yield


def test_a_locked_quarter_is_published_hashed_and_remembered(service, office):
    answer(service, mixed(36, waktu=2))

    lock = lock_quarter(QUARTER, by=office)

    shown = shown_for(QUARTER, service=service)
    assert (str(shown.index), shown.figure["respondents"], shown.figure["grade"]) == ("79.63", 36, "B")
    assert shown.lowest[0]["key"] == "waktu"
    assert str(shown_for(QUARTER, unit=service.unit.parent).index) == "79.63"
    assert (lock.sha256, lock.responses) == hash_of(QUARTER)
    assert AuditEvent.objects.filter(action="survey.lock", actor=f"user:{office.pk}").count() == 1


@pytest.mark.parametrize("who", ["service_manager", "personnel_office", "outsider"])
def test_only_who_manages_the_whole_city_locks(cast, service, who):
    with pytest.raises(CannotLock, match="Bagian Organisasi"):
        lock_quarter(QUARTER, by=cast[who])


def test_a_quarter_is_locked_once_when_it_is_over_and_in_its_turn(service, office):
    answer(service, mixed(12), day=date(2026, 4, 2))
    answer(service, mixed(12))
    rebuild()
    with pytest.raises(CannotLock, match="belum selesai"):
        lock_quarter(Quarter(2026, 4), by=office)
    with pytest.raises(CannotLock, match="Kunci dulu Triwulan II 2026"):
        lock_quarter(QUARTER, by=office)
    lock_quarter(Quarter(2026, 2), by=office)
    lock_quarter(QUARTER, by=office)
    with pytest.raises(CannotLock, match="sudah dikunci"):
        lock_quarter(QUARTER, by=office)


def test_what_comes_or_goes_after_the_lock_moves_nothing_and_is_marked(service, office):
    first = answer(service, mixed(36))[0]
    lock = lock_quarter(QUARTER, by=office)
    before = answer_counts(service=service, start=QUARTER.start, end=QUARTER.end)
    group = SetAside.objects.create(service=service, day=QUARTER.start, reasons=["lonjakan"])

    late = answer(service, mixed(1, waktu=1))[0]
    SurveyResponse.objects.filter(pk=first.pk).update(state="excluded", set_aside=group)

    assert answer_counts(service=service, start=QUARTER.start, end=QUARTER.end) == before
    assert hash_of(QUARTER) == (lock.sha256, lock.responses)
    assert changes_after(lock) == (1, 1)
    came = ChangeAfterLock.objects.get(response=late).day
    assert answer_counts(service=service, start=came, end=came)["waktu"][1] == 1
    assert rebuild() == (0, 0)


@pytest.mark.parametrize("model", [QuarterLock, LockedResult])
def test_the_database_keeps_what_is_locked(service, office, model):
    answer(service, mixed(12))
    lock_quarter(QUARTER, by=office)

    with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
        model.objects.all()._raw_delete(model.objects.db)


def test_one_answer_beside_a_large_service_hides_the_large_one_and_counts_in_the_unit(service, office):
    other = second_service(service)
    answer(service, mixed(40))
    answer(other, mixed(1, waktu=1))

    lock_quarter(QUARTER, by=office)

    assert shown_for(QUARTER, service=service).index is None
    assert shown_for(QUARTER, service=other).index is None
    unit = shown_for(QUARTER, unit=service.unit).figure
    assert (unit["respondents"], unit["whole"]) == (41, True)


@pytest.mark.parametrize("mode", ["paper", "web"])
@pytest.mark.parametrize(("count", "is_told"), [(14, False), (15, True)])
def test_a_service_that_fell_below_ten_comes_back_with_fifteen(service, office, mode, count, is_told):
    answer(service, mixed(6), day=date(2026, 4, 1), mode=mode)
    answer(service, mixed(count), mode=mode)
    lock_quarter(Quarter(2026, 2), by=office)

    lock_quarter(QUARTER, by=office)

    assert (shown_for(QUARTER, service=service).index is not None) == is_told


def test_two_hundred_bought_votes_over_the_open_link_move_the_index_by_nothing(service, office):
    answer(service, mixed(40))
    answer(service, [dict.fromkeys(mixed(1)[0], 4)] * 200, mode="web", days=60)

    lock_quarter(QUARTER, by=office)

    shown = shown_for(QUARTER, service=service).figure
    assert (shown["index"], shown["respondents"]) == ("83.75", 40)
    assert shown["controlled_share"] == 15
    assert shown["open"] is None  # all alike: beside the total it would tell each answer


def test_without_answers_of_real_visits_there_is_an_estimate_and_no_grade(service, office):
    answer(service, mixed(60), mode="web")

    lock_quarter(QUARTER, by=office)

    shown = shown_for(QUARTER, service=service)
    assert (str(shown.index), shown.figure["grade"]) == ("83", "")


def test_a_year_adds_only_what_was_published(service, office):
    for day, count in ((date(2026, 1, 5), 30), (date(2026, 4, 5), 7), (date(2026, 7, 5), 30)):
        answer(service, mixed(count), day=day)
    for number in (1, 2, 3):
        lock_quarter(Quarter(2026, number), by=office)

    year = year_of(2026, service=service)

    assert (year.respondents, str(year.index)) == (60, "83.33")
    assert [quarter.number for quarter in year.left_out] == [2]


def test_a_running_figure_moves_in_steps_of_ten_and_holds_the_last_ten_back(service):
    start = date(2026, 10, 1)

    def shown():
        refresh_running()
        return list(RunningFigure.objects.values_list("through", "respondents"))

    answer(service, mixed(19), day=start)
    assert shown() == []
    answer(service, mixed(9), day=date(2026, 10, 5))
    assert shown() == []
    answer(service, mixed(1), day=date(2026, 10, 6))
    assert shown() == [(start, 19)]
    answer(service, mixed(18), day=date(2026, 10, 7))
    assert shown() == [(date(2026, 10, 6), 29)]
    answer(service, mixed(30), day=date(2026, 11, 20))  # today is not over
    assert shown() == [(date(2026, 10, 7), 47)]
    assert str(shown_for(Quarter(2026, 4), service=service).figure["respondents"]) == "45"


def test_a_step_in_which_all_agree_is_not_shown_by_itself(service):
    """Two looks, taken from each other, would say what each of the ten between them answered."""
    start = date(2026, 10, 1)
    answer(service, mixed(12), day=start)
    answer(service, [dict.fromkeys(mixed(1)[0], 4)] * 12, day=date(2026, 10, 5))
    refresh_running(date(2026, 10, 3))
    assert [each.respondents for each in RunningFigure.objects.all()] == [12]

    answer(service, mixed(12), day=date(2026, 10, 7))
    refresh_running(date(2026, 10, 7))
    assert [each.respondents for each in RunningFigure.objects.all()] == [12]
    answer(service, mixed(12), day=date(2026, 10, 9))
    refresh_running(date(2026, 10, 9))
    assert [each.respondents for each in RunningFigure.objects.all()] == [36]


def test_a_locked_figure_is_not_told_where_too_few_came_after_the_last_look(service, office):
    answer(service, mixed(20))
    later = answer(service, mixed(20, waktu=1), day=date(2026, 9, 1))
    refresh_running(date(2026, 10, 3))
    assert RunningFigure.objects.get().through < date(2026, 9, 1)
    group = SetAside.objects.create(service=service, day=date(2026, 9, 1), reasons=["lonjakan"])
    SurveyResponse.objects.filter(pk__in=[each.pk for each in later[3:]]).update(
        state="excluded", set_aside=group
    )

    lock_quarter(QUARTER, by=office)

    # 23 answers less the 20 of the look would be the three who came since.
    assert shown_for(QUARTER, service=service).index is None


def test_no_running_figure_where_officers_are_told_of_their_counters(service, cast):
    """The terms of duty and the looks would overlap in a few people."""
    counter = Counter.objects.create(service=service, name="Loket 1")
    CounterDuty.objects.create(
        counter=counter, employee=cast["self"].employee, term=(date(2026, 10, 5), date(2026, 10, 8))
    )
    answer(service, mixed(40), day=date(2026, 10, 1), counter=counter)
    answer(service, mixed(40), day=date(2026, 10, 6), counter=counter)

    assert refresh_running(date(2026, 11, 20)) == 0
    CounterDuty.objects.all().delete()
    assert refresh_running(date(2026, 11, 20)) == 1


def test_counters_are_not_told_after_a_look(service, cast, office):
    """A duty that was entered when the figures of the quarter had been looked at already."""
    counter = Counter.objects.create(service=service, name="Loket 1")
    answer(service, mixed(40), counter=counter, days=3)
    answer(service, mixed(40), day=date(2026, 8, 1), counter=counter)
    with time_machine.travel("2026-09-01T10:00:00+09:00", tick=False):
        refresh_running()
    assert RunningFigure.objects.count() == 1
    CounterDuty.objects.create(counter=counter, employee=cast["self"].employee, term=(date(2026, 7, 1), None))
    lock_quarter(QUARTER, by=office)

    assert [line.low for line in counter_lines(service, QUARTER)] == [None]


def test_a_counter_counts_the_answers_of_the_index_alone(service, cast, office):
    """With those of the open link its sum, less the exact one of the service, would be theirs."""
    counter = Counter.objects.create(service=service, name="Loket 1")
    CounterDuty.objects.create(counter=counter, employee=cast["self"].employee, term=(date(2026, 7, 1), None))
    answer(service, mixed(40), counter=counter, days=3)
    without = lines_after_lock(service, office)
    answer(service, [dict.fromkeys(mixed(1)[0], 1)] * 8, counter=counter, mode="web")

    assert lines_after_lock(service, office) == without != [(None, None)]


def lines_after_lock(service, office):
    """What would be told, were the quarter locked now."""
    with transaction.atomic():
        lock_quarter(QUARTER, by=office)
        told = [(line.low, line.high) for line in counter_lines(service, QUARTER)]
        transaction.set_rollback(True)
    return told


def test_day_to_show_keeps_ten_behind_and_ten_ahead():
    days = [(date(2026, 10, day), 5) for day in range(1, 7)]

    assert day_to_show(days, 0, date(2026, 11, 1)) == date(2026, 10, 4)
    assert day_to_show(days, 11, date(2026, 11, 1)) is None
    assert day_to_show(days, 0, date(2026, 10, 3)) == date(2026, 10, 2)
