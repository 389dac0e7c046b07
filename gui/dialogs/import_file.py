"""Importing a file: which sheet, which columns, what becomes of each row; then one edit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from geo.errors import CancelledError, PlanError
from geo.loading import check_file, likely_target
from gui import i18n
from gui.dialogs.import_mapping import MappingPage
from gui.dialogs.import_summary import SummaryPage
from gui.i18n import retext, tr
from gui.widgets.buttons import Button, explain
from gui.widgets.layouts import boxed, column, row
from gui.widgets.states import Picture
from gui.widgets.texts import Data, Elided, Text

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from geo.edit.edit import Edit
    from geo.formats.mapping import Mapping
    from geo.formats.rows import Checked
    from geo.loading import Loaded, OpenedFile
    from geo.model.entity import Kind
    from geo.progress import Progress
    from gui.panels.base import Desk
    from gui.tasks.runner import Task

PATTERNS = "*.csv *.tsv *.xlsx *.xls *.geojson *.json *.gpkg *.kml *.kmz *.gpx *.zip *.shp"
SIZE = (920, 620)


class ImportDialog(QDialog):
    """Leads from a file to one edit in three steps; each can be gone back from.

    Attributes:
        step: ``choose``, ``loading``, ``error``, ``map``, ``summary`` or ``writing``.
    """

    def __init__(self, desk: Desk, parent: QWidget, path: Path | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setAcceptDrops(True)
        self.resize(*SIZE)
        retext(self, lambda: self.setWindowTitle(tr("dialog.import.title")))
        self._desk = desk
        self._task: Task | None = None
        self.opened: OpenedFile | None = None
        self.loaded: Loaded | None = None
        self.step = self._last = "choose"
        self._file = Elided("", role="muted")
        self.mapping = MappingPage()
        self.mapping.target_changed.connect(self._target_changed)
        self.mapping.sheet_changed.connect(self._sheet_changed)
        self.mapping.changed.connect(self._say_why)
        self.summary = SummaryPage()
        self._pages: dict[str, QWidget] = {
            "choose": self._choose_page(),
            "loading": self._loading_page(),
            "error": self._error_page(),
            "map": self.mapping,
            "summary": self.summary,
            "writing": boxed(column(None, _middle("import.step.writing"), None, margin=48)),
        }
        self._stack = QStackedWidget()
        for page in self._pages.values():
            self._stack.addWidget(page)
        self.back_button = Button("dialog.import.back", "chevron-left")
        self.next_button = Button("dialog.import.next", look="primary")
        self.cancel_button = Button("window.cancel")
        self.next_button.setDefault(True)
        self.back_button.clicked.connect(self._back)
        self.next_button.clicked.connect(self._next)
        self.cancel_button.clicked.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(12)
        box.addWidget(Text("dialog.import.title", role="title"))
        box.addWidget(self._file)
        box.addWidget(self._stack, 1)
        box.addLayout(row(self.back_button, None, self.cancel_button, self.next_button))
        self._show("choose")
        if path is not None:
            self.open_file(path)

    @property
    def checked(self) -> Checked | None:
        """What would become of each row, once that is known."""
        return self.loaded.checked if self.loaded is not None else None

    # --- pages ----------------------------------------------------------------------------------

    def _choose_page(self) -> QWidget:
        choose = Button("dialog.import.choose", "folder-open", look="primary")
        choose.clicked.connect(self._choose)
        middle = Qt.AlignmentFlag.AlignHCenter
        inner = column(None, gap=10)
        inner.addWidget(Picture("file-import", 44, "accent"), 0, middle)
        for code, role in (("dialog.import.drop", "heading"), ("dialog.import.formats", "muted")):
            label = Text(code, role=role, wrap=True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            inner.addWidget(label)
        inner.addWidget(choose, 0, middle)
        inner.addStretch(1)
        frame = QFrame()
        frame.setProperty("card", "drop")
        frame.setLayout(inner)
        return frame

    def _loading_page(self) -> QWidget:
        self._stage = _middle("import.step.looking")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        return boxed(column(None, self._stage, self._bar, None, margin=48))

    def _error_page(self) -> QWidget:
        self._fault = Data(wrap=True)
        self._fault.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inner = column(None, gap=12, margin=48)
        middle = Qt.AlignmentFlag.AlignHCenter
        inner.addWidget(Picture("alert-triangle", 40, "danger"), 0, middle)
        inner.addWidget(self._fault)
        inner.addStretch(1)
        return boxed(inner)

    def _show(self, step: str) -> None:
        if step in {"choose", "map", "summary"}:
            self._last = step
        self.step = step
        # What is on its way to the disk can be undone, but no longer be called back.
        self.cancel_button.setEnabled(step != "writing")
        self._stack.setCurrentWidget(self._pages[step])
        self.back_button.setVisible(step in {"error", "map", "summary"})
        self.next_button.setVisible(step in {"map", "summary"})
        if step == "summary" and self.checked is not None:
            self.next_button.say("dialog.import.do", n=i18n.number(self.checked.imported))
        else:
            self.next_button.say("dialog.import.next")
        self._say_why()
        if self.next_button.isVisible() and self.next_button.isEnabled():
            self.next_button.setFocus()

    def _say_why(self) -> None:
        why = ""
        if self.step == "map" and not self.mapping.usable:
            why = "dialog.import.why.no_column"
        elif self.step == "summary" and self.checked is not None and not self.checked.rows:
            why = "dialog.import.why.no_rows"
        explain(self.next_button, why)

    # --- steps ----------------------------------------------------------------------------------

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, tr("dialog.import.choose"), "", f"{tr('dialog.import.files')} ({PATTERNS})"
        )
        if name:
            self.open_file(Path(name))

    def open_file(self, path: Path, sheet: str = "") -> None:
        """Read a file in the worker and propose how to take it."""
        self._file.setText(path.name)
        reading = self._desk.reading

        def work(progress: Progress) -> tuple[OpenedFile, Kind]:
            opened = reading.open(path, sheet, progress)
            return opened, likely_target(opened.raw)

        self._run(work, self._read)

    def _read(self, result: tuple[OpenedFile, Kind]) -> None:
        self.opened, target = result
        self.mapping.show_file(self.opened, target)
        self._show("map")

    def _target_changed(self, target: Kind) -> None:
        if self.opened is not None:
            self.mapping.show_file(self.opened, target)
            self._say_why()

    def _sheet_changed(self, sheet: str) -> None:
        if self.opened is not None:
            self.open_file(self.opened.path, sheet)

    def _next(self) -> None:
        project, opened = self._desk.session.project, self.opened
        if project is None or opened is None:
            return
        if self.step == "map":
            mapping: Mapping = self.mapping.mapping()
            self._run(
                lambda progress: check_file(project, opened, mapping, progress=progress),
                self._check_done,
            )
        elif self.loaded is not None:
            loaded = self.loaded
            self._run(lambda _progress: loaded.edit(project), self._commit)

    def _check_done(self, loaded: Loaded) -> None:
        self.loaded = loaded
        source = self.opened.path if self.opened is not None else None
        self.summary.show_checked(loaded.checked, source, self._desk.session.recorder())
        self._show("summary")

    def _commit(self, edit: Edit) -> None:
        checked, session = self.checked, self._desk.session
        if checked is None:
            return
        toast = self._desk.toast

        def told(_edit: Edit) -> None:
            toast.tell(
                "dialog.import.done",
                n=i18n.number(checked.imported),
                rejected=i18n.number(len(checked.rejected)),
                waiting=i18n.number(len(checked.waiting)),
                button="action.undo",
                press=session.undo,
            )

        def done(edit: Edit) -> None:
            told(edit)
            if isValid(self):
                self.accept()

        def failed(error: PlanError) -> None:
            if isValid(self):
                self._failed(error)
            else:
                toast.fail(error)

        self._show("writing")
        session.commit(edit, done, failed)

    def _back(self) -> None:
        if self.step == "error" and self._last != "choose":
            self._show(self._last)
        elif self.step == "summary":
            self._show("map")
        else:
            self._file.setText("")
            self._show("choose")

    # --- work -----------------------------------------------------------------------------------

    def _run(self, work: object, done: object) -> None:
        self._bar.setRange(0, 0)
        self._show("loading")
        task = self._desk.runner.run(work, done, self._failed)  # type: ignore[arg-type]
        task.progressed.connect(self._progressed)
        self._task = task

    def _progressed(self, done: int, total: int, code: str) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if code:
            self._stage.say(code)

    def _failed(self, error: PlanError) -> None:
        if isinstance(error, CancelledError):
            self._show(self._last)
            return
        self._fault.setText(i18n.message(error))
        self._show("error")

    def reject(self) -> None:
        if self.step == "writing":
            return
        if self._task is not None and self._task.running:
            self._task.cancel()
            self._desk.reading.cancel()
            self._task.finished.disconnect()
            self._task.failed.disconnect()
        super().reject()

    # --- dropping -------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.step in {"choose", "error"} and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        url = event.mimeData().urls()[0]
        if url.isLocalFile():
            event.acceptProposedAction()
            self.open_file(Path(url.toLocalFile()))


def _middle(code: str) -> Text:
    made = Text(code, role="heading")
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made
