"""What many thousand requests of the access table need not do anew each time, and taking back what one of them wrote.

Every request goes through all middleware and its view. Remembered is what is the same each time: who has signed in,
where an address leads, the policy in the header, a person's rights, and what the database answered to the very same
words for the same reader. A request that writes is answered by the database alone from then on, and all it wrote is
taken back, so what is remembered stays true; `Short.forget` begins a new city.
"""

import gc
import logging
import re
from contextlib import contextmanager
from copy import deepcopy
from functools import cache, lru_cache
from hashlib import blake2b
from types import FunctionType
from unittest import mock

import csp.middleware
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.base import BaseHandler
from django.db import connection
from django.template.backends.django import Template
from django.test import override_settings
from django.urls import URLResolver
from django.utils import timezone

from agencies.access.scope import grants_on
from agencies.accounts.backends import NipOrEmailBackend
from ambon_kinerja import row_security
from ambon_kinerja.row_security import SERVICE, Wall

from .written_once import written_once

LOAD, GET_USER = SessionStore.load, NipOrEmailBackend.get_user
RESOLVE, RENDER, SAY = URLResolver.resolve, Template.render, Wall.say
READER_OF, POLICY, ACCOUNT_HASH = row_security.reader, csp.middleware.build_policy, "get_session_auth_hash"
HASH_OF = getattr(get_user_model(), ACCOUNT_HASH)
# What a statement begins with that leaves everything as it was; the wall keeps its question under a name.
READS = ("SELECT", "EXECUTE app_reader")
POINTS = ("SAVEPOINT", "RELEASE SAVEPOINT")
# Who has looked is noted by many pages before they ask anything else, and nothing else hangs on it.
NOTED_BESIDE = 'INSERT INTO "ambon_kinerja_viewing"'
# What is not a mere question, or is answered differently each time.
UNLIKE = re.compile(
    r"\b(set_config|nextval|pg_\w+|random|gen_random_uuid|now|clock_timestamp)\(|\bFOR (NO KEY )?(UPDATE|SHARE)\b"
    r'|"ambon_kinerja_viewing"'
)
OWN_FUNCTION = re.compile(r"\b(ambon_kinerja|agencies|feedback|appraisal)_\w+\(")


class Door(BaseHandler):
    """The way in of Django's server without the server: all middleware, the view, and what was opened is closed."""

    def answer(self, request):
        if self._middleware_chain is None:
            self.load_middleware()
        request._dont_enforce_csrf_checks = True  # the table is about persons; as the test client does
        response = self.get_response(request)
        if SHORT.draws and response.streaming:
            response.streaming_content = list(response.streaming_content)
        for close in response._resource_closers:
            close()
        return response


class Kept:
    """What the database answered, read like its cursor."""

    def __init__(self, cursor, rows, description):
        self.cursor, self.rows, self.description, self.rowcount = cursor, iter(rows), description, len(rows)

    def __iter__(self):
        return self.rows

    def fetchone(self):
        return next(self.rows, None)

    def fetchall(self):
        return list(self.rows)

    def fetchmany(self, size=1):
        return [row for _, row in zip(range(size), self.rows, strict=False)]

    def close(self):
        self.cursor.close()


class Short:
    """What is the same for many thousand requests, and what was seen of the last one."""

    def __init__(self):
        self.forget()
        self.draws = self.asked_the_second_wall = self.has_written = False
        self.keeps_answers = True

    def forget(self):
        self.sessions, self.users, self.grants, self.questions = {}, {}, {}, {}
        self.answers, self.read, self.hashes, self.policies = {}, {}, {}, {}

    def load(self, store):
        """Who has signed in is read once for all requests: it is not what the table is about."""
        if store.session_key not in self.sessions:
            self.sessions[store.session_key] = LOAD(store)
        return dict(self.sessions[store.session_key])

    def get_user(self, backend, key):
        if key not in self.users:
            self.users[key] = GET_USER(backend, key)
        return fresh(self.users[key])

    def hash_of(self, user):
        """Of his password and the secret key: a request that changes it has written."""
        if self.has_written:
            return HASH_OF(user)
        if user.password not in self.hashes:
            self.hashes[user.password] = HASH_OF(user)
        return self.hashes[user.password]

    def policy(self, **parts):
        asked = repr(parts)
        if asked not in self.policies:
            self.policies[asked] = POLICY(**parts)
        return self.policies[asked]

    def render(self, template, context=None, request=None):
        return RENDER(template, context, request) if self.draws else ""

    def grants_on(self, user, day=None, *roles):
        """A person's rights are the same for every request too, until the request itself writes something."""
        if user.pk is None or self.has_written:
            return GRANTS(user, day, *roles)
        asked = (user.pk, day or timezone.localdate(), roles)
        if asked not in self.grants:
            self.grants[asked] = GRANTS(user, day, *roles)
            len(self.grants[asked])
        known = self.grants[asked]
        again = known.all()
        again._result_cache = [twin(grant) for grant in known]
        return again

    def settings_of(self, user):
        """The question with which the second wall finds out what a person reads: asked each time, written once."""
        if user.pk not in self.questions:
            self.questions[user.pk] = READER_OF()(user)
        return self.questions[user.pk]

    def say(self, wall, database):
        """What a person reads is found out once as well, until the request itself writes something."""
        self.asked_the_second_wall = True
        who = wall.who()
        is_kept = self.keeps_answers and not self.has_written
        if is_kept and who in self.read and not wall.known:
            wall.known, wall.before = {who: self.read[who]}, SERVICE
        SAY(wall, database)
        if is_kept and self.read.get(who) is None:
            self.read[who] = wall.known.get(who)

    def ask(self, execute, sql, params, many, context):
        """A question, put to the database once for each reader and each wording."""
        wrapper, cursor = context["cursor"], context["cursor"].cursor
        if isinstance(cursor, Kept):
            cursor = wrapper.cursor = cursor.cursor
        wall = next((each for each in connection.execute_wrappers if isinstance(each, Wall)), None)
        is_kept = self.keeps_answers and not self.has_written and not many and not cursor.name
        if not is_kept or wall is None or not is_a_question(sql):
            return execute(sql, params, many, context)
        said = cursor.mogrify(sql, params)
        asked = (blake2b(said, digest_size=16).digest(), wall.who() if concerns_the_reader(sql) else None)
        if asked in self.answers:
            self.asked_the_second_wall = self.asked_the_second_wall or row_security.is_guarded(sql)
        else:
            execute(sql, params, many, context)
            rows = cursor.fetchall()
            may_be_changed = any(isinstance(value, list | dict) for row in rows for value in row)
            self.answers[asked] = (rows, may_be_changed, cursor.description)
        rows, may_be_changed, description = self.answers[asked]
        wrapper.cursor = Kept(cursor, deepcopy(rows) if may_be_changed else rows, description)
        return None


