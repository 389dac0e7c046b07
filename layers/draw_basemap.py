"""The ground of the map: land, water, borders and the names of places."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from geo.model.vocabulary import AdminLevel
from layers.basemap import BaseTable, basemap
from layers.clip import contains_all, drawn_lines, drawn_rings
from layers.drawlist import Areas, Lines, Op, Symbols, TextLine
from layers.labels import LabelWish
from layers.layer import LayerId
from layers.palette import Palette, palette
from layers.shapes import Shapes
from layers.style import AreaStyle, LineStyle, Shape, SymbolSpec, TextStyle
from layers.units import FROM_ZOOM, unit_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layers.layer import Layer
    from layers.shapes import IntArray
    from layers.snapshot import DrawRequest
    from layers.view import MapView

CAMBODIA = "KH"
NEIGHBOURS = frozenset({"TH", "VN", "LA"})
NEIGHBOUR_NAMES_UNTIL = 14.0
LEAST_SHARE = 0.08
"""A neighbour that fills less of the window is not named."""
NATIONAL_PX = 2.0
SOFT_TOLERANCE_PX = 4.0
CORE_TOLERANCE_PX = 1.2
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
        yield from _unit_borders(request, view, colours, layer.opacity)
    elif layer.id is LayerId.BORDERS:
        yield from _borders(view, colours, layer.opacity)
    elif layer.id is LayerId.PLACES:
        yield from _place_markers(view, colours, layer.opacity)


def unit_style(level: AdminLevel, colours: Palette, *, approximate: bool = False) -> LineStyle:
    """Return how the boundaries of a level are drawn: the wider the higher, dashed for a guess."""
    if approximate:
        return LineStyle(colours.province, 1.0, dash=(5.0, 3.5))
    width, alpha = {AdminLevel.PROVINCE: (1.5, 1.0), AdminLevel.DISTRICT: (1.0, 0.85)}.get(
        level, (0.7, 0.7)
    )
    return LineStyle(colours.province, width, alpha=alpha)


def _unit_borders(
    request: DrawRequest, view: MapView, colours: Palette, opacity: float
) -> Iterator[Op]:
    units = unit_lines(request)
    table = basemap()["province_borders"]
    shown = table.at_zoom(view.zoom)
    sides = zip(table.columns["code_a"], table.columns["code_b"], strict=True)
    guessed = np.array([units.official.isdisjoint(pair) for pair in sides], dtype=bool)
    guess = unit_style(AdminLevel.PROVINCE, colours, approximate=True)
    yield _of(drawn_lines(table.shapes, view, shown[guessed[shown]]), guess, opacity)
    for level, shapes in reversed(units.lines.items()):
        if len(shapes) and view.zoom >= FROM_ZOOM[level]:
            yield _of(drawn_lines(shapes, view), unit_style(level, colours), opacity)


def _land(view: MapView, colours: Palette, opacity: float) -> Iterator[Op]:
    table = basemap()["land"]
    shown = table.at_zoom(view.zoom)
    home = np.array([c == CAMBODIA for c in table.columns["country"]])
    for rows, fill in (
        (shown[~home[shown]], colours.neighbour),
        (shown[home[shown]], colours.land),
    ):
        yield Areas(drawn_rings(table.shapes, view, rows), AreaStyle(fill), opacity)


def home_land(view: MapView) -> Shapes:
    """Return Cambodia's land in pixels of a view, coarsely: what a soft disc is cut to."""
    table = basemap()["land"]
    shown = table.at_zoom(view.zoom)
    home = np.array([c == CAMBODIA for c in table.columns["country"]])
    return drawn_rings(table.shapes, view, shown[home[shown]], SOFT_TOLERANCE_PX / 2)


