"""Where Cambodia is: its outline, its land borders and, approximately, its provinces.

Read once from the shipped basemap (`resources/basemap/README.md`), without GDAL. All positions are
lon/lat degrees on WGS 84, all distances metres.
"""

from __future__ import annotations

import math
import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
import sqlcipher3

import resources
from geo.measure import distance_m, distances_m

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray
    from shapely.geometry.base import BaseGeometry

BASEMAP = Path(resources.__file__).resolve().parent / "basemap" / "basemap.gpkg"
DEFAULT_TOLERANCE_M = 1000.0
"""How far outside the outline a point still counts as in Cambodia: crossings, coast and GPS."""
METRES_PER_DEGREE = 111_320.0
PLANE = np.array([math.cos(math.radians(12.5)), 1.0])
"""Degrees of longitude are shorter: the nearest point is sought on a plane stretched for the middle
of Cambodia, and its distance is then measured on the ellipsoid."""
FINEST = 2
"""The basemap's level that keeps every vertex."""

_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
_AT_ONCE = 5_000
_lock = threading.Lock()


class NearestBorder(NamedTuple):
    """The nearest land border.

    Attributes:
        metres: Geodesic distance.
        neighbour: ``TH``, ``VN`` or ``LA``.
        at: The nearest point of the border, lon/lat.
    """

    metres: float
    neighbour: str
    at: tuple[float, float]


class Territory:
    """Cambodia's outline, borders and approximate provinces. Use `Territory.load`."""

    def __init__(
        self,
        outline: BaseGeometry,
        provinces: dict[str, BaseGeometry],
        borders: dict[str, BaseGeometry],
        label_points: dict[str, tuple[float, float]],
    ) -> None:
        """Keep the geometries, in degrees; the class is made from the basemap by `load`."""
        self.outline = outline
        self.provinces = provinces
        self.borders = borders
        self.label_points = label_points
        self._neighbours: list[str] = []
        segments = []
        for neighbour, border in borders.items():
            for part in shapely.get_parts(border):
                corners = shapely.get_coordinates(part) * PLANE
                segments.append(np.stack((corners[:-1], corners[1:]), axis=1))
                self._neighbours += [neighbour] * (len(corners) - 1)
        self._segment_tree = shapely.STRtree(
            np.asarray(shapely.linestrings(np.concatenate(segments)))
        )
        self._codes = tuple(provinces)
        self._tree = shapely.STRtree(list(provinces.values()))

    @staticmethod
    def load() -> Territory:
        """Return the one territory, read at the first call (about 0.1 s); from any thread."""
        with _lock:
            return _read()

    def province_at(self, lon: float, lat: float) -> str | None:
        """Return the NCDD code of the approximate province at a position, or None."""
        code = self.provinces_at([lon], [lat])[0]
        return str(code) or None

    def provinces_at(self, lon: ArrayLike, lat: ArrayLike) -> NDArray[np.str_]:
        """Return the approximate provinces of many positions.

        Args:
            lon: Degrees, shape ``(n,)``.
            lat: Degrees, shape ``(n,)``.

        Returns:
            NCDD codes, shape ``(n,)``. A position up to `DEFAULT_TOLERANCE_M` outside Cambodia gets
            the nearest province, one farther away an empty string.
        """
        lonlat = np.column_stack((np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)))
        points = np.asarray(shapely.points(lonlat))
        codes = np.full(len(points), "", dtype="<U2")
        point, province = self._tree.query(points, predicate="intersects")
        codes[point] = np.asarray(self._codes)[province]
        left = np.flatnonzero((codes == "") & self.contains(lon, lat))
        nearest = self._tree.nearest(points[left])
        codes[left] = np.asarray(self._codes)[nearest]
        return codes

    def contains(
        self, lon: ArrayLike, lat: ArrayLike, *, tolerance_m: float = DEFAULT_TOLERANCE_M
    ) -> NDArray[np.bool_]:
        """Tell which positions lie in Cambodia, or within a tolerance of it.

        Args:
            lon: Degrees, shape ``(n,)``; NaN is outside.
            lat: Degrees, shape ``(n,)``.
            tolerance_m: Metres outside the outline that still count; 0 or more.

        Returns:
            Shape ``(n,)``.
        """
        shape = np.shape(lon)
        x, y = (np.atleast_1d(np.asarray(v, dtype=np.float64)) for v in (lon, lat))
        shapely.prepare(self.outline)
        inside = np.zeros(len(x), dtype=np.bool_)
        # In pieces: the call keeps the interpreter's lock, and a window waits for it.
        for start in range(0, len(x), _AT_ONCE):
            piece = slice(start, start + _AT_ONCE)
            inside[piece] = shapely.contains_xy(self.outline, x[piece], y[piece])
        if tolerance_m > 0:
            # Not the outline grown by the tolerance: that takes seconds and 300 MB.
            left = np.flatnonzero(~inside & np.isfinite(x) & np.isfinite(y))
            points = shapely.points(x[left], y[left])
            inside[left] = shapely.dwithin(self.outline, points, tolerance_m / METRES_PER_DEGREE)
        return inside.reshape(shape)

    def nearest_border(self, lon: float, lat: float) -> NearestBorder:
        """Return the nearest land border of a position inside or outside Cambodia."""
        segment, at = self._nearest(np.array([[lon, lat]]))
        metres = distance_m((lon, lat), (float(at[0, 0]), float(at[0, 1])))
        neighbour = self._neighbours[int(segment[0])]
        return NearestBorder(metres, neighbour, (float(at[0, 0]), float(at[0, 1])))

    def border_distances_m(self, lon: ArrayLike, lat: ArrayLike) -> NDArray[np.float64]:
        """Return geodesic distances in metres of many positions to the nearest land border.

        Args:
            lon: Degrees, shape ``(n,)``, finite.
            lat: Degrees, shape ``(n,)``, finite.

        Returns:
            Shape ``(n,)``.
        """
        lonlat = np.column_stack((np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)))
        _, at = self._nearest(lonlat)
        return distances_m(lonlat, at)

    def _nearest(self, lonlat: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Return the nearest border segment of each position, and the nearest point on it."""
        points = np.asarray(shapely.points(lonlat * PLANE))
        _, segments = self._segment_tree.query_nearest(points, all_matches=False)
        lines = shapely.shortest_line(self._segment_tree.geometries[segments], points)
        return segments, shapely.get_coordinates(lines)[::2] / PLANE


def decode_geometry(blob: bytes) -> BaseGeometry:
    """Return the geometry of a GeoPackage blob: its header is skipped, the rest is WKB."""
    return shapely.from_wkb(blob[8 + _ENVELOPE_BYTES[(blob[3] >> 1) & 7] :])


@cache
def _read() -> Territory:
    connection = sqlcipher3.connect(f"{BASEMAP.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        (land,) = connection.execute(
            "SELECT geom FROM land WHERE country = 'KH' AND level = ?", (FINEST,)
        ).fetchone()
        provinces = connection.execute(
            "SELECT code, geom, label_lon, label_lat FROM provinces_approximate"
            " WHERE level = ? ORDER BY code",
            (FINEST,),
        ).fetchall()
        borders = connection.execute(
            "SELECT neighbour, geom FROM borders WHERE neighbour IS NOT NULL AND level = ?",
            (FINEST,),
        ).fetchall()
    finally:
        connection.close()
    return Territory(
        decode_geometry(land),
        {code: decode_geometry(geometry) for code, geometry, _, _ in provinces},
        {code: decode_geometry(geometry) for code, geometry in borders},
        {code: (lon, lat) for code, _, lon, lat in provinces},
    )
