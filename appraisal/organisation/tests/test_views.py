"""The list of units below a leader, and the page on which an achievement is set."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.access.tests.cast import LONG_AGO, synthetic_nip
from agencies.people.actions import assign, hire
from agencies.structure.actions import add_post, add_unit
from appraisal.dashboard.lines_of_calibration import worklist_lines
from appraisal.goals.models import PerformanceAgreement
from appraisal.monitoring.models import Realisation
from appraisal.monitoring.tests.agreed_plan import agreed_plan, at
from appraisal.organisation.models import OrganisationAchievement
from appraisal.planning.models import WorkResult
from feedback.citizens.reference_data import fill as fill_questionnaire
from feedback.results.actions import lock_quarter
from feedback.results.tests.scene import answer, mixed
from feedback.services.actions import add_service
from feedback.services.periods import Quarter

from .achievements import achieved


@pytest.fixture
def open_as(client, city):
    def browser(person):
        client.force_login(city[0][person])
        return client

    return browser


def page(unit, span):
    return reverse(
        "appraisal:organisation-detail", args=[unit.pk, span if isinstance(span, str) else span.pk]
    )


def listed(browser, **query):
    return browser.get(reverse("appraisal:organisation-list"), query)


def test_a_leader_finds_the_units_below_him_and_what_is_still_to_set(open_as, city):
    cast, units, period = city
    browser = open_as("superior")

    before = listed(browser, periode=period.pk)
    achieved(units["clinic"], "baik", by=cast["superior"].employee, period=period)
    after = listed(browser, periode=period.pk)

    assert [unit.name for unit in before.context["page"]] == ["Clinic"]
    assert "Menunggu Anda" in before.content.decode()
    assert "Menunggu Anda" not in after.content.decode()
    assert [unit.level_words for unit in after.context["page"]] == ["Baik"]


def test_what_is_late_is_called_late(open_as, city):
    period = city[2]
    with at("2026-10-06T08:00:00+09:00"):
        text = listed(open_as("superior"), periode=period.pk).content.decode()

    assert "Terlambat, belum ditetapkan" in text


def test_the_office_finds_what_the_mayor_sets_and_may_look_at_all(open_as, city):
    period = city[2]
    browser = open_as("personnel_office")

    own = listed(browser, periode=period.pk).context["page"]
    everything = listed(browser, periode=period.pk, unit="semua").context["page"]

    assert [unit.name for unit in own] == ["Kota", "Health", "Schools"]
    assert [unit.name for unit in everything] == ["Kota", "Health", "Clinic", "Schools"]


def add_led_unit(parent, number, superior):
    unit = add_unit(
        parent=parent, kind="unit", code=f"X{number}", name=f"Unit {number}", valid_from=LONG_AGO, by="test"
    )
    post = add_post(
        unit=unit,
        code=f"x{number}",
        name="Kepala",
        kind="pengawas",
        by="test",
        leads_unit=True,
        superior=superior,
    )
    person = hire(name=f"Kepala {number}", nip=synthetic_nip(40 + number), kind="pns", by="test")
    assign(person, post=post, start=LONG_AGO, by="test")


def test_the_list_asks_as_much_for_one_unit_as_for_many(open_as, city):
    cast, units, period = city
    browser = open_as("superior")
    listed(browser, periode=period.pk)
    with CaptureQueriesContext(
        connection,
    ) as one:
        listed(browser, periode=period.pk)
    for number in range(4):
        add_led_unit(units["health"], number, cast["self"].cast_posts["superior"])

    with CaptureQueriesContext(connection) as many:
        answer = listed(browser, periode=period.pk)

    assert len(answer.context["page"]) == 5
    assert len(many) == len(one)


def test_the_form_is_kept_as_typed_when_something_is_missing(open_as, city):
    _, units, period = city
    browser = open_as("superior")

    answer = browser.post(page(units["clinic"], period), {"level": "", "reason": "Sudah kami periksa."})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Pilih satu dari lima capaian." in text
    assert "Sudah kami periksa." in text


def test_setting_and_changing_in_the_browser_keeps_both(open_as, city):
    _, units, period = city
    browser, address = open_as("superior"), page(units["clinic"], period)

    first = browser.post(address, {"level": "baik", "reason": "Tercapai.", "version": "0"}, follow=True)
    second = browser.post(
        address, {"level": "istimewa", "reason": "Data akhir.", "version": "1"}, follow=True
    )

    assert "Rating hasil kerja dari capaian ini: Sesuai ekspektasi" in first.content.decode()
    text = second.content.decode()
    assert "Tercapai." in text
    assert "Data akhir." in text
    assert "Di atas ekspektasi" in text


def test_two_windows_are_answered_with_both_texts(open_as, city):
    cast, units, period = city
    browser, address = open_as("superior"), page(units["clinic"], period)
    achieved(units["clinic"], "kurang", by=cast["superior"].employee, period=period, reason="Teks lain.")

    answer = browser.post(address, {"level": "baik", "reason": "Teks saya.", "version": "0"})

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Teks saya." in text
    assert "Teks lain." in text
    assert OrganisationAchievement.objects.count() == 1


def test_the_office_is_asked_for_the_letter(open_as, city):
    _, units, period = city
    browser, address = open_as("personnel_office"), page(units["health"], period)
    sent = {"level": "baik", "reason": "Sesuai surat.", "version": "0"}

    missing = browser.post(address, sent)
    done = browser.post(address, sent | {"decree": "800/77", "decree_date": "20-09-2026"}, follow=True)

    assert "Isi nomor keputusan atau surat." in missing.content.decode()
    assert "Dicatat BKPSDM dari 800/77" in done.content.decode()


def test_figures_of_the_agreement_and_of_citizens_stand_beside_the_decision(open_as, city):
    cast, units, period = city
    plan = agreed_plan(cast["appraiser"], by=cast["superior"], main=1, additional=0)
    agreement = PerformanceAgreement.objects.create(unit=units["clinic"], year=2026)
    goal = agreement.goals.create(position=1, statement="Ibu dan anak sehat")
    goal.indicators.create(position=1, statement="Kematian ibu", target="0 kasus")
    result = WorkResult.objects.get(skp=plan)
    WorkResult.objects.filter(pk=result.pk).update(goal=goal)
    Realisation.objects.create(
        indicator=result.indicators.get(), period=period, value=Decimal(93), recorded_by=cast["appraiser"]
    )
    fill_questionnaire()
    service = add_service(unit=units["clinic"], name="Poli", slug="poli", by="test")
    answer(service, mixed(36), day=date(2026, 4, 1))
    answer(service, mixed(36, waktu=1), day=date(2026, 7, 1))
    lock_quarter(Quarter(2026, 2), by=cast["survey_office"])

    leader = open_as("superior").get(page(units["clinic"], period)).content.decode()
    year = open_as("superior").get(page(units["clinic"], "tahun-2026")).content.decode()
    staff = open_as("peer").get(page(units["clinic"], period)).content.decode()

    for words in ("Ibu dan anak sehat", "Kematian ibu", "0 kasus", "93 orang", "Kepuasan masyarakat"):
        assert words in leader
    assert "Hasil belum ditetapkan" in leader
    assert "Gabungan 1 triwulan, tanpa mutu: indeks 83,33" in year
    assert "Ibu dan anak sehat" in staff
    assert "93 orang" not in staff
    assert "Tetapkan capaian" not in staff


def test_the_start_page_says_how_many_units_wait_until_none_does(city):
    cast, units, period = city
    today = timezone.localdate()

    waiting = worklist_lines(cast["superior"], today)
    office = worklist_lines(cast["personnel_office"], today)
    achieved(units["clinic"], "baik", by=cast["superior"].employee, period=period)

    assert [(line.status, line.due) for line in waiting] == [("1 unit menunggu", date(2026, 10, 5))]
    assert [line.status for line in office] == ["3 unit menunggu"]
    assert worklist_lines(cast["superior"], today) == []
    assert worklist_lines(cast["self"], today) == []


def test_the_whole_year_is_asked_for_until_it_counts_no_more(city):
    cast = city[0]

    def labels(moment):
        with at(moment):
            cast["superior"]._desk_facts = None
            return [line.label for line in worklist_lines(cast["superior"], timezone.localdate())]

    assert labels("2027-01-31T23:59:59+09:00") == ["Tetapkan capaian organisasi, Tahun 2026"]
    assert labels("2027-02-01T00:00:00+09:00") == []


@pytest.mark.parametrize("code", ["0", "tahun-1999", "tahun-abcd", "x", "tahun-20266", "9" * 30])
def test_an_address_that_names_no_period_is_not_found(open_as, city, code):
    _, units, _ = city

    assert open_as("superior").get(page(units["clinic"], code)).status_code == 404
