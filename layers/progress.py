"""What the day puts on the map besides: a tick beside each visited site, a share in each zone.

It is no layer of its own: it speaks of one operation and period, and only where these are carried
out. No export ever gets it. A tick says that somebody was there, and nothing of what was found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from layers.drawlist import Op, Symbols
from layers.points import PointIndex
from layers.style import Mark, Shape, SymbolSpec, symbol_size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layers.view import MapView

VISITED: Final = SymbolSpec(Shape.CIRCLE, "#0F766E", mark=Mark.CHECK, scale=0.85)
"""At the lower shoulder of the site's own symbol, which stays whole."""
SHOULDER: Final = 0.55
MARGIN_PX: Final = 24.0


@dataclass(frozen=True, slots=True, eq=False)
class VisitMarks:
    """What is put on the map; never changed, so that the same object is the same picture.

    Attributes:
        visited: Sites that were visited, EPSG:3857 metres.
        shares: Zone id → how many of its sites were visited, and how many there are.
    """

    visited: PointIndex
    shares: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def visit_ops(marks: VisitMarks, view: MapView) -> Iterator[Op]:
    """Yield the ticks beside the symbols of visited sites."""
    found = marks.visited.drawn(view, MARGIN_PX)
    if len(found):
        size = symbol_size(view.zoom)
        at = view.mercator_to_pixel(marks.visited.xy[found]) + SHOULDER * size
        yield Symbols(at, np.zeros(len(found), dtype=np.uint8), (VISITED,), size)
