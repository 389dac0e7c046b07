"""Fictional points on real ground, for the tests of splits."""

from __future__ import annotations

import pickle
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.analysis.split.wanted import Demand, Wanted
from geo.analysis.split.weights import Weights
from geo.territory import Territory

if TYPE_CHECKING:
    from geo.analysis.split.units import Units

OFFICIAL = Path(__file__).parents[5] / "shared" / "data" / "boundaries" / "khm_admin_2014.gpkg"
NO_OFFICIAL = "the official boundaries may not be shipped"
PROVINCES = tuple(f"{n:02d}" for n in range(1, 26))


def points(area, count, seed):
    """Positions within an area, thick in a few towns and thin elsewhere."""
    random = np.random.default_rng(seed)
    west, south, east, north = area.bounds
    towns = random.uniform((west, south), (east, north), (6, 2))
    spread = np.array([east - west, north - south]) / 12
    found = np.empty((0, 2))
    shapely.prepare(area)
    while len(found) < count:
        near = random.normal(towns[random.integers(0, 6, count)], spread)
        wide = random.uniform((west, south), (east, north), (count // 2, 2))
        more = np.concatenate([near, wide])
        found = np.concatenate([found, more[shapely.contains_xy(area, *more.T)]])
    return found[:count]


def demand(lonlat, *, spread=None, nowhere=0):
    """Three sites for each allegation, one of ten of people held now."""
    count = np.zeros((len(lonlat), 4))
    number = np.arange(len(lonlat))
    count[number % 4 != 0, 0] = 1
    count[number % 4 == 0, 1] = 1
    count[number % 40 == 0, 2] = 1
    work = count * (1.0, 2.0, 6.0, 0.0)
    code = np.full(len(lonlat), "", dtype=object)
    return Demand(lonlat, work, count, code, spread or {}, nowhere)


def ordered(area, *, into=4, seed=1, communes=None, candidates=12, count=400, **more):
    ground = area if area is not None else shapely.union_all(list(communes.values()))
    return Wanted(
        area=area,
        communes=communes or {},
        into=into,
        seed=seed,
        weights=Weights(),
        demand=more.pop("demand", None) or demand(points(ground, count, seed)),
        outlines=more.pop("outlines", {}),
        candidates=candidates,
        **more,
    )


def province(code):
    return Territory.load().provinces[code]


@cache
def official_communes():
    """Commune outlines by province, as the import of boundaries brings them into a plan."""
    from geo.boundaries.loading import load_boundaries
    from geo.formats.reader import FileReader
    from geo.model.vocabulary import AdminLevel

    with FileReader() as reader:
        found = load_boundaries(reader, OFFICIAL, layer=_commune_layer(reader))
    by_province = {}
    for boundary in found.boundaries:
        if boundary.unit.level is AdminLevel.COMMUNE:
            mine = by_province.setdefault(boundary.unit.code[:2], {})
            mine[boundary.unit.code] = boundary.outline
    return by_province


def _commune_layer(reader):
    names = [sheet.name for sheet in reader.inspect(OFFICIAL).sheets]
    return next((n for n in names if "com" in n.lower() or "adm3" in n.lower()), None)


def squares(rows, columns, size=0.02, at=(103.0, 12.0)):
    """A chessboard of communes, by code, row by row."""
    west, south = at
    return {
        f"99{r:02d}{c:02d}": shapely.box(
            west + c * size, south + r * size, west + (c + 1) * size, south + (r + 1) * size
        )
        for r in range(rows)
        for c in range(columns)
    }


def copied(units: Units) -> Units:
    """The same units as they come out of the worker."""
    return pickle.loads(pickle.dumps(units))  # noqa: S301 - made here
