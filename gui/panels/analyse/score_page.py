"""The page of the scoreboard below the map: units, years, two lists, the rows of a figure."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QTabWidget

from geo.model.entity import Kind
from gui import i18n
from gui.i18n import retext, tr
from gui.models.score_behind import site_behind
from gui.models.score_rows import ScoreModel, ScoreRows
from gui.models.score_tables import (
    idle_table,
    rows_table,
    silent_table,
    unit_table,
    year_table,
)
from gui.panels.base import Desk, Panel
from gui.widgets.buttons import IconButton
from gui.widgets.layouts import boxed, row
from gui.widgets.result_table import ResultTable
from gui.widgets.states import StateView
from gui.widgets.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.analysis.scoreboard.measures import RowRef
    from geo.project import Project
    from gui.models.score_work import Shown

UNITS, YEARS, IDLE, SILENT, BEHIND = "units", "years", "idle", "silent", "behind"
TABS: Final = (UNITS, YEARS, IDLE, SILENT, BEHIND)
EMPTY: Final = {
    UNITS: ("scoreboard.page.none", "scoreboard.page.none_next"),
    YEARS: ("scoreboard.page.none", "scoreboard.page.none_next"),
    IDLE: ("scoreboard.page.no_idle", "scoreboard.page.no_idle_next"),
    SILENT: ("scoreboard.page.no_silent", "scoreboard.page.no_silent_next"),
    BEHIND: ("scoreboard.page.no_rows", "scoreboard.page.no_rows_next"),
}
LEAST_PX: Final = 260


class ScoreTable(ResultTable):
    """One table of the scoreboard.

    Attributes:
        opened: The user wants the rows behind a figure.
    """

    opened = Signal(QModelIndex)

    def __init__(self) -> None:
        self.rows = ScoreModel()
        super().__init__(self.rows)
        self.setMouseTracking(True)
        self.clicked.connect(self._open)
        self.activated.connect(self._open)
        self.entered.connect(self._hovered)

    def _open(self, at: QModelIndex) -> None:
        """Return or Enter on a figure does what a click does."""
        if self.rows.can_open(at):
            self.opened.emit(at)

    def _hovered(self, at: QModelIndex) -> None:
        figure = self.rows.can_open(at)
        shape = Qt.CursorShape.PointingHandCursor if figure else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)


class ScorePage(Panel):
    """Shows one scoreboard, or what to do to get one.

    Attributes:
        closed: The user closes the page.
        rows_wanted: Allegations behind a figure are to be shown in the register's table (kind, ids,
            what they are as a function that words it).
    """

    closed = Signal()
    rows_wanted = Signal(Kind, tuple, object)
    wanted_px = LEAST_PX

    def __init__(self, desk: Desk, section: str) -> None:
        super().__init__(desk)
        self.setObjectName("drawer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.section = section
        self._shown: Shown | None = None
        self._refs: tuple[RowRef, ...] = ()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tables = {name: ScoreTable() for name in TABS}
        self.states = {name: StateView(table) for name, table in self.tables.items()}
        for name in TABS:
            self.tabs.addTab(self.states[name], "")
        self.stale = Text("findings.stale", role="warning")
        close = IconButton("x", "window.close")
        close.clicked.connect(self.closed)
        corner = row(self.stale, close, gap=8)
        corner.setContentsMargins(0, 4, 8, 4)
        self.tabs.setCornerWidget(boxed(corner))
        self.box.addWidget(self.tabs)
        for name, table in self.tables.items():
            table.chosen.connect(self._went)
            table.opened.connect(partial(self._open, name))
        self.tables[BEHIND].clicked.connect(self._go_to_row)
        desk.findings.chosen.connect(self._choose)
        desk.findings.changed.connect(self._judge)
        desk.session.closed.connect(lambda: self.show_result(None))
        self.show_result(None)
        retext(self, self._word)

    def refresh(self, project: Project) -> None:
        """The rows are those of the result, whatever the plan is by now."""
        self._judge()

    def show_result(self, shown: Shown | None) -> None:
        """Show another scoreboard."""
        self._shown, self._refs = shown, ()
        found = shown.found if shown is not None else None
        self._fill(UNITS, unit_table(found) if found is not None else None)
        self._fill(YEARS, year_table(found) if found is not None else None)
        self._fill(IDLE, idle_table(found) if found is not None else None)
        self._fill(SILENT, silent_table(found) if found is not None else None)
        self._fill(BEHIND, None)
        self._word()
        self._judge()

    def show_tab(self, name: str) -> None:
        """Bring a tab to the front."""
        self.tabs.setCurrentIndex(TABS.index(name))

    def _fill(self, name: str, rows: ScoreRows | None) -> None:
        self.tables[name].show_rows(rows)
        if rows is not None and rows.keys:
            self.states[name].show_full()
        else:
            none = rows is None and name != BEHIND
            what, following = EMPTY[UNITS if none else name]
            self.states[name].show_empty(what, following, icon="table")

    # --- rows -----------------------------------------------------------------------------------

    def _went(self, key: str) -> None:
        findings = self.desk.findings
        if key and findings.is_of(self.section):
            findings.choose(key, zoom=True)

    def _choose(self, key: str) -> None:
        if self.desk.findings.is_of(self.section) and key:
            for name in (UNITS, IDLE, SILENT):
                self.tables[name].choose(key)

    def _open(self, name: str, at: QModelIndex) -> None:
        """Open the rows behind a figure: allegations in their table, other rows here."""
        model = self.tables[name].rows
        refs = model.refs(at)
        project = self.project
        if not refs or project is None:
            return
        if refs[0].kind is Kind.ALLEGATION:
            said = partial(_of_figure, model, at.row(), at.column())
            self.rows_wanted.emit(Kind.ALLEGATION, tuple(r.id for r in refs), _kept(said))
            return
        self._refs = refs
        self._fill(BEHIND, rows_table(project, refs))
        self._word()
        self.show_tab(BEHIND)

    def _go_to_row(self, at: QModelIndex) -> None:
        """Show the site that a row is about."""
        project, where = self.project, self.tables[BEHIND].rows.place_of(at.row())
        if project is None or not 0 <= where < len(self._refs):
            return
        site = site_behind(project, self._refs[where])
        if site:
            self.desk.selection.select(Kind.SITE, (site,), zoom=True)

    def _judge(self) -> None:
        findings = self.desk.findings
        self.stale.setVisible(findings.is_of(self.section) and findings.stale)

    def _word(self) -> None:
        counts: Sequence[int | None] = (
            (None,) * len(TABS)
            if self._shown is None
            else (None, None, *(self.tables[n].rows.rowCount() for n in (IDLE, SILENT, BEHIND)))
        )
        for place, (name, count) in enumerate(zip(TABS, counts, strict=True)):
            words = tr(f"scoreboard.tab.{name}")
            counted = f"{words} ({i18n.number(count)})" if count is not None else words
            self.tabs.setTabText(place, counted)
            self.tables[name].setAccessibleName(words)


def _of_figure(model: ScoreModel, at: int, place: int) -> str:
    """Return what a figure is: its column and its unit."""
    unit = str(model.data(model.index(at, 0)))
    column = str(model.headerData(place, Qt.Orientation.Horizontal))
    return tr("scoreboard.rows_of", column=column, unit=unit)


def _kept(said: Callable[[], str]) -> Callable[[], str]:
    """Return words that stay as they are when the table is sorted otherwise."""
    words = said()
    return lambda: words
