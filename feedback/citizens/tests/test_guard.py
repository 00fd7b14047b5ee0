"""What looks sent in a heap is set aside with its reason; nothing is lost, and nobody's address is kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.utils import timezone

from feedback.citizens.actions import record_response
from feedback.citizens.actions.web import TooMany, forget_networks, leave_trace, take_in
from feedback.citizens.guard import Origin, limit_for, network_of, origin_of
from feedback.citizens.models import Mark, NetworkTrace, SetAside, SurveyResponse
from feedback.services.codes import WrongCode

from .scene import ALL_FOURS, build_service, code_for

pytestmark = pytest.mark.django_db
MIXED = ALL_FOURS | {"waktu": 3}
COMMENT = "Antre di loket tiga lama sekali, kursinya kurang."


def origin(number=1):
    return Origin(network=f"network {number}", device=f"device {number}")


def send(service, number=1, *, sender=None, seconds=60, answers=MIXED, **more):
    return take_in(
        service,
        origin=sender or origin(number),
        seconds=seconds,
        sending_key=f"key {number}",
        answers=answers,
        **more,
    )


def test_an_ordinary_answer_counts():
    given = send(build_service(), comment=COMMENT)

    assert (given.state, given.marks, given.with_code) == ("counted", [], False)


def test_an_answer_faster_than_one_can_read_is_set_aside_and_says_why():
    given = send(build_service(), seconds=settings.SURVEY_FASTEST_SECONDS - 1)

    assert (given.state, given.marks) == ("quarantined", [Mark.TOO_FAST])
    assert given.set_aside.reasons == [Mark.TOO_FAST]


def test_nine_equal_answers_are_noticed_and_counted():
    given = send(build_service(), answers=ALL_FOURS)

    assert (given.state, given.marks) == ("counted", [Mark.STRAIGHT])


def test_a_comment_that_was_copied_is_set_aside_also_with_other_capitals():
    service = build_service()
    send(service, 1, comment=COMMENT)

    copied = send(service, 2, comment=COMMENT.upper() + "!!")
    short = [send(service, number, comment="Bagus") for number in (3, 4)]

    assert copied.marks == [Mark.COPIED]
    assert {each.state for each in short} == {"counted"}


@pytest.mark.django_db(transaction=True)
def test_what_one_device_sends_at_the_same_moment_is_set_aside_as_a_whole(settings):
    settings.SURVEY_DEVICE_USUAL, service = 2, build_service()
    for number in range(3):  # somebody else's heap of the same day waits already
        send(service, number, sender=Origin("network", "another device"))
    for number in range(3, 5):
        send(service, number, sender=Origin("network", "device"))

    def send_at_once(number):
        try:
            return send(service, number, sender=Origin("network", "device")).state
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(send_at_once, range(5, 29))) == {"quarantined"}
    assert SurveyResponse.objects.filter(state="counted").count() == 0
    assert SetAside.objects.get().responses.count() == 29


def test_what_one_device_sends_beyond_a_family_is_set_aside_as_a_whole():
    service = build_service()
    one = Origin("network", "device")

    for number in range(settings.SURVEY_DEVICE_USUAL + 1):
        send(service, number, sender=one)
    send(service, 99, sender=Origin("network", "another device"))

    states = list(SurveyResponse.objects.order_by("pk").values_list("state", "marks"))
    assert states[:-1] == [("quarantined", [Mark.SAME_DEVICE])] * (settings.SURVEY_DEVICE_USUAL + 1)
    assert states[-1] == ("counted", [])


def test_what_one_network_sends_beyond_a_waiting_room_is_set_aside(settings):
    settings.SURVEY_NETWORK_USUAL = 4
    service = build_service()

    given = [send(service, number, sender=Origin("network", f"device {number}")) for number in range(6)]

    assert [each.state for each in given] == ["counted"] * 4 + ["quarantined"] * 2
    assert given[-1].marks == [Mark.SAME_NETWORK]


def test_beyond_any_waiting_room_nothing_is_taken_for_a_while(settings):
    settings.SURVEY_NETWORK_MOST = 3
    service, now = build_service(), timezone.now()

    with time_machine.travel(now, tick=False):
        for number in range(3):
            send(service, number, sender=Origin("network", f"device {number}"))
        with pytest.raises(TooMany):
            send(service, 4, sender=Origin("network", "device 4"))
    with time_machine.travel(now + timedelta(minutes=61), tick=False):
        send(service, 4, sender=Origin("network", "device 4"))

    assert SurveyResponse.objects.count() == 4


def test_a_burst_is_three_times_the_usual_day_and_never_below_the_floor():
    assert limit_for([]) == settings.SURVEY_BURST_FLOOR
    assert limit_for([10, 20, 90]) == max(settings.SURVEY_BURST_FLOOR, 60)
    assert limit_for([100, 120, 110]) == 330


@pytest.mark.slow
def test_two_hundred_bought_votes_move_the_counted_mean_by_less_than_the_bound(settings):
    """At most three usual days of one day count, whatever networks and codes they come from."""
    settings.SURVEY_BURST_FLOOR = 6
    service, today = build_service(), timezone.localdate()
    for number in range(14 * 2):
        day = today - timedelta(days=1 + number // 2)
        record_response(
            service, answers=dict.fromkeys(ALL_FOURS, 3), sending_key=f"old {number}", answered_on=day
        )

    for number in range(200):
        send(service, number, answers=dict.fromkeys(ALL_FOURS, 1))

    counted = SurveyResponse.objects.filter(state="counted")
    bought = counted.filter(answered_on=today).count()
    assert bought == 6  # three times two a day
    assert counted.count() == 28 + bought
    # 200 ones would have moved the index of 75 down to 31. With at most `limit` answers a day that count among n it
    # moves by no more than 75 x limit / (n + limit), whoever pays for how many.
    mean = (3 * 28 + 1 * bought) / counted.count()
    assert 75 - 25 * mean <= 75 * 6 / (28 + 6)
    assert SurveyResponse.objects.count() == 228


def test_sending_twice_is_one_answer_and_one_trace():
    service = build_service()

    first, second = send(service), send(service)

    assert first == second
    assert NetworkTrace.objects.count() == 1


def test_no_address_is_kept_and_the_hash_is_another_one_tomorrow():
    asked = {"address": "203.0.113.7", "agent": "Peramban"}
    today, again, tomorrow = (origin_of(**asked, day=date(2026, 7, day)) for day in (1, 1, 2))

    assert today == again
    assert today.network != tomorrow.network
    assert "203" not in today.network
    assert network_of("2001:db8:1:2:aaaa::1") == network_of("2001:db8:1:2:bbbb::2")
    assert network_of("bukan alamat\x00") == ""


def test_what_the_guard_remembers_is_gone_after_a_day():
    send(build_service())
    leave_trace(NetworkTrace.Kind.WRONG_CODE, origin())

    assert forget_networks() == 0
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert forget_networks() == 2
    assert SurveyResponse.objects.count() == 1


def test_codes_are_not_found_by_trying():
    service = build_service()
    for number in range(settings.SURVEY_WRONG_CODES):
        with pytest.raises(WrongCode):
            send(service, number, sender=origin(), code=f"AAAAA-{number:05}")

    with pytest.raises(TooMany):
        send(service, 99, sender=origin(), code=code_for(service))
    send(service, 100, sender=origin())

    assert SurveyResponse.objects.get().with_code is False
