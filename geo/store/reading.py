"""Reading rows as columns and edits as deltas from a plan file."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.edit.edit import Action, Delta, Edit
from geo.edit.history import EditHeader
from geo.edit.verbs import Verb
from geo.model.codec import AREA_COLUMN, POINT_COLUMNS, columns_of, geometry_of
from geo.model.entity import Kind
from geo.model.table import Table
from geo.store.blob import point_columns, wkb_of
from geo.store.changes import StoredDelta, decoded
from geo.store.protocol import AuditRow, Bounds
from geo.store.schema import GEOMETRY, quoted, rtree, stored_columns
from geo.store.within import touching

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geo.store.connection import Connection

# Rows fetched at once: small enough that other threads never wait for longer than some
# milliseconds.
FETCH = 2000


def load(connection: Connection, kind: Kind, within: Bounds | None) -> Table:
    """Return the rows of a kind in order of insertion, read step by step into columns."""
    geometry = geometry_of(kind)
    where, params = _where(kind, within)
    table = quoted(kind.value)
    (count,) = connection.execute(
        f"SELECT count(*) FROM {table} AS t{where}",  # noqa: S608 - names of ours
        params,
    ).fetchone()
    names = [c.name for c in stored_columns(kind)]
    wanted = ["id", "version", *([GEOMETRY] if geometry else []), *names]
    cursor = connection.execute(
        f"SELECT {', '.join(f't.{quoted(n)}' for n in wanted)} FROM {table} AS t{where} "  # noqa: S608 - names of ours
        "ORDER BY t.fid",
        params,
    )
    arrays: dict[str, NDArray[Any]] = {
        c.name: np.empty(count, dtype=np.float64 if c.name in POINT_COLUMNS else object)
        for c in columns_of(kind)
    }
    ids, versions = np.empty(count, dtype=object), np.empty(count, dtype=np.int64)
    start = 0
    while rows := cursor.fetchmany(FETCH):
        part = slice(start, start + len(rows))
        columns = zip(*rows, strict=True)
        ids[part], versions[part] = next(columns), next(columns)
        if geometry == "point":
            arrays["lon"][part], arrays["lat"][part] = point_columns(next(columns))
        elif geometry == "area":
            arrays[AREA_COLUMN][part] = [b if b is None else wkb_of(b) for b in next(columns)]
        for name, values in zip(names, columns, strict=True):
            arrays[name][part] = values
        start += len(rows)
    found = Table(kind, ids, versions, arrays)
    # The index knows bounds only; an area may lie in a corner of its bounds.
    return touching(found, within) if within is not None and geometry == "area" else found


def _where(kind: Kind, within: Bounds | None) -> tuple[str, tuple[float, ...]]:
    if within is None:
        return "", ()
    if geometry_of(kind) is None:
        return " WHERE 0", ()
    # The R-tree keeps 32-bit numbers rounded outwards: it may find a neighbour of the rectangle,
    # so the blob's own bounds have the last word.
    geom = f"t.{GEOMETRY}"
    where = (
        f" WHERE t.fid IN (SELECT id FROM {rtree(kind)} "  # noqa: S608 - names of ours
        "WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?) "
        f"AND ST_MaxX({geom}) >= ? AND ST_MinX({geom}) <= ? "
        f"AND ST_MaxY({geom}) >= ? AND ST_MinY({geom}) <= ?"
    )
    return where, (within.west, within.east, within.south, within.north) * 2


_HEADER = 'revision, id, verb, params, actor, at, action, "of", barrier, count'


def headers(connection: Connection, after: int = 0) -> Iterator[EditHeader]:
    """Yield the headers of the edits after a revision, in order."""
    for row in connection.execute(
        f"SELECT {_HEADER} FROM edit WHERE revision > ? ORDER BY revision",  # noqa: S608 - names of ours
        (after,),
    ).fetchall():
        yield _header(row)


def header(connection: Connection, edit_id: str) -> EditHeader:
    """Return the header of one edit.

    Raises:
        KeyError: There is no such edit.
    """
    row = connection.execute(f"SELECT {_HEADER} FROM edit WHERE id = ?", (edit_id,)).fetchone()  # noqa: S608 - names of ours
    if row is None:
        raise KeyError(edit_id)
    return _header(row)


def _header(row: tuple[Any, ...]) -> EditHeader:
    revision, edit_id, verb, params, actor, at, action, of, barrier, count = row
    return EditHeader(
        id=edit_id,
        revision=revision,
        verb=Verb(verb),
        params=json.loads(params),
        actor=actor,
        at=datetime.fromisoformat(at),
        action=Action(action),
        of=of,
        barrier=bool(barrier),
        count=count,
    )


def edit_of(connection: Connection, head: EditHeader) -> Edit:
    """Return an edit with its deltas."""
    return with_deltas(head, tuple(decoded(s) for s in stored_deltas(connection, head.revision)))


def with_deltas(head: EditHeader, deltas: tuple[Delta, ...]) -> Edit:
    """Return the edit of a header and its deltas."""
    return Edit(
        id=head.id,
        verb=head.verb,
        params=head.params,
        deltas=deltas,
        actor=head.actor,
        at=head.at,
        action=head.action,
        of=head.of,
        barrier=head.barrier,
        revision=head.revision,
    )


def stored_deltas(connection: Connection, revision: int) -> Iterator[StoredDelta]:
    """Yield an edit's deltas as they are stored."""
    for position, kind, operation, columns in connection.execute(
        "SELECT position, kind, operation, columns FROM delta WHERE revision = ? ORDER BY position",
        (revision,),
    ).fetchall():
        rows = connection.execute(
            "SELECT id, version, before, after FROM change WHERE revision = ? AND position = ? "
            "ORDER BY seq",
            (revision, position),
        ).fetchall()
        yield StoredDelta(Kind(kind), operation, columns, rows)


