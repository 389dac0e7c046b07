"""What drawing and editing share: live numbers, and whether an outline can stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import LineString, MultiPolygon, Polygon

from geo import localise
from geo.catalogue import text
from geo.measure import area_m2, length_m, ring_area_m2

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.catalogue import Language
    from geo.model.entity import Area
    from gui.tools.tool import Corner

MIN_CORNERS = 3

Ring = list[tuple[float, float]]


def crosses_itself(corners: Sequence[Corner], *, closed: bool) -> bool:
    """Tell whether a line or ring through these corners crosses or touches itself."""
    if closed and len(corners) >= MIN_CORNERS:
        return not Polygon(corners).is_valid
    return len(corners) > 2 and not LineString(corners).is_simple  # noqa: PLR2004 - two segments


def area_of(corners: Sequence[Corner]) -> Area:
    """Return what corners enclose; nothing before there are three."""
    return Polygon(corners) if len(corners) >= MIN_CORNERS else Polygon()


def rings_of(area: Area) -> list[Ring]:
    """Return the rings of an area without their repeated last corners, holes among them."""
    rings = shapely.get_rings(shapely.get_parts(area))
    return [[(x, y) for x, y in shapely.get_coordinates(r)[:-1].tolist()] for r in rings]


def parts_of(outline: Area) -> list[list[Ring]]:
    """Return the rings of each part, the outer first, without the repeated last corners."""
    polygons = outline.geoms if isinstance(outline, MultiPolygon) else (outline,)
    return [rings_of(polygon) for polygon in polygons]


def outline_of(parts: Iterable[Sequence[Sequence[Corner]]]) -> Area:
    """Return the area with these rings; the reverse of `parts_of`."""
    polygons = [Polygon(part[0], part[1:]) for part in parts]
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)


def zone_readout(area: Area, language: Language, inside: tuple[int, int] | None = None) -> str:
    """Return area and perimeter of an outline, and how many sites and allegations it holds."""
    if area.is_empty:
        return ""
    metres = sum(
        length_m(shapely.get_coordinates(ring))
        for ring in shapely.get_rings(shapely.get_parts(area))
    )
    words = text(
        "tool.readout.zone",
        language,
        area=localise.format_area_km2(area_m2(area), language),
        length=localise.format_length(metres, language),
    )
    if inside is None:
        return words
    sites, allegations = (localise.format_number(count, language) for count in inside)
    held = text("tool.readout.inside", language, sites=sites, allegations=allegations)
    return f"{words} · {held}"


def line_readout(corners: Sequence[Corner], language: Language) -> str:
    """Return the length of a line, or nothing before it has two ends."""
    if len(corners) < 2:  # noqa: PLR2004 - a line has two ends
        return ""
    length = localise.format_length(length_m(np.array(corners)), language)
    return text("tool.readout.distance", language, length=length)


def measure_readout(corners: Sequence[Corner], language: Language) -> str:
    """Return the length of a line and, from three corners, the area that it surrounds."""
    if len(corners) < MIN_CORNERS:
        return line_readout(corners, language)
    length = localise.format_length(length_m(np.array(corners)), language)
    area = localise.format_area_km2(ring_area_m2(np.array(corners)), language)
    return text("tool.readout.measure", language, length=length, area=area)
