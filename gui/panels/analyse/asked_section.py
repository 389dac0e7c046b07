"""A section whose form asks, whose button computes, and whose result is map, table and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from gui import i18n
from gui.i18n import retext
from gui.panels.analyse.found_page import FoundPage
from gui.panels.analyse.parts import RunBar, Statement
from gui.panels.base import Panel
from gui.widgets.buttons import Button
from gui.widgets.layouts import boxed, card, column, row, scrolling
from gui.widgets.states import StateView
from gui.widgets.texts import Data, Line, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from geo.progress import Progress
    from gui.models.shown_result import ShownResult
    from gui.workbench import Workbench


class AskedSection(Panel):
    """Asks, has it computed, and shows it; what is asked is for whoever makes one of it.

    Attributes:
        shown: The result that is shown, or None.
        opens_table: The first result brings its table with it.
    """

    key = ""
    go_code = ""
    icon = ""
    opens_table = True

    def __init__(self, bench: Workbench, form: QWidget) -> None:
        super().__init__(bench.desk)
        self._bench = bench
        self.shown: ShownResult | None = None
        self.run_bar = RunBar(self.desk.runner, self.go_code, self.icon)
        self.headline = Data(role="heading", wrap=True)
        self.statement = Statement()
        self.stale = Text("findings.stale", role="warning", wrap=True)
        self.otherwise = Text("findings.otherwise", role="warning", wrap=True)
        self.table_button = Button("findings.table.button", "table")
        self.map_button = Button("findings.show_on_map", "map")
        self.buttons = row(self.table_button, None, gap=6)
        inside = (self.stale, self.otherwise, self.headline, self.map_button, self.buttons)
        self.result = card(column(*inside, self.statement, margin=10, gap=6))
        bench.drawers.bring(self.key, self._page)
        body = column(form, self.result, None, gap=10)
        body.setContentsMargins(12, 6, 8, 12)
        foot = column(Line(), boxed(column(self.run_bar, margin=10)), gap=0)
        self.area = scrolling(boxed(body))
        whole = column(self.area, boxed(foot), gap=0)
        whole.setStretch(0, 1)
        self.states = StateView(boxed(whole))
        self.box.addWidget(self.states, 1)
        self.run_bar.asked.connect(self.compute)
        self.table_button.clicked.connect(lambda: bench.drawers.toggle(self.key))
        self.map_button.clicked.connect(self._lay_on_map)
        self.desk.findings.changed.connect(self.judge)
        self.desk.moment.changed.connect(self.mark_stale)
        self.desk.session.closed.connect(self._forget)
        retext(self, self._word)
        self.judge()

    def asked(self) -> object:
        """Return what the form asks for, or None if nothing can be asked."""
        raise NotImplementedError

    def job(self) -> Callable[[Progress], ShownResult] | None:
        """Return what computes it on a worker thread."""
        raise NotImplementedError

    def compute(self) -> None:
        """Have it computed, off the main thread."""
        work = self.job() if self.project is not None else None
        if work is not None:
            self.run_bar.run(work, self._show)

    def judge(self) -> None:
        """Say whether what is shown is what is asked for, and of the plan as it is."""
        shown, findings = self.shown, self.desk.findings
        mine = shown is not None and findings.shown is shown.findings
        self.result.setVisible(shown is not None)
        self.map_button.setVisible(shown is not None and not mine)
        self.stale.setVisible(mine and findings.stale)
        self.otherwise.setVisible(
            shown is not None and not self.run_bar.busy and self.asked() != shown.asked
        )

    def _page(self) -> FoundPage:
        page = FoundPage(self.desk, self.key)
        if self.shown is not None:
            page.show_rows(self.shown.headline, self.shown.rows)
        return page

    def _show(self, shown: ShownResult) -> None:
        first = self.shown is None
        self.shown = shown
        page = self._bench.drawers.made(self.key)
        if isinstance(page, FoundPage):
            page.show_rows(shown.headline, shown.rows)
        self._lay_on_map()
        self.desk.findings.look_at()
        if first and self.opens_table:
            self._bench.drawers.show_page(self.key)
        self._word()
        self.judge()
        # Its place is known once it has been laid out.
        QTimer.singleShot(0, self.area, self._show_headline)

    def _show_headline(self) -> None:
        bar = self.area.verticalScrollBar()
        bar.setValue(min(self.result.y(), bar.maximum()))

    def _lay_on_map(self) -> None:
        project = self.project
        if self.shown is not None and project is not None:
            self.desk.findings.show(self.shown.findings)
            self.desk.findings.judge(self.desk.moment.project(project))

    def _forget(self) -> None:
        self.run_bar.cancel()
        self.run_bar.refuse(None)
        self.shown = None
        self.judge()

    def _word(self) -> None:
        if self.shown is not None:
            self.headline.setText(self.shown.headline.words(i18n.language()))
            self.statement.say(self.shown.said, self.shown.warned)
