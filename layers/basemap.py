"""The shipped basemap: read and projected once, then only looked at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
import sqlcipher3.dbapi2 as sqlite
from numpy.typing import NDArray

from layers.shapes import IntArray, Shapes, rings_from_wkb

TABLES = (
    "land",
    "water",
    "rivers",
    "provinces_approximate",
    "province_borders",
    "borders",
    "places",
    "labels",
)


@dataclass(frozen=True, slots=True)
class BaseTable:
    """A table of the basemap.

    Attributes:
        shapes: Geometry in EPSG:3857 metres; a point is a ring of one vertex.
        min_zoom: First zoom at which a row is drawn, shape ``(n,)``.
        max_zoom: Zoom from which it is no longer drawn, shape ``(n,)``.
        columns: The other columns by name.
    """

    shapes: Shapes
    min_zoom: NDArray[np.float64]
    max_zoom: NDArray[np.float64]
    columns: dict[str, tuple[Any, ...]]

    def at_zoom(self, zoom: float) -> IntArray:
        """Return the rows that are drawn at a zoom."""
        return np.flatnonzero((self.min_zoom <= zoom) & (zoom < self.max_zoom))


@cache
def basemap() -> dict[str, BaseTable]:
    """Read the shipped GeoPackage, about 5 MB, once per process.

    Source:
        ``resources/basemap/README.md`` names its tables, data and licences.
    """
    with as_file(files("resources") / "basemap" / "basemap.gpkg") as path:
        connection = sqlite.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            return {name: _table(connection, name) for name in TABLES}
        finally:
            connection.close()


def _table(connection: sqlite.Connection, name: str) -> BaseTable:
    cursor = connection.execute(f"SELECT * FROM {name} ORDER BY fid")  # noqa: S608 - a name of TABLES
    names = [column[0] for column in cursor.description]
    rows = cursor.fetchall()
    columns = dict(zip(names, zip(*rows, strict=True), strict=True))
    blobs = columns.pop("geom")
    return BaseTable(
        Shapes.of(rings_from_wkb(blob) for blob in blobs),
        np.array(columns.pop("min_zoom"), dtype=np.float64),
        np.array(columns.pop("max_zoom"), dtype=np.float64),
        columns,
    )


@cache
def province_outlines() -> dict[str, tuple[Shapes, float, float]]:
    """Return each province's approximate outline and its label point in degrees."""
    table = basemap()["provinces_approximate"]
    found: dict[str, tuple[Shapes, float, float]] = {}
    for i in table.at_zoom(8.0):
        found[table.columns["code"][i]] = (
            Shapes.of([table.shapes.rings_of(int(i))]),
            float(table.columns["label_lon"][i]),
            float(table.columns["label_lat"][i]),
        )
    return found
