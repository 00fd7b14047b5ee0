import json
import threading

import pytest
from django.db import connection, transaction

from ambon_kinerja.audit.actions import NotInTransaction, record_event
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.audit.queries import examine_trail
from ambon_kinerja.tests.people import make_user
from ambon_kinerja.workdays.models import Holiday


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused():
    with pytest.raises(NotInTransaction):
        record_event("skp.submit", "appraisal.Skp:1", by="test")

    assert AuditEvent.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("nobody", ["", None])
def test_an_act_of_nobody_is_refused(nobody):
    with pytest.raises(ValueError, match="nobody"):
        record_event("skp.submit", "appraisal.Skp:1", by=nobody)


@pytest.mark.django_db
def test_an_act_of_an_account_that_was_never_saved_is_refused():
    from django.contrib.auth import get_user_model

    with pytest.raises(ValueError, match="nobody"):
        record_event("skp.submit", "appraisal.Skp:1", by=get_user_model()(name="Orang Satu"))


@pytest.mark.django_db
def test_the_payload_says_who_what_and_why_without_a_name():
    user = make_user("Orang Satu")

    event = record_event("skp.return", user, by=user, reason="Target belum lengkap", details={"hari": 3})

    said = json.loads(event.payload)
    assert said == {
        "at": event.at.isoformat(),
        "actor": f"user:{user.pk}",
        "action": "skp.return",
        "target": f"agencies.User:{user.pk}",
        "reason": "Target belum lengkap",
        "details": {"hari": 3},
    }
    assert "Orang Satu" not in event.payload


@pytest.mark.django_db
def test_any_text_a_person_can_type_keeps_the_chain_whole():
    for reason in ("", "\n\n", "“é” 𝄞 ­", '"}{"', "\x00", "﻿", "'; DROP TABLE x; --"):
        record_event("skp.return", "appraisal.Skp:1", by="test", reason=reason)

    assert examine_trail()[:2] == (None, 7)


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_takes_its_event_with_it():
    with transaction.atomic():
        Holiday.objects.create(day="2026-01-01", name="Tahun Baru", scope="national")
        record_event("holiday.add", "x", by="test")
        transaction.set_rollback(True)

    assert (Holiday.objects.count(), AuditEvent.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_ten_writers_at_once_leave_a_dense_unbroken_chain():
    """Without the lock of `record_event` two writers take the same position and lose their acts."""
    start, faults = threading.Barrier(10), []

    def write(number):
        try:
            start.wait()
            for turn in range(20):
                with transaction.atomic():
                    record_event("test.write", f"{number}:{turn}", by="test")
                if turn % 5 == 0:
                    with transaction.atomic():
                        record_event("test.undone", f"{number}:{turn}", by="test")
                        transaction.set_rollback(True)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=[number]) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    fault, count, _ = examine_trail()
    assert (faults, fault, count) == ([], None, 200)
    told = {f"{number}:{turn}" for number in range(10) for turn in range(20)}
    assert set(AuditEvent.objects.values_list("target", flat=True)) == told
