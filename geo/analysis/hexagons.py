"""H3 hexagons over an area: which there are, their outlines, which size fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import h3
import numpy as np
import shapely
from numpy.typing import NDArray

from geo.measure import area_m2

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.model.entity import Area

Geometries = NDArray[np.object_]

FINEST: Final = 12
"""H3 resolution of about 300 m² a hexagon: finer than any yard."""


def resolution_for(area: Area, fewest: int) -> int:
    """Return the coarsest resolution at which about `fewest` hexagons cover an area, or `FINEST`.

    One resolution is seven times as fine as the next.
    """
    wanted = area_m2(area) / fewest
    return next((r for r in range(FINEST) if h3.average_hexagon_area(r, "m^2") <= wanted), FINEST)


def covering(area: Area, resolution: int) -> list[str]:
    """Return every cell that touches the area, small islands too, in order of their ids."""
    shape = h3.geo_to_h3shape(area)
    return sorted(set(h3.h3shape_to_cells_experimental(shape, resolution, "overlap")))


def cell_outlines(cells: Sequence[str]) -> Geometries:
    """Return the outlines of H3 cells; neighbours share their vertices exactly."""
    rings = []
    for cell in cells:
        corners = [h3.vertex_to_latlng(v) for v in h3.cell_to_vertexes(cell)]
        rings.append([(lon, lat) for lat, lon in (*corners, corners[0])])
    made = np.empty(len(cells), dtype=object)
    made[:] = [shapely.Polygon(ring) for ring in rings]
    return made
