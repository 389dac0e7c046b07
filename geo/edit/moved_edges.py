"""Moving an edge that zones share: who holds the corners that moved moves them along.

As topological editing does elsewhere. What moved is read off the old and the new outline of one
zone: corners that are gone and the ones in their place, between corners that stayed.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from geo.snapping import MIN_RING, polygons_of, rings_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.model.entity import Area

_Corner = tuple[float, float]


class Change(NamedTuple):
    """A stretch of an outline that is another: the corner before, the gone, the new, the next."""

    before: _Corner
    gone: tuple[_Corner, ...]
    new: tuple[_Corner, ...]
    after: _Corner


def changes_between(old: Area, new: Area) -> tuple[Change, ...]:
    """Return what is another in an outline; nothing if it has other rings than before."""
    before = [r for part in shapely.get_parts(old) for r in rings_of(part)]
    after = [r for part in shapely.get_parts(new) for r in rings_of(part)]
    if len(before) != len(after):
        return ()
    pairs = zip(before, after, strict=True)
    return tuple(change for a, b in pairs for change in _ring_changes(_corners(a), _corners(b)))


def followed(area: Area, changes: Sequence[Change]) -> Area | None:
    """Return a neighbour with its share of the moved corners, or None if it cannot follow.

    It is the same object if nothing that moved is on its edge.
    """
    parts, touched = [], False
    for part in shapely.get_parts(area):
        old = [_corners(ring) for ring in rings_of(part)]
        new = [_followed_ring(ring, changes) for ring in old]
        touched |= old != new
        if len(new[0]) >= MIN_RING:
            parts.append(shapely.Polygon(new[0], [r for r in new[1:] if len(r) >= MIN_RING]))
    if not touched:
        return area
    if not parts or not all(p.is_valid for p in parts):
        return None
    return polygons_of(shapely.MultiPolygon(parts)) if len(parts) > 1 else parts[0]


def _ring_changes(old: list[_Corner], new: list[_Corner]) -> list[Change]:
    if _turns_left(old) != _turns_left(new):
        new.reverse()
    stayed = set(new)
    anchor = next((i for i, corner in enumerate(old) if corner in stayed), None)
    if anchor is None:
        return []
    old = old[anchor:] + old[:anchor]
    start = new.index(old[0])
    new = new[start:] + new[:start]
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    return [
        Change(old[i - 1], tuple(old[i:i_end]), tuple(new[j:j_end]), old[i_end % len(old)])
        for tag, i, i_end, j, j_end in matcher.get_opcodes()
        if tag != "equal"
    ]


def _followed_ring(ring: list[_Corner], changes: Sequence[Change]) -> list[_Corner]:
    for change in changes:
        if len(change.gone) == len(change.new):
            # Corner by corner: where three zones meet, each holds only some of them.
            moved = dict(zip(change.gone, change.new, strict=True))
            ring = [moved.get(corner, corner) for corner in ring]
            continue
        for gone, new in (
            ((change.before, *change.gone, change.after), change.new),
            ((change.after, *change.gone[::-1], change.before), change.new[::-1]),
        ):
            at = _found(ring, gone)
            if at is not None:
                turned = ring[at:] + ring[:at]
                ring = [gone[0], *new, *turned[len(gone) - 1 :]]
    return [corner for i, corner in enumerate(ring) if corner != ring[i - 1]]


def _found(ring: list[_Corner], wanted: tuple[_Corner, ...]) -> int | None:
    """Return where a run of corners begins in a closed ring."""
    if wanted[0] not in ring or len(wanted) > len(ring):
        return None
    at = ring.index(wanted[0])
    twice = ring + ring
    return at if tuple(twice[at : at + len(wanted)]) == wanted else None


def _corners(ring: BaseGeometry) -> list[_Corner]:
    return [(x, y) for x, y in shapely.get_coordinates(ring)[:-1].tolist()]


def _turns_left(ring: list[_Corner]) -> bool:
    return bool(shapely.is_ccw(shapely.LinearRing(np.asarray(ring))))
