"""One owner for a plan file: a lock file beside it, held while its owner lives.

The lock lies on a file of its own, never on the plan: closing any second handle of the plan in this
process would drop SQLite's own locks on it.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from geo.errors import PlanFileError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# Windows locks bytes so that nobody may read them: far behind the text.
_WINDOWS_OFFSET = 1 << 20


def lock_path(plan: Path) -> Path:
    """Return the name of a plan's lock file."""
    return plan.with_name(f".{plan.name}.lock")


@dataclass(frozen=True, slots=True)
class PlanLock:
    """A lock that is held."""

    path: Path
    descriptor: int

    def release(self) -> None:
        """Remove the lock file, then let go of it: nobody can take it in between."""
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                os.close(self.descriptor)
            self.path.unlink()
        if sys.platform != "win32":
            with contextlib.suppress(OSError):
                os.close(self.descriptor)


def acquire(plan: Path) -> PlanLock:
    """Take a plan's lock; one left behind by a program that died on this computer is taken over.

    Raises:
        PlanFileError: Another program holds it, or the folder cannot be written.
    """
    path = lock_path(plan)
    while True:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            raise PlanFileError("error.plan.read_only_folder", name=plan.name) from None
        try:
            _hold(descriptor)
        except OSError:
            os.close(descriptor)
            owner = _owner(path)
            raise PlanFileError(
                "error.plan.in_use", name=plan.name, host=owner[0], pid=owner[1]
            ) from None
        if not _still_there(descriptor, path):
            # Its owner removed it between our two steps.
            os.close(descriptor)
            continue
        host, pid = _owner(path)
        if host not in {"", socket.gethostname()}:
            # Free here, but written elsewhere: a folder that is synchronised between computers.
            os.close(descriptor)
            raise PlanFileError("error.plan.in_use_elsewhere", name=plan.name, host=host, pid=pid)
        text = json.dumps({"host": socket.gethostname(), "pid": os.getpid()})
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, text.encode())
        return PlanLock(path, descriptor)


def _hold(descriptor: int) -> None:
    if sys.platform == "win32":
        os.lseek(descriptor, _WINDOWS_OFFSET, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _still_there(descriptor: int, path: Path) -> bool:
    try:
        there, held = path.stat(), os.fstat(descriptor)
    except OSError:
        return False
    return (there.st_dev, there.st_ino) == (held.st_dev, held.st_ino)


def _owner(path: Path) -> tuple[str, int]:
    try:
        found = json.loads(path.read_text("utf-8"))
        return str(found["host"]), int(found["pid"])
    except (OSError, ValueError, KeyError, TypeError):
        return "", 0
