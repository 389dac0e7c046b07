"""Trends below the map: the chart, and beside it a table of the same numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSplitter, QTableView

from gui.models.month_rows import MonthModel
from gui.panels.base import Desk, Panel
from gui.widgets.buttons import Button, IconButton
from gui.widgets.charts.month_chart import MonthChart
from gui.widgets.layouts import row
from gui.widgets.states import StateView
from gui.widgets.texts import Data, Elided
from gui.widgets.whole_rows import whole_rows

if TYPE_CHECKING:
    from geo.errors import PlanError
    from geo.project import Project
    from layers.export.charts import Chart

ROW_PX: Final = 26
MONTH_PX: Final = 120
COLUMN_PX: Final = 150


class TrendsPage(Panel):
    """Chart and table of the section's result.

    Attributes:
        closed: The user closes the page.
        period_chosen: Places of the first and the last month, or None and None for all.
    """

    closed = Signal()
    period_chosen = Signal(object, object)
    wanted_px = 330

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("drawer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title, self.period = Elided(role="heading"), Data(role="caption")
        self.every = Button("trend.period.all", "x")
        self.every.clicked.connect(lambda: self.period_chosen.emit(None, None))
        close = IconButton("x", "window.close")
        close.clicked.connect(self.closed)
        head = row(self.title, self.period, self.every, close, gap=10)
        head.setStretch(0, 1)
        head.setContentsMargins(12, 6, 8, 2)
        self.chart = MonthChart()
        self.chart.period_chosen.connect(self.period_chosen)
        self.rows = MonthModel(self)
        self.table = QTableView()
        self._set_table()
        both = QSplitter(Qt.Orientation.Horizontal)
        both.setChildrenCollapsible(False)
        both.addWidget(self.chart)
        both.addWidget(self.table)
        both.setStretchFactor(0, 3)
        both.setStretchFactor(1, 2)
        both.setContentsMargins(12, 0, 8, 8)
        self.states = StateView(both)
        self.box.addLayout(head)
        self.box.addWidget(self.states, 1)
        self.tell_period("")
        self.show_empty()

    def _set_table(self) -> None:
        table = self.table
        table.setModel(self.rows)
        table.setWordWrap(False)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        whole_rows(table, height=ROW_PX)
        table.selectionModel().currentRowChanged.connect(self._went)

    def refresh(self, project: Project) -> None:
        """The section brings what is shown."""

    def show_chart(self, chart: Chart, period: tuple[int, int] | None) -> None:
        """Show a chart, with the period that the map is narrowed to."""
        self.title.setText(chart.title)
        self.chart.show_chart(chart)
        self.chart.show_period(period)
        self.rows.show_chart(chart)
        self.table.setAccessibleName(chart.title)
        self.table.setColumnWidth(0, MONTH_PX)
        for place in range(1, self.rows.columnCount()):
            self.table.setColumnWidth(place, COLUMN_PX)
        self.states.show_full()

    def show_empty(self) -> None:
        """Say that there is nothing to draw, and what to do."""
        self.title.setText("")
        self.states.show_empty("panel.analyse.none", "panel.analyse.none_next", icon="chart-line")

    def show_error(self, error: PlanError) -> None:
        """Say what went wrong."""
        self.title.setText("")
        self.states.show_error(error)

    def tell_period(self, words: str) -> None:
        """Say which period the map shows; empty is all."""
        self.period.setText(words)
        self.every.setVisible(bool(words))

    def _went(self, now: object, _before: object = None) -> None:
        index = self.table.currentIndex()
        self.chart.read(self.rows.place_of(index.row()) if index.isValid() else None)
