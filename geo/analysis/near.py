"""Which of many rows lie near each other, in space, by a key or in time: as arrays of pairs.

Everything here works on whole columns, in pieces, so that it can be cancelled and never holds the
interpreter for long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterator

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
Pairs = tuple[IntArray, IntArray]

PIECE: Final = 1024
"""Rows looked at in one step."""
METRES_PER_DEGREE: Final = 111_195.0
_AFTER: Final = ((0, 1), (1, -1), (1, 0), (1, 1))
"""The half of a cell's neighbours that come after it."""


def metres(lon: FloatArray, lat: FloatArray) -> FloatArray:
    """Return degrees as metres on a plane, shape ``(n, 2)``: exact enough for a few hundred.

    The plane is right at the middle of the rows; within Cambodia its east is off by 3 % at most.
    """
    middle = np.radians(np.mean(lat)) if len(lat) else 0.0
    return np.column_stack((lon * METRES_PER_DEGREE * np.cos(middle), lat * METRES_PER_DEGREE))


def within(xy: FloatArray, reach: FloatArray, most: float) -> Iterator[Pairs]:
    """Yield every pair of points nearer to each other than `most` and both their reaches.

    Args:
        xy: Metres, shape ``(n, 2)``.
        reach: Metres that are added for each point, shape ``(n,)``.
        most: Metres between two points without a reach.

    Yields:
        Positions of both, the first one lower in the grid; in pieces.
    """
    if not len(xy):
        return
    size = most + 2 * float(reach.max())
    cells = np.floor((xy - xy.min(axis=0)) / size).astype(np.int64)
    width = int(cells[:, 1].max()) + 2
    keys = cells[:, 0] * width + cells[:, 1]
    order = np.argsort(keys, kind="stable")
    ranked = keys[order]
    for start in range(0, len(order), PIECE):
        here = np.arange(start, min(start + PIECE, len(order)))
        found = [_spans(here, here + 1, np.searchsorted(ranked, ranked[here], "right"))]
        for east, north in _AFTER:
            other = ranked[here] + east * width + north
            first, last = (np.searchsorted(ranked, other, side) for side in ("left", "right"))
            found.append(_spans(here, first, last))
        a, b = (order[np.concatenate(parts)] for parts in zip(*found, strict=True))
        apart = np.hypot(*(xy[a] - xy[b]).T)
        near = apart <= most + reach[a] + reach[b]
        yield a[near], b[near]


def same(keys: NDArray[np.object_], *, largest: int) -> Pairs:
    """Return every pair of rows with the same key; an empty key is none.

    Args:
        keys: Texts, shape ``(n,)``.
        largest: A key that more rows than this share says nothing and is left out.
    """
    rows = np.flatnonzero(keys.astype(bool))
    _, codes, counts = np.unique(keys[rows].astype(str), return_inverse=True, return_counts=True)
    chosen = (counts[codes] > 1) & (counts[codes] <= largest)
    rows, codes = rows[chosen], codes[chosen]
    return in_window(rows, codes, np.zeros(len(rows)), 0.0)


def in_window(rows: IntArray, codes: IntArray, value: FloatArray, most: float) -> Pairs:
    """Return every pair of rows with the same code whose values differ by `most` or less.

    Args:
        rows: Positions, shape ``(n,)``.
        codes: A number for each row, shape ``(n,)``.
        value: Days, say; shape ``(n,)``, none of them NaN.
        most: In the unit of `value`.
    """
    if not len(rows):
        return rows, rows
    span = float(value.max() - value.min()) + most + 1.0
    line = codes * span + (value - value.min())
    order = np.argsort(line, kind="stable")
    ranked = line[order]
    here = np.arange(len(order))
    a, b = _spans(here, here + 1, np.searchsorted(ranked, ranked + most, "right"))
    return rows[order[a]], rows[order[b]]


def beside(some: IntArray, rows: IntArray, keys: NDArray[np.object_]) -> Iterator[Pairs]:
    """Yield each of some rows with every other row of the same key, in pieces.

    Args:
        some: Positions, shape ``(m,)``.
        rows: Positions of the others, shape ``(n,)``; those of `some` may be among them.
        keys: Texts by position; an empty key is none.
    """
    rows, some = (group[keys[group].astype(bool)] for group in (rows, some))
    order = rows[np.argsort(keys[rows].astype(str), kind="stable")]
    ranked = keys[order].astype(str)
    for start in range(0, len(some), PIECE):
        here = some[start : start + PIECE]
        wanted = keys[here].astype(str)
        first, last = (np.searchsorted(ranked, wanted, side) for side in ("left", "right"))
        a, b = _spans(here, first, last)
        other = order[b]
        yield a[a != other], other[a != other]


def once(pairs: list[Pairs], n: int) -> Pairs:
    """Return each pair once, the lower position first.

    Args:
        pairs: Pairs in any order, some of them twice.
        n: Number of rows that the positions count in.
    """
    if not pairs:
        none = np.zeros(0, dtype=np.int64)
        return none, none
    a, b = (np.concatenate(parts) for parts in zip(*pairs, strict=True))
    keys = np.unique(np.minimum(a, b) * n + np.maximum(a, b))
    return keys // max(n, 1), keys % max(n, 1)


def _spans(here: IntArray, first: IntArray, last: IntArray) -> Pairs:
    """Return each position of `here` with all of ``first … last - 1``."""
    counts = np.maximum(last - first, 0)
    a = np.repeat(here, counts)
    begins = np.repeat(np.cumsum(counts) - counts, counts)
    return a, np.arange(len(a)) - begins + np.repeat(first, counts)
