"""What lies under the pointer or in a rectangle, in the order in which it is seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.model.entity import Kind
from layers import content
from layers.clip import contains
from layers.draw_plan import POINTS, doubt_radius
from layers.layer import LayerId

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layers.doubt import Doubt
    from layers.snapshot import DrawRequest
    from layers.view import FloatArray

REACH_PX = 10.0
"""A click so near to a symbol means it."""
COUNT_PX = 4.0
"""The count in the middle of an area of doubt is so much larger than a symbol."""


@dataclass(frozen=True, slots=True)
class Pick:
    """Rows that were pointed at, all of one kind.

    Attributes:
        exact: False for an area of doubt: its rows are somewhere in it.
    """

    kind: Kind
    ids: tuple[str, ...]
    exact: bool = True


def pick(request: DrawRequest, px: float, py: float, reach: float = REACH_PX) -> Pick | None:
    """Return what a click at a pixel means: symbols first, then counts of doubt, zones, doubt."""
    visible = _visible(request)
    for layer_id in visible:
        if layer_id in POINTS:
            found = _nearest(request, layer_id, px, py, reach)
            if found is not None:
                return found
    doubts = sorted(_doubts_near(request, px, py), key=lambda pair: pair[1])
    if LayerId.DOUBT not in visible:
        doubts = []
    if doubts and doubts[0][1] <= reach + COUNT_PX:
        return Pick(doubts[0][0].kind, doubts[0][0].ids, exact=False)
    zone = _zone_at(request, px, py) if LayerId.ZONES in visible else None
    if zone is not None:
        return zone
    for doubt, away in doubts:
        if _in_doubt(request, doubt, px, py, away):
            return Pick(doubt.kind, doubt.ids, exact=False)
    return None


def pick_rectangle(request: DrawRequest, x0: float, y0: float, x1: float, y1: float) -> Pick | None:
    """Return the rows of the uppermost layer that has any in a rectangle of pixels.

    Sites come before allegations: a rectangle gathers places to inspect.
    """
    part = request.view.part(
        round(min(x0, x1)), round(min(y0, y1)), round(abs(x1 - x0)), round(abs(y1 - y0))
    )
    visible = _visible(request)
    for layer_id in (LayerId.SITES, LayerId.ALLEGATIONS, LayerId.CROSSINGS):
        if layer_id not in visible:
            continue
        features = POINTS[layer_id](request)
        rows = features.rows[features.index.within(part.bounds)]
        if len(rows):
            return Pick(features.kind, tuple(request.table(features.kind).ids[rows]))
    if LayerId.ZONES in visible:
        zones = content.zones(request)
        west, south, east, north = part.bounds
        ids = request.table(Kind.ZONE).ids
        inside = [
            str(ids[i])
            for i in range(len(zones.shapes))
            if (box := zones.shapes.bounds_of(i)) is not None
            and box[0] >= west
            and box[1] >= south
            and box[2] <= east
            and box[3] <= north
        ]
        if inside:
            return Pick(Kind.ZONE, tuple(inside))
    return None


def _visible(request: DrawRequest) -> list[LayerId]:
    return [layer.id for layer in request.layers if layer.visible and layer.opacity > 0]


def _mercator(request: DrawRequest, px: float, py: float) -> tuple[float, float]:
    west, _, _, north = request.view.bounds
    return west + px * request.view.resolution, north - py * request.view.resolution


def _nearest(
    request: DrawRequest, layer_id: LayerId, px: float, py: float, reach: float
) -> Pick | None:
    features = POINTS[layer_id](request)
    x, y = _mercator(request, px, py)
    far = reach * request.view.resolution
    found = features.index.within((x - far, y - far, x + far, y + far))
    if not len(found):
        return None
    xy: FloatArray = features.index.xy[found]
    away = np.hypot(xy[:, 0] - x, xy[:, 1] - y)
    if away.min() > far:
        return None
    # Of several at one place, the uppermost is the one that is seen.
    nearest = np.flatnonzero(away <= away.min() + 0.5 * request.view.resolution)[-1]
    row = features.rows[found[nearest]]
    return Pick(features.kind, (str(request.table(features.kind).ids[row]),))


def _doubts_near(request: DrawRequest, px: float, py: float) -> Iterator[tuple[Doubt, float]]:
    x, y = _mercator(request, px, py)
    for doubts in (content.allegation_doubts(request), content.site_doubts(request)):
        for doubt in doubts:
            yield doubt, float(np.hypot(doubt.x - x, doubt.y - y)) / request.view.resolution


def _in_doubt(request: DrawRequest, doubt: Doubt, px: float, py: float, away: float) -> bool:
    if doubt.outline is not None:
        return contains(doubt.outline, 0, *_mercator(request, px, py))
    return away <= doubt_radius(doubt, request.view)


def _zone_at(request: DrawRequest, px: float, py: float) -> Pick | None:
    zones = content.zones(request)
    ids = request.table(Kind.ZONE).ids
    x, y = _mercator(request, px, py)
    for i in reversed(range(len(zones.shapes))):
        box = zones.shapes.bounds_of(i)
        if box is None or not (box[0] <= x <= box[2] and box[1] <= y <= box[3]):
            continue
        if contains(zones.shapes, i, x, y):
            return Pick(Kind.ZONE, (str(ids[i]),))
    return None
