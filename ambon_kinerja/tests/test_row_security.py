"""How a process says who reads, and that connections of two threads never mix."""

import os
import subprocess
import sys
import threading

import pytest
from celery.signals import celeryd_init
from django.conf import settings
from django.db import connection, connections, transaction
from django.test import RequestFactory

from agencies.access.tests.cast import build_city
from agencies.people.actions import hire, open_account
from ambon_kinerja.row_security import RowSecurityMiddleware, is_guarded, serve_from_the_start
from appraisal.planning.models import Skp
from appraisal.planning.terms import whole_year


@pytest.mark.parametrize(
    ("statement", "guarded"),
    [
        ('SELECT "appraisal_skp"."id" FROM "appraisal_skp"', True),
        ("select count(*) from public.appraisal_evidence e", True),
        ('SELECT 1 FROM "appraisal_workresult"', False),
        ("SELECT employee_id FROM appraisal_plan_states(2026)", False),
    ],
)
def test_a_statement_about_a_guarded_table_is_known_by_the_name(statement, guarded):
    assert is_guarded(statement) is guarded


def test_a_worker_begins_every_connection_as_the_service(monkeypatch):
    databases = {"default": {"OPTIONS": {"options": "-c jit=off"}}, "owner": {}}
    monkeypatch.setattr(connections, "settings", databases, raising=False)

    serve_from_the_start()

    assert databases == {
        "default": {"OPTIONS": {"options": "-c jit=off -c app.reader=service"}},
        "owner": {"OPTIONS": {"options": "-c app.reader=service"}},
    }


def as_web():
    """This connection as one of the web's: nobody reads until a request says who."""
    with connection.cursor() as cursor:
        cursor.execute("SET app.reader = ''")


def ask(user, question):
    request = RequestFactory().get("/")
    request.user = user
    return RowSecurityMiddleware(lambda _: question())(request)


@pytest.fixture
def planners(transactional_db):
    """Two employees with a plan each, committed."""
    units, _ = build_city()
    users = []
    for number in (1, 2):
        person = hire(name=f"Orang {number}", nip=f"1980010120050110{90 + number}", kind="pns", by="test")
        users.append(open_account(email=f"{number}@contoh.test", name="x", by="test", employee=person))
        Skp.objects.create(employee=person, unit=units["clinic"], post_name="Bidan", **whole_year(2026))
    return users


def owners():
    return list(Skp.objects.values_list("employee__user", flat=True))


def test_requests_of_two_threads_at_once_see_each_their_own(planners):
    barrier, seen = threading.Barrier(2), {}

    def serve(user):
        try:
            as_web()
            for _ in range(20):
                barrier.wait()
                seen.setdefault(user.pk, []).append((ask(user, owners), owners()))
        finally:
            connection.close()

    threads = [threading.Thread(target=serve, args=[user]) for user in planners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert seen == {user.pk: [([user.pk], [])] * 20 for user in planners}


def test_what_was_said_in_a_transaction_that_failed_is_said_again(planners):
    user = planners[0]

    def fail_and_look():
        try:
            with transaction.atomic():
                owners()
                raise LookupError
        except LookupError:
            return owners()

    as_web()

    assert ask(user, fail_and_look) == [user.pk]
    assert owners() == []


def test_a_connection_that_cannot_be_told_is_closed(planners):
    as_web()

    def break_it():
        owners()
        connection.connection.close()

    ask(planners[0], break_it)

    assert connection.connection is None or connection.connection.closed
    assert settings.DATABASES["default"]["CONN_MAX_AGE"] == 60


def test_only_a_worker_is_told_to_be_the_service_when_celery_starts(monkeypatch):
    told = []
    monkeypatch.setattr("ambon_kinerja.row_security.serve_from_the_start", lambda: told.append(True))

    celeryd_init.send(sender="worker", instance=None, conf=None, options={})

    assert told == [True]


@pytest.mark.slow
def test_the_web_process_does_not_hear_the_wish_to_be_the_service():
    words = (
        "import ambon_kinerja.wsgi; from django.conf import settings; print(repr(settings.DATABASE_READER))"
    )
    environment = os.environ | {"DATABASE_READER": "service"}

    said = subprocess.run(
        [sys.executable, "-c", words], env=environment, capture_output=True, text=True, check=True
    )

    assert said.stdout == "''\n"
