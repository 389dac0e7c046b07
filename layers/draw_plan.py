"""What the plan puts on the map: doubt, zones, crossings, sites, allegations and the selection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.localise import digits
from geo.model.entity import Kind
from layers import content
from layers.clip import drawn_rings
from layers.draw_basemap import home_land
from layers.drawlist import Areas, Discs, Halos, Op, Symbols, TextLine
from layers.labels import LabelWish, estimate
from layers.layer import LayerId
from layers.live import live_ops
from layers.palette import palette
from layers.style import (
    GREY,
    PURPLE,
    ZONE_COLOURS,
    AreaStyle,
    LineStyle,
    TextStyle,
    symbol_size,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from layers.doubt import Doubt
    from layers.features import PointFeatures
    from layers.layer import Layer
    from layers.snapshot import DrawRequest
    from layers.view import MapView

SYMBOL_MARGIN_PX = 24.0
LEAST_DOUBT_PX = 11.0
"""A disc of doubt is never so small that it looks like a point symbol."""
ZONE_ALPHA = 0.25
DOUBT_ALPHA = {GREY: 0.26, PURPLE: 0.4}
OUTLINED_DOUBT_ALPHA = 0.1
FADE_FROM_PX = 220.0
"""A doubt larger than this on screen fades, or it would tint all that is seen."""
ZONE_NAME_SHARE = 0.6
"""A zone narrower than this share of its name is not named: one would not see which it is."""
SITE_NAMES_FROM = 13.0
CROSSING_NAMES_FROM = 8.0
MOST_NAMES = 250
MOST_RINGS = 1000
"""More selected points than these are set off by fewer rings: each is painted anew every time."""
MOST_OBSTACLES = 2_000

POINTS: dict[LayerId, Callable[[DrawRequest], PointFeatures]] = {
    LayerId.ALLEGATIONS: content.allegations,
    LayerId.SITES: content.sites,
    LayerId.CROSSINGS: content.crossings,
}
_DOUBTS: tuple[tuple[Callable[[DrawRequest], tuple[Doubt, ...]], str], ...] = (
    (content.site_doubts, GREY),
    (content.allegation_doubts, PURPLE),
)


def plan_ops(request: DrawRequest, view: MapView, layer: Layer) -> Iterator[Op]:
    """Yield what is painted for one layer of the plan."""
    if layer.id in POINTS:
        features = POINTS[layer.id](request)
        found = features.index.drawn(view, SYMBOL_MARGIN_PX)
        yield Symbols(
            view.mercator_to_pixel(features.index.xy[found]),
            features.spec[found],
            features.specs,
            symbol_size(view.zoom),
            layer.opacity,
        )
    elif layer.id is LayerId.ZONES:
        yield from _zones(request, view, layer.opacity)
    elif layer.id is LayerId.LIVE:
        yield from live_ops(request.live, view, layer.opacity)
    elif layer.id is LayerId.DOUBT:
        for doubts, colour in _DOUBTS:
            yield from _doubts(doubts(request), colour, view, layer.opacity)


def _zones(request: DrawRequest, view: MapView, opacity: float) -> Iterator[Op]:
    zones = content.zones(request)
    for i, colour in enumerate(ZONE_COLOURS):
        of_colour = np.flatnonzero(np.array(zones.colours, dtype=int) % len(ZONE_COLOURS) == i)
        if len(of_colour):
            edge = LineStyle(_edge_of(colour, request.theme), 2.0)
            style = AreaStyle(colour, ZONE_ALPHA, edge)
            yield Areas(drawn_rings(zones.shapes, view, of_colour), style, opacity)


def _edge_of(colour: str, theme: str) -> str:
    """Return a zone's edge: its colour, darker on a light map so that yellow can be seen."""
    if theme == "dark":
        return colour
    red, green, blue = (int(int(colour[i : i + 2], 16) * 0.72) for i in (1, 3, 5))
    return f"#{red:02X}{green:02X}{blue:02X}"


def doubt_radius(doubt: Doubt, view: MapView) -> float:
    """Return the radius in pixels of the disc that stands for an area of doubt."""
    return max(doubt.radius / view.resolution, LEAST_DOUBT_PX)


