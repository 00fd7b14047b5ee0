"""Running other programs to their end: quietly, and with their last words when they fail."""

import ctypes
import os
import signal
import subprocess
import sys

import places
import say

PR_SET_PDEATHSIG = 1
LAST_LINES = 25
_libc = ctypes.CDLL(None) if places.IS_LINUX else None


def die_with_parent(signal_number):
    """For `preexec_fn`: the kernel sends this signal to the child when its parent is gone."""

    def ask_kernel():
        if _libc:
            _libc.prctl(PR_SET_PDEATHSIG, int(signal_number))

    return ask_kernel


BENDS = ("PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE")


def clean_environment(**more):
    """Our environment without what would bend another Python, in UTF-8 whatever the machine speaks.

    What Python and pytest have compiled is kept beside our other caches: compiling everything anew takes each process
    of the tests half a minute where a machine forbids the usual place.
    """
    kept = {name: value for name, value in os.environ.items() if name not in BENDS}
    kept |= {"PYTHONUTF8": "1", "PYTHONPYCACHEPREFIX": str(places.BYTECODE)}
    if not (kept.get("LC_ALL") or kept.get("LANG")):
        kept["LANG"] = "C.UTF-8"
    return kept | {name: str(value) for name, value in more.items()}


def last_words(text):
    return "\n".join(text.strip().splitlines()[-LAST_LINES:])


def succeeds(words, **options):
    """True when the program exists and ends with 0; prints nothing."""
    options = {
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
    } | options
    try:
        return subprocess.run([str(word) for word in words], check=False, **options).returncode == 0
    except OSError:
        return False


def identity(user):
    """For subprocess: run as this user alone, or as ourselves when it is None."""
    return {} if user is None else {"user": user, "group": user, "extra_groups": []}


def run(words, *, env=None, cwd=places.ROOT, what, mend="", text="", user=None):
    """The program's output; raises Trouble with its last words unless it ends with 0."""
    try:
        done = subprocess.run(
            [str(word) for word in words],
            env=env or clean_environment(),
            cwd=cwd,
            input=text,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            preexec_fn=die_with_parent(signal.SIGKILL),
            check=False,
            **identity(user),
        )
    except OSError as error:
        raise say.Trouble(f"{what} ({error.strerror}: {words[0]})", mend=mend) from error
    if done.returncode:
        raise say.Trouble(what, mend=mend, log=last_words(done.stdout))
    return done.stdout


def show(words, *, env=None, cwd=places.ROOT):
    """Runs a program on our own terminal; returns its exit status. Ctrl-C is the program's to answer."""
    command = [str(word) for word in words]
    before = signal.getsignal(signal.SIGINT)
    if has_terminal():
        signal.signal(signal.SIGINT, lambda *_: None)
    child = subprocess.Popen(
        command, env=env or clean_environment(), cwd=cwd, preexec_fn=die_with_parent(signal.SIGTERM)
    )
    try:
        return child.wait()
    except say.Stopped as stopped:
        _end(child, stopped.signal)
        raise
    finally:
        signal.signal(signal.SIGINT, before)


def _end(child, signal_number):
    child.send_signal(signal_number)
    try:
        child.wait(10)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def python(*words):
    """The words of a command in the project's environment."""
    return [places.PYTHON, *words]


def has_terminal():
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()
