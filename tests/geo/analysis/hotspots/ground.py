"""A compact ground of hexagons with fictional allegations whose truth is known."""

from __future__ import annotations

from datetime import date
from functools import cache

import h3
import numpy as np
import shapely

from geo.analysis.columns import CREDIBILITIES, PRECISIONS, RELIABILITIES
from geo.analysis.evidence import Evidence
from geo.analysis.hexagons import cell_outlines
from geo.analysis.hotspots.units import HotUnits, Neighbours
from geo.analysis.hotspots.wish import HotOrder, HotWish
from geo.analysis.split.units import UnitKind
from geo.model.vocabulary import Precision

MIDDLE = h3.latlng_to_cell(13.4, 102.8, 7)
LAST = date(2022, 9, 30)


@cache
def disk(rings):
    """Return the hexagons up to so many steps around the middle."""
    cells = sorted(h3.grid_disk(MIDDLE, rings))
    place = {cell: n for n, cell in enumerate(cells)}
    pairs = [(place[c], place[o]) for c in cells for o in h3.grid_disk(c, 1) if o in place]
    near = Neighbours.from_pairs(*np.array(pairs).T, len(cells))
    return HotUnits(UnitKind.HEXAGON, tuple(cells), cell_outlines(cells), near, 7, 1)


def inner(units, rings):
    """Return which units lie up to so many steps around the middle."""
    wanted = set(h3.grid_disk(MIDDLE, rings))
    return np.array([cell in wanted for cell in units.ids])


def around(cell, rings):
    """Return the ground up to so many steps around a cell, a little within its edges."""
    ground = shapely.union_all(cell_outlines(sorted(h3.grid_disk(cell, rings))))
    return ground.buffer(-1e-6)


def scattered(random, ground, count):
    """Return positions anywhere on a ground with the same chance, shape ``(count, 2)``."""
    west, south, east, north = ground.bounds
    shapely.prepare(ground)
    found = np.empty((0, 2))
    while len(found) < count:
        more = random.uniform((west, south), (east, north), (2 * count + 10, 2))
        found = np.concatenate([found, more[shapely.contains_xy(ground, *more.T)]])
    return found[:count]


def evidence_of(lonlat, *, unit=None, accuracy=50.0, grades=None, days=None):
    """Return evidence of positions; where a unit's code is given there is no position."""
    count = len(lonlat)
    codes = np.full(count, "", dtype="<U8") if unit is None else np.asarray(unit, dtype="<U8")
    lonlat = np.where((codes != "")[:, None], np.nan, lonlat)
    exact = codes == ""
    reliability, credibility = (
        (np.full(count, RELIABILITIES.index("C")), np.full(count, CREDIBILITIES.index("3")))
        if grades is None
        else grades
    )
    dated = np.full(count, np.datetime64(LAST)) if days is None else days
    ids = np.array([f"a{n}" for n in range(count)], dtype=object)
    return Evidence(
        ids=ids,
        lon=lonlat[:, 0],
        lat=lonlat[:, 1],
        unit=codes,
        precision=np.where(
            exact, PRECISIONS.index(Precision.POINT), PRECISIONS.index(Precision.COMMUNE)
        ).astype(np.int8),
        accuracy_m=np.where(exact, accuracy, np.nan),
        reliability=reliability.astype(np.int8),
        credibility=credibility.astype(np.int8),
        weight=np.ones(count),
        occurred=dated,
        received=dated,
        kinds=np.zeros(count, dtype=np.uint16),
        status=np.zeros(count, dtype=np.int8),
        held_now=np.zeros(count, dtype=np.int8),
        site=np.full(count, "", dtype=object),
    )


def ordered(said, rings=10, outlines=None, **more):
    """Return an order over the disk; `find` lays its own hexagons over it."""
    return HotOrder(
        wish=HotWish(resolution=7, **more),
        area=around(MIDDLE, rings),
        communes={},
        province="",
        said=said,
        outlines=outlines or {},
        last=LAST,
    )
