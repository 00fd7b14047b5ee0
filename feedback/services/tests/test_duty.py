"""The officer on duty hands out codes himself: at his counter, today, each shown once, counted for who manages."""

import re
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.access.tests.cast import build_cast
from agencies.structure.refusals import NotPossible
from feedback.citizens.actions.web import take_in
from feedback.citizens.guard import Origin
from feedback.citizens.models import Mark
from feedback.citizens.reference_data import fill
from feedback.citizens.tests.scene import ALL_FOURS
from feedback.services.actions import add_service
from feedback.services.actions.catalogue import switch_service
from feedback.services.actions.counters import add_counter, put_on_duty
from feedback.services.actions.sheets import hand_out, hand_out_on_duty, withdraw_sheet
from feedback.services.codes import WrongCode, is_from_officer, redeem
from feedback.services.models import CodeSheet, CounterDuty, SurveyCode
from feedback.services.queries import handed_out

pytestmark = pytest.mark.django_db
PAGE = "/kode-loket/"


@pytest.fixture
def cast():
    return build_cast()


@pytest.fixture
def service(cast):
    return add_service(unit=cast["self"].cast_units["clinic"], name="Poli KIA", slug="poli-kia", by="test")


@pytest.fixture
def counter(cast, service):
    counter = add_counter(service, name="Loket 1", by="test")
    put_on_duty(counter, employee=cast["self"].employee, start=timezone.localdate(), by="test")
    return counter


@pytest.fixture
def officer(cast, client, counter):
    client.force_login(cast["self"])
    return cast["self"]


def form_on(page, counter):
    key = rf'name="counter" value="{counter.pk}" />\s*<input type="hidden" name="key" value="([^"]+)"'
    return {"counter": counter.pk, "key": re.search(key, page.text)[1]}


def typed_on(page):
    return re.findall(r'class="typed">([^<]+)<', page.text)


def a_code(counter, by, key="kunci"):
    return hand_out_on_duty(counter, key=key, day=timezone.localdate(), by=by)[1]


def test_each_press_gives_one_code_that_the_survey_takes(client, officer, counter, service):
    page = client.get(PAGE)
    assert not typed_on(page)
    first = client.post(PAGE, form_on(page, counter))
    second = client.post(PAGE, form_on(first, counter))

    codes = typed_on(first) + typed_on(second)
    assert (first.status_code, second.status_code, len(set(codes))) == (200, 200, 2)
    assert "<svg" in first.text
    assert "Warga berikutnya" in first.text
    assert "2 dari paling banyak 100" in second.text
    sheet = CodeSheet.objects.get()
    assert (sheet.kind, sheet.given, sheet.counter) == ("counter", 2, counter)
    with transaction.atomic():
        assert redeem(codes[0], service=service, day=timezone.localdate()).counter == counter


def test_a_code_is_not_shown_again_and_not_counted_again(client, officer, counter):
    form = form_on(client.get(PAGE), counter)
    [code] = typed_on(client.post(PAGE, form))

    again = client.post(PAGE, form)

    assert again.status_code == 422
    assert "sudah ditampilkan" in again.text
    assert code not in again.text + client.get(PAGE).text
    assert (CodeSheet.objects.get().given, SurveyCode.objects.count()) == (1, 1)


def test_the_menu_leads_there_only_who_is_on_duty_today(client, cast, officer, counter):
    assert PAGE in client.get("/pemberitahuan/").text
    for name in ("peer", "appraiser", "service_manager", "survey_office"):
        client.force_login(cast[name])
        assert client.get(PAGE).status_code == 404
        assert PAGE not in client.get("/pemberitahuan/").text


def on_days(duty, first, after):
    today = timezone.localdate()
    CounterDuty.objects.filter(pk=duty.pk).update(term=(today + timedelta(first), today + timedelta(after)))


@pytest.mark.parametrize("days", [(-5, 0), (1, 5)])
def test_who_was_or_will_be_on_duty_hands_out_nothing_today(client, officer, counter, days):
    on_days(counter.duties.get(), *days)

    assert client.get(PAGE).status_code == 404
    with pytest.raises(NotPossible, match="tidak bertugas"):
        a_code(counter, officer)


def test_a_counter_out_of_use_and_a_closed_service_have_no_codes(client, officer, counter, service):
    switch_service(service, is_open=False, by="test")
    assert client.get(PAGE).status_code == 404
    switch_service(service, is_open=True, by="test")
    assert client.get(PAGE).status_code == 200
    type(counter).objects.filter(pk=counter.pk).update(is_active=False)
    assert client.get(PAGE).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"counter": "x"}, {"counter": ""}, {"counter": "\x00"}, {"key": ""}, {"key": "x" * 5000}, {"key": "forged"}],
)  # fmt: skip
def test_hostile_forms_are_refused_and_nothing_is_kept(client, officer, counter, wrong):
    assert client.post(PAGE, form_on(client.get(PAGE), counter) | wrong).status_code == 422
    assert not CodeSheet.objects.exists()


