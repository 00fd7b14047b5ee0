"""Holds the programs of one run together: starts them, watches them, and leaves nothing behind."""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import time

import places
import programs
import say
import stopping

LOCK = places.DATA / "lock-run"
STATE = places.DATA / "run.json"
CLEANING_SECONDS = 15


class Supervisor:
    """Use it in a `with` block: all that was started in it is stopped at its end, however it ends."""

    def __init__(self, *, logs, lock=None):
        self.logs = logs
        self.lock = lock
        self.entries = []
        self.children = {}
        self.names = {}
        self.ending = set()
        self.stopping = False

    def __enter__(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:  # nohup
                signal.signal(number, self._asked_to_stop)
        self.watcher = subprocess.Popen(
            [sys.executable, "-B", stopping.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            text=True,
            start_new_session=True,
            pass_fds=[self.lock.fileno()] if self.lock else [],
        )
        return self

    def _asked_to_stop(self, number, _frame):
        if self.stopping:
            self._kill_all()
        else:
            self.stopping = True
            raise say.Stopped(number)

    def __exit__(self, *_problem):
        self.stopping = True
        stopping.stop(self.entries, patience=stopping.PATIENCE, reap=self._lives)
        self._tell_watcher("done")
        self.watcher.stdin.close()
        self.watcher.wait()

    def _kill_all(self):
        """A second Ctrl-C: no more patience, except with the database."""
        for entry in self.entries:
            if "pid" in entry and not entry["hold"]:
                stopping.signal_group(entry["pid"], signal.SIGKILL)

    def folder(self, path):
        """Removes this folder at the end."""
        self._remember({"folder": str(path)})
        return path

    def start(self, name, words, *, env=None, stop_signal=signal.SIGTERM, hold=False, ends=False, user=None):
        """Starts a program in a session of its own; its output goes to a log.

        `hold`: others stand on it, never hurry it. `ends`: it does one thing and ends by itself, with 0.
        """
        log = self.logs / f"{name}.log"
        with log.open("w") as output:
            child = subprocess.Popen(
                [str(word) for word in words],
                env=env or programs.clean_environment(),
                cwd="/" if user is not None else places.ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=programs.die_with_parent(stop_signal),
                **programs.identity(user),
            )
        self.children[child.pid] = child
        self.names[child.pid] = name
        if ends:
            self.ending.add(child.pid)
        self._remember({"pid": child.pid, "signal": int(stop_signal), "hold": hold})
        return child

    def wait_for_end(self, child, *, seconds):
        """Until a program that `ends` has ended well; returns its output."""
        self.wait_until(lambda: child.poll() == 0, child, seconds=seconds, what=self.names[child.pid])
        self._remember({"gone": child.pid})
        return self.output_of(child)

    def wait_until(self, ready, child, *, seconds, what):
        """Until `ready()`; raises Trouble with the program's last words when it ends or takes too long."""
        until = time.monotonic() + seconds
        while not ready():
            self.check()
            if time.monotonic() > until:
                raise say.Trouble(f"{what} did not answer in {seconds} s.", log=self.log_of(child))
            time.sleep(0.05)

    def check(self):
        """Raises Trouble when a program has ended by itself."""
        for child in self.children.values():
            if child.poll() and child.pid in self.ending:
                raise say.Trouble(f"{self.names[child.pid]} failed.", log=self.log_of(child))
            if child.poll() is not None and child.pid not in self.ending:
                name = self.names[child.pid]
                raise say.Trouble(f"{name} has ended by itself ({child.returncode}).", log=self.log_of(child))

    def serve(self):
        """Until somebody stops us or a program ends by itself."""
        while True:
            self.check()
            time.sleep(0.3)

    def output_of(self, child):
        return (self.logs / f"{self.names[child.pid]}.log").read_text(errors="replace")

    def log_of(self, child):
        return programs.last_words(self.output_of(child))

    def _remember(self, entry):
        self.entries.append(entry)
        self._tell_watcher(entry)

    def _tell_watcher(self, entry):
        with contextlib.suppress(OSError):  # the watcher was killed; we still stop everything ourselves
            print(json.dumps(entry), file=self.watcher.stdin, flush=True)

    def _lives(self, pid):
        return self.children[pid].poll() is None


@contextlib.contextmanager
def only_one():
    """Holds the lock of this checkout's data; says clearly who holds it when it is taken.

    The watcher inherits it, so that a new run waits while a killed one is being cleaned up.
    """
    places.owned_folder(places.DATA)
    with LOCK.open("a+") as lock:
        until = time.monotonic() + CLEANING_SECONDS
        while not _locked(lock):
            if _holder_lives() or time.monotonic() > until:
                raise say.Trouble(
                    f"Another run of this checkout is working ({holder()}).", mend="stop it with Ctrl-C there"
                )
            time.sleep(0.1)
        STATE.unlink(missing_ok=True)
        write_state({"pid": os.getpid()})
        try:
            yield lock
        finally:
            STATE.unlink(missing_ok=True)


def _locked(lock):
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def write_state(state):
    """What bin/manage needs to join a run. Only we may read it."""
    part = STATE.with_suffix(".part")
    part.touch(mode=0o600)
    part.write_text(json.dumps(state))
    os.replace(part, STATE)


def read_state():
    """The state of the run that holds this checkout, or {}."""
    try:
        state = json.loads(STATE.read_text())
    except (OSError, ValueError):
        return {}
    return state if _alive(state.get("pid", 0)) else {}


def _holder_lives():
    return bool(read_state())


def holder():
    state = read_state()
    return f"process {state['pid']}, {state.get('address', 'still starting')}" if state else "being stopped"


def _alive(pid):
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except OSError:
        return False
    return pid > 0 and not stopping.is_zombie(pid)
