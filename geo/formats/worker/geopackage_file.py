"""GeoPackage, its rows copied out by SQLite alone: read-only, tables only, within a time budget.

GDAL is not asked: it reported 314 of 500 rows of a damaged file without a word. A foreign file's
views and triggers
never run.
"""

from __future__ import annotations

import contextlib
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import shapely
from sqlcipher3 import dbapi2 as sqlite

from geo.errors import InputError
from geo.formats.raw import Cell, RawTable, RowNote, SheetInfo
from geo.formats.worker.geometry import Places

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geo.formats.raw import HeaderRows

BUDGET_SECONDS = 60.0
_STEPS = 20_000
_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_MAGIC = b"GP"
_HEADER = 8
MAX_GAP = 100_000


def look(path: Path, header: HeaderRows) -> dict[str, Any]:
    """Return the layers with their columns and counts."""
    del header
    with _opened(path) as connection:
        layers = _layers(connection, path)
        infos = []
        for name, _, _ in layers:
            count = _count(connection, name)
            infos.append(SheetInfo(name, count, tuple(_columns(connection, name)[0])))
    biggest = max(infos, key=lambda info: info.rows)
    crs = next(crs for name, _, crs in layers if name == biggest.name)
    return {"sheets": tuple(infos), "main": (biggest.name,), "crs": crs}


def read(path: Path, sheets: list[str] | None, header: HeaderRows) -> RawTable:
    """Return the rows of one layer; their number is their place in the layer, from 1.

    Raises:
        InputError: No such layer, no row, an endless view, or a damaged database.
    """
    wanted = sheets[0] if sheets else look(path, header)["main"][0]
    with _opened(path) as connection:
        found = next((layer for layer in _layers(connection, path) if layer[0] == wanted), None)
        if found is None:
            raise InputError("error.import.no_sheet", sheet=wanted, name=path.name)
        name, geometry, crs = found
        columns, _ = _columns(connection, name)
        rows, damaged = _rows(connection, name, [*columns, *([geometry] if geometry else [])], path)
    if not rows:
        raise InputError("error.import.no_rows", name=path.name)
    places = Places()
    if geometry:
        _add_geometries(places, [row[-1] for row in rows])
        places.to_degrees(crs)
    repairs: list[RowNote] = []
    cells: list[list[Cell]] = []
    for i, column in enumerate(columns):
        values: list[Cell] = []
        for number, row in enumerate(rows, 1):
            value, cut = _cell(row[i])
            if cut:
                repairs.append(RowNote(number, "import.repair.cut_text", field=column))
            values.append(value)
        cells.append(values)
    return RawTable(
        columns=tuple(columns),
        cells=tuple(cells),
        numbers=list(range(1, len(rows) + 1)),
        sheets=[wanted] * len(rows),
        # A note belongs to its row by sheet and number.
        repairs=tuple(replace(note, sheet=wanted) for note in repairs),
        damaged=tuple(replace(note, sheet=wanted) for note in damaged + places.damaged),
        **(places.columns() if geometry else {}),
    )


def _count(connection: Any, table: str) -> int:  # noqa: ANN401 - sqlcipher3 is untyped
    """Return the number of rows, or in a damaged table the greatest row id."""
    for what in ("count(*)", "max(rowid)"):
        try:
            found = connection.execute(f"SELECT {what} FROM {_quoted(table)}").fetchone()[0]  # noqa: S608 - a quoted name
            return int(found or 0)
        except sqlite.OperationalError:
            raise
        except sqlite.DatabaseError:
            continue
    return 0


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[Any]:
    try:
        connection = sqlite.connect(f"{path.resolve().as_uri()}?mode=ro{_alone(path)}", uri=True)
        connection.text_factory = bytes
        deadline = time.monotonic() + BUDGET_SECONDS
        connection.set_progress_handler(lambda: int(time.monotonic() > deadline), _STEPS)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA cell_size_check = ON")
    except sqlite.Error:
        raise InputError("error.import.file_broken", name=path.name, what="sqlite") from None
    try:
        yield connection
    except sqlite.OperationalError as error:
        if "interrupt" in str(error):
            raise InputError("error.import.too_slow", name=path.name) from None
        raise InputError("error.import.file_broken", name=path.name, what="sqlite") from None
    except sqlite.DatabaseError:
        raise InputError("error.import.file_broken", name=path.name, what="sqlite") from None
    finally:
        connection.close()


def _alone(path: Path) -> str:
    """Return how a file is opened that nobody writes.

    Immutable: not even a lock or a journal file is left beside somebody else's file. But another
    program's last edits lie beside the file until it is closed there, and would not be seen.
    """
    real = path.resolve()
    sides = [real.with_name(real.name + suffix) for suffix in ("-wal", "-journal")]
    busy = any(side.exists() and side.stat().st_size > 0 for side in sides)
    return "" if busy else "&immutable=1"


