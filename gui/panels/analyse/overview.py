"""Overview: what the allegations say, always with n, grade and precision beside the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from geo.model.vocabulary import Credibility, Precision, Reliability
from gui import facts, i18n, theme
from gui.i18n import tr
from gui.panels.base import Panel
from gui.widgets.buttons import Segments
from gui.widgets.layouts import boxed, clear, column, row, scrolling
from gui.widgets.states import StateView
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from geo.project import Project
    from gui.workbench import Workbench

Bounds = tuple[float, float, float, float]
SETTLE_MS = 200


class Bar(QWidget):
    """A part of a whole as a bar."""

    def __init__(self, part: int, whole: int, *, hatched: bool = False) -> None:
        super().__init__()
        self._share = part / whole if whole else 0.0
        self._hatched = hatched
        self.setFixedHeight(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            tones = theme.current()
            painter.setBrush(QColor(tones.line))
            painter.drawRoundedRect(self.rect(), 4, 4)
            if self._share:
                brush = QColor(tones.muted if self._hatched else tones.allegation)
                painter.setBrush(brush)
                width = max(self.width() * self._share, 6)
                painter.drawRoundedRect(QRectF(0, 0, width, self.height()), 4, 4)
        finally:
            painter.end()


class OverviewSection(Panel):
    """Counts of allegations in the view or in the whole plan."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench.desk)
        canvas = bench.map.canvas
        self._bounds: Bounds | None = canvas.view.bounds_lonlat
        self.scope = Segments(
            [("view", "panel.analyse.in_view"), ("plan", "panel.analyse.whole")],
            "panel.analyse.scope",
        )
        self.scope.choose("view")
        self.scope.chosen.connect(lambda _key: self.refresh_now())
        self._body = column(gap=16)
        outer = column(self._body, None)
        outer.setContentsMargins(12, 4, 8, 12)
        self.states = StateView(scrolling(boxed(outer)))
        self.box.addLayout(
            column(
                Text("panel.analyse.note", role="caption", wrap=True),
                self.scope,
                margin=12,
            )
        )
        self.box.addWidget(self.states, 1)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.timeout.connect(self._view_settled)
        canvas.view_changed.connect(lambda view: self.set_bounds(view.bounds_lonlat))

    def set_bounds(self, bounds: Bounds) -> None:
        """Count what lies in a view (west, south, east, north in degrees)."""
        self._bounds = bounds
        self._settling.start(SETTLE_MS)

    def _view_settled(self) -> None:
        if self.scope.choice() == "view":
            self.mark_stale()

    def refresh(self, project: Project) -> None:
        clear(self._body)
        bounds = self._bounds if self.scope.choice() == "view" else None
        figures = facts.allegation_figures(self.desk.moment.project(project), bounds)
        if not figures.n:
            if bounds:
                words = ("panel.analyse.none_here", "panel.analyse.none_here_next")
            else:
                words = ("panel.analyse.none", "panel.analyse.none_next")
            self.states.show_empty(*words, icon="chart-dots")
            return
        self._body.addWidget(_headline(figures))
        kinds = [(i18n.label(k), n) for k, n in figures.kinds.items()]
        self._body.addWidget(
            _bars("panel.analyse.kinds", kinds, figures.n, "panel.analyse.kinds_note")
        )
        self._body.addWidget(_grades(figures))
        mix = [(i18n.label(p), n, p is Precision.UNKNOWN) for p, n in figures.precision.items()]
        self._body.addWidget(
            _bars(
                "panel.analyse.precision",
                [(word, n) for word, n, _ in mix if n],
                figures.n,
                "panel.analyse.precision_note",
            )
        )
        if bounds is not None and figures.unplaced:
            note = Data(
                tr("panel.analyse.unplaced", n=i18n.number(figures.unplaced)),
                role="caption",
                wrap=True,
            )
            self._body.addWidget(note)
        self.states.show_full()


def _headline(figures: facts.AllegationFigures) -> QWidget:
    return boxed(
        row(
            column(
                Data(i18n.number(figures.n), role="display"),
                Text("panel.analyse.n", role="caption"),
                gap=0,
            ),
            column(
                Data(i18n.number(figures.held_now), role="display"),
                Text("panel.analyse.held", role="caption"),
                gap=0,
            ),
            None,
            gap=32,
        )
    )


def _bars(code: str, rows: list[tuple[str, int]], whole: int, note: str) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(2)
    for place, (word, count) in enumerate(sorted(rows, key=lambda r: -r[1])):
        name = Data(word, wrap=True)
        number = Data(i18n.number(count))
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(name, 2 * place, 0)
        grid.addWidget(number, 2 * place, 1)
        grid.addWidget(Bar(count, whole), 2 * place + 1, 0, 1, 2)
    grid.setColumnStretch(0, 1)
    return boxed(
        column(
            Text(code, role="heading"),
            grid,
            Data(tr(note, n=i18n.number(whole)), role="caption", wrap=True),
            gap=6,
        )
    )


class _Cell(QWidget):
    """A count of the grade table: the more, the fuller; F and 6 stay neutral."""

    def __init__(self, count: int, most: int, *, neutral: bool) -> None:
        super().__init__()
        self._text = i18n.number(count) if count else ""
        self._share = count / most if most else 0.0
        self._neutral = neutral
        self.setFixedHeight(24)
        self.setMinimumWidth(30)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            tones = theme.current()
            ground = QColor(tones.muted if self._neutral else tones.allegation)
            ground.setAlphaF(0.08 + 0.5 * self._share if self._share else 0.04)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
            painter.setPen(QColor(tones.text))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
        finally:
            painter.end()


def _grades(figures: facts.AllegationFigures) -> QWidget:
    """Return the grades as a table of two fields, never as one number."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(0)
    most = max(figures.grades.values(), default=0)
    middle = Qt.AlignmentFlag.AlignCenter
    for x, credibility in enumerate(Credibility, start=1):
        head = Data(credibility.value, role="caption")
        head.setToolTip(i18n.label(credibility))
        grid.addWidget(head, 0, x, middle)
    for y, reliability in enumerate(Reliability, start=1):
        side = Data(reliability.value, role="caption")
        side.setToolTip(i18n.label(reliability))
        grid.addWidget(side, y, 0, middle)
        for x, credibility in enumerate(Credibility, start=1):
            count = figures.grades.get((reliability, credibility), 0)
            neutral = reliability is Reliability.F or credibility is Credibility.SIX
            cell = _Cell(count, most, neutral=neutral)
            cell.setToolTip(f"{i18n.label(reliability)} · {i18n.label(credibility)}")
            grid.addWidget(cell, y, x)
    return boxed(
        column(
            Text("panel.analyse.grades", role="heading"),
            grid,
            Text("panel.analyse.grades_note", role="caption", wrap=True),
            gap=6,
        )
    )
