"""Write rows as layers of one GeoPackage, byte for byte the same from the same input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyogrio
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from resources._build.levels import Row

GRID = 1e-6
"""Coordinates are kept to a millionth of a degree, about 0.1 m."""


def write_layer(path: Path, layer: str, rows: Sequence[Row]) -> None:
    """Append one layer in EPSG:4326.

    Args:
        path: The GeoPackage; created when absent.
        layer: Table name.
        rows: At least one; all with the same columns.
    """
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "2026-01-01T00:00:00.000Z"})
    geometries = np.asarray([np.nan] * len(rows), dtype=object)
    for index, row in enumerate(rows):
        geometries[index] = row.geometry
    # Rounding the ordinates alone would do for lines; polygons may touch themselves afterwards,
    # which the renderer does not mind.
    rounded = shapely.set_precision(geometries, GRID, mode="pointwise")
    columns = list(rows[0].values)
    kinds = {shapely.get_type_id(geometry) for geometry in rounded}
    multi = len(kinds) > 1
    base = {0: "Point", 1: "LineString", 3: "Polygon", 4: "MultiPoint", 5: "MultiLineString"}
    kind = {**base, 6: "MultiPolygon"}[max(kinds)]
    pyogrio.raw.write(
        path,
        geometry=shapely.to_wkb(rounded),
        field_data=[_column([row.values[name] for row in rows]) for name in columns],
        fields=columns,
        layer=layer,
        driver="GPKG",
        geometry_type=kind,
        crs="EPSG:4326",
        append=False,
        promote_to_multi=multi,
        dataset_metadata=None,
        layer_options={"SPATIAL_INDEX": "NO", "GEOMETRY_NAME": "geom"},
    )


def _column(values: list[str | int | float | None]) -> NDArray[Any]:
    kinds = {type(value) for value in values}
    if kinds <= {int}:
        return np.asarray(values, dtype=np.int32)
    if kinds <= {int, float}:
        return np.asarray(values, dtype=np.float64)
    return np.asarray(values, dtype=object)
