"""Report: what leaves the application, for whom, and what it shows them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFileDialog,
    QFrame,
    QLabel,
    QProgressBar,
    QRadioButton,
    QStackedWidget,
)

from geo.errors import CancelledError
from geo.model.vocabulary import Grade
from gui import i18n
from gui.i18n import retext, tr
from gui.panels.base import Desk, Panel
from gui.panels.report_about import ReportAbout
from gui.report_files import Wanted, write_report
from gui.widgets.buttons import Button, Segments, explain
from gui.widgets.layouts import boxed, card, column, row, scrolling
from gui.widgets.texts import Data, Elided, Text, shown_path

if TYPE_CHECKING:
    from PySide6.QtWidgets import QVBoxLayout, QWidget

    from geo.errors import PlanError
    from geo.progress import Progress
    from geo.project import Project
    from gui.tasks.runner import Task
    from layers.layer_list import LayerList


class ReportPanel(Panel):
    """The form of a report, and its four states below."""

    def __init__(self, desk: Desk, layers: LayerList) -> None:
        super().__init__(desk)
        self._layers = layers
        self.state = "empty"
        self._task: Task | None = None
        self._written: list[Path] = []
        self.about = ReportAbout()
        self.about.changed.connect(self._check)
        self.kind, self.operation = self.about.kind, self.about.operation
        self.grades: dict[Grade, QRadioButton] = {}
        self._grade_group = QButtonGroup(self)
        self.language = Segments([("km", "=ខ្មែរ"), ("en", "=English")], "panel.report.language")
        # The report speaks as the window does, until its own language is chosen.
        self._own_language = False
        self.language.chosen.connect(lambda _key: self._language_chosen())
        self.paper = Segments([("A4", "=A4"), ("A3", "=A3")], "panel.report.paper")
        self.paper.choose("A4")
        self.pdf, self.html = QCheckBox(), QCheckBox()
        for box, code in ((self.pdf, "panel.report.pdf"), (self.html, "panel.report.html")):
            box.setChecked(True)
            box.toggled.connect(lambda _on: self._check())
            retext(box, partial(_word, box, code))
        self._folder = Path(desk.settings.report_folder or reports_folder())
        self.folder = Elided(shown_path(self._folder), role="caption")
        self.choose_folder = Button("panel.report.folder", "folder-open")
        self.choose_folder.clicked.connect(self._choose_folder)
        self.write_button = Button("panel.report.write", "file-export", look="primary")
        self.write_button.clicked.connect(self.write)
        self.box.addLayout(column(Text("action.report", role="title"), margin=12))
        outer = self._form()
        outer.addStretch(1)
        outer.setContentsMargins(12, 0, 12, 12)
        self.box.addWidget(scrolling(boxed(outer)), 1)
        self.shows = Data(role="warning", wrap=True)
        self.shows.hide()
        foot = column(self.shows, self.write_button, self._outcome(), margin=12)
        self.box.addLayout(foot)

    def _form(self) -> QVBoxLayout:
        grades = column(gap=0)
        for grade in Grade:
            button = QRadioButton()
            retext(button, partial(_word_grade, button, grade))
            self._grade_group.addButton(button)
            button.toggled.connect(lambda _on: self._check())
            self.grades[grade] = button
            shows = Text(f"panel.report.shows.{grade.value}", role="caption", wrap=True)
            shows.setContentsMargins(24, 0, 0, 6)
            grades.addWidget(button)
            grades.addWidget(shows)
        self.grades[Grade.RESTRICTED].setChecked(True)
        place = column(self.choose_folder, self.folder, gap=4)
        return column(
            self.about,
            Text("panel.report.grade", role="heading"),
            grades,
            row(Text("panel.report.language"), None, self.language),
            row(Text("panel.report.paper"), None, self.paper),
            row(self.pdf, self.html, None),
            place,
            gap=10,
        )

    def _outcome(self) -> QWidget:
        """Build the four states of the writing: nothing yet, under way, failed, done."""
        self.state = "empty"
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        cancel = Button("window.cancel", look="flat")
        cancel.clicked.connect(self._cancel)
        self._stage = Text("panel.report.stage.content", role="caption")
        self.fault = Data(wrap=True)
        self._done = Data(wrap=True)
        self.open_folder = Button("panel.report.open_folder", "folder-open")
        self.open_folder.clicked.connect(self._open_folder)
        self._pages: dict[str, QWidget] = {
            "empty": QLabel(),
            "loading": boxed(column(self._stage, self._bar, row(None, cancel), gap=4)),
            "error": card(column(self.fault, margin=10), "danger"),
            "full": card(column(self._done, row(self.open_folder, None), margin=10)),
        }
        self._stack = QStackedWidget()
        for page in self._pages.values():
            self._stack.addWidget(page)
        self._stack.hide()
        self._stack.setFrameShape(QFrame.Shape.NoFrame)
        return self._stack

    def _show(self, state: str) -> None:
        self.state = state
        self._stack.setVisible(state != "empty")
        self._stack.setCurrentWidget(self._pages[state])

    # --- the form -------------------------------------------------------------------------------

    @property
    def grade(self) -> Grade:
        """The grade that is chosen."""
        return next(grade for grade, button in self.grades.items() if button.isChecked())

    def _language_chosen(self) -> None:
        self._own_language = True

    def refresh(self, project: Project) -> None:
        if not self._own_language:
            self.language.choose(i18n.language())
        self.about.refresh(project)
        self._word_done()
        self._say_what_it_shows()
        self._check()

    def _say_what_it_shows(self) -> None:
        """Say that it shows the map's day, and that it takes over no filter."""
        model = self.desk.moment
        said = []
        if model.is_past:
            said.append(tr(f"time.report.{model.moment.mode.value}", day=i18n.day(model.moment.on)))
        if model.wanted.is_active:
            said.append(tr("time.report.filter"))
        self.shows.setText(" ".join(said))
        self.shows.setVisible(bool(said))

    def _check(self) -> None:
        if not hasattr(self, "write_button"):
            return
        about, why = self.about, ""
        if self.state == "loading":
            why = "panel.report.why.busy"
        elif not self.pdf.isChecked() and not self.html.isChecked():
            why = "panel.report.why.no_format"
        elif about.is_operation and not self.operation.count():
            why = "panel.report.why.no_operation"
        elif about.is_operation and self.grade is Grade.PUBLIC:
            why = "panel.report.why.not_public"
        elif about.is_analysis and self.grade is not Grade.COMMAND:
            why = "panel.report.why.command_only"
        elif self.desk.moment.is_past and self.grade is Grade.PUBLIC:
            why = "report.error.past_public"
        elif self.project is not None and self.project.user is None:
            why = "panel.why.nobody"
        explain(self.write_button, why)

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("panel.report.folder"), str(self._folder))
        if name:
            self.set_folder(Path(name))

    def set_folder(self, folder: Path) -> None:
        """Write reports into a folder."""
        self._folder = folder
        self.folder.setText(shown_path(folder))
        self.desk.settings.report_folder = str(folder)

    # --- writing --------------------------------------------------------------------------------

    def write(self) -> None:
        """Write the report; at the command's own grade, ask once and show what it holds."""
        if self.grade is Grade.COMMAND:
            from gui.dialogs.confirm import ConfirmDialog

            dialog = ConfirmDialog(
                self.window(),
                "dialog.grade.title",
                "dialog.grade.text",
                "panel.report.shows.command",
                "dialog.grade.write",
            )
            dialog.ready.connect(self.write_now)
            dialog.open()
        else:
            self.write_now()

    def write_now(self) -> None:
        """Write the report without asking."""
        project = self.project
        if project is None:
            return
        wanted = Wanted(
            kind=self.about.report,
            operation_id=self.operation.currentData() or "",
            grade=self.grade,
            language="km" if self.language.choice() == "km" else "en",
            paper=self.paper.choice(),
            pdf=self.pdf.isChecked(),
            html=self.html.isChecked(),
            folder=self._folder,
            moment=self.desk.moment.moment,
            first_seen=self.desk.moment.first_seen,
        )
        layers = self._layers.copy()

        record, computing = self.desk.session.recorder(), self.desk.computing

        def work(progress: Progress) -> list[Path]:
            return write_report(project, wanted, layers, record, progress, computing)

        self._task = self.desk.runner.run(work, self._finished, self._failed)
        self._task.progressed.connect(self._progressed)
        self._bar.setRange(0, 0)
        self._show("loading")
        self._check()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _progressed(self, done: int, total: int, code: str) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if code:
            self._stage.say(code)

    def _finished(self, written: list[Path]) -> None:
        self._written = written
        self._show("full")
        self._word_done()
        self._check()

    def _word_done(self) -> None:
        names = ", ".join(path.name for path in self._written)
        self._done.setText(tr("panel.report.done", files=names) if names else "")

    def _failed(self, error: PlanError) -> None:
        if isinstance(error, CancelledError):
            self._show("empty")
        else:
            self.fault.setText(i18n.message(error))
            self._show("error")
        self._check()

    def _open_folder(self) -> None:
        if self._written:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written[0].parent)))


def reports_folder() -> str:
    """Return where reports go until another folder is chosen."""
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def _word(box: QCheckBox, code: str) -> None:
    box.setText(tr(code))


def _word_grade(button: QRadioButton, grade: Grade) -> None:
    button.setText(i18n.label(grade))
