"""Closing a period for a city of 5,000: a minute at most, notices included."""

from time import perf_counter

import pytest
from django.db import connection

from agencies.people.models import Employee
from appraisal.calibration.closing import close_job, close_period
from appraisal.calibration.models import MissedEvaluation
from appraisal.cycle.queries import newest_finished, periods_to_show
from appraisal.demo.city import build_city
from appraisal.demo.large_city import build_large_city
from appraisal.rulebook.reference_data import fill as fill_rulebook
from appraisal.scoring.models import Evaluation
from feedback.citizens.reference_data import fill as fill_questionnaire

pytestmark = [pytest.mark.django_db, pytest.mark.measure]
MOST_SECONDS = 60
TABLES = ("skp", "evaluation", "period")


def test_a_period_of_five_thousand_is_closed_within_a_minute():
    fill_rulebook()
    fill_questionnaire()
    build_city()
    build_large_city(5000)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        for table in TABLES:
            cursor.execute(f"ANALYZE appraisal_{table}")
        cursor.execute("ANALYZE agencies_assignment; ANALYZE agencies_postversion; ANALYZE agencies_employee")
    period = newest_finished(periods_to_show())
    closing = close_period(period, by="timetable")
    began = perf_counter()

    close_job(closing.job, lambda percent, text="": print(f"{perf_counter() - began:6.1f} s  {text}"))

    took = perf_counter() - began
    closing.refresh_from_db()
    print(f"{took:6.1f} s  {closing.figures}, {MissedEvaluation.objects.count()} rows")
    assert Employee.objects.count() >= 5000
    assert Evaluation.objects.filter(period=period).count() > 4000
    assert took < MOST_SECONDS
