"""Who looked: noted once a day and kind, never about oneself, never in the way of the page."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, InternalError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ambon_kinerja.personal_data import actions
from ambon_kinerja.personal_data.actions import note_viewing
from ambon_kinerja.personal_data.catalogue import catalogue
from ambon_kinerja.personal_data.models import Viewing

pytestmark = pytest.mark.django_db


def seen():
    return list(Viewing.objects.order_by("pk").values_list("viewer__name", "about", "kind"))


def test_somebody_else_is_noted_with_his_role_and_once_a_day(cast):
    me = cast["self"].employee
    for _ in range(3):
        note_viewing(cast["appraiser"], about=me, kind="skp")
    note_viewing(cast["appraiser"], about=me, kind="evaluation")

    about = f"agencies.Employee:{me.pk}"
    assert seen() == [("Orang Appraiser", about, "skp"), ("Orang Appraiser", about, "evaluation")]
    assert Viewing.objects.first().viewer_words == "Pejabat penilai"


def test_the_next_day_is_noted_again(cast, monkeypatch):
    me, now = cast["self"].employee, timezone.now()
    note_viewing(cast["appraiser"], about=me, kind="skp")
    monkeypatch.setattr(actions.timezone, "now", lambda: now + timedelta(days=1))
    note_viewing(cast["appraiser"], about=me, kind="skp")

    assert Viewing.objects.count() == 2


def test_nobody_is_noted_as_a_viewer_of_himself(cast):
    note_viewing(cast["self"], about=cast["self"].employee, kind="skp")
    note_viewing(cast["self"], about=cast["self"], kind="employee")

    assert seen() == []


def test_a_page_seen_again_costs_one_query(cast):
    me = cast["self"].employee
    note_viewing(cast["appraiser"], about=me, kind="skp")

    with CaptureQueriesContext(connection) as queries:
        note_viewing(cast["appraiser"], about=me, kind="skp")

    assert [query["sql"].split()[0] for query in queries if "SAVEPOINT" not in query["sql"]] == ["SELECT"]


def test_two_at_the_same_moment_leave_one_row(cast, monkeypatch):
    me = cast["self"].employee
    note_viewing(cast["appraiser"], about=me, kind="skp")
    monkeypatch.setattr(type(Viewing.objects.all()), "exists", lambda self: False)
    note_viewing(cast["appraiser"], about=me, kind="skp")

    assert Viewing.objects.count() == 1


def test_a_database_that_refuses_does_not_break_the_page(client, cast, records, monkeypatch, caplog):
    def refuse(*args, **kwargs):
        raise DatabaseError("away")

    monkeypatch.setattr(type(Viewing.objects.all()), "bulk_create", refuse)
    client.force_login(cast["appraiser"])

    answer = client.get(f"/pegawai/{cast['self'].employee.pk}/")

    assert (answer.status_code, Viewing.objects.count()) == (200, 0)
    assert "could not be noted" in caplog.text


NAMED = [
    ("appraiser", "agencies:employee-detail", {"pk": "employee"}, "employee"),
    ("inspector", "appraisal:skp-detail", {"pk": "skp_agreed"}, "skp"),
    ("appraiser", "appraisal:skp-agree", {"pk": "skp_submitted"}, "skp"),
    ("personnel_office", "appraisal:evaluation-detail", {"pk": "evaluation_final"}, "evaluation"),
    ("inspector", "appraisal:evaluation-receipt", {"pk": "evaluation_final"}, "receipt"),
    ("appraiser", "appraisal:evaluation-edit", {"pk": "evaluation_draft"}, "evaluation"),
    ("appraiser", "appraisal:evaluation-check", {"pk": "evaluation_draft"}, "evaluation"),
    ("superior", "appraisal:evidence-open", {"pk": "evidence"}, "evidence"),
    (
        "appraiser",
        "appraisal:realisation-edit",
        {"skp": "skp_agreed", "period": "period_open"},
        "realisation",
    ),
]


@pytest.mark.parametrize(("person", "address", "names", "kind"), NAMED)
def test_every_page_with_personal_content_notes_who_opened_it(
    client, cast, records, person, address, names, kind
):
    from django.urls import reverse

    client.force_login(cast[person])
    answer = client.get(reverse(address, kwargs={key: records[name] for key, name in names.items()}))

    about = f"agencies.Employee:{cast['self'].employee.pk}"
    assert (answer.status_code, seen()) == (200, [(cast[person].name, about, kind)])
    assert kind in catalogue().viewings


def test_a_stranger_who_gets_no_page_is_not_noted(client, cast, records):
    client.force_login(cast["stranger"])

    assert client.get(f"/pegawai/{records['employee']}/").status_code == 404
    assert seen() == []


def test_the_application_may_neither_change_nor_delete_a_viewing(cast):
    note_viewing(cast["appraiser"], about=cast["self"].employee, kind="skp")

    for change in (lambda: Viewing.objects.update(kind="x"), lambda: Viewing.objects.all().delete()):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change()
    assert Viewing.objects.count() == 1


def test_not_even_the_owner_changes_a_viewing_or_deletes_a_young_one(cast):
    note_viewing(cast["appraiser"], about=cast["self"].employee, kind="skp")
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")

    with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
        Viewing.objects.update(kind="x")
    with pytest.raises(InternalError, match="kept 12 months"), transaction.atomic():
        Viewing.objects.all().delete()


def test_the_page_shows_who_what_and_when_and_only_to_the_person_himself(client, cast):
    note_viewing(cast["inspector"], about=cast["self"].employee, kind="evaluation")
    shown = {}
    for person in ("self", "inspector", "personnel_office", "system_admin"):
        client.force_login(cast[person])
        page = client.get("/akun/riwayat-akses/").content.decode()
        shown[person] = ("Inspektorat</span></td>" in page, "<span>Penilaian</span>" in page)

    nothing = (False, False)
    assert shown == {
        "self": (True, True),
        "inspector": nothing,
        "personnel_office": nothing,
        "system_admin": nothing,
    }


def test_the_page_costs_the_same_for_one_and_for_sixty(client, cast, django_assert_num_queries):
    me, now = cast["self"].employee, timezone.now()
    note_viewing(cast["inspector"], about=me, kind="evaluation")
    client.force_login(cast["self"])
    with CaptureQueriesContext(connection) as one:
        client.get("/akun/riwayat-akses/")
    Viewing.objects.bulk_create(
        Viewing(
            viewer=cast[person],
            about=f"agencies.Employee:{me.pk}",
            kind="skp",
            at=now,
            day=timezone.localdate() - timedelta(days=day),
        )
        for person in ("appraiser", "superior", "unit_admin")
        for day in range(20)
    )

    with django_assert_num_queries(len(one)):
        page = client.get("/akun/riwayat-akses/").content.decode()

    assert "61 catatan" in page
