"""What the pages of a rating cost: the same number of queries for little and for much, and at most 60 kB."""

import gzip
from datetime import date

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.access.tests.cast import LONG_AGO, UNTIL_LAST_MONTH
from agencies.people.actions import assign
from agencies.structure.actions import add_post, add_unit
from appraisal.citing.evidence import MOST_BESIDE
from appraisal.cycle.models import Cadence, Period
from appraisal.monitoring.actions import add_evidence_link, give_feedback, record_realisation
from appraisal.monitoring.tests.agreed_plan import agreed_plan, build_plan, moment, today
from appraisal.organisation.tests.achievements import achieved
from appraisal.scoring.actions import finalise, start_evaluation
from feedback.citizens.reference_data import fill
from feedback.complaints.models import Complaint
from feedback.complaints.restricted.tests.scene import carry
from feedback.complaints.tests.scene import a_complaint
from feedback.followup.tests.scene import answered
from feedback.results.actions import lock_quarter, refresh_running
from feedback.services.actions import add_service
from feedback.services.models import Counter, CounterDuty
from feedback.services.periods import Quarter

from .test_actions import complete

MOST_BYTES, MOST_SENT = 60_000, 12_000
MOST_QUERIES = {
    False: 13,
    True: 15,
}  # of a year the last realisations and the periods beside it are asked as well
MOST_OF_A_RESULT = {"evaluation-detail": 26, "evaluation-receipt": 6}


def recorded(skp, period, cast, employee="self", leader="appraiser"):
    """Each result with a realisation, a piece of evidence and a word of the leader."""
    for number, result in enumerate(skp.results.all()):
        record_realisation(
            result.indicators.get(), period=period, value=90, note="Sampai akhir bulan", by=cast[employee]
        )
        add_evidence_link(
            result, period=period, title=f"Rekap {number}", dated=today(), link=f"https://contoh.test/{number % 2}",
            by=cast[employee],
        )  # fmt: skip
        give_feedback(
            skp, period=period, giver="leader", tone="mixed", text="Sudah baik. Lengkapi tanggalnya.",
            given_on=today(), result=result, by=cast[leader],
        )  # fmt: skip


def the_year():
    return Period.objects.create(
        year=2026,
        cadence=Cadence.ANNUAL,
        number=0,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        opens_at=moment("2026-09-01T00:00:00+09:00"),
        closes_at=moment("2027-02-01T00:00:00+09:00"),
    )


def spoken(cast, unit, services):
    """Citizens of `services` services of `unit`, counters of "self", letters to the agency, one true about him."""
    fill()
    spring, summer = date(2026, 4, 6), date(2026, 7, 6)
    for number in range(services):
        service = add_service(unit=unit, name=f"Pelayanan {number}", slug=f"pelayanan-{number}", by="test")
        counter = Counter.objects.create(service=service, name="Loket 1")
        CounterDuty.objects.create(
            counter=counter, employee=cast["self"].employee, term=DateRange(spring, date(2026, 7, 1))
        )
        for day in (6, 7, 8):
            answered(service, 12, day=date(2026, 4, day), counter=counter)
            answered(service, 12, day=date(2026, 7, day), counter=counter)
        answered(service, 30, day=date(2026, 5, 4))
    for number in range(6):
        a_complaint(cast, key=f"surat-{number}", today=spring)
    Complaint.objects.update(answered_on=summer, answered_in_time=True, handling_days=3)
    carry(cast, "decided")
    lock_quarter(Quarter(2026, 2), by=cast["survey_office"])
    refresh_running()


def cost(client, user, address):
    """(queries, the page) of a second look: the first opening of a day is noted for the employee."""
    client.force_login(user)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address)
    assert page.status_code == 200, address
    return len(queries), page


def assert_small(page):
    assert len(page.content) <= MOST_BYTES
    assert len(gzip.compress(page.content)) <= MOST_SENT


def edit_page(evaluation):
    return reverse("appraisal:evaluation-edit", args=[evaluation.pk])


