"""The drill: what each kind of forger can do to the trail in the database, and what shows it."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from ambon_kinerja.audit import chain
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.audit.chain import event_hash
from ambon_kinerja.audit.database_rights import append_only_tables, grant_rights
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.audit.queries import examine_trail

pytestmark = pytest.mark.django_db
TABLE = "ambon_kinerja_auditevent"


@pytest.fixture
def trail():
    for number in range(1, 8):
        record_event("skp.submit", f"appraisal.Skp:{number}", by="test", reason=f"alasan {number}")
    last = AuditEvent.objects.get(position=7)
    return f"7:{last.hash}"


def execute(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def owner(trail):
    """The owner of the tables, with the triggers switched off: the strongest forger there is."""
    execute("RESET ROLE")
    execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER ALL")
    return execute


def fault(**options):
    return examine_trail(**options)[0]


def test_an_untouched_trail_is_whole(trail):
    assert fault(heads=[trail]) is None


@pytest.mark.parametrize(
    ("act", "position"),
    [
        (f"UPDATE {TABLE} SET payload = replace(payload, 'alasan 3', 'alasan X') WHERE position = 3", 3),
        (f"UPDATE {TABLE} SET payload = payload || ' ' WHERE position = 1", 1),
        (f"UPDATE {TABLE} SET actor = 'user:9' WHERE position = 4", 4),
        (f"UPDATE {TABLE} SET target = 'appraisal.Skp:9' WHERE position = 4", 4),
        (f"UPDATE {TABLE} SET action = 'skp.agree' WHERE position = 4", 4),
        (f"UPDATE {TABLE} SET at = at - interval '1 day' WHERE position = 5", 5),
        (f"UPDATE {TABLE} SET previous_hash = hash WHERE position = 6", 6),
        (f"DELETE FROM {TABLE} WHERE position = 1", 1),
        (f"DELETE FROM {TABLE} WHERE position = 4", 4),
        (f"DELETE FROM {TABLE} WHERE position BETWEEN 2 AND 6", 2),
        (
            f"UPDATE {TABLE} a SET payload = b.payload FROM {TABLE} b"
            " WHERE (a.position, b.position) IN ((2, 6), (6, 2))",
            2,
        ),
        (
            f"INSERT INTO {TABLE} (position, at, actor, action, target, payload, previous_hash, hash)"
            f" SELECT 8, at, actor, action, target, payload, hash, 'palsu' FROM {TABLE} WHERE position = 7",
            8,
        ),
    ],
)
def test_the_owner_is_found_out_at_the_first_row_he_touched(owner, act, position):
    owner(act)

    assert fault()[0] == position


@pytest.mark.parametrize("act", [f"DELETE FROM {TABLE} WHERE position > 5", f"TRUNCATE {TABLE}"])
def test_a_cut_off_end_needs_a_head_noted_outside(owner, trail, act):
    owner(act)

    assert fault() is None
    assert "ujung rantai hilang" in fault(heads=[trail])[1]


def test_a_chain_computed_anew_needs_a_head_noted_outside(owner, trail):
    owner(f"UPDATE {TABLE} SET payload = replace(payload, 'alasan 3', 'alasan X') WHERE position = 3")
    previous = AuditEvent.objects.get(position=2).hash
    for event in AuditEvent.objects.filter(position__gte=3).order_by("position"):
        own = event_hash(previous=previous, position=event.position, payload=event.payload)
        owner(
            f"UPDATE {TABLE} SET previous_hash = %s, hash = %s WHERE position = %s",
            previous,
            own,
            event.position,
        )
        previous = own

    assert fault() is None
    assert fault(heads=[trail]) == (7, "sidik hash berbeda dari yang dicatat di luar sistem")


def append_only():
    with connection.cursor() as cursor:
        return sorted(append_only_tables(cursor))


def test_the_trail_the_steps_and_the_row_histories_are_append_only():
    execute("RESET ROLE")

    assert append_only() == [
        "agencies_employeeevent",
        TABLE,
        "ambon_kinerja_statechange",
        "ambon_kinerja_viewing",
        "appraisal_evaluationevent",
        "appraisal_resultratingevent",
    ]


@pytest.mark.parametrize(
    "table", [TABLE, "ambon_kinerja_statechange", "appraisal_evaluationevent", "appraisal_resultratingevent"]
)
@pytest.mark.parametrize(
    "act",
    [
        "DELETE FROM {}",
        "TRUNCATE {}",
        "ALTER TABLE {} DISABLE TRIGGER ALL",
        "ALTER TABLE {} ADD COLUMN x integer",
        "DROP TABLE {}",
        "UPDATE {} SET {column} = {column}",
        "GRANT ALL ON {} TO PUBLIC",
    ],
)
def test_the_application_can_only_add(table, act):
    column = "position" if table == TABLE else "pgh_id" if table.startswith("appraisal") else "id"

    # A grant by somebody who holds no grant option is only a warning, so something forbidden follows each act.
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"):
        execute(f"{act.format(table, column=column)}; DELETE FROM {table}")


@pytest.mark.parametrize("act", ["UPDATE {} SET actor = 'x'", "DELETE FROM {}"])
def test_a_careless_owner_is_stopped_by_the_trigger(trail, act):
    execute("RESET ROLE")

    with pytest.raises(DatabaseError, match="audit_is_never_changed"), transaction.atomic():
        execute(act.format(TABLE))


def test_granting_again_changes_nothing(trail):
    execute("RESET ROLE")

    assert grant_rights(connection, role="ambon_app") is True

    execute("SET ROLE ambon_app")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        execute(f"DELETE FROM {TABLE}")


def test_granting_to_a_role_that_does_not_exist_is_said():
    assert grant_rights(connection, role="nobody_of_that_name") is False


def test_the_command_says_whole_and_prints_the_head(trail, capsys):
    call_command("verify_audit", "--head", trail)

    assert capsys.readouterr().out == f"UTUH: 7 baris, kepala {trail}\n"


def test_the_command_names_the_first_broken_row_and_fails(owner):
    owner(f"DELETE FROM {TABLE} WHERE position = 4")

    with pytest.raises(CommandError, match="RUSAK di baris 4: baris 4 hilang") as refusal:
        call_command("verify_audit")

    assert refusal.value.returncode == 1


def test_an_export_is_checked_by_the_script_alone(trail, tmp_path, capsys):
    path = tmp_path / "jejak.jsonl"

    call_command("export_audit", str(path))

    words = [sys.executable, "-I", "-S", str(Path(chain.__file__)), str(path), "--head", trail]
    alone = subprocess.run(words, capture_output=True, text=True, check=False)
    assert capsys.readouterr().out == f"7 baris ditulis ke {path}.\n"
    assert alone.stdout == f"UTUH: 7 baris, kepala {trail}\n"
    assert [entry.name for entry in tmp_path.iterdir()] == ["jejak.jsonl"]


def test_an_export_that_cannot_be_written_says_so():
    with pytest.raises(CommandError, match="tidak bisa ditulis"):
        call_command("export_audit", "/tidak-ada/jejak.jsonl")
