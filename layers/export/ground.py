"""The ground under a web map: the shipped basemap, cut to the map's surroundings and simplified."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
import sqlcipher3.dbapi2 as sqlite

from geo.territory import decode_geometry

if TYPE_CHECKING:
    from geo.catalogue import Language
    from layers.export.content import Bounds

SURROUNDINGS = 1.0
"""How far the ground reaches beyond the map, as a share of its size."""
LEAST_DEG = 0.15
DETAIL = 6000
"""The larger side of the ground is this many times what may be smoothed away."""
DECIMALS = 5
ZOOM = 12.0
MOST_PLACES = 120

LatLng = list[float]


def ground(bounds: Bounds, language: Language) -> dict[str, Any]:
    """Return land, water, borders and places around a map, as Leaflet takes them.

    Args:
        bounds: West, south, east, north of the map in degrees.
        language: Of the names of places.

    Returns:
        ``bounds``; ``land``, ``neighbour``, ``water`` as lists of polygons of rings of [lat, lng];
        ``province``, ``border`` as lists of lines; ``places`` as [lon, lat, name, least zoom];
        ``provinces`` as [lon, lat, name].
    """
    box = _surroundings(bounds)
    smooth = max(box[2] - box[0], box[3] - box[1]) / DETAIL
    land = _read("land", "country")
    return {
        "bounds": [[box[1], box[0]], [box[3], box[2]]],
        "land": _polygons([g for g, (c,) in land if c == "KH"], box, smooth),
        "neighbour": _polygons([g for g, (c,) in land if c != "KH"], box, smooth),
        "water": _polygons([g for g, _ in _read("water", "kind")], box, smooth),
        "province": _lines([g for g, _ in _read("province_borders", "code_a")], box, smooth),
        "border": _lines([g for g, (n,) in _read("borders", "neighbour") if n], box, smooth),
        "places": _places(box, language),
        "provinces": _provinces(box, language),
    }


def _surroundings(bounds: Bounds) -> Bounds:
    west, south, east, north = bounds
    dx = max((east - west) * SURROUNDINGS, LEAST_DEG)
    dy = max((north - south) * SURROUNDINGS, LEAST_DEG)
    return west - dx, south - dy, east + dx, north + dy


@cache
def _read(table: str, *columns: str) -> tuple[tuple[Any, tuple[Any, ...]], ...]:
    """Read the rows of a basemap table that are drawn at a near zoom."""
    names = ", ".join(columns)
    query = f"SELECT geom, {names} FROM {table} WHERE min_zoom <= ? AND ? < max_zoom ORDER BY fid"  # noqa: S608 - names of this module
    with as_file(files("resources") / "basemap" / "basemap.gpkg") as path:
        connection = sqlite.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            rows = connection.execute(query, (ZOOM, ZOOM)).fetchall()
        finally:
            connection.close()
    return tuple((shapely.make_valid(decode_geometry(row[0])), row[1:]) for row in rows)


def _cut(geometries: list[Any], box: Bounds, smooth: float) -> Any:  # noqa: ANN401 - an array of geometries
    cut = shapely.clip_by_rect(np.array(geometries, dtype=object), *box)
    return shapely.get_parts(shapely.simplify(cut, smooth))


def _polygons(geometries: list[Any], box: Bounds, smooth: float) -> list[list[list[LatLng]]]:
    return [
        [_latlngs(ring) for ring in (part.exterior, *part.interiors)]
        for part in shapely.get_parts(_cut(geometries, box, smooth))
        if part.geom_type == "Polygon" and not part.is_empty
    ]


def _lines(geometries: list[Any], box: Bounds, smooth: float) -> list[list[LatLng]]:
    return [
        _latlngs(part)
        for part in shapely.get_parts(_cut(geometries, box, smooth))
        if part.geom_type == "LineString" and not part.is_empty
    ]


def _latlngs(line: Any) -> list[LatLng]:  # noqa: ANN401 - a ring or a line
    lonlat: list[LatLng] = np.round(shapely.get_coordinates(line)[:, ::-1], DECIMALS).tolist()
    return lonlat


def _places(box: Bounds, language: Language) -> list[list[Any]]:
    found: list[list[Any]] = []
    columns = ("name_en", "name_km", "min_zoom")
    with as_file(files("resources") / "basemap" / "basemap.gpkg") as path:
        connection = sqlite.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            rows = connection.execute(
                f"SELECT geom, {', '.join(columns)} FROM places ORDER BY fid"  # noqa: S608 - constants
            ).fetchall()
        finally:
            connection.close()
    for blob, name_en, name_km, min_zoom in rows:
        x, y = shapely.get_coordinates(decode_geometry(blob))[0].tolist()
        name = (name_km or name_en) if language == "km" else (name_en or name_km)
        if box[0] < x < box[2] and box[1] < y < box[3] and name:
            at = [round(x, DECIMALS), round(y, DECIMALS)]
            found.append([*at, name, float(min_zoom)])
    return found[:MOST_PLACES]


def _provinces(box: Bounds, language: Language) -> list[list[Any]]:
    columns = ("label_lon", "label_lat", "name_en", "name_km")
    return [
        [lon, lat, (name_km or name_en) if language == "km" else name_en]
        for _, (lon, lat, name_en, name_km) in _read("provinces_approximate", *columns)
        if box[0] < lon < box[2] and box[1] < lat < box[3]
    ]


@cache
def home_land() -> Any:  # noqa: ANN401 - a geometry
    """Return the land of Cambodia in degrees, as it is drawn at a near zoom."""
    land = shapely.union_all([g for g, (c,) in _read("land", "country") if c == "KH"])
    shapely.prepare(land)
    return land