def _doubts(doubts: tuple[Doubt, ...], colour: str, view: MapView, opacity: float) -> Iterator[Op]:
    for doubt in doubts:
        if doubt.outline is not None:
            edge = LineStyle(colour, 1.2, alpha=0.55, dash=(2.0, 3.0))
            box = doubt.outline.ring_bounds
            reach = float((box[:, 2] - box[:, 0]).max()) / 2 / view.resolution
            alpha = OUTLINED_DOUBT_ALPHA * _fade(reach)
            yield Areas(drawn_rings(doubt.outline, view), AreaStyle(colour, alpha, edge), opacity)
    discs = [doubt for doubt in doubts if doubt.outline is None]
    if not discs:
        return
    xy = view.mercator_to_pixel(np.array([(doubt.x, doubt.y) for doubt in discs]))
    radius = np.array([doubt_radius(doubt, view) for doubt in discs])
    near = (
        (xy[:, 0] > -radius)
        & (xy[:, 1] > -radius)
        & (xy[:, 0] < view.width + radius)
        & (xy[:, 1] < view.height + radius)
    )
    if not near.any():
        return
    home = home_land(view)
    # Discs of one size fade alike.
    for size in np.unique(np.round(radius[near])):
        alike = near & (np.round(radius) == size)
        alpha = DOUBT_ALPHA[colour] * _fade(float(size))
        yield Discs(xy[alike], radius[alike], colour, alpha, opacity, home)


def _fade(radius_px: float) -> float:
    return min(1.0, FADE_FROM_PX / max(radius_px, 1.0))


def plan_labels(request: DrawRequest, view: MapView, layer: Layer) -> Iterator[LabelWish]:
    """Yield what the plan would like to write in a view."""
    if layer.id is LayerId.ZONES:
        yield from _zone_names(request, view, layer)
    elif layer.id is LayerId.DOUBT:
        yield from _doubt_counts(request, view, layer)
    elif layer.id is LayerId.SITES and view.zoom >= SITE_NAMES_FROM:
        yield from _row_names(request, view, layer, priority=60.0)
    elif layer.id is LayerId.CROSSINGS and view.zoom >= CROSSING_NAMES_FROM:
        yield from _row_names(request, view, layer, priority=20.0)


def _zone_names(request: DrawRequest, view: MapView, layer: Layer) -> Iterator[LabelWish]:
    colours = palette(request.theme)
    zones = content.zones(request)
    ids = request.table(Kind.ZONE).ids
    style = TextStyle(13.0, colours.text, colours.halo, bold=True)
    for i, name in enumerate(zones.labels):
        rings = zones.shapes.rings_of(i)
        box = zones.shapes.bounds_of(i)
        if not name or box is None:
            continue
        width, _ = estimate(name, style)
        if box[2] - box[0] < ZONE_NAME_SHARE * width * view.resolution:
            continue
        (px,) = view.mercator_to_pixel(np.array([inner_point(rings[0])]))
        lines = (TextLine(name, style), *_share(request, str(ids[i])))
        yield LabelWish(lines, float(px[0]), float(px[1]), 10.0, opacity=layer.opacity)


def _share(request: DrawRequest, zone_id: str) -> tuple[TextLine, ...]:
    """Return how many sites of a zone were visited, where the day is shown."""
    visits = request.marks.visits if request.marks is not None else None
    share = visits.shares.get(zone_id) if visits is not None else None
    if share is None or not share[1]:
        return ()
    colours = palette(request.theme)
    style = TextStyle(11.0, colours.text, colours.halo)
    return (TextLine(digits(f"✓ {share[0]}/{share[1]}", request.language), style),)


def inner_point(ring: np.ndarray) -> tuple[float, float]:
    """Return a point well inside a ring: the middle of the longest run of its middle row."""
    low, high = ring[:, 1].min(), ring[:, 1].max()
    best = (float(ring[:, 0].mean()), float(ring[:, 1].mean()), -1.0)
    following = np.roll(ring, -1, axis=0)
    for share in (0.5, 0.4, 0.6):
        y = low + (high - low) * share
        crosses = (ring[:, 1] > y) != (following[:, 1] > y)
        a, b = ring[crosses], following[crosses]
        xs = np.sort(a[:, 0] + (y - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0]))
        for left, right in zip(xs[0::2], xs[1::2], strict=False):
            if right - left > best[2] * 1.1:
                best = (float(left + right) / 2, float(y), float(right - left))
    return best[0], best[1]


