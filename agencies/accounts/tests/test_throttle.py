from datetime import UTC, datetime, timedelta

import pytest

from agencies.accounts.throttle import (
    MOST_FOR_A_NAME,
    MOST_FROM_AN_ADDRESS,
    begin_attempt,
    forget_attempts,
    in_words,
    wait_after,
)
from agencies.people.models import SignInAttempt

NOW = datetime(2026, 6, 1, 0, 0, tzinfo=UTC)
HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"
NO_WAIT = timedelta(0)


def test_the_delay_grows_to_a_quarter_of_an_hour_and_no_further():
    assert [wait_after(failures).total_seconds() for failures in (0, 4, 5, 6, 7, 10, 11, 12, 500)] == [
        0, 0, 15, 30, 60, 480, 900, 900, 900,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.2, "1 detik"), (15, "15 detik"), (60, "1 menit"), (150, "2 menit 30 detik")]
)
def test_a_wait_is_told_in_words(seconds, words):
    assert in_words(timedelta(seconds=seconds)) == words


def fail(count, name="petrus@contoh.test", address=HERE, start=NOW):
    return [begin_attempt(name, address, now=start) for _ in range(count)]


@pytest.mark.django_db
def test_after_five_failures_the_next_attempt_has_to_wait():
    assert fail(6) == [NO_WAIT] * 5 + [timedelta(seconds=15)]
    assert begin_attempt("petrus@contoh.test", HERE, now=NOW + timedelta(seconds=14)) == timedelta(seconds=1)
    assert begin_attempt("petrus@contoh.test", HERE, now=NOW + timedelta(seconds=15)) == NO_WAIT


@pytest.mark.django_db
def test_an_attempt_that_came_too_early_does_not_count():
    fail(50)

    assert SignInAttempt.objects.count() == 5


@pytest.mark.django_db
def test_nobody_is_locked_out_from_another_address_or_under_another_name():
    fail(6)

    assert begin_attempt("petrus@contoh.test", ELSEWHERE, now=NOW) == NO_WAIT
    assert begin_attempt("maria@contoh.test", HERE, now=NOW) == NO_WAIT


@pytest.mark.django_db
def test_the_same_name_written_differently_is_the_same_name():
    fail(5, "19860926 201505 1 001")

    assert begin_attempt("198609262015051001", HERE, now=NOW) > NO_WAIT


@pytest.mark.django_db
def test_a_right_password_and_an_hour_make_good():
    fail(6)
    forget_attempts("Petrus@contoh.test", HERE)
    assert begin_attempt("petrus@contoh.test", HERE, now=NOW) == NO_WAIT

    fail(6, "maria@contoh.test")
    assert begin_attempt("maria@contoh.test", HERE, now=NOW + timedelta(hours=1)) == NO_WAIT
    assert SignInAttempt.objects.count() == 1


@pytest.mark.django_db
def test_neither_name_nor_address_is_stored():
    fail(1)

    attempt = SignInAttempt.objects.get()
    assert "petrus" not in attempt.who
    assert HERE not in attempt.address
    assert len(attempt.who) == len(attempt.address) == 64


# --- the three counters -------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_address_that_tries_many_names_has_to_wait_and_the_others_need_not():
    for number in range(MOST_FROM_AN_ADDRESS):
        assert begin_attempt(f"orang{number}@contoh.test", HERE, now=NOW) == NO_WAIT

    assert begin_attempt("baru@contoh.test", HERE, now=NOW) == timedelta(minutes=15)
    assert begin_attempt("baru@contoh.test", ELSEWHERE, now=NOW) == NO_WAIT


@pytest.mark.django_db
def test_a_name_tried_from_many_addresses_goes_into_a_slow_lane_that_is_no_wall():
    for number in range(MOST_FOR_A_NAME):
        begin_attempt("petrus@contoh.test", f"198.51.100.{number}", now=NOW)

    assert begin_attempt("petrus@contoh.test", HERE, now=NOW) == timedelta(seconds=15)
    assert begin_attempt("petrus@contoh.test", HERE, now=NOW + timedelta(seconds=15)) == NO_WAIT


@pytest.mark.django_db
def test_a_known_device_is_held_up_by_neither_but_may_not_guess_for_ever():
    for number in range(MOST_FROM_AN_ADDRESS):
        begin_attempt(
            "petrus@contoh.test", HERE, now=NOW - timedelta(minutes=59) + timedelta(seconds=30 * number)
        )
        begin_attempt(f"orang{number}@contoh.test", HERE, now=NOW)

    assert begin_attempt("petrus@contoh.test", HERE, now=NOW) > NO_WAIT
    guesses = [begin_attempt("petrus@contoh.test", HERE, known_device=True, now=NOW) for _ in range(6)]
    assert guesses == [NO_WAIT] * 5 + [timedelta(seconds=15)]
