"""Stopping programs in reverse order, and the watcher that does it when the supervisor was killed.

Run as a program it is that watcher: its standard input is a pipe that only the supervisor holds, with one
JSON line for each program started or folder made. The end of the pipe means that the supervisor is gone.
"""

import contextlib
import json
import os
import shutil
import signal
import sys
import time

PATIENCE = 10.0
PATIENCE_AFTER_KILL = 0.4


def stop(entries, *, patience, reap=None):
    """Ends all programs, the last started first, then removes the folders.

    An entry is {"pid", "signal", "hold"}, {"gone"} (a pid that has ended well) or {"folder"}. A program
    that others stand on ("hold") is only asked when those after it have ended, and always gets the full
    PATIENCE; the others are asked at once.
    """
    gone = {entry.get("gone") for entry in entries}
    programs = [entry for entry in entries if "pid" in entry and entry["pid"] not in gone]
    for entry in programs:
        if not entry["hold"] and _lives(entry["pid"], reap):
            _signal_one(entry["pid"], entry["signal"])
    for entry in reversed(programs):
        _end(entry, PATIENCE if entry["hold"] else patience, reap)
    for entry in entries:
        if "folder" in entry:
            shutil.rmtree(entry["folder"], ignore_errors=True)


def _end(entry, patience, reap):
    pid = entry["pid"]
    if entry["hold"] and _lives(pid, reap):
        _signal_one(pid, entry["signal"])
    until = time.monotonic() + patience
    while _lives(pid, reap) and time.monotonic() < until:
        time.sleep(0.02)
    if _lives(pid, reap) and entry["hold"]:
        _signal_one(pid, signal.SIGQUIT)  # PostgreSQL: stop at once, recover at the next start
        time.sleep(0.3)
    # What the program left behind in its group (its own children) ends with it.
    signal_group(pid, signal.SIGKILL)
    while _lives(pid, reap):
        time.sleep(0.02)


def _lives(pid, reap):
    if reap:
        return reap(pid)
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return not is_zombie(pid)


def is_zombie(pid):
    """True for a program that has ended and waits to be collected; Linux only, elsewhere False."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return False


def _signal_one(pid, number):
    with contextlib.suppress(OSError):
        os.kill(pid, number)


def signal_group(pid, number):
    with contextlib.suppress(OSError):
        os.killpg(pid, number)


def watch():
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    entries = [json.loads(line) for line in sys.stdin if line.endswith("\n")]
    if entries and entries[-1] == "done":
        return
    stop(entries, patience=PATIENCE_AFTER_KILL)


if __name__ == "__main__":
    watch()
