from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from ambon_kinerja.lifecycle.steps import NotAllowed
from ambon_kinerja.notices.models import Notice
from appraisal.monitoring.actions import Conflict, Refused, agree_steps, remove_step, save_step
from appraisal.monitoring.models import ActionStep


def step(plan, by="self", **more):
    facts = {"text": "Menyusun jadwal kelas ibu", "due_on": date(2026, 10, 15)} | more
    return save_step(plan[1].results.first(), by=plan[0][by], **facts)


def test_one_writes_and_the_other_agrees(client, plan):
    cast, skp, _ = plan
    written = step(plan)
    client.force_login(cast["appraiser"])
    address = reverse("appraisal:action-plan", args=[skp.pk])

    assert "Sepakati 1 langkah" in client.get(address).text
    assert client.post(address, {"langkah": f"{written.pk}:1"}).status_code == 302

    written.refresh_from_db()
    assert written.agreed_by == cast["appraiser"]
    assert Notice.objects.filter(recipient=cast["self"], subject__contains="disepakati").exists()


def test_nobody_agrees_to_what_he_wrote(plan):
    written = step(plan)

    with pytest.raises(Conflict):
        agree_steps(plan[1], by=plan[0]["self"], seen={written.pk: 1})
    with pytest.raises(IntegrityError), transaction.atomic():
        ActionStep.objects.update(agreed_by=plan[0]["self"], agreed_at="2026-09-21T00:00:00Z")


def test_what_changed_since_it_was_read_is_not_agreed(client, plan):
    written = step(plan)
    save_step(written.result, text="Lain", due_on=written.due_on, by=plan[0]["self"], step=written, version=1)
    client.force_login(plan[0]["appraiser"])

    answer = client.post(reverse("appraisal:action-plan", args=[plan[1].pk]), {"langkah": f"{written.pk}:1"})

    assert answer.status_code == 409
    assert ActionStep.objects.get().agreed_at is None


def test_an_agreed_step_that_changes_waits_again(plan):
    cast, skp, _ = plan
    written = step(plan)
    agree_steps(skp, by=cast["appraiser"], seen={written.pk: 1})

    changed = save_step(
        written.result, text="Lain", due_on=written.due_on, by=cast["self"], step=written, version=1
    )

    assert (changed.agreed_at, changed.version) == (None, 2)


def test_two_windows_get_both_texts(client, plan):
    written = step(plan)
    save_step(
        written.result,
        text="Oleh penilai",
        due_on=written.due_on,
        by=plan[0]["appraiser"],
        step=written,
        version=1,
    )
    client.force_login(plan[0]["self"])
    data = {"text": "Oleh pegawai", "due_on": "2026-10-15", "version": "1"}

    answer = client.post(reverse("appraisal:step-edit", args=[plan[1].pk, written.pk]), data)

    assert answer.status_code == 409
    assert "Oleh penilai" in answer.text
    assert "Oleh pegawai" in answer.text
    assert f"Disimpan oleh {plan[0]['appraiser'].name}, " in answer.text
    assert answer.text.count("Buka yang tersimpan") == 1
    again = client.post(
        reverse("appraisal:step-edit", args=[plan[1].pk, written.pk]), data | {"version": "2"}
    )
    assert again.status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [{"text": " "}, {"due_on": date(2027, 1, 1)}, {"due_on": date(2025, 12, 31)}, {"text": "x" * 2001}],
)
def test_a_step_without_words_or_outside_the_term_is_refused(plan, wrong):
    with pytest.raises(Refused):
        step(plan, **wrong)


@pytest.mark.parametrize("person", ["peer", "superior", "personnel_office", "stranger"])
def test_a_third_person_writes_agrees_and_removes_nothing(plan, person):
    written = step(plan)
    by = plan[0][person]

    for act in (
        lambda: step(plan, by=person, text="x"),
        lambda: agree_steps(plan[1], by=by, seen={written.pk: 1}),
        lambda: remove_step(written, by=by),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_twelve_steps_in_a_row_are_one_notice(plan):
    for number in range(12):
        step(plan, text=f"Langkah {number}")

    assert (
        Notice.objects.filter(recipient=plan[0]["appraiser"], subject__contains="Rencana aksi").count() == 1
    )
