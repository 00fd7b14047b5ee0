"""Opening a round for a city of 5,000 with teams of sixty: forty thousand requests in half a minute at most."""

from datetime import timedelta
from time import perf_counter

import pytest
from django.db import connection
from django.utils import timezone

from agencies.careers.tests.test_speed import analyse, large_city
from agencies.people.models import Employee, User
from agencies.structure.models import Unit
from feedback.colleagues.actions import open_round, prepare_round
from feedback.colleagues.checking import draw_is_as_recorded
from feedback.colleagues.models import FeedbackInvitation
from feedback.colleagues.reference_data import fill as fill_values

pytestmark = [pytest.mark.django_db, pytest.mark.measure]
MOST_SECONDS = 30  # 10 s on two cores


def open_accounts(people):
    users = User.objects.bulk_create(
        (User(email=f"{person.pk}@contoh.test", name=person.name) for person in people), batch_size=1000
    )
    for person, user in zip(people, users, strict=True):
        person.user = user
    Employee.objects.bulk_update(people, ["user"], batch_size=1000)
    analyse("agencies_user", "agencies_employee")


def prepared_for_the_city():
    today = timezone.localdate()
    return prepare_round(
        name="Semester I",
        starts_on=today - timedelta(days=180),
        ends_on=today,
        units=[Unit.objects.get(kind="city")],
        choosing="drawn",
        last_day=today + timedelta(days=7),
        by="timetable",
    )


def timed(act):
    began = perf_counter()
    act(lambda percent, text="": print(f"{perf_counter() - began:6.1f} s  {text}"))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as at the commit
    took = perf_counter() - began
    print(f"{took:6.1f} s  {act.__name__}")
    return took


def test_a_round_of_five_thousand_is_opened_within_half_a_minute():
    fill_values()
    open_accounts(large_city(teams=80))
    prepared = prepared_for_the_city()

    def opening(report_progress):
        open_round(prepared, by="timetable", report_progress=report_progress)

    def checking(report_progress):
        prepared.refresh_from_db()
        assert draw_is_as_recorded(prepared, report_progress=report_progress)

    opened, checked = timed(opening), timed(checking)

    assert FeedbackInvitation.objects.count() > 40_000
    assert opened < MOST_SECONDS
    assert checked < MOST_SECONDS
