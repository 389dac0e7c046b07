"""The way along drawn lines between two clicked positions: boundaries, the border, other zones."""

from __future__ import annotations

import heapq
from collections import defaultdict
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.errors import GeometryError
from geo.territory import METRES_PER_DEGREE, PLANE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geo.crs import LonLat

REACH_M: Final = 200.0
"""A click farther from every line than this is not meant for one; a tool passes its own."""

_Node = tuple[float, float]


class Tracer:
    """Lines that can be followed; made once for what is in view, and asked at every move."""

    def __init__(self, lines: Iterable[BaseGeometry]) -> None:
        """Join the lines where they hold the same corner.

        Args:
            lines: Lines, rings or areas (whose rings are meant), lon/lat degrees.
        """
        self._chains = _chains(lines)
        self._tree = shapely.STRtree(
            np.asarray([shapely.LineString(chain * PLANE) for chain in self._chains])
        )
        self._at: dict[_Node, list[int]] = defaultdict(list)
        for number, chain in enumerate(self._chains):
            for end in (chain[0], chain[-1]):
                self._at[_node(end)].append(number)

    def between(
        self, start: LonLat, end: LonLat, *, reach_m: float = REACH_M
    ) -> NDArray[np.float64]:
        """Return the shortest way along the lines between two positions near them.

        Args:
            start: Lon/lat degrees.
            end: The same.
            reach_m: How far from a line a position may be, metres.

        Returns:
            Corners in degrees, shape ``(n, 2)``, from the position on the line nearest to `start`
            to the one nearest to `end`.

        Raises:
            GeometryError: A position is not near a line, or no way leads from one to the other.
        """
        first, first_at = self._nearest(start, reach_m)
        last, last_at = self._nearest(end, reach_m)
        ways: list[NDArray[np.float64]] = []
        if first == last:
            ways.append(_piece(self._chains[first], first_at, last_at))
        around = self._around(first, first_at, last, last_at)
        ways += [] if around is None else [around]
        if not ways:
            raise GeometryError("error.trace.no_way")
        return min(ways, key=_length)

    def _nearest(self, at: LonLat, reach_m: float) -> tuple[int, float]:
        """Return the chain nearest to a position, and how far along it, on the plane."""
        point = shapely.Point(np.asarray(at) * PLANE)
        found = self._tree.query_nearest(point, max_distance=reach_m / METRES_PER_DEGREE)
        if not len(found):
            raise GeometryError("error.trace.no_line")
        number = int(found[0])
        line = shapely.LineString(self._chains[number] * PLANE)
        return number, float(shapely.line_locate_point(line, point))

    def _around(
        self, first: int, first_at: float, last: int, last_at: float
    ) -> NDArray[np.float64] | None:
        """Return the shortest way that passes through ends of chains, or None."""
        chain, target = self._chains[first], self._chains[last]
        homes = [_piece(target, at, last_at) for at in (0.0, _length(target))]
        ends = [_node(home[0]) for home in homes]
        queue: list[tuple[float, int, _Node, tuple[NDArray[np.float64], ...]]] = []
        for at in (0.0, _length(chain)):
            piece = _piece(chain, first_at, at)
            heapq.heappush(queue, (_length(piece), len(queue), _node(piece[-1]), (piece,)))
        pushed, seen = len(queue), set[_Node]()
        best: tuple[float, tuple[NDArray[np.float64], ...]] | None = None
        while queue and (best is None or queue[0][0] < best[0]):
            length, _, node, way = heapq.heappop(queue)
            if node in seen:
                continue
            seen.add(node)
            for home, end in zip(homes, ends, strict=True):
                whole = length + _length(home)
                if end == node and (best is None or whole < best[0]):
                    best = whole, (*way, home)
            for number in self._at[node]:
                on = self._chains[number]
                on = on if _node(on[0]) == node else on[::-1]
                pushed += 1
                further = length + _length(on)
                heapq.heappush(queue, (further, pushed, _node(on[-1]), (*way, on)))
        if best is None:
            return None
        return _without_repeats(np.concatenate(best[1]))


def trace(
    lines: Iterable[BaseGeometry], start: LonLat, end: LonLat, *, reach_m: float = REACH_M
) -> NDArray[np.float64]:
    """Return the shorter way along lines between two positions; see `Tracer.between`.

    Raises:
        GeometryError: A position is not near a line, or no way leads from one to the other.
    """
    return Tracer(lines).between(start, end, reach_m=reach_m)


def _chains(lines: Iterable[BaseGeometry]) -> list[NDArray[np.float64]]:
    """Return the lines cut where several of them meet, each piece once."""
    rings = shapely.get_parts(np.asarray([_as_lines(line) for line in lines], dtype=object))
    if not len(rings):
        raise GeometryError("error.trace.no_line")
    xy, line = shapely.get_coordinates(rings, return_index=True)
    same = line[:-1] == line[1:]
    # Each edge once, whatever its direction: neighbours hold the same one twice.
    edges = np.stack((xy[:-1][same], xy[1:][same]), axis=1)
    edges = edges[(edges[:, 0] != edges[:, 1]).any(axis=1)]
    turned = (edges[:, 0, 0] > edges[:, 1, 0]) | (
        (edges[:, 0, 0] == edges[:, 1, 0]) & (edges[:, 0, 1] > edges[:, 1, 1])
    )
    edges[turned] = edges[turned][:, ::-1]
    edges = np.unique(edges, axis=0)
    merged = shapely.line_merge(shapely.multilinestrings(np.asarray(shapely.linestrings(edges))))
    return [shapely.get_coordinates(part) for part in shapely.get_parts(merged)]


def _as_lines(geometry: BaseGeometry) -> BaseGeometry:
    return shapely.boundary(geometry) if shapely.get_dimensions(geometry) > 1 else geometry


def _piece(chain: NDArray[np.float64], start: float, end: float) -> NDArray[np.float64]:
    """Return a chain between two distances along it, the other way round if `end` comes first."""
    from shapely.ops import substring

    piece = substring(shapely.LineString(chain * PLANE), start, end)
    corners: NDArray[np.float64] = shapely.get_coordinates(piece) / PLANE
    return corners


def _node(corner: NDArray[np.float64]) -> _Node:
    # Rounded to a tenth of a millimetre: a piece that was cut out ends where its chain does.
    return round(float(corner[0]), 9), round(float(corner[1]), 9)


def _length(chain: NDArray[np.float64]) -> float:
    return float(np.hypot(*(np.diff(chain, axis=0) * PLANE).T).sum()) if len(chain) > 1 else 0.0


def _without_repeats(way: NDArray[np.float64]) -> NDArray[np.float64]:
    steps: NDArray[np.bool_] = np.abs(np.diff(way, axis=0)).max(axis=1) > 1e-12  # noqa: PLR2004 - a hair in degrees
    kept: NDArray[np.float64] = way[np.concatenate((np.ones(1, dtype=np.bool_), steps))]
    return kept
