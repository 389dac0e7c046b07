"""The import wizard: file, sheets and header, columns, words, rows; then one edit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from geo.errors import CancelledError, PlanError
from gui import i18n
from gui.dialogs.import_done import DonePage
from gui.dialogs.import_mapping import MappingPage
from gui.dialogs.import_parts import ChoosePage
from gui.dialogs.import_sheets import SheetsPage
from gui.dialogs.import_summary import SummaryPage
from gui.dialogs.import_words import WordsPage
from gui.dialogs.import_work import Found, ImportWork, Looked
from gui.dialogs.wizard import Wizard
from gui.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from geo.edit.edit import Edit
    from geo.formats.mapping import Mapping
    from geo.formats.rows import Checked
    from geo.loading import OpenedFile
    from geo.model.entity import Kind
    from gui.panels.base import Desk
    from gui.tasks.runner import Task

PATTERNS = "*.csv *.tsv *.xlsx *.xls *.geojson *.json *.gpkg *.kml *.kmz *.gpx *.zip *.shp"
STEPS = ("choose", "sheet", "map", "words", "summary", "done")
DONE_MS = 60
"""What the window needs to show a big import, in two steps: map and panels, then the last page."""


class ImportDialog(Wizard):
    """Leads from a file to one edit; each step can be gone back from.

    Attributes:
        opened: The file, once it is read.
    """

    def __init__(self, desk: Desk, parent: QWidget, path: Path | None = None) -> None:
        super().__init__(desk, parent, "dialog.import.title", STEPS)
        self.setAcceptDrops(True)
        self._work = ImportWork(desk)
        self._found: Found | None = None
        self._checked: Checked | None = None
        self.opened: OpenedFile | None = None
        self._saving: Task | None = None
        self._make_pages()
        self.show_step("choose")
        if path is not None:
            self.open_file(path)

    @property
    def checked(self) -> Checked | None:
        """What would become of each row, once that is known."""
        return self._checked

    def _make_pages(self) -> None:
        self.choose = ChoosePage()
        self.sheets, self.mapping, self.words = SheetsPage(), MappingPage(), WordsPage()
        self.summary, self.end = SummaryPage(), DonePage()
        pages = (self.choose, self.sheets, self.mapping, self.words, self.summary, self.end)
        for step, page in zip(STEPS, pages, strict=True):
            self.add_page(step, page)
        self.choose.choose_asked.connect(self._choose)
        self.sheets.changed.connect(self.say_why)
        self.mapping.target_changed.connect(self._target_changed)
        self.mapping.changed.connect(self.say_why)
        self.summary.answered.connect(self._answered)
        self.summary.save_asked.connect(self._save_rejects)
        self.end.waiting_asked.connect(self._show_waiting)
        self.end.another_asked.connect(self._another)

    def word_next(self) -> None:
        if self.step == "summary" and self._checked is not None:
            self.next_button.say("dialog.import.do", n=i18n.number(self._checked.imported))
        elif self.step == "sheet":
            self.next_button.say("wizard.next.map")
        else:
            self.next_button.say("window.close" if self.step == "done" else "dialog.import.next")

    def why_not(self) -> str:
        if self.step == "sheet" and not self.sheets.chosen():
            return "wizard.why.no_sheet"
        if self.step == "map" and not self.mapping.usable:
            return "dialog.import.why.no_column"
        if self.step == "summary" and self._checked is not None and not self._checked.rows:
            return "dialog.import.why.no_rows"
        if self.step == "summary" and self._work.rechecking:
            return "wizard.why.checking"
        return ""

    # --- forward --------------------------------------------------------------------------------

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, tr("dialog.import.choose"), "", f"{tr('dialog.import.files')} ({PATTERNS})"
        )
        if name:
            self.open_file(Path(name))

    def open_file(self, path: Path) -> None:
        """Read a file in the worker and propose how to take it."""
        self.subject.setText(path.name)
        self.run(lambda progress: self._work.look(path, progress), self._looked)

    def _looked(self, looked: Looked) -> None:
        self.opened = looked.opened
        self.sheets.show_file(looked.opened)
        self.mapping.show_file(looked.opened, looked.target, looked.before)
        infos = looked.opened.info.sheets
        needs_sheet = len(infos) > 1 or any(s.preview for s in infos)
        self.bar.leave_out("sheet", out=not needs_sheet)
        self.bar.leave_out("words", out=True)
        self.show_soon("sheet" if needs_sheet and self.last == "choose" else "map")

    def _target_changed(self, target: Kind) -> None:
        if self.opened is not None:
            self.mapping.show_file(self.opened, target)
            self.say_why()

    def go_on(self) -> None:
        if self.step == "done":
            self.accept()
        if self.desk.session.project is None or self.opened is None:
            return
        if self.step == "sheet":
            self._leave_sheets(self.opened)
        elif self.step == "map":
            self._check(self.mapping.mapping(), self._words_or_rows)
        elif self.step == "words":
            self._check(self._with_words(), self._rows)
        elif self.step == "summary" and self._found is not None:
            loaded, checked = self._found.loaded, self._checked
            self.run(lambda _p: self._work.edit(loaded, checked), self._commit)

    def _leave_sheets(self, opened: OpenedFile) -> None:
        if not self.sheets.differs:
            self.show_step("map")
            return
        sheets, header = self.sheets.chosen(), self.sheets.header()
        self.run(
            lambda progress: self._work.look(opened.path, progress, sheets=sheets, header=header),
            self._looked,
        )

    def _with_words(self) -> Mapping:
        return self._work.with_words(self.mapping.mapping(), self.words.answers())

    def _check(self, mapping: Mapping, done: Callable[[Found], None]) -> None:
        opened = self.opened
        if opened is not None:
            self.run(lambda progress: self._work.check(opened, mapping, progress), done)

    def _words_or_rows(self, found: Found) -> None:
        self.words.show_words(found.loaded.checked.target, found.words)
        self.bar.leave_out("words", out=not found.words)
        if not found.words:
            self._rows(found)
        elif self.words.answers():
            # Gone back to the columns and forth again: the words have their meanings already.
            self._check(self._with_words(), self._rows)
        else:
            self._found = found
            self.show_step("words")

    def _rows(self, found: Found) -> None:
        self._found, self._checked = found, found.loaded.checked
        self.summary.show_checked(self._checked, found.asked, found.province)
        self.show_soon("summary")

    # --- rows that are held back ----------------------------------------------------------------

    def _answered(self) -> None:
        if self._found is not None:
            base = self._found.loaded.checked
            self._work.recheck(base, self.summary.answers, self._rechecked, self._not_rechecked)
            self.say_why()

    def _rechecked(self, checked: Checked) -> None:
        if isValid(self) and self.step == "summary":
            self._checked = checked
            self.summary.show_answered(checked)
            self.word_next()
            self.say_why()

    def _not_rechecked(self, error: PlanError) -> None:
        if isValid(self) and not isinstance(error, CancelledError):
            self.summary.show_fault(error)
            self.say_why()

    def _save_rejects(self, path: Path) -> None:
        checked, opened = self._checked, self.opened
        if checked is not None and opened is not None:
            save = self._work.saving(checked, path, opened.path)
            self._saving = self.desk.runner.run(save, lambda _n: None, self._not_rechecked)

    # --- the end --------------------------------------------------------------------------------

    def _commit(self, edit: Edit) -> None:
        checked, session, toast = self._checked, self.desk.session, self.desk.toast
        if checked is None:
            return

        def done(_edit: Edit) -> None:
            toast.tell(
                "dialog.import.done",
                n=i18n.number(checked.imported),
                rejected=i18n.number(len(checked.rejected)),
                waiting=i18n.number(len(checked.waiting)),
                button="action.undo",
                press=session.undo,
            )
            if isValid(self):
                # Panels and map are renewed first: both at once would stop the window.
                QTimer.singleShot(DONE_MS, self, lambda: self._show_done(checked))

        def failed(error: PlanError) -> None:
            if isValid(self):
                self.failed(error)
            else:
                toast.fail(error)

        self.show_step("writing")
        session.commit(edit, done, failed)

    def _show_done(self, checked: Checked) -> None:
        self.end.show_done(checked)
        self.show_step("done")
        self._let_go()

    def _show_waiting(self) -> None:
        self.accept()
        self.desk.intents.ask("waiting.show", "")

    def done(self, result: int) -> None:
        self._let_go()
        super().done(result)

    def _let_go(self) -> None:
        """Give the rows back on a worker thread: all at once they would stop the window."""
        found, checked = self._found, self._checked
        self._found = self._checked = self.opened = None
        # Whoever still writes the rejects needs the rows.
        if found is not None and not (self._saving is not None and self._saving.running):
            self._work.let_go(found.loaded, checked)

    def _another(self) -> None:
        self._let_go()
        self.subject.setText("")
        self.show_step("choose")

    def go_back(self) -> None:
        before = {"sheet": "choose", "map": "sheet", "words": "map", "summary": "map"}
        if self.step == "error":
            self.show_step(self.last)
        elif self.step in before:
            wanted = before[self.step]
            if wanted == "sheet" and not self.bar.has("sheet"):
                wanted = "choose"
            if self.step == "summary" and self.bar.has("words"):
                wanted = "words"
            self.show_step(wanted)
        if self.step == "choose":
            self.subject.setText("")

    # --- dropping -------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.step in {"choose", "error"} and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        url = event.mimeData().urls()[0]
        if url.isLocalFile():
            event.acceptProposedAction()
            self.last = "choose"
            self.open_file(Path(url.toLocalFile()))
