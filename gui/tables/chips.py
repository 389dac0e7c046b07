"""What narrows a table, above it: a chip for each filter, one for the map's, and a way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from gui.i18n import number, retext, tr
from gui.icons import set_icon
from gui.tables.wording import described
from gui.widgets.buttons import Button
from gui.widgets.layouts import Flow, clear

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gui.models.column import ColumnSpec
    from gui.models.filters import FieldFilter


class FilterChips(QWidget):
    """The filters of one table.

    Attributes:
        removed: A filter is to go: key of its column.
        asked: A filter is to be changed: key of its column.
        cleared: All filters are to go.
        map_ignored: The rows that the map's filter hides are to be shown too.
        all_wanted: Not only some rows any more.
    """

    removed = Signal(str)
    asked = Signal(str)
    cleared = Signal()
    map_ignored = Signal(bool)
    all_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._flow = Flow(gap=6)
        self.setContentsMargins(12, 4, 12, 0)
        self.setLayout(self._flow)
        self._specs: Mapping[str, ColumnSpec] = {}
        self._filters: Mapping[str, FieldFilter] = {}
        self._hidden, self._ignored = 0, False
        self._only: Callable[[], str] | None = None
        retext(self, self._fill)

    def show_filters(
        self,
        specs: Mapping[str, ColumnSpec],
        filters: Mapping[str, FieldFilter],
        hidden: int = 0,
        *,
        ignored: bool = False,
    ) -> None:
        """Show filters, and how many rows the map's filter hides or, `ignored`, would hide."""
        state = (dict(filters), hidden, ignored)
        if state == (self._filters, self._hidden, self._ignored):
            return
        self._specs = specs
        self._filters, self._hidden, self._ignored = state
        self._fill()

    def show_only(self, said: Callable[[], str] | None) -> None:
        """Say that only some rows are shown, and which; None is that all are."""
        if said is not self._only:
            self._only = said
            self._fill()

    def _fill(self) -> None:
        clear(self._flow)
        if self._only is not None:
            self._flow.addWidget(self._chip("", self._only()))
        for key, wanted in self._filters.items():
            self._flow.addWidget(self._chip(key, described(self._specs[key], wanted)))
        if self._hidden:
            code = "table.map_filter.off" if self._ignored else "table.map_filter.on"
            chip = Button("", "map")
            chip.say(code, n=number(self._hidden))
            chip.setProperty("chipButton", "true")
            chip.clicked.connect(lambda: self.map_ignored.emit(not self._ignored))
            self._flow.addWidget(chip)
        if self._filters:
            everything = Button("table.filter.clear_all", look="link")
            everything.clicked.connect(self.cleared)
            self._flow.addWidget(everything)
        self.setVisible(bool(self._filters or self._hidden or self._only))
        self.updateGeometry()

    def _chip(self, key: str, words: str) -> QPushButton:
        chip = QPushButton(words.replace("&", "&&"))
        chip.setCursor(Qt.CursorShape.PointingHandCursor)
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross stands at the end
        chip.setIconSize(QSize(14, 14))
        set_icon(chip, "x", role="muted")
        chip.setToolTip(tr("table.filter.remove"))
        chip.setProperty("chipButton", "true")
        chip.clicked.connect(lambda: self.removed.emit(key) if key else self.all_wanted.emit())
        return chip