def _borders(view: MapView, colours: Palette, opacity: float) -> Iterator[Op]:
    table = basemap()["borders"]
    shown = table.at_zoom(view.zoom)
    ours = np.array([n is not None for n in table.columns["neighbour"]])
    foreign = drawn_lines(table.shapes, view, shown[~ours[shown]])
    ours_shown = shown[ours[shown]]
    yield _of(foreign, LineStyle(colours.foreign_border, 1.0), opacity)
    # Wide lines cost by the corner, and under 14 soft pixels nobody sees a corner of three.
    soft = drawn_lines(table.shapes, view, ours_shown, SOFT_TOLERANCE_PX)
    for tint, beyond in colours.soft_edge:
        yield _of(soft, LineStyle(tint, NATIONAL_PX + beyond), opacity)
    core = drawn_lines(table.shapes, view, ours_shown, CORE_TOLERANCE_PX)
    yield _of(core, LineStyle(colours.border, NATIONAL_PX), opacity)


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
    seen = {int(row): (float(x), float(y)) for row, (x, y) in zip(rows, xy, strict=True)}
    for row, kind in enumerate(table.columns["kind"]):
        country = kind == "country"
        at = seen.get(row)
        if country and (at is None or not _is_seen(at, view, request.margin)):
            # A name that lies elsewhere is written where the land is seen: whose side is this?
            at = _within_neighbour(table.columns["name_en"][row], request, view)
        if at is None:
            continue
        first, second = _name(table, row, request.language)
        style, small = _area_styles(request.language, colours, view.zoom, country=country)
        lines = (TextLine(first.upper() if country else first, style), TextLine(second, small))
        priority = PLACE_PRIORITY + (5.0 if country else 12.0)
        yield LabelWish(lines if second else lines[:1], *at, priority, opacity=opacity)


def _area_styles(
    language: str, colours: Palette, zoom: float, *, country: bool
) -> tuple[TextStyle, TextStyle]:
    english = language == "en"
    if country:
        size = 15.0 if zoom < 8 else 13.0  # noqa: PLR2004 - by scale
        spacing = 3.0 if english else 0.0
        style = TextStyle(size, colours.text_muted, colours.halo, bold=True, spacing=spacing)
        return style, TextStyle(10.5, colours.text_muted, colours.halo)
    style = TextStyle(12.0, colours.text_water, colours.water, italic=english)
    return style, TextStyle(10.5, colours.text_water, colours.water, italic=not english)


def _is_seen(at: tuple[float, float], view: MapView, margin: int) -> bool:
    return margin <= at[0] <= view.width - margin and margin <= at[1] <= view.height - margin


def _within_neighbour(name: str, request: DrawRequest, view: MapView) -> tuple[float, float] | None:
    """Return a pixel in the midst of what is seen of a neighbour's land, or None if that is little.

    The places tried lie on a grid fixed to the ground, so that the name stays while the map moves.
    """
    outline = _neighbours().get(name)
    if outline is None or view.zoom >= NEIGHBOUR_NAMES_UNTIL:
        return None
    west, south, east, north = request.view.bounds
    step = 2.0 ** round(np.log2((east - west) / 10))
    xs = np.arange(np.ceil(west / step), np.floor(east / step) + 1)[1:-1] * step
    ys = np.arange(np.ceil(south / step), np.floor(north / step) + 1)[1:-1] * step
    grid = np.array([(x, y) for x in xs for y in ys]).reshape(-1, 2)
    places = grid[contains_all(outline, 0, grid)]
    if len(places) <= LEAST_SHARE * len(grid):
        return None
    middle = np.hypot(*(places - places.mean(axis=0)).T).argmin()
    ((x, y),) = view.mercator_to_pixel(places[middle : middle + 1])
    return float(x), float(y)


@cache
def _neighbours() -> dict[str, Shapes]:
    table = basemap()["land"]
    return {
        # The mainland is enough to ask on which side a place lies.
        table.columns["name_en"][row]: Shapes.of([[max(table.shapes.rings_of(int(row)), key=len)]])
        for row in table.at_zoom(6.0)
        if table.columns["country"][row] in NEIGHBOURS
    }


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
