"""Many lines cut into short pieces, so that those near a place are found without a look at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from layers.view import FloatArray

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

PIECE = 64
"""Edges in a piece: so many are looked at one by one, the others through their bounds."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """The edges of lines or rings.

    Attributes:
        starts: Where each edge begins, EPSG:3857 metres, shape ``(n, 2)``.
        ends: Where it ends.
        bounds: West, south, east, north of each piece of `PIECE` edges.
    """

    starts: FloatArray
    ends: FloatArray
    bounds: FloatArray

    @classmethod
    def of(cls, lines: Iterable[FloatArray]) -> Lines:
        """Cut lines, each of shape ``(n, 2)``, into edges."""
        parts = [line for line in lines if len(line) > 1]
        if not parts:
            return cls(np.empty((0, 2)), np.empty((0, 2)), np.empty((0, 4)))
        starts = np.concatenate([line[:-1] for line in parts])
        ends = np.concatenate([line[1:] for line in parts])
        pieces = np.arange(0, len(starts), PIECE)
        low = np.minimum.reduceat(np.minimum(starts, ends), pieces)
        high = np.maximum.reduceat(np.maximum(starts, ends), pieces)
        return cls(starts, ends, np.hstack((low, high)))

    def __len__(self) -> int:
        return len(self.starts)

    def within(self, box: Box) -> NDArray[np.intp]:
        """Return the edges whose own bounds meet a box of west, south, east, north."""
        west, south, east, north = box
        near = (self.bounds[:, :2] <= (east, north)) & (self.bounds[:, 2:] >= (west, south))
        pieces = np.flatnonzero(near.all(axis=1))
        edges = (pieces[:, None] * PIECE + np.arange(PIECE)).ravel()
        edges = edges[edges < len(self.starts)]
        a, b = self.starts[edges], self.ends[edges]
        meets = (np.minimum(a, b) <= (east, north)) & (np.maximum(a, b) >= (west, south))
        found: NDArray[np.intp] = edges[meets.all(axis=1)]
        return found

    def nearest_corner(
        self, at: FloatArray, far: float, without: FloatArray, same: float
    ) -> FloatArray | None:
        """Return the corner nearest to a place and within `far`, but none of `without`.

        Args:
            at: EPSG:3857 metres, shape ``(2,)``.
            far: Metres.
            without: Places that do not count, shape ``(n, 2)``.
            same: Metres within which a place is one of those.
        """
        edges = self.within(_around(at, far))
        corners = np.concatenate((self.starts[edges], self.ends[edges]))
        corners = corners[~_any_near(corners, without, same)]
        if not len(corners):
            return None
        away = np.hypot(*(corners - at).T)
        found: FloatArray = corners[away.argmin()]
        return found if away.min() <= far else None

    def nearest_place(
        self, at: FloatArray, far: float, without: FloatArray, same: float
    ) -> FloatArray | None:
        """Return the place on an edge nearest to a place and within `far`.

        An edge that ends in one of `without` does not count: see `nearest_corner`.
        """
        edges = self.within(_around(at, far))
        a, b = self.starts[edges], self.ends[edges]
        free = ~(_any_near(a, without, same) | _any_near(b, without, same))
        a, b = a[free], b[free]
        if not len(a):
            return None
        along = b - a
        length = np.maximum((along**2).sum(axis=1), np.finfo(float).tiny)
        share = np.clip(((at - a) * along).sum(axis=1) / length, 0.0, 1.0)[:, None]
        places = a + share * along
        away = np.hypot(*(places - at).T)
        found: FloatArray = places[away.argmin()]
        return found if away.min() <= far else None


def _around(at: FloatArray, far: float) -> Box:
    x, y = float(at[0]), float(at[1])
    return x - far, y - far, x + far, y + far


def _any_near(places: FloatArray, others: FloatArray, same: float) -> NDArray[np.bool_]:
    if not len(others) or not len(places):
        return np.zeros(len(places), dtype=np.bool_)
    apart = np.abs(places[:, None, :] - others[None, :, :]).max(axis=2).min(axis=1)
    near: NDArray[np.bool_] = apart <= same
    return near
