"""The pages as a browser without a script meets them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.people.models import User
from ambon_kinerja.templatetags.look import nip as grouped
from appraisal.dashboard.worklist import desk_of
from appraisal.guidance.actions import open_guidance
from appraisal.outcomes import actions
from appraisal.outcomes.models import CreditBalance, CreditConversion, CreditParticulars, PastResult
from appraisal.outcomes.queries import visible_histories, visible_officials

HOSTILE = "<script>alert(1)</script>"


def page(name, *args):
    return reverse(f"appraisal:{name}", args=args)


def test_who_opens_which_account_and_which_history(scene):
    def readers(scope):
        return {name for name, user in scene.cast.items() if scope(user).filter(pk=scene.me.pk).exists()}

    assert readers(visible_officials) == {"self", "appraiser", "personnel_office"}
    assert readers(visible_histories) == {"self", "appraiser", "superior", "personnel_office", "inspector"}


def test_a_form_is_prepared_read_signed_and_printed_with_all_its_fields(scene, browse):
    scene.result("sangat_baik")
    browse("personnel_office").post(page("conversion-prepare", scene.me.pk, 2025))
    made = CreditConversion.objects.get(employee=scene.me)
    assert browse("self").post(page("conversion-sign", made.pk)).status_code == 404

    first = browse("appraiser").post(page("conversion-sign", made.pk), follow=True)
    second = browse("appraiser").post(page("conversion-sign", made.pk), follow=True)

    assert "Ditandatangani. Pegawai diberi tahu." in first.text
    assert "Tidak ada yang berubah" in second.text
    printed = browse("self").get(page("conversion-print", made.pk)).text
    for text in (
        "Konversi predikat kinerja ke angka kredit",
        "AK/KONV/2026/000001",
        "Pemerintah Kota Ambon",
        "1 Januari 2025",
        "Nomor seri Karpeg",
        "Pangkat/golongan ruang/TMT",
        "Tempat dan tanggal lahir",
        "1 Januari 1980",
        "Jenis kelamin",
        "Pendidikan tertinggi",
        "Masa kerja golongan",
        "Unit kerja",
        "Sangat Baik",
        "150%",
        "12,50",
        "18,75",
        "Pejabat Penilai Kinerja",
        scene.appraiser.employee.name,
        "Tembusan",
        "16 Februari 2026",
        grouped(scene.me.nip),
    ):
        assert text in printed, text


def test_the_assessment_and_its_accumulation_are_printed_with_all_their_fields(scene, browse):
    actions.record_balance(
        scene.me,
        unit=scene.clinic,
        by=scene.office,
        level="mahir",
        amount=Decimal("40"),
        as_of=date(2022, 12, 31),
        decree="821/7",
        decree_date=date(2023, 2, 1),
        note="",
    )
    scene.result("baik")
    scene.converted()
    pak = scene.assessed()

    assessment = browse("self").get(page("assessment-print", pak.pk)).text
    accumulation = browse("self").get(page("accumulation-print", pak.pk)).text

    for text in ("Lama", "Baru", "Jumlah", "40,00", "12,50", "52,50", "50,00", "100,00", "2,50", "47,50"):
        assert text in assessment, text
    assert "Dapat dipertimbangkan untuk kenaikan pangkat menjadi III/b." in assessment
    for text in ("AK/AKUM/2026/000001", "Tahunan 2025 (12)", "Baik", "100%", "821/7", "52,50"):
        assert text in accumulation, text


def test_a_wrong_amount_is_told_at_its_field_and_typed_text_stays(scene, browse):
    sent = {
        "level": "mahir",
        "amount": "empat puluh",
        "as_of": "2022-12-31",
        "decree": HOSTILE,
        "decree_date": "2099-01-01",
    }

    answer = browse("personnel_office").post(page("balance-record", scene.me.pk), sent)

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"amount", "decree_date"}
    assert "empat puluh" in answer.text
    assert HOSTILE not in answer.text
    assert not CreditBalance.objects.exists()


def test_a_form_sent_twice_acts_once(scene, browse):
    sent = {
        "level": "mahir",
        "amount": "40,5",
        "as_of": "2022-12-31",
        "decree": "1",
        "decree_date": "2023-01-01",
        "sending_key": "kunci-satu",
    }
    client = browse("personnel_office")

    answers = [client.post(page("balance-record", scene.me.pk), sent) for _ in range(2)]

    assert [each.status_code for each in answers] == [302, 302]
    assert CreditBalance.objects.get().amount == Decimal("40.50")


def test_two_windows_on_the_particulars_meet_both_texts(scene, browse):
    client, address = browse("personnel_office"), page("particulars-edit", scene.me.pk)
    client.post(address, {"card_number": "A 1", "version": "0"})

    late = client.post(address, {"card_number": "B 2", "version": "0"})

    assert late.status_code == 409
    assert ("A 1" in late.text, "B 2" in late.text) == (True, True)
    assert "Disimpan oleh Anda di jendela lain, " in late.text
    again = {"card_number": "B 2", "version": late.context["form"]["version"].value()}
    assert client.post(address, again).status_code == 302
    assert CreditParticulars.objects.get().card_number == "B 2"


def test_results_are_pasted_all_or_none(scene, browse):
    client, address = browse("personnel_office"), page("past-import")
    nip = scene.me.nip
    wrong = client.post(
        address, {"source": "e-Kinerja BKN", "rows": f"{nip}\t2024\tBaik\n123;2023;Baik\n{nip};2023;Bagus"}
    )
    assert wrong.status_code == 422
    assert "Baris 2: NIP harus 18 angka." in wrong.text
    assert "Baris 3: Predikat tidak dikenal: Bagus." in wrong.text
    stranger = client.post(
        address, {"source": "e-Kinerja BKN", "rows": f"{nip};2024;Baik\n{'9' * 18};2024;Baik"}
    )
    assert "NIP ini tidak ada di unit Anda" in stranger.text
    assert not PastResult.objects.exists()

    done = client.post(address, {"source": "e-Kinerja BKN", "rows": f"{nip}\t2024\tBaik\n{nip};2023;Cukup"})

    assert done.status_code == 302
    assert list(PastResult.objects.values_list("year", "predikat")) == [
        (2024, "baik"),
        (2023, "butuh_perbaikan"),
    ]


def test_history_shows_both_sources_and_opens_the_receipt(scene, browse):
    evaluation = scene.result("sangat_baik")
    scene.result("baik", number=4)
    actions.record_past_result(
        scene.me,
        unit=scene.clinic,
        by=scene.office,
        year=2024,
        predikat="baik",
        work_rating="",
        behaviour_rating="",
        source="e-Kinerja BKN",
        document="",
    )

    answer = browse("self").get(page("history-mine"))

    assert answer.context["chart"].title == "Naik dari Baik ke Sangat Baik"
    assert [bar.label for bar in answer.context["chart"].bars] == [
        "Tahun 2024: Baik",
        "Tahun 2025: Sangat Baik",
    ]
    assert f"{page('evaluation-detail', evaluation.pk)}#struk" in answer.text
    assert ("Dari luar sistem" in answer.text, "e-Kinerja BKN" in answer.text) == (True, True)
    assert page("past-record", scene.me.pk) not in answer.text


def test_a_year_of_this_system_is_not_entered_from_outside(scene, browse):
    scene.result("baik")

    answer = browse("personnel_office").post(
        page("past-record", scene.me.pk), {"year": "2025", "predikat": "sangat_baik", "source": "Kertas"}
    )

    assert answer.status_code == 422
    assert "Hasil tahun 2025 sudah ada di sistem ini." in answer.text


def test_the_team_stands_in_one_row_a_person(scene, browse):
    scene.result("baik")
    person = scene.colleague()
    scene.result("kurang", employee=person, year=2024)

    answer = browse("appraiser").get(page("history-team"))

    found = {row["person"]: [each["predikat"] for each in row["results"]] for row in answer.context["page"]}
    assert found[scene.me] == ["", "baik", "", ""]
    assert found[person] == ["", "", "kurang", ""]


@pytest.mark.parametrize(
    ("person", "name"), [("appraiser", "history-team"), ("personnel_office", "credit-list")]
)
def test_pages_of_many_ask_as_many_questions_as_for_one(scene, browse, person, name):
    client = browse(person)
    client.get(page(name))

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page(name)).status_code == 200
        return len(queries)

    scene.result("baik")
    few = count()
    for _ in range(4):
        scene.result("baik", employee=scene.colleague(level="terampil", post_kind="jf_keterampilan"))

    assert count() == few


def test_the_start_page_says_what_to_sign_and_what_to_review(scene):
    evaluation = scene.result("baik")
    [made] = scene.converted(sign=False)

    def lines(person):
        return {task.label: task.status for task in desk_of(scene.cast[person]).tasks}

    assert lines("appraiser")["Tandatangani angka kredit"] == "1 menunggu"
    actions.sign_form(made, by=scene.appraiser)
    assert "Tandatangani angka kredit" not in lines("appraiser")
    scene.overtake(evaluation)
    assert lines("personnel_office")["Tinjau angka kredit yang dasarnya berubah"] == "1 menunggu"


def test_a_hostile_name_stays_text_everywhere(scene, browse):
    scene.me.name = HOSTILE
    scene.me.save(update_fields=["name"])
    scene.result("butuh_perbaikan")
    scene.result("butuh_perbaikan", year=2024)
    [made] = scene.converted()
    pak = scene.assessed()
    client = browse("personnel_office")
    for address in (
        page("credit-account", scene.me.pk),
        page("conversion-print", made.pk),
        page("assessment-print", pak.pk),
        page("accumulation-print", pak.pk),
        page("outcome-rows", "kenaikan-pangkat"),
        page("outcome-rows", "pembinaan") + "?tahun=2025",
        page("history-of", scene.me.pk),
        page("talent"),
    ):
        text = client.get(address).text
        assert HOSTILE not in text
        assert "&lt;script&gt;" in text


def test_the_start_page_asks_the_appraiser_to_help_until_guidance_is_opened(scene):
    scene.result("butuh_perbaikan", year=2026, number=1)

    def lines(person):
        user = User.objects.get(pk=scene.cast[person].pk)
        return {task.label: task.status for task in desk_of(user).tasks}

    label = "Atur bimbingan sesudah hasil di bawah Baik"
    assert lines("appraiser")[label] == "1 hasil"
    assert all(label not in lines(person) for person in ("self", "superior", "personnel_office"))
    open_guidance(
        scene.me,
        kind="coaching",
        topic="Uji",
        guide=scene.appraiser.employee,
        meets_at=timezone.now() + timedelta(days=3),
        place="Ruang",
        by=scene.appraiser,
    )

    assert label not in lines("appraiser")
