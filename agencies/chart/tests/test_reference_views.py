"""Ranks and levels of posts: everybody reads them, the personnel office keeps them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.structure.models import PostLevel, Rank
from agencies.structure.reference_data import fill
from ambon_kinerja.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
LIST = "/organisasi/acuan/"


@pytest.fixture(autouse=True)
def reference_data(db):
    fill()


@pytest.fixture
def office(client, city):
    client.force_login(city.office)
    return client


def rank():
    return Rank.objects.get(kind="pns", code="III/a")


def level():
    return PostLevel.objects.get(code="ahli_muda")


def edit(record):
    return f"{LIST}{'golongan' if isinstance(record, Rank) else 'jenjang'}/{record.pk}/"


def test_everybody_reads_ranks_and_levels_and_only_the_office_is_offered_to_edit(client, city, office):
    for_office = office.get(LIST).text
    client.force_login(city.clerk)
    for_clerk = client.get(LIST).text

    for text in (for_office, for_clerk):
        assert "Penata Muda" in text
        assert "Ahli Muda" in text
        assert "XVII" in text
    assert (for_office.count(">Ubah<"), for_clerk.count(">Ubah<")) == (34 + 17, 0)


def test_the_list_asks_as_many_questions_for_many_rows_as_for_few(office):
    office.get(LIST)
    with CaptureQueriesContext(connection) as many:
        office.get(LIST)
    Rank.objects.exclude(code="I/a").delete()
    with CaptureQueriesContext(connection) as few:
        office.get(LIST)

    assert len(many) == len(few)


def test_nobody_else_edits(client, city):
    client.force_login(city.clerk)

    for record in (rank(), level()):
        assert client.get(edit(record)).status_code == 404
        assert client.post(edit(record), {"name": "X"}).status_code == 404
    assert rank().name == "Penata Muda"


def test_the_office_edits_a_rank_and_a_level_with_a_trace(office):
    data = {"name": "Penata Muda", "source": "PP 99/2000", "is_confirmed": "on"}

    assert office.post(edit(rank()), data).url == LIST
    assert office.post(edit(level()), data | {"name": "Ahli Muda", "ranks": "III/c"}).url == LIST

    assert (rank().is_confirmed, rank().source, level().ranks) == (True, "PP 99/2000", "III/c")
    assert AuditEvent.objects.filter(action="reference.change").count() == 2


@pytest.mark.parametrize("typed", ["", "\x00", "x" * 500])
def test_a_wrong_name_is_told(office, typed):
    for record in (rank(), level()):
        page = office.post(edit(record), {"name": typed, "source": typed, "ranks": typed})

        assert page.status_code == 422
    assert rank().name == "Penata Muda"


def test_a_rank_or_level_that_is_none_is_not_found(office):
    assert office.get(f"{LIST}golongan/999999/").status_code == 404
    assert office.get(f"{LIST}jenjang/999999/").status_code == 404
