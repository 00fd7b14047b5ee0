"""What the commands print: steps with their seconds, and troubles with what mends them."""

import sys
import time
from contextlib import contextmanager


class Trouble(Exception):
    """Something is missing or failed; `mend` is the command that helps, `log` the last words of a program."""

    def __init__(self, what, *, mend="", log=""):
        super().__init__(what)
        self.mend = mend
        self.log = log


class Stopped(Exception):
    """Somebody asked us to stop."""

    def __init__(self, signal):
        super().__init__(signal)
        self.signal = signal


def line(text=""):
    print(text, flush=True)


def trouble(command, problem):
    if problem.log:
        print(problem.log.rstrip(), file=sys.stderr)
    mend = f" Mend it: {problem.mend}" if problem.mend else ""
    print(f"{command}: {problem}{mend}", file=sys.stderr, flush=True)


def warn(text, *, mend=""):
    print(f"  ! {text}" + (f" Mend it: {mend}" if mend else ""), file=sys.stderr, flush=True)


@contextmanager
def step(name):
    """Prints the name with the seconds that the block took."""
    began = time.monotonic()
    yield
    done(name, time.monotonic() - began)


def done(name, seconds):
    line(f"  {name:.<34} {seconds:5.1f} s")
