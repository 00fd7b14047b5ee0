import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from appraisal.planning import actions
from appraisal.planning.models import Skp
from appraisal.planning.tests.plans import YEAR, a_plan, a_submitted_plan, an_agreed_plan, an_indicator
from appraisal.rulebook.models import BehaviourValue

pytestmark = pytest.mark.django_db

ROW = {
    "aspect": "quantity",
    "statement": "Jumlah ibu hamil yang terlayani",
    "direction": "higher",
    "target_low": "1.480,5",
    "target_high": "",
    "unit": "orang",
}


@pytest.fixture
def browse(client, cast):
    def as_person(person):
        client.force_login(cast[person])
        return client

    return as_person


def sent(skp, *rows, **changes):
    data = {
        "kind": "main",
        "statement": "Hasil baru",
        "parent": "",
        "assigned_by": "",
        "version": skp.version,
    }
    data |= {"indikator-TOTAL_FORMS": len(rows), "indikator-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        data |= {f"indikator-{number}-{name}": value for name, value in row.items()}
    return data | changes


def address(name, skp, **more):
    return reverse(f"appraisal:{name}", kwargs={"pk": skp.pk} | more)


def said(response):
    return [str(message) for message in response.context["messages"]]


# --- who is let in --------------------------------------------------------------------------------


def test_nobody_else_finds_the_pages_that_change_a_plan(cast, browse):
    skp = a_plan(cast["self"])
    more = {
        "result-add": {},
        "result-edit": {"result": skp.results.get().pk},
        "result-remove": {"result": skp.results.get().pk},
        "skp-submit": {},
    }
    others = [name for name in cast if name != "self"]

    found = {
        (name, person, method)
        for person in others
        for name, arguments in more.items()
        for method in ("get", "post")
        if getattr(browse(person), method)(address(name, skp, **arguments)).status_code != 404
    }

    assert found == set()


def test_nobody_but_the_appraiser_finds_his_pages(cast, browse):
    skp = a_submitted_plan(cast["self"])
    value = BehaviourValue.objects.first()
    more = {"expectation-edit": {"value": value.pk}, "skp-return": {}, "skp-agree": {}}

    found = {
        (name, person, method)
        for person in cast
        if person != "appraiser"
        for name, arguments in more.items()
        for method in ("get", "post")
        if getattr(browse(person), method)(address(name, skp, **arguments)).status_code != 404
    }

    assert found == set()


def test_a_result_of_another_plan_is_not_found_through_mine(cast, browse):
    mine, other = a_plan(cast["self"]), a_plan(cast["peer"])
    foreign = other.results.get()

    status = browse("self").get(address("result-edit", mine, result=foreign.pk)).status_code

    assert status == 404


# --- my plans -------------------------------------------------------------------------------------


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


# --- results --------------------------------------------------------------------------------------


def test_a_result_with_two_indicators_is_saved(cast, browse):
    skp = a_plan(cast["self"])

    answer = browse("self").post(address("result-add", skp), sent(skp, ROW, ROW | {"target_low": "3"}))

    stored = skp.results.last()
    assert answer["Location"] == address("skp-detail", skp)
    assert stored.statement == "Hasil baru"
    assert [str(one.target_low) for one in stored.indicators.all()] == ["1480.50", "3.00"]


def test_wrong_input_is_shown_again_as_typed_with_the_reason_at_the_field(cast, browse):
    skp = a_plan(cast["self"])

    answer = browse("self").post(
        address("result-add", skp),
        sent(skp, ROW | {"target_low": "1e400"}, statement="Ketikan saya", kind=""),
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("Tulis angka seperti 1.234,5.") == 2
    assert page.count("Pilih jenis hasil kerja.") == 2
    assert 'value="1e400"' in page
    assert "Ketikan saya</textarea>" in page
    assert "<title>Galat: " in page


@pytest.mark.parametrize("version", ["", "abc", "-1", "99999999999999999999"])
def test_a_version_that_is_none_stores_nothing(cast, browse, version):
    skp = a_plan(cast["self"])

    answer = browse("self").post(address("result-add", skp), sent(skp, ROW, version=version))

    assert (answer.status_code, skp.results.count()) == (422, 1)


@pytest.mark.parametrize("parent", ["0", "abc", "99999999999999999999"])
def test_a_superior_result_that_is_not_offered_is_refused(cast, browse, parent):
    skp = a_plan(cast["self"])

    answer = browse("self").post(address("result-add", skp), sent(skp, ROW, parent=parent))

    assert answer.status_code == 422
    assert answer.content.decode().count("Pilih hasil kerja pimpinan dari daftar.") == 2


def test_hostile_text_reaches_the_page_as_text(cast, browse):
    skp = a_plan(cast["self"])
    hostile = "</script><script>alert(1)</script>{{ settings.SECRET_KEY }}"

    browse("self").post(address("result-add", skp), sent(skp, ROW | {"unit": "<b>"}, statement=hostile))

    page = browse("self").get(address("skp-detail", skp)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;{{ settings.SECRET_KEY }}" in page
    assert "&lt;b&gt;" in page


def test_a_row_is_added_without_storing_and_without_losing_a_word(cast, browse):
    skp = a_plan(cast["self"])
    typed = ROW | {"target_low": "belum tahu"}

    answer = browse("self").post(
        address("result-add", skp), sent(skp, typed, statement="Setengah jadi", tambah_baris="1")
    )

    page = answer.content.decode()
    assert (answer.status_code, skp.results.count()) == (200, 1)
    assert 'value="belum tahu"' in page
    assert "Setengah jadi</textarea>" in page
    assert 'name="indikator-1-unit"' in page
    assert "Ada masalah" not in page


def test_a_row_is_taken_out_without_storing(cast, browse):
    skp = a_plan(cast["self"])

    answer = browse("self").post(
        address("result-add", skp),
        sent(skp, ROW | {"unit": "pertama"}, ROW | {"unit": "kedua"}, hapus_baris="0"),
    )

    page = answer.content.decode()
    assert ('value="kedua"' in page, 'value="pertama"' in page) == (True, False)
    assert skp.results.count() == 1


def test_no_eleventh_row_is_offered(cast, browse):
    skp = a_plan(cast["self"])

    page = (
        browse("self")
        .post(address("result-add", skp), sent(skp, *[ROW] * 9, tambah_baris="1"))
        .content.decode()
    )

    assert ('name="indikator-9-unit"' in page, 'name="tambah_baris"' in page) == (True, False)


def test_two_windows_meet_on_a_page_with_both_texts_and_mine_can_still_be_saved(cast, browse):
    skp = a_plan(cast["self"])
    result, client = skp.results.get(), browse("self")
    edit = address("result-edit", skp, result=result.pk)
    client.post(edit, sent(skp, ROW, statement="Jendela pertama"))

    answer = client.post(edit, sent(skp, ROW, statement="Jendela kedua"))
    page = answer.content.decode()
    now = Skp.objects.get()
    client.post(edit, sent(now, ROW, statement="Jendela kedua"))

    assert answer.status_code == 409
    assert "Jendela pertama" in page
    assert 'name="statement" value="Jendela kedua"' in page
    assert f'name="version" value="{now.version}"' in page
    assert skp.results.get().statement == "Jendela kedua"


def test_a_result_removed_in_another_window_is_found_again_as_a_new_one(cast, browse):
    skp = a_plan(cast["self"], results=2)
    result = skp.results.first()
    actions.remove_result(result, by=cast["self"])

    answer = browse("self").post(
        address("result-edit", skp, result=result.pk), sent(skp, ROW, statement="Tetap ada")
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert f'action="{address("result-add", skp)}"' in page
    assert 'name="statement" value="Tetap ada"' in page


def test_the_same_form_sent_twice_is_stored_once(cast, browse):
    skp = a_plan(cast["self"])

    answers = [browse("self").post(address("result-add", skp), sent(skp, ROW)).status_code for _ in range(2)]

    assert (answers, skp.results.count()) == ([302, 302], 2)


def test_a_result_is_removed_after_a_question(cast, browse):
    skp = a_plan(cast["self"])
    remove = address("result-remove", skp, result=skp.results.get().pk)

    asked = browse("self").get(remove)
    kept = skp.results.count()
    answers = [said(browse("self").post(remove, follow=True)) for _ in range(2)]

    assert (asked.status_code, kept, skp.results.count()) == (200, 1, 0)
    assert answers == [["Hasil kerja dihapus."], ["Hasil kerja ini sudah dihapus."]]


def test_a_plan_that_was_handed_in_answers_calmly_instead_of_changing(cast, browse):
    skp = a_submitted_plan(cast["self"])

    answer = browse("self").post(address("result-add", skp), sent(skp, ROW), follow=True)

    assert said(answer) == ["SKP ini dalam keadaan “Diajukan”, jadi tidak bisa diubah."]
    assert skp.results.count() == 1


# --- steps ----------------------------------------------------------------------------------------


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


# --- what the page offers to whom -----------------------------------------------------------------


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


# --- what it costs --------------------------------------------------------------------------------


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


MOST_QUERIES = 12