def edits_of(connection: Connection, kind: Kind, entity_id: str) -> Iterator[Edit]:
    """Yield the edits that touched one row, in order, each with that row's deltas alone."""
    found: dict[int, list[Delta]] = {}
    for revision, operation, columns, *row in connection.execute(
        "SELECT c.revision, d.operation, d.columns, c.id, c.version, c.before, c.after "
        "FROM change AS c JOIN delta AS d USING (revision, position) "
        "WHERE c.kind = ? AND c.id = ? ORDER BY c.revision, c.seq",
        (kind.value, entity_id),
    ).fetchall():
        stored = StoredDelta(kind, operation, columns, [tuple(row)])
        found.setdefault(revision, []).append(decoded(stored))
    for revision, deltas in found.items():
        head = connection.execute(
            f"SELECT {_HEADER} FROM edit WHERE revision = ?",  # noqa: S608 - names of ours
            (revision,),
        ).fetchone()
        yield with_deltas(_header(head), tuple(deltas))


def first_seen(connection: Connection) -> dict[str, str]:
    """Return id → time of the first edit that inserted the row (UTC, ISO text)."""
    # Read backwards, so that the first insertion is the one that stays.
    return dict(
        connection.execute(
            "SELECT c.id, e.at FROM change c JOIN delta d USING (revision, position) "
            "JOIN edit e USING (revision) WHERE d.operation = 'insert' "
            "ORDER BY c.revision DESC"
        ).fetchall()
    )


_AUDIT = "seq, at, actor, what, edit_id, details, digest, previous, hash, signature"


def audit_rows(connection: Connection, after: int = 0) -> Iterator[AuditRow]:
    """Yield the audit chain after a number, in order."""
    for row in connection.execute(
        f"SELECT {_AUDIT} FROM audit WHERE seq > ? ORDER BY seq",  # noqa: S608 - names of ours
        (after,),
    ).fetchall():
        yield _audit_row(row)


def last_audit_row(connection: Connection) -> AuditRow | None:
    """Return the end of the audit chain."""
    row = connection.execute(f"SELECT {_AUDIT} FROM audit ORDER BY seq DESC LIMIT 1").fetchone()  # noqa: S608 - names of ours
    return None if row is None else _audit_row(row)


def _audit_row(row: tuple[Any, ...]) -> AuditRow:
    seq, at, actor, what, edit_id, details, digest, previous, own, signature = row
    return AuditRow(
        seq=seq,
        at=datetime.fromisoformat(at),
        actor=actor,
        what=what,
        edit_id=edit_id,
        details=json.loads(details),
        digest=digest,
        previous=previous,
        hash=own,
        signature=signature,
    )
