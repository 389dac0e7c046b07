"""Writing deltas into the tables of a plan file, inside the caller's transaction."""

from __future__ import annotations

from itertools import islice, repeat
from typing import TYPE_CHECKING, Any

from geo.errors import ConflictError, StoreError
from geo.model.codec import AREA_COLUMN, POINT_COLUMNS, Scalar, columns_of, geometry_of
from geo.model.entity import Kind
from geo.store.blob import area_blob, lonlat_of, point_blob, wkb_of
from geo.store.changes import in_order, shown_row
from geo.store.schema import GEOMETRY, quoted, stored_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from geo.edit.edit import Delta
    from geo.store.connection import Connection

# Ids asked for in one statement when rows are compared.
BATCH = 500


def apply(connection: Connection, deltas: Iterable[Delta], revision: int) -> None:
    """Write deltas after checking that every row is as they expect.

    Raises:
        ConflictError: A row is not as expected; the caller rolls back.
        StoreError: A site's status would not follow from its decisions; the caller rolls back.
    """
    listed = in_order(deltas)
    for delta in listed:
        if delta.before is None:
            _insert(connection, delta, revision)
        else:
            _demand_as_before(connection, delta)
            if delta.after is None:
                _delete(connection, delta)
            else:
                _update(connection, delta, revision)
    _demand_status_of_ledger(connection, listed)


def _insert(connection: Connection, delta: Delta, revision: int) -> None:
    assert delta.after is not None  # noqa: S101 - told by the caller
    _demand_absent(connection, delta)
    names, values = _assignments(delta.kind, delta.after)
    columns = ["id", "version", "revision", *names]
    marks = ", ".join("?" * len(columns))
    connection.executemany(
        f"INSERT INTO {quoted(delta.kind.value)} ({', '.join(map(quoted, columns))}) "  # noqa: S608 - names of ours
        f"VALUES ({marks})",
        zip(delta.ids, repeat(1), repeat(revision), *values, strict=False),
    )


def _update(connection: Connection, delta: Delta, revision: int) -> None:
    assert delta.after is not None  # noqa: S101 - told by the caller
    names, values = _assignments(delta.kind, _with_whole_point(connection, delta))
    sets = ", ".join(
        ["version = version + 1", "revision = ?", *(f"{quoted(n)} = ?" for n in names)]
    )
    connection.executemany(
        f"UPDATE {quoted(delta.kind.value)} SET {sets} WHERE id = ?",  # noqa: S608 - names of ours
        zip(repeat(revision), *values, delta.ids, strict=False),
    )


def _delete(connection: Connection, delta: Delta) -> None:
    connection.executemany(
        f"DELETE FROM {quoted(delta.kind.value)} WHERE id = ?",  # noqa: S608 - names of ours
        ((i,) for i in delta.ids),
    )


def _with_whole_point(connection: Connection, delta: Delta) -> dict[str, Sequence[Scalar]]:
    """Return the new values of an update; lon and lat come together or not at all."""
    after = dict(delta.after or {})
    missing = [c for c in POINT_COLUMNS if c not in after]
    if geometry_of(delta.kind) != "point" or len(missing) != 1:
        return after
    position = POINT_COLUMNS.index(missing[0])
    found = {
        entity_id: lonlat_of(row[0])[position]
        for entity_id, _, row in _stored(connection, delta.kind, [GEOMETRY], delta.ids)
    }
    after[missing[0]] = tuple(found[i] for i in delta.ids)
    return after


def _assignments(
    kind: Kind,
    columns: dict[str, Sequence[Scalar]] | Any,  # noqa: ANN401 - any mapping of columns
) -> tuple[list[str], list[Iterable[Any]]]:
    """Return the stored column names and their values, geometry as blobs."""
    names: list[str] = []
    values: list[Iterable[Any]] = []
    geometry = geometry_of(kind)
    if geometry == "point" and "lon" in columns:
        names.append(GEOMETRY)
        values.append(map(point_blob, columns["lon"], columns["lat"]))
    elif geometry == "area" and AREA_COLUMN in columns:
        names.append(GEOMETRY)
        values.append(map(area_blob, columns[AREA_COLUMN]))
    for column in stored_columns(kind):
        if column.name in columns:
            names.append(column.name)
            values.append(columns[column.name])
    return names, values


