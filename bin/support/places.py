"""Where everything lies."""

import os
import sys
import tempfile
from pathlib import Path

import say

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
DATA = ROOT / ".data"
BYTECODE = DATA / "cache" / "bytecode"
LOGS = DATA / "log"
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
IS_LINUX = sys.platform == "linux"
# The longest address of a Unix socket is 107 bytes; the longest name we add has 16.
LONGEST_SOCKET_FOLDER = 88


def owned_folder(folder):
    """Makes a folder of ours; says plainly when it belongs to somebody else."""
    try:
        DATA.mkdir(mode=0o711, exist_ok=True)  # people's data: nobody else looks in
        folder.mkdir(parents=True, exist_ok=True)
        writable = os.access(folder, os.W_OK | os.X_OK)
    except OSError:
        writable = False
    if not writable:
        whose = folder if folder.exists() else folder.parent
        raise say.Trouble(f"{whose} cannot be written by you.", mend=f'sudo chown -R "$(id -un)" "{ROOT}"')
    return folder


def socket_folder():
    """A new folder that only we can open, with a name short enough for sockets."""
    parent = tempfile.gettempdir()
    if len(os.fsencode(parent)) > LONGEST_SOCKET_FOLDER - len("/ambon-12345678"):
        parent = "/tmp"
    return Path(tempfile.mkdtemp(prefix="ambon-", dir=parent))


def fast_folder(needed_bytes):
    """A new folder in memory when there is room, else in the ordinary temporary place.

    Others may pass through it, not look into it: PostgreSQL may have to run as somebody else.
    """
    memory = "/dev/shm"
    try:
        room = os.statvfs(memory)
        roomy = os.access(memory, os.W_OK) and room.f_bavail * room.f_frsize > needed_bytes
    except OSError:
        roomy = False
    folder = Path(tempfile.mkdtemp(prefix="ambon-", dir=memory if roomy else None))
    folder.chmod(0o711)
    return folder
