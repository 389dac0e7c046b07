"""Generalisation levels of the basemap, and the row type that every layer is made of.

Zooms are web-mercator zooms of 256-pixel tiles; a row is drawn where ``min_zoom <= z < max_zoom``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

METRES_PER_DEGREE = 111_320.0
NO_LIMIT = 24.0
"""A `max_zoom` that no view reaches."""


@dataclass(frozen=True, slots=True)
class Level:
    """A range of zooms that shares one generalisation.

    Attributes:
        number: 0 is the coarsest.
        min_zoom: First zoom, inclusive.
        max_zoom: Last zoom, exclusive.
        tolerance: Simplification in metres; 0 keeps every vertex.
    """

    number: int
    min_zoom: float
    max_zoom: float
    tolerance: float


# One pixel is 1,190 m at zoom 7 and 149 m at zoom 10 in the latitude of Cambodia: the error of a
# level stays below a pixel up to its last zoom.
LEVELS = (
    Level(0, 0.0, 7.0, 1000.0),
    Level(1, 7.0, 10.0, 150.0),
    Level(2, 10.0, NO_LIMIT, 0.0),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One feature of a layer.

    Attributes:
        geometry: Lon/lat degrees, EPSG:4326.
        values: Column values, in the order of the layer's columns.
    """

    geometry: BaseGeometry
    values: dict[str, str | int | float | None] = field(default_factory=dict)


def simplify_coverage(polygons: Sequence[BaseGeometry], tolerance: float) -> list[BaseGeometry]:
    """Simplify neighbours so that they keep sharing their edges.

    Args:
        polygons: A valid coverage, lon/lat degrees.
        tolerance: Metres (square root of the smallest triangle kept).

    Returns:
        The polygons in the same order; unchanged if `tolerance` is 0.
    """
    if not tolerance:
        return list(polygons)
    array: NDArray[np.object_] = np.asarray(polygons, dtype=object)
    return list(shapely.coverage_simplify(array, tolerance / METRES_PER_DEGREE))


def drop_specks(geometry: BaseGeometry, tolerance: float) -> BaseGeometry:
    """Drop parts and holes that would be smaller than one tolerance square.

    Args:
        geometry: Polygon or multipolygon.
        tolerance: Metres; 0 keeps everything.

    Returns:
        A multipolygon with at least its largest part.
    """
    least = (tolerance / METRES_PER_DEGREE) ** 2
    parts = sorted(polygons_of(geometry), key=lambda part: -part.area)
    kept = [part for index, part in enumerate(parts) if index == 0 or part.area > least]
    return shapely.MultiPolygon(
        [
            shapely.Polygon(
                part.exterior,
                [hole for hole in part.interiors if shapely.Polygon(hole).area > least],
            )
            for part in kept
        ]
    )


def polygons_of(geometry: BaseGeometry) -> list[shapely.Polygon]:
    """Return the polygons of any geometry, without the lines and points of a messy overlay."""
    if isinstance(geometry, shapely.Polygon):
        return [] if geometry.is_empty else [geometry]
    return [polygon for part in getattr(geometry, "geoms", ()) for polygon in polygons_of(part)]


def lines_of(geometry: BaseGeometry) -> BaseGeometry:
    """Return the line part of any geometry with its pieces joined end to end."""
    if isinstance(geometry, shapely.LineString):
        return geometry
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "LineString"]
    return shapely.line_merge(shapely.MultiLineString(parts))
