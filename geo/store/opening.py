"""Looking into a plan file while it is opened: is it one, of which version, is it whole."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import PlanFileError
from geo.model.entity import Kind
from geo.store import audit, reading
from geo.store.connection import DatabaseError, connect, file_errors, name_of
from geo.store.schema import quoted, stored_columns
from geo.store.versions import SCHEMA_VERSION

if TYPE_CHECKING:
    from geo.store.connection import Connection

# How much of the audit chain is looked at when a plan is opened; `check` looks at all of it.
TAIL = 50


def real_path(path: Path) -> Path:
    """Return the path behind symbolic links: lock and side files belong to the real file."""
    try:
        return Path(os.path.realpath(path))
    except ValueError:
        raise PlanFileError("error.plan.bad_name", name=path.name.replace("\0", "␀")) from None


def connected(path: Path, key: str | None, *, read_only: bool) -> Connection:
    """Return a connection that has read the schema."""
    immutable = False
    while True:
        connection = connect(path, key, read_only=read_only, immutable=immutable)
        try:
            with file_errors(path):
                try:
                    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
                except DatabaseError as error:
                    if key and name_of(error) == "NOTADB":
                        raise PlanFileError("error.plan.wrong_passphrase", name=path.name) from None
                    if read_only and not immutable and _can_be_immutable(path, error):
                        immutable = True
                        connection.close()
                        continue
                    raise
        except BaseException:
            connection.close()
            raise
        return connection


def _can_be_immutable(path: Path, error: Exception) -> bool:
    """Tell whether a file that asks for side files can be read without them.

    Only if none of its edits lie in them.
    """
    log = path.with_name(path.name + "-wal")
    return name_of(error) in {"CANTOPEN", "READONLY"} and not (
        log.exists() and log.stat().st_size > 0
    )


def demand_plan(path: Path, connection: Connection) -> int:
    """Return the schema version of a plan.

    Raises:
        PlanFileError: It is none, newer than this program, or a column of its version is missing.
    """
    tables = {
        row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    if "ucm_meta" not in tables:
        other = "gpkg_contents" in tables
        code = "error.plan.other_geopackage" if other else "error.plan.not_a_plan"
        raise PlanFileError(code, name=path.name)
    row = connection.execute("SELECT value FROM ucm_meta WHERE key = 'schema_version'").fetchone()
    found = str(row[0]) if row else ""
    if not found.isdecimal():
        raise PlanFileError("error.plan.damaged", name=path.name)
    if int(found) > SCHEMA_VERSION:
        raise PlanFileError(
            "error.plan.newer_schema", name=path.name, found=int(found), known=SCHEMA_VERSION
        )
    if int(found) == SCHEMA_VERSION and not _has_every_column(connection):
        raise PlanFileError("error.plan.damaged", name=path.name)
    return int(found)


def _has_every_column(connection: Connection) -> bool:
    """Tell whether every table holds what its version says, so that no kind is half read."""
    for kind in Kind:
        there = {row[1] for row in connection.execute(f"PRAGMA table_info({quoted(kind.value)})")}
        if not {column.name for column in stored_columns(kind)} <= there:
            return False
    return True


def tail_warnings(connection: Connection) -> tuple[str, ...]:
    """Return the codes of what is wrong with the end of the audit chain."""
    last = reading.last_audit_row(connection)
    if last is None:
        return ("error.store.audit_broken",)
    rows = list(reading.audit_rows(connection, max(0, last.seq - TAIL)))
    before = rows.pop(0) if rows[0].seq > 1 else None
    users = reading.load(connection, Kind.USER, None)
    keys = {i: str(k) for i, k in zip(users.ids, users["public_key"], strict=True)}
    for problem in audit.problems(rows, keys, before=before):
        if problem.what != "check.audit_unsigned":
            return ("error.store.audit_broken",)
    return ()
