from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from shapely import box

from geo.errors import InputError
from geo.measure import area_m2
from geo.model.place import AdminUnit
from geo.model.vocabulary import AdminLevel
from gui.tools.click_zone import FillHoleTool, MergeTool
from gui.tools.draw_zone import DivideTool, DrawHoleTool, DrawZoneTool, ReshapeTool
from gui.tools.edit_vertices import EditVerticesTool
from gui.tools.from_units import FromUnitsTool
from gui.tools.move_zone import MoveZoneTool
from gui.tools.options import Option
from tests.gui.tools.hand import LEFT, Hand, Surface
from tests.layers.scenes import project_of, zone

SQUARE = box(102.55, 13.65, 102.57, 13.67)
NEIGHBOUR = box(102.57, 13.65, 102.59, 13.67)
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def made():
    return []


def hand_with(tool, made, *rows):
    hand = Hand(tool, Surface(project_of(*rows) if rows else None))
    tool.finished.connect(made.append)
    return hand


# --- switches ------------------------------------------------------------------------------------


def test_alt_suspends_snapping_for_as_long_as_it_is_held(qapp, made):
    hand = hand_with(DrawZoneTool(), made, zone())
    hand.move(102.5601, 13.6601, ALT)
    assert hand.tool.sketch().snapped is None
    hand.move(102.5601, 13.6601)
    assert hand.tool.sketch().snapped is not None


def test_a_letter_is_the_tools_only_where_it_means_something(qapp, made):
    drawing, moving = DrawZoneTool(), MoveZoneTool(SQUARE)
    assert drawing.wants(Qt.Key.Key_S)
    assert drawing.wants(Qt.Key.Key_T)
    assert not drawing.wants(Qt.Key.Key_E)
    assert not moving.wants(Qt.Key.Key_S)


def test_tracing_shows_the_way_and_takes_it_as_one_step(qapp, made):
    hand = hand_with(DrawZoneTool(), made, zone())
    hand.tool.options.switch(Option.TRACING)
    hand.click(102.56, 13.655)
    hand.move(102.555, 13.66)
    assert hand.tool.sketch().ghosts
    assert hand.tool.hint == "tool.trace.hint"
    hand.click(102.555, 13.66)
    assert any(c == pytest.approx((102.56, 13.66), abs=1e-8) for c in hand.tool.corners)
    hand.tool.undo()
    assert len(hand.tool.corners) == 1


def test_where_no_line_leads_the_side_is_straight_and_that_is_said(qapp, made):
    hand = hand_with(DrawZoneTool(), made, zone())
    hand.tool.options.switch(Option.TRACING)
    hand.click(102.56, 13.655)
    hand.move(102.59, 13.645)
    assert hand.tool.hint == "tool.trace.hint.none"
    hand.click(102.59, 13.645)
    assert len(hand.tool.corners) == 2


# --- corners -------------------------------------------------------------------------------------


def test_edges_of_neighbours_are_shown_where_they_will_be(qapp, made):
    hand = hand_with(EditVerticesTool(SQUARE, [NEIGHBOUR]), made)
    hand.drag((102.57, 13.67), (102.575, 13.672), (102.58, 13.675))
    assert any((102.58, 13.675) in ghost for ghost in hand.tool.sketch().ghosts)
    hand.key(Qt.Key.Key_E)
    assert not hand.tool.sketch().ghosts


def test_corners_can_be_chosen_nudged_and_placed_by_keyboard(qapp, made):
    hand = hand_with(EditVerticesTool(SQUARE), made)
    with pytest.raises(InputError, match="no_corner_chosen"):
        hand.tool.type_in("13.68 N 102.58 E")
    hand.key(Qt.Key.Key_PageDown)
    assert hand.tool.sketch().active == 0
    hand.key(Qt.Key.Key_PageUp)
    assert hand.tool.sketch().active == 3
    hand.key(Qt.Key.Key_Left)
    hand.tool.type_in("13.649 N 102.549 E")
    hand.tool.undo()
    hand.tool.redo()
    hand.key(Qt.Key.Key_Return)
    assert (102.549, 13.649) in [(round(x, 6), round(y, 6)) for x, y in made[0].exterior.coords]


def test_what_was_not_changed_is_not_finished(qapp, made, qtbot):
    hand = hand_with(EditVerticesTool(SQUARE), made)
    with qtbot.waitSignal(hand.tool.refused) as why:
        hand.key(Qt.Key.Key_Return)
    assert why.args == ["tool.edit.unchanged"]
    assert made == []


def test_a_double_click_removes_a_corner(qapp, made):
    hand = hand_with(EditVerticesTool(SQUARE), made)
    hand.click(102.57, 13.67)
    hand.tool.double_click(hand.surface.pointer(102.57, 13.67, LEFT))
    assert len(hand.tool.outline.exterior.coords) == 4


