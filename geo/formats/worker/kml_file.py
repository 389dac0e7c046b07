"""KML and KMZ of Google Earth.

Folders, SimpleData and Data, points, outlines. No link is ever followed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely
from shapely import GeometryCollection, LineString, Point, Polygon

from geo.errors import InputError
from geo.formats.raw import Cell, RawTable, RowNote, SheetInfo
from geo.formats.worker.archives import checked, unpacked
from geo.formats.worker.geometry import Places
from geo.formats.worker.xml_tools import child_text, children, mended, tag

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from shapely.geometry.base import BaseGeometry

    from geo.formats.raw import HeaderRows

_FIXED = ("name", "description", "folder", "address", "time")
_SHAPES = {"Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Track", "MultiTrack"}
_MIN_RING = 3


def look(path: Path, header: HeaderRows) -> dict[str, Any]:
    """Return the columns of the placemarks."""
    table = read(path, None, header)
    return {"sheets": (SheetInfo("", len(table), table.columns),), "main": ("",)}


def read(path: Path, sheets: list[str] | None, header: HeaderRows) -> RawTable:
    """Return one row for each placemark, in the order of the document.

    Raises:
        InputError: It is no sound KML, or has no placemark.
    """
    del sheets, header
    root, broken = mended(_document(path), path.name, "Placemark")
    rows: list[dict[str, str]] = []
    places = Places()
    torn: list[RowNote] = []
    for mark, folder in _placemarks(root, ""):
        rows.append(_properties(mark, folder))
        if any(mark is each for each in broken):
            torn.append(RowNote(len(rows), "import.reason.cut_off"))
        try:
            shape = _geometry(mark)
        except (ValueError, shapely.GEOSException):
            places.add(None, len(rows), "import.reason.broken_geometry")
        else:
            places.add(shape, len(rows))
    if not rows:
        raise InputError("error.import.no_rows", name=path.name)
    names = dict.fromkeys(k for row in rows for k in row)
    columns = [n for n in _FIXED if n in names] + [n for n in names if n not in _FIXED]
    cells: list[list[Cell]] = [[row.get(name) for row in rows] for name in columns]
    return RawTable(
        columns=tuple(columns),
        cells=tuple(cells),
        numbers=list(range(1, len(rows) + 1)),
        damaged=(*torn, *places.damaged),
        **places.columns(),
    )


def _document(path: Path) -> bytes:
    if path.suffix.lower() != ".kmz":
        return path.read_bytes()
    with checked(path) as archive:
        names = [n for n in archive.namelist() if n.lower().endswith(".kml")]
        main = next((n for n in names if n.lower() == "doc.kml"), names[0])
        return unpacked(archive, main)


def _placemarks(element: Element, folder: str) -> Iterator[tuple[Element, str]]:
    """Yield every placemark with the path of its folders; a NetworkLink is passed by."""
    stack: list[tuple[Element, str]] = [(element, folder)]
    while stack:
        node, where = stack.pop()
        kind = tag(node)
        if kind == "Placemark":
            yield node, where
            continue
        if kind == "NetworkLink":
            continue
        if kind == "Folder":
            name = child_text(node, "name") or ""
            where = f"{where} / {name}".strip(" /")
        stack.extend((child, where) for child in reversed(list(node)))


def _properties(mark: Element, folder: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for key in ("name", "description", "address"):
        if text := child_text(mark, key):
            found[key] = text
    if folder:
        found["folder"] = folder
    for stamp in children(mark, "TimeStamp"):
        if text := child_text(stamp, "when"):
            found["time"] = text
    for name, text in _extended(mark):
        found.setdefault(name, text)
    found.pop("", None)
    return found


def _extended(mark: Element) -> Iterator[tuple[str, str]]:
    """Yield name and text of Data and SimpleData."""
    for extended in children(mark, "ExtendedData"):
        for data in children(extended, "Data"):
            if text := child_text(data, "value"):
                yield data.get("name", ""), text
        for schema in children(extended, "SchemaData"):
            for simple in children(schema, "SimpleData"):
                if text := "".join(simple.itertext()).strip():
                    yield simple.get("name", ""), text


def _geometry(element: Element) -> BaseGeometry | None:
    shapes = [s for child in element if tag(child) in _SHAPES and (s := _shape(child)) is not None]
    if not shapes:
        return None
    return shapes[0] if len(shapes) == 1 else GeometryCollection(shapes)


def _shape(element: Element) -> BaseGeometry | None:
    kind = tag(element)
    if kind == "Point":
        points = _coordinates(element)
        return Point(points[0]) if points else None
    if kind in {"LineString", "LinearRing"}:
        return LineString(_coordinates(element))
    if kind == "Polygon":
        outer = [_ring(b) for b in children(element, "outerBoundaryIs")]
        holes = [_ring(b) for b in children(element, "innerBoundaryIs")]
        if not outer:
            raise ValueError
        return Polygon(outer[0], holes)
    if kind == "MultiGeometry":
        parts = [
            p for child in element if tag(child) in _SHAPES and (p := _shape(child)) is not None
        ]
        flat = [q for p in parts for q in getattr(p, "geoms", [p])]
        return GeometryCollection(flat) if flat else None
    return LineString([(0, 0), (0, 0)])


def _ring(boundary: Element) -> list[tuple[float, float]]:
    for ring in children(boundary, "LinearRing"):
        corners = _coordinates(ring)
        if len(corners) >= _MIN_RING:
            return corners
    raise ValueError


def _coordinates(element: Element) -> list[tuple[float, float]]:
    text = child_text(element, "coordinates") or ""
    points = []
    for item in text.split():
        lon, lat, *_ = item.split(",")
        points.append((float(lon), float(lat)))
    return points
