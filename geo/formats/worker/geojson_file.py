"""GeoJSON feature by feature.

A duplicate key is noticed, one broken feature or ring does not cost the others.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import InputError
from geo.formats.raw import Cell, RawTable, RowNote, SheetInfo
from geo.formats.worker.encoding import decoded
from geo.formats.worker.geometry import Places

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geo.formats.raw import HeaderRows

_FEATURES = re.compile(r'"features"\s*:\s*\[')
_NEXT = re.compile(r'\{\s*"type"\s*:\s*"Feature"')
_CRS = re.compile(r'"crs"\s*:\s*\{[^{}]*\{[^{}]*"name"\s*:\s*"([^"]+)"')
_EPSG = re.compile(r"EPSG:(?:[\d.]*:)?(\d{4,6})$")
_DUPLICATE = "\x00duplicate"
_CLOSED_RING = 4
# An escape of half a character; two that belong together are joined by the parser.
_HALF = re.compile(r"\\u[dD][89a-fA-F]")


def look(path: Path, header: HeaderRows) -> dict[str, Any]:
    """Return the columns of the features' properties and the CRS."""
    del header
    text, encoding, _ = decoded(path)
    table = _table(path, text)
    sheet = SheetInfo("", len(table), table.columns)
    return {"sheets": (sheet,), "main": ("",), "encoding": encoding, "crs": _crs(text)}


def read(path: Path, sheets: list[str] | None, header: HeaderRows) -> RawTable:
    """Return one row for each feature; its number is its place in the file, from 1.

    Raises:
        InputError: There is no feature, or the CRS is unknown.
    """
    del sheets, header
    text, _, _ = decoded(path)
    return _table(path, text)


def _table(path: Path, text: str) -> RawTable:
    properties: list[dict[str, Any]] = []
    damaged: list[RowNote] = []
    places = Places()
    halves = _HALF.search(text) is not None
    for number, feature in enumerate(_features(text), 1):
        if not isinstance(feature, dict):
            damaged.append(RowNote(number, "import.reason.broken_feature"))
            properties.append({})
            places.add(None, number)
            continue
        twice = _duplicates(feature)
        if twice:
            damaged.append(RowNote(number, "import.reason.duplicate_key", field=twice))
        content = feature.get("properties")
        properties.append(content if isinstance(content, dict) else {})
        if halves and (cut := _without_halves(properties[-1])) != properties[-1]:
            properties[-1] = cut
            places.repairs.append(RowNote(number, "import.repair.cut_text"))
        _add_geometry(places, feature.get("geometry"), number)
    if not properties:
        raise InputError("error.import.no_rows", name=path.name)
    places.to_degrees(_crs(text))
    columns = tuple(dict.fromkeys(k for p in properties for k in p if k != _DUPLICATE))
    return RawTable(
        columns=columns,
        cells=tuple([_cell(p.get(name)) for p in properties] for name in columns),
        numbers=list(range(1, len(properties) + 1)),
        repairs=tuple(places.repairs),
        damaged=tuple(damaged + places.damaged),
        **places.columns(),
    )


def _features(text: str) -> Iterator[object]:
    """Yield each feature, or None for one that cannot be parsed."""
    decoder = json.JSONDecoder(object_pairs_hook=_pairs)
    start = _FEATURES.search(text)
    if start is None:
        try:
            whole = decoder.decode(text)
        except (ValueError, RecursionError):
            yield None
            return
        if isinstance(whole, dict):
            yield whole if whole.get("type") == "Feature" else {"geometry": whole}
        return
    at = start.end()
    while True:
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        if at >= len(text) or text[at] == "]":
            return
        try:
            feature, at = decoder.raw_decode(text, at)
            yield feature
        except (ValueError, RecursionError):
            yield None
            following = _NEXT.search(text, at + 1)
            if following is None:
                return
            at = following.start()


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found and found[key] != value:
            found[_DUPLICATE] = key
        found[key] = value
    return found


def _without_halves(content: dict[str, Any]) -> dict[str, Any]:
    """Return properties without halves of characters, which no file and no database can hold."""
    text = json.dumps(content, ensure_ascii=False)
    whole = json.loads(text.encode("utf-8", "ignore"))
    return whole if isinstance(whole, dict) else {}


def _duplicates(feature: dict[str, Any]) -> str:
    inner = feature.get("properties")
    twice = feature.get(_DUPLICATE) or (isinstance(inner, dict) and inner.get(_DUPLICATE)) or ""
    return str(twice)


def _add_geometry(places: Places, geometry: object, number: int) -> None:
    if geometry is None:
        places.add(None, number)
        return
    try:
        if isinstance(geometry, dict) and geometry.get("type") == "Polygon":
            _mend_rings(geometry.get("coordinates"), places, number)
        shape = _shape(geometry)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, shapely.GEOSException):
        places.add(None, number, "import.reason.broken_geometry")
        return
    places.add(shape, number)


def _mend_rings(rings: object, places: Places, number: int) -> None:
    for ring in rings if isinstance(rings, list) else ():
        if len(ring) >= _CLOSED_RING - 1 and ring[0] != ring[-1]:
            ring.append(ring[0])
            places.repairs.append(RowNote(number, "import.repair.ring_closed", field="geometry"))


def _shape(geometry: object) -> BaseGeometry:
    shape = shapely.from_geojson(json.dumps(geometry))
    if not isinstance(shape, BaseGeometry):
        raise TypeError
    return shape


def _crs(text: str) -> str:
    """Return the CRS of an old-style file as ``EPSG:n``; empty for longitude and latitude."""
    found = _CRS.search(text)
    if found is None or "CRS84" in found.group(1):
        return ""
    epsg = _EPSG.search(found.group(1))
    return f"EPSG:{epsg.group(1)}" if epsg else found.group(1)


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return value.strip() or None
    return json.dumps(value, ensure_ascii=False)
