"""The lines in view that a new outline can be led along, from one click to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.errors import GeometryError
from geo.model.entity import Kind
from geo.tracing import Tracer
from layers.snap import SNAP_PX, followed
from layers.view import from_mercator

if TYPE_CHECKING:
    from geo.model.table import Table
    from layers.snapshot import DrawRequest
    from layers.view import MapView

MOST_EDGES = 8_000
"""More cannot be told apart on a screen, and would take longer than a hand moves."""
AROUND = 0.25
"""So much of a view's size is looked at beyond its edges."""


def tracer_for(request: DrawRequest) -> Tracer:
    """Return what leads along the zones, boundaries and borders in view.

    Raises:
        GeometryError: There is none, or there are too many to tell apart: come closer.
    """
    view = request.view
    box = view.grown(round(view.width * AROUND)).bounds
    parts = []
    for _, lines in followed(request):
        edges = lines.within(box)
        parts.append(np.stack((lines.starts[edges], lines.ends[edges]), axis=1))
    found = np.concatenate(parts)
    if len(found) > MOST_EDGES:
        raise GeometryError("error.trace.too_many")
    if not len(found):
        raise GeometryError("error.trace.no_line")
    lon, lat = from_mercator(found[..., 0], found[..., 1])
    # Rounded, so that the corners of neighbours and those that a pointer was drawn to are the same.
    corners = np.round(np.stack((lon, lat), axis=-1), 9)
    return Tracer(list(np.asarray(shapely.linestrings(corners))))


class Ways:
    """Leads along the lines of one view after another; the last view's are kept."""

    def __init__(self) -> None:
        self._last: tuple[MapView, Table, Table, Tracer] | None = None

    def prepare(self, request: DrawRequest) -> None:
        """Make ready what a view's lines lead along; for a worker, before the pointer asks.

        Raises:
            GeometryError: There is no line, or there are too many to tell apart.
        """
        self._ready(request)

    def between(
        self, request: DrawRequest, start: tuple[float, float], end: tuple[float, float]
    ) -> list[tuple[float, float]]:
        """Return the way along the lines in view between two places near them, both ends with it.

        Raises:
            GeometryError: No line is near one of them, none leads from one to the other, or there
                are too many lines to tell apart.
        """
        tracer = self._ready(request)
        reach_m = SNAP_PX * request.view.ground_resolution
        return [(x, y) for x, y in tracer.between(start, end, reach_m=reach_m).tolist()]

    def _ready(self, request: DrawRequest) -> Tracer:
        zones, units = request.table(Kind.ZONE), request.table(Kind.ADMIN_UNIT)
        last = self._last
        if last is None or last[0] != request.view or last[1] is not zones or last[2] is not units:
            # Set in one step: a worker may be making the same.
            last = self._last = (request.view, zones, units, tracer_for(request))
        return last[3]
