"""The virtual environment: made without rights, filled from the locked files by a pinned uv."""

import ast
import fcntl
import hashlib
import importlib.util
import os
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path

import debian
import places
import programs
import say

SETS = {
    "run": "requirements.txt",
    "embedded": "requirements-embedded.txt",
    "dev": "requirements-dev.txt",
}
SETUP = "requirements-setup.txt"
STAMP = places.VENV / "ambon-installed"
DEBIAN_WHEELS = "usr/share/python-wheels"


def ensure(*wanted):
    """Afterwards `places.PYTHON` has the packages of these sets, exactly as locked."""
    with _alone():
        have = _installed_sets()
        if set(wanted) <= have:
            return
        sets = sorted(have | set(wanted), key=list(SETS).index)
        if have:
            STAMP.unlink()
        else:
            _make_venv()
        _install(sets)
        STAMP.write_text("\n".join([_fingerprint(), *sets]) + "\n")


@contextmanager
def _alone():
    """bin/run and bin/test may be started together in a new checkout: one installs, the other waits."""
    places.owned_folder(places.DATA)
    with (places.DATA / "lock-setup").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say.line("  Another command is installing; waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _installed_sets():
    """The sets that are installed and still as locked; empty when anything about them has changed."""
    if not STAMP.exists() or not programs.succeeds([places.PYTHON, "-c", ""]):
        return set()
    fingerprint, *sets = STAMP.read_text().split("\n")
    return {name for name in sets if name} if fingerprint == _fingerprint() else set()


def _fingerprint():
    """Changes with the place (scripts know their own path), with Python, and with any of the locks."""
    digest = hashlib.sha256(f"{places.ROOT} {sys.version}".encode())
    for name in [SETUP, *SETS.values()]:
        digest.update((places.ROOT / name).read_bytes())
    return digest.hexdigest()


def _make_venv():
    shutil.rmtree(places.VENV, ignore_errors=True)
    # Without pip on purpose: Debian's python3 lacks ensurepip unless python3-venv is installed.
    programs.run(
        [sys.executable, "-m", "venv", "--without-pip", places.VENV],
        what="The virtual environment could not be made.",
        mend="sudo apt-get install python3-venv",
    )


def _install(sets):
    pip = _pip()
    options = ["install", "--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes"]
    programs.run(
        [*pip, *options, "-r", SETUP],
        what="uv could not be installed with pip.",
        mend="look at pip's words above; most often the network or a proxy is the reason",
    )
    files = [word for name in sets for word in ("-r", SETS[name])]
    uv = [*programs.python("-m", "uv"), "pip", "install", "--quiet", "--no-deps", "--require-hashes"]
    try:
        programs.run([*uv, *files], env=uv_environment(), what="uv could not install the packages.")
    except say.Trouble as trouble:
        say.warn(f"uv failed, pip tries ({programs.last_words(trouble.log)[-200:]!r}).")
        programs.run(
            [*pip, *options, "--no-deps", *files],
            what="The locked packages could not be installed.",
            mend="look at pip's words above; most often the network or a proxy is the reason",
        )


def uv_environment():
    """uv does not read pip's settings: hand over the index and the certificates that pip uses."""
    settings = programs.run([*_pip(), "config", "list"], what="pip's settings cannot be read.")
    found = {}
    for line in settings.splitlines():
        name, _, value = line.partition("=")
        if value.startswith(("'", '"')):
            found[name.rpartition(".")[2].lower().replace("_", "-")] = str(ast.literal_eval(value)).strip()
    more = {"VIRTUAL_ENV": places.VENV, "UV_NO_PROGRESS": "1", "UV_NO_CONFIG": "1"}
    if "index-url" in found and not os.environ.get("UV_DEFAULT_INDEX"):
        more["UV_DEFAULT_INDEX"] = found["index-url"]
    if Path(found.get("cert", "")).is_file() and not os.environ.get("SSL_CERT_FILE"):
        more["SSL_CERT_FILE"] = found["cert"]
    return programs.clean_environment(**more)


def _pip():
    """The words that run a pip for our environment, which has none of its own."""
    if wheel := _pip_wheel(_wheel_folders()):
        return [places.PYTHON, wheel / "pip"]
    if programs.succeeds([sys.executable, "-m", "pip", "--python", places.PYTHON, "--version"]):
        return [sys.executable, "-m", "pip", "--python", places.PYTHON]
    unpacked = debian.unpack(["python3-pip-whl"])
    if unpacked and (wheel := _pip_wheel([unpacked / DEBIAN_WHEELS])):
        return [places.PYTHON, wheel / "pip"]
    if debian.install(["python3-venv"], may_ask=True) and (wheel := _pip_wheel(_wheel_folders())):
        return [places.PYTHON, wheel / "pip"]
    raise say.Trouble("Python's pip is missing.", mend=debian.command_for(["python3-venv"]))


def _wheel_folders():
    folders = [Path("/") / DEBIAN_WHEELS]
    if spec := importlib.util.find_spec("ensurepip"):
        folders.insert(0, Path(spec.origin).parent / "_bundled")
    return folders


def _pip_wheel(folders):
    return next((wheel for folder in folders for wheel in sorted(folder.glob("pip-*.whl"))), None)
