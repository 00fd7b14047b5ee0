"""Whoever types whatever name: the same words, the same status, the same time."""

import time
from random import Random
from statistics import NormalDist, median

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.test import Client

from agencies.accounts import backends
from agencies.people.actions import open_account
from agencies.people.models import SignInAttempt

from .door import NIP, PASSWORD, enter

pytestmark = pytest.mark.django_db

SAMPLES = 200
UNKNOWN = "198609262015051977"


class Quick(PBKDF2PasswordHasher):
    """Fast enough for hundreds of samples, slow enough to be seen."""

    iterations = 3000


@pytest.fixture
def quick(settings, user):
    settings.PASSWORD_HASHERS = ["agencies.accounts.tests.test_enumeration.Quick"]
    type(user).objects.update(password=make_password(PASSWORD))
    return user


def seconds_of(name):
    start = time.perf_counter()
    assert backends.NipOrEmailBackend().authenticate(None, username=name, password="salah") is None
    return time.perf_counter() - start


def samples(*names):
    """Times of each name, taken in turns and in random order so that the machine's moods hit all alike."""
    order, found = [name for name in names for _ in range(SAMPLES)], {name: [] for name in names}
    Random(1).shuffle(order)
    for name in order:
        found[name].append(seconds_of(name))
    return [found[name] for name in names]


def likeness(first, second):
    """The p-value of Mann and Whitney's test (normal approximation, no ties): how easily chance explains it."""
    ranked = sorted([(value, 0) for value in first] + [(value, 1) for value in second])
    ranks = sum(rank for rank, (_, which) in enumerate(ranked, 1) if which == 0)
    n, m = len(first), len(second)
    u = ranks - n * (n + 1) / 2
    z = (u - n * m / 2) / (n * m * (n + m + 1) / 12) ** 0.5
    return 2 * (1 - NormalDist().cdf(abs(z)))


def are_alike(first, second):
    """Under five per cent between the medians, or a difference that chance explains."""
    apart = abs(median(first) - median(second)) / median(second)
    return apart < 0.05 or likeness(first, second) > 0.01


@pytest.mark.slow
def test_an_unknown_an_inactive_and_an_unusable_account_cost_as_much_as_a_known_one(quick, monkeypatch):
    # Nearer to what is in use: Django invents a password for an account without one, some 0.2 ms of any machine.
    monkeypatch.setattr(Quick, "iterations", 12_000)
    type(quick).objects.update(password=make_password(PASSWORD))
    inactive = open_account(email="mati@contoh.test", name="B", password=PASSWORD, by="test")
    type(inactive).objects.filter(pk=inactive.pk).update(is_active=False)
    open_account(email="tanpa@contoh.test", name="C", by="test")
    seconds_of(NIP)

    known, *others = samples("petrus@contoh.test", "x@contoh.test", "mati@contoh.test", "tanpa@contoh.test")

    assert [are_alike(other, known) for other in others] == [True, True, True]


def test_without_the_hash_for_nobody_the_clock_would_tell(quick, monkeypatch):
    """Negative control: the same test sees the difference when the protection is gone."""
    monkeypatch.setattr(backends.User, "set_password", lambda self, password: None)

    known, unknown = samples(NIP, UNKNOWN)

    assert not are_alike(unknown, known)


def test_the_answers_are_the_same_but_for_what_was_typed(quick):
    pages = []
    for name in (NIP, UNKNOWN):
        response = enter(Client(), name, "salah salah salah")
        pages.append((response.status_code, response.context["form"].errors.as_json()))

    assert pages[0] == pages[1]
    assert pages[0][0] == 422


def test_a_name_without_account_is_slowed_down_like_one_with(quick):
    answers = [[enter(Client(), name, "salah").status_code for _ in range(7)] for name in (NIP, UNKNOWN)]

    assert answers[0] == answers[1] == [422] * 5 + [429] * 2
    assert SignInAttempt.objects.count() == 10
