"""What only a plan file can have wrong: pages, triggers, rows changed past the audit."""

from __future__ import annotations

import json
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from geo.model.codec import AREA_COLUMN, Scalar, columns_of, geometry_of
from geo.model.entity import Kind
from geo.store import audit, contents, reading
from geo.store.blob import lonlat_of, wkb_of
from geo.store.changes import DELETE, INSERT, digest, header_text, values_of
from geo.store.check import content_problems
from geo.store.connection import Connection, DatabaseError
from geo.store.protocol import Problem
from geo.store.schema import GEOMETRY, quoted, rtree, stored_columns, triggers
from geo.store.versions import defaults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.model.table import Table

# Enough of SQLite's own words to find the place.
MESSAGE_LENGTH = 120


def check_file(connection: Connection) -> Iterator[Problem]:
    """Yield everything that is wrong with a plan file."""
    try:
        for (message,) in connection.execute("PRAGMA integrity_check"):
            if message != "ok":
                yield Problem("check.database", str(message)[:MESSAGE_LENGTH])
        yield from trigger_problems(connection)
        yield from _index_problems(connection)
        tables: dict[Kind, Table] = {}

        def load(kind: Kind) -> Table:
            if kind not in tables:
                tables[kind] = reading.load(connection, kind, None)
            return tables[kind]

        yield from content_problems(load)
        yield from contents.problems(load(Kind.ATTACHMENT), contents.pairs(connection))
        yield from _chain_problems(connection, load(Kind.USER))
        tables.clear()
        for kind in Kind:
            yield from _unaudited(connection, kind)
    except (DatabaseError, ValueError) as error:
        # A page or value so broken that reading it fails: say so, with what was found before.
        yield Problem("check.database", type(error).__name__)


def trigger_problems(connection: Connection) -> Iterator[Problem]:
    """Yield triggers that are missing, altered, or added to a plan's tables."""
    ours = triggers()
    tables = {
        row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    own = {k.value for k in Kind} | {"edit", "delta", "change", "audit", "ucm_meta", "content"}
    found = {
        name: (table, sql)
        for name, table, sql in connection.execute(
            "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
        )
    }
    for table in sorted(own - tables):
        yield Problem("check.schema", table)
    for name, sql in ours.items():
        if name not in found or found[name][1] != sql:
            yield Problem("check.schema", name)
    for name, (table, _) in found.items():
        if table in own and name not in ours:
            yield Problem("check.schema", str(name))


def _index_problems(connection: Connection) -> Iterator[Problem]:
    for kind in Kind:
        if geometry_of(kind) is None:
            continue
        table, tree = quoted(kind.value), rtree(kind)
        (wrong,) = connection.execute(
            f"SELECT (SELECT count(*) FROM {table} WHERE {GEOMETRY} NOTNULL "  # noqa: S608 - names of ours
            f"AND NOT ST_IsEmpty({GEOMETRY}) AND fid NOT IN (SELECT id FROM {tree})) "
            f"+ (SELECT count(*) FROM {tree} WHERE id NOT IN (SELECT fid FROM {table}))"
        ).fetchone()
        if wrong:
            yield Problem("check.spatial_index", kind.value)


def _chain_problems(connection: Connection, users: Table) -> Iterator[Problem]:
    keys = {i: str(k) for i, k in zip(users.ids, users["public_key"], strict=True)}
    rows = list(reading.audit_rows(connection))
    yield from audit.problems(rows, keys)
    by_edit = {row.edit_id: row for row in rows if row.what == audit.EDIT}
    for head in reading.headers(connection):
        row = by_edit.pop(head.id, None)
        text = header_text(reading.with_deltas(head, ()))
        stored = reading.stored_deltas(connection, head.revision)
        if row is None or row.digest != digest(text, stored):
            yield Problem("check.edit_changed", f"edit {head.revision}")
    for row in by_edit.values():
        yield Problem("check.edit_missing", f"audit {row.seq}")


def _unaudited(connection: Connection, kind: Kind) -> Iterator[Problem]:
    """Yield the rows that are not as their changes left them.

    Rows and changes are read side by side in order of id, so that neither has to fit into memory.
    """
    expected = _rows_by_changes(connection, kind)
    wanted = next(expected, None)
    for entity_id, *state in _rows_now(connection, kind):
        while wanted is not None and wanted[0] < entity_id:
            yield Problem("check.unaudited", f"{kind.value} {wanted[0]}")
            wanted = next(expected, None)
        if wanted is None or wanted[0] != entity_id:
            yield Problem("check.unaudited", f"{kind.value} {entity_id}")
            continue
        if list(wanted[1:]) != state:
            yield Problem("check.unaudited", f"{kind.value} {entity_id}")
        wanted = next(expected, None)
    while wanted is not None:
        yield Problem("check.unaudited", f"{kind.value} {wanted[0]}")
        wanted = next(expected, None)


State = tuple[str, int, int, dict[str, Scalar]]


def _rows_now(connection: Connection, kind: Kind) -> Iterator[State]:
    geometry = geometry_of(kind)
    names = [c.name for c in stored_columns(kind)]
    wanted = ["id", "version", "revision", *names, *([GEOMETRY] if geometry else [])]
    for row in connection.execute(
        f"SELECT {', '.join(map(quoted, wanted))} FROM {quoted(kind.value)} ORDER BY id"  # noqa: S608 - names of ours
    ):
        values: dict[str, Scalar] = dict(zip(names, row[3:], strict=False))
        if geometry == "point":
            values["lon"], values["lat"] = lonlat_of(row[-1])
        elif geometry == "area":
            values[AREA_COLUMN] = None if row[-1] is None else wkb_of(row[-1])
        yield row[0], row[1], row[2], values


def _rows_by_changes(connection: Connection, kind: Kind) -> Iterator[State]:
    columns = {
        (revision, position): (operation, json.loads(names))
        for revision, position, operation, names in connection.execute(
            "SELECT revision, position, operation, columns FROM delta WHERE kind = ?",
            (kind.value,),
        )
    }
    # What a change from before a column existed says nothing about is as the migration left it.
    empty: dict[str, Scalar] = {c.name: None for c in columns_of(kind)} | defaults(kind)
    cursor = connection.execute(
        "SELECT id, revision, position, version, after FROM change WHERE kind = ? ORDER BY id, seq",
        (kind.value,),
    )
    for entity_id, group in groupby(cursor, key=itemgetter(0)):
        state = _replayed(entity_id, group, columns, empty)
        if state is not None:
            yield state


def _replayed(
    entity_id: str,
    group: Iterator[tuple[Any, ...]],
    columns: dict[tuple[int, int], tuple[str, list[str]]],
    empty: dict[str, Scalar],
) -> State | None:
    values: dict[str, Scalar] | None = None
    version = last = 0
    for _, revision, position, before_version, after in group:
        operation, names = columns.get((revision, position), (DELETE, []))
        if operation == DELETE:
            values = None
            continue
        if operation == INSERT or values is None:
            values = dict(empty)
        values.update(zip(names, values_of(after), strict=False))
        version, last = before_version + 1, revision
    return None if values is None else (entity_id, version, last, values)
