"""Bringing official boundaries into the plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog
from shiboken6 import isValid

from geo.edit.verbs import Verb
from geo.errors import NotAllowedError
from gui.i18n import tr
from gui.models.history import sentence
from gui.rights import demand

if TYPE_CHECKING:
    from geo.boundaries.loading import BoundaryFile
    from geo.edit.edit import Edit
    from geo.errors import PlanError
    from gui.dialogs.boundaries import BoundariesDialog
    from gui.workbench import Workbench

PATTERNS = "*.gpkg *.zip *.shp *.geojson *.json *.kml *.kmz"


class BoundaryActs:
    """Asks for a file of boundaries, shows what matched, and takes it over."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        bench.on("boundaries", self.ask)

    def ask(self) -> None:
        """Let the user choose a file."""
        desk = self._bench.desk
        try:
            demand(desk.session.project, Verb.IMPORT_BOUNDARIES)
        except NotAllowedError as error:
            desk.toast.fail(error)
            return
        name, _ = QFileDialog.getOpenFileName(
            self._bench, tr("boundaries.title"), "", f"{tr('boundaries.files')} ({PATTERNS})"
        )
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Show what of a file matched."""
        from gui.dialogs.boundaries import BoundariesDialog

        dialog = BoundariesDialog(self._bench.desk, path, self._bench.window_)
        dialog.waits = True
        dialog.ready.connect(lambda found: self._take(dialog, found))
        dialog.open()

    def _take(self, dialog: BoundariesDialog, found: BoundaryFile) -> None:
        desk = self._bench.desk

        def done(edit: Edit) -> None:
            if isValid(dialog):
                dialog.accept()
            desk.toast.tell(
                "window.done",
                what=sentence(edit),
                button="action.undo",
                press=desk.session.undo,
            )

        def failed(error: PlanError) -> None:
            if isValid(dialog) and dialog.isVisible():
                dialog.refuse(error)
            else:
                desk.toast.fail(error)

        desk.session.do(found.edit, done, failed)
