"""Outlines that share their edges exactly: cutting cells to an area, and who lies beside whom.

All zones of a split are unions of the same pieces, and two pieces that touch have the very same
vertices along their border. So zones never overlap and leave no gap, to the last bit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.crs import to_utm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.model.entity import Area

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
Geometries = NDArray[np.object_]


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Cells cut along the outlines of areas.

    Attributes:
        outlines: Polygons, lon/lat degrees, edges exactly shared, shape ``(n,)``.
        cell: Position of the cell that each lies in, or -1, shape ``(n,)``.
        area: Position of the area that each lies in, shape ``(n,)``.
    """

    outlines: Geometries
    cell: IntArray
    area: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Borders:
    """Who lies beside whom.

    Attributes:
        pairs: Positions of two neighbours, the lower first, in order; shape ``(n, 2)``.
        metres: Length of their common border, shape ``(n,)``.
        around: Length of the whole outline of each polygon in metres, shape ``(polygons,)``.
    """

    pairs: IntArray
    metres: FloatArray
    around: FloatArray


def cut(cells: Geometries, areas: Sequence[Area], *, rest: bool = False) -> Pieces:
    """Cut cells along the outlines of areas and keep what lies within one.

    Args:
        cells: Polygons whose common edges have the same vertices.
        areas: Polygons that do not overlap.
        rest: Keep what lies in an area and in no cell too, as pieces of cell -1.
    """
    tree = shapely.STRtree(np.asarray(areas, dtype=object))
    whole_cell, whole_area = tree.query(cells, predicate="within")
    crossing = np.setdiff1d(np.unique(tree.query(cells, predicate="intersects")[0]), whole_cell)
    # A cell that touches the outline from within needs its vertices just as one that crosses it.
    rims = shapely.boundary(np.asarray(areas, dtype=object))
    touching, _ = shapely.STRtree(rims).query(cells[whole_cell], predicate="intersects")
    touching = np.arange(len(whole_cell)) if rest else np.unique(touching)
    rim = np.union1d(crossing, whole_cell[touching]).astype(np.int64)
    inside = np.setdiff1d(np.arange(len(whole_cell)), touching)
    lines = shapely.union_all(np.concatenate([shapely.boundary(cells[rim]), rims]))
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    face_cell = _holding(faces, cells[rim])
    face_area = _holding(faces, np.asarray(areas, dtype=object))
    kept = (rest | (face_cell >= 0)) & (face_area >= 0)
    outlines = np.concatenate([cells[whole_cell[inside]], faces[kept]])
    cell = np.concatenate([whole_cell[inside], np.append(rim, -1)[face_cell[kept]]]).astype(
        np.int64
    )
    area = np.concatenate([whole_area[inside], face_area[kept]]).astype(np.int64)
    middle = shapely.get_coordinates(shapely.point_on_surface(outlines))
    order = np.lexsort((middle[:, 1], middle[:, 0], area, cell))
    return Pieces(outlines[order], cell[order], area[order])


