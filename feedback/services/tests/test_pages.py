"""The pages of those who keep services."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.access.tests.cast import build_cast
from agencies.structure.refusals import NotPossible
from feedback.services.actions import add_service
from feedback.services.actions.catalogue import change_service
from feedback.services.actions.counters import add_counter, end_duty, put_on_duty
from feedback.services.actions.sheets import drop_expired, hand_out, make_sheet, withdraw_sheet
from feedback.services.codes import WrongCode, redeem
from feedback.services.forms import MOST_CODES
from feedback.services.models import CodeSheet, Counter, CounterDuty, Service, ServiceVolume, SurveyCode
from feedback.services.queries import managed_services, manages_city, sheets_with_use

pytestmark = pytest.mark.django_db
DESK = "/kelola-layanan/"
PAGES = ("", "ubah/", "pengguna/", "loket/tambah/", "kode/", "kode/lembar/", "kode/berikan/")


@pytest.fixture
def cast():
    return build_cast()


@pytest.fixture
def service(cast):
    return add_service(unit=cast["self"].cast_units["clinic"], name="Poli KIA", slug="poli-kia", by="test")


@pytest.fixture
def school(cast):
    return add_service(unit=cast["self"].cast_units["schools"], name="Sekolah", slug="sekolah", by="test")


@pytest.fixture
def keeper(cast, client):
    client.force_login(cast["service_manager"])
    return cast["service_manager"]


def key_on(page):
    return re.search(r'name="key" value="([^"]+)"', page.text)[1]


def typed_codes(page):
    return re.findall(r'class="typed">([^<]+)<', page.text)


# --- who keeps what ------------------------------------------------------------------------------


def test_a_manager_keeps_the_services_of_his_unit_and_below_the_office_those_of_the_city(
    cast, service, school
):
    assert set(managed_services(cast["service_manager"])) == {service}
    assert set(managed_services(cast["survey_office"])) == {service, school}
    assert not managed_services(cast["unit_admin"]).exists()
    assert [manages_city(cast[name]) for name in ("service_manager", "survey_office")] == [False, True]


def test_a_manager_of_another_agency_finds_no_page_of_the_service(client, keeper, service, school):
    assert all(client.get(f"{DESK}poli-kia/{page}").status_code == 200 for page in PAGES)
    assert all(client.get(f"{DESK}sekolah/{page}").status_code == 404 for page in PAGES)
    assert client.get("/layanan/sekolah/kartu/").status_code == 404
    assert client.post(f"{DESK}sekolah/terima-jawaban/", {"terima": "tidak"}).status_code == 404


def test_nothing_of_another_service_is_reached_through_ones_own(client, keeper, cast, service, school):
    counter = add_counter(school, name="Loket 1", by="test")
    duty = put_on_duty(counter, employee=cast["stranger"].employee, start=date(2026, 1, 5), by="test")
    today = timezone.localdate()
    sheet, _ = make_sheet(school, key="k", count=1, first_day=today, last_day=today, by="test")

    for path in (f"loket/{counter.pk}/", f"petugas/{duty.pk}/akhiri/", f"kode/{sheet.pk}/batalkan/"):
        assert client.get(f"{DESK}poli-kia/{path}").status_code == 404
    assert client.get(f"/layanan/poli-kia/kartu/?loket={counter.pk}").status_code == 404
    page = client.post(f"{DESK}poli-kia/kode/berikan/", {"counter": counter.pk})
    assert page.status_code == 422


# --- the catalogue -------------------------------------------------------------------------------


def test_a_service_gets_an_address_from_its_name_and_keeps_it(client, keeper, cast):
    facts = {"name": "Poli Gigi & Mulut", "unit": cast["self"].cast_units["clinic"].pk}

    assert client.post(f"{DESK}tambah/", facts).status_code == 302
    service = Service.objects.get(slug="poli-gigi-mulut")
    client.post(f"{DESK}{service.slug}/ubah/", facts | {"name": "Poli Gigi", "version": 1, "slug": "lain"})

    service.refresh_from_db()
    assert (service.name, service.slug, service.version) == ("Poli Gigi", "poli-gigi-mulut", 2)


@pytest.mark.parametrize("slug", ["poli-kia", "POLI-KIA", "tambah", "-", "a b", "٣", "x" * 81, "\x00"])
def test_an_address_that_is_taken_or_unreadable_is_refused_at_its_field(client, keeper, cast, service, slug):
    facts = {"name": "Poli", "unit": cast["self"].cast_units["clinic"].pk, "slug": slug}

    page = client.post(f"{DESK}tambah/", facts)

    assert page.status_code == 422
    assert page.context["form"].errors["slug"]


def test_a_service_cannot_be_given_to_a_unit_out_of_reach(client, keeper, cast, service):
    facts = {"name": "Poli", "unit": cast["self"].cast_units["schools"].pk, "version": 1}

    assert client.post(f"{DESK}tambah/", facts).status_code == 422
    assert client.post(f"{DESK}poli-kia/ubah/", facts).status_code == 422


def test_who_writes_over_another_sees_both_texts_and_may_save_once_more(client, keeper, cast, service):
    change_service(service, seen=1, cost="Rp10.000", by="test")
    mine = {"name": "Poli KIA", "unit": service.unit_id, "cost": "Gratis", "version": 1}

    page = client.post(f"{DESK}poli-kia/ubah/", mine)

    assert page.status_code == 409
    assert {"Rp10.000", "Gratis"} <= set(re.findall(r"Rp10\.000|Gratis", page.text))
    version = re.search(r'name="version" value="(\d+)"', page.text)[1]
    assert client.post(f"{DESK}poli-kia/ubah/", mine | {"version": version}).status_code == 302
    service.refresh_from_db()
    assert service.cost == "Gratis"


def test_the_same_text_saved_again_makes_no_new_version(service):
    change_service(service, seen=1, name=service.name, by="test")

    service.refresh_from_db()
    assert service.version == 1


def test_a_closed_service_takes_no_answers_until_it_is_opened(client, keeper, service):
    for word, is_open in (("tidak", False), ("tidak", False), ("ya", True)):
        client.post(f"{DESK}poli-kia/terima-jawaban/", {"terima": word})
        service.refresh_from_db()
        assert service.is_open is is_open


def test_the_list_is_searched_and_costs_the_same_for_one_and_many(client, keeper, cast, service):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(DESK).status_code == 200
        return len(captured)

    few = cost()
    Service.objects.bulk_create(
        Service(unit=service.unit, name=f"Layanan {n}", slug=f"l-{n}") for n in range(60)
    )

    assert cost() == few
    assert client.get(DESK, {"cari": "kia \x00 clinic"}).context["page"].paginator.count == 1
    assert client.get(DESK, {"halaman": "9999999999999999999"}).status_code == 200


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("1.250", 1250),
        (" 96 ", 96),
        ("0", 0),
        ("٣", None),
        ("1.25", None),
        ("-1", None),
        ("9" * 400, None),
        ("1e3", None),
    ],
)
def test_users_are_counted_in_plain_whole_numbers(client, keeper, service, sent, kept):
    page = client.post(f"{DESK}poli-kia/pengguna/", {"year": "2025", "quarter": "3", "users": sent})

    assert page.status_code == (422 if kept is None else 302)
    assert list(ServiceVolume.objects.values_list("users", flat=True)) == ([] if kept is None else [kept])


def test_a_later_count_takes_the_place_of_an_earlier_one_and_no_quarter_is_in_the_future(
    client, keeper, service
):
    for users in ("10", "12"):
        client.post(f"{DESK}poli-kia/pengguna/", {"year": "2025", "quarter": "3", "users": users})

    assert list(ServiceVolume.objects.values_list("users", flat=True)) == [12]
    assert (
        client.post(f"{DESK}poli-kia/pengguna/", {"year": "2098", "quarter": "1", "users": "1"}).status_code
        == 422
    )


# --- counters ------------------------------------------------------------------------------------


def test_a_counter_has_one_officer_on_a_day_who_works_in_the_unit(cast, service):
    counter, day = add_counter(service, name="Loket 1", by="test"), date(2026, 3, 2)
    put_on_duty(counter, employee=cast["self"].employee, start=day, last_day=day, by="test")

    with pytest.raises(NotPossible, match="Sudah ada petugas lain"):
        put_on_duty(counter, employee=cast["peer"].employee, start=day, by="test")
    with pytest.raises(NotPossible, match="tidak bekerja di unit"):
        put_on_duty(counter, employee=cast["stranger"].employee, start=date(2026, 4, 1), by="test")
    following = put_on_duty(counter, employee=cast["peer"].employee, start=date(2026, 3, 3), by="test")
    assert end_duty(following, last_day=date(2026, 3, 5), by="test").last_day == date(2026, 3, 5)
    with pytest.raises(IntegrityError), transaction.atomic():
        CounterDuty.objects.create(counter=counter, employee=cast["peer"].employee, term=(day, None))


def test_an_officer_is_found_by_name_in_the_unit_only(client, keeper, cast, service):
    counter = add_counter(service, name="Loket 1", by="test")
    address = f"{DESK}poli-kia/loket/{counter.pk}/petugas/"

    assert "Orang Peer" in client.post(address, {"employee": "peer", "cari": "employee"}).text
    assert client.post(address, {"employee": "Orang Stranger", "start": "02-03-2026"}).status_code == 422
    saved = client.post(address, {"employee": "Orang Peer", "start": "02-03-2026"}, follow=True)
    assert "Orang Peer" in saved.text
    duty = CounterDuty.objects.get()
    assert (
        client.post(f"{DESK}poli-kia/petugas/{duty.pk}/akhiri/", {"last_day": "01-03-2026"}).status_code
        == 422
    )
    client.post(f"{DESK}poli-kia/petugas/{duty.pk}/hapus/")
    assert not CounterDuty.objects.exists()


def test_two_counters_of_a_service_have_two_names(client, keeper, service):
    for name, status in (("Loket 1", 302), ("Loket 1", 422), ("x" * 81, 422), ("", 422)):
        assert client.post(f"{DESK}poli-kia/loket/tambah/", {"name": name}).status_code == status
    assert Counter.objects.count() == 1


# --- codes ---------------------------------------------------------------------------------------


def sheet_form(page, **more):
    today = timezone.localdate()
    return {"count": "3", "first_day": f"{today:%d-%m-%Y}", "key": key_on(page)} | more


def test_a_sheet_shows_its_codes_once_and_the_same_form_shows_the_same_sheet(client, keeper, service):
    address = f"{DESK}poli-kia/kode/lembar/"
    form = sheet_form(client.get(address))

    first, again = client.post(address, form), client.post(address, form)

    codes = typed_codes(first)
    assert len(set(codes)) == 3
    assert typed_codes(again) == codes
    assert (CodeSheet.objects.get().given, SurveyCode.objects.count()) == (3, 3)
    with transaction.atomic():
        assert redeem(codes[0], service=service, day=timezone.localdate()).counter is None
    assert not any(code in client.get(f"{DESK}poli-kia/kode/").text for code in codes)


@pytest.mark.parametrize(
    "wrong",
    [
        {"count": "0"}, {"count": str(MOST_CODES + 1)}, {"count": "٣"}, {"count": ""}, {"first_day": "01-01-2020"},
        {"first_day": "kemarin"}, {"last_day": "31-12-2099"}, {"counter": "99"}, {"counter": "\x00"}, {"key": ""},
        {"key": "x" * 5000}, {"key": "forged"},
    ],
)  # fmt: skip
def test_a_sheet_that_cannot_be_made_is_refused_and_nothing_is_kept(client, keeper, service, wrong):
    address = f"{DESK}poli-kia/kode/lembar/"
    page = client.post(address, sheet_form(client.get(address)) | wrong)

    assert page.status_code == 422
    assert not CodeSheet.objects.exists()


def test_a_form_of_another_service_makes_no_codes_here(client, cast, service, school):
    client.force_login(cast["survey_office"])
    foreign = sheet_form(client.get(f"{DESK}sekolah/kode/lembar/"))

    assert client.post(f"{DESK}poli-kia/kode/lembar/", foreign).status_code == 422


def test_the_counter_gives_one_code_for_each_press_of_the_button(client, keeper, service):
    counter = add_counter(service, name="Loket 1", by="test")
    address = f"{DESK}poli-kia/kode/berikan/"
    page = client.get(address, {"loket": counter.pk})
    form = {"counter": counter.pk, "key": key_on(page)}

    first, double = client.post(address, form), client.post(address, form)
    following = client.post(address, form | {"key": key_on(first)})

    assert typed_codes(first) == typed_codes(double) != typed_codes(following)
    sheet = CodeSheet.objects.get()
    assert (sheet.kind, sheet.given, sheet.counter) == ("handout", 2, counter)
    with transaction.atomic():
        assert redeem(typed_codes(following)[0], service=service, day=timezone.localdate()).counter == counter


def test_todays_use_is_not_shown(service):
    today = timezone.localdate()
    sheet, code = hand_out(service, key="k", day=today, by="test")
    with transaction.atomic():
        redeem(code.token, service=service, day=today)

    [now] = sheets_with_use([sheet], today=today)
    [tomorrow] = sheets_with_use([sheet], today=today + timedelta(days=1))
    assert (now.used_until_yesterday, tomorrow.used_until_yesterday) == (0, 1)


def test_a_withdrawn_sheet_has_no_codes_left_to_spend_or_to_give(client, keeper, service):
    today = timezone.localdate()
    sheet, code = hand_out(service, key="k", day=today, by="test")
    assert client.post(f"{DESK}poli-kia/kode/{sheet.pk}/batalkan/").status_code == 302

    with pytest.raises(WrongCode), transaction.atomic():
        redeem(code.token, service=service, day=today)
    with pytest.raises(NotPossible, match="dibatalkan"):
        hand_out(service, key="other", day=today, by="test")
    assert withdraw_sheet(sheet, by="test").withdrawn_on == today


def test_of_codes_that_are_over_only_two_counts_remain(service):
    day = timezone.localdate()
    sheet, codes = make_sheet(service, key="k", count=3, first_day=day, last_day=day, by="test")
    with transaction.atomic():
        redeem(codes[0].token, service=service, day=day)

    assert drop_expired(today=sheet.expires_on) == 0
    assert drop_expired(today=sheet.expires_on + timedelta(days=1)) == 1
    sheet.refresh_from_db()
    assert (sheet.given, sheet.used, SurveyCode.objects.count()) == (3, 1, 0)
    [row] = sheets_with_use([sheet], today=day)
    assert row.used_until_yesterday == 1
    with pytest.raises(NotPossible, match="tidak dapat ditampilkan lagi"):
        make_sheet(service, key="k", count=3, first_day=day, last_day=day, by="test")


def test_the_list_of_sheets_costs_the_same_for_one_and_many(client, keeper, service):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{DESK}poli-kia/kode/").status_code == 200
        return len(captured)

    day = timezone.localdate()
    make_sheet(service, key="k", count=2, first_day=day, last_day=day, by="test")
    few = cost()
    for number in range(8):
        make_sheet(service, key=f"k{number}", count=2, first_day=day, last_day=day, by="test")

    assert cost() == few


def test_a_form_left_open_over_night_gives_no_codes(client, keeper, service):
    address = f"{DESK}poli-kia/kode/lembar/"
    with time_machine.travel(timezone.now() - timedelta(hours=11), tick=False):
        key = key_on(client.get(address))
    client.force_login(keeper)

    page = client.post(address, sheet_form(client.get(address), key=key))

    assert page.status_code == 422
    assert "terlalu lama terbuka" in page.text
    assert client.post(address, sheet_form(page)).status_code == 200
