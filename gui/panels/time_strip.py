"""The time strip (F7): the months of the register, the map's day, with whose eyes it is seen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal

from geo.model.entity import Kind
from gui import i18n
from gui.i18n import retext, tr
from gui.panels.base import Desk, Panel
from gui.widgets.buttons import Button, IconButton, Segments
from gui.widgets.layouts import column, row
from gui.widgets.month_bars import MonthBars
from gui.widgets.texts import Data, Elided
from layers.moment import Mode, Moment

if TYPE_CHECKING:
    from datetime import date

    from geo.project import Project

DRAGGING_MS = 40
"""While the handle is dragged the map follows in steps that it can draw."""


class TimeStrip(Panel):
    """A slim strip below the map.

    Attributes:
        asked: Show this moment (`Moment`).
        closed: The user closes it; the moment stays until today is asked for.
    """

    asked = Signal(object)
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("drawer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.modes = Segments([(m.value, f"time.mode.{m.value}") for m in Mode], "time.strip.modes")
        self.day = Data(role="heading")
        self.period = Elided(role="caption")
        self.all_days = Button("time.strip.all_days", look="link")
        self.all_days.clicked.connect(lambda: self._period_asked(None, None))
        self.bars = MonthBars()
        close = IconButton("x", "window.close", look="small", keys="F7")
        close.clicked.connect(self.closed)
        head = row(self.modes, self.day, self.period, self.all_days, close, gap=10)
        head.setStretch(2, 1)
        self.box.addLayout(column(head, self.bars, gap=2))
        self.box.setContentsMargins(10, 4, 6, 2)
        self._waiting_day: date | None = None
        self._dragging = QTimer(self)
        self._dragging.setSingleShot(True)
        self._dragging.setInterval(DRAGGING_MS)
        self._dragging.timeout.connect(self._ask_day)
        self.modes.chosen.connect(self._mode_chosen)
        self.bars.day_asked.connect(self._day_asked)
        self.bars.today_asked.connect(lambda: self.asked.emit(Moment()))
        self.bars.period_asked.connect(self._period_asked)
        desk.moment.changed.connect(self._show_moment)
        retext(self, self._show_moment)

    def refresh(self, project: Project) -> None:
        from layers.timeline import timeline

        self.bars.show_line(
            timeline(project.table(Kind.ALLEGATION), project.table(Kind.STATUS_DECISION))
        )
        self._show_moment()

    def _show_moment(self) -> None:
        model = self.desk.moment
        moment = model.moment
        if not self._dragging.isActive():
            self.modes.choose(moment.mode.value)
            self._show_day(moment.day if moment.is_past else None)
        wanted = model.wanted.allegations if self.project is not None else None
        since, until = (wanted.since, wanted.until) if wanted is not None else (None, None)
        self.bars.show_period(since, until)
        some = since is not None or until is not None
        self.period.setText(
            tr("time.strip.period", since=i18n.day(since), until=i18n.day(until))
            if some
            else tr("time.strip.legend")
        )
        self.all_days.setVisible(some)

    def _show_day(self, day: date | None) -> None:
        self.bars.show_day(day)
        self.day.setText(i18n.day(day) if day is not None else tr("time.strip.today"))

    def _mode_chosen(self, key: str) -> None:
        moment = self.desk.moment.moment
        wanted = moment.seen_as(Mode(key))
        # What asks for time may be refused; until it is there the old one is marked.
        self.modes.choose(moment.mode.value)
        self.asked.emit(wanted)

    def _day_asked(self, day: date) -> None:
        self._waiting_day = day
        self._show_day(day)
        if not self._dragging.isActive():
            self._dragging.start()

    def _ask_day(self) -> None:
        if self._waiting_day is not None:
            self.asked.emit(self.desk.moment.moment.at(self._waiting_day))

    def _period_asked(self, since: date | None, until: date | None) -> None:
        model = self.desk.moment
        allegations = replace(model.wanted.allegations, since=since, until=until)
        model.filter(replace(model.wanted, allegations=allegations))
