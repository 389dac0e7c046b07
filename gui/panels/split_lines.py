"""A zone of a split in a list: its colour, workload and deviation, with what lies in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QFrame, QWidget

from gui import i18n, theme
from gui.i18n import tr
from gui.models.split_words import counts, percent
from gui.panels.zone_card import Swatch
from gui.widgets.buttons import IconButton
from gui.widgets.layouts import column, restyle, row
from gui.widgets.texts import Data, Elided

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from gui.models.split_words import Figures

WITHIN: Final = 0.05
"""What is asked for: the band of the bar."""
MOST: Final = 0.25
"""Deviation at which the bar is full."""


class DeviationBar(QWidget):
    """How far a zone is above or below the mean; the band in the middle is what is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._deviation = 0.0
        self.setFixedHeight(8)
        theme.on_theme(self, self.update)

    @property
    def deviation(self) -> float:
        """What is shown."""
        return self._deviation

    def show_deviation(self, deviation: float) -> None:
        """Show another deviation."""
        self._deviation = deviation
        self.setAccessibleName(percent(deviation))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            width, height = float(self.width()), float(self.height())
            middle = width / 2
            painter.setBrush(QColor(colours.line))
            painter.drawRoundedRect(QRectF(0, 0, width, height), 3, 3)
            band = middle * WITHIN / MOST
            painter.setBrush(QColor(colours.tint))
            painter.drawRect(QRectF(middle - band, 0, 2 * band, height))
            reach = middle * max(min(self._deviation / MOST, 1.0), -1.0)
            good = abs(self._deviation) <= WITHIN
            painter.setBrush(QColor(colours.accent if good else colours.warning))
            painter.drawRect(QRectF(min(middle, middle + reach), 1, abs(reach), height - 2))
            painter.setBrush(QColor(colours.text))
            painter.drawRect(QRectF(middle - 0.75, 0, 1.5, height))
        finally:
            painter.end()


class ZoneLine(QFrame):
    """One zone with its figures, which can change while it is shown."""

    def __init__(self, figures: Figures, *, number: int = 0, with_lock: bool = False) -> None:
        """Show a zone.

        Args:
            figures: See there.
            number: The key that gives it a unit, or 0.
            with_lock: It can be locked.
        """
        super().__init__()
        self.setProperty("card", "true")
        name = f"{i18n.number(number)}  {figures.name}" if number else figures.name
        self.name = Elided(name)
        self.workload = Data()
        self.deviation = Data()
        self.deviation.setMinimumWidth(64)
        self.deviation.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.bar = DeviationBar()
        self.counts = Data(role="caption", wrap=True)
        self.lock = IconButton("lock-open", "split.lock", look="small")
        self.lock.setVisible(with_lock)
        head = row(Swatch(figures.colour), self.name, self.workload, self.deviation, gap=6)
        head.setStretch(1, 1)
        if with_lock:
            head.addWidget(self.lock)
        self.setLayout(column(head, self.bar, self.counts, margin=8, gap=4))
        self.show_figures(figures)

    def show_figures(self, figures: Figures) -> None:
        """Show other figures of the same zone."""
        self.workload.setText(tr("split.points", n=i18n.number(figures.workload, 1)))
        self.deviation.setText(percent(figures.deviation))
        self.bar.show_deviation(figures.deviation)
        self.counts.setText(counts(figures))
        self.setAccessibleName(
            f"{figures.name}: {self.workload.text()}, {self.deviation.text()}, {self.counts.text()}"
        )

    def show_locked(self, *, locked: bool) -> None:
        """Show whether the zone is locked."""
        self.lock.set_icon("lock" if locked else "lock-open", role="accent" if locked else "muted")
        self.lock.say("split.unlock" if locked else "split.lock")

    def mark(self, *, target: bool) -> None:
        """Show that it would take what is in the hand."""
        restyle(self, "card", "drop" if target else "true")
