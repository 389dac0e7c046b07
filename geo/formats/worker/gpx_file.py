"""GPX of a phone: its waypoints.

Times are UTC in the file and become Cambodian time, which may be the next day.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from geo.errors import InputError
from geo.formats.raw import Cell, RawTable, RowNote, SheetInfo
from geo.formats.worker.geometry import Places
from geo.formats.worker.xml_tools import child_text, children, mended

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from geo.formats.raw import HeaderRows

CAMBODIA = timezone(timedelta(hours=7))
_TEXTS = ("name", "desc", "cmt", "sym", "type", "src")


def look(path: Path, header: HeaderRows) -> dict[str, Any]:
    """Return the columns of the waypoints."""
    table = read(path, None, header)
    return {"sheets": (SheetInfo("", len(table), table.columns),), "main": ("",)}


def read(path: Path, sheets: list[str] | None, header: HeaderRows) -> RawTable:
    """Return one row for each waypoint; tracks and routes are no sites.

    Raises:
        InputError: It is no sound GPX, or has no waypoint.
    """
    del sheets, header
    root, broken = mended(path.read_bytes(), path.name, "wpt")
    marks = list(children(root, "wpt"))
    if not marks:
        raise InputError("error.import.no_rows", name=path.name)
    places = Places()
    damaged: list[RowNote] = []
    for number, mark in enumerate(marks, 1):
        try:
            places.add_point(float(mark.get("lon", "")), float(mark.get("lat", "")))
        except ValueError:
            places.add_point(None, None)
            damaged.append(RowNote(number, "import.reason.broken_geometry", field="geometry"))
        if any(mark is each for each in broken):
            damaged.append(RowNote(number, "import.reason.cut_off"))
    columns: dict[str, list[Cell]] = {name: [child_text(m, name) for m in marks] for name in _TEXTS}
    columns["time"] = [_local_time(m) for m in marks]
    kept = {name: cells for name, cells in columns.items() if any(c is not None for c in cells)}
    tracks = sum(1 for _ in children(root, "trk")) + sum(1 for _ in children(root, "rte"))
    return RawTable(
        columns=tuple(kept),
        cells=tuple(kept.values()),
        numbers=list(range(1, len(marks) + 1)),
        damaged=tuple(damaged),
        skipped=tuple(RowNote(0, "import.skipped.track") for _ in range(tracks)),
        **places.columns(),
    )


def _local_time(mark: Element) -> Cell:
    text = child_text(mark, "time")
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment.astimezone(CAMBODIA).replace(tzinfo=None) if moment.tzinfo else moment
