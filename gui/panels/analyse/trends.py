"""Trends: what came in month by month, in groups; a period that is taken narrows the map."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox

from geo.analysis.trends.result import By
from gui import i18n
from gui.i18n import retext, tr
from gui.panels.analyse.parts import Statement
from gui.panels.analyse.trends_page import TrendsPage
from gui.panels.base import Panel
from gui.widgets.buttons import Button
from gui.widgets.layouts import boxed, card, column, row, scrolling
from gui.widgets.states import StateView
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from datetime import date

    from geo.analysis.trends.result import Trends
    from geo.errors import PlanError
    from geo.progress import Progress
    from geo.project import Project
    from gui.tasks.runner import Task
    from gui.workbench import Workbench

SECTION: Final = "trends"


class TrendsSection(Panel):
    """Asks in which groups, and says where each line goes and what that rests on.

    Attributes:
        found: What is shown, or None.
    """

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench.desk)
        self._bench = bench
        self.found: Trends | None = None
        self._task: Task | None = None
        self._seen = False
        self._banded: By | None = None
        self.by, self.line = QComboBox(), QComboBox()
        self.page_button = Button("trend.open_page", "chart-line")
        self.headline = Data(wrap=True)
        self.statement = Statement()
        self.line_label = Text("trend.band_of", role="caption")
        bench.drawers.bring(SECTION, self._page)
        inside = column(
            Text("trend.lines", role="heading"), self.headline, self.statement, margin=10, gap=8
        )
        body = column(
            Text("trend.by", role="caption"),
            self.by,
            self.line_label,
            self.line,
            row(self.page_button, None),
            card(inside),
            None,
            gap=6,
        )
        body.setContentsMargins(12, 6, 8, 12)
        self.states = StateView(scrolling(boxed(body)))
        self.box.addWidget(self.states, 1)
        self.by.currentIndexChanged.connect(self.refresh_now)
        self.line.currentIndexChanged.connect(self._draw)
        self.page_button.clicked.connect(lambda: bench.drawers.toggle(SECTION))
        self.desk.moment.changed.connect(self._looked)
        self.desk.session.closed.connect(self._forget)
        retext(self, self._word)

    def _page(self) -> TrendsPage:
        page = TrendsPage(self.desk)
        page.period_chosen.connect(self.take_period)
        self._fill(page)
        return page

    @property
    def busy(self) -> bool:
        """Whether it is counting."""
        return self._task is not None

    # --- computing ------------------------------------------------------------------------------

    def _looked(self) -> None:
        """A period that was taken narrows the map and not what it was taken from."""
        self.mark_stale()
        self._tell_period()

    def refresh(self, project: Project) -> None:
        from layers.lens import Lens
        from layers.read_only import ShownPlan

        if self._task is not None:
            self._task.cancel()
        moment, by = self.desk.moment, By(self.by.currentData() or By.ALL.value)
        wanted = moment.wanted
        every = replace(wanted, allegations=replace(wanted.allegations, since=None, until=None))
        on = moment.moment.on
        lens = Lens(moment.moment, every, moment.first_seen)
        still = ShownPlan(lens.project(project), {}, on)

        def work(_progress: Progress) -> Trends:
            from geo.analysis.trends.trends import trends

            return trends(still, by, on)

        def done(found: Trends) -> None:
            if task is self._task:
                self._task = None
                self._show(found)

        def failed(error: PlanError) -> None:
            if task is self._task:
                self._task, self.found = None, None
                self.states.show_error(error, "trend.again", self.refresh_now)
                page = self._bench.drawers.made(SECTION)
                if isinstance(page, TrendsPage):
                    page.show_error(error)

        task = self._task = self.desk.runner.run(work, done, failed)
        if self.found is None:
            self.states.show_loading("trend.loading", task)

    def _show(self, found: Trends) -> None:
        self.found = found
        if found.n:
            self.states.show_full()
            if not self._seen:
                self._seen = True
                self._bench.drawers.show_page(SECTION)
        else:
            self.states.show_empty(
                "panel.analyse.none", "panel.analyse.none_next", icon="chart-line"
            )
        self._word()

    def _forget(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._task, self.found, self._seen = None, None, False
        self._word()

    # --- words ----------------------------------------------------------------------------------

    def _word(self) -> None:
        from layers.export.trends import BANDS, line_name, said_line, said_trends

        with QSignalBlocker(self.by):
            now = self.by.currentData() or By.ALL.value
            self.by.clear()
            for by in By:
                self.by.addItem(tr(f"trend.by.{by.value}"), by.value)
            self.by.setCurrentIndex(self.by.findData(now))
        self.by.setAccessibleName(tr("trend.by"))
        found, language = self.found, i18n.language()
        lines = found.lines if found is not None else ()
        with QSignalBlocker(self.line):
            same = found is not None and self._banded is found.by
            chosen = self.line.currentData() if same else None
            self._banded = found.by if found is not None else None
            self.line.clear()
            for each in lines:
                if found is not None:
                    self.line.addItem(line_name(found, each).words(language), each.key)
            self.line.setCurrentIndex(self.line.findData(chosen) if chosen is not None else 0)
        self.line.setAccessibleName(tr("trend.band_of"))
        for part in (self.line_label, self.line):
            part.setVisible(len(lines) > BANDS)
        if found is None:
            self.headline.setText("")
            self.statement.say(())
        else:
            said = [said_line(found, line).words(language) for line in lines]
            self.headline.setText("\n".join(said))
            self.statement.say(said_trends(found))
        self._draw()

    def _draw(self) -> None:
        page = self._bench.drawers.made(SECTION)
        if isinstance(page, TrendsPage):
            self._fill(page)

    def _fill(self, page: TrendsPage) -> None:
        from layers.export.trends import trend_chart

        if self.found is None or not self.found.n:
            page.show_empty()
        else:
            chart = trend_chart(self.found, i18n.language(), self.line.currentData())
            page.show_chart(chart, self._period())
        self._tell_period()

    # --- the period -----------------------------------------------------------------------------

    def take_period(self, first: int | None, last: int | None) -> None:
        """Narrow the map to what came in in some months, or show all of it again."""
        from layers.timeline import first_day, last_day

        if self.found is None:
            return
        since: date | None = None
        until: date | None = None
        if first is not None and last is not None:
            since, until = first_day(self.found.first + first), last_day(self.found.first + last)
        model = self.desk.moment
        allegations = replace(model.wanted.allegations, since=since, until=until)
        model.filter(replace(model.wanted, allegations=allegations))

    def _period(self) -> tuple[int, int] | None:
        """Return the months of the period that the map is narrowed to, as far as they are drawn."""
        from layers.timeline import month_of

        if self.found is None:
            return None
        wanted = self.desk.moment.wanted.allegations
        if wanted.since is None and wanted.until is None:
            return None
        last = len(self.found) - 1
        first = month_of(wanted.since) - self.found.first if wanted.since else 0
        end = month_of(wanted.until) - self.found.first if wanted.until else last
        return (max(first, 0), min(end, last)) if first <= last and end >= 0 else None

    def _tell_period(self) -> None:
        page = self._bench.drawers.made(SECTION)
        if not isinstance(page, TrendsPage):
            return
        wanted = self.desk.moment.wanted.allegations
        page.chart.show_period(self._period())
        some = wanted.since is not None or wanted.until is not None
        words = tr("trend.period.map", since=i18n.day(wanted.since), until=i18n.day(wanted.until))
        page.tell_period(words if some else "")
