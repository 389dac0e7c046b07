"""Made-up data for the benchmark beside QGIS: points of towns and roads, and communes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import shapely
from pyogrio.raw import write_arrow

if TYPE_CHECKING:
    from pathlib import Path

METRIC = "EPSG:32648"
BOX = (210_000.0, 1_150_000.0, 780_000.0, 1_630_000.0)
"""Metres of UTM zone 48: about the size of Cambodia."""
TOWNS = 60
SIDES = 64
"""Pieces that each edge of a commune is broken into, so that it is as long as a real one."""


def points(count: int, seed: int = 5) -> np.ndarray:
    """Points in metres: six of ten in towns of very different size, a quarter along roads."""
    rng = np.random.default_rng(seed)
    west, south, east, north = BOX
    towns = rng.uniform((west + 3e4, south + 3e4), (east - 3e4, north - 3e4), (TOWNS, 2))
    size = 1.0 / np.arange(1, TOWNS + 1) ** 0.9
    in_town, on_road = int(count * 0.6), int(count * 0.25)
    town = rng.choice(TOWNS, in_town, p=size / size.sum())
    spread = rng.uniform(800.0, 4500.0, TOWNS)[town, None]
    a, b = (towns[rng.choice(TOWNS, on_road, p=size / size.sum())] for _ in range(2))
    made = np.concatenate(
        [
            towns[town] + rng.standard_t(3, (in_town, 2)) * spread,
            a + (b - a) * rng.random((on_road, 1)) + rng.normal(0, 400.0, (on_road, 2)),
            rng.uniform((west, south), (east, north), (count - in_town - on_road, 2)),
        ]
    )
    outside = np.any((made < (west, south)) | (made > (east, north)), axis=1)
    made[outside] = rng.uniform((west, south), (east, north), (int(outside.sum()), 2))
    shuffled: np.ndarray = made[rng.permutation(count)]
    return shuffled


def communes(count: int, seed: int = 6) -> np.ndarray:
    """Neighbouring polygons with crooked shared edges, about 400 corners each."""
    rng = np.random.default_rng(seed)
    spread = np.concatenate([points(count // 2, seed), rng.uniform(BOX[:2], BOX[2:], (count, 2))])
    spread = spread[rng.permutation(len(spread))[:count]]
    frame = shapely.box(*BOX)
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(spread), extend_to=frame)
    )
    cells = shapely.intersection(cells, frame)
    crooked = np.empty(len(cells), dtype=object)
    crooked[:] = [shapely.Polygon(_ring(shapely.get_coordinates(c.exterior))) for c in cells]
    mended: np.ndarray = shapely.make_valid(crooked, method="structure")
    return mended


def _ring(corners: np.ndarray) -> np.ndarray:
    return np.concatenate([_edge(a, b) for a, b in pairwise(corners)])


def _edge(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the pieces of an edge without its end: the same line from either side."""
    turned = tuple(a) > tuple(b)
    first, last = (b, a) if turned else (a, b)
    along = np.linspace(0.0, 1.0, SIDES + 1)
    across = np.array([-(last - first)[1], (last - first)[0]])
    phase = np.modf(np.abs(first + last).sum() / 997.0)[0] * 6.28
    sway = 0.03 * np.sin(np.pi * along) * np.sin(9 * np.pi * along + phase)
    line = first + along[:, None] * (last - first) + sway[:, None] * across
    return line[::-1][:-1] if turned else line[:-1]


def write(path: Path, geometries: np.ndarray, kind: str) -> None:
    """Write a GeoPackage with a number for each row."""
    table = pa.table({"id": np.arange(len(geometries)), "geometry": shapely.to_wkb(geometries)})
    write_arrow(table, path, layer="rows", geometry_name="geometry", geometry_type=kind, crs=METRIC)
