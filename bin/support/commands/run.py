"""bin/run: sets everything up and serves the demo city."""

import argparse
import json
import os
import shutil
import socket
import sys
import time
import urllib.error
import urllib.request

import environment
import libraries
import places
import programs
import say
import servers
import supervisor as supervision

HEALTH = "/sehat/"
REPORT_SECONDS = 60
SEED_SECONDS = 300
DJANGO_COMMANDS = places.ROOT / "bin" / "support" / "django_commands.py"


def main(words):
    wanted = _parse(words)
    with supervision.only_one() as lock:
        if wanted.reset:
            _reset(sure=wanted.yes)
        port = _free_port(wanted)
        logs = places.owned_folder(places.LOGS)
        with supervision.Supervisor(logs=logs, lock=lock) as supervisor:
            return _run(supervisor, wanted, port)


def _parse(words):
    parser = argparse.ArgumentParser(
        prog="bin/run", description="Sets everything up and serves the demo city."
    )
    parser.add_argument(
        "--once", action="store_true", help="wait until the worker has rendered one report, then stop"
    )
    parser.add_argument("--reset", action="store_true", help="delete this checkout's demo data first")
    parser.add_argument("--yes", action="store_true", help="do not ask before --reset")
    parser.add_argument("--port", type=int, help="default 8000")
    parser.add_argument(
        "--host", default="127.0.0.1", help="default 127.0.0.1; 0.0.0.0 opens it to your network"
    )
    return parser.parse_args(words)


def _run(supervisor, wanted, port):
    began = time.monotonic()
    with say.step("Python packages"):
        environment.ensure("run", "embedded")
    with say.step("Libraries for PDF"):
        library_variables = libraries.ensure()
    with say.step("PostgreSQL and Valkey"):
        server_variables = servers.start_lasting(supervisor)
    variables = library_variables | server_variables | servers.demo_variables(host=wanted.host, port=port)
    # What the programs below put aside goes with them, even when they are killed.
    env = programs.clean_environment(**variables, TMPDIR=supervisor.folder(places.socket_folder()))
    demo = env.get("DEMO") == "1"
    _prepare(env)
    seeding = _start_seeding(supervisor, env) if demo else None
    with say.step("Web server and worker"):
        _start_worker(supervisor, env)
        _start_web(supervisor, env, wanted.host, port)
    accounts = _finish_seeding(supervisor, seeding) if demo else ""
    address = f"http://{'127.0.0.1' if wanted.host == '0.0.0.0' else wanted.host}:{port}"  # noqa: S104
    supervision.write_state({"pid": os.getpid(), "address": address, "variables": variables})
    if wanted.once:
        return _once(env, demo, began)
    if demo:
        say.line()
        say.line(accounts)
    if wanted.host not in ("127.0.0.1", "localhost"):
        say.warn("Everyone who reaches this machine can open the demo and sign in with these accounts.")
    say.line(
        f"\nReady after {time.monotonic() - began:.0f} s: {address}  (Ctrl-C stops it; logs in .data/log)"
    )
    try:
        supervisor.serve()
    except say.Stopped:
        say.line("\nStopping.")
    return 0


def _reset(*, sure):
    if not servers.is_embedded():
        raise say.Trouble("--reset only deletes the embedded demo data.", mend="unset DATABASE_URL")
    if not sure:
        if not programs.has_terminal():
            raise say.Trouble(
                "--reset asks before it deletes, and nobody is here.", mend="bin/run --reset --yes"
            )
        sys.stderr.write(f"This deletes the demo's database and files in {places.DATA}. Type yes: ")
        sys.stderr.flush()
        if input().strip().lower() != "yes":
            raise say.Trouble("Nothing was deleted.")
    for entry in places.DATA.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        elif not entry.name.startswith("lock-") and entry != supervision.STATE:
            entry.unlink()


def _free_port(wanted):
    port = 8000 if wanted.port is None else wanted.port
    if _is_free(wanted.host, port):
        return port
    if wanted.once and wanted.port is None:
        return any_free_port()
    raise say.Trouble(f"Port {port} is taken by another program.", mend=f"bin/run --port {port + 1}")


def any_free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _is_free(host, port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _prepare(env):
    words = programs.python(DJANGO_COMMANDS, "prepare_database", "collectstatic --noinput")
    lines = programs.run(words, env=env, what="The database or the static files could not be prepared.")
    tables, static = _results(lines)
    say.done("Tables and reference data", tables["seconds"])
    say.done("Static files", static["seconds"])


def _start_seeding(supervisor, env):
    """Beside the start of the servers: it is most of the work, and they need none of it."""
    words = programs.python(DJANGO_COMMANDS, "seed_demo", "demo_accounts")
    return supervisor.start("seed_demo", words, env=env, ends=True)


def _finish_seeding(supervisor, child):
    """The table of accounts, once the demo city stands."""
    city, accounts = _results(supervisor.wait_for_end(child, seconds=SEED_SECONDS))
    say.done("Demo city", city["seconds"])
    return accounts["output"].strip("\n")


def _results(output):
    return [json.loads(line) for line in output.splitlines() if line.startswith('{"seconds"')]


def _start_worker(supervisor, env):
    words = [
        "-m",
        "celery",
        "-A",
        "ambon_kinerja",
        "worker",
        "-B",
        "--schedule",
        places.DATA / "celerybeat-schedule",
    ]
    words += ["--concurrency", "2", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
    supervisor.start("worker", programs.python(*words), env=env)


def _start_web(supervisor, env, host, port):
    words = [
        "-m",
        "gunicorn",
        "ambon_kinerja.wsgi:application",
        "--no-control-socket",
        "--bind",
        f"{host}:{port}",
    ]
    words += [
        "--workers",
        os.environ.get("WEB_WORKERS", "2"),
        "--threads",
        "4",
        "--preload",
        "--graceful-timeout",
        "5",
    ]
    if os.access("/dev/shm", os.W_OK):
        words += ["--worker-tmp-dir", "/dev/shm"]
    web = supervisor.start("web", programs.python(*words), env=env)
    here = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104
    supervisor.wait_until(
        lambda: _healthy(f"http://{here}:{port}{HEALTH}"), web, seconds=60, what="The web server"
    )


def _healthy(url):
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=3) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def _once(env, demo, began):
    if demo:
        with say.step("One report by the worker"):
            words = ("demo_report", "--wait", str(REPORT_SECONDS))
            what = "The worker did not render the report; see .data/log/worker.log."
            report = programs.run(programs.python("manage.py", *words), env=env, what=what)
        say.line(report.rstrip())
    say.line(f"All of it works; done after {time.monotonic() - began:.0f} s.")
    return 0
