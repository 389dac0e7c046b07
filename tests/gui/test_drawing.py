"""Every drawing tool by mouse and keyboard at the real window."""

from __future__ import annotations

import math

import pytest
import shapely
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shapely import box

from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.edit.zones import draw_zone
from geo.measure import area_m2, distance_m
from geo.model.command import Zone
from geo.model.entity import Kind
from geo.model.place import AdminUnit
from geo.model.vocabulary import AdminLevel
from gui.acts.time import FROZEN
from tests.gui.drawing_hand import LEFT, RIGHT, MapHand
from tests.gui.stage import ANALYST, OPERATION, SITES

CORNERS = [(103.54, 10.61), (103.58, 10.61), (103.58, 10.645), (103.54, 10.645)]
PIXEL = 4e-4
"""Degrees: more than a pixel of the map in these tests."""
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hand(bench, qtbot):
    return MapHand(bench, qtbot)


@pytest.fixture
def side_by_side(hand):
    """Two zones of the operation that share an edge, the first with a hole; the first is chosen."""
    session = hand.bench.desk.session
    made = []
    for name, outline in (
        ("West", box(103.54, 10.61, 103.56, 10.65)),
        ("East", box(103.56, 10.61, 103.58, 10.65)),
    ):
        session.do(
            lambda p, name=name, outline=outline: draw_zone(
                p, outline, name, operation_id=OPERATION.id
            ),
            lambda edit: made.append(edit.deltas[0].ids[0]),
        )
        hand.settled()
    hand.choose(made[0])
    return made


def count(hand) -> int:
    return len(hand.project.table(Kind.ZONE))


def close_to(outline, wanted, share=0.02) -> bool:
    """Tell whether two outlines are the same but for pixels."""
    return shapely.symmetric_difference(outline, wanted).area < share * wanted.area


# --- drawing -------------------------------------------------------------------------------------


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
    before = count(hand)
    hand.key(Qt.Key.Key_Return)
    hand.qtbot.waitUntil(lambda: count(hand) == before + 1)
    assert close_to(hand.new_zone().outline, box(103.54, 10.60, 103.58, 10.65), 0.001)


def test_without_boundaries_it_is_said_how_to_load_them(hand, window):
    hand.bench.tools.take("draw_units")
    assert hand.bench.tools.name == "select"
    assert "Ctrl+Shift+B" in window.toast.text


# --- typing, snapping, tracing -------------------------------------------------------------------


def test_corners_can_be_typed_as_positions_and_as_distances(hand):
    hand.take("draw_zone")
    field = hand.bench.map.strip.field
    for typed in ("10.61 N 103.54 E", "2 km E", "2 km 0°", "2 km @ 270"):
        field.setFocus()
        hand.qtbot.keyClicks(field, typed)
        hand.qtbot.keyClick(field, Qt.Key.Key_Return)
    hand.qtbot.keyClick(field, Qt.Key.Key_Return)  # nothing typed: done
    assert area_m2(hand.new_zone().outline) == pytest.approx(4e6, rel=0.001)


def test_what_cannot_be_read_is_said_at_the_field(hand):
    hand.take("draw_zone")
    strip = hand.bench.map.strip
    hand.qtbot.keyClicks(strip.field, "nowhere")
    hand.qtbot.keyClick(strip.field, Qt.Key.Key_Return)
    assert "nowhere" in strip.fault.text()
    hand.qtbot.keyClick(strip.field, Qt.Key.Key_Escape)
    assert not strip.fault.isVisible()
    assert hand.bench.tools.name == "draw_zone"


def test_a_corner_is_caught_by_that_of_a_zone_and_says_so(hand, side_by_side):
    hand.take("draw_zone")
    hand.move(103.58 + PIXEL, 10.65 + PIXEL)
    assert "On a corner of a zone" in hand.bench.map.hint.text()
    hand.click(103.58 + PIXEL, 10.65 + PIXEL)
    assert hand.bench.tools.tool.corners[0] == pytest.approx((103.58, 10.65), abs=1e-8)
    hand.move(103.58 + PIXEL, 10.63)
    assert "On the edge of a zone" in hand.bench.map.hint.text()


def test_s_switches_snapping_and_selects_only_outside_of_drawing(hand, window, side_by_side):
    window.activateWindow()
    hand.take("draw_zone")
    hand.key(Qt.Key.Key_S)
    assert hand.bench.tools.name == "draw_zone"
    assert not hand.bench.map.strip.switches["snapping"].isChecked()
    hand.move(103.58 + PIXEL, 10.65 + PIXEL)
    assert "corner of a zone" not in hand.bench.map.hint.text()
    hand.qtbot.mouseClick(hand.bench.map.strip.switches["snapping"], LEFT)
    assert hand.bench.map.strip.switches["snapping"].isChecked()
    assert hand.bench.tools.options.snapping
    hand.move(103.58 + PIXEL, 10.65)
    assert "corner of a zone" in hand.bench.map.hint.text()


def test_a_line_follows_the_edge_of_a_neighbour(hand, side_by_side):
    hand.take("draw_zone")
    hand.key(Qt.Key.Key_T)
    hand.click(103.58, 10.62)
    hand.click(103.57, 10.65)
    assert (103.58, 10.65) in [(round(x, 6), round(y, 6)) for x, y in hand.bench.tools.tool.corners]
    hand.key(Qt.Key.Key_T)
    hand.click(103.60, 10.68)
    hand.key(Qt.Key.Key_Return)
    assert hand.new_zone().outline.intersection(
        hand.zone(side_by_side[1]).outline
    ).area == pytest.approx(0, abs=1e-12)


