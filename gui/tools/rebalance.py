"""Moving units between zones: drag one to its neighbour, or give it away with a number key.

Nothing is computed but the sums of the zones that give and take; a move that would tear a zone or
empty it is shown as refused while it is still in the hand.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, Signal

from geo.errors import PlanError
from gui.tools.staying import why_no_lock, why_no_step
from gui.tools.steps import Steps
from gui.tools.tool import Drag, MapTool
from layers.view import to_mercator

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from geo.analysis.split.rebalance import Rebalance
    from gui.tools.tool import MapPointer
    from layers.zone_units import UnitShapes

ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
NUMBERS: Final = range(int(Qt.Key.Key_1), int(Qt.Key.Key_9) + 1)


class RebalanceTool(MapTool):
    """Emits `finished` with what changed: zone id → its units and outline.

    Attributes:
        moved: What is shown is another: a unit went over, or is in the hand.
        keep_asked: Units are to be locked in their zones, or unlocked: their positions, and which.
        left: The tool was put away; what was not taken over is gone.
        near: The units beside each.
        chosen: Units that go together, by position.
        focus: The unit under the pointer or the keyboard, or None.
        target: The zone that would take them, or None.
        error: Why they cannot go there, or None.
        at: Pixel of the pointer, or None while the keyboard works.
        reasons: Why zones neither give nor take, by their position.
        kept: Ids of units that stay in their zones.
    """

    moved = Signal()
    keep_asked = Signal(object, bool)
    left = Signal()
    cursor: ClassVar[Qt.CursorShape] = Qt.CursorShape.OpenHandCursor

    def __init__(
        self,
        state: Rebalance,
        shapes: UnitShapes,
        reasons: Mapping[int, PlanError] | None = None,
        kept: Collection[str] = (),
    ) -> None:
        """Begin.

        Args:
            state: The zones as they are.
            shapes: Their units.
            reasons: Why a zone neither gives nor takes, by its position.
            kept: Ids of units that stay in their zones.
        """
        super().__init__()
        self.shapes = shapes
        self.near = state.units.neighbours()
        self.chosen: frozenset[int] = frozenset()
        self.focus: int | None = None
        self.target: int | None = None
        self.error: PlanError | None = None
        self.at: tuple[float, float] | None = None
        self.reasons = dict(reasons or {})
        self.kept = frozenset(kept)
        self._steps = Steps(state)
        self._trial: Rebalance | None = None
        self._drag: Drag | None = None
        self._brushing = False

    @property
    def hint(self) -> str:
        """Code of the hint."""
        if self._drag is not None and self._drag.moved and not self._brushing:
            return "tool.move_units.drop"
        return "tool.move_units.chosen" if self.chosen else "tool.move_units.hint"

    # --- what there is --------------------------------------------------------------------------

    @property
    def first(self) -> Rebalance:
        """The zones as they were when the tool was taken."""
        return self._steps.first

    @property
    def now(self) -> Rebalance:
        """The zones after the moves so far, without what is in the hand."""
        return self._steps.now

    @property
    def shown(self) -> Rebalance:
        """The zones as they are shown: what is in the hand is there already."""
        return self._trial if self._trial is not None else self.now

    @property
    def in_hand(self) -> frozenset[int]:
        """The units that a key or a drop would move."""
        if self.chosen:
            return self.chosen
        return frozenset({self.focus}) if self.focus is not None else frozenset()

    @property
    def dragging(self) -> bool:
        """Whether units are being carried to another zone."""
        return self._drag is not None and self._drag.moved and not self._brushing

    @property
    def count(self) -> int:
        """How many units are in another zone than at the beginning."""
        return int((self.now.zone != self.first.zone).sum())

    @property
    def changed(self) -> frozenset[int]:
        """Zones that gave or took units, which are not taken over yet."""
        moved = self.now.zone != self.first.zone
        return frozenset([*self.now.zone[moved].tolist(), *self.first.zone[moved].tolist()])

    @property
    def can_finish(self) -> bool:
        return self.count > 0

    @property
    def can_undo(self) -> bool:
        return self._steps.can_undo

    @property
    def can_redo(self) -> bool:
        return self._steps.can_redo

    # --- moving ---------------------------------------------------------------------------------

    def give(self, zone: int) -> None:
        """Let the units in the hand go over to a zone, or say at the pointer why they cannot."""
        self.target = zone
        tried = self._try(zone)
        self._trial = None
        if tried is not None and tried is not self.now:
            self._steps.take(tried)
            self.chosen = frozenset()
            self.target = None
            self.stepped.emit()
        self._tell()

    def _try(self, zone: int) -> Rebalance | None:
        """Return the zones after the units in the hand went over; None with `error` set."""
        self.error = None
        units = self.in_hand
        try:
            for place in (*(int(self.now.zone[u]) for u in sorted(units)), zone):
                if place in self.reasons and any(self.now.zone[u] != zone for u in units):
                    raise self.reasons[place]
            # Locks come and go while the tool is in hand: each move asks those of the moment.
            moved = replace(self.now, fixed=self.kept).move(self._ids(units), zone)
        except PlanError as error:
            self.error = error
            return None
        return self.now if moved.zone is self.now.zone else moved

    def _ids(self, units: Sequence[int] | frozenset[int]) -> list[str]:
        return [self.now.units.ids[unit] for unit in sorted(units)]

    # --- pointer --------------------------------------------------------------------------------

    def press(self, at: MapPointer) -> None:
        if at.button == Qt.MouseButton.RightButton and self._drag is None:
            self._point(at)
            self.toggle_kept()
        if at.button != Qt.MouseButton.LeftButton:
            return
        self.error, self.target = None, None
        self._point(at)
        if self.focus is None:
            self.chosen = frozenset()
        elif at.shift:
            self._brushing = True
            self.chosen ^= {self.focus}
            self._drag = Drag(at)
        else:
            if self.focus not in self.chosen:
                self.chosen = frozenset()
            self._drag = Drag(at)
        self._tell()

    def move(self, at: MapPointer) -> None:
        if self._drag is None:
            self.error = self.target = None
            self._point(at)
            self._tell()
            return
        if not self._drag.follow(at):
            return
        unit = self.shapes.at(*at.lonlat)
        self.at = (at.px, at.py)
        if self._brushing:
            if unit is not None:
                self.focus = unit
                self.chosen |= {unit}
            self._tell()
            return
        self._carry(unit)

    def _carry(self, unit: int | None) -> None:
        """Show what dropping here would do."""
        carried = self.in_hand
        home = {int(self.now.zone[u]) for u in carried}
        target = int(self.now.zone[unit]) if unit is not None else None
        if target is not None and home == {target}:
            target = None
        if target != self.target:
            self.target = target
            self.error = None
            self._trial = self._try(target) if target is not None else None
        self._tell()

    def release(self, at: MapPointer) -> None:
        drag, self._drag = self._drag, None
        if drag is None:
            return
        brushed, self._brushing, self._trial = self._brushing, False, None
        if drag.moved and not brushed and self.target is not None:
            self.give(self.target)
        else:
            self._tell()

    def _point(self, at: MapPointer) -> None:
        self.at = (at.px, at.py)
        self.focus = self.shapes.at(*at.lonlat)

    # --- keys -----------------------------------------------------------------------------------

    def wants(self, key: int) -> bool:
        return key in NUMBERS or key == Qt.Key.Key_L

    def key(self, key: int, *, shift: bool = False) -> bool:
        if key in ARROWS:
            self._step(*ARROWS[Qt.Key(key)], extend=shift)
        elif key in NUMBERS and self.in_hand:
            zone = key - NUMBERS[0]
            if zone < len(self.now.zone_ids):
                self.give(zone)
        elif key == Qt.Key.Key_L and self._drag is None:
            self.toggle_kept()
        elif key in ENTER:
            self.finish()
        elif key == Qt.Key.Key_Escape and (self._drag is not None or self.chosen or self.error):
            self._let_go()
        elif key == Qt.Key.Key_Backspace and self.can_undo:
            self.undo()
        else:
            return False
        return True

    def _step(self, dx: int, dy: int, *, extend: bool) -> None:
        """Go to the next unit; with Shift it is taken in."""
        if self.focus is None:
            self.focus = self._middle()
        else:
            if extend:
                self.chosen |= {self.focus}
            self.focus = self.shapes.towards(self.focus, dx, dy)
            if extend:
                self.chosen |= {self.focus}
        self.error = self.target = self.at = None
        self._tell()

    def _middle(self) -> int:
        view = self.surface.view
        lon, lat = view.to_lonlat(view.width / 2, view.height / 2)
        return self.shapes.nearest(*(float(v) for v in to_mercator(float(lon), float(lat))))

    def _let_go(self) -> None:
        self._drag = self._trial = self.error = self.target = None
        self._brushing = False
        self.chosen = frozenset()
        self._tell()

    def undo(self) -> None:
        """Take the last move back."""
        self._steps.undo()
        reason = why_no_step(self.first, self.now, self.reasons, self.kept)
        if reason is not None:
            self._steps.redo()
        self._stepped(reason)

    def redo(self) -> None:
        """Make the move again that was taken back last."""
        self._steps.redo()
        reason = why_no_step(self.first, self.now, self.reasons, self.kept)
        if reason is not None:
            self._steps.undo()
        self._stepped(reason)

    def toggle_kept(self) -> None:
        """Ask that the units in the hand stay in their zones, or need not any more."""
        self.target = None
        units = sorted(self.in_hand)
        self.error = why_no_lock(self.first, self.now, self.reasons, units)
        if units and self.error is None:
            stay = not all(unit in self.kept for unit in self._ids(units))
            self.keep_asked.emit(tuple(units), stay)
        self._tell()

    def _stepped(self, reason: PlanError | None = None) -> None:
        self.target = self._trial = None
        self.error = reason
        self._tell()
        self.stepped.emit()

    def finish(self) -> None:
        """End with the zones as they are now, or say that nothing was moved."""
        if self.can_finish:
            self.finished.emit(self.now.changed_since(self.first))
        else:
            self.refused.emit("tool.move_units.nothing")

    def cancel(self) -> None:
        self._steps.reset()
        self._let_go()

    def detach(self) -> None:
        super().detach()
        self.left.emit()

    def _tell(self) -> None:
        self.hint_changed.emit(self.hint)
        self.moved.emit()
