"""Deltas in the form in which they are stored and digested, the same for every store."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from geo.edit.edit import Delta, Edit
from geo.errors import StoreError
from geo.model.codec import POINT_COLUMNS, Scalar, columns_of, geometry_of
from geo.model.entity import Kind
from geo.store.schema import vocabulary
from geo.store.versions import defaults

if TYPE_CHECKING:
    from geo.model.table import Columns

INSERT, UPDATE, DELETE = "insert", "update", "delete"
_INT64 = 1 << 63


@dataclass(frozen=True, slots=True)
class StoredDelta:
    """A delta as text, row by row.

    Attributes:
        columns: Column names, as a JSON list; the rows' values stand in this order.
        rows: Id, expected version, values before and after, each a JSON list or None.
    """

    kind: Kind
    operation: str
    columns: str
    rows: Sequence[tuple[str, int, str | None, str | None]]


def operation_of(delta: Delta) -> str:
    """Return what a delta does with its rows."""
    if delta.before is None:
        return INSERT
    return DELETE if delta.after is None else UPDATE


def normalised(edit: Edit) -> Edit:
    """Return `edit` with plain Python values that every store gives back unchanged.

    An import hands over numpy columns; SQLite would keep a numpy integer as a blob and NaN as NULL.

    Raises:
        StoreError: A value is outside its closed vocabulary, or cannot be kept at all.
        ValueError: A delta has columns that its kind lacks, or not all that it needs: a bug.
    """
    if not _is_whole(dump(dict(edit.params))):
        raise StoreError("error.store.unstorable", kind="", field="")
    return replace(edit, deltas=tuple(_normalised(d) for d in edit.deltas if d.ids))


def _normalised(delta: Delta) -> Delta:
    known = {c.name for c in columns_of(delta.kind)}
    given = [side for side in (delta.before, delta.after) if side is not None]
    complete = len(given) == 1
    for side in given:
        if not known.issuperset(side) or (complete and known != set(side)):
            message = f"columns of a delta of {delta.kind.value} do not fit its table"
            raise ValueError(message)
    if len(given) == 2 and set(given[0]) != set(given[1]):  # noqa: PLR2004 - before and after
        message = f"before and after of {delta.kind.value} name different columns"
        raise ValueError(message)
    versions = tuple(int(v) for v in delta.versions)
    before, after = _plain(delta.before, delta.ids), _plain(delta.after, delta.ids)
    _demand_storable(delta.kind, after)
    _demand_vocabulary(delta.kind, after)
    return Delta(delta.kind, tuple(delta.ids), versions, before, after)


def _plain(columns: Columns | None, ids: Sequence[str]) -> Columns | None:
    if columns is None:
        return None
    plain: dict[str, Sequence[Scalar]] = {}
    for name, values in columns.items():
        listed = cast("Any", values).tolist() if hasattr(values, "tolist") else values
        if len(listed) != len(ids):
            message = f"column {name} has {len(listed)} values for {len(ids)} rows"
            raise ValueError(message)
        plain[name] = tuple(_scalar(v) for v in listed)
    return plain


def _scalar(value: Any) -> Scalar:  # noqa: ANN401 - numpy's scalars come here too
    kind = type(value)
    if kind is str or value is None or kind is int or kind is bytes:
        return cast("Scalar", value)
    if kind is bool:
        return int(value)
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        return None if value != value else float(value)  # noqa: PLR0124 - NaN
    if isinstance(value, str):
        return str(value)
    return cast("Scalar", value)


def _demand_storable(kind: Kind, columns: Columns | None) -> None:
    """Refuse half characters, numbers beyond 64 bits, and positions that are none or a half."""
    for name, values in (columns or {}).items():
        texts = "".join([v for v in values if type(v) is str])
        whole = texts.isascii() or _is_whole(texts)
        if not whole or any(type(v) is int and not -_INT64 <= v < _INT64 for v in values):
            raise StoreError("error.store.unstorable", kind=kind.value, field=name)
    if columns is None or geometry_of(kind) != "point":
        return
    both = [columns[name] for name in POINT_COLUMNS if name in columns]
    for place in zip(*both, strict=True):
        known = [v is not None for v in place]
        finite = all(math.isfinite(v) for v in place if isinstance(v, int | float))
        if any(known) != all(known) or not finite:
            raise StoreError("error.store.unstorable", kind=kind.value, field=POINT_COLUMNS[0])


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _demand_vocabulary(kind: Kind, columns: Columns | None) -> None:
    for name, words in vocabulary(kind).items():
        if columns is not None and name in columns and not words.issuperset(columns[name]):
            raise StoreError("error.store.invalid_value", kind=kind.value, field=name)


def in_order(deltas: Iterable[Delta]) -> list[Delta]:
    """Return deltas as they are applied: status decisions before the sites they decide.

    An undo inverts the order of an edit; the rule that a status follows from its ledger holds both
    ways.
    """
    return sorted(deltas, key=lambda d: d.kind is not Kind.STATUS_DECISION)


def of_row(delta: Delta, entity_id: str) -> Delta:
    """Return a delta with one of its rows alone, or with none."""
    at = [i for i, each in enumerate(delta.ids) if each == entity_id]

    def side(columns: Columns | None) -> Columns | None:
        if columns is None:
            return None
        return {name: tuple(values[i] for i in at) for name, values in columns.items()}

    return replace(
        delta,
        ids=tuple(delta.ids[i] for i in at),
        versions=tuple(delta.versions[i] for i in at),
        before=side(delta.before),
        after=side(delta.after),
    )


def column_names(delta: Delta) -> list[str]:
    """Return the columns that a delta names, in the table's order."""
    named = delta.after if delta.after is not None else delta.before
    return [c.name for c in columns_of(delta.kind) if named is not None and c.name in named]


