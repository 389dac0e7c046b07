"""Pyqtgraph as this window needs it: own digits and fonts, no menus, a period drawn by hand.

Imported by nobody at the start of the window: pyqtgraph takes a fifth of a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor, QPen

from gui import i18n, theme
from layers.export.charts import runs, steps_to
from layers.style import PURPLE

if TYPE_CHECKING:
    from layers.export.charts import Chart, Series

# What is drawn is cleared with its widget; a sweep at the end of the process finds it gone.
pg.setConfigOption("exitCleanup", False)

BAND_ALPHA: Final = 0.2
HATCH_ALPHA: Final = 0.45
REGION_ALPHA: Final = 0.14
DOTS_UP_TO: Final = 60
LINE_PX: Final = 2.0
HALF: Final = 0.5
HEADROOM: Final = 1.04
"""Above the highest line of the grid and below 0, so that their numbers have room."""


def ink(colour: str) -> QColor:
    """Return a series' colour; the purple of allegations is lighter in the dark, as on the map."""
    return QColor(theme.current().allegation if colour == PURPLE else colour)


class CountAxis(pg.AxisItem):  # type: ignore[misc] # pyqtgraph has no types
    """An axis of counts in the digits of the language."""

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [i18n.number(value) for value in values]


class BrushBox(pg.ViewBox):  # type: ignore[misc] # pyqtgraph has no types
    """The plot's ground: a drag draws a period, a double click takes it away; nothing else moves.

    Attributes:
        drawn: A period from one position to another, and whether the button was let go.
        doubled: A double click.
    """

    drawn = Signal(float, float, bool)
    doubled = Signal()

    def __init__(self) -> None:
        super().__init__(enableMenu=False)
        self.setMouseEnabled(x=False, y=False)

    def mouseDragEvent(self, ev: Any, axis: int | None = None) -> None:  # noqa: ANN401 - pyqtgraph's own event
        if ev.button() != Qt.MouseButton.LeftButton:
            ev.ignore()
            return
        ev.accept()
        start = self.mapToView(ev.buttonDownPos()).x()
        self.drawn.emit(start, self.mapToView(ev.pos()).x(), ev.isFinish())

    def mouseClickEvent(self, ev: Any) -> None:  # noqa: ANN401 - pyqtgraph's own event
        if ev.double() and ev.button() == Qt.MouseButton.LeftButton:
            ev.accept()
            self.doubled.emit()

    def wheelEvent(self, ev: Any, axis: int | None = None) -> None:  # noqa: ANN401 - pyqtgraph's own event
        # The page scrolls; the chart always shows all of it.
        ev.ignore()


class Plot(pg.PlotWidget):  # type: ignore[misc] # pyqtgraph has no types
    """Draws a chart in the window's theme; knows nothing of what it means."""

    def __init__(self) -> None:
        self.box = BrushBox()
        axes = {"left": CountAxis("left"), "bottom": pg.AxisItem("bottom")}
        super().__init__(viewBox=self.box, axisItems=axes, enableMenu=False)
        self.hideButtons()
        self.setFrameShape(self.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._region = pg.LinearRegionItem(movable=False)
        self._cursor = pg.InfiniteLine(angle=90, movable=False)
        self._drawn: list[Any] = []

    def draw(self, chart: Chart) -> None:
        """Draw a chart in place of the one before."""
        for item in self._drawn:
            self.removeItem(item)
        self._drawn = []
        self._dress(chart)
        for first, last in chart.unknown:
            self._add(self._stretch(first, last))
        for series in chart.series:
            self._band(series)
        for series in chart.series:
            self._line(series)
        for item in (self._region, self._cursor):
            if item.scene() is None:
                self.addItem(item, ignoreBounds=True)
            item.hide()
        top = steps_to(chart.top)[-1]
        self.getAxis("left").setTicks([[(v, i18n.number(v)) for v in steps_to(chart.top)]])
        self.getAxis("bottom").setTicks([list(chart.ticks)])
        self.setRange(
            xRange=(-HALF, len(chart.labels) - HALF),
            yRange=(top * (1 - HEADROOM), top * HEADROOM),
            padding=0,
        )

    def show_region(self, period: tuple[int, int] | None) -> None:
        """Mark positions from one to another, both included, or none."""
        self._region.setVisible(period is not None)
        if period is not None:
            self._region.setRegion((period[0] - HALF, period[1] + HALF))

    def show_cursor(self, place: int | None) -> None:
        """Mark the position that is read, or none."""
        self._cursor.setVisible(place is not None)
        if place is not None:
            self._cursor.setValue(place)

    def place_at(self, x: float) -> float:
        """Return the position at a pixel of the widget."""
        scene = self.mapToScene(round(x), 0)
        return float(self.box.mapSceneToView(scene).x())

    def _add(self, item: Any) -> None:  # noqa: ANN401 - any of pyqtgraph's items
        self.addItem(item)
        self._drawn.append(item)

    def _dress(self, chart: Chart) -> None:
        tones = theme.current()
        font = theme.font(theme.CAPTION_PX, language=chart.language)
        self.setBackground(QColor(tones.surface))
        for name in ("left", "bottom"):
            axis = self.getAxis(name)
            axis.setPen(QPen(QColor(tones.strong_line)))
            axis.setTextPen(QPen(QColor(tones.muted)))
            axis.setStyle(tickFont=font, tickLength=4, hideOverlappingLabels=False)
        self.getPlotItem().showGrid(y=True, alpha=0.25)
        accent = QColor(tones.accent)
        self._cursor.setPen(QPen(accent, 0))
        fill = QColor(accent)
        fill.setAlphaF(REGION_ALPHA)
        self._region.setBrush(QBrush(fill))
        for line in self._region.lines:
            line.setPen(QPen(accent, 0))

    def _stretch(self, first: int, last: int) -> Any:  # noqa: ANN401 - one of pyqtgraph's items
        stroke = QColor(theme.current().muted)
        stroke.setAlphaF(HATCH_ALPHA)
        area = pg.LinearRegionItem(
            (first - HALF, last + HALF),
            movable=False,
            brush=QBrush(stroke, Qt.BrushStyle.BDiagPattern),
            pen=QPen(Qt.PenStyle.NoPen),
        )
        area.setZValue(-10)
        return area

    def _band(self, series: Series) -> None:
        if not series.low:
            return
        fill = ink(series.colour)
        fill.setAlphaF(BAND_ALPHA)
        for run in runs(series.low):
            x = np.array(run, dtype=float)
            if len(run) == 1:
                x = np.array([run[0] - 0.35, run[0] + 0.35])
            at = [run[0]] * 2 if len(run) == 1 else list(run)
            edges = []
            for values in (series.low, series.high):
                edge = pg.PlotCurveItem(x, np.array([values[i] or 0.0 for i in at]), pen=None)
                edges.append(edge)
                self._add(edge)
            self._add(pg.FillBetweenItem(*edges, brush=QBrush(fill)))

    def _line(self, series: Series) -> None:
        values = np.array([np.nan if v is None else v for v in series.values], dtype=float)
        pen = QPen(ink(series.colour), LINE_PX)
        pen.setCosmetic(True)
        if series.dash:
            pen.setDashPattern([length / LINE_PX for length in series.dash])
        dots = len(values) <= DOTS_UP_TO
        self._add(
            pg.PlotDataItem(
                np.arange(len(values), dtype=float),
                values,
                pen=pen,
                connect="finite",
                antialias=True,
                symbol="o" if dots else None,
                symbolSize=5,
                symbolBrush=ink(series.colour),
                symbolPen=None,
            )
        )
