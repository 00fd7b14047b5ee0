"""The tests run as the application's database role: what it may not do in production, it may not do here."""

import gc
from contextlib import ExitStack
from unittest import mock

import hypothesis
import pytest
from django.conf import settings
from django.db.backends.signals import connection_created
from django.test import override_settings

# bin/test appraisal/tests/test_who_is_who.py --hypothesis-profile long: an hour instead of half a minute.
# A busy machine draws slowly, which says nothing of what is drawn.
UNHURRIED = [hypothesis.HealthCheck.too_slow]
hypothesis.settings.register_profile("long", max_examples=10_000, suppress_health_check=UNHURRIED)
hypothesis.settings.register_profile("usual", suppress_health_check=UNHURRIED)
hypothesis.settings.load_profile("usual")


def pytest_addoption(parser):
    parser.addoption("--measure", action="store_true", help="also run what measures with a large city")


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Finding the tests makes millions of objects that stay: looking through them for rubbish is an eighth of it.

    Afterwards rubbish is looked for after fifty thousand new objects: a request makes thousands and few are rubbish.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(50_000, 20, 100)
        gc.enable()


def pytest_ignore_collect(collection_path, config):
    """Whoever asks for one mark need not wait until every file is read: bin/test -m access."""
    mark = config.option.markexpr
    if not mark.isidentifier() or not collection_path.match("test_*.py"):
        return None
    return True if f"mark.{mark}" not in collection_path.read_text() else None


def pytest_collection_modifyitems(config, items):
    """Measurements take minutes and a quiet machine: bin/test --measure -m measure -n 0 -s runs them."""
    if config.getoption("--measure"):
        return
    for item in items:
        if item.get_closest_marker("measure"):
            item.add_marker(pytest.mark.skip(reason="measured with --measure"))


@pytest.fixture(scope="session", autouse=True)
def place_of_their_own(tmp_path_factory):
    """Files of a test run live and die with it; hashing passwords costs nothing here."""
    data = tmp_path_factory.mktemp("data")
    (data / "static").mkdir()
    with override_settings(
        DATA_DIR=data,
        MEDIA_ROOT=data / "media",
        STATIC_ROOT=data / "static",
        STORAGES=settings.STORAGES
        | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
        # Two workers at once must not count for each other; the tests of the shared store ask the real one.
        CACHES=settings.CACHES | {"shared": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        # client.force_login signs in past the door: no device, no second factor. The tests of the door switch both on.
        SESSION_NEEDS_DEVICE=False,
        SECOND_FACTOR_REQUIRED=False,
    ):
        yield


def become_application(sender, connection, **kwargs):
    if connection.alias == "default" and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {settings.APPLICATION_ROLE}")
            cursor.execute("SET app.reader = 'service'")  # as a command; a request says who reads, as always


def as_owner(connection):
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def forget_content_types(*args, **kwargs):
    """Their rows are gone; each is made again when it is asked for."""
    from django.contrib.contenttypes.models import ContentType

    ContentType.objects.clear_cache()


@pytest.fixture(scope="session")
def migrated_before():
    """Creates the test database from a dump of the last one; without it, migrating takes half of a short run."""
    from django.db import connection

    from ambon_kinerja.tests.migrated import loaded_from_dump

    with ExitStack() as stack:
        stack.enter_context(loaded_from_dump(connection))
        yield stack


@pytest.fixture(scope="session")
def django_db_setup(migrated_before, django_db_setup, django_db_blocker):
    """The tables are made by their owner; from here on every connection has the application's rights only."""
    from django.db import connection

    from ambon_kinerja.audit.database_rights import grant_rights
    from ambon_kinerja.tests.migrated import one_process_at_a_time

    with django_db_blocker.unblock():
        migrated_before.close()
        # A role belongs to the whole server, and a lock of the database would hold in one database alone.
        with one_process_at_a_time(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [settings.APPLICATION_ROLE])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE ROLE {settings.APPLICATION_ROLE}")
            grant_rights(connection, role=settings.APPLICATION_ROLE)
        connection.close()
        connection_created.connect(become_application)
        original_flush = type(connection.ops).execute_sql_flush

        def flush_as_owner(operations, statements):
            as_owner(operations.connection)
            try:
                original_flush(operations, statements)
            finally:
                become_application(None, operations.connection)

        type(connection.ops).execute_sql_flush = flush_as_owner
        # A flush would give every model its permissions again, which nothing here asks for: a third of a second each.
        with mock.patch(
            "django.core.management.commands.flush.emit_post_migrate_signal", forget_content_types
        ):
            yield
        type(connection.ops).execute_sql_flush = original_flush
        connection_created.disconnect(become_application)
