"""Looking at a plan file before it is opened, and putting finished files in place.

Nothing here may touch a plan that is open in this process: closing any second handle of the file
drops SQLite's locks, and edits that were acknowledged get lost. `owned` knows which files those
are.
"""

from __future__ import annotations

import contextlib
import errno
import glob
import math
import os
import secrets
import sys
from collections import Counter
from pathlib import Path

from geo.errors import PlanFileError, StoreError

SQLITE_MAGIC = b"SQLite format 3\x00"
PAGE = 4096
# Encrypted pages look like noise: 7.9 bits for each byte; text and drawings stay below 7.
NOISE_BITS = 7.5

NETWORK_FILESYSTEMS = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "ceph", "glusterfs", "lustre"),
        *("fuse.sshfs", "fuse.glusterfs", "fuse.rclone", "fuse.davfs", "davfs", "fuse.cifs"),
        *("fuse.gvfsd-fuse", "fuse.s3fs"),
    }
)

FileId = tuple[int, int]
owned: set[FileId] = set()
"""Device and inode of every plan that this process holds open."""


def file_id(path: Path) -> FileId:
    """Return device and inode of a file."""
    stat = path.stat()
    return stat.st_dev, stat.st_ino


def sniff(path: Path, *, protected: bool, read_only: bool) -> bool:
    """Look at a file that shall be opened as a plan.

    Args:
        path: The file.
        protected: A passphrase was given.
        read_only: It need not be writable.

    Returns:
        Whether the file is encrypted.

    Raises:
        PlanFileError: It is missing, a folder, open here, unreadable, read-only, protected, or no
            plan.
    """
    name = path.name
    try:
        if path.is_dir():
            raise PlanFileError("error.plan.is_folder", name=name)
        if not path.exists():
            raise PlanFileError("error.plan.missing", name=name)
        if not path.is_file():
            # A pipe would keep its reader waiting.
            raise PlanFileError("error.plan.not_a_plan", name=name)
        if file_id(path) in owned:
            raise PlanFileError("error.plan.open_here", name=name)
    except OSError as error:
        raise PlanFileError(_code_of(error), name=name) from None
    refuse_network(path)
    head = _head(path)
    if not read_only:
        _demand_writable(path)
    if head.startswith(SQLITE_MAGIC):
        return False
    if len(head) < PAGE or path.stat().st_size % PAGE or _bits_per_byte(head) < NOISE_BITS:
        raise PlanFileError("error.plan.not_a_plan", name=name)
    if not protected:
        raise PlanFileError("error.plan.needs_passphrase", name=name)
    return True


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(PAGE)
    except PermissionError:
        raise PlanFileError("error.plan.unreadable", name=path.name) from None
    except OSError:
        raise PlanFileError("error.plan.io", name=path.name) from None


def _code_of(error: OSError) -> str:
    if error.errno == errno.ENAMETOOLONG:
        return "error.plan.bad_name"
    return "error.plan.unreadable" if isinstance(error, PermissionError) else "error.plan.io"


def demand_one_name(path: Path) -> None:
    """Refuse a file with several names (hard links).

    SQLite calls what it keeps beside a file by the file's name: under another name the last edits
    would not be found, and two programs would write without knowing of each other.

    Raises:
        PlanFileError: It has several names.
    """
    if path.stat().st_nlink == 1:
        return
    for left in path.parent.glob(f".{glob.escape(path.name)}.*.tmp"):
        # The making of the plan was cut short between its two names, see `_rename_to_new`.
        if file_id(left) == file_id(path):
            left.unlink()
    if path.stat().st_nlink > 1:
        raise PlanFileError("error.plan.two_names", name=path.name)


def demand_nothing_beside(path: Path) -> None:
    """Refuse a name beside which lie unfinished edits of an earlier file of that name.

    SQLite would write them into whatever is put there.

    Raises:
        PlanFileError: There are such edits.
    """
    for suffix in ("-wal", "-journal"):
        side = path.with_name(path.name + suffix)
        if side.exists() and side.stat().st_size > 0:
            raise PlanFileError("error.plan.left_behind", name=path.name, side=side.name)


def _demand_writable(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_RDWR))
    except OSError as error:
        code = "error.plan.io" if error.errno == errno.EIO else "error.plan.read_only"
        raise PlanFileError(code, name=path.name) from None


def _bits_per_byte(sample: bytes) -> float:
    total = len(sample)
    return -sum(n / total * math.log2(n / total) for n in Counter(sample).values())


def refuse_network(path: Path) -> None:
    """Refuse a path on a network drive, as far as Linux's mounts and Windows' names tell.

    Raises:
        PlanFileError: SQLite's locks do not hold there.
    """
    kind = filesystem_of(path)
    if kind in NETWORK_FILESYSTEMS or str(path).startswith("\\\\"):
        raise PlanFileError("error.plan.network", name=path.name)


def filesystem_of(path: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """Return the type of the file system that holds a path, or an empty text where nobody tells."""
    if sys.platform != "linux" and mounts == Path("/proc/mounts"):
        return ""
    try:
        lines = mounts.read_text("utf-8", "replace").splitlines()
        target = path.resolve()
    except OSError:
        return ""
    best, found = -1, ""
    for line in lines:
        parts = line.split(" ")
        if len(parts) < 3:  # noqa: PLR2004 - device, folder, type
            continue
        folder = parts[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        # A later mount over the same folder hides the earlier one.
        if target.is_relative_to(folder) and len(folder) >= best:
            best, found = len(folder), parts[2]
    return found


def temporary_beside(path: Path) -> Path:
    """Return an unused name in the same folder, so that a rename suffices to put it in place."""
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")


def put_in_place(temporary: Path, path: Path, *, overwrite: bool) -> None:
    """Write a finished file through to the disk and give it its name.

    Raises:
        PlanFileError: `path` exists and may not be overwritten, or unfinished edits lie beside it.
        StoreError: The disk refused.
    """
    try:
        demand_nothing_beside(path)
        sync_file(temporary)
        if overwrite:
            temporary.replace(path)
        else:
            _rename_to_new(temporary, path)
        sync_folder(path.parent)
    except FileExistsError:
        raise PlanFileError("error.plan.exists", name=path.name) from None
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        raise StoreError("error.store.disk_full" if full else "error.store.io") from error


def _rename_to_new(temporary: Path, path: Path) -> None:
    try:
        # A link, unlike a rename, refuses an existing name: two programs cannot both win.
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        # FAT and some others know no links.
        if path.exists():
            raise FileExistsError from None
        temporary.rename(path)
    else:
        temporary.unlink()


def sync_file(path: Path) -> None:
    """Force a closed file's content onto the disk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Force a folder's names onto the disk; Windows does that by itself."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def remove_database(path: Path) -> None:
    """Remove a database that nobody has open, with what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
