"""A chart that is read and from which a period is taken: by pointer, by keys and by ear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import i18n, theme
from gui.i18n import retext, tr
from gui.widgets.layouts import Flow, boxed, clear, column, row
from gui.widgets.texts import Data
from layers.style import PURPLE

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from gui.widgets.charts.plotting import Plot
    from layers.export.charts import Chart, Series

LEAST: Final = QSize(360, 170)
PERIOD: Final = tuple[int, int]
STEPS: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -12,
    Qt.Key.Key_PageDown: 12,
}


class _Sample(QWidget):
    """A piece of a series' line."""

    def __init__(self, series: Series) -> None:
        super().__init__()
        self._series = series
        self.setFixedSize(22, 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            own = self._series.colour
            pen = QPen(QColor(theme.current().allegation if own == PURPLE else own), 2.0)
            if self._series.dash:
                pen.setDashPattern([length / 2.0 for length in self._series.dash])
            painter.setPen(pen)
            painter.drawLine(1, 6, 21, 6)
        finally:
            painter.end()


class MonthChart(QWidget):
    """Lines over months with their bands; arrows read month by month, with Shift take a period.

    Attributes:
        period_chosen: Positions from and to, both included, or None and None for all.
    """

    period_chosen = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.chart: Chart | None = None
        self.plot: Plot | None = None
        self.period: tuple[int, int] | None = None
        self.cursor_place: int | None = None
        self._anchor: int | None = None
        self.unit = Data(role="caption")
        self.told = Data(role="caption", wrap=True)
        self.told.setMinimumHeight(18)
        self._key = Flow(gap=12)
        self._ground = column(gap=0)
        box = column(boxed(self._key), self.unit, self._ground, self.told, gap=2)
        box.setStretch(2, 1)
        self.setLayout(box)
        retext(self, self._tell)
        theme.on_theme(self, self._draw)

    def show_chart(self, chart: Chart | None) -> None:
        """Show another chart; what was read and taken of the one before is forgotten."""
        self.chart, self.period, self.cursor_place, self._anchor = chart, None, None, None
        self._draw()

    def show_period(self, period: tuple[int, int] | None) -> None:
        """Mark the period that is chosen elsewhere; emits nothing."""
        self.period = period
        if self.plot is not None:
            self.plot.show_region(period)

    def _draw(self) -> None:
        chart = self.chart
        clear(self._key)
        if chart is None:
            return
        if self.plot is None:
            # The first chart of the window brings pyqtgraph in.
            from gui.widgets.charts.plotting import Plot

            self.plot = Plot()
            self.plot.viewport().setMouseTracking(True)
            self.plot.viewport().installEventFilter(self)
            self.plot.box.drawn.connect(self._drawing)
            self.plot.box.doubled.connect(lambda: self._choose(None))
            self._ground.addWidget(self.plot)
        for series in chart.series:
            line = row(_Sample(series), Data(series.name, role="caption"), gap=4)
            self._key.addWidget(boxed(line))
        self.unit.setText(chart.unit)
        self.plot.draw(chart)
        self.plot.show_region(self.period)
        self.plot.show_cursor(self.cursor_place)
        self._tell()

    # --- reading --------------------------------------------------------------------------------

    def read(self, place: int | None) -> None:
        """Read the numbers of one position, or of none."""
        if self.chart is None:
            return
        self.cursor_place = (
            None if place is None else min(max(place, 0), len(self.chart.labels) - 1)
        )
        if self.plot is not None:
            self.plot.show_cursor(self.cursor_place)
        self._tell()

    def words_at(self, place: int) -> str:
        """Return what a position says, in words."""
        chart = self.chart
        if chart is None:
            return ""
        if any(first <= place <= last for first, last in chart.unknown):
            return f"{chart.labels[place]}: {chart.unknown_word}"
        return f"{chart.labels[place]}: " + "; ".join(
            f"{series.name} {self._value(series, place)}" for series in chart.series
        )

    def _value(self, series: Series, place: int) -> str:
        value = series.values[place]
        if value is None:
            return "–"
        low = series.low[place] if series.low else None
        high = series.high[place] if series.high else None
        if low is None or high is None:
            return i18n.number(value)
        return f"{i18n.number(value)} ({i18n.number(low, 1)}–{i18n.number(high, 1)})"

    def _tell(self) -> None:
        chart = self.chart
        self.setAccessibleName(chart.title if chart is not None else tr("chart.none"))
        told = self.words_at(self.cursor_place) if self.cursor_place is not None else ""
        self.told.setText(told or tr("chart.hint"))
        said = [told, *(chart.notes if chart is not None else ())]
        self.setAccessibleDescription(" ".join(words for words in said if words))

    # --- gestures -------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.plot is not None and event.type() == QEvent.Type.MouseMove:
            moved: QMouseEvent = event  # type: ignore[assignment] # by its type
            self.read(round(self.plot.place_at(moved.position().x())))
        elif event.type() == QEvent.Type.Leave and not self.hasFocus():
            self.read(None)
        elif event.type() == QEvent.Type.MouseButtonPress:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        return super().eventFilter(watched, event)

    def _drawing(self, start: float, end: float, finished: bool) -> None:  # noqa: FBT001 - a slot
        if self.chart is None or self.plot is None:
            return
        last = len(self.chart.labels) - 1
        low, high = sorted(min(max(round(x), 0), last) for x in (start, end))
        self.plot.show_region((low, high))
        if finished:
            self._choose((low, high))

    def _choose(self, period: tuple[int, int] | None) -> None:
        self.show_period(period)
        self.period_chosen.emit(*(period or (None, None)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chart, key = self.chart, Qt.Key(event.key())
        if chart is None:
            super().keyPressEvent(event)
            return
        last = len(chart.labels) - 1
        at = self.cursor_place if self.cursor_place is not None else last
        if key == Qt.Key.Key_Escape and self.period is not None:
            self._anchor = None
            self._choose(None)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._go(at, 0 if key == Qt.Key.Key_Home else last, event)
        elif key in STEPS:
            self._go(at, at + (STEPS[key] if self.cursor_place is not None else 0), event)
        else:
            super().keyPressEvent(event)

    def _go(self, at: int, to: int, event: QKeyEvent) -> None:
        self.read(to)
        if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._anchor = None
            return
        if self._anchor is None:
            self._anchor = at
        here = self.cursor_place or 0
        self._choose((min(self._anchor, here), max(self._anchor, here)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.hasFocus():
            return
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.current().accent), 2.0))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
        finally:
            painter.end()