def _unusual(value: object) -> object:
    if isinstance(value, bytes):
        return {"hex": value.hex()}
    message = f"no scalar: {type(value).__name__}"
    raise TypeError(message)


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_unusual)
dump = _ENCODER.encode


def encoded(delta: Delta) -> StoredDelta:
    """Return a normalised delta as text."""
    names = column_names(delta)
    n = len(delta.ids)
    before, after = _rows(delta.before, names, n), _rows(delta.after, names, n)
    rows = list(zip(delta.ids, delta.versions, before, after, strict=True))
    return StoredDelta(delta.kind, operation_of(delta), dump(names), rows)


def _rows(columns: Columns | None, names: Sequence[str], count: int) -> Iterable[str | None]:
    if columns is None:
        return [None] * count
    if not names:
        return ["[]"] * count
    return map(dump, zip(*[columns[name] for name in names], strict=True))


def decoded(stored: StoredDelta) -> Delta:
    """Return the delta that its text stands for."""
    names = cast("list[str]", json.loads(stored.columns))
    return Delta(
        stored.kind,
        tuple(r[0] for r in stored.rows),
        tuple(r[1] for r in stored.rows),
        None if stored.operation == INSERT else _side(stored, names, 2),
        None if stored.operation == DELETE else _side(stored, names, 3),
    )


def _side(stored: StoredDelta, names: Sequence[str], place: int) -> Columns:
    """Return the columns before (2) or after (3) a delta.

    Rows that came or went under an older schema get the columns that were added since, so that
    the edit can be taken back and put back.
    """
    columns = dict(_columns(names, [row[place] for row in stored.rows]))  # type: ignore[misc] # places 2 and 3 are texts
    if stored.operation != UPDATE:
        for name, value in defaults(stored.kind).items():
            columns.setdefault(name, (value,) * len(stored.rows))
    return columns


def _columns(names: Sequence[str], texts: Sequence[str | None]) -> Columns:
    rows = [values_of(t) for t in texts]
    return {name: tuple(row[i] for row in rows) for i, name in enumerate(names)}


def values_of(text: str | None) -> list[Scalar]:
    """Return the values of one stored row."""
    values = json.loads(text or "[]")
    return [bytes.fromhex(v["hex"]) if isinstance(v, dict) else v for v in values]


def header_text(edit: Edit) -> str:
    """Return everything of a committed edit but its deltas, as canonical text for the digest."""
    return dump(
        [
            edit.revision,
            edit.id,
            edit.verb.value,
            dict(sorted(edit.params.items())),
            edit.actor,
            edit.at.isoformat(),
            edit.action.value,
            edit.of,
            int(edit.barrier),
        ]
    )


def digest(header: str, deltas: Iterable[StoredDelta]) -> str:
    """Return the SHA-256 over an edit and its changes, hexadecimal."""
    total = hashlib.sha256(header.encode())
    for piece in _pieces(deltas):
        total.update(piece)
    return total.hexdigest()


def _pieces(deltas: Iterable[StoredDelta]) -> Iterator[bytes]:
    for delta in deltas:
        yield f"\n\n{delta.kind.value} {delta.operation} {delta.columns}".encode()
        for entity_id, version, before, after in delta.rows:
            yield f"\n{entity_id}|{version}|{before}|{after}".encode()


def shown_row(kind: Kind, row: Mapping[str, Scalar]) -> dict[str, Scalar]:
    """Return a row for a conflict's parameters: without the bytes of geometries."""
    hidden = geometry_of(kind) == "area"
    return {k: v for k, v in row.items() if not (isinstance(v, bytes) or (hidden and k == "geom"))}
