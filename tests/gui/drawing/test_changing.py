"""Changing a zone with every tool, by mouse and keyboard at the real window."""

from __future__ import annotations

import pytest
import shapely
from PySide6.QtCore import Qt
from shapely import box

from geo.measure import area_m2
from tests.gui.drawing.map_hand import LEFT, PIXEL, close_to
from tests.gui.stage import OPERATION

# --- changing -------------------------------------------------------------------------------------


def test_a_shared_corner_is_dragged_for_both_zones(hand, side_by_side):
    hand.take("edit_vertices")
    hand.drag((103.56, 10.65), (103.565, 10.652), (103.57, 10.655))
    hand.key(Qt.Key.Key_Return)
    hand.settled()
    west, east = (hand.zone(i).outline for i in side_by_side)
    assert west.intersection(east).area == pytest.approx(0, abs=1e-12)
    assert shapely.Point(103.57, 10.655).distance(west) < PIXEL
    assert shapely.Point(103.57, 10.655).distance(east) < PIXEL
    assert hand.bench.tools.name == "select"


def test_without_shared_edges_the_neighbour_stays(hand, side_by_side):
    before = hand.zone(side_by_side[1]).outline
    hand.take("edit_vertices")
    hand.key(Qt.Key.Key_E)
    hand.drag((103.56, 10.65), (103.555, 10.652), (103.55, 10.655))
    hand.key(Qt.Key.Key_Return)
    hand.settled()
    assert hand.zone(side_by_side[1]).outline.equals(before)
    hand.bench.tools.options.switch("shared")


def test_a_midpoint_becomes_a_corner_and_delete_removes_one(hand, side_by_side):
    hand.take("edit_vertices")
    hand.drag((103.54, 10.63), (103.535, 10.63), (103.53, 10.63))
    assert len(hand.bench.tools.tool.outline.exterior.coords) == 6
    hand.click(103.54, 10.65)
    hand.key(Qt.Key.Key_Delete)
    assert len(hand.bench.tools.tool.outline.exterior.coords) == 5
    hand.key(Qt.Key.Key_Escape)
    assert len(hand.bench.tools.tool.outline.exterior.coords) == 6


def test_a_zone_is_dragged_away_and_keeps_its_form(hand):
    hand.choose("zone-1")
    before = hand.zone("zone-1").outline
    hand.take("move_zone")
    hand.drag((103.505, 10.62), (103.53, 10.64), (103.555, 10.66))
    hand.key(Qt.Key.Key_Return)
    hand.settled()
    after = hand.zone("zone-1").outline
    assert after.centroid.x - before.centroid.x == pytest.approx(0.05, abs=PIXEL)
    assert area_m2(after) == pytest.approx(area_m2(before), rel=1e-6)


def test_the_handle_turns_a_zone(hand):
    hand.choose("zone-1")
    before = hand.zone("zone-1").outline
    hand.take("move_zone")
    middle, handle = hand.bench.tools.tool.sketch().lever
    reach = handle[1] - middle[1]
    hand.drag(
        handle, (middle[0] + reach * 0.7, middle[1] + reach * 0.7), (middle[0] + reach, middle[1])
    )
    assert "Turned" in hand.bench.map.hint.text()
    hand.key(Qt.Key.Key_Return)
    hand.settled()
    after = hand.zone("zone-1").outline
    west, south, east, north = after.bounds
    assert (east - west) > (north - south)
    assert area_m2(after) == pytest.approx(area_m2(before), rel=1e-6)


def test_a_line_divides_a_zone(hand, side_by_side):
    before = hand.count()
    hand.take("divide_zone")
    hand.click(103.535, 10.63)
    hand.click(103.565, 10.63)
    hand.key(Qt.Key.Key_Return)
    hand.settled()
    assert hand.count() == before + 1
    assert area_m2(hand.zone(side_by_side[0]).outline) == pytest.approx(
        area_m2(box(103.54, 10.61, 103.56, 10.63)), rel=0.05
    )


