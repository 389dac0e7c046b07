"""What drawing and editing share: live numbers, and whether an outline can stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from shapely import LineString, Polygon

from geo import localise
from geo.catalogue import text
from geo.measure import length_m, ring_area_m2

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.catalogue import Language
    from gui.tools.tool import Corner

MIN_CORNERS = 3


def crosses_itself(corners: Sequence[Corner], *, closed: bool) -> bool:
    """Tell whether a line or ring through these corners crosses or touches itself."""
    if closed and len(corners) >= MIN_CORNERS:
        return not Polygon(corners).is_valid
    return len(corners) > 2 and not LineString(corners).is_simple  # noqa: PLR2004 - two segments


def zone_readout(corners: Sequence[Corner], language: Language) -> str:
    """Return area and perimeter of a ring, or nothing before it has three corners."""
    if len(corners) < MIN_CORNERS:
        return ""
    ring = np.array([*corners, corners[0]])
    return text(
        "tool.readout.zone",
        language,
        area=localise.format_area_km2(ring_area_m2(ring), language),
        length=localise.format_length(length_m(ring), language),
    )


def measure_readout(corners: Sequence[Corner], language: Language) -> str:
    """Return the length of a line and, from three corners, the area that it surrounds."""
    if len(corners) < 2:  # noqa: PLR2004 - a line has two ends
        return ""
    length = localise.format_length(length_m(np.array(corners)), language)
    if len(corners) < MIN_CORNERS:
        return text("tool.readout.distance", language, length=length)
    area = localise.format_area_km2(ring_area_m2(np.array(corners)), language)
    return text("tool.readout.measure", language, length=length, area=area)
