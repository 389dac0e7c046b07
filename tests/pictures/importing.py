"""Pictures of the import: each step of the wizard, the repair table, the rows that wait."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tests.pictures.a_map import sites

if TYPE_CHECKING:
    from gui.dialogs.import_file import ImportDialog
    from tests.pilot import Pilot

IMPORTED = {"inspection_sites.xlsx", "phone_waypoints.gpx"}
REGISTERS = Path(__file__).parents[1] / "data" / "registers"


def begun(pilot: Pilot, path: Path, *steps: str) -> ImportDialog:
    """Open the wizard on a file and go on until the last of the steps is shown."""
    from gui.dialogs.import_file import ImportDialog

    sites(pilot)
    undo_imports(pilot)
    pilot.bench.edits.import_file(path)
    dialog = pilot.window.findChild(ImportDialog)
    for place, step in enumerate(steps):
        if place:
            dialog.next_button.click()
        pilot.wait(lambda step=step: dialog.step == step, step)
    pilot.rest()
    return dialog


def undo_imports(pilot: Pilot) -> None:
    """Take back what the pictures before imported: each begins with the demonstration plan."""
    session = pilot.window.session
    while (done := pilot.project.history.undoable) and done[-1].params.get("file") in IMPORTED:
        session.undo()
        pilot.wait(lambda: not session.busy, "the undo")


def import_sheets(pilot: Pilot) -> None:
    begun(pilot, REGISTERS / "complaints_2022.xlsx", "sheet")


def import_columns(pilot: Pilot) -> None:
    begun(pilot, REGISTERS / "complaints_2022.xlsx", "sheet", "map")


def import_words(pilot: Pilot) -> None:
    dialog = begun(pilot, REGISTERS / "complaints_2022.xlsx", "sheet", "map", "words")
    dialog.words.table.selectRow(0)


def import_rows(pilot: Pilot) -> None:
    steps = ("sheet", "map", "summary")
    dialog = begun(pilot, REGISTERS / "inspection_sites.xlsx", *steps)
    model = dialog.summary.model
    waiting = [r for r in range(model.rowCount()) if model.can_accept(r)]
    dialog.summary.asks.select_rows(waiting[:1])
    dialog.summary.asks.accept_button.click()
    pilot.wait(lambda: model.state(model.item(waiting[0])) == "ready", "the answer")
    dialog.summary.asks.select_rows(waiting[1:2])
    pilot.rest()


def waiting_rows(pilot: Pilot) -> None:
    steps = ("sheet", "map", "summary", "done")
    dialog = begun(pilot, REGISTERS / "inspection_sites.xlsx", *steps)
    dialog.accept()
    pilot.bench.commands["waiting_rows"].trigger()
    page = pilot.bench.drawers.page("waiting")
    pilot.wait(lambda: page.model.rowCount() > 0, "the rows")
    page.questions.setCurrentRow(2)
    page.asks.select_rows([0, 1])
    pilot.window.toast.hide()
    pilot.rest(0.5)
    pilot.settle()


def import_done(pilot: Pilot) -> None:
    dialog = begun(pilot, REGISTERS / "phone_waypoints.gpx", "map", "summary", "done")
    pilot.window.toast.hide()
    dialog.setFocus()


def import_refused(pilot: Pilot) -> None:
    path = Path(os.environ["UCM_HOME"]) / "broken.xlsx"
    path.write_text("this is no workbook", "utf-8")
    begun(pilot, path, "error")


SCENES = {
    "import-sheets": import_sheets,
    "import-columns": import_columns,
    "import-words": import_words,
    "import-rows": import_rows,
    "import-refused": import_refused,
    "import-done": import_done,
    "waiting-rows": waiting_rows,
}
