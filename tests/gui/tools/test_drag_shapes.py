from __future__ import annotations

import math

import pytest
from PySide6.QtCore import Qt
from shapely import Point

from geo.errors import InputError
from geo.measure import area_m2, distance_m
from gui.tools.around_sites import AroundSitesTool
from gui.tools.drag_shapes import CircleTool, FreehandTool, RectangleTool
from tests.gui.tools.hand import RIGHT, Hand, Surface
from tests.layers.scenes import project_of, site

A, B = (102.55, 13.65), (102.57, 13.67)


@pytest.fixture
def made():
    return []


def hand_with(tool, made, surface=None):
    hand = Hand(tool, surface or Surface())
    tool.finished.connect(made.append)
    return hand


@pytest.mark.parametrize("tool", [RectangleTool, CircleTool])
def test_a_click_is_not_a_drag_and_a_second_click_ends_the_shape(qapp, made, tool):
    hand = hand_with(tool(), made)
    hand.click(*A)
    assert made == []
    assert hand.tool.can_undo
    hand.click(*B)
    assert made[0].is_valid


@pytest.mark.parametrize("tool", [RectangleTool, CircleTool])
def test_escape_takes_the_first_place_back(qapp, made, tool):
    hand = hand_with(tool(), made)
    hand.click(*A)
    assert hand.key(Qt.Key.Key_Escape)
    assert hand.tool.sketch().lines == ()
    assert not hand.key(Qt.Key.Key_Escape)


def test_a_shape_without_extent_is_refused(qapp, made, qtbot):
    hand = hand_with(RectangleTool(), made)
    with qtbot.waitSignal(hand.tool.refused) as why:
        hand.click(*A, RIGHT)
    assert why.args == ["tool.shape.too_small"]


def test_the_radius_is_told_while_a_circle_is_drawn(qapp, made):
    hand = hand_with(CircleTool(), made)
    told = []
    hand.tool.readout_changed.connect(told.append)
    hand.click(*A)
    hand.move(102.56, 13.65)
    assert told[-1].startswith("Radius 1.08 km")


def test_a_radius_needs_its_middle(qapp, made):
    hand = hand_with(CircleTool(), made)
    with pytest.raises(InputError, match=r"no_centre_yet"):
        hand.tool.type_in("500 m")
    hand.tool.type_in("13.65 N 102.55 E")
    hand.tool.type_in("500 m")
    assert area_m2(made[0]) == pytest.approx(math.pi * 500**2, rel=0.001)


def test_a_rectangle_can_be_typed_corner_by_corner(qapp, made):
    hand = hand_with(RectangleTool(), made)
    hand.tool.type_in("13.65 N 102.55 E")
    hand.tool.type_in("13.67 N 102.57 E")
    assert made[0].bounds == pytest.approx((*A, *B), abs=1e-3)


def test_a_shape_that_was_refused_stays_until_it_is_drawn_anew(qapp, made):
    hand = hand_with(RectangleTool(), made)
    hand.drag(A, (102.56, 13.66), B)
    before = hand.tool.sketch().lines
    hand.tool.hatch([[A, (102.56, 13.65), (102.56, 13.66)]])
    hand.move(102.59, 13.645)
    assert hand.tool.sketch().lines == before
    assert hand.tool.sketch().hatched
    hand.drag((102.575, 13.65), (102.58, 13.655), (102.59, 13.66))
    assert not hand.tool.sketch().hatched
    assert len(made) == 2


def test_a_line_by_hand_has_only_the_corners_that_matter(qapp, made):
    hand = hand_with(FreehandTool(), made)
    steps = [(102.55 + i * 0.0005, 13.65) for i in range(41)]
    steps += [(102.57, 13.65 + i * 0.0005) for i in range(41)]
    hand.drag(*steps)
    assert len(made[0].exterior.coords) == 4


def test_a_line_by_hand_that_encloses_nothing_is_refused(qapp, made, qtbot):
    hand = hand_with(FreehandTool(), made)
    with qtbot.waitSignal(hand.tool.refused):
        hand.drag(A, (102.5501, 13.65))
    assert made == []
    assert not hand.tool.can_undo


# --- around sites --------------------------------------------------------------------------------


@pytest.fixture
def around(qapp, made):
    surface = Surface(project_of(site(*A), site(*B)))
    return hand_with(AroundSitesTool([A, B]), made, surface)


def test_the_ground_around_sites_is_shown_before_anything_is_chosen(around):
    assert len(around.tool.sketch().lines) == 2
    assert around.tool.can_finish


def test_a_drag_measures_from_the_nearest_site(around, made):
    around.drag((102.569, 13.67), (102.575, 13.67), (102.58, 13.67))
    around.key(Qt.Key.Key_Return)
    reach = distance_m(B, (102.58, 13.67))
    assert made[0].contains(Point(102.5795, 13.67))
    assert area_m2(made[0]) == pytest.approx(2 * math.pi * reach**2, rel=0.01)


def test_arrows_change_the_radius_and_each_is_a_step(around):
    told = []
    around.tool.readout_changed.connect(told.append)
    around.key(Qt.Key.Key_Up)
    assert told[-1].startswith("Radius 550 m")
    around.key(Qt.Key.Key_Down, shift=True)
    assert told[-1].startswith("Radius 50 m")
    around.tool.undo()
    assert told[-1].startswith("Radius 550 m")


def test_a_radius_larger_than_any_province_is_refused_and_the_last_one_stays(around, qtbot):
    with qtbot.waitSignal(around.tool.refused) as why:
        around.tool.type_in("900 km")
    assert why.args == ["error.zone.radius"]
    assert around.tool.can_finish


def test_many_sites_are_joined_elsewhere_and_what_comes_too_late_is_dropped(qapp, made):
    asked = []
    sites = [(102.55 + i * 1e-4, 13.65) for i in range(100)]
    tool = AroundSitesTool(sites, lambda work, done: asked.append((work, done)))
    hand = hand_with(tool, made)
    assert not tool.can_finish
    tool.type_in("200 m")
    for work, done in asked:
        done(work())
    assert tool.can_finish
    hand.key(Qt.Key.Key_Return)
    assert made[0].bounds[0] == pytest.approx(102.55 - 200 / 108_000, abs=1e-4)