@pytest.mark.parametrize("is_annual", [False, True], ids=["quarter", "year"])
@pytest.mark.parametrize("much", [False, True], ids=["little", "much"])
def test_a_rating_costs_as_much_with_little_as_with_all_that_was_recorded_and_said(
    client, db, now, is_annual, much
):
    cast, skp, third = build_plan(main=11 if much else 3)
    recorded(skp, third, cast)
    spoken(cast, skp.unit, 5 if much else 1)
    if much:
        led_besides(cast)  # which of the appraiser's two units counts for him is asked as well
    if is_annual:  # what was judged of the quarter stands beside the year
        own = complete(start_evaluation(skp, period=third, by=cast["appraiser"]), cast["appraiser"])
        finalise(own, version=own.version, by=cast["appraiser"])
    draft = start_evaluation(skp, period=the_year() if is_annual else third, by=cast["appraiser"])
    count, page = cost(client, cast["appraiser"], edit_page(draft))

    assert count == COUNTS.setdefault(f"edit {is_annual}", count) <= MOST_QUERIES[is_annual]
    assert_small(page)
    if much and is_annual:
        assert 0 < page.text.count(">Kutip<") == MOST_BESIDE
        assert f"Di sini {MOST_BESIDE} bahan terakhir." in page.text
        assert "Rekaman kamera menunjukkan" in page.text  # what was found true about him is among them


@pytest.mark.parametrize("is_annual", [False, True], ids=["quarter", "year"])
@pytest.mark.parametrize("units", [1, 2])
def test_the_rating_of_a_leader_costs_no_more_with_all_that_his_units_achieved(
    client, db, now, is_annual, units
):
    cast, _, third = build_plan()
    period = the_year() if is_annual else third
    skp = agreed_plan(cast["appraiser"], by=cast["superior"], main=11)
    recorded(skp, third, cast, "appraiser", "superior")
    spoken(cast, skp.unit, 2)
    span = {"year": 2026} if is_annual else {"period": third}
    more = [led_besides(cast)] if units > 1 else []
    for unit in (skp.unit, skp.unit.parent, *more):
        achieved(unit, "kurang", by=cast["superior"].employee, **span)
    draft = start_evaluation(skp, period=period, by=cast["superior"])
    count, page = cost(client, cast["superior"], edit_page(draft))

    assert page.text.count("Usulan dari capaian organisasi: Di bawah ekspektasi") == units
    assert count == COUNTS.setdefault(f"leader {is_annual}", count) <= MOST_QUERIES[is_annual]
    assert_small(page)


def led_besides(cast):
    """A second unit that the appraiser of the cast leads, acting."""
    unit = add_unit(
        parent=cast["self"].cast_units["health"], kind="unit", code="U2", name="Unit 2", valid_from=LONG_AGO,
        by="test",
    )  # fmt: skip
    post = add_post(
        unit=unit, code="kepala-2", name="Kepala 2", kind="pengawas", by="test", leads_unit=True,
        superior=cast["self"].cast_posts["superior"],
    )  # fmt: skip
    assign(cast["appraiser"].employee, post=post, start=UNTIL_LAST_MONTH, kind="plt", by="test")
    return unit


@pytest.mark.parametrize("main", [3, 11])
def test_the_result_and_its_receipt_cost_as_much_for_four_results_as_for_twelve(client, db, now, main):
    cast, skp, period = build_plan(main=main)
    if main > 3:
        recorded(skp, period, cast)
        spoken(cast, skp.unit, 2)
    draft = complete(start_evaluation(skp, period=period, by=cast["appraiser"]), cast["appraiser"])
    final = finalise(draft, version=draft.version, by=cast["appraiser"])
    found = {}
    for name in ("evaluation-detail", "evaluation-receipt"):
        for reader in ("self", "appraiser"):
            count, page = cost(client, cast[reader], reverse(f"appraisal:{name}", args=[final.pk]))
            assert_small(page)
            assert count <= MOST_OF_A_RESULT[name]
            found[name, reader] = count

    assert found == COUNTS.setdefault("result", found)


COUNTS = {}
