"""However a run ends, it leaves nothing; and there is only one in a checkout. Each run here is a real process."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at programs through /proc")
SUPPORT = Path(__file__).resolve().parent.parent
# Starts one program that holds data and one with a child of its own, says their pids, and serves.
RUN = """
import sys
sys.path.insert(0, {support!r})
from pathlib import Path
import places
here = Path({here!r})
places.DATA = here / "data"
import say, supervisor
try:
    with supervisor.only_one() as lock, supervisor.Supervisor(logs=here, lock=lock) as run:
        folder = run.folder(here / "sockets")
        folder.mkdir(exist_ok=True)
        base = run.start("base", ["sleep", "600"], hold=True)
        web = run.start("web", ["sh", "-c", {web!r}])
        print(run.watcher.pid, base.pid, web.pid, flush=True)
        run.serve()
except say.Stopped:
    sys.exit(0)
except say.Trouble as trouble:
    sys.exit(f"{{trouble}} {{trouble.mend}} {{trouble.log}}")
"""
STUBBORN = "trap '' TERM; sleep 600 & wait; sleep 600"


@pytest.fixture
def start(tmp_path):
    started = []

    def start(web="sleep 600 & wait"):
        code = RUN.format(support=str(SUPPORT), here=str(tmp_path), web=web)
        run = subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        started.append(run)
        return run

    yield start
    for run in started:
        run.kill()
        run.communicate()


def pids(run):
    return [int(word) for word in run.stdout.readline().split()]


def group_lives(pid):
    """True while anything but zombies is in the process group."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, group = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(group) == pid and state != "Z":
            return True
    return False


def wait_until_gone(groups, seconds=15):
    until = time.monotonic() + seconds
    while any(map(group_lives, groups)) and time.monotonic() < until:
        time.sleep(0.05)
    return [group for group in groups if group_lives(group)]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_stopped_run_leaves_no_program_and_no_folder(start, tmp_path, number):
    run = start()
    groups = pids(run)

    run.send_signal(number)
    run.wait(20)

    assert wait_until_gone(groups) == []
    assert not (tmp_path / "sockets").exists()


def test_programs_end_even_when_the_watcher_is_killed_with_the_run(start):
    run = start()
    watcher, *groups = pids(run)

    os.kill(watcher, signal.SIGKILL)
    run.kill()

    assert wait_until_gone([groups[0]]) == []


def test_a_program_that_will_not_stop_is_ended_after_a_kill(start):
    run = start(web=STUBBORN)
    groups = pids(run)
    time.sleep(0.3)

    run.kill()

    assert wait_until_gone(groups) == []


def test_a_second_run_is_refused_and_the_first_goes_on(start):
    first = start()
    pids(first)

    second = start()
    _, words = second.communicate(timeout=20)

    assert second.returncode == 1
    assert f"process {first.pid}" in words
    assert first.poll() is None


def test_a_new_run_waits_until_a_killed_one_is_cleaned_up(start):
    first = start(web=STUBBORN)
    pids(first)
    first.kill()

    assert len(pids(start())) == 3


def test_a_program_that_ends_by_itself_is_told_with_its_last_words(start):
    run = start(web="echo no such table; exit 3")

    _, words = run.communicate(timeout=20)

    assert run.returncode == 1
    assert "web has ended by itself (3)." in words
    assert "no such table" in words
