"""The scoreboard's tables as columns: worded where they are seen, sorted by number, never by words.

What is not known is said in words, muted, and stands last however a column is sorted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from geo.analysis.scoreboard.measures import RowRef
from gui import theme
from gui.i18n import retext
from gui.theme import on_theme
from gui.tips import plain_tip

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

Index = QModelIndex | QPersistentModelIndex
LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScoreColumn:
    """A column.

    Attributes:
        head: Its heading, worded when it is seen.
        said: What stands in a row.
        order: What rows are sorted by, shape ``(n,)``; NaN is not known.
        tip: What the column counts.
        opens: The rows behind a figure; None where there is nothing to open.
        can_open: Whether there are any, told without fetching them; None is every figure but zero.
        is_number: Stands at the right.
        width: Pixels.
    """

    head: Callable[[], str]
    said: Callable[[int], str]
    order: NDArray[np.float64]
    tip: Callable[[], str] | None = None
    opens: Callable[[int], Sequence[RowRef]] | None = None
    can_open: Callable[[int], bool] | None = None
    is_number: bool = True
    width: int = 110


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScoreRows:
    """A table.

    Attributes:
        keys: What each row is called on the map; empty where it is not there.
        columns: From left to right.
        faint: Rows that are no unit of their own, shape ``(n,)``.
    """

    keys: tuple[str, ...]
    columns: tuple[ScoreColumn, ...]
    faint: NDArray[np.bool_] | None = None


class ScoreModel(QAbstractTableModel):
    """Shows one table in the order that the user wants."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: ScoreRows | None = None
        self._order: NDArray[np.intp] = np.empty(0, dtype=np.intp)
        retext(self, self._word)
        on_theme(self, self._word)

    def show_rows(self, rows: ScoreRows | None) -> None:
        """Show another table, in its own order."""
        self.beginResetModel()
        self.rows = rows
        self._order = np.arange(len(rows.keys) if rows is not None else 0)
        self.endResetModel()

    def key_at(self, row: int) -> str:
        """Return what a row is called on the map."""
        return self.rows.keys[self._order[row]] if self.rows is not None else ""

    def row_of(self, key: str) -> int:
        """Return the row that is called so, or -1."""
        if self.rows is None or not key or key not in self.rows.keys:
            return -1
        return int(np.flatnonzero(self._order == self.rows.keys.index(key))[0])

    def place_of(self, row: int) -> int:
        """Return which row of the table stands in a row of the view, or -1."""
        return int(self._order[row]) if 0 <= row < len(self._order) else -1

    def refs(self, index: Index) -> tuple[RowRef, ...]:
        """Return the rows behind a figure; none where there is nothing to open."""
        if self.rows is None or not index.isValid():
            return ()
        opens = self.rows.columns[index.column()].opens
        return tuple(opens(int(self._order[index.row()]))) if opens is not None else ()

    def can_open(self, index: Index) -> bool:
        """Tell whether there are rows behind a figure."""
        if self.rows is None or not index.isValid():
            return False
        return _can_open(self.rows.columns[index.column()], int(self._order[index.row()]))

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
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            said = column.said(at)
            return plain_tip(said) if role == Qt.ItemDataRole.ToolTipRole else said
        if role == Qt.ItemDataRole.TextAlignmentRole and column.is_number:
            return RIGHT
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._ink(column, at)
        faint = self.rows.faint is not None and self.rows.faint[at]
        return _slanted() if role == Qt.ItemDataRole.FontRole and faint else None

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
            return column.head()
        if role == Qt.ItemDataRole.ToolTipRole and column.tip is not None:
            return plain_tip(column.tip())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column.is_number else LEFT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if self.rows is None or not 0 <= column < len(self.rows.columns):
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        places = [int(self._order[i.row()]) for i in before]
        values = self.rows.columns[column].order
        falling = order == Qt.SortOrder.DescendingOrder
        # What is not known stands last either way; equals stay as the result has them.
        self._order = np.lexsort((-values if falling else values, np.isnan(values)))
        back = np.argsort(self._order)
        after = [
            self.index(int(back[place]), i.column())
            for place, i in zip(places, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _ink(self, column: ScoreColumn, at: int) -> QColor | None:
        tones = theme.current()
        if np.isnan(column.order[at]):
            return QColor(tones.muted)
        return QColor(tones.accent) if _can_open(column, at) else None

    def _word(self) -> None:
        if self.rowCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)


def _can_open(column: ScoreColumn, at: int) -> bool:
    if column.opens is None or np.isnan(column.order[at]):
        return False
    return bool(column.order[at]) if column.can_open is None else column.can_open(at)


def _slanted() -> object:
    from PySide6.QtWidgets import QApplication

    font = QApplication.font()
    font.setItalic(True)
    return font
