"""Writing one layer as a GeoPackage that any GIS opens; without GDAL, like the other writers."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import shapely
from sqlcipher3 import dbapi2

from geo.store.blob import SRS_ID, area_blob
from geo.store.schema import GPKG_TABLES, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.formats.writing import Sheet, Step
    from geo.model.entity import Area

APPLICATION_ID = 0x47504B47
VERSION = 10300
"""``GPKG`` and 1.3.0, by which other programs know the file."""
STEP_ROWS = 500


def gpkg_bytes(
    sheet: Sheet, areas: Sequence[Area | None], step: Step = lambda _done, _total: None
) -> bytes:
    """Return a table of areas as a GeoPackage with one layer.

    Args:
        sheet: Its name is the layer's, its keys name the columns; the lines that belong above the
            rows stand in the layer's description.
        areas: Lon/lat degrees, one a row; None where there is none.
        step: Told how many rows of how many are done.
    """
    with TemporaryDirectory(prefix="ucm-layer-") as folder:
        path = Path(folder) / "layer.gpkg"
        with closing(dbapi2.connect(str(path))) as file:
            _write(file, sheet, areas, step)
        return path.read_bytes()


def _write(file: dbapi2.Connection, sheet: Sheet, areas: Sequence[Area | None], step: Step) -> None:
    file.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    file.execute(f"PRAGMA user_version = {VERSION}")
    for statement in GPKG_TABLES:
        file.execute(statement)
    table = quoted(sheet.name)
    columns = [f"{quoted(key)} {_sql(sheet, place)}" for place, key in enumerate(sheet.keys)]
    file.execute(f"CREATE TABLE {table} (fid INTEGER PRIMARY KEY, geom BLOB, {', '.join(columns)})")
    known = [area for area in areas if area is not None]
    box = shapely.total_bounds(known).tolist() if known else [None] * 4
    file.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, min_x, min_y,"
        " max_x, max_y, srs_id) VALUES (?, 'features', ?, ?, ?, ?, ?, ?, ?)",
        (sheet.name, sheet.name, "\n".join(sheet.about), *box, SRS_ID),
    )
    file.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'GEOMETRY', ?, 0, 0)",
        (sheet.name, SRS_ID),
    )
    marks = ", ".join("?" * (len(sheet.keys) + 1))
    names = ", ".join(("geom", *map(quoted, sheet.keys)))
    for number, (row, area) in enumerate(zip(sheet.rows, areas, strict=True)):
        if number % STEP_ROWS == 0:
            step(number, len(sheet.rows))
        blob = area_blob(shapely.to_wkb(area)) if area is not None else None
        file.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 - quoted names
            (blob, *row),
        )
    file.commit()


def _sql(sheet: Sheet, place: int) -> str:
    kinds = {type(row[place]) for row in sheet.rows} - {type(None)}
    if kinds <= {int}:
        return "INTEGER" if kinds else "TEXT"
    return "REAL" if kinds <= {int, float} else "TEXT"
