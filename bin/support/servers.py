"""The servers a run stands on: those that the environment names, else embedded ones."""

import os
import secrets

import broker
import places
import postgres

SECRET_KEY = places.DATA / "secret-key"
THROW_AWAY_BYTES = 1_500_000_000


def is_embedded():
    return not os.environ.get("DATABASE_URL")


def start_lasting(supervisor):
    """The variables that name the servers of the demo; their data stays below .data."""
    variables = {}
    sockets = None
    if is_embedded():
        sockets = supervisor.folder(places.socket_folder())
        server = postgres.Postgres(supervisor, sockets=sockets, settings=postgres.DURABLE)
        server.start(places.DATA / f"pg-{postgres.major_version()}")
        server.make_roles_and_database()
        variables["DATABASE_URL"] = server.url("ambon_app")
        variables["DATABASE_OWNER_URL"] = server.url("ambon_owner")
    if not os.environ.get("BROKER_URL"):
        variables["BROKER_URL"] = broker.start(supervisor, supervisor.folder(places.socket_folder()))
    return variables


def start_throw_away(supervisor):
    """The variables that name servers which forget everything, and tell tests where their programs are."""
    variables = {"VALKEY_SERVER_BIN": broker.find_binary(), "PG_BIN": postgres.find_binaries()}
    if is_embedded():
        folder = supervisor.folder(places.fast_folder(THROW_AWAY_BYTES))
        sockets = supervisor.folder(places.socket_folder())
        server = postgres.Postgres(supervisor, sockets=sockets, settings=postgres.THROW_AWAY)
        server.start(folder / "data")
        variables["DATABASE_URL"] = server.url(postgres.SUPERUSER)
    if not os.environ.get("BROKER_URL"):
        variables["BROKER_URL"] = broker.start(supervisor, supervisor.folder(places.socket_folder()))
    return variables


def demo_variables(*, host, port):
    """Settings of the demo; whatever is set in the environment wins.

    With servers of your own nothing is assumed: that is production, and Django says what is missing.
    """
    wanted = {}
    if is_embedded():
        shown = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104
        wanted = {
            "DATA_DIR": str(places.DATA),
            "SECRET_KEY": os.environ.get("SECRET_KEY") or secret_key(),
            "DEMO": "1",
            "DEBUG": "0",
            "EMAIL_URL": "consolemail://",
            # The links of the demo city are invented: a visit would call every one of them broken.
            "CHECK_EVIDENCE_LINKS": "off",
            "SITE_URL": f"http://{shown}:{port}",
            "ALLOWED_HOSTS": "127.0.0.1,localhost" if host == "127.0.0.1" else "*",
        }
    return {name: os.environ.get(name) or value for name, value in wanted.items()}


def secret_key():
    """Made once and kept where only we can read it, so that a second start keeps everyone signed in."""
    if not SECRET_KEY.exists():
        part = SECRET_KEY.with_suffix(".part")
        part.touch(mode=0o600)
        part.write_text(secrets.token_urlsafe(50))
        os.replace(part, SECRET_KEY)
    return SECRET_KEY.read_text()