# --- moving and turning --------------------------------------------------------------------------


def test_shift_turns_in_steps(qapp, made):
    hand = hand_with(MoveZoneTool(SQUARE), made)
    middle, handle = hand.tool.sketch().lever
    aside = (middle[0] + (handle[1] - middle[1]) * 0.62, handle[1])
    hand.drag(handle, aside, modifiers=SHIFT)
    told = []
    hand.tool.readout_changed.connect(told.append)
    hand.tool.changed()
    assert told[-1].startswith("Turned 30.0°")


def test_a_zone_is_moved_and_turned_by_typing_and_by_arrows(qapp, made):
    hand = hand_with(MoveZoneTool(SQUARE), made)
    hand.tool.type_in("1 km 90°")
    hand.tool.type_in("90°")
    hand.key(Qt.Key.Key_Up)
    with pytest.raises(InputError, match="typed_shift"):
        hand.tool.type_in("a bit")
    hand.tool.undo()
    hand.key(Qt.Key.Key_Return)
    assert made[0].centroid.x - SQUARE.centroid.x == pytest.approx(1000 / 108_200, rel=0.01)
    assert made[0].centroid.y == pytest.approx(SQUARE.centroid.y, abs=1e-5)
    assert area_m2(made[0]) == pytest.approx(area_m2(SQUARE), rel=1e-6)


def test_a_press_beside_the_zone_moves_nothing(qapp, made):
    hand = hand_with(MoveZoneTool(SQUARE), made)
    hand.drag((102.545, 13.645), (102.55, 13.65))
    assert not hand.tool.can_undo


# --- lines, holes, neighbours --------------------------------------------------------------------


def test_the_parts_are_shown_and_measured_before_a_zone_is_divided(qapp, made):
    hand = hand_with(DivideTool(SQUARE), made)
    told = []
    hand.tool.readout_changed.connect(told.append)
    hand.click(102.545, 13.66)
    hand.move(102.575, 13.66)
    assert len(hand.tool.sketch().ghosts) == 2
    assert told[-1].count("km²") == 2
    hand.click(102.575, 13.66)
    hand.key(Qt.Key.Key_Return)
    assert len(made[0]) == 2


def test_the_new_outline_is_shown_before_an_edge_is_reshaped(qapp, made):
    hand = hand_with(ReshapeTool(SQUARE), made)
    for corner in ((102.569, 13.655), (102.58, 13.655), (102.58, 13.665)):
        hand.click(*corner)
    assert not hand.tool.sketch().ghosts
    hand.move(102.569, 13.665)
    assert hand.tool.sketch().ghosts


def test_a_line_needs_two_points(qapp, made, qtbot):
    hand = hand_with(DivideTool(SQUARE), made)
    hand.click(102.545, 13.66)
    with qtbot.waitSignal(hand.tool.refused) as why:
        hand.key(Qt.Key.Key_Return)
    assert why.args == ["tool.line.too_few"]


def test_a_hole_is_drawn_like_a_zone(qapp, made):
    hand = hand_with(DrawHoleTool(SQUARE), made)
    for corner in ((102.555, 13.655), (102.565, 13.655), (102.56, 13.665)):
        hand.click(*corner)
    hand.key(Qt.Key.Key_Return)
    assert made[0].within(SQUARE)


def test_only_a_click_on_a_neighbour_merges(qapp, made, qtbot):
    tool = MergeTool(SQUARE, {"east": ("East", NEIGHBOUR)})
    hand = hand_with(tool, made, zone(102.57, 13.65, 102.59, 13.67, id="east"))
    with qtbot.waitSignal(tool.refused):
        hand.click(102.56, 13.66)
    hand.click(102.58, 13.66)
    assert made == ["east"]


def test_the_only_hole_is_filled_by_enter_too(qapp, made):
    hand = hand_with(FillHoleTool(SQUARE - box(102.555, 13.655, 102.565, 13.665)), made)
    hand.key(Qt.Key.Key_Return)
    hand.click(102.56, 13.66)
    hand.click(102.552, 13.652)
    assert len(made) == 2


def test_a_commune_that_is_clicked_again_is_left_out(qapp, made):
    units = [
        AdminUnit(code=f"01010{i}", level=AdminLevel.COMMUNE, outline=outline, approximate=False)
        for i, outline in enumerate((SQUARE, NEIGHBOUR))
    ]
    hand = hand_with(FromUnitsTool(), made, *units)
    hand.click(102.56, 13.66)
    hand.click(102.58, 13.66)
    hand.click(102.56, 13.66)
    hand.tool.undo()
    hand.key(Qt.Key.Key_Return)
    assert made == [("010100", "010101")]
