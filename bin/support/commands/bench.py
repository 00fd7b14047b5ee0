"""bin/bench: requests per second and p95 of every page, beside a bare Django view in the same run."""

import argparse
import json
import os
import socket

import broker
import environment
import libraries
import load
import places
import postgres
import programs
import say
import servers
from commands import run
from supervisor import Supervisor

SUPPORT = places.ROOT / "bin" / "support"


def main(words):
    wanted = _parse(words)
    with Supervisor(logs=places.owned_folder(places.LOGS / f"bench-{os.getpid()}")) as supervisor:
        supervisor.folder(supervisor.logs)
        environment.ensure("run", "embedded")
        env = _city(supervisor, wanted.employees)
        bare_port, port = run.any_free_port(), run.any_free_port()
        _gunicorn(supervisor, "bare", "bench_bare:application", bare_port, env, "--chdir", SUPPORT)
        _gunicorn(supervisor, "web", "ambon_kinerja.wsgi:application", port, env)
        pages = json.loads(
            programs.run(
                programs.python(SUPPORT / "bench_pages.py"), env=env, what="The pages could not be found."
            ).splitlines()[-1]
        )
        _table(pages, wanted, port=port, bare_port=bare_port)
    return 0


def _parse(words):
    parser = argparse.ArgumentParser(prog="bin/bench", description="Measures every page of a large city.")
    parser.add_argument("--employees", type=int, default=5000, help="default 5000")
    parser.add_argument("--seconds", type=float, default=2, help="for each page, default 2")
    parser.add_argument("--connections", type=int, default=4, help="at once, default 4")
    parser.add_argument("--only", default="", help="only pages whose URL name contains this")
    return parser.parse_args(words)


def _city(supervisor, employees):
    """The environment of a large city in a database that is thrown away; durable like a real one."""
    folder = supervisor.folder(places.fast_folder(3 * servers.THROW_AWAY_BYTES))
    with say.step("PostgreSQL and Valkey"):
        sockets = supervisor.folder(places.socket_folder())
        database = postgres.Postgres(supervisor, sockets=sockets, settings=postgres.DURABLE)
        database.start(folder / "data")
        database.make_roles_and_database()
        address = broker.start(supervisor, supervisor.folder(places.socket_folder()))
    variables = libraries.ensure() | {
        "SECRET_KEY": "only-for-measuring",
        "DEMO": "1",
        "DEBUG": "0",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "http://127.0.0.1",
        "EMAIL_URL": "dummymail://",
        "DATA_DIR": folder,
        "DATABASE_URL": database.url("ambon_app"),
        "DATABASE_OWNER_URL": database.url("ambon_owner"),
        "BROKER_URL": address,
    }
    env = programs.clean_environment(**variables)
    with say.step(f"A city of {employees} employees"):
        lines = [
            "prepare_database",
            "collectstatic --noinput",
            "seed_demo",
            f"seed_city --employees {employees}",
        ]
        programs.run(
            programs.python(run.DJANGO_COMMANDS, *lines), env=env, what="The city could not be built."
        )
    return env


def _gunicorn(supervisor, name, application, port, env, *more):
    words = ["-m", "gunicorn", application, "--no-control-socket", "--bind", f"127.0.0.1:{port}", "--preload"]
    words += ["--workers", os.environ.get("WEB_WORKERS", "2"), "--threads", "4", *more]
    child = supervisor.start(name, programs.python(*words), env=env)
    supervisor.wait_until(lambda: _listens(port), child, seconds=60, what="The web server")


def _listens(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _table(pages, wanted, *, port, bare_port):
    heads = f"{'req/s':>7}{'of bare':>9}{'p50 ms':>8}{'p95 ms':>8}{'queries':>9}{'kB':>6}{'errors':>8}"
    say.line(f"\n{'page':<44}{heads}")
    bare = _measure(bare_port, "/", "", wanted)
    _row("a bare Django view with 25 rows", bare, bare, queries=1, size=0)
    for page in pages:
        if wanted.only in page["name"]:
            found = _measure(port, page["path"], page["cookie"].strip().split(";")[0], wanted)
            _row(page["name"], found, bare, queries=page["queries"], size=page["size"])


def _measure(port, path, cookie, wanted):
    return load.measure(port, path, cookie=cookie, seconds=wanted.seconds, connections=wanted.connections)


def _row(name, found, bare, *, queries, size):
    share = found["rps"] / bare["rps"] if bare["rps"] else 0
    say.line(
        f"{name:<44}{found['rps']:>7.0f}{share:>9.0%}{found['p50']:>8.1f}{found['p95']:>8.1f}"
        f"{queries:>9}{size / 1000:>6.0f}{found['errors']:>8}"
    )
