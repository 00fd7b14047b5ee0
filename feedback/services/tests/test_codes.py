"""A one-time code: spent once, where and when it is valid, and the same refusal for every reason."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction

from agencies.access.tests.cast import LONG_AGO
from agencies.structure.actions import add_unit
from feedback.services.actions import add_service
from feedback.services.codes import WRONG, WrongCode, code_from, kept, redeem
from feedback.services.models import CodeSheet, Counter, SurveyCode

DAY = date(2026, 11, 2)


@pytest.fixture
def service(db):
    city = add_unit(parent=None, kind="city", code="C", name="Kota", valid_from=LONG_AGO, by="test")
    return add_service(unit=city, name="Poli", slug="poli", by="test")


def sheet_of(service, **more):
    values = {
        "first_day": DAY,
        "last_day": DAY,
        "expires_on": DAY + timedelta(days=14),
        "made_on": DAY,
        "given": 1,
    }
    return CodeSheet.objects.create(service=service, unit=service.unit, **values | more)


def code_on(sheet, key="a form's key"):
    code = code_from(key)
    kept(code, sheet).save()
    return code


def spend(text, service, day=DAY):
    with transaction.atomic():
        return redeem(text, service=service, day=day)


def test_a_spent_code_says_the_day_of_the_visit_and_the_counter(service):
    counter = Counter.objects.create(service=service, name="Loket 1")
    code = code_on(sheet_of(service, counter=counter))

    redeemed = spend(code.token, service, DAY + timedelta(days=3))

    assert (redeemed.service_day, redeemed.counter) == (DAY, counter)


@pytest.mark.parametrize("write", [str.lower, lambda text: f" {text[:5]} - {text[5:]} ", lambda text: text])
def test_the_typed_form_is_known_however_it_is_written(service, write):
    code = code_on(sheet_of(service))

    assert spend(write(code.typed), service).service_day == DAY


def test_a_code_is_spent_once_in_whichever_form(service):
    code = code_on(sheet_of(service))
    spend(code.token, service)

    for text in (code.token, code.typed):
        with pytest.raises(WrongCode):
            spend(text, service)


def test_every_refusal_says_the_same(service):
    other = add_service(unit=service.unit, name="Akta", slug="akta", by="test")
    elsewhere = add_unit(
        parent=service.unit, kind="agency", code="D", name="Dinas", valid_from=LONG_AGO, by="test"
    )
    used = code_on(sheet_of(service), "used")
    spend(used.token, service)
    withdrawn = code_on(sheet_of(service, withdrawn_on=DAY), "withdrawn")
    good = code_on(sheet_of(service), "good")
    refused = [
        (used.token, service, DAY),
        (withdrawn.token, service, DAY),
        (good.token, other, DAY),
        (good.token, service, DAY - timedelta(days=1)),
        (good.token, service, DAY + timedelta(days=15)),
        ("AAAAA-AAAAA", service, DAY),
    ]

    for text, where, day in refused:
        with pytest.raises(WrongCode, match=WRONG[:20]) as refusal:
            spend(text, where, day)
        assert str(refusal.value) == WRONG
    service.unit = elsewhere
    with pytest.raises(WrongCode):
        spend(good.token, service)


@pytest.mark.parametrize(
    "text", ["", None, "\x00", "\ud800", "٣" * 10, "x" * 5_000_000, ["a"], "' OR 1=1 --", "-_-"]
)
def test_what_is_no_code_is_a_wrong_code(service, text):
    code_on(sheet_of(service))

    with pytest.raises(WrongCode):
        spend(text, service)


def test_a_refused_answer_leaves_the_code_unspent(service):
    code = code_on(sheet_of(service))
    with transaction.atomic():
        redeem(code.token, service=service, day=DAY)
        transaction.set_rollback(True)

    assert spend(code.token, service).service_day == DAY


def test_a_day_outside_the_sheet_counts_for_its_last_day(service):
    sheet = sheet_of(service, last_day=DAY + timedelta(days=4))
    first, late = code_on(sheet, "first"), code_on(sheet, "late")

    assert spend(first.token, service, DAY + timedelta(days=1)).service_day == DAY + timedelta(days=1)
    assert spend(late.token, service, DAY + timedelta(days=9)).service_day == DAY + timedelta(days=4)


def test_codes_of_the_key_before_are_still_good(service, settings):
    code = code_on(sheet_of(service))
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key"

    assert spend(code.typed, service).service_day == DAY


def test_neither_form_of_a_code_is_kept(service):
    code = code_on(sheet_of(service))
    [row] = SurveyCode.objects.values_list()

    assert len(code.token) == 22
    assert not {code.token, code.typed} & set(map(str, row))


@pytest.mark.django_db(transaction=True)
def test_twenty_who_send_the_same_code_at_once_are_counted_once(service):
    code, barrier = code_on(sheet_of(service)), Barrier(20)

    def send(number):
        barrier.wait()
        try:
            return spend(code.token if number % 2 else code.typed, service)
        except WrongCode:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        results = list(pool.map(send, range(20)))

    assert sum(result is not None for result in results) == 1
