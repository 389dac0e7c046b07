"""Split into zones, beside the map: what is asked, what came of it, and taking it over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from geo.edit.splitting import staying
from geo.edit.verbs import Verb
from geo.errors import CancelledError, PlanError
from geo.model.command import Zone
from gui import i18n
from gui.i18n import message, retext, tr
from gui.models.split_words import figures_of, percent, words_of
from gui.models.split_work import compute, gives_way, may_give_way, taken_over
from gui.panels.base import Desk, Panel
from gui.panels.split_form import SplitForm
from gui.panels.split_lines import ZoneLine
from gui.rights import permit, why_not
from gui.widgets.buttons import Button, IconButton, explain
from gui.widgets.layouts import boxed, clear, column, row, scrolling
from gui.widgets.states import StateView
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QVBoxLayout, QWidget

    from geo.edit.edit import Edit
    from geo.progress import Progress
    from geo.project import Project
    from gui.models.split_words import Figures
    from gui.models.split_work import Found
    from gui.tasks.runner import Task

WIDTH = 360
RESULT_PX = 230
GRAVE = frozenset({"split.note.heavy", "split.note.coarse", "split.note.finer"})
"""What says that the zones are not as equal as was asked for."""


class SplitPage(Panel):
    """Asks for a split, has it computed and shows it.

    Attributes:
        closed: The user closes the page.
        shown: Another split is shown, or none (`Found` or None).
        take_asked: The split is to be taken over (`Found`).
        found: The split that is shown, or None.
        edit: What taking it over would do, or None where that cannot be.
    """

    closed = Signal()
    shown = Signal(object)
    take_asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("dossier")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self.found: Found | None = None
        self.edit: Edit | None = None
        self._task: Task | None = None
        self._wanted: tuple[str, str | None] | None = ("", None)
        self.form = SplitForm()
        self.lines: list[ZoneLine] = []
        self.summary = Data(role="caption", wrap=True)
        self.warning = Data(role="warning", wrap=True)
        self.notes = Data(role="caption", wrap=True)
        self.old = Text("split.old", role="caption", wrap=True)
        self.replaces = Data(role="caption", wrap=True)
        self.refusal = Data(role="warning", wrap=True)
        self.split = Button("split.go", "layers-difference", look="primary")
        self.another = Button("split.another", "refresh", tip="split.another_tip")
        self.take = Button("split.take", "check", look="primary")
        self._zones = column(gap=6)
        self.result = StateView(boxed(self._result()))
        self.result.setMinimumHeight(RESULT_PX)
        body = column(self.form, self.result, gap=10)
        body.setContentsMargins(16, 12, 16, 12)
        body.setStretch(1, 1)
        self.states = StateView(scrolling(boxed(body)))
        self.box.addWidget(self._head())
        self.box.addWidget(self.states, 1)
        self.box.addWidget(self._foot())
        self.split.clicked.connect(self.run)
        self.another.clicked.connect(self.run_another)
        self.take.clicked.connect(lambda: self.take_asked.emit(self.found))
        self.form.changed.connect(self._asked_otherwise)
        desk.session.closed.connect(self.forget)
        desk.moment.changed.connect(self.mark_stale)
        retext(self, self._word)
        self._show_nothing()

    # --- furniture ------------------------------------------------------------------------------

    def _head(self) -> QWidget:
        close = IconButton("x", "window.close", keys="Esc")
        close.clicked.connect(self.closed)
        title = column(
            Text("action.split_area", role="title", wrap=True),
            Text("split.about", role="caption", wrap=True),
            gap=2,
        )
        head = row(title, close)
        head.setStretch(0, 1)
        head.setAlignment(close, Qt.AlignmentFlag.AlignTop)
        head.setContentsMargins(16, 12, 8, 10)
        box = boxed(head, "panelHead")
        box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        return box

    def _result(self) -> QVBoxLayout:
        return column(self.old, self.warning, self.summary, self._zones, self.notes, None, gap=8)

    def _foot(self) -> QWidget:
        line = row(self.split, self.another, None, self.take)
        box = boxed(column(self.replaces, self.refusal, line, margin=12), "dossierFoot")
        box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        return box

    def _word(self) -> None:
        if self.found is not None and self.project is not None:
            self._look_ahead(self.project)  # the zones' names are of the language too
            self._fill(self.found)

    # --- what is asked --------------------------------------------------------------------------

    def begin(self, zone_id: str = "", operation_id: str | None = None) -> None:
        """Ask for a split of a zone, or of the plan's province for an operation."""
        self._wanted = (zone_id, operation_id)
        self.mark_stale()

    def refresh(self, project: Project) -> None:
        zone_id, operation_id = self._wanted or ("", None)
        self._wanted = None
        self.form.say_units(project)
        self.form.fill(project, zone_id=zone_id, operation_id=operation_id)
        if not self.form.has_ground:
            self.states.show_empty("split.empty", "split.empty_next", icon="map-2")
        else:
            self.states.show_full()
        self._say_rights(project)

    def _asked_otherwise(self) -> None:
        project = self.project
        if project is None:
            return
        asked = self.form.asked()
        self.form.say_kept(
            project, len(staying(project, asked.operation_id, may_give_way(project, asked)))
        )
        self._look_ahead(project)

    def _say_rights(self, project: Project) -> None:
        busy = self._task is not None
        if project.frozen:
            explain(self.split, project.frozen)
            explain(self.another, project.frozen)
        else:
            self.split.setEnabled(not busy and self.form.has_ground)
            explain(self.split, "" if self.form.has_ground else "split.empty")
            explain(self.another)
        has = self.found is not None and not busy
        self.split.setVisible(not has or self._is_otherwise())
        self.another.setVisible(has and not self._is_otherwise())
        self.take.setVisible(has and not self._is_otherwise())
        self.split.setEnabled(self.split.isEnabled() and not busy)
        if has and permit(self.take, project, Verb.SPLIT_AREA) and self.edit is None:
            explain(self.take, "split.cannot", why=self.refusal.text())

    def _is_otherwise(self) -> bool:
        """Tell whether other things are asked than what is shown was made of."""
        return self.found is not None and self.form.asked() != self.found.asked

    # --- computing ------------------------------------------------------------------------------

    def run_another(self) -> None:
        """Split once more, with the next seed."""
        self.form.seed.setValue(self.form.seed.value() + 1)
        self.run()

    def run(self) -> None:
        """Have the split computed in the worker process."""
        project = self.project
        if project is None or self._task is not None or project.frozen:
            return
        asked, computer = self.form.asked(), self.desk.computing.computer()
        self._set(None)

        def work(progress: Progress) -> Found:
            return compute(project, computer, asked, progress)

        def done(found: Found) -> None:
            if task is self._task:
                self._task = None
                self._set(found)

        def failed(error: PlanError) -> None:
            if task is self._task:
                self._task = None
                self._failed(error)

        task = self._task = self.desk.runner.run(work, done, failed)
        task.progressed.connect(self._progress)
        self.result.show_loading("split.step.reading", task)
        self._say_rights(project)

    def _progress(self, _done: int, _total: int, code: str) -> None:
        if code and self.result.state == "loading":
            self.result.loading_page.title.say(code)

    def _failed(self, error: PlanError) -> None:
        if isinstance(error, CancelledError):
            self._show_nothing()
        else:
            self.result.show_error(error, "split.again", self.run)
        if self.project is not None:
            self._say_rights(self.project)

    def forget(self) -> None:
        """Let go of what was found, and of what is under way."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self.form.codes = ()
        self._set(None)

    # --- what came of it ------------------------------------------------------------------------

    def _set(self, found: Found | None) -> None:
        self.found, self.edit = found, None
        if found is None:
            self._show_nothing()
        if self.project is not None:
            self._look_ahead(self.project)
        if found is not None:
            self._fill(found)
            self.result.show_full()
        self.shown.emit(found)

    def _show_nothing(self) -> None:
        self.result.show_empty("split.nothing_yet", "split.nothing_yet_next", icon="hexagon")

    def _look_ahead(self, project: Project) -> None:
        """Find out what taking over would do, and say what it replaces or why it cannot be."""
        found, self.edit = self.found, None
        self.refusal.setText("")
        self.replaces.setText("")
        if found is not None and not self._is_otherwise():
            going = gives_way(project, found)
            names = sorted(z.name for z in project.all(Zone) if z.id in going)
            self.replaces.setText(tr("split.replaces", names=", ".join(names)) if names else "")
            try:
                edit = taken_over(project, found)
                if not why_not(project, Verb.SPLIT_AREA)[0]:
                    project.prepare(edit)
                self.edit = edit
            except PlanError as error:
                self.refusal.setText(message(error))
        self.old.setVisible(found is not None and found.is_old(project))
        self.refusal.setVisible(bool(self.refusal.text()))
        self.replaces.setVisible(bool(self.replaces.text()))
        self._say_rights(project)

    def figures(self) -> list[Figures]:
        """Return what is shown of each zone, as it would be called."""
        if self.found is None:
            return []
        return figures_of(self.found, self.edit, self.desk.session.project)

    def _fill(self, found: Found) -> None:
        result = found.result
        kind = tr(f"split.kind.{result.units.kind.value}")
        self.summary.setText(
            tr(
                "split.result",
                candidates=i18n.number(result.candidates),
                units=i18n.number(len(result.units.ids)),
                kind=kind,
                deviation=percent(result.max_deviation).lstrip("+±"),
                km=i18n.number(result.travel_m / 1000, 1),
            )
        )
        for label, grave in ((self.warning, True), (self.notes, False)):
            label.setText(
                "\n".join(words_of(n) for n in result.notes if (n.code in GRAVE) is grave)
            )
            label.setVisible(bool(label.text()))
        clear(self._zones)
        self.lines = [ZoneLine(figures) for figures in self.figures()]
        for line in self.lines:
            self._zones.addWidget(line)