SHORT = Short()


@lru_cache(maxsize=4096)
def is_a_question(sql):
    return isinstance(sql, str) and sql.startswith("SELECT") and UNLIKE.search(sql) is None


@lru_cache(maxsize=4096)
def concerns_the_reader(sql):
    """Whom the wall lets read a guarded table, or what a function of the database reads for us."""
    return row_security.is_guarded(sql) or OWN_FUNCTION.search(sql) is not None


def twin(record):
    """The same row as another object."""
    again = object.__new__(type(record))
    again.__dict__.update(record.__dict__)
    again._state = object.__new__(type(record._state))
    again._state.__dict__.update(record._state.__dict__)
    again._state.fields_cache = dict(record._state.fields_cache)
    return again


def fresh(user):
    """The account as it is read from the database: what a request kept on it or its employee is gone."""
    if user is None:
        return None
    again = twin(user)
    if getattr(user, "employee", None):
        employee = twin(user.employee)
        again._state.fields_cache["employee"] = employee
        employee.user = again
    return again


def remembered_grants(user, day=None, *roles):
    from appraisal.tests.shortened import SHORT

    return SHORT.grants_on(user, day, *roles)


# The function is imported by name in many places, and a guard is taken away by its code: so is this put in its place.
GRANTS = FunctionType(
    grants_on.__code__, grants_on.__globals__, "grants_on", grants_on.__defaults__, grants_on.__closure__
)


@contextmanager
def shortened():
    gc.freeze()  # a scene and a thousand addresses are looked through for rubbish again and again otherwise
    SHORT.forget()
    with (
        mock.patch.object(SessionStore, "load", lambda store: SHORT.load(store)),
        mock.patch.object(NipOrEmailBackend, "get_user", lambda *words: SHORT.get_user(*words)),
        mock.patch.object(get_user_model(), ACCOUNT_HASH, lambda user: SHORT.hash_of(user)),
        mock.patch.object(csp.middleware, "build_policy", lambda **parts: SHORT.policy(**parts)),
        mock.patch.object(csp.middleware, "asdict", vars),
        mock.patch.object(Template, "render", lambda *words, **more: SHORT.render(*words, **more)),
        mock.patch.object(Wall, "say", lambda *words: SHORT.say(*words)),
        mock.patch.object(row_security, "reader", return_value=SHORT.settings_of),
        # An address leads to the same page for everybody; finding it among all patterns is a tenth of a refusal.
        mock.patch.object(URLResolver, "resolve", found_once),
        # Nobody reads twenty thousand lines that say "Not Found".
        mock.patch.object(logging.getLogger("django.request"), "disabled", True),
        override_settings(DEBUG_PROPAGATE_EXCEPTIONS=True),
        written_once(),
    ):
        grants_on.__code__ = remembered_grants.__code__
        try:
            yield
        finally:
            grants_on.__code__ = GRANTS.__code__
            SHORT.forget()


@cache
def found_once(resolver, path):
    return RESOLVE(resolver, path)


@contextmanager
def taken_back():
    """What a request writes is undone. A savepoint costs three errands, so only a request that writes gets one."""
    points, after_commit = [], len(connection.run_on_commit)

    def before_writing(execute, sql, params, many, context):
        said = str(sql)
        if not said.startswith(READS):
            if not said.startswith((*POINTS, NOTED_BESIDE)):
                SHORT.has_written = True
            if not points:
                points.append(None)  # the savepoint is no reason for another
                points[0] = connection.savepoint()
        return SHORT.ask(execute, sql, params, many, context)

    SHORT.has_written = False
    with connection.execute_wrapper(before_writing):
        yield
    SHORT.has_written = False
    if points:
        connection.needs_rollback = False
        connection.savepoint_rollback(points[0])
        connection.savepoint_commit(points[0])
        del connection.run_on_commit[after_commit:]
        with connection.cursor() as cursor:  # it was somebody's when the savepoint was made
            cursor.execute(f"SELECT set_config('app.reader', '{SERVICE}', false)")
