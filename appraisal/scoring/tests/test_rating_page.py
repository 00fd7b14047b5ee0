"""The page on which one rates: everything beside the question, saved by itself, refused at the right answer."""

import gzip
import json

import pytest
from django.core.management import call_command
from django.urls import reverse

from appraisal.cycle.actions import plan_period
from appraisal.monitoring.actions import add_evidence_link, give_feedback, record_realisation
from appraisal.monitoring.tests.agreed_plan import NOW, agreed_plan, build_plan, moment, today
from appraisal.organisation.tests.achievements import achieved
from appraisal.planning.models import AnnexLine
from appraisal.scoring.actions import finalise, save_draft, start_evaluation
from appraisal.scoring.models import Citation, Evaluation
from appraisal.scoring.queries import organisation_for

from .test_actions import WORDS, complete

AS_DATA = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def draft(plan):
    cast, skp, period = plan
    return start_evaluation(skp, period=period, by=cast["appraiser"])


@pytest.fixture
def appraiser(client, plan):
    client.force_login(plan[0]["appraiser"])
    return client


def edit(evaluation):
    return reverse("appraisal:evaluation-edit", args=[evaluation.pk])


def posted(evaluation, rating="meets", **more):
    ratings = {f"rating-{result.pk}": rating for result in evaluation.skp.results.all()}
    return ratings | WORDS | {"version": evaluation.version} | more


def evidence_for(result, period, user, number=1):
    return add_evidence_link(
        result, period=period, title=f"Rekap {number}", dated=today(), link=f"https://contoh.test/{number}", by=user
    )  # fmt: skip


def test_the_page_saves_by_itself_and_is_told_the_new_version(appraiser, draft):
    answer = appraiser.post(edit(draft), {"version": 1, "note": "sementara"}, **AS_DATA)

    assert answer.status_code == 200
    assert answer.json()["version"] == 2
    assert answer.json()["words"] == "Tersimpan 21 September pukul 10.00 WIT"
    again = appraiser.post(edit(draft), {"version": 1, "note": "sementara"}, **AS_DATA)
    assert again.json()["version"] == 2


def test_saving_by_itself_never_overwrites_and_shows_both_texts(appraiser, plan, draft):
    save_draft(draft, version=1, note="teks pertama", by=plan[0]["appraiser"])

    answer = appraiser.post(edit(draft), {"version": 1, "note": "teks kedua <b>"}, **AS_DATA)

    assert answer.status_code == 409
    assert "teks pertama" in answer.json()["both"]
    assert "teks kedua &lt;b&gt;" in answer.json()["both"]
    assert "Disimpan oleh Anda di jendela lain, " in answer.json()["both"]
    assert f'<a href="{edit(draft)}">Buka yang tersimpan</a>' in answer.json()["both"]
    draft.refresh_from_db()
    assert (draft.note, draft.version) == ("teks pertama", 2)


def test_saving_by_itself_says_what_is_wrong_and_keeps_nothing(appraiser, draft):
    answer = appraiser.post(edit(draft), {"version": 1, "note": "x" * 4001}, **AS_DATA)

    assert (answer.status_code, answer.json()["both"]) == (422, "")
    assert "4.000" in answer.json()["words"]
    draft.refresh_from_db()
    assert draft.version == 1


def test_saving_by_itself_after_closing_is_refused_in_words(appraiser, plan, draft, now):
    now.move_to("2026-10-11T00:00:00+09:00")
    appraiser.force_login(plan[0]["appraiser"])

    answer = appraiser.post(edit(draft), {"version": 1, "note": "terlambat"}, **AS_DATA)

    assert answer.status_code == 409
    assert "sudah ditutup" in answer.json()["words"]


def test_a_rating_without_evidence_is_refused_at_its_own_answer(appraiser, plan, draft):
    cast, skp, period = plan
    first = skp.results.first()
    evidence = evidence_for(first, period, cast["self"])
    data = posted(draft) | {f"rating-{first.pk}": "above"}

    answer = appraiser.post(edit(draft), data)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [f"cite-{first.pk}"]
    assert f'href="#id_cite-{first.pk}_0"' in answer.text
    assert f'id="id_cite-{first.pk}_0"' in answer.text
    version = answer.context["form"]["version"].value()
    cited = data | {f"cite-{first.pk}": f"e{evidence.pk}", "version": version}
    assert appraiser.post(edit(draft), cited).status_code == 302
    assert Citation.objects.get().evidence == evidence


