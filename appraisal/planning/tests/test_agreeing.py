import pytest

from appraisal.planning import actions
from appraisal.planning.models import Skp
from appraisal.planning.tests.browsing import address, said
from appraisal.planning.tests.plans import YEAR, a_plan, a_submitted_plan
from appraisal.rulebook.models import BehaviourValue

pytestmark = pytest.mark.django_db


def test_the_check_page_lists_what_is_missing_and_offers_no_button(cast, browse):
    skp = actions.draft_skp(cast["self"].employee, year=YEAR, by=cast["self"])

    pages = [browse("self").get(address("skp-submit", skp)), browse("self").post(address("skp-submit", skp))]

    assert [page.status_code for page in pages] == [200, 422]
    for page in pages:
        assert "Isi sedikitnya satu hasil kerja utama." in page.content.decode()
        assert "Ajukan SKP</button>" not in page.content.decode()


@pytest.mark.parametrize(
    ("name", "person", "data", "words"),
    [
        ("skp-submit", "self", {}, "Diajukan"),
        ("skp-withdraw", "self", {}, "Draf"),
        ("skp-return", "appraiser", {"reason": "Perbaiki target."}, "Dikembalikan"),
        ("skp-agree", "appraiser", {}, "Disepakati"),
    ],
)
def test_the_second_press_of_a_button_is_answered_calmly(cast, browse, name, person, data, words):
    skp = a_plan(cast["self"]) if name == "skp-submit" else a_submitted_plan(cast["self"])
    data = data | {"version": skp.version}

    first = browse(person).post(address(name, skp), data)
    second = browse(person).post(address(name, skp), data, follow=True)

    assert (first.status_code, second.status_code) == (302, 200)
    assert said(second)[-1] == f"Tidak ada yang berubah. SKP ini sudah dalam keadaan “{words}”."


def test_withdrawing_by_following_a_link_is_refused(cast, browse):
    skp = a_submitted_plan(cast["self"])

    assert browse("self").get(address("skp-withdraw", skp)).status_code == 405


def test_returning_without_words_is_explained_at_the_field(cast, browse):
    skp = a_submitted_plan(cast["self"])

    answer = browse("appraiser").post(address("skp-return", skp), {"reason": "  "})

    assert answer.status_code == 422
    assert answer.content.decode().count("Tulis apa yang perlu diperbaiki.") == 2


def test_the_employee_reads_why_the_plan_came_back(cast, browse):
    skp = a_submitted_plan(cast["self"])
    actions.return_skp(skp, by=cast["appraiser"], reason="Targetnya terlalu rendah.")

    page = browse("self").get(address("skp-detail", skp)).content.decode()

    assert page.count("Targetnya terlalu rendah.") == 2
    assert "Periksa dan ajukan" in page


@pytest.mark.parametrize("version", ["", "0", "abc", "9" * 5000])
def test_a_plan_that_changed_after_it_was_read_is_read_again(cast, browse, version):
    skp = a_submitted_plan(cast["self"])

    answer = browse("appraiser").post(address("skp-agree", skp), {"version": version})

    assert answer["Location"] == address("skp-agree", skp)
    assert Skp.objects.get().state == "submitted"


def test_an_expectation_is_written_by_the_appraiser_and_read_by_the_employee(cast, browse):
    skp, value = a_plan(cast["self"]), BehaviourValue.objects.first()

    browse("appraiser").post(address("expectation-edit", skp, value=value.pk), {"text": "Tetap tenang."})

    assert "Tetap tenang." in browse("self").get(address("skp-detail", skp)).content.decode()
