"""What units and clusters are called: a commune by its name, any other place by what is near it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.analysis.split.units import UnitKind
from geo.gazetteer import Gazetteer
from geo.territory import PLANE
from layers.said import Named, Said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.analysis.hotspots.units import HotUnits
    from geo.model.entity import Area
    from layers.said import Words


@cache
def _places() -> tuple[shapely.STRtree, tuple[Named, ...]]:
    """Return the places of Cambodia that have a point, with their names."""
    known = [p for p in Gazetteer.load().places if p.country == "KH"]
    points = shapely.points(np.array([(p.lon, p.lat) for p in known]) * PLANE)
    return shapely.STRtree(points), tuple(Named(p.name_km, p.name_en) for p in known)


def near_names(outlines: Sequence[Area]) -> tuple[Words, ...]:
    """Return what areas are called by the place that is nearest to the middle of each."""
    if not len(outlines):
        return ()
    tree, names = _places()
    middles = shapely.get_coordinates(shapely.centroid(np.array(outlines, dtype=object)))
    nearest = tree.nearest(shapely.points(middles * PLANE))
    return tuple(Said("hot.near", {"place": names[at]}) for at in nearest.tolist())


def unit_names(units: HotUnits) -> tuple[Words, ...]:
    """Return the names of units: of communes their own with the district's."""
    if units.kind is not UnitKind.COMMUNE:
        return near_names(list(units.outlines))
    listed = Gazetteer.load()
    said: list[Words] = []
    for code in units.ids:
        unit, above = listed.unit(code), listed.unit(code[:4])
        if unit is None:
            said.append(Named(code))
        elif above is None:
            said.append(Named(unit.name_km, unit.name_en))
        else:
            own, wider = Named(unit.name_km, unit.name_en), Named(above.name_km, above.name_en)
            said.append(Said("hot.in", {"place": own, "within": wider}))
    return tuple(said)
