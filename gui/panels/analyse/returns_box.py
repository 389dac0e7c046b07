"""Taking provinces' returns into the plan: which files are believed is said, file by file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QFileDialog, QWidget

from geo.edit.verbs import Verb
from geo.model.entity import Kind
from gui import i18n
from gui.i18n import retext, tr
from gui.rights import permit
from gui.widgets.buttons import Button
from gui.widgets.layouts import card, column
from gui.widgets.texts import Data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.combining import Combined, Remark
    from geo.edit.edit import Edit
    from geo.model.result import MonthlyReturn
    from geo.progress import Progress
    from geo.project import Project
    from gui.panels.base import Desk


class ReturnsBox(QWidget):
    """A button, and below it what was found of the files that were chosen last."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._remarks: Sequence[Remark] = ()
        self.button = Button("returns.take_in", "file-import")
        self.said = Data(role="warning", wrap=True)
        self._card = card(column(self.said, margin=8), "warning")
        self.setLayout(column(self.button, self._card, gap=6))
        self.button.clicked.connect(self.ask)
        desk.session.closed.connect(lambda: self._tell(()))
        retext(self, self._word)

    def refresh(self, project: Project) -> None:
        """Let only those take returns in who may."""
        permit(self.button, project, Verb.IMPORT_RETURNS)

    def ask(self) -> None:
        """Let the user choose files."""
        names, _ = QFileDialog.getOpenFileNames(
            self, tr("returns.take_in"), "", f"{tr('returns.files')} (*.json)"
        )
        if names:
            self.take([Path(name) for name in names])

    def take(self, paths: Sequence[Path]) -> None:
        """Read files off the main thread, and take in what is genuine."""
        project = self._desk.session.project
        if project is None:
            return
        kept = project.table(Kind.RETURN)

        def work(_progress: Progress) -> Combined:
            from geo.combining import combine, keys_in
            from geo.errors import InputError
            from geo.gazetteer import Gazetteer
            from geo.return_document import MOST_BYTES

            files = []
            for path in paths:
                try:
                    with path.open("rb") as stream:
                        files.append((path.name, stream.read(MOST_BYTES + 1)))
                except OSError:
                    raise InputError("error.cli.file_unreadable", file=path.name) from None
            seen = keys_in(cast("MonthlyReturn", one) for one in kept.entities())
            return combine(files, [p.code for p in Gazetteer.load().provinces], seen=seen)

        self._desk.runner.run(work, self._read, self._desk.toast.fail)

    def _read(self, made: Combined) -> None:
        self._tell(made.remarks)
        if not made.genuine:
            return

        def build(project: Project) -> Edit:
            from geo.edit.returns import import_returns

            return import_returns(project, made.genuine)

        def done(edit: Edit) -> None:
            self._desk.toast.tell("returns.taken_in", count=i18n.number(edit.count()))

        self._desk.session.do(build, done, self._desk.toast.fail)

    def _tell(self, remarks: Sequence[Remark]) -> None:
        self._remarks = remarks
        self._word()

    def _word(self) -> None:
        from layers.export.combined import remark_text

        lines = [remark_text(r, i18n.language()) for r in self._remarks if r.refuses]
        # Twenty-five lines of "the key is not checked" would hide the one that matters.
        rest = Counter(r.finding for r in self._remarks if not r.refuses)
        lines += [
            tr(f"returns.several.{finding.value}", count=i18n.number(count))
            for finding, count in rest.items()
        ]
        self.said.setText("\n".join(lines))
        self._card.setVisible(bool(lines))
