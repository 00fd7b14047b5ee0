"""A plan of fifteen results with forty indicators: as quick to write and as light to read as a small one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from appraisal.planning import actions
from appraisal.planning.models import Skp
from appraisal.planning.tests.browsing import ROW, address, sent
from appraisal.planning.tests.plans import a_plan, an_agreed_plan, an_indicator

pytestmark = pytest.mark.django_db
LIGHT = 100_000  # bytes of a page


def write_large(client, skp):
    """15 results, 40 indicators: all but the last through the act, the last through the browser's form."""
    for number in range(14):
        statements = [f"Ukuran {number}.{row}" for row in range(3 if number < 10 else 2)]
        actions.save_result(
            skp,
            by=skp.employee.user,
            version=skp.version,
            kind="main",
            statement=f"Hasil {number}",
            indicators=[an_indicator(statement=words) for words in statements],
        )
    return cost_of_saving(client, skp, 2)


def cost_of_saving(client, skp, rows):
    """The queries of one save through the browser."""
    data = sent(skp, *[ROW | {"statement": f"Baris {row}"} for row in range(rows)], statement=f"Isi {rows}")
    with CaptureQueriesContext(connection) as captured:
        assert client.post(address("result-add", skp), data).status_code == 302
    skp.refresh_from_db()
    return len(captured)


def cost(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(path)
    assert page.status_code == 200
    return len(captured), len(page.content)


def test_a_large_plan_is_saved_quickly_and_read_in_as_many_queries_as_a_small_one(cast, browse):
    client = browse("self")
    skp = a_plan(cast["self"], results=1)
    pages = ("skp-detail", "skp-print", "skp-submit", "skp-link")
    small = [cost(client, address(name, skp))[0] for name in pages]
    saved = cost_of_saving(client, skp, 1)

    saved_last = write_large(client, skp)

    large = [cost(client, address(name, skp)) for name in pages]
    assert [queries for queries, _ in large] == small
    assert max(size for _, size in large) <= LIGHT
    assert saved_last == saved


def test_an_adjustment_of_a_large_plan_is_read_in_as_many_queries_as_of_a_small_one(cast, browse):
    costs = []
    for person, results in (("self", 2), ("peer", 12)):
        plan = an_agreed_plan(cast[person], cast["appraiser"], results=results)
        client = browse(person)
        client.post(address("adjustment-begin", plan), {"reason": "Uji"})
        costs.append(cost(client, address("skp-detail", Skp.objects.get(adjusts=plan)))[0])

    assert costs[0] == costs[1]
