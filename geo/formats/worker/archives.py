"""Zip files without their traps: bombs, paths that climb out, endless numbers of entries."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath

from geo.errors import InputError

MAX_ENTRIES = 5_000
MAX_UNPACKED = 1024 * 1024 * 1024
MAX_RATIO = 200
SMALL = 1024 * 1024
_CHUNK = 1 << 20
_ENCRYPTED = 1


def checked(path: Path) -> zipfile.ZipFile:
    """Open an archive whose entries are of a decent number, size and name.

    Raises:
        InputError: It is damaged or locked with a password, would unpack to too much, or names a
            path outside of itself.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError):
        raise InputError("error.import.file_broken", name=path.name, what="zip") from None
    entries = archive.infolist()
    if any(e.flag_bits & _ENCRYPTED for e in entries):
        archive.close()
        raise InputError("error.import.locked", name=path.name)
    total = sum(e.file_size for e in entries)
    bomb = any(
        e.file_size > SMALL and e.file_size > MAX_RATIO * max(e.compress_size, 1) for e in entries
    )
    if len(entries) > MAX_ENTRIES or total > MAX_UNPACKED or bomb:
        archive.close()
        raise InputError("error.import.bomb", name=path.name)
    if any(_climbs_out(e.filename) for e in entries):
        archive.close()
        raise InputError("error.import.bad_path", name=path.name)
    return archive


def unpacked(archive: zipfile.ZipFile, name: str, limit: int = MAX_UNPACKED) -> bytes:
    """Return one entry's bytes, counting them: a header that lies about its size does not help.

    Raises:
        InputError: It is longer than `limit` or damaged.
    """
    parts = bytearray()
    try:
        with archive.open(name) as stream:
            while chunk := stream.read(_CHUNK):
                parts += chunk
                if len(parts) > limit:
                    raise InputError("error.import.bomb", name=_name(archive))
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError):
        raise InputError("error.import.file_broken", name=_name(archive), what="zip") from None
    return bytes(parts)


def _name(archive: zipfile.ZipFile) -> str:
    return Path(archive.filename or "").name


def _climbs_out(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in (path.parts[0] if path.parts else "")
