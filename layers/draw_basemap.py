"""The ground of the map: land, water, borders and the names of places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from layers.basemap import BaseTable, basemap
from layers.clip import drawn_lines, drawn_rings
from layers.drawlist import Areas, Lines, Op, Symbols, TextLine
from layers.labels import LabelWish
from layers.layer import LayerId
from layers.palette import Palette, palette
from layers.style import AreaStyle, LineStyle, Shape, SymbolSpec, TextStyle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layers.layer import Layer
    from layers.shapes import IntArray
    from layers.snapshot import DrawRequest
    from layers.view import MapView

CAMBODIA = "KH"
NATIONAL_PX = 2.0
PLACE_PRIORITY = 100.0
_IMPORTANCE = {"capital": 0.0, "province town": 1.0, "district town": 2.0, "commune": 3.0}


def ground_ops(request: DrawRequest, view: MapView, layer: Layer) -> Iterator[Op]:
    """Yield what is painted for one layer of the basemap."""
    colours = palette(request.theme)
    if layer.id is LayerId.LAND:
        yield from _land(view, colours, layer.opacity)
    elif layer.id is LayerId.WATER:
        table = basemap()["water"]
        style = AreaStyle(colours.water, edge=LineStyle(colours.water_line, 0.7))
        shapes = drawn_rings(table.shapes, view, table.at_zoom(view.zoom))
        yield Areas(shapes, style, layer.opacity)
    elif layer.id is LayerId.RIVERS:
        width = 0.8 if view.zoom < 9 else 1.2 if view.zoom < 12 else 2.0  # noqa: PLR2004 - widths by scale
        yield _lines("rivers", view, LineStyle(colours.water_line, width), layer.opacity)
    elif layer.id is LayerId.PROVINCES:
        style_of_line = LineStyle(colours.province, 1.0, dash=(5.0, 3.5))
        yield _lines("province_borders", view, style_of_line, layer.opacity)
    elif layer.id is LayerId.BORDERS:
        yield from _borders(view, colours, layer.opacity)
    elif layer.id is LayerId.PLACES:
        yield from _place_markers(view, colours, layer.opacity)


def _land(view: MapView, colours: Palette, opacity: float) -> Iterator[Op]:
    table = basemap()["land"]
    shown = table.at_zoom(view.zoom)
    home = np.array([c == CAMBODIA for c in table.columns["country"]])
    for rows, fill in (
        (shown[~home[shown]], colours.neighbour),
        (shown[home[shown]], colours.land),
    ):
        yield Areas(drawn_rings(table.shapes, view, rows), AreaStyle(fill), opacity)


def _borders(view: MapView, colours: Palette, opacity: float) -> Iterator[Op]:
    table = basemap()["borders"]
    shown = table.at_zoom(view.zoom)
    ours = np.array([n is not None for n in table.columns["neighbour"]])
    foreign = drawn_lines(table.shapes, view, shown[~ours[shown]])
    national = drawn_lines(table.shapes, view, shown[ours[shown]])
    yield _of(foreign, LineStyle(colours.foreign_border, 1.0), opacity)
    for tint, beyond in colours.soft_edge:
        yield _of(national, LineStyle(tint, NATIONAL_PX + beyond), opacity)
    yield _of(national, LineStyle(colours.border, NATIONAL_PX), opacity)


def _lines(name: str, view: MapView, style: LineStyle, opacity: float) -> Lines:
    table = basemap()[name]
    return _of(drawn_lines(table.shapes, view, table.at_zoom(view.zoom)), style, opacity)


def _of(found: tuple[list[np.ndarray], list[float]], style: LineStyle, opacity: float) -> Lines:
    return Lines(tuple(found[0]), tuple(found[1]), style, opacity)


def _points_of(table: BaseTable, rows: IntArray, view: MapView) -> np.ndarray:
    # A point is a feature of one ring of one vertex, so rows and vertices have the same numbers.
    return view.mercator_to_pixel(table.shapes.xy[rows])


def _in_view(xy: np.ndarray, view: MapView, margin: float) -> np.ndarray:
    return (
        (xy[:, 0] >= -margin)
        & (xy[:, 1] >= -margin)
        & (xy[:, 0] <= view.width + margin)
        & (xy[:, 1] <= view.height + margin)
    )


def _place_markers(view: MapView, colours: Palette, opacity: float) -> Iterator[Op]:
    table = basemap()["places"]
    rows = table.at_zoom(view.zoom)
    xy = _points_of(table, rows, view)
    near = _in_view(xy, view, 8.0)
    kinds = [table.columns["kind"][i] for i in rows[near]]
    specs = (
        SymbolSpec(Shape.CIRCLE, colours.place, edge=colours.halo, scale=0.42),
        SymbolSpec(Shape.CIRCLE, colours.place, edge=colours.halo, scale=0.6),
        SymbolSpec(Shape.SQUARE, colours.place, edge=colours.halo, scale=0.75),
    )
    rank = np.array([{"capital": 2, "province town": 1}.get(kind, 0) for kind in kinds])
    yield Symbols(xy[near], rank.astype(np.uint8), specs, 10.0, opacity)


def ground_labels(request: DrawRequest, view: MapView, layer: Layer) -> Iterator[LabelWish]:
    """Yield the names of the basemap that would like to be written in a view."""
    colours = palette(request.theme)
    if layer.id is LayerId.PLACES:
        yield from _place_names(request, view, colours, layer.opacity)
        yield from _area_names(request, view, colours, layer.opacity)
    elif layer.id is LayerId.PROVINCES and 6.5 <= view.zoom < 10.5:  # noqa: PLR2004 - between country and town
        yield from _province_names(request, view, colours, layer.opacity)


def _name(table: BaseTable, row: int, language: str) -> tuple[str, str]:
    """Return the name in the map's language and the one in the other, empty if it is the same."""
    km, en = table.columns["name_km"][row] or "", table.columns["name_en"][row] or ""
    first, second = (km or en, en) if language == "km" else (en or km, km)
    return first, "" if second == first else second