def borders(outlines: Geometries) -> Borders:
    """Return which polygons of a coverage share edges, and how long they are."""
    parts, owner_of_part = shapely.get_parts(outlines, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    owner_of_ring = owner_of_part[part]
    lonlat, ring = shapely.get_coordinates(rings, return_index=True)
    metres = to_utm(lonlat)
    goes_on = ring[:-1] == ring[1:]
    start, end = lonlat[:-1][goes_on], lonlat[1:][goes_on]
    length = np.hypot(*(metres[1:] - metres[:-1])[goes_on].T)
    owner = owner_of_ring[ring[:-1][goes_on]].astype(np.int64)
    around = totals(owner, length, len(outlines))
    # One edge has two directions: the lower end is put first, then equal edges stand together.
    turned = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    low = np.where(turned[:, None], end, start)
    high = np.where(turned[:, None], start, end)
    keys = np.column_stack((low, high))
    order = np.lexsort(keys.T)
    same = np.flatnonzero((keys[order[:-1]] == keys[order[1:]]).all(axis=1))
    both = np.sort(np.column_stack((owner[order[same]], owner[order[same + 1]])), axis=1)
    shared = length[order[same]]
    apart = both[:, 0] != both[:, 1]
    pairs, which = np.unique(both[apart], axis=0, return_inverse=True)
    if not len(pairs):
        return Borders(np.empty((0, 2), dtype=np.int64), np.empty(0), around)
    lengths = totals(which.ravel(), shared[apart], len(pairs))
    return Borders(pairs.astype(np.int64), lengths, around)


def owners(pieces: Pieces, main: NDArray[np.bool_]) -> IntArray:
    """Return the cell that each piece is given to, within its own area.

    A cell that a coast or a border cuts into several pieces keeps its main ones. What else is left
    of it goes to the neighbour with which it shares the longest border; an islet that touches
    nothing stays with its cell.

    Args:
        pieces: What `cut` returned.
        main: Pieces that stay with their cell, shape ``(n,)``.
    """
    found = borders(pieces.outlines)
    owner = np.where(main, pieces.cell, -1)
    near: list[list[tuple[float, int]]] = [[] for _ in owner]
    for (a, b), length in zip(found.pairs.tolist(), found.metres.tolist(), strict=True):
        if pieces.area[a] == pieces.area[b]:
            near[a].append((length, b))
            near[b].append((length, a))
    waiting = [int(p) for p in np.flatnonzero(~main)]
    while waiting:
        later = []
        for piece in waiting:
            settled = [(length, -other) for length, other in near[piece] if owner[other] >= 0]
            if settled:
                owner[piece] = owner[-max(settled)[1]]
            else:
                later.append(piece)
        if len(later) == len(waiting):
            owner[later] = pieces.cell[later]
            for piece in np.flatnonzero(owner < 0).tolist():
                # Ground that a hand added out of reach: to whoever is first in its area.
                owner[piece] = owner[(pieces.area == pieces.area[piece]) & (owner >= 0)].min()
            break
        waiting = later
    return owner


def largest_of(groups: IntArray, sizes: FloatArray) -> NDArray[np.bool_]:
    """Tell which members are the largest of their group; of two alike, the first."""
    order = np.lexsort((np.arange(len(groups)), -sizes, groups))
    first = np.ones(len(groups), dtype=np.bool_)
    first[1:] = groups[order][1:] != groups[order][:-1]
    chosen = np.zeros(len(groups), dtype=np.bool_)
    chosen[order[first]] = True
    return chosen


def totals(groups: IntArray, values: FloatArray, count: int) -> FloatArray:
    """Return the sum of the values of each group, shape ``(count,)``."""
    return np.bincount(groups, values, minlength=count).astype(np.float64)


def joined(outlines: Geometries) -> Area:
    """Return the union of polygons of one coverage; their common edges vanish exactly."""
    parts = shapely.get_parts(shapely.coverage_union_all(outlines))
    area: Area = parts[0] if len(parts) == 1 else shapely.MultiPolygon(list(parts))
    return area


def _holding(faces: Geometries, holders: Geometries) -> IntArray:
    """Return which polygon holds each face, or -1.

    A point deep within a face tells, but not of a face that is a thread of some metres: of those
    that it did not tell, what they have in common with the polygons decides. The large face that
    encloses the inner cells has nothing in common with those that were cut.
    """
    tree = shapely.STRtree(holders)
    holder = _first(len(faces), tree.query(shapely.point_on_surface(faces), predicate="within"))
    left = np.flatnonzero(holder < 0)
    face, near = tree.query(faces[left], predicate="intersects")
    face = left[face]
    common = shapely.area(shapely.intersection(faces[face], holders[near]))
    most = common > shapely.area(faces[face]) / 2
    holder[face[most]] = near[most]
    return holder


def _first(count: int, found: NDArray[np.intp]) -> IntArray:
    """Return for each of so many queries the lowest hit, or -1."""
    hit = np.full(count, -1, dtype=np.int64)
    order = np.lexsort((-found[1], found[0]))
    hit[found[0][order]] = found[1][order]
    return hit
