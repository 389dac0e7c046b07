"""Moving units in the window, with the real worker process."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from geo.analysis.split.units import hexagons
from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.command import Zone
from geo.store.memory import MemoryStore
from geo.store.seed import first_edit
from gui.acts.split import SplitActs
from tests.gui.stage import ANALYST, INFO, OPERATION, PLANNER, services_for

LEFT = Qt.MouseButton.LeftButton
PATIENCE = 60_000

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


def test_a_unit_is_locked_by_mouse_and_by_key_and_shown_with_a_padlock(moving, qtbot):
    window, acts, _ = moving
    tool = taken(window, acts, qtbot)
    page, canvas, project = acts.side.moves, window.workbench.map.canvas, window.session.project
    unit, other = border(tool)
    plain = acts.overlay.grab().toImage()
    here = pixel(window, tool, unit)
    QTest.mouseMove(canvas, here)
    with qtbot.waitSignal(window.session.changed):
        QTest.mouseClick(canvas, Qt.MouseButton.RightButton, pos=here)
    zone = project.get(Zone, tool.first.zone_ids[int(tool.first.zone[unit])])
    assert zone.kept == (tool.first.units.ids[unit],)
    assert acts.moving.tool is tool, "the tool stays in the hand"
    assert acts.overlay.shown.kept == {unit}
    assert acts.overlay.grab().toImage() != plain
    assert f"{zone.name} 1" in page.kept.text()
    dragged(window, tool, unit, other)
    assert tool.error.code == "error.split.unit_stays"
    QTest.mouseRelease(canvas, LEFT, Qt.KeyboardModifier.NoModifier, pixel(window, tool, other))
    assert tool.count == 0
    QTest.mouseMove(canvas, here)
    with qtbot.waitSignal(window.session.changed):
        QTest.keyClick(canvas, Qt.Key.Key_L)
    assert project.get(Zone, zone.id).kept == ()
    assert acts.overlay.shown.kept == frozenset()
    assert window.workbench.tools.tool is tool, "the key is the tool's while it is in the hand"


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
