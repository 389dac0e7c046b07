"""The result of an analysis on a web map: areas, lines and points with what is told of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from layers.export.chart_svg import chart_svg
from layers.export.content import shown
from layers.style import Hatch
from layers.view import from_mercator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.export.content import LegendEntry, ReportContent, ReportTable
    from layers.export.pins import Signs
    from layers.findings import Findings, FoundShapes
    from layers.said import Words
    from layers.style import AreaStyle, LineStyle
    from layers.view import FloatArray

_DECIMALS: Final = 6
_CHART: Final = (560.0, 280.0)
_STRUCK: Final = "4 3"


def result_layers(content: ReportContent, signs: Signs) -> list[dict[str, Any]]:
    """Return the layer of a report's result as data of the page, or none."""
    found = content.map.findings
    if found is None:
        return []
    layer: dict[str, Any] = {
        "name": "result",
        "title": found.title.words(content.language),
        "facts": [],
        "areas": _areas(found, content),
        "lines": _lines(found, content),
        "points": _points(found, content, signs),
    }
    return [layer]


def result_data(content: ReportContent) -> dict[str, Any]:
    """Return charts, tables and sentences that only the report of an analysis has."""
    if not content.basis:
        return {}
    return {
        "charts": [[chart_svg(c, *_CHART), " ".join(c.notes)] for c in content.charts],
        "tables": [_table(table, content) for table in content.tables],
        "basis": list(content.basis),
    }


def sign_look(entry: LegendEntry) -> dict[str, Any] | None:
    """Return how a line of the legend looks if it is an area or a line of a result."""
    if entry.area is not None:
        return _area_look(entry.area)
    if entry.line is not None:
        return _line_look(entry.line) | {"line": True}
    return None


def _table(table: ReportTable, content: ReportContent) -> dict[str, Any]:
    language = content.language
    return {
        "title": table.title,
        "heads": [column.head for column in table.columns],
        "numeric": [column.numeric for column in table.columns],
        "rows": [[shown(cell, language) for cell in row] for row in table.rows],
        "total": [shown(cell, language) for cell in table.total],
        "before": table.before,
        "note": table.note,
    }


def _areas(found: Findings, content: ReportContent) -> list[dict[str, Any]]:
    if found.areas is None:
        return []
    areas = []
    for at, key in enumerate(found.areas.keys):
        style = found.classes[found.areas.codes[at]].area
        if style is None:
            continue
        title, facts = _told(found.tell(key), content)
        rings = _degrees(found.areas, at)
        areas.append({"rings": rings, "look": _area_look(style), "title": title, "facts": facts})
    return areas


def _lines(found: Findings, content: ReportContent) -> list[dict[str, Any]]:
    if found.lines is None:
        return []
    lines = []
    for at, key in enumerate(found.lines.keys):
        style = found.classes[found.lines.codes[at]].line
        if style is None:
            continue
        title, facts = _told(found.tell(key), content)
        look = _line_look(style)
        if found.lines.widths is not None:
            look["width"] = round(float(found.lines.widths[at]), 1)
        path = _degrees(found.lines, at)
        lines.append({"path": path, "look": look, "title": title, "facts": facts})
    return lines


def _points(found: Findings, content: ReportContent, signs: Signs) -> list[list[Any]]:
    if found.points is None:
        return []
    points = []
    for at, key in enumerate(found.points.keys):
        symbol = found.classes[found.points.codes[at]].symbol
        if symbol is None:
            continue
        title, facts = _told(found.tell(key), content)
        ((lat, lon),) = _lat_lon(found.points.index.xy[at : at + 1])
        points.append([lon, lat, signs.index(symbol), title, [], facts])
    return points


def _told(said: Sequence[Words], content: ReportContent) -> tuple[str, list[list[str]]]:
    """Return the title of a note and its other sentences as facts without a label."""
    words = [each.words(content.language) for each in said]
    return (words[0] if words else "", [[line, ""] for line in words[1:]])


def _degrees(shapes: FoundShapes, at: int) -> list[list[list[float]]]:
    return [_lat_lon(ring) for ring in shapes.shapes.rings_of(at)]


def _lat_lon(metres: FloatArray) -> list[list[float]]:
    lon, lat = from_mercator(metres[:, 0], metres[:, 1])
    made: list[list[float]] = np.round(np.column_stack([lat, lon]), _DECIMALS).tolist()
    return made


def _area_look(style: AreaStyle) -> dict[str, Any]:
    """Return fill and edge; strokes over an area become a dashed edge in their colour."""
    edge = style.edge
    look = _line_look(edge) if edge is not None else {"edge": "", "width": 0, "dash": ""}
    look |= {"fill": style.fill, "alpha": round(style.alpha, 3)}
    if style.hatch is not Hatch.NONE:
        look |= {"edge": style.ink or look["edge"], "dash": _STRUCK, "width": 1.5}
        look["alpha"] = round(style.alpha / 2, 3)
    return look


def _line_look(style: LineStyle) -> dict[str, Any]:
    return {
        "fill": "",
        "alpha": round(style.alpha, 3),
        "edge": style.colour,
        "width": style.width,
        "dash": " ".join(f"{part:g}" for part in style.dash),
    }