def test_another_counter_of_the_service_is_not_his(client, officer, counter, service):
    other = add_counter(service, name="Loket 2", by="test")
    form = form_on(client.get(PAGE), counter) | {"counter": other.pk}

    assert client.post(PAGE, form).status_code == 422
    assert not SurveyCode.objects.exists()


def test_a_counter_has_a_number_of_codes_a_day_and_the_manager_his_own(officer, counter, service, settings):
    settings.SURVEY_CODES_OF_A_COUNTER = 2
    for number in range(2):
        a_code(counter, officer, f"kunci {number}")

    with pytest.raises(NotPossible, match="2 kode sudah diberikan"):
        a_code(counter, officer, "kunci 3")
    today = timezone.localdate()
    assert hand_out(service, key="k", counter=counter, day=today, by="test")[0].given == 1
    CodeSheet.objects.filter(kind="counter").update(
        first_day=today - timedelta(1), last_day=today - timedelta(1)
    )
    assert a_code(counter, officer, "kunci 4")


def test_a_withdrawn_day_gives_no_codes_and_takes_none(officer, counter, service):
    code = a_code(counter, officer)
    withdraw_sheet(CodeSheet.objects.get(), by="test")

    with pytest.raises(NotPossible, match="dibatalkan"):
        a_code(counter, officer, "lain")
    with pytest.raises(WrongCode), transaction.atomic():
        redeem(code.typed, service=service, day=timezone.localdate())


def answered(service, code, number):
    return take_in(
        service,
        origin=Origin(network="kantor", device="ponsel petugas"),
        seconds=90,
        sending_key=f"kunci {number}",
        code=code.typed,
        answers=ALL_FOURS | {"waktu": 3},
    )


def test_codes_an_officer_keeps_for_himself_are_set_aside_like_answers_without_one(
    officer, counter, service, settings
):
    fill()
    settings.SURVEY_DEVICE_USUAL = 2
    given = [answered(service, a_code(counter, officer, f"k{number}"), number) for number in range(4)]

    assert [each.state for each in given[2:]] == ["quarantined"] * 2
    assert Mark.SAME_DEVICE in given[3].marks
    of_manager = hand_out(service, key="m", day=timezone.localdate(), by="test")[1]
    assert answered(service, of_manager, 9).state == "counted"


def test_from_whom_a_code_came_is_known_by_either_form(officer, counter, service, cast):
    code = a_code(counter, officer)
    other = add_service(unit=service.unit, name="Lain", slug="lain", by="test")

    assert is_from_officer(code.typed, service=service)
    assert is_from_officer(code.token, service=service)
    assert not is_from_officer(code.typed, service=other)
    assert not is_from_officer("salah", service=service)


def days_of(counter, *counts):
    today = timezone.localdate()
    CodeSheet.objects.bulk_create(
        CodeSheet(
            kind="counter", service=counter.service, unit=counter.service.unit, counter=counter, given=given,
            first_day=day, last_day=day, expires_on=day, made_on=day,
        )
        for day, given in ((today - timedelta(back), given) for back, given in enumerate(counts))
    )  # fmt: skip


@pytest.mark.parametrize(
    ("counts", "usual", "stands_out"),
    [((8, 9, 11), 8.5, False), ((70, 9, 11), 10, True), ((19, 1, 1), 1, False), ((30,), None, True)],
)
def test_a_day_far_above_the_usual_one_stands_out(counter, service, counts, usual, stands_out):
    days_of(counter, *counts)

    [told] = handed_out(service, today=timezone.localdate())

    assert (told.today, told.usual, told.most, told.stands_out) == (
        counts[0],
        usual,
        max(counts),
        stands_out,
    )


def test_who_manages_the_service_sees_how_many_each_counter_handed_out(client, cast, counter, service):
    days_of(counter, 70, 9, 11)
    client.force_login(cast["service_manager"])

    with CaptureQueriesContext(connection) as one:
        page = client.get("/kelola-layanan/poli-kia/kode/")
    assert "Jauh di atas hari biasa" in page.text
    assert "Diberikan petugas loket" in page.text
    for number in range(4):
        days_of(add_counter(service, name=f"Loket {number + 2}", by="test"), 5, 6)
    with CaptureQueriesContext(connection) as many:
        client.get("/kelola-layanan/poli-kia/kode/")
    assert len(one) == len(many)


def test_the_page_asks_as_much_for_many_counters_as_for_one(client, cast, officer, counter, service):
    client.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        client.get(PAGE)
    for number in range(4):
        each = add_counter(service, name=f"Loket {number + 2}", by="test")
        put_on_duty(each, employee=officer.employee, start=timezone.localdate(), by="test")
    with CaptureQueriesContext(connection) as many:
        page = client.get(PAGE)
    assert page.text.count('name="key"') == 5
    assert len(one) == len(many)
