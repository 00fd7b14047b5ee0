"""Somebody fills in for a citizen, never for the counter at which he is judged, and leaves no way to the answer."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from agencies.structure.refusals import NotPossible
from ambon_kinerja.audit.models import AuditEvent
from feedback.channels.actions.assisted import fill_in_for_citizen
from feedback.channels.models import AssistedTally, Enumerator
from feedback.citizens.models import SurveyResponse
from feedback.services.actions import add_service
from feedback.services.models import Counter, CounterDuty

from .scene import ALL_THREES, signed_in

PAGE = "/isi-bersama/isi/pelayanan-ibu/"


def filled(scene, **changes):
    facts = {"sending_key": "k" * 20, "counter": scene.free.pk, "mode": "in_person", "reason": "reading"}
    return facts | ALL_THREES | changes


def test_a_service_manager_fills_in_and_it_counts_once(client, scene):
    signed_in(client, scene.manager)

    pages = [client.post(PAGE, filled(scene, comment="Antre lama")) for _ in range(2)]

    assert [page.status_code for page in pages] == [302, 302]
    kept = SurveyResponse.objects.get()
    assert (kept.mode, kept.counter, kept.service_day) == ("assisted", scene.free, scene.today)
    tally = AssistedTally.objects.get()
    assert (tally.entered_by, tally.entries, tally.reason, tally.mode) == (
        scene.manager,
        1,
        "reading",
        "in_person",
    )


def test_sent_again_with_another_reason_it_still_counts_once(client, scene):
    signed_in(client, scene.manager)

    client.post(PAGE, filled(scene))
    client.post(PAGE, filled(scene, reason="age"))

    assert [(each.reason, each.entries) for each in AssistedTally.objects.all()] == [("reading", 1)]


def test_who_is_on_duty_at_a_counter_does_not_find_it_in_the_form(client, scene):
    own = scene.enumerator("self")
    signed_in(client, own)

    offered = client.get(PAGE).context["form"].fields["counter"].queryset
    refused = client.post(PAGE, filled(scene, counter=scene.busy.pk))
    done = client.post(PAGE, filled(scene))

    assert list(offered) == [scene.free]
    assert (refused.status_code, done.status_code) == (422, 302)
    assert SurveyResponse.objects.get().counter == scene.free


@pytest.mark.parametrize("name", ["self", "appraiser", "superior"])
def test_who_is_judged_at_every_counter_gets_404(client, scene, name):
    Counter.objects.filter(pk=scene.free.pk).update(is_active=False)
    signed_in(client, scene.enumerator(name))

    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, filled(scene, counter=scene.busy.pk)).status_code == 404
    assert "Pelayanan ibu" not in client.get("/isi-bersama/").content.decode()


@pytest.mark.parametrize("name", ["self", "appraiser", "superior"])
def test_the_act_itself_refuses_who_is_judged_at_the_counter(scene, name):
    """He may have had the form open before he was put on duty there."""
    facts = {"answers": ALL_THREES, "mode": "in_person", "reason": "reading", "by": scene.enumerator(name)}

    with pytest.raises(NotPossible, match="bertugas di loket ini"):
        fill_in_for_citizen(scene.service, sending_key="a" * 20, counter=scene.busy, **facts)

    assert not SurveyResponse.objects.exists()
    fill_in_for_citizen(scene.service, sending_key="b" * 20, counter=scene.free, **facts)
    assert SurveyResponse.objects.get().counter == scene.free


def test_a_colleague_and_the_officer_on_a_day_off_may_fill_in(client, scene):
    Counter.objects.filter(pk=scene.free.pk).update(is_active=False)
    own, peer = scene.enumerator("self"), scene.enumerator("peer")
    CounterDuty.objects.update(term=DateRange(scene.today - timedelta(days=9), scene.today))

    for person in (own, peer):
        assert signed_in(client, person).get(PAGE).status_code == 200


@pytest.mark.parametrize("name", ["self", "peer", "stranger", "unit_admin", "other_admin", "outsider"])
def test_strangers_find_nothing(client, scene, name):
    signed_in(client, scene.cast[name])

    assert [client.get(page).status_code for page in ("/isi-bersama/", PAGE)] == [404, 404]


def test_a_term_that_is_over_opens_nothing(client, scene):
    person = scene.enumerator()
    signed_in(client, person)
    assert client.get(PAGE).status_code == 200

    Enumerator.objects.update(term=DateRange(scene.today - timedelta(days=2), scene.today))

    assert client.get(PAGE).status_code == 404


def test_operator_and_answer_meet_in_nothing_finer_than_the_day(client, scene):
    """Three officers, ten answers: no field, no order and no moment of what is kept says whose answer is whose."""
    people = [scene.manager, scene.enumerator(), scene.enumerator("peer")]
    for number in range(9):
        signed_in(client, people[number % 3])
        assert client.post(PAGE, filled(scene, sending_key=f"{number}" * 20)).status_code == 302

    tallies = AssistedTally.objects.all()
    links = {field.name for field in AssistedTally._meta.get_fields()} | {
        field.name for field in SurveyResponse._meta.get_fields()
    }

    assert sorted(tally.entries for tally in tallies) == [3, 3, 3]
    assert not any("response" in name for name in {f.name for f in AssistedTally._meta.get_fields()})
    assert not links & {"entered_at", "created_at", "tally", "filled_at"}
    # The trail has a time for each act: it holds one row for an officer's day, not one for each answer.
    assert AuditEvent.objects.filter(action="assisted.begin").count() == 3
    assert not AuditEvent.objects.filter(payload__contains="SurveyResponse").exists()
    for response in SurveyResponse.objects.all():
        assert str(scene.manager.pk) not in response.sending_key.split("-")


def test_an_incomplete_form_comes_back_with_what_was_typed(client, scene):
    signed_in(client, scene.manager)

    again = client.post(PAGE, {"comment": "Antre lama\x00", "waktu": "9", "reason": "x", "sending_key": "!"})

    text = again.content.decode()
    assert again.status_code == 422
    assert "Antre lama" in text
    assert "Pilih alasan." in text


def test_the_list_asks_as_much_for_many_services_as_for_one(client, scene):
    signed_in(client, scene.enumerator())
    client.get("/isi-bersama/")
    with CaptureQueriesContext(connection) as one:
        client.get("/isi-bersama/")
    for number in range(5):
        add_service(unit=scene.service.unit, name=f"Lain {number}", slug=f"lain-{number}", by="test")

    with CaptureQueriesContext(connection) as many:
        client.get("/isi-bersama/")

    assert len(many) == len(one)


# --- enumerators --------------------------------------------------------------------------------


def named(scene, **changes):
    person = scene.cast["peer"].employee
    facts = {
        "unit": scene.service.unit_id,
        "employee": person.name,
        "employee_pilih": person.pk,
        "start": scene.today.isoformat(),
        "last_day": (scene.today + timedelta(days=5)).isoformat(),
        "sending_key": "sekali",
    }
    return facts | changes


def test_a_service_manager_names_an_enumerator_for_a_term(client, scene):
    signed_in(client, scene.manager)

    pages = [client.post("/isi-bersama/petugas/tunjuk/", named(scene)) for _ in range(2)]

    assert [page.status_code for page in pages] == [302, 302]
    term = Enumerator.objects.get()
    assert (term.employee, term.last_day) == (scene.cast["peer"].employee, scene.today + timedelta(days=5))
    assert scene.cast["peer"].notices.get().path == "/isi-bersama/"
    assert scene.cast["peer"].employee.name in client.get("/isi-bersama/petugas/").content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"last_day": "2020-01-01"}, "mendahului"),
        ({"start": "2020-01-01"}, "paling cepat mulai hari ini"),
        ({"last_day": "2098-01-01"}, "paling lama satu tahun"),
        ({"unit": "999999"}, "Pilih unit dari daftar."),
        ({"employee": "", "employee_pilih": ""}, "Isi pegawainya."),
    ],
)
def test_a_term_that_makes_no_sense_is_refused_at_its_field(client, scene, changes, words):
    signed_in(client, scene.manager)

    refused = client.post("/isi-bersama/petugas/tunjuk/", named(scene, **changes))

    assert refused.status_code == 422
    assert words in refused.content.decode()


def test_the_same_person_is_not_named_twice_for_the_same_days(client, scene):
    signed_in(client, scene.manager)
    client.post("/isi-bersama/petugas/tunjuk/", named(scene))

    refused = client.post("/isi-bersama/petugas/tunjuk/", named(scene, sending_key="lain"))

    assert refused.status_code == 422
    assert "sudah menjadi petugas pengisi" in refused.content.decode()


def test_an_ended_term_ends_at_once(client, scene):
    person = scene.enumerator()
    Enumerator.objects.update(
        term=DateRange(scene.today - timedelta(days=3), scene.today + timedelta(days=3))
    )
    signed_in(client, scene.manager)

    for _ in range(2):
        client.post(f"/isi-bersama/petugas/{Enumerator.objects.get().pk}/akhiri/")

    assert signed_in(client, person).get("/isi-bersama/").status_code == 404


def test_the_note_of_who_filled_in_is_for_service_managers(client, scene):
    person = scene.enumerator()
    signed_in(client, person).post(PAGE, filled(scene))

    assert client.get("/isi-bersama/catatan/").status_code == 404
    page = signed_in(client, scene.manager).get("/isi-bersama/catatan/").content.decode()

    assert person.name in page
    assert "Kesulitan membaca" in page
