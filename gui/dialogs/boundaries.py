"""Official boundaries: what of a file matched the code list, before the plan takes it over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
)

from geo.boundaries.match import How
from geo.errors import CancelledError
from gui import i18n
from gui.dialogs.base import FormDialog
from gui.i18n import retext, tr
from gui.widgets.layouts import boxed, clear, column
from gui.widgets.states import StateView
from gui.widgets.texts import Data, Text
from gui.widgets.whole_rows import whole_rows

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from geo.boundaries.loading import BoundaryFile
    from geo.boundaries.match import Matched
    from geo.errors import PlanError
    from geo.progress import Progress
    from gui.panels.base import Desk
    from gui.tasks.runner import Task

HEADS = ("layer", "row", "name", "reason")
WIDTHS = (110, 60, 170)
WIDTH, HEIGHT = 760, 360
MOST_PX = 260
"""The table grows with its rows up to this height."""


class BoundariesDialog(FormDialog):
    """Reads a file in the worker, shows what matched, and hands over what is to be imported.

    Attributes:
        ready: The user takes the outlines over (the `BoundaryFile`).
    """

    ready = Signal(object)

    def __init__(self, desk: Desk, path: Path, parent: QWidget) -> None:
        super().__init__(parent, "boundaries.title", "boundaries.take", width=WIDTH)
        self.setMinimumHeight(HEIGHT)
        self._desk = desk
        self.found: BoundaryFile | None = None
        self._lines = column(gap=6)
        self.rest = Text("boundaries.all_matched", role="heading")
        self.table = self._table()
        full = column(self._lines, self.rest, self.table, None, gap=10)
        self.states = StateView(boxed(full))
        self.body.addWidget(Data(path.name, role="muted"))
        self.body.addWidget(self.states, 1)
        self.body.addWidget(Text("boundaries.note", role="caption", wrap=True))
        self.check()

        def work(progress: Progress) -> BoundaryFile:
            from geo.boundaries.loading import load_boundaries

            return load_boundaries(desk.reading.reader(), path, progress=progress)

        self._task: Task | None = desk.runner.run(work, self._take, self._fail)
        self._task.ended.connect(self._ended)
        self.states.show_loading("boundaries.reading", self._task)
        retext(self, self._word)

    def missing(self) -> str:
        return "" if self.found is not None else "boundaries.why.nothing"

    def finish(self) -> None:
        self.ready.emit(self.found)

    def reject(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._desk.reading.cancel()
        super().reject()

    def _ended(self) -> None:
        self._task = None

    def _take(self, found: BoundaryFile) -> None:
        self.found = found
        self.states.show_full()
        self._word()
        self.check()

    def _fail(self, error: PlanError) -> None:
        if isinstance(error, CancelledError):
            self.reject()
        else:
            self.states.show_error(error)

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, len(HEADS))
        whole_rows(table, several=True)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setWordWrap(True)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        for place, width in enumerate(WIDTHS):
            table.setColumnWidth(place, width)
        return table

    def _fit(self) -> None:
        """Make the table as high as its rows, so that nothing stands empty below a few."""
        rows = self.table.verticalHeader().length()
        head = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(min(head + rows + 2 * self.table.frameWidth(), MOST_PX))
        self.grow()

    def _word(self) -> None:
        found = self.found
        self.table.setHorizontalHeaderLabels([tr(f"boundaries.column.{head}") for head in HEADS])
        self.table.setAccessibleName(tr("boundaries.title"))
        if found is None:
            return
        clear(self._lines)
        for name, matched in found.layers.items():
            self._lines.addWidget(Data(_headline(name or found.file_name, matched), wrap=True))
            self._lines.addWidget(Data(_small_print(matched), role="caption", wrap=True))
        n = found.unmatched
        self.rest.say(*(("boundaries.rest",) if n else ("boundaries.all_matched",)), n=_number(n))
        self.table.setVisible(bool(n))
        rows = [(name, u) for name, m in found.layers.items() for u in m.unmatched]
        self.table.setRowCount(len(rows))
        for at, (name, unmatched) in enumerate(rows):
            words = (
                name,
                _number(unmatched.row),
                unmatched.shown,
                tr(unmatched.code, **unmatched.params),
            )
            for place, text in enumerate(words):
                self.table.setItem(at, place, QTableWidgetItem(text))
        self.table.setColumnHidden(0, len(found.layers) == 1)
        self.table.resizeRowsToContents()
        self._fit()
        self.accept_button.say("boundaries.take_n", n=_number(len(found.boundaries)))


def _headline(name: str, matched: Matched) -> str:
    return tr(
        "boundaries.headline",
        layer=name,
        level=i18n.label(matched.level),
        rows=_number(matched.rows),
        matched=_number(matched.rows - len(matched.unmatched)),
    )


def _small_print(matched: Matched) -> str:
    return tr(
        "boundaries.small_print",
        by_name=_number(matched.count(How.NAME)),
        similar=_number(matched.count(How.SIMILAR)),
        joined=_number(matched.count(How.UNION)),
        absent=_number(len(matched.absent)),
    )


def _number(value: int) -> str:
    return i18n.number(value)
