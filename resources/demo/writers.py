"""Write the demonstration's files so that the same content gives the same bytes."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

ABOUT = "ទិន្នន័យសាកល្បង ប្រឌិតទាំងអស់ / DEMO DATA, ALL FICTIONAL"

Cell = str | int | float | date | None

_ZIP_TIME = (2022, 10, 15, 0, 0, 0)
_XML_TIME = "2022-10-15T00:00:00Z"


def csv_file(
    path: Path,
    header: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    delimiter: str = ",",
    bom: bool = False,
) -> None:
    """Write a CSV file; dates as ISO, empty for None, lines end in LF."""
    text = io.StringIO(newline="")
    out = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    out.writerow(header)
    out.writerows(["" if cell is None else str(cell) for cell in row] for row in rows)
    path.write_bytes(text.getvalue().encode("utf-8-sig" if bom else "utf-8"))


def xlsx_file(
    path: Path, sheet: str, header: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> None:
    """Write a workbook of one sheet with a clean header row; dates are Excel dates."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    table = book.worksheets[0]
    table.title = sheet
    table.append(list(header))
    for cell in table[1]:
        cell.font = Font(bold=True)
    for row in rows:
        table.append(list(row))
        for cell in table[table.max_row]:
            if isinstance(cell.value, date):
                cell.number_format = "dd/mm/yyyy"
    table.freeze_panes = "A2"
    book.properties.creator = "Demo"
    book.properties.title = ABOUT
    raw = io.BytesIO()
    book.save(raw)
    path.write_bytes(without_clock(raw.getvalue()))


def without_clock(workbook: bytes) -> bytes:
    """Return the workbook with fixed times, or each run would give another file."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb">\d{4}-\d\d-\d\dT[\d:.]+Z?<", f">{_XML_TIME}<".encode(), data)
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, data)
    return out.getvalue()


def json_file(path: Path, content: Mapping[str, object]) -> None:
    """Write readable JSON."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def geojson_file(path: Path, name: str, features: Sequence[Mapping[str, object]]) -> None:
    """Write a FeatureCollection, one feature a line."""
    lines = ",\n".join(json.dumps(f, ensure_ascii=False) for f in features)
    title = json.dumps(f"{name} — {ABOUT}", ensure_ascii=False)
    path.write_text(
        f'{{"type": "FeatureCollection", "name": {title}, "features": [\n{lines}\n]}}\n',
        encoding="utf-8",
    )


def point_feature(properties: Mapping[str, object], lon: float, lat: float) -> dict[str, object]:
    """Return a GeoJSON feature at a point, lon/lat degrees."""
    return {
        "type": "Feature",
        "properties": dict(properties),
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
    }


def counted(rows: int, *, rejected: int = 0, waiting: int = 0) -> dict[str, int]:
    """Return what an import must find: imported + rejected + waiting = rows."""
    return {
        "rows": rows,
        "imported": rows - rejected - waiting,
        "rejected": rejected,
        "waiting": waiting,
    }
