import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from appraisal.planning import actions
from appraisal.planning.models import Skp
from appraisal.planning.tests.browsing import address, said
from appraisal.planning.tests.plans import YEAR, a_plan, an_agreed_plan, an_indicator

pytestmark = pytest.mark.django_db

MOST_QUERIES = 16  # one of them says who reads (row security)


def test_a_result_of_another_plan_is_not_found_through_mine(cast, browse):
    mine, other = a_plan(cast["self"]), a_plan(cast["peer"])
    foreign = other.results.get()

    status = browse("self").get(address("result-edit", mine, result=foreign.pk)).status_code

    assert status == 404


def test_without_a_plan_my_page_offers_to_make_one_and_makes_it_once(cast, browse):
    client = browse("self")
    before = client.get(reverse("appraisal:skp-mine")).content.decode()

    for _ in range(2):
        answer = client.post(reverse("appraisal:skp-create"), {"tahun": str(YEAR)})

    skp = Skp.objects.get()
    assert f"Buat SKP {YEAR}" in before
    assert answer["Location"] == address("skp-detail", skp)
    assert f"Buat SKP {YEAR}" not in client.get(reverse("appraisal:skp-mine")).content.decode()


@pytest.mark.parametrize("year", ["", "abc", "٢٠٢٦", "20266", "-1", "1999"])
def test_a_year_out_of_range_is_explained(cast, browse, year):
    answer = browse("self").post(reverse("appraisal:skp-create"), {"tahun": year}, follow=True)

    assert said(answer) == [f"Tahun SKP harus antara 2022 dan {YEAR + 1}."]
    assert not Skp.objects.exists()


def test_an_account_without_an_employee_has_no_such_page(cast, browse):
    client = browse("personnel_office")

    assert client.get(reverse("appraisal:skp-mine")).status_code == 404
    assert client.post(reverse("appraisal:skp-create"), {"tahun": str(YEAR)}).status_code == 404


@pytest.mark.parametrize(
    ("state", "person", "offered"),
    [
        ("draft", "self", {"Periksa dan ajukan", "Tambah hasil kerja"}),
        ("draft", "appraiser", set()),
        ("submitted", "self", {"Tarik kembali"}),
        ("submitted", "appraiser", {"Sepakati SKP", "Kembalikan"}),
        ("submitted", "unit_admin", set()),
        ("agreed", "self", set()),
        ("agreed", "appraiser", set()),
        ("agreed", "inspector", set()),
    ],
)
def test_the_page_offers_only_what_this_person_may_do_now(cast, browse, state, person, offered):
    skp = a_plan(cast["self"])
    if state != "draft":
        actions.submit_skp(skp, by=cast["self"])
    if state == "agreed":
        actions.agree_skp(skp, by=cast["appraiser"])

    page = browse(person).get(address("skp-detail", skp)).content.decode()

    buttons = {"Periksa dan ajukan", "Tambah hasil kerja", "Tarik kembali", "Sepakati SKP", "Kembalikan"}
    assert {words for words in buttons if f">{words}<" in page} == offered


def queries(client, path):
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_a_plan_with_twelve_results_costs_as_many_queries_as_one_with_two(cast, browse):
    small = an_agreed_plan(cast["self"], cast["appraiser"], results=2)
    large = an_agreed_plan(cast["peer"], cast["appraiser"], results=9, additional=3)
    client = browse("appraiser")

    costs = [queries(client, address("skp-detail", skp)) for skp in (small, large)]

    assert costs[0] == costs[1]
    assert costs[0] <= MOST_QUERIES


def test_three_plans_cost_as_many_queries_as_one(cast, browse):
    client, mine = browse("self"), reverse("appraisal:skp-mine")
    a_plan(cast["self"], year=YEAR)
    one = queries(client, mine)
    for year in (YEAR - 1, YEAR - 2):
        a_plan(cast["self"], year=year)

    three = queries(client, mine)

    assert one == three
    assert three <= MOST_QUERIES


def test_a_result_with_many_indicators_costs_as_many_queries_as_with_one(cast, browse):
    skp = a_plan(cast["self"])
    result = skp.results.get()
    client, edit = browse("self"), address("result-edit", skp, result=result.pk)
    one = queries(client, edit)
    actions.save_result(
        skp,
        by=cast["self"],
        version=skp.version,
        kind="main",
        statement="Banyak",
        indicators=[an_indicator()] * 9,
        result=result,
    )

    assert queries(client, edit) == one
