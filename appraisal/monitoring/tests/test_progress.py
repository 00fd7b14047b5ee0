from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ambon_kinerja.lifecycle.steps import NotAllowed
from appraisal.monitoring.actions import (
    Conflict,
    Refused,
    change_progress,
    give_feedback,
    note_progress,
    remove_evidence,
    remove_progress,
)
from appraisal.monitoring.models import Evidence, ProgressEntry, Realisation
from appraisal.planning.models import Indicator

from .agreed_plan import agreed_plan, moment, picture, today

NOTE, LOG = "/kemajuan/", "/kemajuan/daftar/"


@pytest.fixture
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def note(plan, by="self", **more):
    facts = {"day": today(), "text": "12 ibu hamil diperiksa"} | more
    return note_progress(plan[1].results.first(), by=plan[0][by], **facts)


def counted(plan, amount, **more):
    return note(plan, indicator=plan[1].results.first().indicators.get(), amount=Decimal(amount), **more)


def sent(plan, **more):
    return {
        "result": plan[1].results.first().pk,
        "text": "Kelas ibu hamil berjalan",
        "day": "2026-09-21",
    } | more


def test_progress_with_a_photo_takes_one_form(client, plan, media):
    client.force_login(plan[0]["self"])

    page = client.get(NOTE)
    answer = client.post(NOTE, sent(plan, amount="12", upload=picture()), follow=True)

    entry = ProgressEntry.objects.get()
    assert 'value="2026-09-21"' in page.text
    assert (entry.amount, entry.indicator.result) == (12, entry.result)
    assert entry.evidence.result == entry.result
    assert "Kemajuan dicatat" in answer.text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"result": ""}, "result"),
        ({"result": "999999"}, "result"),
        ({"day": "kemarin"}, "day"),
        ({"day": "2026-09-22"}, "day"),
        ({"day": "2026-05-05"}, "day"),
        ({"amount": "dua belas"}, "amount"),
        ({"text": " "}, "text"),
        ({"text": "x" * 2001}, "text"),
    ],
)
def test_a_wrong_entry_keeps_what_was_typed(client, plan, media, wrong, field):
    client.force_login(plan[0]["self"])

    answer = client.post(NOTE, sent(plan, **wrong))

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert wrong.get("text", "Kelas ibu hamil berjalan").strip() in answer.text
    assert ProgressEntry.objects.count() == 0


def test_a_refused_file_keeps_the_text_and_leaves_nothing(client, plan, media):
    client.force_login(plan[0]["self"])
    upload = picture(name="foto.png")

    answer = client.post(NOTE, sent(plan, upload=upload))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["upload"])
    assert "Kelas ibu hamil berjalan" in answer.text
    assert (ProgressEntry.objects.count(), Evidence.objects.count()) == (0, 0)


def test_sent_twice_it_is_kept_once(client, plan, media):
    client.force_login(plan[0]["self"])

    for _ in range(2):
        assert client.post(NOTE, sent(plan)).status_code == 302

    assert ProgressEntry.objects.count() == 1


def test_only_the_employee_writes_his_progress(plan):
    for person in ("appraiser", "peer", "superior", "personnel_office"):
        with pytest.raises(NotAllowed):
            note(plan, by=person)


def test_an_amount_names_a_measure_of_that_result(plan):
    other = plan[1].results.last().indicators.get()

    for wrong in ({"amount": Decimal(1)}, {"indicator": other, "amount": Decimal(1)}, {"indicator": other}):
        with pytest.raises(Refused):
            note(plan, **wrong)
    with pytest.raises(Refused):
        counted(plan, "-1")


def test_nothing_is_noted_after_the_window_has_closed(plan, now):
    now.move_to(moment("2026-10-11T00:00:00+09:00"))

    with pytest.raises(NotAllowed, match="ditutup"):
        note(plan, day=date(2026, 9, 30))


def test_nothing_is_noted_outside_the_term_of_the_plan(plan):
    skp = plan[1]
    type(skp).objects.filter(pk=skp.pk).update(starts_on=date(2026, 9, 10))

    with pytest.raises(Refused, match="masa SKP"):
        note(plan, day=date(2026, 9, 9))
    assert note(plan, day=date(2026, 9, 10)).pk