def _stored(
    connection: Connection, kind: Kind, names: Sequence[str], ids: Sequence[str]
) -> Iterable[tuple[str, int, tuple[Any, ...]]]:
    """Yield id, version and the stored columns of rows, in no order."""
    wanted = ", ".join(map(quoted, ["id", "version", *names]))
    left = iter(ids)
    while batch := list(islice(left, BATCH)):
        marks = ", ".join("?" * len(batch))
        for row in connection.execute(
            f"SELECT {wanted} FROM {quoted(kind.value)} WHERE id IN ({marks})",  # noqa: S608 - names of ours
            batch,
        ):
            yield row[0], row[1], row[2:]


def _demand_absent(connection: Connection, delta: Delta) -> None:
    if len(set(delta.ids)) < len(delta.ids):
        raise ConflictError("error.conflict.exists", kind=delta.kind.value, id="")
    for entity_id, _, _ in _stored(connection, delta.kind, [], delta.ids):
        raise ConflictError("error.conflict.exists", kind=delta.kind.value, id=entity_id)


def _demand_as_before(connection: Connection, delta: Delta) -> None:
    """Compare versions, and the values before: an undo may not sweep away what it does not know."""
    assert delta.before is not None  # noqa: S101 - told by the caller
    names, read = _reader(delta.kind, list(delta.before))
    found: dict[str, tuple[int, tuple[Scalar, ...]]] = {
        entity_id: (version, read(row))
        for entity_id, version, row in _stored(connection, delta.kind, names, delta.ids)
    }
    expected = zip(*delta.before.values(), strict=True) if delta.before else repeat(())
    for entity_id, version, values in zip(delta.ids, delta.versions, expected, strict=False):
        row = found.get(entity_id)
        if row is None:
            raise ConflictError("error.conflict.gone", kind=delta.kind.value, id=entity_id)
        if row != (version, values):
            raise ConflictError(
                "error.conflict.changed",
                kind=delta.kind.value,
                id=entity_id,
                version=row[0],
                row=current_row(connection, delta.kind, entity_id),
            )


def _reader(
    kind: Kind, wanted: list[str]
) -> tuple[list[str], Callable[[tuple[Any, ...]], tuple[Scalar, ...]]]:
    """Return the stored columns that hold `wanted`, and what makes the wanted values of them."""
    geometry = geometry_of(kind)
    hidden = {"point": set(POINT_COLUMNS), "area": {AREA_COLUMN}}.get(geometry or "", set())
    plain = [n for n in wanted if n not in hidden]
    if len(plain) == len(wanted):
        return plain, tuple

    def read(row: tuple[Any, ...]) -> tuple[Scalar, ...]:
        values: dict[str, Scalar] = dict(zip(plain, row[1:], strict=True))
        if geometry == "point":
            values["lon"], values["lat"] = lonlat_of(row[0])
        else:
            values[AREA_COLUMN] = None if row[0] is None else wkb_of(row[0])
        return tuple(values[n] for n in wanted)

    return [GEOMETRY, *plain], read


def current_row(connection: Connection, kind: Kind, entity_id: str) -> dict[str, Scalar]:
    """Return a row as it is now, for the message of a conflict; empty if it is gone."""
    wanted = [c.name for c in columns_of(kind)]
    names, read = _reader(kind, wanted)
    for _, _, row in _stored(connection, kind, names, [entity_id]):
        return shown_row(kind, dict(zip(wanted, read(row), strict=True)))
    return {}


def _demand_status_of_ledger(connection: Connection, deltas: Iterable[Delta]) -> None:
    """Demand that the sites whose ledger changed have the status that follows from it.

    The triggers refuse a status without its decision; this refuses a decision without its status.
    """
    sites: set[Scalar] = set()
    for delta in deltas:
        if delta.kind is Kind.STATUS_DECISION:
            for side in (delta.before, delta.after):
                sites.update((side or {}).get("site_id", ()))
    left = iter(sites)
    while batch := list(islice(left, BATCH)):
        marks = ", ".join("?" * len(batch))
        wrong = connection.execute(
            "SELECT 1 FROM site WHERE legal_status IS NOT COALESCE((SELECT to_status "  # noqa: S608 - marks only
            "FROM status_decision AS d WHERE d.site_id = site.id "
            "ORDER BY decided_on DESC, recorded_at DESC, fid DESC LIMIT 1), 'unverified') "
            f"AND id IN ({marks}) LIMIT 1",
            batch,
        ).fetchone()
        if wrong is not None:
            raise StoreError("error.store.status_without_decision")
