"""Agreements in the browser."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.access.tests.cast import LONG_AGO, build_cast
from agencies.structure.actions import add_unit
from appraisal.goals import actions
from appraisal.goals.models import PerformanceAgreement, PriorityProgramme
from appraisal.goals.reference_data import fill

YEAR = timezone.localdate().year


@pytest.fixture
def cast(db):
    return build_cast()


@pytest.fixture
def agreement(cast):
    return actions.start_agreement(cast["self"].cast_units["clinic"], year=YEAR, by="test")


def address(name, agreement, *more):
    return reverse(f"appraisal:{name}", args=[agreement.pk, *more])


def sent(**changes):
    row = {
        "statement": "Ibu hamil dilayani",
        "target": "100 persen",
        "baseline": "",
        "method": "",
        "source": "",
    }
    data = {"statement": "Ibu hamil sehat", "supports": "", "programme": "", "version": "0"}
    data |= {"indikator-TOTAL_FORMS": "1", "indikator-INITIAL_FORMS": "0"}
    return data | {f"indikator-0-{name}": value for name, value in row.items()} | changes


def test_the_head_writes_a_goal_and_every_employee_reads_it(client, cast, agreement):
    client.force_login(cast["appraiser"])

    answer = client.post(address("goal-add", agreement), sent())

    assert answer.status_code == 302
    client.force_login(cast["stranger"])
    page = client.get(address("agreement-detail", agreement)).content.decode()
    assert "Ibu hamil sehat" in page
    assert "100 persen" in page
    assert "Tambah sasaran" not in page


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(client, cast, agreement):
    client.force_login(cast["appraiser"])

    answer = client.post(
        address("goal-add", agreement), sent(**{"indikator-0-target": "", "statement": "Sehat"})
    )

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Isi target untuk indikator 1." in page
    assert "Ibu hamil dilayani" in page
    assert "Sehat" in page


def test_a_row_more_keeps_every_typed_word(client, cast, agreement):
    client.force_login(cast["appraiser"])

    page = client.post(address("goal-add", agreement), sent(tambah_baris="1")).content.decode()

    assert 'name="indikator-1-statement"' in page
    assert "Ibu hamil dilayani" in page


def test_the_second_window_reads_both_texts_and_may_store_its_own(client, cast, agreement):
    goal = actions.save_goal(agreement, by="test", statement="Lama")
    actions.save_goal(agreement, by="test", goal=goal, version=1, statement="Dari jendela lain")
    client.force_login(cast["appraiser"])

    answer = client.post(address("goal-edit", agreement, goal.pk), sent(version="1"))

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Dari jendela lain" in page
    assert "Ibu hamil sehat" in page
    assert "Disimpan oleh sistem, " in page
    assert client.post(address("goal-edit", agreement, goal.pk), sent(version="2")).status_code == 302
    goal.refresh_from_db()
    assert goal.statement == "Ibu hamil sehat"


def test_the_way_to_signature_in_the_browser(client, cast, agreement):
    actions.save_goal(
        agreement,
        by="test",
        statement="Sehat",
        indicators=[{"statement": "Dilayani", "target": "100 persen"}],
    )
    version = PerformanceAgreement.objects.get().version
    client.force_login(cast["appraiser"])
    client.post(address("agreement-offer", agreement), {"version": version})
    client.force_login(cast["superior"])
    client.post(address("agreement-sign", agreement), {"version": version})

    agreement.refresh_from_db()
    assert agreement.state == "signed"
    paper = client.get(address("agreement-print", agreement)).content.decode()
    for words in (
        "Perjanjian Kinerja Tahun",
        "pihak pertama",
        "Orang Appraiser",
        "Orang Superior",
        "Dilayani",
    ):
        assert words in paper
    twice = client.post(address("agreement-sign", agreement), {"version": version}, follow=True)
    assert "Tidak ada yang berubah" in twice.content.decode()


def test_the_list_of_units_costs_the_same_for_few_and_for_many(client, cast):
    client.force_login(cast["personnel_office"])
    client.get(reverse("appraisal:agreement-list"))

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(reverse("appraisal:agreement-list")).status_code == 200
        return len(captured)

    few = queries()
    for number in range(20):
        unit = add_unit(
            parent=cast["self"].cast_units["city"],
            kind="agency",
            code=f"X{number}",
            name=f"Unit {number}",
            valid_from=LONG_AGO,
            by="test",
        )
        actions.start_agreement(unit, year=YEAR, by="test")

    assert queries() == few


def test_the_list_is_found_by_state_and_name(client, cast, agreement):
    client.force_login(cast["self"])

    found = client.get(reverse("appraisal:agreement-list"), {"keadaan": "belum"}).context["page"]
    assert "Clinic" not in [unit.name for unit in found]
    found = client.get(reverse("appraisal:agreement-list"), {"keadaan": "draft", "cari": "clin"}).context[
        "page"
    ]
    assert [unit.name for unit in found] == ["Clinic"]


def test_programmes_that_nobody_serves_are_listed(client, cast, agreement):
    fill()
    first = PriorityProgramme.objects.first()
    actions.save_goal(agreement, by="test", statement="Sehat", programme=first)
    client.force_login(cast["personnel_office"])

    answer = client.get(reverse("appraisal:programme-list"))

    assert len(answer.context["unserved"]) == 16
    assert "belum dipastikan" in answer.content.decode()
