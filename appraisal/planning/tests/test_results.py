import pytest

from appraisal.planning import actions
from appraisal.planning.models import Skp
from appraisal.planning.tests.browsing import ROW, address, said, sent
from appraisal.planning.tests.plans import a_plan, a_submitted_plan

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("count", ["-1", "0"])
def test_a_forged_count_of_indicators_stores_nothing(cast, browse, count):
    skp = a_plan(cast["self"])

    answer = browse("self").post(
        address("result-add", skp), sent(skp, ROW) | {"indikator-TOTAL_FORMS": count}
    )

    assert (answer.status_code, skp.results.count()) == (422, 1)
    assert "Baris indikator tidak terbaca." in answer.content.decode()


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
    assert "Disimpan oleh Anda di jendela lain, " in page
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
