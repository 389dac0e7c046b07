"""The table of a result: rows are sorted by their heads, and chosen one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from gui.widgets.whole_rows import whole_rows

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from gui.models.ordered_model import OrderedModel, Rows

ROW_PX: Final = 28


class ResultTable(QTableView):
    """Shows an `OrderedModel`.

    Attributes:
        chosen: The user went to a row (its key on the map).
    """

    chosen = Signal(str)

    def __init__(self, model: OrderedModel) -> None:
        super().__init__()
        model.setParent(self)
        self._ordered = model
        self._quiet = False
        self.setModel(model)
        self.setSortingEnabled(True)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setStretchLastSection(True)
        whole_rows(self, height=ROW_PX)
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self._went(now))
        # A click on the row where the keyboard is already means it too.
        self.clicked.connect(self._went)

    def show_rows(self, rows: Rows | None) -> None:
        """Show another result."""
        quiet, self._quiet = self._quiet, True
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._ordered.take_rows(rows)
        for place, column in enumerate(rows.columns if rows is not None else ()):
            self.setColumnWidth(place, column.width)
        self._quiet = quiet

    def choose(self, key: str) -> None:
        """Mark the row of a shape and bring it into sight; does not emit `chosen`."""
        quiet, self._quiet = self._quiet, True
        try:
            at = self._ordered.row_of(key)
            if at < 0:
                self.clearSelection()
                self.setCurrentIndex(self._ordered.index(-1, -1))
            elif self.currentIndex().row() != at:
                flags = QItemSelectionModel.SelectionFlag
                self.selectionModel().setCurrentIndex(
                    self._ordered.index(at, 0), flags.ClearAndSelect | flags.Rows
                )
                self.scrollTo(self._ordered.index(at, 0))
        finally:
            self._quiet = quiet

    def _went(self, at: QModelIndex) -> None:
        if at.isValid() and not self._quiet:
            self.chosen.emit(self._ordered.key_at(at.row()))
