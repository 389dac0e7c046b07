"""Geometries of a foreign file as a point and an area in EPSG:4326, each made by itself.

A bad ring costs one row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from shapely import GeometryCollection, MultiPoint, Point
from shapely.geometry.base import BaseGeometry

from geo.crs import from_indian_1960
from geo.errors import InputError
from geo.formats.raw import RowNote

_CODE = re.compile(r"^(?:urn:ogc:def:crs:)?[A-Za-z]{2,6}:[\d.]*:?\w{1,8}$")
_WELL_KNOWN = re.compile(
    r"^\s*(?:PROJ|GEOG|GEOD|COMPD|BOUND|DERIVED|ENG|LOCAL)[A-Z_]{2,12}\s*[\[(]"
)
_AREAS = {"Polygon", "MultiPolygon"}
_AREA_OF_INTEREST = (102.0, 9.5, 108.0, 15.0)


@dataclass(slots=True)
class Places:
    """The geometry columns of a table while it is being read.

    Attributes:
        lon: Points in degrees, or in the file's CRS before `to_degrees`.
        lat: Likewise.
        areas: Polygons, or None.
        damaged: Rows whose geometry cannot stand.
        repairs: What was mended.
    """

    lon: list[float | None] = field(default_factory=list)
    lat: list[float | None] = field(default_factory=list)
    areas: list[BaseGeometry | None] = field(default_factory=list)
    damaged: list[RowNote] = field(default_factory=list)
    repairs: list[RowNote] = field(default_factory=list)

    def add(self, geometry: BaseGeometry | None, number: int, fault: str = "") -> None:
        """Append the geometry of row `number`.

        `fault` says why there is none though the file has one.
        """
        point, area, why = (None, None, fault) if geometry is None else _split(geometry)
        if why:
            self.damaged.append(RowNote(number, why, field="geometry"))
        self.lon.append(None if point is None else point[0])
        self.lat.append(None if point is None else point[1])
        self.areas.append(area)

    def add_point(self, lon: float | None, lat: float | None) -> None:
        """Append a row with a point, or without."""
        self.lon.append(lon)
        self.lat.append(lat)
        self.areas.append(None)

    def to_degrees(self, crs: str) -> None:
        """Reproject everything from `crs` to EPSG:4326.

        Raises:
            InputError: The CRS is unknown.
        """
        if not crs or crs.upper() in {"EPSG:4326", "OGC:CRS84", "CRS84"}:
            return
        if crs.upper() == "EPSG:3148":
            self._move(_indian_1960)
            return
        self._move(transformer(crs).transform)

    def _move(self, move: Any) -> None:  # noqa: ANN401 - (x, y) -> (lon, lat), arrays
        known = [i for i, x in enumerate(self.lon) if x is not None]
        xs, ys = move([self.lon[i] for i in known], [self.lat[i] for i in known])
        for i, x, y in zip(known, xs, ys, strict=True):
            self.lon[i], self.lat[i] = float(x), float(y)
        self.areas = [
            None if area is None else shapely.transform(area, move, interleaved=False)
            for area in self.areas
        ]

    def columns(self) -> dict[str, Any]:
        """Return the columns of a `RawTable`."""
        return {
            "lon": self.lon,
            "lat": self.lat,
            "areas": [None if a is None else shapely.to_wkb(a, byte_order=1) for a in self.areas],
            "has_geometry": True,
        }


def _indian_1960(x: Any, y: Any) -> tuple[Any, Any]:  # noqa: ANN401 - arrays
    """Convert with the datum shift, which pyproj leaves out by default (450 m)."""
    degrees = from_indian_1960(np.column_stack((x, y)))
    return degrees[:, 0], degrees[:, 1]


def transformer(crs: str) -> Any:  # noqa: ANN401 - pyproj is untyped here
    """Return the transformation to EPSG:4326, longitude first.

    Raises:
        InputError: The CRS is unknown.
    """
    from pyproj import CRS, Transformer
    from pyproj.aoi import AreaOfInterest
    from pyproj.exceptions import CRSError, ProjError

    # A file's own words could make PROJ open other files: only codes and well-known text are heard.
    if not (_CODE.match(crs) or _WELL_KNOWN.match(crs)):
        raise InputError("error.import.unknown_crs", crs=crs[:40])
    try:
        return Transformer.from_crs(
            CRS.from_user_input(crs),
            "EPSG:4326",
            always_xy=True,
            area_of_interest=AreaOfInterest(*_AREA_OF_INTEREST),  # type: ignore[arg-type] # two classes of this name
        )
    except (CRSError, ProjError):
        raise InputError("error.import.unknown_crs", crs=crs[:40]) from None


def _split(
    geometry: BaseGeometry,
) -> tuple[tuple[float, float] | None, BaseGeometry | None, str]:
    """Return (point, area, what is wrong): a point beside its outline is one site."""
    if geometry.is_empty:
        return None, None, ""
    kind = geometry.geom_type
    if isinstance(geometry, Point):
        return (geometry.x, geometry.y), None, ""
    if kind in _AREAS:
        return None, shapely.force_2d(geometry), ""
    if isinstance(geometry, GeometryCollection | MultiPoint):
        parts = list(geometry.geoms)
        points = [p for p in parts if isinstance(p, Point) and not p.is_empty]
        areas = [p for p in parts if p.geom_type in _AREAS and not p.is_empty]
        if len(points) <= 1 and len(points) + len(areas) == len(parts):
            area = shapely.force_2d(shapely.union_all(areas)) if areas else None
            return ((points[0].x, points[0].y) if points else None), area, ""
        return None, None, "import.reason.many_points"
    return None, None, "import.reason.line"