def test_the_hint_counts_what_lies_inside_while_it_is_drawn(hand):
    hand.take("draw_rectangle")
    hand.click(103.505, 10.61)
    hand.move(103.525, 10.63)
    assert "Sites 2 · Allegations with a point 1" in hand.bench.map.hint.text()


# --- steps ---------------------------------------------------------------------------------------


def test_control_z_takes_back_steps_of_the_drawing_before_those_of_the_plan(hand, window):
    window.activateWindow()
    hand.qtbot.waitUntil(window.isActiveWindow)
    before = count(hand)
    hand.take("draw_zone")
    for corner in CORNERS[:3]:
        hand.click(*corner)
    hand.key(Qt.Key.Key_Z, CONTROL)
    assert len(hand.bench.tools.tool.corners) == 2
    hand.key(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert len(hand.bench.tools.tool.corners) == 3
    hand.key(Qt.Key.Key_Return)
    hand.new_zone()
    assert count(hand) == before + 1
    hand.key(Qt.Key.Key_Z, CONTROL)
    hand.qtbot.waitUntil(lambda: count(hand) == before)


def test_escape_steps_back_and_then_puts_the_tool_away(hand, window):
    window.activateWindow()
    hand.take("draw_zone")
    hand.click(*CORNERS[0])
    hand.key(Qt.Key.Key_Escape)
    assert hand.bench.tools.name == "draw_zone"
    hand.key(Qt.Key.Key_Escape)
    assert hand.bench.tools.name == "select"


# --- changing ------------------------------------------------------------------------------------


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
    before = count(hand)
    hand.take("divide_zone")
    hand.click(103.535, 10.63)
    hand.click(103.565, 10.63)
    hand.key(Qt.Key.Key_Return)
    hand.settled()
    assert count(hand) == before + 1
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
    before = count(hand)
    hand.take("merge_zones")
    hand.move(103.57, 10.63)
    assert "East" in hand.bench.map.hint.text()
    hand.click(103.57, 10.63)
    hand.settled()
    assert count(hand) == before - 1
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


# --- overlaps ------------------------------------------------------------------------------------


def test_an_overlap_is_shown_and_cut_away_with_one_button(hand, side_by_side):
    hand.bench.desk.moment.look_at(OPERATION.id)
    before = count(hand)
    hand.take("draw_rectangle")
    hand.drag((103.57, 10.63), (103.59, 10.66), (103.60, 10.68))
    hand.settled()
    strip = hand.bench.map.strip
    assert count(hand) == before
    assert strip.cut.isVisible()
    assert "East" in strip.overlap_text
    assert hand.bench.tools.tool.sketch().hatched
    hand.qtbot.mouseClick(strip.cut, LEFT)
    hand.settled()
    assert count(hand) == before + 1
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


# --- the palette ---------------------------------------------------------------------------------


def rows_of(hand, family):
    palette = hand.bench.map.palette_box
    hand.qtbot.mouseClick(palette.families[family], LEFT)
    QApplication.processEvents()
    return palette.flyouts[family].rows


def test_a_family_opens_its_list_and_the_map_closes_it(hand):
    rows = rows_of(hand, "draw")
    assert hand.bench.tools.name == "draw_zone"
    flyout = hand.bench.map.palette_box.flyouts["draw"]
    assert flyout.isVisible()
    hand.qtbot.mouseClick(rows["draw_circle"], LEFT)
    assert hand.bench.tools.name == "draw_circle"
    assert not flyout.isVisible()
    rows_of(hand, "draw")
    hand.click(103.6, 10.7)
    assert not flyout.isVisible()


def test_tools_that_lack_something_say_what(hand):
    hand.bench.desk.selection.clear()
    draw = rows_of(hand, "draw")
    assert "Select the sites first" in draw["draw_around"].toolTip()
    assert "Ctrl+Shift+B" in draw["draw_units"].toolTip()
    assert draw["draw_circle"].isEnabled()
    change = rows_of(hand, "change")
    assert all(not row.isEnabled() for row in change.values())
    assert "Choose the zone first" in change["move_zone"].toolTip()


def test_tools_look_again_when_something_is_selected(hand):
    change = rows_of(hand, "change")
    hand.choose("zone-1")
    assert change["edit_vertices"].isEnabled()
    assert "no hole" in change["fill_hole"].toolTip()


def test_whoever_may_not_draw_is_told_so_by_every_tool(hand):
    hand.project.user = ANALYST
    draw = rows_of(hand, "draw")
    assert all("Analyst" in row.toolTip() for row in draw.values())
    assert hand.bench.tools.name == "select"


def test_on_a_past_day_every_tool_says_that_nothing_is_changed(hand):
    hand.project.frozen = FROZEN
    hand.choose("zone-1")
    for family in ("draw", "change"):
        rows = rows_of(hand, family)
        assert all("today" in row.toolTip() for row in rows.values())
    hand.project.frozen = ""


def test_a_list_of_tools_goes_when_another_tool_is_taken(hand):
    rows_of(hand, "draw")
    hand.take("measure")
    assert not hand.bench.map.palette_box.flyouts["draw"].isVisible()


def test_every_zone_of_the_plan_is_as_before_when_a_tool_is_put_away(hand, side_by_side):
    before = {z.id: z.outline for z in hand.project.all(Zone)}
    hand.take("move_zone")
    hand.drag((103.55, 10.63), (103.56, 10.65), (103.57, 10.66))
    hand.bench.tools.take("select")
    assert {z.id: z.outline for z in hand.project.all(Zone)} == before
