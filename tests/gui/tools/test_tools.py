from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from shapely import MultiPolygon, Polygon, box

from gui.tools.draw_zone import DrawZoneTool
from gui.tools.edit_vertices import EditVerticesTool
from gui.tools.measure import MeasureTool
from tests.gui.tools.hand import LEFT, RIGHT, Hand, Surface
from tests.layers.scenes import project_of, zone

CORNERS = [(102.55, 13.65), (102.57, 13.65), (102.57, 13.67), (102.55, 13.67)]


@pytest.fixture
def surface():
    return Surface()


@pytest.fixture
def drawing(qapp, surface):
    return Hand(DrawZoneTool(), surface)


def draw(hand, corners):
    for corner in corners:
        hand.click(*corner)


# --- drawing a zone ----------------------------------------------------------------------------


def test_a_right_click_closes_the_outline(drawing, qtbot):
    draw(drawing, CORNERS)
    with qtbot.waitSignal(drawing.tool.finished) as made:
        drawing.click(102.56, 13.68, RIGHT)
    assert made.args[0].equals(Polygon(CORNERS))
    assert drawing.tool.corners == tuple(CORNERS)  # until it is in the plan


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_closes_the_outline(drawing, qtbot, key):
    draw(drawing, CORNERS[:3])
    with qtbot.waitSignal(drawing.tool.finished):
        drawing.key(key)


def test_a_double_click_adds_its_corner_once_and_closes(drawing, qtbot):
    draw(drawing, CORNERS)
    with qtbot.waitSignal(drawing.tool.finished) as made:
        drawing.tool.double_click(drawing.surface.pointer(*CORNERS[-1], LEFT))
    assert len(made.args[0].exterior.coords) == 5


def test_a_click_on_the_first_corner_closes(drawing, qtbot):
    draw(drawing, CORNERS)
    with qtbot.waitSignal(drawing.tool.finished):
        drawing.click(*CORNERS[0])


def test_two_corners_are_not_a_zone(drawing, qtbot):
    draw(drawing, CORNERS[:2])
    with (
        qtbot.assertNotEmitted(drawing.tool.finished),
        qtbot.waitSignal(drawing.tool.refused) as why,
    ):
        drawing.click(102.57, 13.67, RIGHT)
    assert why.args == ["tool.draw_zone.too_few"]
    assert len(drawing.tool.corners) == 2


def test_an_outline_that_crosses_itself_is_refused_and_nothing_is_lost(drawing, qtbot):
    draw(drawing, [CORNERS[0], CORNERS[2], CORNERS[1], CORNERS[3]])
    with (
        qtbot.assertNotEmitted(drawing.tool.finished),
        qtbot.waitSignal(drawing.tool.refused) as why,
    ):
        drawing.click(102.56, 13.66, RIGHT)
    assert why.args == ["tool.draw_zone.crosses"]
    assert len(drawing.tool.corners) == 4


def test_the_sketch_shows_that_the_line_crosses_itself(drawing):
    draw(drawing, [CORNERS[0], CORNERS[2], CORNERS[1]])
    assert not drawing.tool.sketch().refused
    drawing.tool.move(drawing.surface.pointer(102.555, 13.668))
    assert drawing.tool.sketch().refused


@pytest.mark.parametrize("key", [Qt.Key.Key_Backspace, Qt.Key.Key_Escape])
def test_backspace_and_escape_take_the_last_corner_back_and_then_mean_nothing(drawing, key):
    draw(drawing, CORNERS[:2])
    assert drawing.key(key)
    assert drawing.tool.corners == tuple(CORNERS[:1])
    assert drawing.key(key)
    assert drawing.tool.corners == ()
    assert not drawing.key(key)


def test_each_corner_is_a_step_that_can_be_taken_back_and_put_back(drawing):
    draw(drawing, CORNERS)
    drawing.tool.undo()
    drawing.tool.undo()
    assert drawing.tool.corners == tuple(CORNERS[:2])
    drawing.tool.redo()
    assert drawing.tool.corners == tuple(CORNERS[:3])
    drawing.click(*CORNERS[3])
    assert not drawing.tool.can_redo


def test_arrows_nudge_the_last_corner_by_a_pixel_and_with_shift_by_ten(drawing):
    draw(drawing, CORNERS[:2])
    view = drawing.surface.view
    before = view.to_pixel(*CORNERS[1])
    drawing.key(Qt.Key.Key_Right)
    drawing.key(Qt.Key.Key_Up, shift=True)
    after = view.to_pixel(*drawing.tool.corners[-1])
    assert (after[0] - before[0], after[1] - before[1]) == pytest.approx((1, -10), abs=1e-6)


def test_a_trembling_click_is_one_corner(drawing):
    drawing.click(*CORNERS[0])
    drawing.click(*CORNERS[0])
    assert len(drawing.tool.corners) == 1


def test_area_and_perimeter_are_told_while_drawing(drawing):
    told = []
    drawing.tool.readout_changed.connect(told.append)
    draw(drawing, CORNERS)
    assert told[-1] == "4.79 km² · edge 8.75 km · Sites 0 · Allegations with a point 0"


