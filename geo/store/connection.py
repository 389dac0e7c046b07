"""The one connection to a plan file, set up so that nothing acknowledged is lost.

`sqlcipher3` serves plain and protected plans alike; without a key the file is an ordinary SQLite
database.
"""

from __future__ import annotations

import unicodedata
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from geo.errors import PlanError, PlanFileError, StoreError
from geo.store.blob import SQL_FUNCTIONS
from geo.store.schema import GUARD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUSY_MS = 1200
"""How long to wait for another program's lock: an answer must come within two seconds."""

CACHE_KIB = 96 * 1024

Connection = Any
"""`sqlcipher3.dbapi2.Connection`, which ships no types."""
DatabaseError = dbapi2.Error
IntegrityError = dbapi2.IntegrityError

STATUS_REFUSED = "ucm_status_without_decision"

_STORE_CODES = {
    "FULL": "error.store.disk_full",
    "READONLY": "error.store.read_only",
    "BUSY": "error.store.busy",
    "LOCKED": "error.store.busy",
    "IOERR": "error.store.io",
    "CANTOPEN": "error.store.io",
    "CORRUPT": "error.store.damaged",
    "NOTADB": "error.store.damaged",
    "NOMEM": "error.store.memory",
}
# A copy's errors come without a code, with SQLite's words alone.
_WORDS = {
    "database or disk is full": "FULL",
    "attempt to write a readonly database": "READONLY",
    "database is locked": "BUSY",
    "database table is locked": "LOCKED",
    "disk I/O error": "IOERR",
    "unable to open database file": "CANTOPEN",
    "database disk image is malformed": "CORRUPT",
    "file is not a database": "NOTADB",
    "out of memory": "NOMEM",
}
_FILE_CODES = {
    "FULL": "error.plan.disk_full",
    "READONLY": "error.plan.read_only",
    "BUSY": "error.plan.locked",
    "LOCKED": "error.plan.locked",
    "PERM": "error.plan.unreadable",
    "CANTOPEN": "error.plan.unreadable",
    "IOERR": "error.plan.io",
    "CORRUPT": "error.plan.damaged",
    "NOTADB": "error.plan.damaged",
}


def connect(
    path: Path, passphrase: str | None = None, *, read_only: bool = False, immutable: bool = False
) -> Connection:
    """Open a database without touching it; `configure` makes it ready to be written.

    Args:
        path: The file; made if it is missing and not `read_only`.
        passphrase: For a protected plan.
        read_only: Never write.
        immutable: The file lies on a medium that nobody writes to; no lock is taken.

    Raises:
        PlanFileError: The passphrase holds what cannot be typed.
    """
    secret = _passphrase(passphrase, path)
    mode = "ro" if read_only else "rwc"
    uri = f"{path.absolute().as_uri()}?mode={mode}" + ("&immutable=1" if immutable else "")
    connection = dbapi2.connect(
        uri,
        uri=True,
        isolation_level=None,
        # The store serialises its calls with a lock of its own; the window calls from the store's
        # thread.
        check_same_thread=False,
        timeout=BUSY_MS / 1000,
        cached_statements=300,
    )
    if secret:
        # Otherwise a wrong passphrase writes three lines of its own to standard error.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = '{secret.replace(chr(39), chr(39) * 2)}'")
    return connection


def _passphrase(given: str | None, path: Path) -> str:
    """Return a passphrase in one form: keyboards write an accent as one character or as two."""
    secret = unicodedata.normalize("NFC", given or "")
    if "\0" in secret or (not secret.isascii() and any(map(_is_half, secret))):
        raise PlanFileError("error.plan.bad_passphrase", name=path.name)
    return secret


def _is_half(character: str) -> bool:
    return unicodedata.category(character) == "Cs"


def register_functions(connection: Connection) -> None:
    """Teach the connection what the triggers of a plan call."""
    for name, function in SQL_FUNCTIONS.items():
        connection.create_function(name, 1, function, deterministic=True)
    connection.create_function(GUARD, 0, lambda: 1)


def configure(connection: Connection) -> None:
    """Make a connection safe for edits.

    WAL with synchronous FULL lost nothing in 400 simulated power cuts; DELETE with FULL lost in 86,
    WAL with NORMAL in 389. secure_delete overwrites what was deleted.
    """
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA cell_size_check = ON")
    # An import of 100,000 rows stays in memory until its commit instead of spilling page by page.
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    register_functions(connection)


def name_of(error: Exception) -> str:
    """Return the short name of SQLite's result code, e.g. ``FULL``, or an empty text."""
    name = str(getattr(error, "sqlite_errorname", "") or "")
    return name.removeprefix("SQLITE_").split("_")[0] or _WORDS.get(str(error), "")


def store_error(error: Exception) -> PlanError | None:
    """Return the known error that a database error stands for, or None if it is a bug."""
    if STATUS_REFUSED in str(error):
        return StoreError("error.store.status_without_decision")
    if isinstance(error, IntegrityError):
        return StoreError("error.store.refused")
    code = _STORE_CODES.get(name_of(error))
    return StoreError(code) if code else None


@contextmanager
def store_errors() -> Iterator[None]:
    """Turn the database's and the system's errors into `StoreError`."""
    try:
        yield
    except DatabaseError as error:
        known = store_error(error)
        if known is None:
            raise
        raise known from error
    except OSError as error:
        raise StoreError("error.store.io") from error


@contextmanager
def file_errors(path: Path) -> Iterator[None]:
    """Turn the database's errors while a plan is opened into `PlanFileError`."""
    try:
        yield
    except DatabaseError as error:
        code = _FILE_CODES.get(name_of(error))
        if code is None:
            raise
        raise PlanFileError(code, name=path.name) from error
