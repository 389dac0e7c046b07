"""Months as bars: allegations above the line, decisions below it, a handle and a period."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui import i18n, theme
from gui.i18n import retext, tr
from gui.tips import plain_tip
from layers.timeline import month_after, month_before

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from layers.timeline import Timeline

HEIGHT = 52
SIDE = 8.0
ABOVE, BELOW = 26.0, 9.0
"""Room of the bars above and below the line; the rest is for the years."""
KNOB = 5.0
REACH = 7.0
"""So near to the handle a press means it."""
DRAG_PX = 4.0
YEARS_APART = 44.0
MONTHS_OF_YEAR = 12


class MonthBars(QWidget):
    """A histogram in which a day is chosen by a handle and a period by drawing across it.

    Attributes:
        day_asked: Show this day.
        today_asked: Show the present.
        period_asked: Show only what came in from this day to that one; None and None is all.
    """

    day_asked = Signal(object)
    today_asked = Signal()
    period_asked = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self._line: Timeline | None = None
        self._day: date | None = None
        self._period: tuple[date | None, date | None] = (None, None)
        self._pressed: float | None = None
        self._drags_handle = False
        self._drawn: tuple[float, float] | None = None
        retext(self, self._word)
        theme.on_theme(self, self.update)

    def sizeHint(self) -> QSize:
        return QSize(400, HEIGHT)

    def show_line(self, line: Timeline) -> None:
        """Show other months."""
        self._line = line
        self.update()

    def show_day(self, day: date | None) -> None:
        """Put the handle on a day; None is today."""
        self._day = day
        self._word()
        self.update()

    def show_period(self, since: date | None, until: date | None) -> None:
        """Mark a period."""
        self._period = since, until
        self.update()

    @property
    def day(self) -> date | None:
        """The day under the handle."""
        if self._day is not None or self._line is None:
            return self._day
        return self._line.day_at(1.0)

    def x_of(self, day: date) -> float:
        """Return where a day lies in pixels."""
        share = self._line.share_of(day) if self._line is not None else 0.0
        return SIDE + min(max(share, 0.0), 1.0) * self._room

    @property
    def _room(self) -> float:
        return max(self.width() - 2 * SIDE, 1.0)

    def _share(self, x: float) -> float:
        return (x - SIDE) / self._room

    def _word(self) -> None:
        self.setAccessibleName(tr("time.strip.bars"))
        self.setAccessibleDescription(i18n.day(self._day) if self._day else tr("time.mode.now"))

    # --- gestures -------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._line is None:
            return
        day = self.day
        self._pressed = event.position().x()
        self._drags_handle = day is not None and abs(self._pressed - self.x_of(day)) <= REACH
        self._drawn = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x, line = event.position().x(), self._line
        if line is None:
            return
        if self._pressed is None:
            self._tell_month(event, line)
            day = self.day
            near = day is not None and abs(x - self.x_of(day)) <= REACH
            self.setCursor(Qt.CursorShape.SizeHorCursor if near else Qt.CursorShape.ArrowCursor)
        elif self._drags_handle:
            self.day_asked.emit(line.day_at(self._share(x)))
        elif self._drawn is not None or abs(x - self._pressed) >= DRAG_PX:
            low, high = sorted((self._pressed, x))
            self._drawn = max(low, SIDE), min(high, self.width() - SIDE)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        drawn, self._drawn = self._drawn, None
        line = self._line
        if pressed is None or line is None:
            return
        if drawn is not None:
            since, until = (line.day_at(self._share(x)) for x in drawn)
            self.period_asked.emit(since.replace(day=1), month_after(until.replace(day=1)))
        elif not self._drags_handle:
            self.day_asked.emit(line.day_at(self._share(event.position().x())))
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.period_asked.emit(None, None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        day, key = self.day, event.key()
        steps = {Qt.Key.Key_PageUp: -MONTHS_OF_YEAR, Qt.Key.Key_PageDown: MONTHS_OF_YEAR}
        steps |= {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if key == Qt.Key.Key_Home:
            self.today_asked.emit()
        elif day is not None and key in steps:
            for _ in range(abs(steps[Qt.Key(key)])):
                day = month_before(day) if steps[Qt.Key(key)] < 0 else month_after(day)
            self.day_asked.emit(day)
        elif key == Qt.Key.Key_Escape and self._period != (None, None):
            self.period_asked.emit(None, None)
        else:
            super().keyPressEvent(event)

    def _tell_month(self, event: QMouseEvent, line: Timeline) -> None:
        day = line.day_at(self._share(event.position().x()))
        allegations, decisions = line.counts_of(day)
        words = tr(
            "time.strip.month",
            month=i18n.month(day),
            allegations=i18n.number(allegations),
            decisions=i18n.number(decisions),
        )
        QToolTip.showText(event.globalPosition().toPoint(), plain_tip(words), self)

    # --- painting -------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._line is not None:
                self._paint_years(painter, self._line)
                self._paint_period(painter)
                self._paint_bars(painter, self._line)
                self._paint_handle(painter)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(theme.current().accent), 2.0))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        finally:
            painter.end()

    @property
    def _base(self) -> float:
        return 3.0 + ABOVE

    def _paint_bars(self, painter: QPainter, line: Timeline) -> None:
        tones = theme.current()
        width = self._room / len(line)
        painter.setPen(Qt.PenStyle.NoPen)
        gap = 1.0 if width > 3 else 0.0  # noqa: PLR2004 - pixels
        for counts, room, colour, up in (
            (line.allegations, ABOVE, tones.allegation, True),
            (line.decisions, BELOW, tones.accent, False),
        ):
            painter.setBrush(QColor(colour))
            for place, height in zip(*_heights(counts, room), strict=True):
                top = self._base - height if up else self._base + 1
                painter.drawRect(QRectF(SIDE + place * width, top, max(width - gap, 1.0), height))
        painter.setPen(QPen(QColor(tones.strong_line), 1.0))
        painter.drawLine(QLineF(SIDE, self._base + 0.5, self.width() - SIDE, self._base + 0.5))

    def _paint_years(self, painter: QPainter, line: Timeline) -> None:
        tones = theme.current()
        painter.setFont(theme.font(theme.CAPTION_PX - 1, language=i18n.language()))
        width = self._room / len(line)
        every = max(1, int(np.ceil(YEARS_APART / (width * MONTHS_OF_YEAR))))
        first = -line.first % MONTHS_OF_YEAR
        for place in range(first, len(line), MONTHS_OF_YEAR):
            year = (line.first + place) // MONTHS_OF_YEAR
            if year % every:
                continue
            x = SIDE + place * width
            painter.setPen(QPen(QColor(tones.line), 1.0))
            painter.drawLine(QLineF(x, 2, x, HEIGHT - 13))
            painter.setPen(QColor(tones.muted))
            if x + YEARS_APART < self.width():
                painter.drawText(QPointF(x + 3, HEIGHT - 3), i18n.digits(str(year)))

    def _paint_period(self, painter: QPainter) -> None:
        since, until = self._period
        ends = self._drawn
        if ends is None and (since is not None or until is not None):
            ends = (
                self.x_of(since) if since is not None else SIDE,
                self.x_of(until) if until is not None else self.width() - SIDE,
            )
        if ends is None:
            return
        tones = theme.current()
        fill = QColor(tones.allegation)
        fill.setAlphaF(0.16)
        painter.setPen(QPen(QColor(tones.allegation), 1.0))
        painter.setBrush(fill)
        painter.drawRect(QRectF(ends[0], 1.5, max(ends[1] - ends[0], 2.0), ABOVE + BELOW + 4))

    def _paint_handle(self, painter: QPainter) -> None:
        day = self.day
        if day is None:
            return
        tones, x = theme.current(), self.x_of(day)
        chosen = self._day is not None
        colour = QColor(tones.text if chosen else tones.muted)
        painter.setPen(QPen(colour, 2.0 if chosen else 1.0))
        painter.drawLine(QLineF(x, 2 + KNOB, x, self._base + BELOW + 3))
        painter.setBrush(colour if chosen else QColor(tones.raised))
        painter.drawEllipse(QPointF(x, 2 + KNOB), KNOB, KNOB)


def _heights(counts: NDArray[np.int64], room: float) -> tuple[list[int], list[float]]:
    """Return the months that have any and how high their bars are; one is never too low to see."""
    places = np.flatnonzero(counts)
    most = int(counts.max()) if len(counts) else 0
    if not most:
        return [], []
    heights = np.maximum(counts[places] / most * room, 2.0)
    return places.tolist(), heights.tolist()