def test_below_without_warning_asks_for_a_reason_where_it_is_needed_and_keeps_it(appraiser, plan, draft):
    cast, skp, period = plan
    first = skp.results.first()
    evidence = evidence_for(first, period, cast["self"])
    data = posted(draft) | {f"rating-{first.pk}": "below", f"cite-{first.pk}": f"e{evidence.pk}"}
    assert f"surprise-{first.pk}" not in appraiser.get(edit(draft)).text

    answer = appraiser.post(edit(draft), data)

    assert list(answer.context["form"].errors) == [f"surprise-{first.pk}"]
    assert f'name="surprise-{first.pk}"' in answer.text
    more = {"version": answer.context["form"]["version"].value(), f"surprise-{first.pk}": "Baru terungkap."}
    assert appraiser.post(edit(draft), data | more).status_code == 302
    assert "Baru terungkap." in appraiser.get(edit(draft)).text


@pytest.mark.parametrize(
    "key", ["e0", "e999999999999999999999", "f1", "x", "e", "1; DROP TABLE", "e-1", "e1\x00"]
)
def test_whatever_is_sent_as_a_basis_is_refused_and_nothing_is_stored(appraiser, plan, draft, key):
    first = plan[1].results.first()

    answer = appraiser.post(edit(draft), posted(draft) | {f"cite-{first.pk}": key})

    assert answer.status_code == 422
    assert not Citation.objects.exists()


def test_evidence_of_somebody_else_cannot_be_slipped_in(appraiser, plan, draft):
    cast, skp, period = plan
    foreign = agreed_plan(cast["peer"], by=cast["appraiser"])
    evidence = evidence_for(foreign.results.first(), period, cast["peer"])

    answer = appraiser.post(
        edit(draft), posted(draft) | {f"cite-{skp.results.first().pk}": f"e{evidence.pk}"}
    )

    assert answer.status_code == 422
    assert not Citation.objects.exists()


def test_the_page_shows_organisation_duties_the_rating_before_and_marks(appraiser, plan, draft):
    cast, skp, period = plan
    first = skp.results.first()
    AnnexLine.objects.create(skp=skp, kind="resource", resource="budget", position=1, text="Komputer baru")
    evidence_for(first, period, cast["self"])

    text = appraiser.get(edit(draft)).text

    assert "Capaian kinerja organisasi" in text
    assert "Komputer baru" in text
    assert "0 dari 1 sudah ada keadaannya" in text
    assert "Diunggah setelah masa penilaian dibuka" in text
    assert "Cakupan bukti: 0%" in text
    assert "Tidak ada data: belum ada bukti dan umpan balik." in text


def test_the_rating_of_the_period_before_stands_beside_the_question(client, now, db):
    now.move_to("2026-07-20T10:00:00+09:00")
    cast, skp, period = build_plan()
    before = plan_period(
        year=2026, number=2, opens_at=moment("2026-06-15T00:00:00+09:00"),
        closes_at=moment("2026-08-11T00:00:00+09:00"), by="test",
    )  # fmt: skip
    earlier = start_evaluation(skp, period=before, by=cast["appraiser"])
    saved = complete(earlier, cast["appraiser"], behaviour_rating="above")
    finalise(saved, version=saved.version, by=cast["appraiser"])
    now.move_to(moment(NOW))
    draft = start_evaluation(skp, period=period, by=cast["appraiser"])
    client.force_login(cast["appraiser"])

    text = client.get(edit(draft)).text

    assert text.count("Triwulan II 2026: sesuai ekspektasi") == skp.results.count() + 1
    assert "Triwulan II 2026: di atas ekspektasi" in text


def test_what_the_organisation_achieved_stands_on_the_page_and_on_the_receipt(appraiser, plan, draft):
    cast, _, period = plan
    unit = organisation_for(draft).unit
    achieved(unit, "istimewa", by=cast["superior"].employee, period=period)
    assert f"Istimewa ({unit.name}" in appraiser.get(edit(draft)).text
    saved = complete(draft, cast["appraiser"])
    final = finalise(saved, version=saved.version, by=cast["appraiser"])

    achieved(unit, "kurang", by=cast["superior"].employee, period=period, number=2)

    final.refresh_from_db()
    assert '"Capaian kinerja organisasi: ' in final.receipt
    assert '"value":"Istimewa"' in final.receipt


def twelve(now):
    cast, skp, period = build_plan(main=11)
    draft = start_evaluation(skp, period=period, by=cast["appraiser"])
    for number, result in enumerate(skp.results.all()):
        record_realisation(
            result.indicators.get(), period=period, value=90, note="Sampai akhir bulan", by=cast["self"]
        )
        evidence_for(result, period, cast["self"], number % 6)  # every file shows two results
        give_feedback(
            skp, period=period, giver="leader", tone="mixed", text="Sudah baik. Lengkapi tanggalnya.",
            given_on=today(), result=result, by=cast["appraiser"],
        )  # fmt: skip
    return cast, draft