def test_a_result_taken_back_or_taken_over_takes_no_more(plan):
    result = plan[1].results.first()
    appraiser = plan[0]["appraiser"].employee
    type(result).objects.filter(pk=result.pk).update(withdrawn_on=date(2026, 9, 15))

    with pytest.raises(Refused, match="tidak berlaku lagi"):
        note(plan)
    assert note(plan, day=date(2026, 9, 14)).pk

    type(result).objects.filter(pk=result.pk).update(
        withdrawn_on=None, taken_over_on=today(), taken_over_by=appraiser, takeover_note="Mendesak"
    )
    with pytest.raises(Refused, match="diambil alih"):
        note(plan, text="lain")


def test_two_windows_get_both_texts(client, plan):
    entry = note(plan)
    change_progress(
        entry, version=1, by=plan[0]["self"], **facts_of(entry) | {"text": "13 ibu hamil diperiksa"}
    )
    client.force_login(plan[0]["self"])

    answer = client.post(f"/kemajuan/{entry.pk}/", sent(plan, text="14 ibu hamil diperiksa", version=1))

    assert answer.status_code == 409
    assert "13 ibu hamil diperiksa" in answer.text
    assert "14 ibu hamil diperiksa" in answer.text
    assert "Disimpan oleh Anda di jendela lain, " in answer.text
    with pytest.raises(Conflict):
        change_progress(entry, version=1, by=plan[0]["self"], **facts_of(entry) | {"text": "lain"})


def facts_of(entry):
    return {name: getattr(entry, name) for name in ("result", "day", "text", "indicator", "amount")}


def test_a_line_that_feedback_cites_stays_as_it_is(plan, media):
    cast, skp, period = plan
    entry = note(plan, upload=picture())
    give_feedback(
        skp, period=period, giver="leader", tone="positive", text="Bagus", given_on=today(), by=cast["appraiser"],
        result=entry.result, progress=entry, evidence=entry.evidence,
    )  # fmt: skip

    with pytest.raises(NotAllowed, match="dikutip"):
        change_progress(entry, version=1, by=cast["self"], **facts_of(entry) | {"text": "lain"})
    with pytest.raises(NotAllowed, match="dikutip"):
        remove_progress(entry, by=cast["self"])
    with pytest.raises(NotAllowed, match="dikutip"):
        remove_evidence(entry.evidence, by=cast["self"])


def test_a_line_is_taken_out_and_its_photo_after_it(client, plan, media, django_capture_on_commit_callbacks):
    entry = note(plan, upload=picture())
    client.force_login(plan[0]["self"])

    assert client.post(f"/kemajuan/{entry.pk}/hapus/").status_code == 302
    assert (ProgressEntry.objects.count(), Evidence.objects.count()) == (0, 1)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"/bukti/{entry.evidence_id}/hapus/").status_code == 302
    assert (Evidence.objects.count(), list(media.rglob("*.jpg"))) == (0, [])


def test_amounts_are_suggested_and_taken_over_only_by_a_tick(client, plan):
    cast, skp, period = plan
    counted(plan, "12")
    counted(plan, "8", text="8 ibu nifas", day=date(2026, 9, 20))
    client.force_login(cast["self"])
    address = reverse("appraisal:realisation-edit", args=[skp.pk, period.pk])
    blank = {}
    for indicator in Indicator.objects.filter(result__skp=skp):
        blank |= {f"value-{indicator.pk}": "", f"note-{indicator.pk}": "", f"version-{indicator.pk}": "0"}
    key = skp.results.first().indicators.get().pk

    assert "20 orang, jumlah dari 2 catatan" in client.get(address).text
    client.post(address, blank)
    assert Realisation.objects.count() == 0
    assert client.post(address, blank | {f"value-{key}": "5", f"use-{key}": "on"}).status_code == 422
    client.post(address, blank | {f"use-{key}": "on"})
    assert Realisation.objects.get().value == 20


def test_the_log_asks_as_often_for_one_line_as_for_thirty(client, plan):
    note(plan)
    client.force_login(plan[0]["self"])
    with CaptureQueriesContext(connection) as few:
        client.get(LOG)
    for number in range(30):
        note(plan, text=f"Kemajuan {number}")
    for order in ("", "?urut=hasil"):
        with CaptureQueriesContext(connection) as many:
            assert client.get(LOG + order).status_code == 200
        assert len(many) == len(few)


def test_somebody_elses_line_is_not_found(client, plan):
    entry = note(plan)
    agreed_plan(plan[0]["peer"], by=plan[0]["appraiser"])
    client.force_login(plan[0]["peer"])

    for address in (f"/kemajuan/{entry.pk}/", f"/kemajuan/{entry.pk}/hapus/"):
        assert client.get(address).status_code == client.post(address).status_code == 404
    assert client.post(NOTE, sent(plan)).status_code == 422
