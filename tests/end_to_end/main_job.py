"""The main job as a planner does it in the real window, by mouse and keyboard.

One module for two tests: on the offscreen platform inside pytest, and as a program of its own on a
real X11 display.
"""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from geo.model.command import Assignment, Team, Zone
from geo.model.entity import Kind
from geo.model.vocabulary import Grade
from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.import_file import ImportDialog
from gui.dialogs.new_plan import NewPlanDialog
from gui.dialogs.team import TeamDialog
from tests.pilot import Pilot

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

D = TypeVar("D", bound=QDialog)

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
TOWN = (103.48, 10.58, 103.58, 10.68)
CORNERS = ((103.50, 10.60), (103.56, 10.60), (103.56, 10.66), (103.50, 10.66))
DEMO = Path(str(files("resources"))) / "demo"


def dialog(pilot: Pilot, cls: type[D]) -> D:
    """The dialog of this class that just opened."""
    pilot.wait(lambda: pilot.window.findChildren(cls), cls.__name__)
    found = pilot.window.findChildren(cls)[-1]
    pilot.wait(found.isVisible, f"{cls.__name__} to be seen")
    return found


def write(field: QWidget, words: str) -> None:
    field.setFocus()
    QTest.keyClicks(field, words)


def make_plan(pilot: Pilot, folder: Path) -> Path:
    pilot.press(pilot.window.start.new_button)
    asked = dialog(pilot, NewPlanDialog)
    assert not asked.accept_button.isEnabled()
    write(asked.name, "Coast")
    asked.province.setCurrentIndex(asked.province.findData("18"))
    write(asked.user, "A. Planner")
    asked.path.clear()
    write(asked.path, str(folder / "coast.gpkg"))
    pilot.press(asked.accept_button)
    pilot.wait(lambda: pilot.window.session.project is not None, "the new plan")
    pilot.wait(lambda: pilot.window.stack.currentWidget() is pilot.bench, "the workbench")
    pilot.settle()
    return folder / "coast.gpkg"


def drop_file(pilot: Pilot, path: Path) -> None:
    """Drag a file from the desktop onto the map."""
    area = pilot.bench.map
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    at = QPointF(area.rect().center())
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(area, QDragEnterEvent(at.toPoint(), copy, data, left, none))
    QApplication.sendEvent(area, QDropEvent(at, copy, data, left, none))


def import_register(pilot: Pilot, name: str) -> tuple[int, int, int]:
    """Go through the import dialog and return imported, rejected, waiting."""
    drop_file(pilot, DEMO / name)
    shown = dialog(pilot, ImportDialog)
    for step in ("sheet", "map"):
        pilot.wait(lambda step=step: shown.step in {step, "error"}, "the file to be read")
        assert shown.step == step
        pilot.press(shown.next_button)
    pilot.wait(lambda: shown.step == "summary", "the summary")
    checked = shown.checked
    assert checked is not None
    counts = checked.imported, len(checked.rejected), len(checked.waiting)
    before = pilot.project.history.undoable
    pilot.press(shown.next_button)
    pilot.wait(lambda: pilot.project.history.undoable != before, "the import")
    pilot.wait(lambda: shown.step == "done", "the end of the wizard")
    pilot.press(shown.next_button)
    return counts


def draw_zone(pilot: Pilot) -> Zone:
    pilot.shortcut(Qt.Key.Key_3)
    assert pilot.bench.workspace == "plan"
    pilot.look_at(*TOWN)
    pilot.press(pilot.bench.plan.draw_button)
    for corner in CORNERS:
        pilot.click(*corner)
    pilot.click(103.51, 10.63, Qt.MouseButton.RightButton)
    pilot.wait(lambda: pilot.project.all(Zone), "the zone")
    (zone,) = pilot.project.all(Zone)
    pilot.wait(lambda: zone.id in pilot.bench.plan.zone_cards, "the zone's card")
    card = pilot.bench.plan.zone_cards[zone.id]
    pilot.wait(card.name_field.isVisible, "the field for its name")
    card.name_field.selectAll()
    QTest.keyClicks(card.name_field, "Harbour")
    QTest.keyClick(card.name_field, Qt.Key.Key_Return)
    pilot.wait(lambda: pilot.project.get(Zone, zone.id).name == "Harbour", "the zone's new name")
    return pilot.project.get(Zone, zone.id)


