"""Statements whose plan a connection keeps: for what hundreds of people ask a second, where planning costs the most.

None may be about a guarded table: the second wall (row_security.py) reads the text that is executed, which here is a
name alone.
"""

import re
from functools import lru_cache
from hashlib import sha256
from weakref import WeakKeyDictionary

from django.db import InterfaceError, OperationalError, connection

KEPT = WeakKeyDictionary()  # connection to the server: the names of what it keeps
PLACE = re.compile(r"%\((\w+)\)s")


def rows_of(statement, **values):
    """The rows that an SQL statement with places such as %(day)s gives for these values.

    The first statement of a request shows by itself whether the connection still stands: Django's question for that
    (CONN_HEALTH_CHECKS) is asked only after it has failed, and what was lost is opened again, once.
    """
    if connection.in_atomic_block or connection.health_check_done:
        return executed(statement, values)
    connection.health_check_done = True
    try:
        return executed(statement, values)
    except (OperationalError, InterfaceError):
        if connection.connection is None or connection.is_usable():
            raise
        connection.close()
        return executed(statement, values)


def executed(statement, values):
    numbered, names = by_number(statement)
    places = f" ({', '.join(['%s'] * len(names))})" if names else ""
    with connection.cursor() as cursor:  # first: it may be of another connection than before
        cursor.execute(f"EXECUTE {kept(connection, numbered)}{places}", [values[each] for each in names])
        return cursor.fetchall()


@lru_cache(maxsize=256)
def by_number(statement):
    """(the statement with $1, $2, … for its named places, their names in this order)"""
    names = list(dict.fromkeys(PLACE.findall(statement)))
    return PLACE.sub(lambda place: f"${names.index(place[1]) + 1}", statement), names


def kept(database, statement, prefix="kept"):
    """The name under which the server keeps a statement with places $1, $2, … and one plan for all values."""
    name = name_of(statement, prefix)
    known = KEPT.setdefault(database.connection, set())
    if name not in known:
        # Past the wrappers: the second wall itself comes here.
        with database.wrap_database_errors, database.connection.cursor() as cursor:
            cursor.execute("SET plan_cache_mode = force_generic_plan")
            cursor.execute(f"PREPARE {name} AS {statement}")
        known.add(name)
    return name


@lru_cache(maxsize=256)
def name_of(statement, prefix):
    return f"{prefix}_{sha256(statement.encode()).hexdigest()[:12]}"
