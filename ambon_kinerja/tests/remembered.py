"""Scenes that many tests begin with, built once by the real actions and then laid down again as rows.

    @remembered
    def build_cast(): ...

The first call in a process runs `build_cast` and remembers the rows it added and what it returned. A later call, as
long as nothing stands in the way, copies the rows back with the same keys and returns a copy of the objects. A scene
is built anew when the test travels to another second, or when one of its tables is not empty any more.
"""

import copy
import functools
import io
import re
from contextlib import nullcontext

import time_machine
from django.conf import settings
from django.db import connection
from django.utils import timezone

BUILDING = []  # the tables each scene under way has added rows to; a scene may begin with another one
WRITES = re.compile(r'^\s*(INSERT INTO|UPDATE|DELETE FROM) "?(\w+)"?')
KEPT = re.compile(r"EXECUTE (kept_\w+)")
WRITES_AMONG_OTHERS = re.compile(r"\b(INSERT INTO|UPDATE|DELETE FROM) (\w+)")


class Scene:
    """The rows of a scene by table, and what its builder returned."""

    def __init__(self, tables, returned):
        self.rows = {table: read_rows(table) for table in tables}
        self.returned = copy.deepcopy(returned)

    def lay_down(self):
        for inserted in BUILDING:
            inserted.update(self.rows)
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE; SET session_replication_role = replica")
            for table, (columns, text) in self.rows.items():
                cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", io.StringIO(text))
            cursor.execute(
                f"SET session_replication_role = origin; SET ROLE {settings.APPLICATION_ROLE};"
                " SET app.reader = 'service'"
            )
        return copy.deepcopy(self.returned)


def remembered(build):
    scenes = {}

    @functools.wraps(build)
    def scene(*args, **kwargs):
        second = second_travelled_to()
        key = (second, args, tuple(sorted(kwargs.items())))
        if key in scenes and are_empty(scenes[key].rows):
            return scenes[key].lay_down()
        inserted, changed = set(), set()
        before = filled_tables()
        # What is built on a journey is known from its first moment on, or the next test would arrive before it.
        standing = time_machine.travel(second, tick=False) if second else nullcontext()
        BUILDING.append(inserted)
        try:
            with connection.execute_wrapper(noting(inserted, changed)), standing:
                returned = build(*args, **kwargs)
        finally:
            BUILDING.pop()
        tables = inserted | histories_of(inserted)
        # What stood there before is not the scene's to lay down; what it changed of an empty table is nothing.
        if not (tables | changed) & before:
            scenes[key] = Scene(sorted(tables), returned)
        return returned

    scene.built_anew = build
    return scene


def second_travelled_to():
    """None while the clock is the real one."""
    return timezone.now().replace(microsecond=0) if time_machine.escape_hatch.is_travelling() else None


def noting(inserted, changed):
    def note(execute, sql, params, many, context):
        for act, table in written_by(sql if isinstance(sql, str) else ""):
            (inserted if act == "INSERT INTO" else changed).add(table)
        return execute(sql, params, many, context)

    return note


def written_by(sql):
    """[(act, table)] of a statement, also of one whose text the server keeps."""
    if name := KEPT.match(sql):
        return WRITES_AMONG_OTHERS.findall(text_of(name[1]))
    found = WRITES.match(sql)
    return [found.groups()] if found else []


@functools.cache
def text_of(name):
    with connection.connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements WHERE name = %s", [name])
        return cursor.fetchone()[0]


def histories_of(tables):
    """The tables that triggers fill: every change of a row is kept beside it."""
    known = set(connection.introspection.table_names())
    return {f"{table}event" for table in tables} & known


def filled_tables():
    names = connection.introspection.table_names()
    asked = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return {name for (name,) in cursor.fetchall()}


def are_empty(tables):
    asked = " OR ".join(f"EXISTS (SELECT FROM {name})" for name in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}")
        return not cursor.fetchone()[0]


def read_rows(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''",
            [table],
        )
        (columns,) = cursor.fetchone()
        text = io.StringIO()
        cursor.copy_expert(f"COPY {table} ({columns}) TO STDOUT", text)
    return columns, text.getvalue()
