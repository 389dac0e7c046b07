"""Pictures of a split before it is taken over, and of units on the move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from geo.errors import PlanError

if TYPE_CHECKING:
    from gui.acts.split import SplitActs
    from gui.tools.rebalance import RebalanceTool
    from tests.pilot import Pilot

NO_KEY = Qt.KeyboardModifier.NoModifier


def asked(pilot: Pilot) -> None:
    acts = _acts(pilot)
    pilot.bench.show_workspace("plan")
    acts.open()
    acts.side.split.form.fold.head.setChecked(True)
    pilot.wait(lambda: acts.side.place.width() == acts.side.width(), "the page")
    pilot.settle()


def found(pilot: Pilot) -> None:
    acts = _acts(pilot)
    pilot.bench.show_workspace("plan")
    acts.open()
    page = acts.side.split
    page.form.fold.head.setChecked(False)
    page.form.seed.setValue(1)
    page.form.candidates = 24
    page.run()
    pilot.wait(lambda: page.result.state != "loading", "the split")
    pilot.rest(0.4)
    pilot.settle()


def in_hand(pilot: Pilot) -> None:
    tool = _moving(pilot)
    unit, other = _pair(tool, allowed=True)
    _drag(pilot, tool, unit, other)


def refused(pilot: Pilot) -> None:
    tool = _moving(pilot)
    unit, other = _pair(tool, allowed=False)
    _drag(pilot, tool, unit, other)


def locked_units(pilot: Pilot) -> None:
    """Lock three units, and try to take one of them away."""
    tool = _moving(pilot)
    unit, other = _pair(tool, allowed=True)
    acts = _acts(pilot)
    if not tool.kept:
        beside = [n for n in tool.near[unit] if tool.now.zone[n] == tool.now.zone[unit]][:1]
        for number, chosen in enumerate((unit, *beside, other), 1):
            tool.chosen = frozenset({chosen})
            tool.toggle_kept()
            pilot.wait(lambda n=number: len(tool.kept) == n, "the lock")  # type: ignore[misc]
        pilot.window.toast.hide()
    assert acts.is_open
    _drag(pilot, tool, unit, other)


def _acts(pilot: Pilot) -> SplitActs:
    from gui.acts.split import SplitActs

    return next(act for act in pilot.bench.acts if isinstance(act, SplitActs))


def _moving(pilot: Pilot) -> RebalanceTool:
    """Split the province as a proposal, once, and take its units in hand."""
    from geo.model.command import Zone

    acts = _acts(pilot)
    pilot.bench.show_workspace("plan")
    mine = [z.id for z in pilot.project.all(Zone) if z.units and not z.operation_id]
    if not mine:
        found(pilot)
        acts.side.split.take.click()
        pilot.wait(lambda: not acts.is_open, "the zones")
        mine = [z.id for z in pilot.project.all(Zone) if z.units and not z.operation_id]
    pilot.window.toast.hide()
    acts.moving.begin(mine[0])
    pilot.wait(lambda: acts.moving.tool is not None, "the units")
    pilot.settle()
    pilot.rest(0.4)
    assert acts.moving.tool is not None
    return acts.moving.tool


def _pair(tool: RebalanceTool, *, allowed: bool) -> tuple[int, int]:
    """Return a unit that weighs much and one of another zone, which may take it or may not."""
    state, near = tool.now, tool.near
    heavy = (-state.load.total).argsort().tolist()
    for unit in heavy:
        middle = tool.shapes.middle
        nearest = ((middle - middle[unit]) ** 2).sum(axis=1).argsort().tolist()
        for other in near[unit] if allowed else nearest:
            if state.zone[unit] != state.zone[other] and _may(tool, unit, other) is allowed:
                return unit, other
    raise AssertionError


def _may(tool: RebalanceTool, unit: int, other: int) -> bool:
    try:
        tool.now.move([tool.now.units.ids[unit]], int(tool.now.zone[other]))
    except PlanError:
        return False
    return True


def _drag(pilot: Pilot, tool: RebalanceTool, unit: int, other: int) -> None:
    pilot.look_at(103.45, 10.50, 103.75, 10.72)
    places = pilot.canvas.view.mercator_to_pixel(tool.shapes.middle[[unit, other]])
    start, end = (QPoint(round(x), round(y)) for x, y in places.tolist())
    QTest.mouseMove(pilot.canvas, start)
    QTest.mousePress(pilot.canvas, Qt.MouseButton.LeftButton, NO_KEY, start)
    QTest.mouseMove(pilot.canvas, (start + end) / 2)
    QTest.mouseMove(pilot.canvas, end)
    pilot.rest(0.3)


SCENES = {
    "split-asked": asked,
    "split": found,
    "split-moving": in_hand,
    "split-refused": refused,
    "split-locked-units": locked_units,
}