def _place_names(
    request: DrawRequest, view: MapView, colours: Palette, opacity: float
) -> Iterator[LabelWish]:
    table = basemap()["places"]
    rows = table.at_zoom(view.zoom)
    xy = _points_of(table, rows, view)
    near = _in_view(xy, view, 60.0)
    for row, (x, y) in zip(rows[near], xy[near], strict=True):
        kind = table.columns["kind"][row]
        home = table.columns["country"][row] == CAMBODIA
        rank = _IMPORTANCE.get(kind, 4.0)
        size = (15.0, 13.0, 12.0, 11.0, 11.0)[int(rank)]
        style = TextStyle(
            size,
            colours.text if home else colours.text_muted,
            colours.halo,
            bold=rank < 2 and home,  # noqa: PLR2004 - towns of the first two ranks
        )
        first, second = _name(table, int(row), request.language)
        lines = [TextLine(first, style)]
        if second and rank < 2:  # noqa: PLR2004 - the same
            lines.append(TextLine(second, TextStyle(10.5, colours.text_muted, colours.halo)))
        yield LabelWish(
            tuple(lines),
            float(x),
            float(y),
            PLACE_PRIORITY + 10 * rank + (0.0 if home else 15.0) + row / 1000,
            offset=5.0 if rank < 2 else 3.5,  # noqa: PLR2004 - the same
            opacity=opacity,
        )


def _area_names(
    request: DrawRequest, view: MapView, colours: Palette, opacity: float
) -> Iterator[LabelWish]:
    table = basemap()["labels"]
    rows = table.at_zoom(view.zoom)
    xy = _points_of(table, rows, view)
    for row, (x, y) in zip(rows, xy, strict=True):
        kind = table.columns["kind"][row]
        country = kind == "country"
        first, second = _name(table, int(row), request.language)
        size = (16.0 if view.zoom < 7 else 18.0) if country else 12.0  # noqa: PLR2004 - by scale
        style = TextStyle(
            size,
            colours.text_muted if country else colours.text_water,
            colours.halo if country else colours.water,
            bold=country,
            italic=not country and request.language == "en",
            spacing=3.0 if country and request.language == "en" else 0.0,
        )
        small = TextStyle(10.5, style.colour, style.halo, italic=not country and style.italic)
        lines = (TextLine(first.upper() if country else first, style), TextLine(second, small))
        yield LabelWish(
            lines if second else lines[:1],
            float(x),
            float(y),
            PLACE_PRIORITY + (5.0 if country else 12.0),
            opacity=opacity,
        )


def _province_names(
    request: DrawRequest, view: MapView, colours: Palette, opacity: float
) -> Iterator[LabelWish]:
    table = basemap()["provinces_approximate"]
    spacing = 1.5 if request.language == "en" else 0.0
    style = TextStyle(11.5, colours.text_muted, colours.halo, spacing=spacing)
    for row in table.at_zoom(view.zoom):
        x, y = view.to_pixel(table.columns["label_lon"][row], table.columns["label_lat"][row])
        if -60 <= x <= view.width + 60 and -60 <= y <= view.height + 60:  # noqa: PLR2004 - half a name
            first, _ = _name(table, int(row), request.language)
            yield LabelWish(
                (TextLine(first, style),), float(x), float(y), PLACE_PRIORITY + 25, opacity=opacity
            )