def test_twelve_results_cost_at_most_fifteen_queries_and_sixty_kilobytes(
    client, db, now, django_assert_max_num_queries
):
    cast, draft = twelve(now)
    client.force_login(cast["appraiser"])
    client.get(edit(draft))  # the first opening of the day is noted for the employee

    with django_assert_max_num_queries(15):
        answer = client.get(edit(draft))

    assert len(answer.content) <= 60_000
    assert len(gzip.compress(answer.content)) <= 12_000


def test_one_sitting_goes_from_person_to_person(appraiser, plan, draft):
    cast = plan[0]
    other = agreed_plan(cast["peer"], by=cast["appraiser"])
    saved = complete(draft, cast["appraiser"])
    check = appraiser.get(reverse("appraisal:evaluation-check", args=[draft.pk])).text
    assert "Tetapkan dan lanjut (1 dari 2)" in check

    answer = appraiser.post(
        reverse("appraisal:evaluation-finalise", args=[draft.pk]), {"version": saved.version, "lanjut": "1"}
    )

    following = Evaluation.objects.get(skp=other)
    assert answer.url == edit(following)
    saved = complete(following, cast["appraiser"])
    last = appraiser.post(
        reverse("appraisal:evaluation-finalise", args=[following.pk]),
        {"version": saved.version, "lanjut": "1"},
    )
    assert last.url == reverse("appraisal:evaluation-detail", args=[following.pk])
    assert "Semua selesai" in appraiser.get(last.url).text


def test_the_check_page_holds_the_mirror_and_is_silent_about_few(appraiser, plan, draft):
    complete(draft, plan[0]["appraiser"])

    text = appraiser.get(reverse("appraisal:evaluation-check", args=[draft.pk])).text

    assert "Cermin Anda sebagai penilai" in text
    assert "Cermin baru terbaca mulai 5 pegawai. Sekarang baru 1." in text


def test_the_result_says_why_what_would_have_changed_it_and_how_to_check_it(
    client, plan, draft, tmp_path, capsys
):
    cast = plan[0]
    saved = complete(draft, cast["appraiser"])
    final = finalise(saved, version=saved.version, by=cast["appraiser"])
    client.force_login(cast["self"])

    text = client.get(reverse("appraisal:evaluation-detail", args=[final.pk])).text
    path = tmp_path / "struk.json"
    path.write_bytes(client.get(reverse("appraisal:evaluation-receipt", args=[final.pk])).content)

    order = [
        text.index(words)
        for words in (
            "Predikat Anda: Baik",
            "Mengapa?",
            "Yang dapat Anda lakukan",
            "Struk nilai",
            "Andai-kata",
        )
    ]
    assert order == sorted(order)
    assert "predikat menjadi Sangat Baik." in text
    assert "Cakupan bukti 0%" in text
    assert "verifikasi/periksa.py" in text
    call_command("verify_receipt", str(path), final.receipt_sha256)
    assert json.loads(path.read_text(encoding="utf-8"))["version"] == "2"


def test_calibration_writes_itself_onto_the_receipt(plan, draft, settings):
    settings.RECEIPT_CALIBRATION = "appraisal.scoring.tests.test_rating_page.a_change"
    saved = complete(draft, plan[0]["appraiser"])

    final = finalise(saved, version=saved.version, by=plan[0]["appraiser"])

    assert '"label":"Sidang 1 Oktober 2026"' in final.receipt


def a_change(evaluation):
    return [("Sidang 1 Oktober 2026", "Rating perilaku ditinjau ulang.")]


def test_leaders_see_their_own_mirror_and_that_of_leaders_below(client, plan, draft):
    cast = plan[0]
    saved = complete(draft, cast["appraiser"])
    finalise(saved, version=saved.version, by=cast["appraiser"])
    client.force_login(cast["superior"])

    own = client.get(reverse("appraisal:mirror"))
    below = client.get(reverse("appraisal:mirror-of-leader", args=[cast["appraiser"].employee.pk]))

    assert f"Cermin {cast['appraiser'].employee.name}" in own.text
    assert "Dari 1 pegawai yang sudah dinilai" in below.text
    client.force_login(cast["self"])
    assert (
        client.get(reverse("appraisal:mirror-of-leader", args=[cast["appraiser"].employee.pk])).status_code
        == 404
    )
