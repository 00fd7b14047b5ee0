"""A statement is planned once a connection, and its named places take the values in any order and number."""

import time

import pytest
from django.db import OperationalError, connection

from ambon_kinerja.statements import KEPT, by_number, rows_of

pytestmark = pytest.mark.django_db
TWICE = "SELECT %(text)s::text, %(number)s::int + 1, %(text)s::text || '!'"


def test_places_are_filled_by_name():
    assert rows_of(TWICE, number=2, text="a") == [("a", 3, "a!")]
    assert by_number(TWICE) == ("SELECT $1::text, $2::int + 1, $1::text || '!'", ["text", "number"])


def test_a_value_is_never_read_as_sql():
    assert rows_of(TWICE, number=0, text="'); DROP TABLE x; --")[0][0] == "'); DROP TABLE x; --"


@pytest.mark.django_db(transaction=True)
def test_it_is_planned_once_and_again_for_a_new_connection():
    rows_of(TWICE, number=1, text="")
    known = set(KEPT[connection.connection])
    rows_of(TWICE, number=2, text="")
    assert KEPT[connection.connection] == known

    connection.close()
    assert rows_of(TWICE, number=3, text="") == [("", 4, "!")]


def test_a_statement_without_places_needs_no_values():
    assert rows_of("SELECT 1") == [(1,)]


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_lost_while_planning_is_told_as_any_other():
    lost = "SELECT 'never planned before'::text"
    lose()

    with pytest.raises(OperationalError):
        rows_of(lost)
    connection.close()
    assert rows_of(lost) == [("never planned before",)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_known", [True, False])
def test_a_connection_that_was_lost_between_two_requests_is_opened_again(is_known):
    text = f"SELECT '{is_known}'::text"
    if is_known:
        rows_of(text)
    lose()
    connection.close_if_unusable_or_obsolete()  # as every request begins

    assert rows_of(text) == [(str(is_known),)]


@pytest.mark.django_db(transaction=True)
def test_a_statement_that_took_too_long_is_not_tried_again():
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 100")
    connection.close_if_unusable_or_obsolete()
    began = time.monotonic()

    with pytest.raises(OperationalError, match="timeout"):
        rows_of("SELECT pg_sleep(5)")

    assert time.monotonic() - began < 0.19
    connection.close()


def lose():
    """The server ends our connection, and we do not know it yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT pg_terminate_backend(%s, 2000)", [pid])
    other.close()
