"""One kind as a table: several rows can be chosen, and they are the map's selection too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from gui.tables.header import FilterHeader
from gui.tables.layout import TableLayout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from PySide6.QtGui import QKeyEvent

    from gui.models.table_model import TableModel

ROW_PX: Final = 30
MOST_RANGES: Final = 1000
"""More scattered pieces of a selection than these would make Qt slow."""


class EntityTable(QTableView):
    """One kind as a sortable table.

    Attributes:
        chosen: The user selected other rows: their ids.
        zoom_asked: The user wants to see a row on the map: its id.
        copy_asked: The user wants the selected rows in the clipboard.
        laid_out: The user moved, hid or widened a column.
    """

    chosen = Signal(object)
    zoom_asked = Signal(str)
    copy_asked = Signal()
    laid_out = Signal()

    def __init__(self, model: TableModel) -> None:
        super().__init__()
        self.rows = model
        self._quiet = False
        header = FilterHeader(self)
        self.setHorizontalHeader(header)
        self.header = header
        self.setModel(model)
        # Qt would ask every row of every column whether its head is to look selected.
        header.setSelectionModel(QItemSelectionModel(model, self))
        self.verticalHeader().setSelectionModel(QItemSelectionModel(model, self))
        self.setSortingEnabled(True)
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        # Fixed: Qt would ask the rows that are seen for their heights again and again.
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.layout_of = TableLayout(model.specs)
        self.show_layout()
        header.sectionMoved.connect(lambda *_moved: self._taken_over())
        header.sectionResized.connect(lambda *_sizes: self._taken_over())
        self.activated.connect(lambda index: self.zoom_asked.emit(model.id_at(index.row())))
        self.setProperty("unsearched", True)

    def keyboardSearch(self, search: str) -> None:
        """Leave letters alone: Qt would word every row; the filters find."""

    # --- columns --------------------------------------------------------------------------------

    def show_layout(self) -> None:
        """Show the columns as the layout has them."""
        quiet, self._quiet = self._quiet, True
        layout = self.layout_of
        for place, key in enumerate(layout.order):
            column = self.rows.column_of(key)
            self.header.moveSection(self.header.visualIndex(column), place)
            self.setColumnWidth(column, layout.width(key))
            self.setColumnHidden(column, key in layout.hidden)
        self._quiet = quiet
        self.rows.set_sought(layout.shown)

    def _taken_over(self) -> None:
        if self._quiet:
            return
        places = range(self.header.count())
        specs = self.rows.specs
        order = [specs[self.header.logicalIndex(place)].key for place in places]
        widths = {
            spec.key: self.columnWidth(column)
            for column, spec in enumerate(specs)
            if not self.isColumnHidden(column)
        }
        self.layout_of = self.layout_of.arranged(order, widths)
        self.laid_out.emit()

    def show_filtered(self) -> None:
        """Mark the columns by which the table is filtered."""
        self.header.show_active([self.rows.column_of(key) for key in self.rows.filters])

    # --- selection ------------------------------------------------------------------------------

    def chosen_rows(self) -> NDArray[np.int64]:
        """Return the rows of the model that are selected, in order."""
        chosen = np.zeros(self.rows.rowCount(), dtype=bool)
        selection = self.selectionModel().selection()
        for part in (selection.at(place) for place in range(selection.count())):
            chosen[part.top() : part.bottom() + 1] = True
        return np.flatnonzero(chosen)

    def chosen_ids(self) -> list[str]:
        """Return the ids of the selected rows, in the order of the table."""
        return self.rows.ids_at(self.chosen_rows())

    def show_chosen(self, ids: Sequence[str]) -> None:
        """Mark the rows of some entities, and bring the first into sight if none is."""
        rows = self.rows.rows_of(ids) if ids else np.arange(0)
        if np.array_equal(rows, self.chosen_rows()):
            return
        self._quiet = True
        try:
            if not len(rows):
                self.clearSelection()
                return
            self.selectionModel().select(self._ranges(rows), _WHOLE_ROWS)
            flags = QItemSelectionModel.SelectionFlag.NoUpdate
            first = self.rows.index(int(rows[0]), self.header.logicalIndex(0))
            self.selectionModel().setCurrentIndex(first, flags)
            if not self._sees(rows):
                self.scrollTo(first)
        finally:
            self._quiet = False

    def _ranges(self, rows: NDArray[np.int64]) -> QItemSelection:
        cuts = np.flatnonzero(np.diff(rows) > 1)
        starts = np.concatenate([[0], cuts + 1])[:MOST_RANGES]
        ends = np.concatenate([cuts, [len(rows) - 1]])[:MOST_RANGES]
        selection, last = QItemSelection(), len(self.rows.specs) - 1
        for start, end in zip(rows[starts].tolist(), rows[ends].tolist(), strict=True):
            selection.select(self.rows.index(start, 0), self.rows.index(end, last))
        return selection

    def _sees(self, rows: NDArray[np.int64]) -> bool:
        first = self.rowAt(0)
        last = first + self.viewport().height() // ROW_PX
        return first >= 0 and bool(np.any((rows >= first) & (rows < last)))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        if not self._quiet:
            self.chosen.emit(self.chosen_ids())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt would copy the current cell, whatever stands in it: what leaves passes the grades.
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
            event.accept()
        else:
            super().keyPressEvent(event)


_WHOLE_ROWS = (
    QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
)