def _doubt_counts(request: DrawRequest, view: MapView, layer: Layer) -> Iterator[LabelWish]:
    colours = palette(request.theme)
    for doubts, _ in _DOUBTS:
        for doubt in doubts(request):
            (px,) = view.mercator_to_pixel(np.array([(doubt.x, doubt.y)]))
            ink = colours.alleged if doubt.kind is Kind.ALLEGATION else colours.text
            style = TextStyle(11.0, ink, colours.halo, bold=True)
            count = digits(str(len(doubt.ids)), request.language)
            yield LabelWish(
                (TextLine(f"≈ {count}", style),),
                float(px[0]),
                float(px[1]),
                30.0 - min(len(doubt.ids), 1000) / 1000,
                opacity=layer.opacity,
            )


def _row_names(
    request: DrawRequest, view: MapView, layer: Layer, *, priority: float
) -> Iterator[LabelWish]:
    colours = palette(request.theme)
    features = POINTS[layer.id](request)
    found = features.index.within(view.bounds)[::-1][:MOST_NAMES]
    table = request.table(features.kind)
    names = (table["name_km"], table["name_en"])
    if request.language == "en":
        names = names[::-1]
    style = TextStyle(11.0, colours.text, colours.halo)
    offset = symbol_size(view.zoom) * (0.8 if features.kind is Kind.CROSSING else 0.55)
    for order, i in enumerate(found):
        row = features.rows[i]
        name = names[0][row] or names[1][row]
        if name:
            (px,) = view.mercator_to_pixel(features.index.xy[i : i + 1])
            yield LabelWish(
                (TextLine(name, style),),
                float(px[0]),
                float(px[1]),
                priority + order / 1000,
                offset=offset,
                avoids_symbols=features.kind is Kind.SITE,
                opacity=layer.opacity,
            )


def symbol_boxes(request: DrawRequest, view: MapView) -> np.ndarray:
    """Return the boxes in pixels of the symbols whose names are written, shape ``(n, 4)``."""
    found = [np.empty((0, 4))]
    if view.zoom >= SITE_NAMES_FROM:
        reach = symbol_size(view.zoom) * 0.45
        for layer in request.layers:
            if layer.visible and layer.id in POINTS:
                features = POINTS[layer.id](request)
                near = features.index.within(view.bounds)[-MOST_OBSTACLES:]
                xy = view.mercator_to_pixel(features.index.xy[near])
                found.append(np.hstack([xy - reach, xy + reach]))
    return np.concatenate(found)


def selection_ops(request: DrawRequest, view: MapView) -> tuple[Op, ...]:
    """Return what sets the selected rows off from the others."""
    selection = request.selection
    if selection is None or not selection.ids:
        return ()
    colours = palette(request.theme)
    if selection.kind is Kind.ZONE:
        table = request.table(Kind.ZONE)
        rows = np.array([table.index[i] for i in selection.ids if i in table], dtype=int)
        shapes = drawn_rings(content.zones(request).shapes, view, rows)
        casing = AreaStyle("", 0.0, LineStyle(colours.highlight_casing, 6.0, alpha=0.85))
        edge = AreaStyle("", 0.0, LineStyle(colours.highlight, 3.0))
        return (Areas(shapes, casing), Areas(shapes, edge))
    radius = symbol_size(view.zoom) * 0.5 + 4.0
    xy = _thinned(_selected_points(request, view), view, radius)
    return (Halos(xy, radius, colours.highlight, colours.highlight_casing),)


def _selected_points(request: DrawRequest, view: MapView) -> np.ndarray:
    return view.mercator_to_pixel(content.selected_points(request))


def _thinned(xy: np.ndarray, view: MapView, radius: float) -> np.ndarray:
    """Leave out rings that are not seen, and of very many those that would fill others' rings."""
    near = (xy >= -radius).all(axis=1) & (xy <= (view.width + radius, view.height + radius)).all(
        axis=1
    )
    seen = xy[near]
    if len(seen) <= MOST_RINGS:
        return seen
    cells = np.floor(seen / (radius / 2)).astype(np.int64) + 16
    _, first = np.unique(cells[:, 0] * 100_000 + cells[:, 1], return_index=True)
    fewer: np.ndarray = seen[np.sort(first)]
    return fewer