def add_team(pilot: Pilot) -> Team:
    pilot.press(pilot.bench.plan.add_team)
    asked = dialog(pilot, TeamDialog)
    write(asked.name, "Team 1")
    write(asked.short, "T1")
    pilot.press(asked.accept_button)
    pilot.wait(lambda: pilot.project.all(Team), "the team")
    return pilot.project.all(Team)[0]


def assign(pilot: Pilot, zone: Zone) -> None:
    """Press the zone's button and choose the first team of its menu by keyboard."""
    plan = pilot.bench.plan  # makes its cards anew with every edit

    pilot.wait(lambda: zone.id in plan.zone_cards, "the zone's card")
    button = plan.zone_cards[zone.id].assign_button

    def choose() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        QTest.keyClick(menu, Qt.Key.Key_Down)
        QTest.keyClick(menu, Qt.Key.Key_Return)

    QTimer.singleShot(200, choose)  # the menu holds the event loop until it is closed
    pilot.press(button)
    pilot.wait(lambda: pilot.project.all(Assignment), "the assignment")


def undo_and_redo(pilot: Pilot) -> None:
    pilot.shortcut(Qt.Key.Key_Z)
    pilot.wait(lambda: not pilot.project.all(Assignment), "undo")
    pilot.shortcut(Qt.Key.Key_Z, CTRL | SHIFT)
    pilot.wait(lambda: pilot.project.all(Assignment), "redo")


def write_report(pilot: Pilot, folder: Path) -> list[Path]:
    pilot.shortcut(Qt.Key.Key_5)
    panel = pilot.bench.report
    panel.set_folder(folder)
    panel.grades[Grade.COMMAND].setChecked(True)
    pilot.press(panel.write_button)
    pilot.press(dialog(pilot, ConfirmDialog).accept_button)
    pilot.wait(lambda: panel.state in {"full", "error"}, "the report")
    assert panel.state == "full"
    return sorted(p for p in folder.iterdir() if p.suffix in {".pdf", ".html"})


def do_the_main_job(folder: Path) -> None:
    """New plan, import, zone by mouse, team, undo, redo, report; everything checked on the way."""
    pilot = Pilot()
    try:
        plan = make_plan(pilot, folder)
        assert import_register(pilot, "sites_preah_sihanouk.xlsx") == (257, 2, 1)
        assert import_register(pilot, "allegations_preah_sihanouk.xlsx") == (93, 2, 0)
        assert len(pilot.project.table(Kind.SITE)) == 257
        assert set(pilot.project.table(Kind.SITE)["legal_status"]) == {"unverified"}
        zone = draw_zone(pilot)
        team = add_team(pilot)
        assign(pilot, zone)
        undo_and_redo(pilot)
        (assignment,) = pilot.project.all(Assignment)
        assert (assignment.zone_id, assignment.team_id) == (zone.id, team.id)
        copy = folder / "copy.gpkg"
        pilot.window.save_copy(copy)
        pilot.wait(copy.exists, "the copy")
        reports = folder / "reports"
        reports.mkdir()
        written = write_report(pilot, reports)
        assert {p.suffix for p in written} == {".pdf", ".html"}
        assert written[0].read_bytes()
    finally:
        pilot.close()
    assert plan.exists()
    assert sorted(p.name for p in folder.glob("coast.gpkg*")) == ["coast.gpkg"]


if __name__ == "__main__":
    do_the_main_job(Path(sys.argv[1]))
    print(f"done on {QApplication.platformName()}")  # noqa: T201 - read by the test that started it
