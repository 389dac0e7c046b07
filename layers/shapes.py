"""Many lines or polygons as flat arrays, read from WKB without GDAL and without objects."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from layers.view import FloatArray, to_mercator

if TYPE_CHECKING:
    from collections.abc import Iterable

IntArray = NDArray[np.int64]

_POINT, _LINE, _POLYGON = 1, 2, 3
_MULTI = frozenset({4, 5, 6, 7})
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """Features made of rings or lines.

    Attributes:
        xy: Vertices, EPSG:3857 metres (or pixels after drawing), shape ``(n, 2)``.
        rings: First vertex of each ring and the end of the last, shape ``(r + 1,)``.
        features: First ring of each feature and the end of the last, shape ``(f + 1,)``.
        ring_bounds: West, south, east, north of each ring, shape ``(r, 4)``.
    """

    xy: FloatArray
    rings: IntArray
    features: IntArray
    ring_bounds: FloatArray

    @classmethod
    def of(cls, features: Iterable[Iterable[FloatArray]]) -> Shapes:
        """Build from features given as lists of rings of shape ``(n, 2)``."""
        parts: list[FloatArray] = []
        starts = [0]
        for feature in features:
            parts.extend(ring for ring in feature if len(ring))
            starts.append(len(parts))
        lengths = [len(ring) for ring in parts]
        xy = np.concatenate(parts) if parts else np.empty((0, 2))
        rings = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        return cls(xy, rings, np.array(starts, dtype=np.int64), _bounds(xy, rings))

    def __len__(self) -> int:
        return len(self.features) - 1

    def rings_of(self, feature: int) -> list[FloatArray]:
        """Return the rings of one feature."""
        first, end = self.features[feature], self.features[feature + 1]
        return [self.xy[self.rings[i] : self.rings[i + 1]] for i in range(first, end)]

    def bounds_of(self, feature: int) -> tuple[float, float, float, float] | None:
        """Return west, south, east, north of one feature, or None if it is empty."""
        box = self.ring_bounds[self.features[feature] : self.features[feature + 1]]
        if not len(box):
            return None
        low, high = box.min(axis=0), box.max(axis=0)
        return float(low[0]), float(low[1]), float(high[2]), float(high[3])

    def feature_of_ring(self) -> IntArray:
        """Return the feature that each ring belongs to, shape ``(r,)``."""
        return np.repeat(np.arange(len(self)), np.diff(self.features))


def _bounds(xy: FloatArray, rings: IntArray) -> FloatArray:
    if len(rings) < 2:  # noqa: PLR2004 - no ring has a start and an end
        return np.empty((0, 4))
    low = np.minimum.reduceat(xy, rings[:-1])
    high = np.maximum.reduceat(xy, rings[:-1])
    return np.hstack([low, high])


def rings_from_wkb(blob: bytes) -> list[FloatArray]:
    """Return the rings, lines or points of a WKB or GeoPackage geometry in EPSG:3857 metres.

    Args:
        blob: Two-dimensional geometry, either byte order, with or without GeoPackage header.

    Returns:
        Arrays of shape ``(n, 2)``; shells and holes are not told apart (odd–even rule).
    """
    start = 8 + _ENVELOPE_BYTES[(blob[3] >> 1) & 7] if blob[:2] == b"GP" else 0
    rings: list[FloatArray] = []
    _read(blob, start, rings)
    return [np.column_stack(to_mercator(ring[:, 0], ring[:, 1])) for ring in rings]


def _read(blob: bytes, at: int, rings: list[FloatArray]) -> int:
    order = "<" if blob[at] == 1 else ">"
    (kind,) = struct.unpack_from(order + "I", blob, at + 1)
    at += 5
    if kind == _POINT:
        return _take(blob, at, 1, order, rings)
    (count,) = struct.unpack_from(order + "I", blob, at)
    at += 4
    if kind == _LINE:
        return _take(blob, at, count, order, rings)
    for _ in range(count):
        if kind == _POLYGON:
            (size,) = struct.unpack_from(order + "I", blob, at)
            at = _take(blob, at + 4, size, order, rings)
        elif kind in _MULTI:
            at = _read(blob, at, rings)
        else:
            message = f"geometry type {kind} is no two-dimensional simple feature"
            raise ValueError(message)
    return at


def _take(blob: bytes, at: int, count: int, order: str, rings: list[FloatArray]) -> int:
    flat = np.frombuffer(blob, dtype=order + "f8", count=2 * count, offset=at)
    rings.append(flat.reshape(-1, 2).astype(np.float64, copy=False))
    return at + 16 * count