def test_an_edge_follows_a_line(hand):
    hand.choose("zone-1")
    before = hand.zone("zone-1").outline
    hand.take("reshape_zone")
    for corner in ((103.512, 10.63), (103.53, 10.63), (103.53, 10.61), (103.512, 10.61)):
        hand.click(*corner)
    hand.key(Qt.Key.Key_Return)
    hand.settled()
    grown = shapely.union_all([before, box(103.51, 10.61, 103.53, 10.63)])
    assert close_to(hand.zone("zone-1").outline, grown, 0.05)


def test_a_clicked_neighbour_is_merged(hand, side_by_side):
    before = hand.count()
    hand.take("merge_zones")
    hand.move(103.57, 10.63)
    assert "East" in hand.bench.map.hint.text()
    hand.click(103.57, 10.63)
    hand.settled()
    assert hand.count() == before - 1
    merged = hand.zone(side_by_side[0])
    assert merged.name == "West"
    assert close_to(merged.outline, box(103.54, 10.61, 103.58, 10.65), 0.001)


def test_a_hole_is_cut_and_filled_again(hand, side_by_side):
    zone_id = side_by_side[0]
    before = hand.zone(zone_id).outline
    hand.take("add_hole")
    for corner in ((103.545, 10.62), (103.555, 10.62), (103.555, 10.64), (103.545, 10.64)):
        hand.click(*corner)
    hand.key(Qt.Key.Key_Return)
    hand.settled()
    assert len(hand.zone(zone_id).outline.interiors) == 1
    hand.take("fill_hole")
    hand.click(103.55, 10.63)
    hand.settled()
    assert close_to(hand.zone(zone_id).outline, before, 1e-9)


# --- overlaps -------------------------------------------------------------------------------------


def test_an_overlap_is_shown_and_cut_away_with_one_button(hand, side_by_side):
    hand.bench.desk.moment.look_at(OPERATION.id)
    before = hand.count()
    hand.take("draw_rectangle")
    hand.drag((103.57, 10.63), (103.59, 10.66), (103.60, 10.68))
    hand.settled()
    strip = hand.bench.map.strip
    assert hand.count() == before
    assert strip.cut.isVisible()
    assert "East" in strip.overlap_text
    assert hand.bench.tools.tool.sketch().hatched
    hand.qtbot.mouseClick(strip.cut, LEFT)
    hand.settled()
    assert hand.count() == before + 1
    new, east = hand.new_zone().outline, hand.zone(side_by_side[1]).outline
    assert new.intersection(east).area == pytest.approx(0, abs=1e-12)
    assert close_to(new, box(103.57, 10.63, 103.60, 10.68) - east, 0.05)


def test_a_refused_drawing_can_be_gone_on_with(hand, side_by_side):
    hand.bench.desk.moment.look_at(OPERATION.id)
    hand.take("draw_zone")
    for corner in ((103.57, 10.63), (103.60, 10.63), (103.60, 10.68)):
        hand.click(*corner)
    hand.key(Qt.Key.Key_Return)
    hand.settled()
    assert hand.bench.map.strip.cut.isVisible()
    hand.key(Qt.Key.Key_Backspace)
    assert not hand.bench.map.strip.cut.isVisible()
    assert len(hand.bench.tools.tool.corners) == 2


def test_what_a_cut_leaves_in_parts_is_offered_with_its_largest_part(hand, side_by_side):
    hand.bench.desk.moment.look_at(OPERATION.id)
    before = hand.count()
    hand.take("draw_rectangle")
    hand.drag((103.53, 10.62), (103.56, 10.63), (103.60, 10.64))  # through both zones
    hand.settled()
    strip = hand.bench.map.strip
    hand.qtbot.mouseClick(strip.cut, LEFT)
    hand.settled()
    assert hand.count() == before
    assert "largest part" in strip.cut.text()
    assert hand.bench.tools.tool.sketch().hatched
    hand.qtbot.mouseClick(strip.cut, LEFT)
    hand.settled()
    assert hand.count() == before + 1
    assert hand.new_zone().outline.geom_type == "Polygon"
