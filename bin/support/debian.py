"""Debian's packages: installed with rights when we have them, or unpacked privately when we have none."""

import atexit
import functools
import shutil
import subprocess
import tempfile
from pathlib import Path

import places
import programs
import say

PRIVATE = places.VENV / "debian"


def is_here():
    return bool(shutil.which("apt-get") and shutil.which("dpkg-deb"))


def command_for(packages):
    """What a person types to install these packages."""
    sudo = "" if places.IS_ROOT else "sudo "
    return f"{sudo}apt-get update && {sudo}apt-get install -y --no-install-recommends {' '.join(packages)}"


def install(packages, *, may_ask=False):
    """True when the system has the packages afterwards; `may_ask` for a password on a terminal."""
    if not is_here():
        return False
    if places.IS_ROOT:
        return _install_with([], packages)
    if not shutil.which("sudo"):
        return False
    if programs.succeeds(["sudo", "-n", "true"]):
        return _install_with(["sudo", "-n"], packages)
    if may_ask and programs.has_terminal():
        say.line(f"  Your password installs {' '.join(packages)} (just press Enter thrice to go on without).")
        return _install_with(["sudo"], packages)
    return False


def _install_with(prefix, packages):
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C", "apt-get", "-q", "-y"]
    apt += ["-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=120"]
    wanted = ["install", "--no-install-recommends", *packages]
    # The lists of a fresh machine are empty or old: ask without them first, it costs nothing.
    return _apt([*apt, *wanted]) or (_apt([*apt, "update"]) and _apt([*apt, *wanted]))


def _apt(words):
    options = {} if words[0] == "sudo" and words[1] != "-n" else {"stdin": subprocess.DEVNULL}
    done = subprocess.run(
        words, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE if options else None, **options
    )
    return done.returncode == 0


def unpack(packages):
    """The folder into which these packages and what they miss on this system were unpacked, or None."""
    if not is_here():
        return None
    try:
        settings = _private_lists()
        apt = ["apt-get", "-q", "-y", "--no-install-recommends", "--download-only"]
        environment = programs.clean_environment(APT_CONFIG=settings, LC_ALL="C")
        programs.run(
            [*apt, "install", *packages], env=environment, what="Debian's packages were not fetched."
        )
        PRIVATE.mkdir(parents=True, exist_ok=True)
        for archive in sorted((settings.parent / "cache" / "archives").glob("*.deb")):
            programs.run(["dpkg-deb", "-x", archive, PRIVATE], what=f"{archive.name} was not unpacked.")
            archive.unlink()
    except say.Trouble:
        return None
    return PRIVATE


@functools.cache
def _private_lists():
    """apt's lists in a folder of our own, kept until we end; returns the settings file naming it."""
    # Not below the project: apt splits some of its own folders' names at spaces.
    folder = Path(tempfile.mkdtemp(prefix="ambon-apt-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for part in ("state/lists/partial", "cache/archives/partial"):
        (folder / part).mkdir(parents=True)
    settings = folder / "apt.conf"
    settings.write_text(
        f'Dir::State "{folder}/state";\n'
        'Dir::State::status "/var/lib/dpkg/status";\n'
        f'Dir::Cache "{folder}/cache";\n'
        'Debug::NoLocking "1";\n'
        'APT::Sandbox::User "";\n'
        'Acquire::Languages "none";\n'
    )
    environment = programs.clean_environment(APT_CONFIG=settings, LC_ALL="C")
    programs.run(
        ["apt-get", "-q", "update"], env=environment, what="Debian's package lists were not fetched."
    )
    return settings


def forget_lists():
    """Removes apt's lists (60 MB) as soon as nobody needs them."""
    if _private_lists.cache_info().currsize:
        shutil.rmtree(_private_lists().parent, ignore_errors=True)
        _private_lists.cache_clear()
