"""Names are encrypted, two persons open them for a while, and the trail says so without a name."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from agencies.access.actions import grant_role
from agencies.access.tests.cast import LONG_AGO, build_cast
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.lifecycle.models import StateChange
from ambon_kinerja.lifecycle.steps import NotAllowed
from ambon_kinerja.notices.models import Notice
from feedback.complaints.restricted import actions
from feedback.complaints.restricted.models import RestrictedCase, SealOpening
from feedback.complaints.restricted.queries import has_open
from feedback.complaints.restricted.sealing import mark_of

from .scene import (
    ANSWER,
    CONTACT,
    FIRST,
    NAMED,
    SECOND,
    SUBSTANCE,
    TEXT,
    a_case,
    carry,
    open_part,
    substantiated_about,
)

pytestmark = pytest.mark.django_db
TABLES = (
    "feedback_restrictedcase",
    "feedback_restrictedmessage",
    "feedback_restrictedletter",
    "feedback_sealopening",
)


@pytest.fixture
def cast():
    return build_cast()


def columns(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT t::text FROM {table} t")
        return " ".join(row for (row,) in cursor.fetchall())


def test_nothing_that_names_anybody_stands_readable_in_the_database(cast):
    case = carry(cast, "decided", key="a")
    a_case(cast, key="b", contact=CONTACT, consent=True)
    open_part(cast, case, "named")
    stored = " ".join(map(columns, TABLES))

    for words in (TEXT, NAMED, "Rina", CONTACT, "Yosep", SUBSTANCE, ANSWER, "Orang Self", "pencarian fakta"):
        assert words not in stored, words
    assert case.text == TEXT  # and the program reads it


def test_a_mark_is_not_the_plain_hash_of_a_key_and_survives_a_new_key(cast, settings):
    case = carry(cast, "decided")
    person, today = cast["self"].employee, timezone.localdate()
    assert case.officer_mark == mark_of(person.pk)

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "kunci baru " * 5
    assert mark_of(person.pk) != case.officer_mark
    assert len(substantiated_about(person, today, today)) == 1

    settings.SECRET_KEY_FALLBACKS = []
    assert substantiated_about(person, today, today) == []


def test_the_one_who_asks_does_not_open_and_nobody_reads_before_a_second_has_opened(cast):
    case = carry(cast, "received")
    opening = actions.ask_seal(case, part="reporter", reason="Bertanya", by=cast[FIRST])
    with pytest.raises(actions.Refused, match="Orang kedua"):
        actions.open_seal(opening, by=cast[FIRST])
    with pytest.raises(NotAllowed):
        actions.read_sealed(case, part="reporter", by=cast[FIRST])

    actions.open_seal(opening, by=cast[SECOND])

    for name in (FIRST, SECOND):
        assert actions.read_sealed(case, part="reporter", by=cast[name]).contact == CONTACT
        with pytest.raises(NotAllowed):
            actions.read_sealed(case, part="named", by=cast[name])


@pytest.mark.parametrize("name", ["self", "peer", "superior", "unit_admin", "system_admin", "outsider"])
def test_nobody_outside_the_lane_asks_or_opens(cast, name):
    case = carry(cast, "received")
    opening = actions.ask_seal(case, part="named", reason="x", by=cast[FIRST])

    for act in (
        lambda: actions.ask_seal(case, part="reporter", reason="x", by=cast[name]),
        lambda: actions.open_seal(opening, by=cast[name]),
        lambda: actions.read_sealed(case, part="named", by=cast[name]),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_seal_closes_by_itself(cast):
    case = carry(cast, "received")
    opening = open_part(cast, case, "named")
    assert has_open(cast[FIRST], case, "named")

    SealOpening.objects.filter(pk=opening.pk).update(
        opened_at=timezone.now() - timedelta(hours=73), ends_at=timezone.now() - timedelta(seconds=1)
    )

    assert not has_open(cast[FIRST], case, "named")
    with pytest.raises(NotAllowed):
        actions.read_sealed(case, part="named", by=cast[FIRST])


def test_who_loses_his_place_in_the_lane_reads_no_more(cast):
    case = carry(cast, "received")
    open_part(cast, case, "named")
    cast[SECOND].role_grants.all().update(
        term=(timezone.localdate() - timedelta(days=9), timezone.localdate())
    )

    with pytest.raises(NotAllowed):
        actions.read_sealed(case, part="named", by=cast[SECOND])


def test_a_reason_is_due_and_a_second_request_is_the_first(cast):
    case = carry(cast, "received")
    with pytest.raises(actions.Refused, match="alasan"):
        actions.ask_seal(case, part="named", reason="  ", by=cast[FIRST])
    first = actions.ask_seal(case, part="named", reason="x", by=cast[FIRST])

    assert actions.ask_seal(case, part="named", reason="y", by=cast[SECOND]) == first
    assert SealOpening.objects.count() == 1


def test_the_database_refuses_one_person_for_both(cast):
    case, now = carry(cast, "received"), timezone.now()
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        SealOpening.objects.create(
            case=case,
            part="named",
            asked_by=cast[FIRST],
            asked_at=now,
            opened_by=cast[FIRST],
            opened_at=now,
            ends_at=now + timedelta(hours=1),
            reason="x",
        )


def test_the_trail_tells_what_was_done_and_neither_name_nor_account_of_the_named(cast):
    case = carry(cast, "closed")
    open_part(cast, case, "reporter")
    actions.read_sealed(case, part="reporter", by=cast[FIRST])
    events = AuditEvent.objects.filter(target=f"feedback.RestrictedCase:{case.pk}")
    done = set(events.values_list("action", flat=True))
    said = " ".join(
        [
            *events.values_list("payload", flat=True),
            *events.values_list("actor", flat=True),
            *(
                f"{row.by_label} {row.reason} {row.by_id}"
                for row in StateChange.objects.filter(record__contains=str(case.pk))
            ),
        ]
    )

    assert {"restrictedcase.receive", "restrictedcase.answer", "restrictedcase.read_seal"} <= done
    me = cast["self"]
    assert f"user:{me.pk}" not in said
    assert not StateChange.objects.filter(record__contains=str(case.pk), by=me).exists()
    for words in ("Orang Self", me.employee.nip, "Yosep", "Untuk pencarian fakta", ANSWER, FINDING_WORD):
        assert words not in said, words


FINDING_WORD = "kamera"


def test_no_notice_names_anybody_and_the_named_hears_nothing_before_he_is_asked(cast):
    case = carry(cast, "fact_finding")
    assert not Notice.objects.filter(recipient=cast["self"]).exists()

    actions.ask_reply(case, substance=SUBSTANCE, by=cast[FIRST])

    assert Notice.objects.filter(recipient=cast["self"]).count() == 1
    said = " ".join(f"{one.subject} {one.body}" for one in Notice.objects.all())
    assert not any(words in said for words in ("Orang Self", "Yosep", "berkas", "Rina"))


@pytest.mark.django_db(transaction=True)
def test_two_who_open_at_once_open_it_once():
    cast = build_cast()
    case = carry(cast, "received")
    city = cast["self"].cast_units["city"]
    grant_role(cast["survey_office"], role="inspector", unit=city, start=LONG_AGO, by="test", reason="x")
    opening = actions.ask_seal(case, part="named", reason="x", by=cast[FIRST])
    barrier, told = threading.Barrier(2), []

    def act(name):
        try:
            barrier.wait()
            actions.open_seal(opening, by=cast[name])
            told.append("opened")
        except actions.Refused as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=[name]) for name in (SECOND, "survey_office")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) == ["Segel ini sudah dibuka orang lain.", "opened"]
    assert AuditEvent.objects.filter(action="restrictedcase.open_seal").count() == 1


def test_keys_tell_neither_how_many_nor_in_which_order(cast):
    keys = [carry(cast, "received", key=str(number)).pk for number in range(4)]

    assert len({key.version for key in keys}) == 1
    assert [key.version for key in keys] == [4] * 4
    with pytest.raises(ValidationError):
        RestrictedCase.objects.get(pk="1")
