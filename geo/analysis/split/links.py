"""Links over water: what is not connected by land is joined by the shortest way, and that is said.

Without them an island could belong to no zone. A link is no road: it only says which unit on the
other shore an island goes with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.analysis.split.coverage import FloatArray, IntArray
from geo.crs import to_utm

if TYPE_CHECKING:
    from geo.analysis.split.coverage import Geometries


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Pairs of units that belong together without a common border.

    Attributes:
        pairs: Positions, the lower first, shape ``(n, 2)``.
        metres: Width of what lies between them, shape ``(n,)``.
    """

    pairs: IntArray
    metres: FloatArray


def components(count: int, pairs: IntArray) -> IntArray:
    """Return for each of so many units the lowest unit that it is connected with."""
    root = list(range(count))

    def top(unit: int) -> int:
        while root[unit] != unit:
            root[unit] = root[root[unit]]
            unit = root[unit]
        return unit

    for a, b in pairs.tolist():
        first, second = sorted((top(a), top(b)))
        root[second] = first
    return np.array([top(unit) for unit in range(count)], dtype=np.int64)


def linked(outlines: Geometries, pairs: IntArray) -> Links:
    """Return the shortest links that connect everything, each the shortest left when it is made."""
    part = components(len(outlines), pairs)
    found: list[tuple[int, int]] = []
    metres: list[float] = []
    lonlat, owner = shapely.get_coordinates(outlines, return_index=True)
    xy = to_utm(lonlat)
    while len(np.unique(part)) > 1:
        # The largest part grows: the nearest of the others joins it.
        names, sizes = np.unique(part, return_counts=True)
        main = names[np.argmax(sizes)]
        within = part[owner] == main
        tree = shapely.STRtree(shapely.points(xy[within]))
        others = shapely.points(xy[~within])
        (query, hit), distance = tree.query_nearest(others, return_distance=True, all_matches=False)
        nearest = int(np.lexsort((query, np.round(distance, 3)))[0])
        a = int(owner[~within][query[nearest]])
        b = int(owner[within][hit[nearest]])
        found.append((min(a, b), max(a, b)))
        metres.append(float(distance[nearest]))
        part[part == part[a]] = main
    return Links(np.array(found, dtype=np.int64).reshape(-1, 2), np.array(metres, dtype=np.float64))
