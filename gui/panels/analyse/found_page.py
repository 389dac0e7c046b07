"""The table of a result below the map: a row chooses its shape on the map, and the other way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal

from gui import i18n
from gui.i18n import retext, tr
from gui.models.found_rows import FoundModel, FoundRows
from gui.panels.base import Desk, Panel
from gui.widgets.buttons import IconButton
from gui.widgets.layouts import row
from gui.widgets.result_table import ResultTable
from gui.widgets.states import StateView
from gui.widgets.texts import Data, Elided, Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from geo.project import Project
    from layers.said import Words

LEAST_PX: Final = 220


class FoundTable(ResultTable):
    """Rows of a result; see `FoundModel`."""

    def __init__(self) -> None:
        self.rows = FoundModel()
        super().__init__(self.rows)


class FoundPage(Panel):
    """The table of a section's result, or what to do to get one.

    Attributes:
        closed: The user closes the page.
    """

    closed = Signal()
    wanted_px = LEAST_PX

    def __init__(self, desk: Desk, section: str, *beside: QWidget) -> None:
        """Make the page of a section; `beside` stands at the right of its head."""
        super().__init__(desk)
        self.setObjectName("drawer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.section = section
        self._title: Words | None = None
        self.title, self.count = Elided(role="heading"), Data(role="caption")
        self.stale = Text("findings.stale", role="warning")
        close = IconButton("x", "window.close")
        close.clicked.connect(self.closed)
        head = row(self.title, self.stale, self.count, *beside, close, gap=12)
        head.setStretch(0, 1)
        head.setContentsMargins(12, 6, 8, 2)
        self.table = FoundTable()
        self.states = StateView(self.table)
        self.box.addLayout(head)
        self.box.addWidget(self.states, 1)
        self.table.chosen.connect(lambda key: desk.findings.choose(key, zoom=True))
        desk.findings.chosen.connect(self._choose)
        desk.findings.changed.connect(self._judge)
        desk.session.closed.connect(lambda: self.show_rows(None, None))
        self.show_rows(None, None)
        retext(self, self._word)

    def refresh(self, project: Project) -> None:
        """The rows are those of the result, whatever the plan is by now."""
        self._judge()

    def show_rows(self, title: Words | None, rows: FoundRows | None) -> None:
        """Show the rows of a result; None says how to get one."""
        self._title = title
        self.table.show_rows(rows)
        if rows is None:
            self.states.show_empty("findings.table.none", "findings.table.none_next", icon="table")
        elif not rows.keys:
            self.states.show_empty("findings.table.empty", "findings.table.empty_next")
        else:
            self.states.show_full()
        self._word()
        self._judge()

    def _choose(self, key: str) -> None:
        if self.desk.findings.is_of(self.section) or not key:
            self.table.choose(key)

    def _judge(self) -> None:
        findings = self.desk.findings
        self.stale.setVisible(findings.is_of(self.section) and findings.stale)

    def _word(self) -> None:
        rows = self.table.rows.rows
        title = self._title.words(i18n.language()) if self._title is not None else ""
        self.title.setText(title)
        n = i18n.number(len(rows.keys)) if rows is not None else ""
        self.count.setText(tr("findings.table.rows", n=n) if n else "")