def test_numbers_are_khmer_on_a_khmer_map(qapp):
    hand = Hand(DrawZoneTool(), Surface(language="km"))
    told = []
    hand.tool.readout_changed.connect(told.append)
    draw(hand, CORNERS)
    assert "៤.៧៩" in told[-1]


def test_the_hint_says_what_the_next_click_does(drawing):
    heard = []
    drawing.tool.hint_changed.connect(heard.append)
    before = drawing.tool.hint
    drawing.click(*CORNERS[0])
    assert heard[-1] == drawing.tool.hint != before
    draw(drawing, CORNERS[1:])
    assert drawing.tool.hint == "tool.corners.hint.close"


def test_a_corner_snaps_to_the_corner_of_another_zone(qapp, qtbot):
    hand = Hand(DrawZoneTool(), Surface(project_of(zone(102.55, 13.65, 102.56, 13.66))))
    hand.click(102.5602, 13.6601)
    assert hand.tool.corners[0] == pytest.approx((102.56, 13.66), abs=1e-8)
    assert hand.tool.sketch().snapped is not None
    hand.tool.move(hand.surface.pointer(102.575, 13.67))
    assert hand.tool.sketch().snapped is None


# --- editing corners ---------------------------------------------------------------------------

SQUARE = box(102.55, 13.65, 102.57, 13.67)


@pytest.fixture
def editing(qapp, surface):
    return Hand(EditVerticesTool(SQUARE), surface)


def test_a_dragged_corner_moves_and_enter_finishes(editing, qtbot):
    editing.drag((102.57, 13.67), (102.58, 13.675))
    with qtbot.waitSignal(editing.tool.finished) as made:
        editing.key(Qt.Key.Key_Return)
    assert (102.58, 13.675) in made.args[0].exterior.coords
    assert made.args[0].is_valid


def test_a_dragged_midpoint_becomes_a_corner(editing):
    editing.drag((102.57, 13.66), (102.575, 13.66))
    assert len(editing.tool.outline.exterior.coords) == 6
    assert (102.575, 13.66) in editing.tool.outline.exterior.coords


def test_a_move_that_makes_the_outline_cross_itself_is_taken_back(editing, qtbot):
    with qtbot.waitSignal(editing.tool.refused) as why:
        editing.drag((102.57, 13.67), (102.54, 13.655))
    assert why.args == ["tool.edit_vertices.crosses"]
    assert editing.tool.outline.equals(SQUARE)


def test_delete_removes_the_selected_corner_but_never_the_third_last(editing, qtbot):
    editing.click(102.57, 13.67)
    assert editing.key(Qt.Key.Key_Delete)
    assert len(editing.tool.outline.exterior.coords) == 4
    editing.click(102.55, 13.65)
    with qtbot.waitSignal(editing.tool.refused) as why:
        editing.key(Qt.Key.Key_Delete)
    assert why.args == ["tool.edit_vertices.too_few"]


def test_escape_steps_back(editing):
    editing.drag((102.57, 13.67), (102.58, 13.675))
    assert editing.key(Qt.Key.Key_Escape)
    assert editing.tool.outline.equals(SQUARE)


def test_a_short_drag_is_not_caught_by_where_the_corner_was(qapp):
    project = project_of(zone(102.55, 13.65, 102.57, 13.67))
    hand = Hand(EditVerticesTool(SQUARE), Surface(project))
    hand.drag((102.57, 13.67), (102.5703, 13.6702))
    assert (102.5703, 13.6702) in hand.tool.outline.exterior.coords


def test_holes_and_parts_are_kept(qapp, surface):
    holed = SQUARE - box(102.558, 13.658, 102.562, 13.662)
    both = MultiPolygon([holed, box(102.58, 13.65, 102.585, 13.655)])
    tool = EditVerticesTool(both)
    tool.attach(surface)
    assert tool.outline.equals(both)


# --- measuring ---------------------------------------------------------------------------------


@pytest.fixture
def measuring(qapp, surface):
    return Hand(MeasureTool(), surface)


def test_a_distance_is_geodesic(measuring, qtbot):
    draw(measuring, [(102.55, 13.65), (102.55, 13.66)])
    with qtbot.waitSignal(measuring.tool.finished) as made:
        measuring.click(102.55, 13.66, RIGHT)
    # A hundredth of a degree of latitude at 13.655° N on WGS 84.
    assert made.args[0].length_m == pytest.approx(1106.4, abs=0.3)
    assert made.args[0].area_m2 is None


def test_three_corners_have_an_area(measuring, qtbot):
    draw(measuring, CORNERS)
    with qtbot.waitSignal(measuring.tool.finished) as made:
        measuring.key(Qt.Key.Key_Return)
    assert made.args[0].area_m2 == pytest.approx(4.787e6, rel=1e-3)


def test_a_measurement_stays_until_the_next_click(measuring):
    draw(measuring, CORNERS[:2])
    measuring.key(Qt.Key.Key_Return)
    assert len(measuring.tool.sketch().corners) == 2
    measuring.click(*CORNERS[2])
    assert len(measuring.tool.sketch().corners) == 1
