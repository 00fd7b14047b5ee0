"""A test database that was migrated before: dumped once per set of migrations, then loaded in a second or two.

The dump lies in .data/cache, named after PostgreSQL's version and the text of every migration, so an edited migration
makes a new one. `migrate` still runs on what was loaded and finds nothing left to do.
"""

import fcntl
import hashlib
import os
import subprocess
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from ambon_kinerja.migrations import _at_once

KEPT = 3
CACHE = Path(settings.BASE_DIR) / ".data" / "cache"


@contextmanager
def one_process_at_a_time():
    """The processes of a test run stand in line here; gives the lock, for whoever lets the next one in before."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock


@contextmanager
def loaded_from_dump(connection):
    """While this holds, a test database that is created begins as the last one with the same migrations ended.

    The first of several processes makes the dump, the others wait for it. Without PostgreSQL's programs beside us
    everything is migrated as ever.
    """
    programs = os.environ.get("PG_BIN", "")
    if not all(os.access(os.path.join(programs, name), os.X_OK) for name in ("pg_dump", "psql")):
        yield
        return
    dump = CACHE / f"migrated-{fingerprint(programs)}.sql"
    create = connection.creation._create_test_db

    def create_and_load(*args, **kwargs):
        name = create(*args, **kwargs)
        if dump.exists():
            run("psql", connection, name, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", str(dump))
        return name

    with one_process_at_a_time() as lock:
        if dump.exists():
            fcntl.flock(lock, fcntl.LOCK_UN)
        with mock.patch.object(connection.creation, "_create_test_db", create_and_load):
            yield
        if not dump.exists():
            part = dump.with_suffix(f".{os.getpid()}")
            run("pg_dump", connection, connection.settings_dict["NAME"], "--no-owner", "-f", str(part))
            part.replace(dump)
            forget_old()


def fingerprint(programs):
    """Of PostgreSQL's version, the text of all migrations, ours and those of libraries, and how ours are run."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    version = [os.path.join(programs, "pg_dump"), "--version"]
    found = hashlib.sha256(subprocess.run(version, check=True, capture_output=True).stdout)
    found.update(Path(_at_once.__file__).read_bytes())
    for key in sorted(loader.disk_migrations):
        module = __import__(loader.disk_migrations[key].__module__, fromlist=["_"])
        found.update(repr(key).encode() + Path(module.__file__).read_bytes())
    return found.hexdigest()[:16]


def run(program, connection, database, *words):
    known = connection.get_connection_params()
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
    target = {names[key]: str(value) for key, value in known.items() if key in names and value}
    subprocess.run(
        [os.path.join(os.environ["PG_BIN"], program), *words],
        env=os.environ | target | {"PGDATABASE": database},
        check=True,
        stdout=subprocess.DEVNULL,
    )


def forget_old():
    for old in sorted(CACHE.glob("migrated-*.sql"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
        old.unlink(missing_ok=True)
