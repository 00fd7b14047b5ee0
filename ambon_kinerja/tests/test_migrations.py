"""Migrating an empty database stays quick, and does the same as one operation after the other would."""

from unittest import mock

import pytest
from django.db import IntegrityError, connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState, StateApps

from ambon_kinerja.migrations import at_once
from ambon_kinerja.migrations._at_once import AtOnce
from ambon_kinerja.tests.test_house import FLOORS

FEW = 3

SHELF = migrations.CreateModel("Shelf", [("id", models.BigAutoField(primary_key=True))])
BOOK, PEN = (
    migrations.CreateModel(
        name,
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("shelf", models.ForeignKey("ambon_kinerja.Shelf", models.PROTECT)),
        ],
    )
    for name in ("Book", "Pen")
)
FIRST_SHELF = migrations.RunSQL("INSERT INTO ambon_kinerja_shelf DEFAULT VALUES", migrations.RunSQL.noop)
ADD_NAME = migrations.AddField("shelf", "name", models.CharField(max_length=9, null=True))
FILL_NAME = migrations.RunSQL("UPDATE ambon_kinerja_shelf SET name = 'first'", migrations.RunSQL.noop)
NAME_NEEDED = migrations.AlterField("shelf", "name", models.CharField(max_length=9))
LONG_ENOUGH = migrations.AddConstraint(
    "shelf", models.CheckConstraint(condition=~models.Q(name=""), name="a_shelf_has_a_name")
)
LONGER = migrations.RemoveConstraint("shelf", "a_shelf_has_a_name")


def groups_of(operations):
    return [group.database_operations for group in at_once(operations)]


def test_what_needs_nothing_in_between_runs_in_one_group():
    assert groups_of([SHELF, BOOK, FIRST_SHELF]) == [[SHELF, BOOK, FIRST_SHELF]]
    assert groups_of([ADD_NAME, FILL_NAME, LONG_ENOUGH]) == [[ADD_NAME, FILL_NAME, LONG_ENOUGH]]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ([SHELF], [ADD_NAME]),
        ([SHELF], [LONG_ENOUGH]),
        ([ADD_NAME, FILL_NAME], [NAME_NEEDED]),
        ([LONG_ENOUGH], [LONGER]),
    ],
)
def test_what_was_made_and_is_changed_again_is_changed_in_a_later_group(first, second):
    assert groups_of([*first, *second]) == [first, second]


def test_a_constraint_is_taken_away_and_made_anew_in_one_group():
    assert groups_of([LONGER, LONG_ENOUGH]) == [[LONGER, LONG_ENOUGH]]


def test_python_that_asks_for_the_models_runs_alone():
    python = migrations.RunPython(lambda apps, editor: None)

    assert at_once([FIRST_SHELF, python, FILL_NAME])[1] is python


@pytest.fixture
def owner(db):
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")  # undone with everything else that the test does


def run(operations, *, way="apply"):
    migration = migrations.Migration("0001", "ambon_kinerja")
    migration.operations = operations
    state = ProjectState()
    assert state.apps  # rendered before a migration begins, as `migrate` does it
    with connection.schema_editor() as editor:
        getattr(migration, way)(state, editor)


def tables():
    return {"ambon_kinerja_shelf", "ambon_kinerja_book"} & set(connection.introspection.table_names())


def test_rows_that_are_there_are_filled_before_a_field_becomes_needed(owner):
    run(at_once([SHELF, FIRST_SHELF, ADD_NAME, FILL_NAME, NAME_NEEDED, LONG_ENOUGH]))

    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM ambon_kinerja_shelf")
        assert cursor.fetchall() == [("first",)]
        with pytest.raises(IntegrityError):
            cursor.execute("INSERT INTO ambon_kinerja_shelf DEFAULT VALUES")


def test_in_one_group_the_field_would_be_needed_too_early(owner):
    one_group = AtOnce([ADD_NAME, FILL_NAME, NAME_NEEDED])

    with pytest.raises(IntegrityError):
        run([*at_once([SHELF, FIRST_SHELF]), one_group])


def test_a_group_is_taken_back_step_by_step(owner):
    operations = at_once([SHELF, BOOK, ADD_NAME, LONG_ENOUGH])
    run(operations)
    assert tables() == {"ambon_kinerja_shelf", "ambon_kinerja_book"}

    run(operations, way="unapply")

    assert tables() == set()


def test_the_models_are_rendered_once_for_a_group(owner):
    def rendered(operations):
        count = mock.patch.object(
            StateApps, "render_multiple", autospec=True, side_effect=StateApps.render_multiple
        )
        with count as render:
            run(operations)
        return sum(len(call.args[1]) for call in render.call_args_list)

    assert rendered(at_once([SHELF, BOOK, PEN])) == 3
    connection.cursor().execute("DROP TABLE ambon_kinerja_shelf, ambon_kinerja_book, ambon_kinerja_pen")
    assert rendered([SHELF, BOOK, PEN]) > 3


def test_our_migrations_run_in_as_few_groups_as_they_can():
    """A migration as makemigrations writes it makes `operations = at_once([…])` of its list."""
    slow = []
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        if app in FLOORS:
            single = [
                operation
                for group in migration.operations
                for operation in getattr(group, "database_operations", [group])
            ]
            if len(migration.operations) > len(at_once(single)) + FEW:
                slow.append(f"{app}/{name}")

    assert slow == []
