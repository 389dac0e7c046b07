"""Soft discs of doubt on paper: a few flat tints, since Qt's PDF makes soft ones opaque."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers.drawlist import Areas, Discs
from layers.shapes import Shapes
from layers.style import AreaStyle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layers.view import FloatArray, MapView

# The run of a disc from its middle to its rim, as on screen.
_REACH = (0.0, 0.45, 0.8, 1.0)
_SHARE = (1.0, 0.75, 0.3, 0.0)
LIGHTER = 0.6
"""Paper shows a tint stronger than a screen, and its maps are smaller."""
MOST_STEPS = 12
LEAST_ALPHA = 2 / 255
"""PDF knows 255 tints of a colour; a fainter one than this would be none or all of it."""
CORNERS = 24
"""Of a quarter of a circle."""


def flat_discs(op: Discs, view: MapView) -> Iterator[Areas]:
    """Yield areas, one upon the other, that look like soft discs.

    Args:
        op: The discs, in pixels.
        view: The view that the pixels belong to.
    """
    alpha = op.alpha * op.opacity * LIGHTER
    steps = min(int(alpha / LEAST_ALPHA), MOST_STEPS)
    if not steps:
        return
    land = _land(op.within, view)
    style = AreaStyle(op.colour, alpha / steps)
    for step in range(steps):
        # Where the soft disc has this share of its colour.
        reach = float(np.interp(-(step + 0.5) / steps, [-s for s in _SHARE], _REACH))
        circles = shapely.buffer(shapely.points(op.xy), op.radius * reach, quad_segs=CORNERS)
        for circle in shapely.intersection(circles, land):
            rings = list(_rings(circle))
            if rings:
                yield Areas(Shapes.of([rings]), style)


def _land(within: Shapes | None, view: MapView) -> Any:  # noqa: ANN401 - a geometry
    """Return what may be tinted: the view, and of it the land if there is any given."""
    seen = shapely.box(0, 0, view.width, view.height)
    if within is None:
        return seen
    rings = [
        shapely.make_valid(shapely.Polygon(ring))
        for i in range(len(within))
        for ring in within.rings_of(i)
        if len(ring) > 3  # noqa: PLR2004 - what has an area
    ]
    # Odd-even, as it is painted: a ring within another is a hole.
    land: Any = shapely.Polygon()
    for ring in rings:
        land = shapely.symmetric_difference(land, ring)
    return shapely.intersection(seen, land)


def _rings(area: Any) -> Iterator[FloatArray]:  # noqa: ANN401 - a geometry
    for part in shapely.get_parts(area):
        if part.geom_type == "Polygon" and not part.is_empty:
            for ring in (part.exterior, *part.interiors):
                yield shapely.get_coordinates(ring)
