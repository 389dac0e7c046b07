"""Many rows as columns: how a layer, a list or a statistic sees a kind.

A million rows never become a million objects; an entity is made only for the few rows that are
edited or shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from geo.model.codec import POINT_COLUMNS, Row, Scalar, columns_of, from_row
from geo.model.entity import Entity, Kind

Columns = Mapping[str, Sequence[Scalar]]
T = TypeVar("T")


def _array(name: str, values: Sequence[Scalar]) -> NDArray[Any]:
    if name in POINT_COLUMNS:
        return np.array([np.nan if v is None else v for v in values], dtype=np.float64)
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one kind, column by column. Never changed in place: `with_…` returns a new table.

    Attributes:
        kind: Kind of the rows.
        ids: UUIDs, object array of shape ``(n,)``.
        versions: Row versions, int64 of shape ``(n,)``.
        columns: Column name → array of shape ``(n,)``; ``lon`` and ``lat`` are float64 degrees with
            NaN where no point is known, everything else an object array of scalars.
    """

    kind: Kind
    ids: NDArray[np.object_]
    versions: NDArray[np.int64]
    columns: dict[str, NDArray[Any]]
    _index: dict[str, int] = field(default_factory=dict, repr=False, compare=False)
    _kept: dict[str, tuple[tuple[object, ...], Any]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    def empty(cls, kind: Kind) -> Table:
        """Return a table of `kind` without rows."""
        return cls.of(kind, (), (), {c.name: () for c in columns_of(kind)})

    @classmethod
    def of(cls, kind: Kind, ids: Sequence[str], versions: Sequence[int], columns: Columns) -> Table:
        """Build a table from sequences of equal length; a column that is not given is unknown.

        Raises:
            ValueError: A column is longer or shorter than the ids.
        """
        for name, values in columns.items():
            if len(values) != len(ids):
                message = f"{kind.value}.{name}: {len(values)} values for {len(ids)} rows"
                raise ValueError(message)
        id_array = np.empty(len(ids), dtype=object)
        id_array[:] = ids
        arrays = {
            c.name: _array(c.name, columns[c.name])
            if c.name in columns
            else _array(c.name, [None] * len(ids))
            for c in columns_of(kind)
        }
        return cls(kind, id_array, np.array(versions, dtype=np.int64), arrays)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.ids)

    def __contains__(self, entity_id: object) -> bool:
        """Tell whether a row with this id is there."""
        return entity_id in self.index

    @property
    def index(self) -> dict[str, int]:
        """Position of each id; built at first use, since most tables are only drawn."""
        if len(self._index) != len(self.ids):
            # Never emptied first, and filled in one step: a second thread may be looking up too.
            self._index.update({entity_id: i for i, entity_id in enumerate(self.ids)})
        return self._index

    def kept(self, name: str, parts: tuple[object, ...], make: Callable[[], T]) -> T:
        """Return what follows from this table, made at the first call.

        It goes with the table, so that nothing of a closed plan stays. Two threads may make one
        thing twice; neither sees half of it.

        Args:
            name: Of what is made; the last one made under a name is kept.
            parts: What it follows from besides: tables and arrays, which never change in place and
                are compared by identity, and values.
            make: Makes it.
        """
        known = self._kept.get(name)
        if known is None or not _same(known[0], parts):
            known = self._kept[name] = (parts, make())
        made: T = known[1]
        return made

    def __getitem__(self, column: str) -> NDArray[Any]:
        """Return a column's array."""
        return self.columns[column]

    def row(self, entity_id: str) -> dict[str, Scalar]:
        """Return one row as scalars (no point is None, not NaN).

        Raises:
            KeyError: No row has this id.
        """
        return self.row_at(self.index[entity_id])

    def row_at(self, position: int) -> dict[str, Scalar]:
        """Return the row at a position as scalars."""
        row: dict[str, Scalar] = {}
        for name, array in self.columns.items():
            value = array[position]
            if name in POINT_COLUMNS:
                row[name] = None if np.isnan(value) else float(value)
            else:
                row[name] = value
        return row

    def entity(self, entity_id: str) -> Entity:
        """Return one row as its entity.

        Raises:
            KeyError: No row has this id.
        """
        position = self.index[entity_id]
        return from_row(self.kind, entity_id, int(self.versions[position]), self.row_at(position))

    def entities(self) -> Iterator[Entity]:
        """Yield every row as an entity: for the small kinds (teams, zones, users)."""
        for position, entity_id in enumerate(self.ids):
            yield from_row(
                self.kind, entity_id, int(self.versions[position]), self.row_at(position)
            )

    def with_inserted(self, ids: Sequence[str], versions: Sequence[int], columns: Columns) -> Table:
        """Return this table with rows added at its end."""
        more = Table.of(self.kind, ids, versions, columns)
        return Table(
            self.kind,
            np.concatenate([self.ids, more.ids]),
            np.concatenate([self.versions, more.versions]),
            {
                name: np.concatenate([array, more.columns[name]])
                for name, array in self.columns.items()
            },
        )

    def with_updated(self, ids: Sequence[str], versions: Sequence[int], columns: Columns) -> Table:
        """Return this table with some columns of some rows replaced; the rest is shared."""
        positions = [self.index[entity_id] for entity_id in ids]
        new_versions = self.versions.copy()
        new_versions[positions] = versions
        arrays = dict(self.columns)
        for name, values in columns.items():
            array = arrays[name].copy()
            array[positions] = _array(name, values)
            arrays[name] = array
        return Table(self.kind, self.ids, new_versions, arrays, self._index)

    def without(self, ids: Sequence[str]) -> Table:
        """Return this table without the given rows."""
        keep = np.ones(len(self), dtype=bool)
        keep[[self.index[entity_id] for entity_id in ids]] = False
        return Table(
            self.kind,
            self.ids[keep],
            self.versions[keep],
            {name: array[keep] for name, array in self.columns.items()},
        )


def _same(parts: tuple[object, ...], others: tuple[object, ...]) -> bool:
    return len(parts) == len(others) and all(
        a is b or (not isinstance(a, Table | np.ndarray) and a == b)
        for a, b in zip(parts, others, strict=True)
    )


def columns_from_rows(rows: Sequence[Row]) -> dict[str, list[Scalar]]:
    """Turn rows of equal keys into columns."""
    return {name: [row[name] for row in rows] for name in (rows[0] if rows else {})}
