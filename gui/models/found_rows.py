"""The rows of a result as a sortable table: numbers as columns, worded only where they are seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from gui import i18n
from gui.i18n import retext, tr
from gui.tips import plain_tip
from layers.said import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

Index = QModelIndex | QPersistentModelIndex
FloatArray = NDArray[np.float64]
RIGHT = Qt.AlignmentFlag.AlignRight
DASH = "–"
"""What nobody knows, or what cannot be computed, is no zero."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FoundColumn:
    """A column: exactly one of `numbers` and `words` is there.

    Attributes:
        head_code: Code of its head.
        numbers: Shape ``(n,)``; NaN is written as a dash and sorted last.
        decimals: Of the numbers.
        words: What stands in each row, asked for where it is seen.
        order: What rows with words are sorted by, shape ``(n,)``; None is their own order.
        tip_code: Code of what explains the head.
        width: Pixels.
        struck: Rows in which it is struck through, shape ``(n,)``; None is none.
    """

    head_code: str
    numbers: FloatArray | None = None
    decimals: int = 0
    words: Callable[[int], Words] | None = None
    order: FloatArray | None = None
    tip_code: str = ""
    width: int = 110
    struck: NDArray[np.bool_] | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FoundRows:
    """The table of a result.

    Attributes:
        keys: What each row is called on the map.
        columns: From left to right.
        faint: Rows that are not to be read as sure, shape ``(n,)``; None is none.
    """

    keys: tuple[str, ...]
    columns: tuple[FoundColumn, ...]
    faint: NDArray[np.bool_] | None = None


class FoundModel(QAbstractTableModel):
    """Shows the rows of one result, in the order that the user wants."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: FoundRows | None = None
        self._order: NDArray[np.intp] = np.empty(0, dtype=np.intp)
        self._places: dict[str, int] = {}
        self._sorted: tuple[int, Qt.SortOrder] = (-1, Qt.SortOrder.AscendingOrder)
        retext(self, self._word)

    def show_rows(self, rows: FoundRows | None) -> None:
        """Show another result, as it is sorted by itself."""
        self.beginResetModel()
        self.rows = rows
        self._order = np.arange(len(rows.keys) if rows is not None else 0)
        self._places = {key: at for at, key in enumerate(rows.keys)} if rows is not None else {}
        self._sorted = (-1, Qt.SortOrder.AscendingOrder)
        self.endResetModel()

    def key_at(self, row: int) -> str:
        """Return what a row is called on the map."""
        return self.rows.keys[self._order[row]] if self.rows is not None else ""

    def row_of(self, key: str) -> int:
        """Return the row that is called so, or -1."""
        at = self._places.get(key)
        return -1 if at is None else int(np.flatnonzero(self._order == at)[0])

    # --- what Qt asks ---------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._order)

    def columnCount(self, parent: Index | None = None) -> int:
        if self.rows is None or (parent is not None and parent.isValid()):
            return 0
        return len(self.rows.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.rows is None or not index.isValid():
            return None
        column, at = self.rows.columns[index.column()], int(self._order[index.row()])
        if role == Qt.ItemDataRole.DisplayRole:
            return self._said(column, at)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._said(column, at))
        if role == Qt.ItemDataRole.TextAlignmentRole and column.numbers is not None:
            return RIGHT | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole:
            marks = (self.rows.faint, column.struck)
            faint, struck = (mask is not None and bool(mask[at]) for mask in marks)
            return _font(faint=faint, struck=struck) if faint or struck else None
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if self.rows is None or orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.rows.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(column.head_code)
        if role == Qt.ItemDataRole.ToolTipRole and column.tip_code:
            return plain_tip(tr(column.tip_code))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if column.numbers is None else RIGHT
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if self.rows is None or not 0 <= column < len(self.rows.columns):
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [(self.key_at(i.row()), i.column()) for i in before]
        values = _sortable(self.rows.columns[column], len(self.rows.keys))
        unknown = np.isnan(values)
        falling = order == Qt.SortOrder.DescendingOrder
        # What is not known stands last either way; equals stay as the result has them.
        self._order = np.lexsort((-values if falling else values, unknown))
        self._sorted = (column, order)
        after = [self.index(self.row_of(key), at) for key, at in keys]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _said(self, column: FoundColumn, at: int) -> str:
        if column.numbers is not None:
            return _number(float(column.numbers[at]), column.decimals)
        return column.words(at).words(i18n.language()) if column.words is not None else DASH

    def _word(self) -> None:
        if self.rowCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)


def _number(value: float, decimals: int) -> str:
    if np.isnan(value):
        return DASH
    least = 10.0**-decimals
    if decimals and 0 < value < least / 2:
        return f"< {i18n.number(least, decimals)}"  # no p is 0
    return i18n.number(value, decimals)


def _sortable(column: FoundColumn, n: int) -> FloatArray:
    if column.numbers is not None:
        return column.numbers
    if column.order is not None:
        return column.order
    if column.words is None:
        return np.zeros(n)
    said: Sequence[str] = [column.words(at).words(i18n.language()) for at in range(n)]
    return np.unique(np.array(said, dtype=object), return_inverse=True)[1].astype(np.float64)


def _font(*, faint: bool, struck: bool) -> object:
    from PySide6.QtWidgets import QApplication

    font = QApplication.font()
    font.setItalic(faint)
    font.setStrikeOut(struck)
    return font