def _layers(connection: Any, path: Path) -> list[tuple[str, str, str]]:  # noqa: ANN401 - sqlcipher3 is untyped
    """Return (table, geometry column or empty, CRS); only real tables, never views."""
    tables = {
        row[0].decode("utf-8", "replace")
        for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    if not {"gpkg_contents", "gpkg_spatial_ref_sys"} <= tables:
        raise InputError("error.import.not_what_it_says", name=path.name, format="gpkg")
    layers: list[tuple[str, str, str]] = []
    for (raw,) in connection.execute(
        "SELECT table_name FROM gpkg_contents WHERE data_type IN ('features', 'attributes')"
    ):
        name = raw.decode("utf-8", "replace")
        if name not in tables:
            continue
        geometry, crs = "", ""
        if "gpkg_geometry_columns" in tables:
            row = connection.execute(
                "SELECT g.column_name, s.organization, s.organization_coordsys_id"
                " FROM gpkg_geometry_columns g JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id"
                " WHERE g.table_name = ?",
                (name,),
            ).fetchone()
            if row:
                geometry, crs = row[0].decode(), f"{row[1].decode().upper()}:{row[2]}"
        layers.append((name, geometry, "" if crs.startswith(("NONE", "GDAL:99999")) else crs))
    if not layers:
        raise InputError("error.import.no_rows", name=path.name)
    return layers


def _columns(connection: Any, table: str) -> tuple[list[str], str]:  # noqa: ANN401 - sqlcipher3 is untyped
    names: list[str] = []
    key = "rowid"
    for row in connection.execute(f"PRAGMA table_info({_quoted(table)})"):
        name, kind, primary = row[1].decode("utf-8", "replace"), row[2].decode().upper(), row[5]
        if primary and kind == "INTEGER":
            key = name
        elif not kind.startswith(("POINT", "MULTI", "POLY", "LINE", "GEOM", "CURVE", "SURFACE")):
            names.append(name)
    return names, key


def _rows(
    connection: Any,  # noqa: ANN401 - sqlcipher3 is untyped
    table: str,
    columns: list[str],
    path: Path,
) -> tuple[list[tuple[Any, ...]], list[RowNote]]:
    """Return all rows.

    Where a page is damaged, it is read up to from both ends, and what lies between is named.
    """
    chosen = ", ".join(["rowid", *(_quoted(c) for c in columns)])
    query = f"SELECT {chosen} FROM {_quoted(table)} ORDER BY rowid"  # noqa: S608 - quoted names
    rows, complete = _until_error(connection.execute(query))
    if complete:
        return [r[1:] for r in rows], []
    back, _ = _until_error(connection.execute(f"{query} DESC"))
    last = rows[-1][0] if rows else 0
    first = back[-1][0] if back else last + 1
    gap = range(last + 1, first)
    if not (rows or back) or len(gap) > MAX_GAP:
        raise InputError("error.import.file_broken", name=path.name, what="sqlite")
    lost = [(n, *[None] * len(columns)) for n in gap]
    damaged = [RowNote(len(rows) + i + 1, "import.reason.lost_page") for i in range(len(lost))]
    joined = rows + lost + [r for r in reversed(back) if r[0] > last]
    return [r[1:] for r in joined], damaged


def _until_error(cursor: Any) -> tuple[list[tuple[Any, ...]], bool]:  # noqa: ANN401 - sqlcipher3 is untyped
    rows: list[tuple[Any, ...]] = []
    try:
        for row in cursor:
            rows.append(row)  # noqa: PERF402 - what came before the error is kept
    except sqlite.OperationalError:
        raise
    except sqlite.DatabaseError:
        return rows, False
    return rows, True


def _add_geometries(places: Places, blobs: list[object]) -> None:
    bodies = [_wkb(blob) for blob in blobs]
    shapes = shapely.from_wkb([b or None for b in bodies], on_invalid="ignore")
    for number, (blob, body, shape) in enumerate(zip(blobs, bodies, shapes, strict=True), 1):
        broken = blob is not None and (body is None or (body and shape is None))
        places.add(shape, number, "import.reason.broken_geometry" if broken else "")


def _wkb(blob: object) -> bytes | None:
    """Return the WKB behind a GeoPackage header.

    Empty bytes for an empty geometry, None if it is no geometry.
    """
    if not isinstance(blob, bytes) or len(blob) < _HEADER or not blob.startswith(_MAGIC):
        return None
    flags = blob[3]
    if flags & 0x10:
        return b""
    envelope = _ENVELOPES.get((flags >> 1) & 7)
    return None if envelope is None else blob[_HEADER + envelope :]


def _cell(value: object) -> tuple[Cell, bool]:
    """Return the cell, and whether a character was cut in the middle of its bytes."""
    if isinstance(value, bytes):
        try:
            text = value.decode("utf-8")
        except UnicodeDecodeError:
            return value.decode("utf-8", "ignore").strip() or None, True
        return text.strip() or None, False
    if value is None or isinstance(value, int | float):
        return value, False
    return str(value), False


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
