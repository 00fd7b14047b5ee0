"""bin/fix: formats the code and mends what can be mended without thinking."""

import argparse

import environment
import locks
import programs
import say


def main(words):
    parser = argparse.ArgumentParser(prog="bin/fix", description="Formats the code and mends what it can.")
    parser.add_argument(
        "--lock", action="store_true", help="make the requirements*.txt anew from their .in files"
    )
    parser.add_argument(
        "--upgrade", action="store_true", help="with --lock: take the newest allowed versions"
    )
    parser.add_argument(
        "--templates",
        action="store_true",
        help="let djlint reformat the templates too; look at the pages afterwards: it adds white space in lines",
    )
    wanted = parser.parse_args(words)
    environment.ensure("run", "embedded", "dev")
    if wanted.lock:
        with say.step("Locks"):
            locks.make(upgrade=wanted.upgrade)
    worst = programs.show(programs.python("-m", "ruff", "check", "--fix"))
    worst = max(worst, programs.show(programs.python("-m", "ruff", "format")))
    if wanted.templates:
        # Ends with 1 when it has changed a file, which is what was asked for.
        programs.show(programs.python("-m", "djlint", "--reformat", "--quiet", "templates"))
    return worst
