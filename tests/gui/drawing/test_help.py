"""Typing, snapping, tracing, counting and the steps of a drawing at the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from geo.measure import area_m2
from tests.gui.drawing.map_hand import LEFT, PIXEL

CORNERS = [(103.54, 10.61), (103.58, 10.61), (103.58, 10.645), (103.54, 10.645)]
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


# --- typing, snapping, tracing --------------------------------------------------------------------


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


# --- steps ----------------------------------------------------------------------------------------


def test_control_z_takes_back_steps_of_the_drawing_before_those_of_the_plan(hand, window):
    window.activateWindow()
    hand.qtbot.waitUntil(window.isActiveWindow)
    before = hand.count()
    hand.take("draw_zone")
    for corner in CORNERS[:3]:
        hand.click(*corner)
    hand.key(Qt.Key.Key_Z, CONTROL)
    assert len(hand.bench.tools.tool.corners) == 2
    hand.key(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert len(hand.bench.tools.tool.corners) == 3
    hand.key(Qt.Key.Key_Return)
    hand.new_zone()
    assert hand.count() == before + 1
    hand.key(Qt.Key.Key_Z, CONTROL)
    hand.qtbot.waitUntil(lambda: hand.count() == before)


def test_escape_steps_back_and_then_puts_the_tool_away(hand, window):
    window.activateWindow()
    hand.take("draw_zone")
    hand.click(*CORNERS[0])
    hand.key(Qt.Key.Key_Escape)
    assert hand.bench.tools.name == "draw_zone"
    hand.key(Qt.Key.Key_Escape)
    assert hand.bench.tools.name == "select"
