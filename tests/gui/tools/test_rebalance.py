"""Moving units: the tool in a hand."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt

from geo.analysis.split.rebalance import begin
from geo.analysis.split.units import communes
from geo.analysis.split.workload import Load
from geo.errors import InputError
from gui.models.split_words import note_lines
from gui.tools.rebalance import RebalanceTool
from gui.tools.tool import MapPointer
from layers.view import MapView
from layers.zone_units import UnitShapes
from tests.geo.analysis.split.places import squares
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


def test_the_right_button_and_a_key_ask_to_lock_units_and_to_unlock_them(board):
    asked = []
    board.tool.keep_asked.connect(lambda units, kept: asked.append((units, kept)))
    right = Qt.MouseButton.RightButton
    board.tool.press(board.pointer(at(0, 1), right))
    unit = board.tool.focus
    assert asked == [((unit,), True)]
    board.tool.kept = frozenset({board.tool.now.units.ids[unit]})
    assert any("Locked: it stays" in line for line in note_lines(board.tool, {}))
    assert board.tool.wants(Qt.Key.Key_L)
    board.key(Qt.Key.Key_L)
    assert asked[1:] == [((unit,), False)]


def test_a_locked_unit_is_refused_at_the_pointer_by_its_name(board):
    board.tool.kept = frozenset({"990001"})
    board.carry(at(0, 1), at(0, 2), drop=False)
    assert board.tool.error.code == "error.split.unit_stays"
    assert any(
        "Chbar Mon" in line for line in note_lines(board.tool, {"990001": ("Chbar Mon", "")})
    )
    board.tool.release(board.pointer(at(0, 2), LEFT))
    assert board.tool.count == 0
    board.carry(at(1, 1), at(1, 2))
    assert board.tool.count == 1, "others go"


def test_what_was_moved_is_locked_only_once_it_is_taken_over(board):
    asked = []
    board.tool.keep_asked.connect(lambda *what: asked.append(what))
    board.carry(at(0, 1), at(0, 2))
    board.tool.move(board.pointer(at(0, 1)))
    board.key(Qt.Key.Key_L)
    assert asked == []
    assert board.tool.error.code == "error.split.pending_unit"


def test_no_step_back_or_forth_moves_what_was_locked_since(board):
    board.carry(at(0, 1), at(0, 2))
    board.carry(at(0, 1), at(0, 0))
    assert board.tool.count == 0
    board.tool.kept = frozenset({"990001"})
    board.tool.undo()
    assert board.tool.count == 0
    assert board.tool.error.code == "error.split.unit_stays"
