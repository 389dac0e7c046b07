"""Moving units: the tool in a hand, and in the window with the real worker process."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from geo.analysis.split.rebalance import begin
from geo.analysis.split.units import communes, hexagons
from geo.analysis.split.workload import Load
from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.command import Zone
from geo.store.memory import MemoryStore
from geo.store.seed import first_edit
from gui.acts.split import SplitActs
from gui.models.split_words import note_lines
from gui.tools.rebalance import RebalanceTool
from gui.tools.tool import MapPointer
from layers.view import MapView
from layers.zone_units import UnitShapes
from tests.geo.analysis.split.places import squares
from tests.gui.stage import ANALYST, INFO, OPERATION, PLANNER, services_for
from tests.gui.tools.hand import Hand, Surface

BOARD = squares(4, 4)
LEFT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
PATIENCE = 60_000


def at(row, column):
    """The middle of a square."""
    return 103.0 + (column + 0.5) * 0.02, 12.0 + (row + 0.5) * 0.02


class Board(Hand):
    """A hand over the board, west and east half."""

    def __init__(self, reasons=None):
        units = communes(BOARD)
        work = np.zeros((16, 4))
        work[:, 0] = 1.0
        zone = np.array([int(code[4:6]) // 2 for code in units.ids], dtype=np.int64)
        load = Load(work, work.copy(), 0.0, 0)
        state = begin(units, load, zone, zone_ids=("w", "e"), names=("West", "East"))
        surface = Surface()
        surface.view = MapView.fit((103.0, 12.0, 103.08, 12.08), 800, 600)
        super().__init__(
            RebalanceTool(state, UnitShapes(list(units.outlines)), reasons or {}), surface
        )

    def pointer(self, place, button=Qt.MouseButton.NoButton, modifiers=None):
        x, y = self.surface.view.to_pixel(*place)
        keys = modifiers or Qt.KeyboardModifier.NoModifier
        return MapPointer(float(x), float(y), place, button, button, keys)

    def carry(self, *places, modifiers=None, drop=True):
        self.tool.move(self.pointer(places[0]))
        self.tool.press(self.pointer(places[0], LEFT, modifiers))
        for place in places[1:]:
            self.tool.move(self.pointer(place, modifiers=modifiers))
        if drop:
            self.tool.release(self.pointer(places[-1], LEFT, modifiers))

    def zone(self, row, column):
        state = self.tool.now
        return int(state.zone[state.unit_at(f"99{row:02d}{column:02d}")])


@pytest.fixture
def board(dressed):
    return Board()


def test_a_unit_dragged_into_the_zone_beside_it_goes_over(board, qtbot):
    told = []
    board.tool.moved.connect(lambda: told.append(board.tool.shown.figures().workload.tolist()))
    board.carry(at(0, 1), at(0, 2), drop=False)
    assert board.tool.target == 1
    assert told[-1] == [7.0, 9.0], "in the hand it counts already"
    assert board.zone(0, 1) == 0, "and is not there yet"
    board.tool.release(board.pointer(at(0, 2), LEFT))
    assert board.zone(0, 1) == 1
    assert board.tool.count == 1


def test_what_would_tear_a_zone_or_lies_elsewhere_is_refused_at_the_pointer(board):
    board.carry(at(1, 0), at(1, 2), drop=False)
    assert board.tool.error.code == "error.split.not_beside"
    assert any("do not lie beside" in line for line in note_lines(board.tool, {}))
    board.tool.release(board.pointer(at(1, 2), LEFT))
    assert board.tool.count == 0
    assert board.tool.error is not None, "the reason stays until the pointer moves on"
    board.tool.move(board.pointer(at(3, 3)))
    assert board.tool.error is None


def test_the_last_unit_stays(board):
    column = [at(row, 2) for row in range(4)] + [at(row, 3) for row in range(4)]
    board.carry(*column, modifiers=SHIFT)
    assert len(board.tool.chosen) == 8
    board.key(Qt.Key.Key_1)
    assert board.tool.error.code == "error.split.would_empty"
    assert board.tool.count == 0


def test_shift_brushes_several_and_they_go_together(board):
    board.carry(*(at(row, 1) for row in range(4)), modifiers=SHIFT)
    assert len(board.tool.chosen) == 4
    board.carry(at(1, 1), at(1, 2))
    assert [board.zone(row, 1) for row in range(4)] == [1, 1, 1, 1]
    assert board.tool.chosen == frozenset()


def test_the_keyboard_goes_from_unit_to_unit_and_gives_them_away(board):
    board.tool.move(board.pointer(at(0, 0)))
    board.key(Qt.Key.Key_Right)
    board.key(Qt.Key.Key_Up)
    state = board.tool.now
    assert state.units.ids[board.tool.focus] == "990101"
    board.tool.key(Qt.Key.Key_Up, shift=True)
    assert len(board.tool.chosen) == 2
    board.key(Qt.Key.Key_2)
    assert (board.zone(1, 1), board.zone(2, 1)) == (1, 1)


def test_moves_are_taken_back_and_made_again_one_by_one(board):
    for row in (0, 1):
        board.carry(at(row, 1), at(row, 2))
    board.tool.undo()
    assert (board.zone(0, 1), board.zone(1, 1)) == (1, 0)
    board.tool.redo()
    board.key(Qt.Key.Key_Backspace)
    board.key(Qt.Key.Key_Backspace)
    assert board.tool.count == 0
    assert not board.tool.can_undo


def test_enter_hands_over_what_changed_and_says_if_nothing_did(board, qtbot):
    with qtbot.waitSignal(board.tool.refused) as told:
        board.key(Qt.Key.Key_Return)
    assert told.args == ["tool.move_units.nothing"]
    board.carry(at(0, 1), at(0, 2))
    with qtbot.waitSignal(board.tool.finished) as made:
        board.key(Qt.Key.Key_Return)
    changed = made.args[0]
    assert set(changed) == {"w", "e"}
    assert "990001" in changed["e"][0]


def test_esc_drops_what_is_in_the_hand_first(board):
    board.carry(at(0, 1), at(0, 2), drop=False)
    assert board.key(Qt.Key.Key_Escape)
    board.tool.release(board.pointer(at(0, 2), LEFT))
    assert board.tool.count == 0
    board.tool.move(board.pointer(at(3, 3)))
    assert not board.key(Qt.Key.Key_Escape), "then it leaves the tool"


def test_a_locked_zone_neither_gives_nor_takes(dressed):
    board = Board({1: InputError("error.split.locked", name="East")})
    board.carry(at(0, 1), at(0, 2), drop=False)
    assert board.tool.error.code == "error.split.locked"
    board.tool.release(board.pointer(at(0, 2), LEFT))
    board.carry(at(0, 2), at(0, 1))
    assert board.tool.count == 0


# --- in the window --------------------------------------------------------------------------------

GROUND = (103.50, 10.60, 103.60, 10.70)


def split_store():
    """A plan whose operation has two zones of hexagons."""
    from shapely import box, union_all

    units = hexagons(box(*GROUND), 60)
    west = [u for u in range(len(units.ids)) if units.outlines[u].centroid.x < 103.55]
    east = [u for u in range(len(units.ids)) if u not in west]
    zones = [
        Zone(
            id=zone_id,
            name=name,
            outline=union_all(list(units.outlines[members])),
            colour=colour,
            operation_id=OPERATION.id,
            units=tuple(units.ids[u] for u in members),
        )
        for zone_id, name, colour, members in (
            ("w", "West", 0, west),
            ("e", "East", 1, east),
        )
    ]
    store = MemoryStore()
    store.commit(first_edit(INFO, (PLANNER, ANALYST), crossings=False))
    for rows in ([OPERATION], zones):
        store.commit(Edit(verb=Verb.IMPORT, params={"file": "d"}, deltas=(inserting(rows),)))
    return store


@pytest.fixture
def moving(make_window, qtbot, tmp_path):
    window = make_window(services_for(tmp_path, split_store(), keys=(PLANNER.id, ANALYST.id)))
    with qtbot.waitSignal(window.session.opened, timeout=20_000):
        window.open_plan(Path("demo.gpkg"))
    acts = next(act for act in window.workbench.acts if isinstance(act, SplitActs))
    window.workbench.desk.moment.look_at(OPERATION.id)
    return window, acts, acts.moving


def taken(window, acts, qtbot):
    window.actions_["move_units"].trigger()
    assert acts.side.moves.states.state == "loading"
    qtbot.waitUntil(lambda: acts.moving.tool is not None, timeout=PATIENCE)
    QApplication.processEvents()
    return acts.moving.tool


def border(tool):
    """A unit that may go over, and one of the zone it goes to."""
    state = tool.now
    for unit, others in enumerate(tool.near):
        for other in others:
            if state.zone[other] == state.zone[unit]:
                continue
            with contextlib.suppress(InputError):
                state.move([state.units.ids[unit]], int(state.zone[other]))
                return unit, other
    raise AssertionError


def pixel(window, tool, unit):
    canvas = window.workbench.map.canvas
    x, y = canvas.view.mercator_to_pixel(tool.shapes.middle[[unit]])[0].tolist()
    return QPoint(round(x), round(y))


def dragged(window, tool, unit, other):
    canvas = window.workbench.map.canvas
    start, end = pixel(window, tool, unit), pixel(window, tool, other)
    QTest.mouseMove(canvas, start)
    QTest.mousePress(canvas, LEFT, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(canvas, (start + end) / 2)
    QTest.mouseMove(canvas, end)
    return end


def test_a_unit_is_dragged_on_the_map_and_taken_over_as_one_edit(moving, qtbot):
    window, acts, _ = moving
    tool = taken(window, acts, qtbot)
    page, canvas = acts.side.moves, window.workbench.map.canvas
    unit, other = border(tool)
    home, there = int(tool.now.zone[unit]), int(tool.now.zone[other])
    before = page.lines[there].deviation.text()
    end = dragged(window, tool, unit, other)
    assert page.lines[there].deviation.text() != before, "at once, while it is in the hand"
    assert acts.overlay.shown.note is not None
    began = time.perf_counter()
    QTest.mouseRelease(canvas, LEFT, Qt.KeyboardModifier.NoModifier, end)
    QApplication.processEvents()
    assert time.perf_counter() - began < 0.2 * 5, "0.2 s alone on the machine"
    assert tool.count == 1
    window.actions_["undo"].trigger()
    assert tool.count == 0, "Ctrl+Z takes the move back, not the plan's last edit"
    window.actions_["redo"].trigger()
    with qtbot.waitSignal(window.session.changed):
        QTest.keyClick(canvas, Qt.Key.Key_Return)
    zones = {z.id: z for z in window.session.project.all(Zone)}
    ids = tool.first.units.ids
    assert ids[unit] in zones[tool.first.zone_ids[there]].units
    assert ids[unit] not in zones[tool.first.zone_ids[home]].units
    assert not acts.is_open
    with qtbot.waitSignal(window.session.changed):
        window.session.undo()
    assert (
        ids[unit]
        in {z.id: z for z in window.session.project.all(Zone)}[tool.first.zone_ids[home]].units
    )


def test_esc_leaves_the_zones_as_they_were(moving, qtbot):
    window, acts, _ = moving
    before = {z.id: z.units for z in window.session.project.all(Zone)}
    tool = taken(window, acts, qtbot)
    canvas = window.workbench.map.canvas
    end = dragged(window, tool, *border(tool))
    QTest.mouseRelease(canvas, LEFT, Qt.KeyboardModifier.NoModifier, end)
    assert tool.count == 1
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not acts.is_open
    assert window.workbench.tools.name == "select"
    assert {z.id: z.units for z in window.session.project.all(Zone)} == before


def test_a_zone_is_locked_beside_the_map_and_then_stays(moving, qtbot):
    window, acts, _ = moving
    tool = taken(window, acts, qtbot)
    page = acts.side.moves
    with qtbot.waitSignal(window.session.changed):
        QTest.mouseClick(page.lines[0].lock, LEFT)
    assert window.session.project.get(Zone, tool.first.zone_ids[0]).locked
    assert acts.moving.tool is tool, "the tool stays in the hand"
    dragged(window, tool, *border(tool))
    assert tool.error.code == "error.split.locked"
    QTest.keyClick(window.workbench.map.canvas, Qt.Key.Key_Escape)
    with qtbot.waitSignal(window.session.changed):
        QTest.mouseClick(page.lines[0].lock, LEFT)
    assert tool.reasons == {}


def test_a_zone_with_moves_in_hand_is_locked_only_once_they_are_taken_over(moving, qtbot):
    window, acts, _ = moving
    tool = taken(window, acts, qtbot)
    page, canvas = acts.side.moves, window.workbench.map.canvas
    unit, other = border(tool)
    home, there = int(tool.now.zone[unit]), int(tool.now.zone[other])
    QTest.mouseRelease(
        canvas, LEFT, Qt.KeyboardModifier.NoModifier, dragged(window, tool, unit, other)
    )
    assert tool.changed == {home, there}
    for zone in (home, there):
        assert not page.lines[zone].lock.isEnabled()
        assert "not taken over yet" in page.lines[zone].lock.toolTip()
        window.workbench.desk.intents.ask("zone.lock", tool.first.zone_ids[zone])
        assert window.toast.isVisible()
    with qtbot.waitSignal(window.session.changed):
        page.take.click()
    assert not any(z.locked for z in window.session.project.all(Zone))


def test_a_move_that_was_taken_back_is_not_made_again_once_its_zone_is_locked(moving, qtbot):
    window, acts, _ = moving
    tool = taken(window, acts, qtbot)
    page, canvas = acts.side.moves, window.workbench.map.canvas
    unit, other = border(tool)
    home = int(tool.now.zone[unit])
    QTest.mouseRelease(
        canvas, LEFT, Qt.KeyboardModifier.NoModifier, dragged(window, tool, unit, other)
    )
    window.actions_["undo"].trigger()
    assert page.lines[home].lock.isEnabled()
    with qtbot.waitSignal(window.session.changed):
        QTest.mouseClick(page.lines[home].lock, LEFT)
    window.actions_["redo"].trigger()
    assert tool.count == 0
    assert tool.error.code == "error.split.locked"


def test_who_may_not_move_units_is_told_so(moving):
    window, acts, moving_units = moving
    window.session.act_as(ANALYST)
    moving_units.begin()
    assert not acts.is_open
    assert window.toast.isVisible()


def test_without_zones_of_a_split_there_is_nothing_to_move(window, bench):
    window.actions_["move_units"].trigger()
    assert not next(act for act in bench.acts if isinstance(act, SplitActs)).is_open
    assert window.toast.isVisible()
