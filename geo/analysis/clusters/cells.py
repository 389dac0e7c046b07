"""Points sorted into small square cells, and pairs of near points in portions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from geo.analysis.columns import FloatArray
from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

IntArray = NDArray[np.int64]
REACH: Final = 2
"""Cells on each side within which all points lie that are within the distance."""
_SHRINK: Final = 1.0 - 1e-9
"""So that two points of one cell are never further apart than the distance, rounding included."""
_PORTION: Final = 32_768
"""Pairs that are looked at together: few enough for the processor's own memory."""
_LARGEST: Final = 2**62


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Points in the order of cells whose diagonal is the distance.

    Attributes:
        x: Of the points in that order, shape ``(n,)``.
        y: The same.
        order: Position of each among the given ones.
        keys: Row × `width` + column of each cell that has points, ascending, shape ``(c,)``.
        start: Where the points of each cell begin, shape ``(c + 1,)``.
        width: Columns, with room on both sides so that no row touches the next.
    """

    x: FloatArray
    y: FloatArray
    order: IntArray
    keys: IntArray
    start: IntArray
    width: int

    @classmethod
    def of(cls, xy: FloatArray, distance: float) -> Cells:
        """Sort points, at least one.

        Raises:
            InputError: The distance is too small for an extent like this.
        """
        side = distance / np.sqrt(2.0) * _SHRINK
        corner = xy.min(axis=0)
        across, down = ((xy.max(axis=0) - corner) / side).tolist()
        if (across + 2 * REACH + 1) * (down + 2 * REACH + 1) > _LARGEST:
            raise InputError("error.clusters.distance")
        width = int(across) + 2 * REACH + 1
        at = ((xy - corner) / side).astype(np.int64)
        key = (at[:, 1] + REACH) * width + at[:, 0] + REACH
        order = np.argsort(key)
        ordered = key[order]
        begins = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
        start = np.concatenate([begins, [len(xy)]])
        return cls(xy[order, 0], xy[order, 1], order, ordered[begins], start, width)

    @property
    def count(self) -> IntArray:
        """Points of each cell."""
        counts: IntArray = np.diff(self.start)
        return counts

    @property
    def cell(self) -> IntArray:
        """Cell of each point, in the order of the points."""
        return np.repeat(np.arange(len(self.keys)), self.count)

    def only(self, chosen: NDArray[np.bool_]) -> Cells:
        """Return the same cells with some of the points; cells without any are gone."""
        kept = np.add.reduceat(chosen.astype(np.int64), self.start[:-1])
        start = np.concatenate([[0], np.cumsum(kept[kept > 0])])
        x, y, order = self.x[chosen], self.y[chosen], self.order[chosen]
        return Cells(x, y, order, self.keys[kept > 0], start, self.width)

    def near(self, keys: IntArray, row: int) -> tuple[IntArray, IntArray]:
        """Return which cells lie within `REACH` columns of some keys, `row` rows further on.

        Returns:
            First cell and the one after the last, both of shape ``keys.shape``.
        """
        middle = keys + row * self.width
        first = np.searchsorted(self.keys, middle - REACH)
        after = np.searchsorted(self.keys, middle + REACH, side="right")
        return first, after


@dataclass(frozen=True, slots=True, eq=False)
class Portion:
    """Pairs of some rows with what their ranges hold.

    Attributes:
        rows: Rows with a range that is not empty, ascending.
        many: How many each has.
        member: What each pair's row is paired with, row by row.
    """

    rows: IntArray
    many: IntArray
    member: IntArray

    def each(self, values: FloatArray) -> FloatArray:
        """Return the value of each pair's row, from one value for every row there is."""
        return np.repeat(values[self.rows], self.many)

    @property
    def row(self) -> IntArray:
        """Row of each pair."""
        return np.repeat(self.rows, self.many)

    def sums(self, of_pairs: NDArray[np.bool_]) -> IntArray:
        """Return how many pairs of each of the rows something holds for."""
        held: IntArray = np.add.reduceat(
            of_pairs.view(np.int8), np.cumsum(self.many) - self.many, dtype=np.int64
        )
        return held


def portions(first: IntArray, after: IntArray) -> Iterator[Portion]:
    """Yield what each row's range holds, as pairs, so many at a time as the processor holds.

    Args:
        first: Begin of each row's range, shape ``(n,)``.
        after: Its end.
    """
    length = after - first
    rows = np.flatnonzero(length > 0)
    ends = np.cumsum(length[rows])
    begin = 0
    while begin < len(rows):
        before = int(ends[begin - 1]) if begin else 0
        end = max(begin + 1, int(np.searchsorted(ends, before + _PORTION, side="right")))
        some = rows[begin:end]
        many = length[some]
        member = np.arange(int(many.sum()))
        member += np.repeat(first[some] - (np.cumsum(many) - many), many)
        yield Portion(some, many, member)
        begin = end


def within(x: FloatArray, y: FloatArray, distance: float) -> NDArray[np.bool_]:
    """Return which differences in x and y are no longer than a distance; both are overwritten."""
    x *= x
    y *= y
    x += y
    near: NDArray[np.bool_] = x <= distance * distance
    return near
