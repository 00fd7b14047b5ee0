"""A PostgreSQL of our own on a Unix socket, for the first run and for tests. Never for production."""

import os
import re
import shutil
import signal
import time
from pathlib import Path
from urllib.parse import quote

import places
import programs
import say
import stopping

SUPERUSER = "app"
NOBODY = 65534
START_SECONDS = 60
DURABLE = {"shared_buffers": "64MB", "max_connections": "60"}
THROW_AWAY = {
    "shared_buffers": "128MB",
    "max_connections": "200",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
}
# The owner has the tables; the application's role gets its few rights from `prepare_database`.
ROLES_AND_DATABASE = """
SELECT format('CREATE ROLE %I LOGIN', name) FROM unnest(ARRAY['ambon_owner', 'ambon_app']) AS name
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \\gexec
SELECT 'CREATE DATABASE ambon OWNER ambon_owner'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'ambon') \\gexec
REVOKE ALL ON DATABASE ambon FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE ambon TO ambon_app;
"""


class Postgres:
    """One cluster: `data` is its folder, `sockets` the folder of its socket."""

    def __init__(self, supervisor, *, sockets, settings, name="postgres"):
        self.supervisor = supervisor
        self.sockets = sockets
        self.settings = settings
        self.name = name
        self.bin = find_binaries()
        self.user, self.prefix = _identity()

    def start(self, data):
        if self.user is not None:
            os.chown(self.sockets, self.user, self.user)
        if not (data / "PG_VERSION").exists():
            self._make_cluster(data)
        self._hand_over(data)
        _forget_dead_server(data)
        options = [word for item in self.settings.items() for word in ("-c", "=".join(item))]
        child = self.supervisor.start(
            self.name,
            [
                *self.prefix,
                self.bin / "postgres",
                "-D",
                data,
                "-k",
                self.sockets,
                "-c",
                "listen_addresses=",
                *options,
            ],
            env=_environment(),
            stop_signal=signal.SIGINT,
            hold=True,
            user=self.user,
        )
        self.supervisor.wait_until(self._answers, child, seconds=START_SECONDS, what="PostgreSQL")
        return self

    def _make_cluster(self, data):
        """Beside its place first, so that a run killed in the middle leaves no half cluster."""
        part = data.with_name(data.name + ".part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True, mode=0o700)
        self._hand_over(part)
        words = [
            *self.prefix,
            self.bin / "initdb",
            "-D",
            part,
            "-U",
            SUPERUSER,
            "-A",
            "trust",
            "--encoding=UTF8",
        ]
        words += ["--locale=C.UTF-8" if places.IS_LINUX else "--locale=C", "--no-sync", "--no-instructions"]
        what = "The database's folder could not be made."
        programs.run(words, env=_environment(), cwd="/", what=what, user=self.user)
        part.rename(data)

    def _hand_over(self, folder):
        """PostgreSQL wants to own its folder: give it to the identity that it runs under today."""
        if not places.IS_ROOT:
            return
        owner = self.user or 0
        if folder.stat().st_uid != owner:
            for path in [folder, *folder.rglob("*")]:
                os.chown(path, owner, owner, follow_symlinks=False)
        if self.user is not None:
            _refuse_closed_parents(folder, self.bin / "postgres")

    def _answers(self):
        return programs.succeeds(self._psql("-c", "SELECT 1"), env=_environment())

    def _psql(self, *words):
        where = ["-h", self.sockets, "-U", SUPERUSER, "-d", "postgres"]
        return [self.bin / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", *where, *words]

    def make_roles_and_database(self):
        programs.run(
            self._psql("-f", "-"),
            env=_environment(),
            text=ROLES_AND_DATABASE,
            what="The database and its roles could not be made.",
        )

    def url(self, role, database="ambon"):
        return f"postgres://{role}@/{database}?host={quote(str(self.sockets), safe='')}"


def find_binaries():
    """The folder of PostgreSQL's programs: PG_BIN, else the wheel's, else the system's newest."""
    chosen = os.environ.get("PG_BIN")
    for folder in [Path(chosen)] if chosen else [*_in_wheels(), *_on_the_system()]:
        if all((folder / program).exists() for program in ("postgres", "initdb", "psql")):
            return folder
    raise say.Trouble(
        f"PostgreSQL's programs are not in PG_BIN ({chosen})."
        if chosen
        else "PostgreSQL's programs are missing.",
        mend="unset PG_BIN" if chosen else "sudo apt-get install postgresql, or set DATABASE_URL",
    )


def _in_wheels():
    # Looked up, never imported: importing the package makes folders and warns.
    pattern = "lib/python3*/site-packages/*_postgres/pginstall/bin"
    return sorted(places.VENV.glob(pattern), key=lambda path: "embedded" not in str(path))


def _on_the_system():
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True
    )
    on_path = shutil.which("postgres")
    return [*versions, *([Path(on_path).resolve().parent] if on_path else [])]


def major_version():
    words = programs.run([find_binaries() / "postgres", "--version"], what="PostgreSQL does not start.")
    return re.search(r"\d+", words).group()


def _identity():
    """Who PostgreSQL runs as: (None, []) as ourselves; as root it refuses, so another identity is needed."""
    if not places.IS_ROOT:
        return None, []
    # An ordinary number inside a user namespace is still root's own outside: closed folders stay usable.
    unshare = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"]
    if programs.succeeds([*unshare, "true"]):
        return None, unshare
    return NOBODY, []


def _refuse_closed_parents(*paths):
    for path in paths:
        for parent in path.resolve().parents:
            if not parent.stat().st_mode & 0o001:
                raise say.Trouble(
                    f"PostgreSQL runs as 'nobody' here and cannot pass {parent}.",
                    mend=f'chmod o+x "{parent}"',
                )


def _environment():
    kept = {name: value for name, value in programs.clean_environment().items() if not name.startswith("PG")}
    kept.pop("LD_LIBRARY_PATH", None)
    return kept | {"LC_ALL": "C.UTF-8" if places.IS_LINUX else "C"}


def _forget_dead_server(data):
    """Ends a server that a killed run left on this data, and waits for one that is just ending.

    For about two seconds after a kill the old process is a zombie; PostgreSQL would take it for alive.
    """
    note = data / "postmaster.pid"
    until = time.monotonic() + stopping.PATIENCE
    while note.exists() and time.monotonic() < until:
        pid = int(note.read_text().split("\n")[0])
        if not _serves(pid, data):
            note.unlink(missing_ok=True)
        else:
            os.kill(pid, signal.SIGINT)
            time.sleep(0.2)


def _serves(pid, data):
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return not places.IS_LINUX and programs.succeeds(["kill", "-0", str(pid)])
    return os.fsencode(data) in words
