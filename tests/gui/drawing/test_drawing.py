"""Drawing a zone in every way, by mouse and keyboard at the real window."""

from __future__ import annotations

import math

import pytest
import shapely
from PySide6.QtCore import Qt
from shapely import box

from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.measure import area_m2, distance_m
from geo.model.entity import Kind
from geo.model.place import AdminUnit
from geo.model.vocabulary import AdminLevel
from tests.gui.drawing.map_hand import LEFT, RIGHT, close_to
from tests.gui.stage import SITES

CORNERS = [(103.54, 10.61), (103.58, 10.61), (103.58, 10.645), (103.54, 10.645)]


# --- drawing --------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["enter", "right", "first", "button"])
def test_corners_become_a_zone(hand, end):
    hand.take("draw_zone")
    for corner in CORNERS:
        hand.click(*corner)
    if end == "enter":
        hand.key(Qt.Key.Key_Return)
    elif end == "right":
        hand.click(103.56, 10.63, RIGHT)
    elif end == "first":
        hand.click(*CORNERS[0])
    else:
        hand.qtbot.mouseClick(hand.bench.map.strip.finish, LEFT)
    assert close_to(hand.new_zone().outline, shapely.Polygon(CORNERS))
    assert hand.bench.tools.name == "select"


def test_a_line_by_hand_becomes_a_zone_with_few_corners(hand):
    hand.take("draw_freehand")
    turns = [i * math.tau / 60 for i in range(61)]
    path = [(103.56 + 0.02 * math.cos(t), 10.63 + 0.02 * math.sin(t)) for t in turns]
    hand.drag(*path)
    outline = hand.new_zone().outline
    assert close_to(outline, shapely.Polygon(path), 0.05)
    assert len(outline.exterior.coords) < 50


def test_a_drag_becomes_a_rectangle(hand):
    hand.take("draw_rectangle")
    hand.drag((103.54, 10.61), (103.55, 10.62), (103.58, 10.645))
    assert close_to(hand.new_zone().outline, shapely.Polygon(CORNERS), 0.05)


def test_two_clicks_become_a_rectangle(hand):
    hand.take("draw_rectangle")
    hand.click(103.54, 10.61)
    hand.click(103.58, 10.645)
    assert close_to(hand.new_zone().outline, shapely.Polygon(CORNERS), 0.05)


def test_a_drag_from_its_middle_becomes_a_circle(hand):
    hand.take("draw_circle")
    hand.drag((103.56, 10.63), (103.57, 10.63), (103.58, 10.63))
    outline = hand.new_zone().outline
    radius = distance_m((103.56, 10.63), (103.58, 10.63))
    assert area_m2(outline) == pytest.approx(math.pi * radius**2, rel=0.05)


def test_a_typed_radius_becomes_a_circle(hand, window):
    window.activateWindow()
    hand.qtbot.waitUntil(window.isActiveWindow)
    hand.take("draw_circle")
    hand.click(103.56, 10.63)
    hand.key(Qt.Key.Key_1)  # typing begins on the map and goes on in the field
    assert hand.bench.map.strip.field.hasFocus()
    hand.qtbot.keyClicks(hand.bench.map.strip.field, ".5 km")
    hand.qtbot.keyClick(hand.bench.map.strip.field, Qt.Key.Key_Return)
    assert area_m2(hand.new_zone().outline) == pytest.approx(math.pi * 1500**2, rel=0.002)


def test_the_ground_around_selected_sites_becomes_a_zone(hand):
    hand.bench.desk.selection.select(Kind.SITE, [s.id for s in SITES])
    hand.take("draw_around")
    assert "500 m" in hand.bench.map.hint.text()
    hand.qtbot.keyClicks(hand.bench.map.strip.field, "300 m")
    hand.qtbot.keyClick(hand.bench.map.strip.field, Qt.Key.Key_Return)
    assert "Sites 3" in hand.bench.map.hint.text()
    hand.key(Qt.Key.Key_Return)
    outline = hand.new_zone().outline
    assert area_m2(outline) == pytest.approx(3 * math.pi * 300**2, rel=0.01)
    assert len(outline.geoms) == 3


def test_a_drag_chooses_the_radius_around_sites(hand):
    hand.bench.desk.selection.select(Kind.SITE, [SITES[0].id])
    hand.take("draw_around")
    start = (SITES[0].point.lon, SITES[0].point.lat)
    hand.drag(start, (start[0] + 0.005, start[1]), (start[0] + 0.01, start[1]))
    hand.click(*start, RIGHT)
    radius = distance_m(start, (start[0] + 0.01, start[1]))
    assert area_m2(hand.new_zone().outline) == pytest.approx(math.pi * radius**2, rel=0.08)


@pytest.fixture
def communes(hand):
    units = tuple(
        AdminUnit(
            code=f"18010{i}",
            level=AdminLevel.COMMUNE,
            name_en=f"Demo commune {i}",
            outline=box(103.52 + i * 0.02, 10.60, 103.54 + i * 0.02, 10.65),
            approximate=False,
        )
        for i in (1, 2, 3)
    )
    edit = Edit(
        verb=Verb.IMPORT_BOUNDARIES,
        params={"file": "demo", "count": len(units)},
        deltas=(inserting(units),),
    )
    hand.bench.desk.session.commit(edit)
    hand.settled()
    return units


def test_clicked_communes_become_a_zone(hand, communes):
    hand.take("draw_units")
    hand.move(103.55, 10.62)
    assert "Demo commune 1" in hand.bench.map.hint.text()
    for lon in (103.55, 103.57, 103.59, 103.59):  # the last is taken out again
        hand.click(lon, 10.62)
    assert "Communes: 2" in hand.bench.map.hint.text()
    before = hand.count()
    hand.key(Qt.Key.Key_Return)
    hand.qtbot.waitUntil(lambda: hand.count() == before + 1)
    assert close_to(hand.new_zone().outline, box(103.54, 10.60, 103.58, 10.65), 0.001)


def test_without_boundaries_it_is_said_how_to_load_them(hand, window):
    hand.bench.tools.take("draw_units")
    assert hand.bench.tools.name == "select"
    assert "Ctrl+Shift+B" in window.toast.text
