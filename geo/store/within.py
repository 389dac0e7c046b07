"""Which rows of a table touch a rectangle; the same answer in every store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.model.codec import AREA_COLUMN, geometry_of
from geo.model.table import Table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.store.protocol import Bounds


def touching(table: Table, within: Bounds) -> Table:
    """Return the rows whose geometry touches the rectangle, its edge included.

    A kind without geometry has none.
    """
    geometry = geometry_of(table.kind)
    keep: NDArray[np.bool_] = np.zeros(len(table), dtype=bool)
    if geometry == "point":
        lon, lat = table["lon"], table["lat"]
        keep = (
            (lon >= within.west)
            & (lon <= within.east)
            & (lat >= within.south)
            & (lat <= within.north)
        )
    elif geometry == "area":
        rectangle = shapely.box(*within)
        known = np.array([blob is not None for blob in table[AREA_COLUMN]], dtype=bool)
        if known.any():
            areas = shapely.from_wkb(table[AREA_COLUMN][known])
            keep[known] = shapely.intersects(areas, rectangle)
    return Table(
        table.kind,
        table.ids[keep],
        table.versions[keep],
        {name: array[keep] for name, array in table.columns.items()},
    )
