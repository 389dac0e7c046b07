"""What happened to a few rows: the edits that touched them, each with those changes alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.edit.history import EditHeader, header_of
from geo.model.codec import Scalar
from geo.model.entity import Kind
from geo.store import reading
from geo.store.changes import StoredDelta, decoded, operation_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from geo.edit.edit import Delta, Edit
    from geo.store.connection import Connection
    from geo.store.protocol import Store

Row = tuple[Kind, str]


@dataclass(frozen=True, slots=True)
class RowChange:
    """What one edit did to one row.

    Attributes:
        operation: ``insert``, ``update`` or ``delete``.
        before: Columns that changed, as they were; empty of a new row.
        after: Columns that changed, as they became; empty of a deleted row.
    """

    head: EditHeader
    kind: Kind
    row_id: str
    operation: str
    before: Mapping[str, Scalar]
    after: Mapping[str, Scalar]


def row_history(store: Store, rows: Collection[Row]) -> tuple[RowChange, ...]:
    """Return what edits did to some rows, in order; on the thread that owns the store."""
    read = getattr(store, "changes_of", None)
    if read is not None:
        found: tuple[RowChange, ...] = read(rows)
        return found
    wanted = set(rows)
    return tuple(c for edit in store.changes_since(0) for c in _of_edit(edit, wanted))


def _of_edit(edit: Edit, wanted: Collection[Row]) -> Iterator[RowChange]:
    head = header_of(edit)
    for delta in edit.deltas:
        for place, row_id in enumerate(delta.ids):
            if (delta.kind, row_id) in wanted:
                yield _change(head, delta, place)


def _change(head: EditHeader, delta: Delta, place: int) -> RowChange:
    before = {name: values[place] for name, values in (delta.before or {}).items()}
    after = {name: values[place] for name, values in (delta.after or {}).items()}
    return RowChange(head, delta.kind, delta.ids[place], operation_of(delta), before, after)


def read_changes(connection: Connection, rows: Collection[Row]) -> tuple[RowChange, ...]:
    """Return what edits did to some rows of a plan file, found by its index of changed rows."""
    heads: dict[str, EditHeader] = {}
    found: list[tuple[int, RowChange]] = []
    for kind, row_id in rows:
        changes = connection.execute(
            "SELECT c.seq, e.id, d.operation, d.columns, c.version, c.before, c.after "
            "FROM change AS c JOIN delta AS d ON d.revision = c.revision "
            "AND d.position = c.position JOIN edit AS e ON e.revision = c.revision "
            "WHERE c.kind = ? AND c.id = ?",
            (kind.value, row_id),
        ).fetchall()
        for seq, edit_id, operation, columns, version, before, after in changes:
            if edit_id not in heads:
                heads[edit_id] = reading.header(connection, edit_id)
            stored = StoredDelta(kind, operation, columns, [(row_id, version, before, after)])
            found.append((seq, _change(heads[edit_id], decoded(stored), 0)))
    return tuple(change for _, change in sorted(found, key=lambda each: each[0]))
