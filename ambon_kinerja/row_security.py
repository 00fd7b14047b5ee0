"""The second wall: PostgreSQL shows a request only its person's rows, whatever the query says (docs/adr/0016).

The policies of the guarded tables read session settings, `app.reader` first: "" sees no row, "person" what the other
settings name, "service" everything. The web begins each request with "" and says who reads at the first statement
about a guarded table; commands and workers are "service" from the start of their connections.
"""

import re
from contextlib import contextmanager
from functools import cache, lru_cache
from itertools import count

from django.conf import settings
from django.db import connection, connections
from django.utils.module_loading import import_string
from psycopg2.extensions import TRANSACTION_STATUS_IDLE

from .statements import kept

NOBODY, PERSON, SERVICE = "", "person", "service"


class RowSecurityMiddleware:
    """Stands early in settings.MIDDLEWARE: whoever `request.user` turns out to be reads only his own rows."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        wall = Wall(request)
        with connection.execute_wrapper(wall):
            try:
                return self.get_response(request)
            finally:
                wall.forget(connection)


class Wall:
    """Says who reads before the first statement of a request that names a guarded table, and never otherwise."""

    def __init__(self, request):
        self.request = request
        self.serving = 0
        self.known = {}  # who: the settings found for him, so that they are worked out once a request
        self.before = NOBODY  # what the connection had; anything else than "service" counts as nobody
        self.said = None  # (connection to the server, who, said outside of any transaction)

    def __call__(self, execute, sql, params, many, context):
        if isinstance(sql, str):
            if sql.startswith("ROLLBACK TO SAVEPOINT"):
                answer = execute(sql, params, many, context)
                self.said = None  # the server took the settings back with the rest
                return answer
            if is_guarded(sql):
                self.say(context["connection"])
        return execute(sql, params, many, context)

    def who(self):
        if self.serving:
            return SERVICE
        user = getattr(self.request, "user", None)
        return user.pk if user is not None and user.is_authenticated else NOBODY

    def say(self, database):
        """Tell the server who reads, unless it knows: settings made in a transaction that is over may be undone."""
        server, who = database.connection, self.who()
        is_over = server.get_transaction_status() == TRANSACTION_STATUS_IDLE
        if self.said and self.said[:2] == (server, who) and (self.said[2] or not is_over):
            return
        first = self.said is None and not self.known
        with database.cursor() as cursor:
            cursor.execute(*self.statement(who, database))
            before, *values = cursor.fetchone()
        if first and before == SERVICE:
            self.before = SERVICE
        self.known[who] = values
        self.said = (server, who, not database.in_atomic_block)

    def statement(self, who, database):
        if who in (NOBODY, SERVICE):
            return settings_statement(["'" + who + "'"], ["reader"]), []
        names, found, parameters = reader()(self.request.user)
        if who in self.known:
            return settings_statement(["%s"] * (len(names) + 1), ["reader", *names]), self.known[who]
        chosen = settings_statement([f"'{PERSON}'", *(f"found.{name}" for name in names)], ["reader", *names])
        numbers = count(1)
        numbered = re.sub("%s", lambda _: f"${next(numbers)}", f"{chosen} FROM ({found}) found")
        name = kept(database, numbered, "app_reader")
        return f"EXECUTE {name} ({', '.join(['%s'] * len(parameters))})", parameters

    def forget(self, database):
        """Back to what the connection had; a connection that cannot be told so is closed."""
        if self.said is None and not self.known:
            return
        self.said = None
        if database.connection is None:
            return
        try:
            with database.connection.cursor() as cursor:
                cursor.execute("SELECT set_config('app.reader', %s, false)", [self.before])
        except Exception:  # a broken transaction takes its settings back when it is rolled back
            if not database.in_atomic_block:
                database.close()


def settings_statement(values, names):
    """What was in app.reader, then each value as it is stored: one row."""
    stored = (f"set_config('app.{name}', {value}, false)" for name, value in zip(names, values, strict=True))
    return f"SELECT current_setting('app.reader', true), {', '.join(stored)}"


@contextmanager
def as_service():
    """What an action writes that its doer may not read, such as a draft for somebody else. In a request only.

    Every place that uses it stands in docs/adr/0016 and in the test of this module.
    """
    walls = [each for each in connection.execute_wrappers if isinstance(each, Wall)]
    for wall in walls:
        wall.serving += 1
    try:
        yield
    finally:
        for wall in walls:
            wall.serving -= 1
            wall.forget(connection)


def serve_from_the_start():
    """For workers: every connection of this process begins as "service"."""
    for options in connections.settings.values():
        said = options.setdefault("OPTIONS", {}).get("options", "")
        options["OPTIONS"]["options"] = f"{said} -c app.reader={SERVICE}".strip()


@lru_cache(maxsize=2048)
def is_guarded(sql):
    """Looked for once in each text: a page sends the same few statements each time, and some are long."""
    return guarded_tables().search(sql) is not None


@cache
def guarded_tables():
    return re.compile(rf"\b(?:{'|'.join(settings.ROW_SECURITY_TABLES)})\b")


@cache
def reader():
    return import_string(settings.ROW_SECURITY_READER)
