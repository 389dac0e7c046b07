"""Pictures of the drawing tools at work."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tests.pictures.a_map import PREAH_SIHANOUK
from tests.pictures.command import draft_operation

if TYPE_CHECKING:
    from geo.model.command import Zone
    from tests.pilot import Pilot

HERE = PREAH_SIHANOUK
EMPTY_CORNERS = ((103.60, 10.66), (103.66, 10.68), (103.70, 10.65), (103.68, 10.61))


def _begin(pilot: Pilot) -> None:
    if pilot.bench.tools.options.tracing:
        pilot.bench.tools.options.switch("tracing")
    pilot.bench.desk.moment.look_at()
    pilot.bench.show_workspace("plan")
    pilot.bench.desk.selection.clear()
    pilot.rest(0.4)
    pilot.look_at(*HERE)


def _choose(pilot: Pilot) -> Zone:
    """Choose a zone of an operation that is still a draft: the others are not drawn any more."""
    from geo.model.command import Zone
    from geo.model.entity import Kind

    _begin(pilot)
    draft = draft_operation(pilot)
    zone = next(z for z in pilot.project.all(Zone) if z.operation_id == draft)
    pilot.bench.desk.moment.look_at(draft)
    pilot.bench.desk.selection.select(Kind.ZONE, [zone.id])
    pilot.rest(0.5)
    west, south, east, north = zone.outline.bounds
    air = max(east - west, north - south) * 0.7
    pilot.look_at(west - air, south - air, east + air, north + air)
    return zone


def _drag(pilot: Pilot, *path: tuple[float, float], let_go: bool = False) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(pilot.canvas, left, plain, pilot.pixel(*path[0]))
    for place in path[1:]:
        pilot.move(*place)
    if let_go:
        QTest.mouseRelease(pilot.canvas, left, plain, pilot.pixel(*path[-1]))
    pilot.rest()


def palette(pilot: Pilot) -> None:
    _begin(pilot)
    pilot.press(pilot.bench.map.palette_box.families["draw"])
    pilot.rest()


def changes(pilot: Pilot) -> None:
    _choose(pilot)
    pilot.press(pilot.bench.map.palette_box.families["change"])
    pilot.rest()


def freehand(pilot: Pilot) -> None:
    _begin(pilot)
    pilot.bench.tools.take("draw_freehand")
    turns = [i * math.tau / 40 for i in range(34)]
    _drag(pilot, *((103.62 + 0.05 * math.cos(t), 10.63 + 0.035 * math.sin(t)) for t in turns))


def rectangle(pilot: Pilot) -> None:
    _begin(pilot)
    pilot.bench.tools.take("draw_rectangle")
    pilot.click(103.58, 10.60)
    pilot.move(103.67, 10.67)
    pilot.rest()


def circle(pilot: Pilot) -> None:
    _begin(pilot)
    pilot.bench.tools.take("draw_circle")
    pilot.click(103.62, 10.63)
    pilot.move(103.66, 10.64)
    pilot.rest()


def around(pilot: Pilot) -> None:
    from geo.model.entity import Kind

    _begin(pilot)
    table = pilot.project.table(Kind.SITE)
    west, south, east, north = HERE
    lon, lat = table["lon"], table["lat"]
    near = (lon > west) & (lon < east) & (lat > south) & (lat < north)
    pilot.bench.desk.selection.select(Kind.SITE, [str(i) for i in table.ids[near][:9]])
    pilot.rest(0.5)
    pilot.bench.tools.take("draw_around")
    pilot.bench.tools.tool.type_in("1500 m")
    pilot.rest()


def corners_traced(pilot: Pilot) -> None:
    zone = _choose(pilot)
    pilot.bench.tools.take("draw_zone")
    pilot.bench.tools.options.switch("tracing")
    ring = list(zone.outline.exterior.coords)
    pilot.click(*ring[0])
    pilot.move(*ring[2])
    pilot.rest()


def snapped(pilot: Pilot) -> None:
    zone = _choose(pilot)
    pilot.bench.tools.take("draw_zone")
    ring = list(zone.outline.exterior.coords)
    west, south, east, north = zone.outline.bounds
    pilot.click(east + (east - west) * 0.3, north)
    pilot.click(east + (east - west) * 0.3, south)
    pilot.move((ring[0][0] + ring[1][0]) / 2, (ring[0][1] + ring[1][1]) / 2)
    pilot.rest()


def vertices(pilot: Pilot) -> None:
    zone = _choose(pilot)
    pilot.bench.tools.take("edit_vertices")
    x, y, *_ = zone.outline.exterior.coords[1]
    _drag(pilot, (x, y), (x + 0.004, y + 0.002), (x + 0.008, y + 0.004))


def moved(pilot: Pilot) -> None:
    _choose(pilot)
    pilot.bench.tools.take("move_zone")
    _, handle = pilot.bench.tools.tool.sketch().lever
    middle = pilot.bench.tools.tool.sketch().lever[0]
    reach = handle[1] - middle[1]
    _drag(
        pilot,
        handle,
        (middle[0] + reach * 0.3, handle[1]),
        (middle[0] + reach * 0.6, middle[1] + reach * 0.8),
    )


def divided(pilot: Pilot) -> None:
    zone = _choose(pilot)
    pilot.bench.tools.take("divide_zone")
    west, south, east, north = zone.outline.bounds
    pilot.click(west - (east - west) * 0.1, (south + north) / 2)
    pilot.move(east + (east - west) * 0.1, south + (north - south) * 0.6)
    pilot.rest()


def overlap(pilot: Pilot) -> None:
    zone = _choose(pilot)
    pilot.bench.desk.moment.look_at(zone.operation_id)
    pilot.rest(0.4)
    pilot.bench.tools.take("draw_rectangle")
    west, south, east, north = zone.outline.bounds
    middle = ((west + east) / 2, (south + north) / 2)
    far = (east + (east - west) * 0.4, north + (north - south) * 0.4)
    _drag(pilot, middle, (east, north), far, let_go=True)
    pilot.wait(lambda: not pilot.window.session.busy, "the refusal")
    pilot.rest()


SCENES = {
    "drawing-palette": palette,
    "drawing-changes": changes,
    "drawing-freehand": freehand,
    "drawing-rectangle": rectangle,
    "drawing-circle": circle,
    "drawing-around-sites": around,
    "drawing-snapped": snapped,
    "drawing-traced": corners_traced,
    "drawing-corners": vertices,
    "drawing-turned": moved,
    "drawing-divided": divided,
    "drawing-overlap": overlap,
}
